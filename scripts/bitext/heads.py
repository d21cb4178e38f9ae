"""Block[] → Block[]: what stands at the head or foot of every page: its title with a number, the name of who prints it.

Words alone tell a running head from a heading as little as `Lesson | 2` tells. Its numbers do, and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext import script
from bitext.knowledge import Knowledge
from bitext.layout import by_line, is_running, is_short, layout
from bitext.model import LANGS, Block
from bitext.plain import plain
from bitext.reasons import rule

_PART = rf"(?:[ \u3000]*[{script.BARS}\u00b7\u2022\u2014\u2013/-][ \u3000]*|\u3000[ \u3000]*|[ ]{{2,}})"
_FAR = r"[ \u3000]{4,}"
_PAGED = (
    re.compile(rf"(?P<number>\d{{1,3}}){_PART}(?P<words>\D{{2,}})"),
    re.compile(rf"(?P<words>\D{{2,}}?){_PART}(?P<number>\d{{1,3}})"),
    re.compile(rf"(?P<number>\d{{1,4}}){_FAR}(?P<words>\S.+)"),
    re.compile(rf"(?P<words>\S.+?){_FAR}(?P<number>\d{{1,4}})"),
)
"""Words and a number of three figures at most, parted by a bar, a dot, a dash or a wide blank.

Across a gap as wide as from one edge of a page to the other the words may hold figures, a year.
"""
_LONGEST = 400
"""Characters of such a line, its wide blanks included: a page has some 200 columns, and to look takes their square."""
_MOST_WORDS = 2
"""Pages to the left and to the right may have different words."""
_FEWEST_PAGES, _MOST_MISSING = 2, 2
_COUNTED = "comes again with the number of its page"
_FEET = frozenset({rule("page-number"), _COUNTED})
_LATIN = re.compile(r"[A-Za-z]{2}")
_NO_MASTHEAD = re.compile('[\\d:\uff1a?\uff1f!\uff01;\uff1b,\uff0c\u3002"\u201c\u3010\\[\uff08(]')
_FEWEST_HAN = 4
"""A shorter name of both languages above a title is that of a column: what kind of text it is."""
_WIDE = re.compile("\u3000|[ ]{2,}")
_BORDER = re.compile(rf"(?<=[A-Z]{{2}}) (?=[{script.HAN}]+$)|(?<=[{script.HAN}]) (?=[A-Z]{{2}}[A-Z &'.-]*$)")


def numbered(blocks: Sequence[Block], lines: Sequence[str]) -> dict[int, str]:
    """Why lines are heads or feet of pages: the same words with a number that counts up, text between them.

    Headings are counted too, but from one, and below the last of them stands text.

    :param lines: of the source.
    :returns: indexes into the blocks, with the reason for each.
    """
    found = _paged(blocks, lines)
    if len(found) < _FEWEST_PAGES or not _counts_up([number for _, _, number in found]):
        return {}
    words = [text for _, text, _ in found]
    if len(set(words)) > min(_MOST_WORDS, len(words) - 1) or not _have_text(blocks, found):
        return {}
    last = layout(blocks).last
    cut = any(_is_cut(blocks, line) for line, _, _ in found)
    if found[0][2] == 1 and found[-1][0].start < last and not cut:
        return {}
    return {index: _COUNTED for line, _, _ in found for index in line}


def _paged(blocks: Sequence[Block], lines: Sequence[str]) -> list[tuple[range, str, int]]:
    """Lines of words and a number: the indexes of their blocks, the words, the number."""
    found = []
    for line in by_line(blocks):
        if all(blocks[i].role == "paragraph" and is_short(blocks[i]) for i in line):
            text = lines[blocks[line.start].line - 1].strip()
            fits = len(text) <= _LONGEST
            match = next(filter(None, (pattern.fullmatch(text) for pattern in _PAGED)), None) if fits else None
            if match:
                found.append((line, plain(match["words"]).casefold(), int(match["number"])))
    return found


def _counts_up(numbers: Sequence[int]) -> bool:
    return all(0 < after - before <= _MOST_MISSING for before, after in pairwise(numbers))


def _have_text(blocks: Sequence[Block], found: Sequence[tuple[range, str, int]]) -> bool:
    """Whether running text stands below each of the lines but the last."""
    return all(any(map(is_running, blocks[line.stop : below.start])) for (line, _, _), (below, _, _) in pairwise(found))


def _is_cut(blocks: Sequence[Block], line: range) -> bool:
    """Whether the line above stops in the middle of a sentence, as a page does and a paragraph does not."""
    above = blocks[line.start - 1] if line.start else None
    return above is not None and is_running(above) and not script.ends_sentence(above.text)


def masthead(blocks: Sequence[Block], knowledge: Knowledge) -> range:
    """Indexes of the first line of a text, if it is the name of who prints it: in both languages, above both titles.

    It names an institution, or has the furniture of a page below it, or the feet of pages follow; else it may say what
    kind of text it is.

    :param blocks: with their titles.
    """
    titles = {block.lang: index for index, block in reversed([*enumerate(blocks)]) if block.role == "title"}
    line = next((line for line in by_line(blocks) if any(blocks[index].role != "chrome" for index in line)), range(0))
    if set(titles) != set(LANGS) or not line or line.stop > min(titles.values()):
        return range(0)
    pieces = blocks[line.start : line.stop]
    named = any(knowledge.names_body(name) for block in pieces for name in names(block.text))
    printed = blocks[line.stop].role == "chrome" or any(block.reason in _FEET for block in blocks)
    return line if (named or printed) and _in_both(pieces) else range(0)


def _in_both(pieces: Sequence[Block]) -> bool:
    """Whether the pieces of a line are short names in two languages, or a Chinese and a Latin one far apart."""
    if any(b.sure or b.role not in ("paragraph", "heading") or _NO_MASTHEAD.search(b.text) for b in pieces):
        return False
    if not all(map(is_short, pieces)) or sum(script.han_count(block.text) for block in pieces) < _FEWEST_HAN:
        return False
    if {block.lang for block in pieces} == set(LANGS):
        return True
    found = names(pieces[0].text) if len(pieces) == 1 else []
    return any(map(_LATIN.search, found)) and any(not _LATIN.search(name) for name in found if name)


def names(text: str) -> list[str]:
    """The names of a line: parted by wide blanks, or by the blank between Chinese and a Latin name in capitals.

    >>> names("UPPER RIVER INSTITUTE 上游研究院"), names("上游研究院　Upper River Institute"), names("上游 Upper River")
    (['UPPER RIVER INSTITUTE', '上游研究院'], ['上游研究院', 'Upper River Institute'], ['上游 Upper River'])
    """
    found = _BORDER.split(text)
    return found if len(found) == len(LANGS) else _WIDE.split(text)

"""Titles that take more than one line: broken in two, or with a subtitle below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bitext import script
from bitext.headings import NEAR
from bitext.knowledge import English
from bitext.layout import as_text, is_running
from bitext.model import Block, Lang, Role
from bitext.reasons import GOES_ON_WITH, SUBTITLE, TITLE_MARK, is_of_title, of_title
from bitext.title_shape import DASH, ROW, could_be

_OPEN_END = re.compile("(?:['\u2019]s|[-,\u2013\u2014])$", re.IGNORECASE)
_YEAR = re.compile(r"\W?(?:19|20)\d\d\D")
_SMALL_WORD, _FEWEST_WORDS = 4, 3
_MOST_LINES = 3
"""A title has at most so many lines more, above or below the one that was found."""
AND_MORE = "again, and more"
"""How the reason ends of a line that says the title, and more."""
_ALIKE = 0.35
"""An English title is as long as the Chinese one, but for so much of it."""
_BOTH = 2
"""Lines of a heading of two."""
_FULL_LINE = 12.0
"""The first line of a title of two lines has at least this size."""


def add_wrapped(blocks: list[Block], index: int, english: English) -> None:
    """Mark the lines before and after a title that the width of the page cut off from it."""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(blocks) and abs(at - index) < _MOST_LINES:
            if not _is_cut_off(blocks, at, at + step, english):
                break
            at += step
            _join(blocks, min(at - step, at), max(at - step, at))


def add_line(blocks: list[Block], first: int, second: int) -> None:
    """Mark a line as that on which a title goes on.

    :param second: index of the line; -1 for none.
    """
    if second >= 0:
        _join(blocks, first, second)


def add_rest(blocks: list[Block], index: int) -> None:
    """Mark the lines on which the value of a title goes on in the front matter of the source."""
    for second in range(index + 1, len(blocks)):
        if not (blocks[second].joined and blocks[second].reason == TITLE_MARK):
            break
        _join(blocks, second - 1, second)


def _is_cut_off(blocks: Sequence[Block], index: int, other: int, english: English) -> bool:
    """Whether the width of the page cut the line before or after a line of a title off from it."""
    first, second = sorted((index, other))
    if blocks[first].lang != blocks[second].lang:
        return False
    if blocks[second].joined and not blocks[second].wrapped:
        return True  # told from a paragraph by the width of the page
    text = blocks[other].text.rstrip(",:") if other == first else blocks[other].text
    return _is_cut(blocks[first], blocks[second], english) and could_be(replace(blocks[other], text=text))


def add_wrapped_chinese(blocks: list[Block], index: int) -> None:
    """Mark the Chinese line beside a Chinese title without which it is far too short for the English one."""
    english = sum(script.size(block.text) for block in blocks if _is_title(block, "en"))
    mine = script.size(blocks[index].text)
    for first, second in ((index - 1, index), (index, index + 1)):
        other = second if first == index else first
        if not 0 <= other < len(blocks) or blocks[other].lang != "zh" or not could_be(blocks[other]):
            continue
        if _YEAR.match(blocks[other].text) or (other < index and ROW.search(blocks[other].text)):
            continue  # a date or the names of rubrics, not half of a title
        whole = mine + script.size(blocks[other].text)
        if english > 1.4 * mine and abs(english - whole) < _ALIKE * whole:
            _join(blocks, first, second)
            return


def add_second_half(blocks: list[Block], zh: int, en: int) -> None:
    """Mark the line between a Chinese title and the English one below it, if that takes two lines and no more is near.

    Both say on one line who spoke, and on what occasion on the next.
    """
    lines = blocks[zh : en + 1 + _BOTH]
    if en - zh != _BOTH or [block.lang for block in lines[: _BOTH + _BOTH]] != ["zh", "zh", "en", "en"]:
        return
    _, second, _, rest = lines[: _BOTH + _BOTH]
    goes_on = rest.role == "title" and rest.joined and not (len(lines) > _BOTH + _BOTH and lines[-1].joined)
    sizes = [sum(script.size(block.text) for block in half) for half in (lines[:_BOTH], lines[_BOTH : _BOTH + _BOTH])]
    if goes_on and could_be(second) and not second.part and abs(sizes[1] - sizes[0]) < _ALIKE * sizes[0]:
        _join(blocks, zh, zh + 1)


def add_wrapped_both(blocks: list[Block], *firsts: int) -> None:
    """Mark the lines after the titles of both languages where each has a full line and the rest of it below."""
    if all(_goes_on_below(blocks, first) for first in firsts):
        for first in firsts:
            _join(blocks, first, first + 1)


def _goes_on_below(blocks: Sequence[Block], first: int) -> bool:
    if first + 1 >= len(blocks) or blocks[first].joined or blocks[first].part:
        return False
    one, two = blocks[first], blocks[first + 1]
    if two.lang != one.lang or two.line != one.line + 1 or two.part or not could_be(two):
        return False
    if one.lang == "en" and not (_is_capitalised(one.text) and _is_capitalised(two.text)):
        return False  # a subtitle is set like a sentence
    return script.size(one.text) >= _FULL_LINE and script.size(two.text) <= script.size(one.text)


def _is_capitalised(text: str) -> bool:
    """Whether the longer words of an English line begin with a capital and it names nobody by initials or figures."""
    found = [word for word in script.latin_word.findall(text) if len(word) > _SMALL_WORD]
    return len(found) > _FEWEST_WORDS and all(word[0].isupper() and not word.isupper() for word in found)


def join_headlines(blocks: list[Block], first: int, end: int, english: English) -> None:
    """Mark the headings of two lines in both languages, one above the other, that stand between the title and the text.

    A page has its own title, and the text below begins with the whole of it once more: who spoke on one line, on what
    occasion on the next. The English is cut where no title stops; the Chinese is as long as that with both its lines.
    """
    for index in range(first + _BOTH, end - 1):
        one, two, three, four = (blocks[at] for at in range(index - _BOTH, index + _BOTH))
        langs = [block.lang for block in (one, two, three, four)]
        near = all(below.line <= above.line + NEAR for above, below in pairwise((one, two, three, four)))
        loose = all(map(_may_be_headline, (one, two, three, four))) and not (one.part or two.part or three.part)
        if langs != ["zh", "zh", "en", "en"] or not near or not loose or not _is_cut(three, four, english):
            continue
        zh, en = (sum(script.size(block.text) for block in side) for side in ((one, two), (three, four)))
        if abs(en - zh) < _ALIKE * zh:
            for above in (index - _BOTH, index):
                _join(blocks, above, above + 1, "heading", 2)


def _may_be_headline(block: Block) -> bool:
    """Whether a line could be a title, or was taken for one because it says more of it than the title does."""
    return could_be(as_text(block) if block.reason.endswith(AND_MORE) else block)


def add_subtitle(blocks: list[Block], index: int) -> None:
    """Mark the line below a title that begins with a dash, or that a colon at the end of the title announces."""
    below = next((i for i in range(index + 1, len(blocks)) if blocks[i].role != "title"), len(blocks))
    if below == len(blocks) or blocks[below].lang != blocks[index].lang:
        return
    if not DASH.match(blocks[below].text) and blocks[index].text[-1] not in ":\uff1a":
        return
    if blocks[below].role in ("paragraph", "heading") and not is_running(blocks[below]):
        reason = f"{SUBTITLE} of line {blocks[index].line}"
        blocks[below] = replace(blocks[below], role="heading", level=3, sure=True, reason=reason)


def _join(blocks: list[Block], first: int, second: int, role: Role = "title", level: int = 0) -> None:
    on = f"goes on in line {blocks[second].line}"
    above, below = of_title(on) if role == "title" else f"{role}, {on}", f"{GOES_ON_WITH} {blocks[first].line}"
    blocks[first] = replace(blocks[first], role=role, level=level, reason=above)
    blocks[second] = replace(blocks[second], role=role, level=level, joined=True, reason=below)


def _is_title(block: Block, lang: Lang) -> bool:
    return block.role == "title" and block.lang == lang and is_of_title(block.reason)


def _is_cut(first: Block, second: Block, english: English) -> bool:
    """Whether an English line stops where no title stops, or the next begins where none begins."""
    if first.lang != "en":
        return False
    one, two = script.size(first.text), script.size(second.text)
    if _word_at(second.text, 0) in english.joining_words and (not second.text[:2].istitle() or one >= _FULL_LINE):
        return True
    if first.text[-1] == ":":
        return one < two  # what kind of text it is, then its title
    in_capitals = first.text.isupper() and second.text.isupper() and second.line == first.line + 1
    open_end = _OPEN_END.search(first.text) or _word_at(first.text, -1) in english.small_words
    return bool(open_end) or (in_capitals and one >= max(two, _FULL_LINE / 2))


def _word_at(text: str, place: int) -> str:
    """The first or last word of a text, in small letters."""
    return (text.split() or [""])[place].lower()

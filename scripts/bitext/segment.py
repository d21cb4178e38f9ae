"""SourceText → Block[]: every line cut into pieces of one language (:mod:`bitext.pieces`), each a block.

What takes more than one line to see is seen here: a watermark that other lines carry too, and lists of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bitext import chunks, filled, script, watermark
from bitext.cuts import MARK, Span, trim
from bitext.layout import by_line
from bitext.model import Block, BlockLang, SourceText
from bitext.pieces import pieces
from bitext.reasons import GOES_ON_WITH

_HEADING_OF_BOTH = re.compile(
    rf"\W*(?P<zh>[^()\uff08\uff09{script.LATIN}]{{0,20}}[{script.HAN}])"
    rf"(?:\s*[(\uff08]\s*(?P<held>[A-Z][A-Za-z ,&'\u2019-]{{1,60}}[a-z])\s*[)\uff09]"
    rf"|\s*(?P<capitals>[A-Z][A-Z &'\u2019-]{{2,60}}[A-Z]))[*_\s]*"
)
"""A heading and its translation, in brackets or in capitals."""
_MARKED_OF_BOTH = re.compile(
    rf"\s*#{{1,6}}\s+(?P<zh>[^()\uff08\uff09{script.LATIN}]{{0,30}}[{script.HAN}])\s+"
    r"(?P<apart>[A-Z][A-Za-z ,/&'\u2019-]{2,80}[a-z])\s*"
)
"""The same in Markdown, with a blank between."""
_FEWEST_HEADINGS = 2
ENTRY = "entry of a list of words"
"""Reason of the pieces of its lines."""
_LONGEST_GLOSS, _FEWEST_ENTRIES = 16, 3
_ENTRY = re.compile(
    rf"(?P<word>[a-z][a-z'\u2019-]+(?: [a-z'\u2019-]+){{0,4}})(?: ?[:\uff1a][ \u00a0]*|[ \u00a0\u3000]+)"
    rf"(?P<gloss>[{script.HAN}][^A-Za-z\d\u3002\uff01\uff1f!?]{{0,{_LONGEST_GLOSS - 1}}})"
)
"""A word or phrase in small letters and what it means."""


def segment(source: SourceText) -> tuple[Block, ...]:
    """Blocks of a source in its order: one for each line that is not blank, several where a line holds both languages.

    All blocks have the role ``paragraph``, except that a watermark glued to a line is ``chrome`` already. Joining the
    blocks' texts and the blanks and separators between them gives the line.

    >>> from pathlib import Path
    >>> lines = ("联合行动 / Joint operation", "C909飞机进入老挝", "12")
    >>> text = SourceText("a", Path("a.txt"), "", lines, "utf-8", "")
    >>> [(block.id, block.lang, block.text) for block in segment(text)]
    [('1.1', 'zh', '联合行动'), ('1.2', 'en', 'Joint operation'), ('2', 'zh', 'C909飞机进入老挝'), ('3', 'none', '12')]
    """
    whole = _filled(source)
    others = tuple(line for number, line in enumerate(source.lines, start=1) if number not in whole)
    marks = watermark.watermarks(others if whole else source.lines)
    starts = chunks.numbers(source.lines)
    blocks: list[Block] = []
    for number, line in enumerate(source.lines, start=1):
        if number in whole:
            blocks.append(whole[number])
        elif number in starts:
            blocks.extend(_chunk(line, number, starts[number], blocks[-1] if number - 1 and blocks else None))
        elif line.strip():
            blocks.extend(_line_blocks(line, number, marks))
    return _entries(_headings(blocks, source.lines))


def _headings(blocks: list[Block], lines: Sequence[str]) -> list[Block]:
    """Blocks, the headings cut in two that are printed as others are which were: a text prints all its headings alike.

    >>> from pathlib import Path
    >>> lines = ("范围（Scope）", "序言（Preface）", "本办法的目的和对象（Purpose）")
    >>> text = SourceText("a", Path("a.txt"), "", lines, "utf-8", "")
    >>> [block.text for block in segment(text)][4:]
    ['本办法的目的和对象', 'Purpose']
    """
    forms = {block.line: _heading_of_both(lines[block.line - 1]) for block in blocks if block.part < 2}
    cut = [forms[block.line] for block in blocks if block.part == 1 and block.lang == "zh"]
    kinds = [match.lastgroup for match in cut if match]
    found: list[Block] = []
    for block in blocks:
        match = None if block.part or block.role == "chrome" else forms[block.line]
        alike = match and kinds.count(match.lastgroup) >= _FEWEST_HEADINGS
        found.extend(_parted(block, match) if match and alike else [block])
    return found


def _heading_of_both(line: str) -> re.Match[str] | None:
    return _HEADING_OF_BOTH.fullmatch(line) or (_MARKED_OF_BOTH.fullmatch(line) if "#" in line[:4] else None)


def _parted(block: Block, match: re.Match[str]) -> list[Block]:
    """The two blocks of a heading and its translation on one line."""
    return _cut(block, ("zh", match.span("zh")), ("en", match.span(match.lastgroup or 0)))


def _cut(block: Block, *parts: tuple[BlockLang, Span]) -> list[Block]:
    """A block in pieces, each with its language and its offsets in the line."""
    at = block.start
    return [
        replace(block, part=part, lang=lang, start=start, end=end, text=block.text[start - at : end - at])
        for part, (lang, (start, end)) in enumerate(parts, start=1)
    ]


def _entries(blocks: list[Block]) -> tuple[Block, ...]:
    """Blocks, those cut in two that are entries of a list of words: what a word means is often longer than the word.

    An entry stands among others; one of them that was cut, or three in a row, tell a list from a sentence.

    >>> from pathlib import Path
    >>> lists = (("on board 在船上", "> spur 刺激；激励；鞭策"), ("app 下载量创新高", "web 开发者大会开幕"))
    >>> texts = [SourceText("a", Path("a.txt"), "", lines, "utf-8", "") for lines in lists]
    >>> [[block.text for block in segment(text)] for text in texts]
    [['on board', '在船上', 'spur', '刺激；激励；鞭策'], ['app 下载量创新高', 'web 开发者大会开幕']]
    """
    found: list[Block] = []
    every = (blocks[line.start : line.stop] for line in by_line(blocks))
    for is_entry, group in groupby(every, key=_is_entry):
        lines = list(group)
        cut = is_entry and (len(lines) >= _FEWEST_ENTRIES or (len(lines) > 1 and any(len(line) > 1 for line in lines)))
        for line in lines:
            two = _in_two(line[0]) if cut and len(line) == 1 else line
            found += [replace(block, sure=True, reason=ENTRY) for block in two] if cut else two
    return tuple(found)


def _is_entry(line: list[Block]) -> bool:
    """Whether a line is an English word or phrase without a capital, and Chinese that is no sentence."""
    if len(line) == 1:
        return _entry(line[0].text) is not None
    if [block.lang for block in line] != ["en", "zh"]:
        return False
    word, gloss = (block.text for block in line)
    return word[:1].islower() and len(gloss) <= _LONGEST_GLOSS and not gloss.endswith((":", "\uff1a"))


def _entry(text: str) -> re.Match[str] | None:
    """A text as an entry of a list of words, a mark of Markdown before it allowed; ``None`` if it is none."""
    mark = MARK.match(text)
    return _ENTRY.fullmatch(text, mark.end() if mark else 0)


def _in_two(block: Block) -> list[Block]:
    match = _entry(block.text)
    if match is None:
        return [block]
    word, gloss = ((block.start + match.start(name), block.start + match.end(name)) for name in ("word", "gloss"))
    return _cut(block, ("en", word), ("zh", gloss))


def _filled(source: SourceText) -> dict[int, Block]:
    """Blocks of the lines of paragraphs that a program filled at their blanks, by number of line.

    Such a paragraph is read as a whole: its lines have its language, and go on with each other.
    """
    found: dict[int, Block] = {}
    lines = source.lines
    for paragraph in filled.paragraphs(source):
        whole = pieces(" ".join(lines[number - 1].strip() for number in paragraph))
        for number in paragraph if len(whole) == 1 else ():
            start, end = trim(lines[number - 1], 0, len(lines[number - 1]))
            block = Block(number, 0, start, end, lines[number - 1][start:end], whole[0][0], wrapped=True)
            reason = f"{GOES_ON_WITH} {number - 1}"
            found[number] = replace(block, joined=True, reason=reason) if number > paragraph[0] else block
    return found


def _chunk(line: str, number: int, start: int, above: Block | None) -> list[Block]:
    """Blocks of a numbered piece of a text: its number, which is none of the text, and the others, parted from one.

    :param start: offset of the text behind the number.
    :param above: the last block of the piece above, which the first of this one may go on with.
    """
    first, last = trim(line, 0, start)
    reason = "number of a piece of the text"
    found = [Block(number, 1, first, last, line[first:last], "none", "chrome", reason, sure=True)]
    for part, (lang, begin, end) in enumerate(pieces(line[start:]), start=2):
        found.append(Block(number, part, start + begin, start + end, line[start + begin : start + end], lang))
    if above and above.lang == found[1].lang and not script.ends_sentence(above.text):
        found[1] = replace(found[1], joined=True, wrapped=True, reason=f"{GOES_ON_WITH} {above.line}")
    return found


def _line_blocks(line: str, number: int, marks: frozenset[str]) -> list[Block]:
    spans = _with_watermark(line, marks) or [(*span, False) for span in pieces(line)]
    found = [
        Block(number, 0, start, end, line[start:end], lang, "chrome" if mark else "paragraph",
              "watermark: the same characters stand on other lines" if mark else "")
        for lang, start, end, mark in spans
    ]  # fmt: skip
    if len(found) < 2:
        return found
    return [replace(block, part=part) for part, block in enumerate(found, start=1)]


def _with_watermark(line: str, marks: frozenset[str]) -> list[tuple[BlockLang, int, int, bool]]:
    """Pieces of a line round a watermark, the watermark last or first; empty if there is none."""
    span = watermark.span(line, marks) if marks else None
    if span is None:
        return []
    mark_lang: BlockLang = "zh" if script.han_count(line[span[0] : span[1]]) else "none"
    found: list[tuple[BlockLang, int, int, bool]] = [(mark_lang, *span, True)]
    for start, part in ((0, line[: span[0]]), (span[1], line[span[1] :])):
        if part.strip():
            found += [(lang, start + first, start + last, False) for lang, first, last in pieces(part)]
    return sorted(found, key=lambda piece: piece[1])

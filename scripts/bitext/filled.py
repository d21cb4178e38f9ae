"""Lines that a program filled to a width, breaking Chinese text at its blanks only: next to Latin words and figures.

Converters of documents (pandoc among them) know no other place to break a line. What such a line begins or ends with is
no sign of a second language, and its length says nothing: a clause without a blank stays on one line, however long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bitext import script
from bitext.layout import is_item
from bitext.markup import wide
from bitext.model import SourceText

_WIDTHS = (60, 100)
"""Columns to which such programs fill their lines: 72, 78 and 80 are usual."""
_FEWEST_BREAKS = 6
_MOST_BREAKS, _FEWEST_MID_SENTENCE = 0.9, 0.6
"""So many breaks are needed; of them so much stands where a filled line ends, and so much amid a sentence."""
_OF_ITS_OWN = re.compile(r"\s*(?:#{1,6}\s|[|>]|<[^<>]*>\s*$|[`~]{3}|[-=*_]{3,}\s*$)")
"""A line that no program fills: a heading, a row, a quotation, a tag, a rule."""
_HARD_BREAK = re.compile(r"(?:\s{2}|\\)$")
"""What Markdown ends a line with that ends there."""


def paragraphs(source: SourceText) -> list[range]:
    """Numbers of the lines of each paragraph with Chinese that was filled so.

    None is taken for such unless most breaks of the text are where they would be, and most of these amid a sentence.
    """
    if any(map(_is_longer, source.lines)):
        return []  # most texts
    lines = _as_printed(source)
    every = [p for p in _paragraphs(lines) if any(script.han_character.search(lines[number - 1]) for number in p)]
    breaks = {p: [(lines[a - 1].strip(), lines[b - 1].strip()) for a, b in pairwise(p)] for p in every}
    above = [line for found in breaks.values() for line, _ in found]
    mid_sentence = sum(not script.ends_sentence(line) for line in above)
    if len(above) < _FEWEST_BREAKS or mid_sentence < _FEWEST_MID_SENTENCE * len(above):
        return []
    shown = [lines[number - 1].strip() for p in every for number in p]
    width = max((_columns(line) for line in shown if " " in line), default=0)
    if not _WIDTHS[0] <= width <= _WIDTHS[1]:
        return []
    filled = {p for p, found in breaks.items() if all(_is_full(line, below, width) for line, below in found)}
    enough = sum(len(breaks[p]) for p in filled) >= _MOST_BREAKS * len(above)
    return [p for p in every if p in filled] if enough else []


def _is_longer(line: str) -> bool:
    """Whether a line of Chinese with a blank in it is longer than any that a program filled."""
    if len(line) <= _WIDTHS[1] or " " not in line.strip() or _OF_ITS_OWN.match(line):
        return False
    return script.han_character.search(line) is not None


def _as_printed(source: SourceText) -> list[str]:
    """Lines of a source with the narrow punctuation that stood in them when they were filled."""
    printed: dict[int, list[str]] = {}
    for change in source.changes:
        if change.rule == "punctuation":
            if change.line not in printed:
                printed[change.line] = list(source.lines[change.line - 1])
            printed[change.line][change.column] = change.before
    return ["".join(printed.get(number, line)) for number, line in enumerate(source.lines, start=1)]


def _paragraphs(lines: Sequence[str]) -> Iterator[range]:
    """Numbers of the lines of each paragraph of several lines, an entry of a list being one too."""
    first = 0
    for number, line in enumerate((*lines, ""), start=1):
        ends = not line.strip() or _OF_ITS_OWN.match(line)
        if first and (ends or is_item(line) or _HARD_BREAK.search(lines[number - 2])):
            if number - first > 1:
                yield range(first, number)
            first = 0
        if not ends and not first:
            first = number


def _is_full(line: str, below: str, width: int) -> bool:
    """Whether what stands before the first blank of the next line had no room on a line, and a blank stood there.

    Chinese text has none where both characters at a break are wide.
    """
    at_blank = not (wide(line[-1]) and wide(below[0]))
    return at_blank and _columns(line) + 1 + _columns(below.split(maxsplit=1)[0]) > width


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(map(wide, text))

"""Lines that a program filled to a width, breaking Chinese text at its blanks only: next to Latin words and figures.

Converters of documents (pandoc among them) know no other place to break a line. What such a line begins or ends with is
no sign of a second language, and its length says nothing: a clause without a blank stays on one line, however long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

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


class _Break(NamedTuple):
    """Where a line ends and the next goes on."""

    needed: int
    """Columns of the first line with what stands before the first blank of the next."""
    at_blank: bool
    """Whether one of the two characters at the break is of those beside which Chinese text has a blank."""
    mid_sentence: bool


def paragraphs(source: SourceText) -> list[range]:
    """Numbers of the lines of each paragraph with Chinese that was filled so.

    None is taken for such unless most breaks of the text are where they would be, and most of these amid a sentence.
    """
    if any(map(_is_longer, source.lines)):
        return []  # most texts
    lines = _as_printed(source)
    every = [p for p in _paragraphs(lines) if any(script.han_character.search(lines[number - 1]) for number in p)]
    breaks = {p: [_break(lines[a - 1], lines[b - 1]) for a, b in pairwise(p)] for p in every}
    flat = [one for found in breaks.values() for one in found]
    if len(flat) < _FEWEST_BREAKS or sum(one.mid_sentence for one in flat) < _FEWEST_MID_SENTENCE * len(flat):
        return []
    shown = [lines[number - 1].strip() for p in every for number in p]
    width = max((_columns(line) for line in shown if " " in line), default=0)
    if not _WIDTHS[0] <= width <= _WIDTHS[1]:
        return []
    filled = {p for p, found in breaks.items() if all(one.at_blank and one.needed > width for one in found)}
    enough = sum(len(breaks[p]) for p in filled) >= _MOST_BREAKS * len(flat)
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


def _break(line: str, below: str) -> _Break:
    line, below = line.strip(), below.strip()
    needed = _columns(line) + 1 + _columns(below.split(maxsplit=1)[0])
    at_blank = not (wide(line[-1]) and wide(below[0]))
    return _Break(needed, at_blank, not script.ends_sentence(line))


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(map(wide, text))

"""Block[] → the lines of notes on words that stand between a paragraph and its translation.

A page for learners prints a paragraph, below it the words of it that are hard, each with its meaning on the same line,
and then the translation. Such a line is a bead by itself, and would cross the bead of the two paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bitext import script
from bitext.layout import RUNNING_SIZE, by_line, is_sentence, of_one_length
from bitext.model import CONTENT_ROLES, Block

_LONGEST_WORDS, _LONGEST_GLOSS = 14.0, 24.0
"""Sizes of a word or phrase and of what it means: no longer than a short heading."""
_HALF = 2

Line = list[Block]


def asides(blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of the lines of notes that stand between a paragraph and its translation."""
    if not any(block.part for block in blocks):
        return frozenset()
    shown = [block for block in blocks if block.role in CONTENT_ROLES and block.lang != "none"]
    lines = [shown[line.start : line.stop] for line in by_line(shown)]
    rows = [(is_note, list(row)) for is_note, row in groupby(lines, key=_is_note)]
    found = (
        row for (_, above), (is_note, row), (_, below) in zip(rows, rows[1:], rows[2:], strict=False)
        if is_note and _is_list(row) and _translate(above[-1], below[0])
    )  # fmt: skip
    return frozenset(line[0].line for row in found for line in row)


def _is_note(line: Line) -> bool:
    """Whether a line is an English word or phrase and what it means in Chinese."""
    if [block.lang for block in line] != ["en", "zh"] or any(map(is_sentence, line)):
        return False
    words, gloss = line
    short = script.size(words.text) <= _LONGEST_WORDS and script.size(gloss.text) <= _LONGEST_GLOSS
    return short and not script.ends_sentence(gloss.text)


def _is_list(row: Sequence[Line]) -> bool:
    """Whether most lines of a row begin small, as entries do and headings do not."""
    return _HALF * sum(line[0].text[:1].islower() for line in row) > len(row)


def _translate(above: Line, below: Line) -> bool:
    """Whether the text above and the text below are each all of a line, and may translate each other."""
    if len(above) != 1 or len(below) != 1 or above[0].lang == below[0].lang:
        return False
    long = (is_sentence(line[0]) or script.size(line[0].text) >= RUNNING_SIZE for line in (above, below))
    return all(long) and of_one_length(above[0], below[0])

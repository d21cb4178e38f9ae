"""Block[] → the lines that hold both languages and are a bead by themselves, whatever stands around them.

A page for learners prints a paragraph, below it the words of it that are hard, each with its meaning on the same line,
and then the translation. A page that prints all of one language above all of the other has the words under its pictures
in both, on one line amid the text of one. Such a line would cross the bead of the paragraphs around it, and so
would two captions that stand together where the part of one language ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from bitext import script
from bitext.layout import RUNNING_SIZE, by_line, is_sentence, is_short, of_one_length
from bitext.model import CONTENT_ROLES, LANGS, Block
from bitext.reasons import SECTION_LABEL, rule

_LONGEST_WORDS, _LONGEST_GLOSS = 14.0, 24.0
"""Sizes of a word or phrase and of what it means: no longer than a short heading."""
_HALF = 2
_CREDIT = rule("picture-credit")
_LEAST_PART = 2
"""Lines for each change of language, in a text that prints one language above the other."""

Line = list[Block]
_Row = Sequence[Line]


def asides(blocks: Sequence[Block]) -> dict[int, int]:
    """Lines of notes between a paragraph and its translation, of pairs amid text of one language, of pairs of captions.

    Labels that come again in one language only are notes too.

    :returns: their numbers, with that of the first line of the bead that each belongs to.
    """
    labels = [block for block in blocks if block.reason == SECTION_LABEL]
    named = {block.line: block.line for block in labels if len({label.lang for label in labels}) == 1}
    captions = any(block.role == "caption" for block in blocks)
    if not captions and not any(block.part for block in blocks):
        return named
    shown = [block for block in blocks if block.role in CONTENT_ROLES and block.lang != "none"]
    lines = [shown[line.start : line.stop] for line in by_line(shown)]
    found = [*_between(lines, _is_note, lambda row, above, below: _is_list(row) and _translate(above[-1], below[0]))]
    if _stands_in_parts(shown):
        found += _between(lines, _is_pair, lambda _, above, below: _is_amid(above, below))
        named |= _captions(lines) if captions else {}
    return named | {line[0].line: line[0].line for row in found for line in row}


def _captions(lines: Sequence[Line]) -> dict[int, int]:
    """Numbers of the lines of two captions, one in each language and no third beside them, with that of the first."""
    found: dict[int, int] = {}
    for is_one, group in groupby(lines, key=lambda line: _is_caption(line[0])):
        row = [block for line in group for block in line] if is_one else []
        if len(row) == len(LANGS) == len({block.lang for block in row}) and of_one_length(row[0], row[1]):
            found |= {block.line: row[0].line for block in row}
    return found


def _is_caption(block: Block) -> bool:
    """Whether a line tells what is on a picture, not who took it, and holds nothing else."""
    return block.role == "caption" and not block.part and block.reason != _CREDIT


def _between(
    lines: Sequence[Line], kind: Callable[[Line], bool], fits: Callable[[_Row, _Row, _Row], bool]
) -> Iterator[_Row]:
    """Rows of lines of a kind that fit the lines above and below."""
    rows = [(is_one, list(row)) for is_one, row in groupby(lines, key=kind)]
    for (_, above), (is_one, row), (_, below) in zip(rows, rows[1:], rows[2:], strict=False):
        if is_one and fits(row, above, below):
            yield row


def _is_note(line: Line) -> bool:
    """Whether a line is an English word or phrase and what it means in Chinese."""
    if [block.lang for block in line] != ["en", "zh"] or any(map(is_sentence, line)):
        return False
    words, gloss = line
    short = script.size(words.text) <= _LONGEST_WORDS and script.size(gloss.text) <= _LONGEST_GLOSS
    return short and not script.ends_sentence(gloss.text)


def _is_pair(line: Line) -> bool:
    """Whether a line is short words in each language, of matching length."""
    return {block.lang for block in line} == set(LANGS) and len(line) == len(LANGS) and (
        all(map(is_short, line)) and of_one_length(*line)
    )


def _is_list(row: _Row) -> bool:
    """Whether most lines of a row begin small, as entries do and headings do not."""
    return _HALF * sum(line[0].text[:1].islower() for line in row) > len(row)


def _stands_in_parts(blocks: Iterable[Block]) -> bool:
    """Whether a text prints much of one language before it goes on in the other."""
    langs = [block.lang for block in blocks if not block.part and not block.joined]
    return _LEAST_PART * sum(one != other for one, other in pairwise(langs)) <= len(langs)


def _is_amid(above: _Row, below: _Row) -> bool:
    """Whether text of one language stands above and below, or two lines of it on one side: no alternation goes on."""
    return any(map(_is_one_language, ([above[-1], below[0]], above[-2:], below[:2])))


def _is_one_language(two: _Row) -> bool:
    blocks = [block for line in two for block in line]
    return len(blocks) == len(two) == len(LANGS) and blocks[0].lang == blocks[1].lang and any(map(_is_text, blocks))


def _is_text(block: Block) -> bool:
    return is_sentence(block) or script.size(block.text) >= RUNNING_SIZE


def _translate(above: Line, below: Line) -> bool:
    """Whether the text above and the text below are each all of a line, and may translate each other."""
    if len(above) != 1 or len(below) != 1 or above[0].lang == below[0].lang:
        return False
    return _is_text(above[0]) and _is_text(below[0]) and of_one_length(above[0], below[0])

"""Block[] → Block[]: lines that a fixed width broke are told from paragraphs; the broken ones are marked as joined.

A text is hard-wrapped if, in one language, most lines that stop in the middle of a sentence are about as long as its
longest lines. Then a line goes on with the one before it if that one stops in the middle of a sentence and is full, and
no blank line stands between them; page numbers and other furniture between two halves do not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bitext import script
from bitext.knowledge import Knowledge
from bitext.layout import is_item
from bitext.model import Block, Lang
from bitext.plain import plain

_WIDEST = {"zh": 60, "en": 110}
"""Longer lines are paragraphs, not lines of a fixed width; 80 columns of English or 40 of Chinese are usual."""
_NARROWEST = {"zh": 15, "en": 38}
"""Shorter lines are verse."""
_FULL = 0.72
_FULL_ENGLISH = 0.94
"""A line is full if it has so much of the width: in Chinese itself, in English together with the word that follows."""
_MOST_BROKEN = 0.6
_FEWEST_LINES = 4
_FEWEST_LONG, _FULL_LONG = 2, 0.86
_LONG = {"zh": 28, "en": 58}
"""In a short text so many lines are enough if each has so much of the longest one and at least so many characters."""
_LIKELY = 0.7
"""So much of that length is enough where the lines of the other language are broken."""
_BLANKS = re.compile(r"\s{2,}")
_FEWEST_SMALL = 0.2
"""Of the English lines after a broken one so many begin with a small letter, if they go on with its sentence."""
_ENDS = ":;\uff1a\uff1b"
_FIELD = re.compile("[^\\s:\uff1a\u3002\uff0c]{1,16}[:\uff1a]\\s*[^\\s/]")
_MARKS = "> \t"
_SMALL_WORD = 4
"""Words up to this length may be small in a title."""


def join(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with ``joined`` set on those that go on with a broken line."""
    widths = _widths(blocks)
    found = list(blocks)
    before: Block | None = None
    last = 0
    for index, block in enumerate(blocks):
        if block.role == "chrome" or block.lang == "none":
            continue
        begins = is_item(block.text) or any(style.number(plain(block.text)) for style in knowledge.numbering)
        if before is not None and not begins and _goes_on(before, block, widths, lines, blocks):
            found[index] = replace(block, joined=True, wrapped=True, reason=f"goes on with line {before.line}")
            found[last] = replace(found[last], wrapped=True)
        before, last = found[index], index
    return tuple(found)


def _widths(blocks: tuple[Block, ...]) -> dict[Lang, int]:
    """Width to which the lines of each language are broken; where those of one are, less is asked of the other."""
    zh, en = _width(blocks, "zh"), _width(blocks, "en")
    if en and not zh:
        zh = _width(blocks, "zh", _LIKELY)
    elif zh and not en:
        en = _width(blocks, "en", _LIKELY)
    return {"zh": zh, "en": en}


def _width(blocks: tuple[Block, ...], lang: Lang, long: float = 1.0) -> int:
    """Width to which the lines of a language are broken; 0 if they are not.

    :param long: part of the usual length that a few long lines have to have.
    """
    mine = [block for block in blocks if block.lang == lang and block.role == "paragraph" and not block.part]
    after = {block.line - 1: block for block in mine}
    broken = [block for block in mine if block.line in after and _is_broken(block, after[block.line])]
    if lang == "zh":  # short lines of a page's head are of one length too
        ended = _ended(mine, after)
        broken = [block for block in broken if block.line in ended]
    if not broken or max(len(_BLANKS.sub(" ", block.text)) for block in mine) > _WIDEST[lang]:
        return 0
    width = _common(broken, after, lang, _FEWEST_SMALL) if len(broken) >= _FEWEST_LINES else 0
    lines = [block for block in broken if len(block.text) >= _LONG[lang] * long]
    one = long < 1.0 and lang == "zh" and len(lines) == 1
    return width or (_common(lines, after, lang, _MOST_BROKEN) if one or _are_long(lines) else 0)


def _ended(mine: Sequence[Block], after: Mapping[int, Block]) -> set[int]:
    """Numbers of the lines that come to the end of a sentence, on them or below, as those of a paragraph do."""
    found: set[int] = set()
    for block in reversed(mine):
        below = after.get(block.line)
        if below and _is_broken(block, below):
            found |= {block.line} if below.line in found else set()
        elif script.ends_sentence(block.text) or block.text[-1] in _ENDS:
            found.add(block.line)
    return found


def _common(broken: Sequence[Block], after: Mapping[int, Block], lang: Lang, fewest: float) -> int:
    """Width that most broken lines have; 0 if there is none, or if they are entries of a list.

    :param fewest: share of the English lines after them that begin with a small letter.
    """
    width = sorted(len(block.text) for block in broken)[-max(1, len(broken) // 10)]
    small = sum(after[block.line].text.lstrip(_MARKS)[:1].islower() for block in broken)
    if lang == "en" and small < fewest * len(broken):
        return 0
    full = sum(_is_full(block, after[block.line], width) for block in broken)
    return width if full >= _MOST_BROKEN * len(broken) and width >= _NARROWEST[lang] else 0


def _are_long(broken: Sequence[Block]) -> bool:
    """Whether a few broken lines, each as long as only those of running text are, are nearly of one length."""
    sizes = [len(block.text) for block in broken]
    return len(sizes) >= _FEWEST_LONG and min(sizes) >= _FULL_LONG * max(sizes)


def _is_broken(block: Block, after: Block) -> bool:
    """Whether a line stops in the middle of a sentence and the next does not begin an entry of a list."""
    return not script.ends_sentence(block.text) and block.text[-1] not in _ENDS and not is_item(after.text)


def _is_full(before: Block, after: Block, width: int) -> bool:
    """Whether the next line begins with what had no room on a line: in English the whole next word."""
    if before.lang == "zh":
        return len(before.text) >= _FULL * width
    return len(before.text) + 1 + len(after.text.split()[0]) >= _FULL_ENGLISH * width


def _goes_on(
    before: Block, block: Block, widths: dict[Lang, int], lines: Sequence[str], blocks: Sequence[Block]
) -> bool:
    if block.lang != before.lang or block.lang == "none" or not widths[block.lang] or before.part or block.part:
        return False
    if before.role != "paragraph" or block.role != "paragraph" or before.sure or block.sure:
        return False
    between = range(before.line + 1, block.line)
    chrome = {other.line for other in blocks if other.role == "chrome"}
    if any(number not in chrome and lines[number - 1].strip() for number in between):
        return False
    if _is_headline(before.text) and block.text[:1].isupper():
        return False
    if _FIELD.match(before.text) and _FIELD.match(block.text):
        return False  # labels with what is filled in, one below the other
    full = _is_full(before, block, widths[block.lang])
    if between:
        return full and not script.ends_sentence(before.text) and any(number in chrome for number in between)
    return full and (not script.ends_sentence(before.text) or len(before.text) >= 0.9 * widths[block.lang])


def _is_headline(text: str) -> bool:
    """Whether an English line has the capitals of a title."""
    words = [word for word in script.latin_word.findall(text) if len(word) > _SMALL_WORD]
    return len(words) > 2 and all(word[0].isupper() for word in words) and not script.ends_sentence(text)

"""Where the lines of a text stand: its head, its body, its foot, and the line of the other language beside each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from bitext.knowledge import seams
from bitext.model import Block
from bitext.script import ends_sentence, size

RUNNING_SIZE = 25.0
"""A block of at least this size (Han characters or their equal) with a sentence in it is running text."""

_SENTENCE_INSIDE = re.compile("[\u3002\uff01\uff1f]|[a-z]{3}[.!?][\"'\u201d\u2019)]* [A-Z]")

_SENTENCE_SIZE = 6.0
"""In a text without running text (subtitles, phrases of a lesson) a sentence of at least this size stands for it."""

_ITEM = re.compile(
    r"\s*(?:[-*+\u2013]\s|[\u2022\u25cf\u25aa\u25a0\u25a1\u25c6\u25c7\u25e6\u00b7\u25ba\u27a2\u27a4\u2713\u2714\uf06c\uf0a7\uf0b7\uf0d8\uf0fc]\s*\S"
    r"|[(\uff08](?:\w|[A-Za-z]{1,4}|\d{1,3})[)\uff09]"
    r"|\(?(?:\d{1,3}|[A-Za-z])\s*[.)\u3001\uff0e\uff09](?:\s|\D)|\d{1,3}\uff0c\D|\d{1,2}[:\uff1a]\d\d"
    r"|(?:19|20)\d\d(?:[-/.]\d{1,2}){1,2}\s)"
)

_TURN = re.compile("([A-Z][\\w.]{0,11}|[^\\W\\d_a-zA-Z]{1,4}) ?[:\uff1a]\\s*\\w")
"""Who speaks, at the beginning of a turn of a talk."""
_COLON, _LONGEST_NAME = re.compile("[:\uff1a]"), 14
_FEWEST_TURNS = 2

_LEAST_SHARE = 0.5
"""A language of which there is less beside the other is that of a disclaimer or of quotations."""
_OTHER = {"zh": "en", "en": "zh"}
_COUNTED = re.compile(r"\s*[(\uff08]([^\W\d_a-zA-Z]{2,3})[)\uff09]")
"""What may be a number of several Chinese characters, in brackets."""
_MOST_BESIDE = 3
_FEWEST_PAIRED, _MOST_PAIRED = 6, 0.7
LENGTH_RATIO = 3.0
"""Lines of two languages whose sizes differ by more than this are no translations of each other."""

_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*")
_LONGEST_UNDERLINE = 3
"""An underline is at most so many times as long as its line; what is longer is a rule below it."""

LINK = re.compile(r"[#>\s]*(?:[*+-] )?\[([^\[\]]{1,90})\]\([^()\s]*\)")
"""A line that is a link and nothing else, if as a heading or an item; its group is what a reader sees."""
SHORT_SIZE = 30.0
"""Headings, titles of navigation and names of speakers are shorter than this; 46 headings of the seeds: 8 to 27."""


def is_running(block: Block) -> bool:
    """Whether a block is running text: long enough, and with the end of a sentence in it."""
    if block.role != "paragraph":
        return False
    return block.wrapped or (block.lang != "none" and _runs(block.text))


@lru_cache(maxsize=8192)
def _runs(text: str) -> bool:
    return size(text) >= RUNNING_SIZE and (ends_sentence(text) or _has_sentence(text))


@lru_cache(maxsize=8192)
def _has_sentence(text: str) -> bool:
    return _SENTENCE_INSIDE.search(text) is not None


def is_short(block: Block) -> bool:
    """Whether a block is short and does not end like a sentence."""
    return _is_short(block.text)


@lru_cache(maxsize=8192)
def _is_short(text: str) -> bool:
    text = text.rstrip("*_ ")
    if "](" in text and (link := LINK.fullmatch(text)):
        text = link.group(1)
    return size(text) <= SHORT_SIZE and not ends_sentence(text) and text[-1:] not in ",;\uff0c\uff1b\u3001"


def as_text(block: Block) -> Block:
    """A block that looked like something else, as text of which no words prove what it is."""
    return replace(block, role="paragraph", sure=False, reason="")


def is_underlined(lines: Sequence[str], number: int) -> bool:
    """Whether Markdown's sign of a heading stands below a line: a row of ``=`` or ``-`` nearly as long as it.

    :param number: of the line, from 1.
    """
    line, below = lines[number - 1], lines[number] if number < len(lines) else ""
    fits = len(line) <= 2 * len(below) and len(below.strip()) <= _LONGEST_UNDERLINE * len(line)
    return fits and _UNDERLINE.fullmatch(below) is not None


def holds_sentence(block: Block) -> bool:
    """Whether a sentence ends inside a block: what follows is a mark of the end, a credit."""
    return _has_sentence(block.text)


def _has_translation(blocks: Sequence[Block], index: int) -> bool:
    """Whether a sentence of the other language and of matching length stands beside a block."""
    return any(
        is_sentence(blocks[other]) and of_one_length(blocks[index], blocks[other]) for other in beside(blocks, index)
    )


def of_one_length(one: Block, other: Block) -> bool:
    """Whether two lines of different languages are of matching length."""
    ratio = size(one.text) / max(size(other.text), 1.0)
    return 1 / LENGTH_RATIO <= ratio <= LENGTH_RATIO


def announce_both(one: Block, two: Block) -> bool:
    """Whether two blocks announce, in both languages, what follows: short text with a colon at its end, each."""
    return {one.lang, two.lang} == {"zh", "en"} and announces(one) and announces(two)


def announces(block: Block) -> bool:
    """Whether a block is short text with a colon at its end."""
    colon = block.text.rstrip("*_")[-1:] in (":", "\uff1a")
    return colon and block.role in ("paragraph", "label", "heading") and is_short(block)


def is_item(text: str) -> bool:
    """Whether a text begins as the entries of lists do: with a bullet, a number, a letter, an hour, a date in figures.

    >>> [is_item(text) for text in ("- nets", "(iv) nets", "(二十) 网", "2. nets", "12，网", "08:30 nets")]
    [True, True, True, True, True, True]
    >>> [is_item(text) for text in ("2.5 nets", "-based", "(双语) 网")]
    [False, False, False]
    """
    if _ITEM.match(text):
        return True
    counted = _COUNTED.match(text)
    return counted is not None and seams().numbers.issuperset(counted[1])


@dataclass(frozen=True, slots=True)
class Layout:
    """Indexes into a sequence of blocks: where the body begins and ends, and each language in it."""

    first: int
    """Index of the first block of the body; the number of blocks if there is none."""
    last: int
    """Index of the last block of the body; -1 if there is none."""
    first_of: dict[str, int]
    """Index of the first block of the body, or of the first of many sentences, in each language that has one."""


def is_sentence(block: Block) -> bool:
    """Whether a block is text that ends like a sentence, however short."""
    if block.role != "paragraph" or block.lang == "none":
        return False
    return size(block.text) >= _SENTENCE_SIZE and ends_sentence(block.text)


def _tells_picture(block: Block) -> bool:
    """Whether a block is as long as running text and stands under a picture."""
    return block.role == "caption" and block.lang != "none" and _runs(block.text)


def speaker_of(block: Block) -> str:
    """Who speaks in a line, if it begins as the turn of a talk does; else empty."""
    turn = _TURN.match(block.text) if _COLON.search(block.text, 0, _LONGEST_NAME) else None
    return turn[1] if turn else ""


def speakers(body: Iterable[Block]) -> frozenset[str]:
    """Who speaks in several paragraphs of a text, each of which begins with the speaker's name or letter."""
    turns = Counter(speaker_of(block) for block in body if block.role == "paragraph")
    return frozenset(name for name, count in turns.items() if name and count >= _FEWEST_TURNS)


def layout(blocks: Sequence[Block]) -> Layout:
    """Find the body of a text: all from its first to its last running block, or sentence where nothing is longer.

    The words under the pictures of a gallery are its text where it has no other. Where nearly all lines of the body
    have a translation beside them, the others at either end are no part of it: an introduction, a comment of a reader.
    """
    running = [index for index, block in enumerate(blocks) if is_running(block)]
    running = running or [index for index, block in enumerate(blocks) if is_sentence(block) or _tells_picture(block)]
    running = _paired(blocks, running) or running
    first_of: dict[str, int] = {}
    for index in (*running, *_short_sentences(blocks, {blocks[index].lang for index in running})):
        first_of.setdefault(blocks[index].lang, index)
    return Layout(running[0] if running else len(blocks), running[-1] if running else -1, first_of)


def _paired(blocks: Sequence[Block], running: Sequence[int]) -> list[int]:
    """Indexes of those blocks that have a translation beside them, if nearly all have; else none.

    It is not looked for any more once too many are without.
    """
    least = max(_FEWEST_PAIRED, _MOST_PAIRED * len(running))
    found: list[int] = []
    for at, index in enumerate(running):
        if len(found) + len(running) - at < least:
            return []
        if _has_translation(blocks, index):
            found.append(index)
    return found if len(found) >= least else []


def _short_sentences(blocks: Sequence[Block], langs: Collection[str]) -> list[int]:
    """Indexes of the sentences of a language that has no running text; beside one that has, a translation is long."""
    found = [index for index, block in enumerate(blocks) if block.lang not in langs and is_sentence(block)]
    mine = sum(size(blocks[index].text) for index in found)
    others = sum(size(block.text) for block in blocks if block.lang in langs and block.role == "paragraph")
    return found if mine >= _LEAST_SHARE * others else []


def beside(blocks: Sequence[Block], index: int) -> tuple[int, ...]:
    """Indexes of the neighbours, before and after, that are of the other language of zh and en."""
    other = _OTHER.get(blocks[index].lang, "")
    return tuple(i for i in (index + 1, index - 1) if 0 <= i < len(blocks) and blocks[i].lang == other)


def pieces_of_line(blocks: Sequence[Block], index: int) -> list[Block]:
    """A block with the pieces that stand on its line, three on either side of it at most."""
    near = blocks[max(0, index - _MOST_BESIDE) : index + _MOST_BESIDE + 1]
    return [block for block in near if block.line == blocks[index].line]


def by_line(blocks: Sequence[Block]) -> Iterator[range]:
    """Indexes of the blocks of each line."""
    start = 0
    for _, pieces in groupby(blocks, key=lambda block: block.line):
        end = start + len(tuple(pieces))
        yield range(start, end)
        start = end

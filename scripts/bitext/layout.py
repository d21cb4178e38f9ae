"""Where the lines of a text stand: its head, its body, its foot, and the line of the other language beside each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.model import Block
from bitext.script import ends_sentence, size

RUNNING_SIZE = 25.0
"""A block of at least this size (Han characters or their equal) with a sentence in it is running text."""

_SENTENCE_INSIDE = re.compile("[\u3002\uff01\uff1f]|[a-z]{3}[.!?][\"'\u201d\u2019)]* [A-Z]")

_SENTENCE_SIZE = 6.0
"""In a text without running text (subtitles, phrases of a lesson) a sentence of at least this size stands for it."""

SHORT_SIZE = 30.0
"""Headings, titles of navigation and names of speakers are shorter than this; 46 headings of the seeds: 8 to 27."""


def is_running(block: Block) -> bool:
    """Whether a block is running text: long enough, and with the end of a sentence in it."""
    if block.wrapped and block.role == "paragraph":
        return True
    if block.role != "paragraph" or block.lang == "none" or size(block.text) < RUNNING_SIZE:
        return False
    return ends_sentence(block.text) or _has_sentence(block.text)


@lru_cache(maxsize=8192)
def _has_sentence(text: str) -> bool:
    return _SENTENCE_INSIDE.search(text) is not None


def is_short(block: Block) -> bool:
    """Whether a block is short and does not end like a sentence."""
    return (
        size(block.text) <= SHORT_SIZE
        and not ends_sentence(block.text)
        and block.text[-1:] not in ",;\uff0c\uff1b\u3001"
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Indexes into a sequence of blocks: where the body begins and ends, and each language in it."""

    first: int
    """Index of the first block of the body; the number of blocks if there is none."""
    last: int
    """Index of the last block of the body; -1 if there is none."""
    first_of: dict[str, int]
    """Index of the first block of the body in each language that has one."""


def is_sentence(block: Block) -> bool:
    """Whether a block is text that ends like a sentence, however short."""
    if block.role != "paragraph" or block.lang == "none":
        return False
    return size(block.text) >= _SENTENCE_SIZE and ends_sentence(block.text)


def layout(blocks: Sequence[Block]) -> Layout:
    """Find the body of a text: all from its first to its last running block, or sentence where nothing is longer."""
    running = [index for index, block in enumerate(blocks) if is_running(block)]
    running = running or [index for index, block in enumerate(blocks) if is_sentence(block)]
    first_of: dict[str, int] = {}
    for index in running:
        first_of.setdefault(blocks[index].lang, index)
    return Layout(running[0] if running else len(blocks), running[-1] if running else -1, first_of)


def beside(blocks: Sequence[Block], index: int) -> tuple[int, ...]:
    """Indexes of the neighbours, before and after, that are of the other language of zh and en."""
    lang = blocks[index].lang
    near = (i for i in (index + 1, index - 1) if 0 <= i < len(blocks))
    return tuple(i for i in near if {lang, blocks[i].lang} == {"zh", "en"})

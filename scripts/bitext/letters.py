"""Block[] → Block[], in place: whom a letter goes to and who signs it, where a line of its own announces them.

An open letter lists both: names with offices below the one, people and institutions below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.layout import is_running, is_sentence, is_short
from bitext.model import LANGS, Block, Role
from bitext.reasons import SALUTATION, rule

_TO, _SIGNED = rule("addressees"), rule("signatories")
_OFFICE = rule("name-and-office")
_NAME_AND_OFFICE = re.compile("[^,:;\uff0c\uff1a\uff1b\u3002]{2,40}[,\uff0c][^:;\uff1a\uff1b\u3002!?\uff01\uff1f]+")
_MOST = 60
"""So many names in both languages are looked at below the line that announces them."""


def mark(blocks: list[Block]) -> None:
    """Give the lines that a letter lists their role: text for whom it goes to, byline for who signs it."""
    for index, block in enumerate(blocks):
        if block.reason == _TO:
            listed = [below for below in _below(blocks, index) if _is_addressed(blocks[below])]
            _mark(blocks, listed, "paragraph", f"whom the letter goes to, by line {block.line}")
        elif block.reason == _SIGNED:
            _mark(blocks, list(_below(blocks, index)), "byline", f"who signs, by line {block.line}")


def _below(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """Indexes of the short lines below one, until text, furniture or a heading that is marked as one."""
    for below, block in enumerate(blocks[index + 1 : index + 1 + _MOST], start=index + 1):
        if block.reason in (_TO, _SIGNED):
            continue
        loose = block.role in ("paragraph", "heading", "caption") and (not block.sure or block.role == "caption")
        ended = is_running(block) or is_sentence(block) or block.reason == SALUTATION or not is_short(block)
        if ended or block.lang not in LANGS or not (loose or block.reason == _OFFICE):
            return
        yield below


def _is_addressed(block: Block) -> bool:
    """Whether a line is a name and an office, parted by a comma."""
    return block.reason == _OFFICE or _NAME_AND_OFFICE.fullmatch(block.text) is not None


def _mark(blocks: list[Block], listed: Sequence[int], role: Role, reason: str) -> None:
    for index in listed:
        blocks[index] = replace(blocks[index], role=role, level=0, sure=True, reason=reason)

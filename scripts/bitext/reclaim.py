"""Block[], Bead[] → Block[]: what was taken for page furniture and translates a line of the text is text again.

The chrome stage sees each language by itself. Where both stand in blocks of their own, a sentence of the article that
only sounds like furniture has no neighbour that could tell; its translation, which nobody took for furniture, can.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from bitext.layout import LENGTH_RATIO
from bitext.model import CONTENT_ROLES, LANGS, Bead, Block
from bitext.reasons import GIVEN
from bitext.script import size

Align = Callable[[Sequence[Block]], tuple[Bead, ...]]

_LIKELY = 0.69
"""A pair that costs less is more likely right than wrong; in doubt a line is text."""
_OTHER = dict(zip(LANGS, LANGS[::-1], strict=True))
_MOST_LINES = 2
"""So many lines of text at most say what one of furniture does: a word that announces it may stand above it."""
_ADDRESS = re.compile(r"[^:\uff1a]{1,24}[:\uff1a]\s*(?:\[[^\[\]]*\]\([^()\s]*\)|(?:https?://|www\.)\S+)\s*")
"""A label and where something is to be found: it translates nothing but such a line."""
_BELOW = 4
"""How many lines below the last one of the text are looked at: whom to write to, a last sentence."""


def reclaimed(
    blocks: tuple[Block, ...], beads: tuple[Bead, ...], align: Align
) -> tuple[tuple[Block, ...], tuple[Bead, ...]]:
    """Blocks with the furniture unmarked that translates a line of the text, and their beads; else both as they were.

    A line is tried if it stands amid the text while lines of the other language have no translation, or one that is in
    doubt; it is text if the aligner then pairs it with one of these by words they share, and if that is more likely
    right than wrong.

    :param beads: of the blocks without furniture.
    :param align: makes beads of blocks.
    """
    tried = set(_candidates(blocks, beads))
    if not tried:
        return blocks, beads
    unsure = {block.id for bead in beads if _is_unsure(bead) for block in bead.blocks}
    kept: dict[str, Block] = {}
    for bead in align([_as_text(block) if block.id in tried else block for block in blocks]):
        if bead.anchors and bead.cost < _LIKELY:
            for mine, others in ((bead.zh, bead.en), (bead.en, bead.zh)):
                whole = len(mine) == 1 and len(others) <= _MOST_LINES
                if whole and mine[0].id in tried and all(_may_say(other, mine[0], unsure) for other in others):
                    kept[mine[0].id] = _like(mine[0], others[-1])
    if not kept:
        return blocks, beads
    found = tuple(kept.get(block.id, block) for block in blocks)
    return found, align(found)


def _may_say(other: Block, mine: Block, unsure: Collection[str]) -> bool:
    """Whether a line of text without a sure translation may say what a line of furniture does: an address is one."""
    return other.id in unsure and (not _ADDRESS.fullmatch(mine.text) or _ADDRESS.fullmatch(other.text) is not None)


def _candidates(blocks: Sequence[Block], beads: Sequence[Bead]) -> Iterator[str]:
    """Ids of the furniture amid the text of its language that is as long as a line that lacks its pair.

    Below the text it is tried where the last line of the other language lacks its pair.
    """
    unsure = {block.id: block for bead in beads if _is_unsure(bead) for block in bead.blocks}
    for lang in LANGS:
        lengths = sorted(size(block.text) for block in unsure.values() if block.lang != lang)
        text, others = (_text(blocks, of) for of in (lang, _OTHER[lang]))
        below = _BELOW if others and blocks[others[-1]].id in unsure else 0
        for block in blocks[text[0] : text[-1] + below] if lengths and text else ():
            if block.lang == lang and block.role == "chrome" and _may_be_text(block, lengths):
                yield block.id


def _text(blocks: Sequence[Block], lang: str) -> list[int]:
    """Indexes of the text in a language."""
    return [i for i, block in enumerate(blocks) if block.lang == lang and block.role in CONTENT_ROLES]


def _is_unsure(bead: Bead) -> bool:
    return bead.review or not (bead.zh and bead.en)


def _may_be_text(block: Block, lengths: Sequence[float]) -> bool:
    """Whether furniture may be a line of the text: of its own, not given its role by a person, of a matching length.

    :param lengths: of the lines that it may translate, in rising order.
    """
    longer = bisect_left(lengths, size(block.text) / LENGTH_RATIO)
    matching = longer < len(lengths) and lengths[longer] <= size(block.text) * LENGTH_RATIO
    return matching and not block.part and block.reason != GIVEN


def _as_text(block: Block) -> Block:
    return replace(block, role="paragraph", sure=False, joined=False, reason="")


def _like(mine: Block, other: Block) -> Block:
    """A line with the role of the one that it translates."""
    role = other.role if other.role in CONTENT_ROLES else "paragraph"
    reason = f"sounds like page furniture, but translates line {other.line} of the text"
    return replace(mine, role=role, level=other.level, reason=reason)

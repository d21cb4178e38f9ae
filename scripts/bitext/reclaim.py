"""Block[], Bead[] → Block[]: what was taken for page furniture and translates a line of the text is text again.

The chrome stage sees each language by itself. Where both stand in blocks of their own, a sentence of the article that
only sounds like furniture has no neighbour that could tell; its translation, which nobody took for furniture, can.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from bitext.layout import of_one_length
from bitext.model import CONTENT_ROLES, LANGS, Bead, Block

Align = Callable[[Sequence[Block]], tuple[Bead, ...]]

_GIVEN = "given in"
"""How the reason begins of a role that a person gave."""
_MOST, _WIDEST = 40, 40
"""Where more lines are furniture, or more lie between two that are sure, furniture amid the text is no oversight."""
_LIKELY = 0.69
"""A pair that costs less is more likely right than wrong; in doubt a line is text."""
_BELOW = 4
"""How many lines below the last that is sure are looked at."""


def reclaimed(
    blocks: tuple[Block, ...], beads: tuple[Bead, ...], align: Align
) -> tuple[tuple[Block, ...], tuple[Bead, ...]]:
    """Blocks with the furniture unmarked that translates a line of the text, and their beads; else both as they were.

    A line is tried if it stands amid the text, and between the counterparts of what stands round a line that has no
    translation, or one that is in doubt; it is text if the aligner then pairs both by words they share, and if that is
    more likely right than wrong.

    :param beads: of the blocks without furniture.
    :param align: makes beads of blocks.
    """
    tried = set(_candidates(blocks, beads))
    if not 0 < len(tried) <= _MOST:
        return blocks, beads
    unsure = {block.id for bead in beads if _is_unsure(bead) for block in bead.blocks}
    kept: dict[str, Block] = {}
    for bead in align([_as_text(block) if block.id in tried else block for block in blocks]):
        if len(bead.zh) == len(bead.en) == 1 and bead.anchors and bead.cost < _LIKELY:
            for mine, other in ((bead.zh[0], bead.en[0]), (bead.en[0], bead.zh[0])):
                if mine.id in tried and other.id in unsure:
                    kept[mine.id] = _like(mine, other)
    if not kept:
        return blocks, beads
    found = tuple(kept.get(block.id, block) for block in blocks)
    return found, align(found)


def _candidates(blocks: Sequence[Block], beads: Sequence[Bead]) -> Iterator[str]:
    """Ids of the furniture that may translate a line without a sure counterpart."""
    place = {block.id: index for index, block in enumerate(blocks)}
    sure = [tuple(place[bead.side(lang)[0].id] for lang in LANGS) for bead in beads if not _is_unsure(bead)]
    gaps = {"zh": _Gaps(sure), "en": _Gaps([(en, zh) for zh, en in sure])}
    for block in (block for bead in beads if _is_unsure(bead) for block in bead.blocks):
        if not _beside_chrome(blocks, place[block.id]):
            between = gaps[block.lang].of(place[block.id])
            yield from (one.id for one in blocks[between] if _may_be_text(one, block))


class _Gaps:
    """Where a translation of a line may stand, by the pairs of lines that are sure."""

    def __init__(self, pairs: Sequence[tuple[int, ...]]) -> None:
        pairs = sorted(pairs)
        self.mine = [mine for mine, _ in pairs]
        self.last = list(accumulate((theirs for _, theirs in pairs), max))
        self.next = list(accumulate((theirs for _, theirs in reversed(pairs)), min))[::-1]

    def of(self, index: int) -> slice:
        """Indexes between the counterparts of what stands before and after, or right below the last one."""
        at = bisect_left(self.mine, index)
        if not at:
            return slice(0)
        end = self.next[at] if at < len(self.mine) else self.last[-1] + _BELOW
        return slice(self.last[at - 1] + 1, end) if end - self.last[at - 1] <= _WIDEST else slice(0)


def _is_unsure(bead: Bead) -> bool:
    return bead.review or not (bead.zh and bead.en)


def _beside_chrome(blocks: Sequence[Block], index: int) -> bool:
    return any(block.role == "chrome" for block in blocks[max(0, index - 1) : index + 2])


def _may_be_text(one: Block, block: Block) -> bool:
    """Whether furniture may be a line of the other language that says what a block does."""
    if one.role != "chrome" or one.part or one.reason.startswith(_GIVEN):
        return False
    return {one.lang, block.lang} == set(LANGS) and of_one_length(one, block)


def _as_text(block: Block) -> Block:
    return replace(block, role="paragraph", sure=False, joined=False, reason="")


def _like(mine: Block, other: Block) -> Block:
    """A line with the role of the one that it translates."""
    role = other.role if other.role in CONTENT_ROLES else "paragraph"
    reason = f"sounds like page furniture, but translates line {other.line} of the text"
    return replace(mine, role=role, level=other.level, reason=reason)

"""Block[] → Block[]: who gives a speech or wrote a text, where the name stands alone between the title and the text.

A name may have an office beside or below it; dates, places and the translations of all of them stand among the names.
What looks like a name in English may be a heading or the second half of a title: Chinese must name somebody too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bitext.knowledge import Knowledge
from bitext.layout import is_short
from bitext.model import FACT_ROLES, Block, Lang
from bitext.plain import plain
from bitext.reasons import SUBTITLE

_MOST_NAMES = 3
"""So many lines say who speaks: a name and two offices."""
_WIDE = "  "
"""Buttons side by side are parted so, the words of a name are not."""


def mark(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the names between a title and the text of its language marked as its byline.

    :param blocks: with their titles and datelines.
    """
    zh, named = _named(blocks, "zh", knowledge)
    en, _ = _named(blocks, "en", knowledge)
    found = list(blocks)
    for index in (*zh, *(en if zh or named else ())):
        reason = "a name between the title and the text: who speaks or wrote it"
        found[index] = replace(blocks[index], role="byline", level=0, sure=True, reason=reason)
    return tuple(found)


def _named(blocks: Sequence[Block], lang: Lang, knowledge: Knowledge) -> tuple[list[int], bool]:
    """Indexes of the names below the title of a language, and whether a byline stands there already."""
    mine = [index for index, block in enumerate(blocks) if block.lang == lang and block.role != "chrome"]
    title = next((at for at, index in enumerate(mine) if blocks[index].role == "title"), len(mine))
    names: list[int] = []
    known = False
    for index in mine[title + 1 :]:
        block = blocks[index]
        if _may_be_name(block) and not _is_amid_furniture(blocks, index) and knowledge.names_person(block.text):
            names.append(index)
        elif not (block.role in ("title", *FACT_ROLES) or block.reason.startswith(SUBTITLE)):
            break
        known = known or block.role == "byline"
    again = Counter(plain(blocks[index].text) for index in mine) if names else Counter[str]()
    once = all(again[plain(blocks[index].text)] == 1 for index in names)  # else they may be those who speak by turns
    return (names if once and len(names) <= _MOST_NAMES else []), known


def _may_be_name(block: Block) -> bool:
    loose = block.role in ("paragraph", "heading") and not block.sure and not block.part
    return loose and is_short(block) and not (block.lang == "en" and _WIDE in block.text)


def _is_amid_furniture(blocks: Sequence[Block], index: int) -> bool:
    """Whether furniture stands above and below a line: the name is that of an account."""
    return all(0 <= at < len(blocks) and blocks[at].role == "chrome" for at in (index - 1, index + 1))

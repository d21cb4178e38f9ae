"""Furniture that comes in rows: lists of links below their headings, heads of pages, what comes again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bitext import heads
from bitext.furniture import is_furniture, opens
from bitext.knowledge import Knowledge
from bitext.layout import (
    LINK,
    Layout,
    beside,
    by_line,
    is_item,
    is_running,
    is_sentence,
    is_short,
    of_one_length,
    speaker_of,
    speakers,
)
from bitext.marks import BOLD, BULLET
from bitext.model import FACT_ROLES, Block
from bitext.plain import plain
from bitext.reasons import LOOKED_AT, rule
from bitext.role_rules import by_words
from bitext.rows import FEWEST_LINKS, WORD

_PAGE = rule("page-number")
_END = rule("end-mark")
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_FEWEST_AGAIN = 3
_FEWEST_BARE = 2
_DAY = r"[(\[]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[)\]]?"
_DATED = re.compile(rf"(?P<first>{_DAY})?\W?\s?\D.{{3,80}}?(?(first)|\s{_DAY})")
"""Words and a day in figures, as in a list of links: the day comes first or last."""


def mark(blocks: list[Block], lines: Sequence[str], place: Layout, knowledge: Knowledge) -> None:
    """Mark in place what stands below headings of links, heads of pages and what comes again.

    :param lines: of the source.
    """
    _bare(blocks, place)
    _foot(blocks, place, knowledge)
    _after_a_part(blocks, knowledge)
    _amid_pairs(blocks, knowledge)
    _running_heads(blocks, place)
    for index, reason in heads.numbered(blocks, lines).items():
        blocks[index] = replace(blocks[index], role="chrome", reason=reason)
    _again(blocks, lines)


def _bare(blocks: list[Block], place: Layout) -> None:
    """Mark the links below the text that are nothing else, several in a row and no list that the text announces."""
    foot = range(place.last + 1 if place.last >= 0 else len(blocks), len(blocks))
    for is_link, run in groupby(foot, key=lambda index: LINK.fullmatch(blocks[index].text) is not None):
        row = list(run)
        above = blocks[row[0] - 1]
        announced = above.role == "heading" or above.text[-1] in ":\uff1a"
        if is_link and len(row) >= _FEWEST_BARE and not announced:
            for index in (index for index in row if blocks[index].role == "paragraph"):
                blocks[index] = replace(blocks[index], role="chrome", reason="a link and nothing else, below the text")


def _foot(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
    """Mark what follows a heading of links or comments, or a row of furniture, between the body and the end."""
    opened, row = False, 0
    talk = speakers(blocks[: place.last + 1])
    for index in range(place.last + 1 if place.last >= 0 else len(blocks), len(blocks)):
        block = blocks[index]
        if block.role == "chrome":
            row += is_furniture(block)
            opened = opened or row >= FEWEST_LINKS or (opens(block, knowledge) and not _is_half(blocks, index))
        elif opened and speaker_of(block) not in talk and _may_follow(blocks, index, knowledge):
            reason = "follows a list of links at the foot of the page"
            blocks[index] = replace(block, role="chrome", reason=reason)
        else:
            opened, row = False, 0


def _is_half(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece of the other language stands on a line that is no furniture: then the line is none."""
    near = (i for i in (index - 1, index + 1) if 0 <= i < len(blocks))
    return any(blocks[i].line == blocks[index].line and blocks[i].role != "chrome" for i in near)


def _after_a_part(blocks: list[Block], knowledge: Knowledge) -> None:
    """Mark the short lines below a heading of links that end the part of one language, the other beginning there."""
    last = {block.lang: index for index, block in enumerate(blocks) if is_running(block)}
    end = 0
    for index, block in enumerate(blocks):
        if index < end or block.role != "chrome" or index < last.get(block.lang, -1) or not opens(block, knowledge):
            continue  # of one list of links, each line is looked at once
        end = index + 1
        while end < len(blocks) and blocks[end].lang == block.lang and _may_stand_below(block, blocks[end], knowledge):
            end += 1
        for at in range(index + 1, end) if end < len(blocks) else ():
            if _may_be_link(blocks[at]) and by_words(blocks[at], knowledge.roles).role not in FACT_ROLES:
                reason = f"follows a list of links in line {block.line}, at the end of its language's part"
                blocks[at] = replace(blocks[at], role="chrome", reason=reason)


def _may_stand_below(block: Block, below: Block, knowledge: Knowledge) -> bool:
    """Whether a line may stand below a heading of links; below the mark of its end a part has its date too."""
    if block.reason == _END and by_words(below, knowledge.roles).role in FACT_ROLES:
        return True
    return below.role == "chrome" or _may_be_link(below)


def _amid_pairs(blocks: list[Block], knowledge: Knowledge) -> None:
    """Mark the short lines below a heading of links inside a text whose paragraphs come in pairs: none has a pair."""
    running = [block for block in blocks if is_running(block)]
    turns = sum(one.lang != two.lang for one, two in pairwise(running))
    if 2 * turns < len(running):
        return
    opened = 0
    first = next((index for index, block in enumerate(blocks) if is_running(block)), 0)
    for index, block in enumerate(blocks[first:], start=first):
        if block.role == "chrome":
            opened = block.line if opens(block, knowledge) else opened
        elif opened and _may_be_link(block) and not any(is_short(blocks[other]) for other in beside(blocks, index)):
            reason = f"follows a list of links in line {opened}, without a pair"
            blocks[index] = replace(block, role="chrome", reason=reason)
        else:
            opened = 0


def _may_be_link(block: Block) -> bool:
    if block.role != "paragraph" or block.sure or not is_short(block):
        return False
    return not is_item(block.text) or BULLET.match(block.text) is not None


def _running_heads(blocks: list[Block], place: Layout) -> None:
    """Mark short lines that come again beside the numbers of pages; above the text the first of them is its title."""
    places: dict[tuple[str, ...], list[range]] = defaultdict(list)
    for line in by_line(blocks):
        if all(blocks[i].role == "paragraph" and blocks[i].lang != "none" and is_short(blocks[i]) for i in line):
            places[tuple(plain(blocks[i].text) for i in line)].append(line)
    for again in places.values():
        near = (b for line in again for b in blocks[max(0, line.start - 1) : line.stop + 1])
        if len(again) > 1 and any(map(_is_page_number, near)):
            is_title = any(_is_only_head(blocks, index, place) for index in again[0])
            for index in (i for line in again[is_title:] for i in line):
                reason = "comes again beside the number of a page"
                blocks[index] = replace(blocks[index], role="chrome", reason=reason)


def _again(blocks: list[Block], lines: Sequence[str]) -> None:
    """Mark short lines that come again word for word, each time above no text: what leads back to the contents."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        loose = block.role == "paragraph" and not block.sure and block.lang != "none" and not block.part
        if loose and is_short(block) and not BOLD.fullmatch(lines[block.line - 1]):
            places[plain(block.text)].append(index)
    for again in places.values():
        pairs = [{plain(blocks[other].text) for other in beside(blocks, index)} for index in again]
        paired = bool(set.intersection(*pairs))
        if len(again) >= _FEWEST_AGAIN and not paired and not any(_stands_above_text(blocks, i) for i in again):
            for index in again:
                reason = "comes again word for word, never above text"
                blocks[index] = replace(blocks[index], role="chrome", reason=reason)


def _stands_above_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands above a sentence of its language, or below what is none."""
    mine = (b for b in blocks[index + 1 : index + 4] if b.lang == blocks[index].lang and b.role != "chrome")
    below = next(mine, None)
    after_text = index == 0 or is_sentence(blocks[index - 1]) or is_running(blocks[index - 1])
    return not after_text or (below is not None and is_sentence(below))


def _is_only_head(blocks: Sequence[Block], index: int, place: Layout) -> bool:
    """Whether a line above the text is the only one of its language there, but for a subtitle: the title then."""
    head = [block for block in blocks[: place.first] if block.lang == blocks[index].lang and is_short(block)]
    others = (block for block in head if block.role != "chrome" and block is not blocks[index])
    return index < place.first and not any(WORD.match(block.text) for block in others)


def _is_page_number(block: Block) -> bool:
    return block.role == "chrome" and (block.reason == _PAGE or _PAGE_NUMBER.fullmatch(block.text) is not None)


def _may_follow(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a block may be a link or a comment at the foot.

    It is none if its words say what it is, or if it is a sentence with its translation beside it.
    """
    block = blocks[index]
    said = by_words(block, knowledge.roles)
    if said.role in FACT_ROLES and said.reason not in LOOKED_AT and not _is_dated_link(blocks, index):
        return False
    if is_short(block):
        return True
    pairs = (blocks[other] for other in beside(blocks, index))
    return not is_running(block) and not any(is_sentence(other) and of_one_length(block, other) for other in pairs)


def _is_dated_link(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is words with a day in figures before or behind them, and so is the one above or below it."""
    mine = _day(blocks[index])
    near = (blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(blocks))
    return mine is not None and any(_day(b) == mine and b.text != blocks[index].text for b in near)


def _day(block: Block) -> tuple[str, bool] | None:
    """The language of a line of words and a day in figures, and whether the day comes first; else ``None``."""
    match = _DATED.fullmatch(plain(block.text))
    return (block.lang, bool(match["first"])) if match else None

"""Lines that only sound like page furniture are text again: what stands beside them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from bitext import fields
from bitext.furniture import ANYWHERE, DOTS, ROW_OF_BUTTONS, by_rule, is_amid_furniture
from bitext.knowledge import Knowledge
from bitext.layout import (
    Layout,
    announce_both,
    as_text,
    beside,
    by_line,
    is_running,
    is_sentence,
    is_short,
    of_one_length,
)
from bitext.model import LANGS, Block
from bitext.plain import plain
from bitext.reasons import is_rule, rule
from bitext.role_rules import by_words
from bitext.rows import FEWEST_LINKS, LETTER, is_known

_FEWEST_PAIRED = 4
_ROWS = frozenset({rule("menu-row"), rule("menu-bar"), ROW_OF_BUTTONS})
"""Reasons of rows that are taken for menus by their shape."""
_WIDE_BARS = re.compile("[ \u00a0]*[\u3000|\uff5c\u00b7][\u3000 \u00a0]*|[ \u00a0]{2,}")
_BARS = re.compile(r" *[|\uff5c\u00b7] *|\s{3,}")
_COMMAS = re.compile("[,\uff0c\u3001] ?| ")
_LIST = rule("list-heading")
_CONTACT = rule("contact")
_RIGHTS = rule("rights")
_MOST_CONTACTS = 8
_CLAUSES = re.compile("[,;\uff0c\uff1b\u3002]")
_FEWEST_CLAUSES = 2
_NUMBER = re.compile(r"\W*(\d{1,2})\s*[.)\u3001\uff0e\uff09]\s*[^\W\d]")


def unmark(blocks: list[Block], lines: Sequence[str], place: Layout, between: range, knowledge: Knowledge) -> None:
    """Make text again in place what rules took for furniture and what stands beside it shows to be none.

    :param lines: of the source.
    :param between: indexes between the parts of two languages.
    """
    _beside_a_sentence(blocks, place, knowledge)
    _amid_text(blocks, place, between)
    _rows(blocks, knowledge)
    _contacts(blocks)
    _announced(blocks)
    _counted(blocks)
    _title(blocks, knowledge)
    _entry(blocks, lines, knowledge)


def _beside_a_sentence(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
    """Unmark sentences that only sound like furniture: the line beside them says the same and is none."""
    for index, block in enumerate(blocks):
        if not _sounds_like_furniture(block) or (index > place.last and _says_it_twice(block, knowledge)):
            continue
        beside_it = [blocks[other] for other in beside(blocks, index) if not _has_pair(blocks, other, block)]
        says_the_same = any(is_sentence(other) and of_one_length(block, other) for other in beside_it)
        if says_the_same and not _is_odd(blocks, index):
            blocks[index] = as_text(block)


def _says_it_twice(block: Block, knowledge: Knowledge) -> bool:
    """Whether two clauses of a sentence are furniture each: a site's notice, whatever stands beside it."""
    clauses = [clause for clause in _CLAUSES.split(block.text) if LETTER.search(clause)]
    rights = (by_rule(replace(block, text=clause, role="paragraph"), knowledge, ANYWHERE) for clause in clauses)
    return sum(one.role == "chrome" and one.reason == _RIGHTS for one in rights) >= _FEWEST_CLAUSES


def _amid_text(blocks: list[Block], place: Layout, between: range) -> None:
    """Unmark sentences amid the text that only sound like furniture: none stands beside them that is no sentence."""
    for is_chrome, run in groupby(range(len(blocks)), key=lambda index: blocks[index].role == "chrome"):
        row = list(run)
        amid = is_chrome and place.first < row[0] and row[-1] <= place.last and row[0] not in between
        if amid and all(_sounds_like_furniture(blocks[index]) for index in row):
            blocks[row[0] : row[-1] + 1] = map(as_text, blocks[row[0] : row[-1] + 1])


def _sounds_like_furniture(block: Block) -> bool:
    """Whether a line was marked by its words alone and is a sentence; dots at its end are those of a button."""
    if not is_rule(block.reason):
        return False
    return is_sentence(replace(block, role="paragraph")) and not DOTS.search(block.text)


def _is_odd(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is the first or last of an odd number of sentences in languages by turns: the others are pairs."""
    before, after = _by_turns(blocks, index, -1), _by_turns(blocks, index, 1)
    return (before == 0 or after == 0) and before + after >= _FEWEST_PAIRED and (before + after) % 2 == 0


def _by_turns(blocks: Sequence[Block], index: int, step: int) -> int:
    """How many sentences in languages by turns go on from a line, each on a line of its own.

    :param step: 1 below it, -1 above.
    """
    at = index
    while 0 <= at + step < len(blocks) and is_sentence(blocks[at + step]) and not blocks[at + step].part:
        if blocks[at + step].lang == blocks[at].lang:
            break
        at += step
    return abs(at - index)


def _rows(blocks: list[Block], knowledge: Knowledge) -> None:
    """Unmark rows of words that no rule knows: names, places, heads of a table.

    The line beside them has as many words, or a heading above them announces a list.
    """
    for index, block in enumerate(blocks):
        if block.reason not in _ROWS or block.part:
            continue
        if index and by_words(blocks[index - 1], knowledge.roles).reason == _LIST:
            below = takewhile(lambda i: blocks[i].reason in _ROWS, range(index, len(blocks)))
            for at in list(below):
                blocks[at] = as_text(blocks[at])
            continue
        words = _row(block.text)
        others = [_row(blocks[other].text) for other in beside(blocks, index) if not blocks[other].part]
        as_many = [row for row in others if len(row) == len(words) >= FEWEST_LINKS]
        if as_many and not any(is_known(plain(word), knowledge) for row in (words, *as_many) for word in row):
            blocks[index] = as_text(block)


def _contacts(blocks: list[Block]) -> None:
    """Unmark the addresses of a form that goes on in both languages by turns: above them stand other fields of it."""
    for index in range(len(LANGS), len(blocks) - 1):
        if any(block.reason != _CONTACT for block in blocks[index : index + len(LANGS)]):
            continue
        form = blocks[index - len(LANGS) : index + len(LANGS)]
        by_turns = all(one.line + 1 == two.line and {one.lang, two.lang} == set(LANGS) for one, two in pairwise(form))
        by_turns = by_turns and all(block.role != "chrome" for block in form[: len(LANGS)])
        if by_turns and all(fields.is_field(block.text) for block in form):
            blocks[index : index + len(LANGS)] = [as_text(block) for block in form[len(LANGS) :]]


def _announced(blocks: list[Block]) -> None:
    """Unmark the addresses below a label that both languages print, one below the other, each with its colon."""
    for index, (one, two) in enumerate(pairwise(blocks), start=1):
        if not announce_both(one, two):
            continue
        below = takewhile(lambda i: is_short(blocks[i]), range(index + 1, min(index + 1 + _MOST_CONTACTS, len(blocks))))
        contacts = [i for i in below if blocks[i].reason == _CONTACT or blocks[i].role != "chrome"]
        if len({blocks[i].lang for i in contacts} & set(LANGS)) == len(LANGS):
            for i in contacts:
                blocks[i] = as_text(blocks[i]) if blocks[i].role == "chrome" else blocks[i]


def _counted(blocks: list[Block]) -> None:
    """Unmark lines with a number that count on from a line of the text above to one below: a heading like these."""
    counts = [(match := _NUMBER.match(block.text)) and int(match[1]) for block in blocks]
    text = {count: index for index, count in enumerate(counts) if count and blocks[index].role != "chrome"}
    for index, count in enumerate(counts):
        if not count or not is_rule(blocks[index].reason):
            continue
        if text.get(count - 1, index) < index < text.get(count + 1, index):
            for at in (at for at in (index, index + 1) if blocks[at].line == blocks[index].line):
                blocks[at] = as_text(blocks[at])


def _title(blocks: list[Block], knowledge: Knowledge) -> None:
    """Unmark what opens a page, in both languages, if it says what kind of text follows and no furniture does."""
    top, below = blocks[: len(LANGS)], blocks[len(LANGS) : len(LANGS) + 1]
    if {block.lang for block in top} != set(LANGS) or not below or below[0].role == "chrome":
        return
    kinds = all(any(kind.search(plain(block.text)) for kind in knowledge.kinds) for block in top)
    if kinds and all(block.role == "chrome" for block in top):
        blocks[: len(LANGS)] = map(as_text, top)


def _entry(blocks: list[Block], lines: Sequence[str], knowledge: Knowledge) -> None:
    """Unmark the entry of the menu that stands once more right below it and right above text: the page's own name.

    The first entry leads home, and those that name languages lead to the same page in these.
    """
    first = next((index for index, block in enumerate(blocks) if is_running(block)), 0)
    for above, line in pairwise(by_line(blocks[:first])):
        alone = all(blocks[index].role == "chrome" and is_short(blocks[index]) for index in line)
        if line.stop != first or not alone or any(blocks[index].role != "chrome" for index in above):
            continue
        _, *entries = _BARS.split(plain(lines[blocks[above.start].line - 1]).casefold())
        texts = [plain(blocks[index].text).casefold() for index in line]
        named = any(f" {text} " in f" {entry} " for text in texts for entry in entries if LETTER.search(text))
        if len(entries) + 1 < FEWEST_LINKS or not named:
            continue
        if not any(knowledge.language_tag.fullmatch(f"{text}:") for text in texts):
            blocks[line.start : line.stop] = [as_text(blocks[index]) for index in line]


def _row(text: str) -> list[str]:
    """The words of a row, parted by wide blanks or bars, or else by single blanks or commas."""
    wide = [word for word in _WIDE_BARS.split(text) if LETTER.search(word)]
    return wide if len(wide) > 1 else [word for word in _COMMAS.split(text) if LETTER.search(word)]


def _has_pair(blocks: Sequence[Block], index: int, other: Block) -> bool:
    """Whether a piece has its translation on its own line, which is not that of the other block."""
    line = blocks[index].line
    pieces = blocks[max(0, index - 1) : index + 2]
    return line != other.line and any(one.line == line and one.lang == other.lang for one in pieces)


def with_pairs(blocks: Sequence[Block], place: Layout) -> Iterator[Block]:
    """Blocks, those unmarked that share their line with as short a piece that is no furniture: 下载安装 / Download.

    Below the text, with furniture or the end of the page above and below, both pieces are furniture.
    """
    for line in by_line(blocks):
        pieces = [blocks[index] for index in line]
        shorts = [block for block in pieces if is_short(block)]
        langs = {block.role == "chrome": block.lang for block in shorts}
        ruled = any(is_rule(block.reason) for block in shorts)
        if not ruled or len(shorts) < len(LANGS) or {*langs.values()} != set(LANGS) or len(langs) < len(LANGS):
            yield from pieces
        elif line.start > place.last >= 0 and len(pieces) == len(LANGS) and is_amid_furniture(blocks, line):
            yield from (block if block.role == "chrome" else _said_again(block) for block in pieces)
        else:
            yield from (_unmarked(block) if block in shorts else block for block in pieces)


def _said_again(block: Block) -> Block:
    return replace(block, role="chrome", sure=True, reason="says what the furniture on its line says")


def _unmarked(block: Block) -> Block:
    return as_text(block) if is_rule(block.reason) else block

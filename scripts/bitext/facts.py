"""Block[] → Block[]: lines that say a fact about the text, known by what stands beside them.

A date line that no rule knows holds the day of the proven date line that it translates; a credit stands among credits.
Only outside of the text of its language: a day inside the text is what the text tells of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext import fields, script
from bitext.anchors.dates import find_dates
from bitext.knowledge import Knowledge
from bitext.layout import is_item, is_running, is_sentence, is_short, layout
from bitext.model import FACT_ROLES, LANGS, Block, Lang
from bitext.plain import plain
from bitext.reasons import DATED_TWICE, LABEL, rule
from bitext.role_rules import by_words, of_label

_LABEL = re.compile("[^:\uff1a]{1,30}[:\uff1a]")
_MERE_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_LABEL_WORDS = 3
_SOURCE = rule("source-line")
_FEWEST_AROUND = 2
_LONGEST_VALUE, _SENTENCE_END = 16.0, "\u3002!?\uff01\uff1f;\uff1b"
DATELINE_SIZE = 34.0
_SAID = 10.0
"""A label, a weekday, an hour and a place beside a date are no longer (Han characters or their equal)."""
_ANY_NAME = " Li"
_NAME_LENGTH = 3
"""So many words or Han characters before a date, not parted by a colon, may be a title with its date."""
_NEAR = 2
_LONGEST_LABEL = 8.0
_FORM, _FEWEST_FIELDS = 4, 2
"""So many blocks above and below are looked at; so many other lines of two fields make a form."""
_Day = tuple[int | None, int | None, int | None]


def spread(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the date lines and credits marked that their counterparts and neighbours prove.

    :param blocks: with the roles that their own words prove, and without titles yet.
    """
    found = list(blocks)
    for index in range(len(found) - 1):
        _labelled_twice(found, index, knowledge)
    about = [index for index in _about(blocks) if _may_be_fact(blocks[index])]
    for index in about:
        _filled_in_below(found, index, knowledge)
        _left_empty(found, index, knowledge)
    about = [index for index in about if _may_be_fact(found[index])]
    for index in about:
        found[index] = _dated(found, index, knowledge)
    first = layout(blocks).first
    _dated_twice(found, [index for index in about if index < first], knowledge)
    for index in (*about, *reversed(about)):
        found[index] = _credited(found, index)
    _notes(found)
    return tuple(found)


def _notes(blocks: list[Block]) -> None:
    """Make the source of a table or chart, amid the text of its language, a caption: it is not that of the text."""
    for lang in LANGS:
        mine = [index for index, block in enumerate(blocks) if block.lang == lang and block.role != "chrome"]
        running = [at for at, index in enumerate(mine) if is_running(blocks[index])]
        body = range(running[1], running[-1]) if len(running) > _FEWEST_AROUND else range(0)
        points = range(1, 0 if running else len(mine) - _FEWEST_AROUND)
        for at in (at for at, index in enumerate(mine) if blocks[index].reason == _SOURCE):
            if at in body or (at in points and is_item(blocks[mine[at - 1]].text)):
                reason = "a source amid the text: that of a table or a picture"
                blocks[mine[at]] = replace(blocks[mine[at]], role="caption", reason=reason)


def _about(blocks: Sequence[Block]) -> Iterator[int]:
    """Indexes of the blocks before the first and after the last running text of their language."""
    ranges: dict[str, range] = {}
    for lang in LANGS:
        running = [index for index, block in enumerate(blocks) if block.lang == lang and is_running(block)]
        if running:
            ranges[lang] = range(running[0], running[-1] + 1)
    if ranges:
        yield from (index for index, block in enumerate(blocks) if index not in ranges.get(block.lang, ()))


def _filled_in_below(blocks: list[Block], index: int, knowledge: Knowledge) -> None:
    """Mark a label and the short line right below it that fills it in, if both together are a line that says a fact."""
    label, value = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if value is None or label.part or value.part or value.line != label.line + 1:
        return
    if not _announces(label, knowledge) or _announces(value, knowledge) or not _may_fill_in(value):
        return
    if value.lang not in (label.lang, "none"):
        return
    fact = by_words(replace(label, text=f"{label.text} {value.text}"), knowledge.roles)
    if fact.role not in (*FACT_ROLES, "chrome") or (value.role != fact.role and not _may_be_fact(value)):
        return
    blocks[index] = replace(fact, text=label.text, reason=f"{LABEL} on line {value.line}")
    if value.role != fact.role:
        reason = f"fills in the label of line {label.line}"
        blocks[index + 1] = replace(value, role=fact.role, level=0, sure=True, reason=reason)


def _left_empty(blocks: list[Block], index: int, knowledge: Knowledge) -> None:
    """Mark a label alone on its line, right above running text, that with a name behind it would say a fact."""
    label, below = blocks[index], blocks[index + 1 : index + 2]
    if label.part or not _may_be_fact(label) or not _LABEL.fullmatch(label.text) or not any(map(is_running, below)):
        return
    fact = by_words(replace(label, text=label.text + _ANY_NAME), knowledge.roles)
    if fact.role in FACT_ROLES:
        blocks[index] = replace(fact, text=label.text, reason="a label that nobody filled in")


def _labelled_twice(blocks: list[Block], index: int, knowledge: Knowledge) -> None:
    """Mark a label before a fact on its line whose own label says the same in the other language."""
    label, fact = blocks[index : index + 2]
    if label.line != fact.line or label.lang == fact.lang or not (fact.sure and fact.role in FACT_ROLES):
        return
    _, colon, value = plain(fact.text).partition(":")
    if not colon or not _may_be_fact(label) or not _MERE_LABEL.fullmatch(label.text):
        return
    if by_words(replace(label, text=f"{label.text}: {value.strip()}"), knowledge.roles).role == fact.role:
        reason = f"the label of the {fact.role} on its line, in the other language"
        blocks[index] = replace(label, role=fact.role, level=0, sure=True, reason=reason)


def _announces(label: Block, knowledge: Knowledge) -> bool:
    """Whether a line is a label for what stands below it: it ends in a colon, or in an English word that needs more."""
    words = label.text.split()
    needs_more = 1 < len(words) <= _LABEL_WORDS and words[-1] in knowledge.english.small_words
    return _LABEL.fullmatch(label.text) is not None or (needs_more and label.text[0].isupper())


def _may_fill_in(value: Block) -> bool:
    """Whether a line may be what is filled in on a form: short, and neither a sentence nor the entry of a list."""
    if script.size(value.text) > _LONGEST_VALUE or value.text[-1] in _SENTENCE_END:
        return False
    sentence = is_sentence(value) and not value.text.istitle()
    return value.role == "dateline" or not (is_item(value.text) or sentence)


def _may_be_fact(block: Block) -> bool:
    return block.role in ("paragraph", "heading") and block.lang != "none" and not (block.sure or block.wrapped)


def _beside(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Proven facts on the line of a block, and on the nearest ones."""
    for other in blocks[max(0, index - _NEAR) : index + _NEAR + 1]:
        if other.sure and other.role in FACT_ROLES and abs(other.line - blocks[index].line) <= _NEAR:
            yield other


def _dated(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> Block:
    """A block as a date line, if it holds the day of a date line of the other language beside it and little else."""
    block = blocks[index]
    days = _days(block, knowledge) if block.role in ("paragraph", "heading") else ()
    for other in _beside(blocks, index) if days else ():
        if other.role == "dateline" and other.lang != block.lang and _days(other, knowledge) == days:
            reason = f"the date of line {other.line} in the other language"
            return replace(block, role="dateline", level=0, sure=True, reason=reason)
    return block


def _dated_twice(blocks: list[Block], head: Sequence[int], knowledge: Knowledge) -> None:
    """Mark both halves of a line of the head that are a label with the same date each."""
    for index in head:
        pair = [block for block in blocks[index : index + 2] if block.line == blocks[index].line]
        if {block.lang for block in pair} != set(LANGS) or not all(map(_may_be_fact, pair)):
            continue
        days = {_days(block, knowledge) for block in pair}
        labelled = all(_is_labelled(block.text) for block in pair) and not _is_in_form(blocks, index)
        if days.pop() and not days and labelled:
            for at, block in enumerate(pair, start=index):
                blocks[at] = replace(block, role="dateline", level=0, reason=DATED_TWICE)


def _is_in_form(blocks: Sequence[Block], index: int) -> bool:
    """Whether near a line of two fields stand more such lines: they are about something else."""
    near = (*blocks[max(0, index - _FORM) : index], *blocks[index + len(LANGS) : index + len(LANGS) + _FORM])
    labelled = Counter(block.line for block in near if block.part and _is_labelled(block.text))
    return sum(count == len(LANGS) for count in labelled.values()) >= _FEWEST_FIELDS


def _is_labelled(text: str) -> bool:
    label, colon, _ = text.replace("\uff1a", ":").partition(":")
    return bool(colon) and script.size(label) <= _LONGEST_LABEL


def _days(block: Block, knowledge: Knowledge) -> tuple[_Day, ...]:
    """Days that a block states with their year; none if it says much beside them."""
    if script.size(block.text) > DATELINE_SIZE or is_item(block.text) or block.lang == "none":
        return ()
    lang: Lang = block.lang
    dates = find_dates(block.text, lang, knowledge.dates)
    said = script.size(block.text) - sum(script.size(date.surface) for date in dates)
    if not dates or said > _SAID or any(date.year is None or date.month is None for date in dates):
        return ()
    before = block.text[: dates[0].start].rstrip(" (\uff08\u3000")
    if before[-1:] not in ("", ":", "\uff1a") and script.word_count(before) + script.han_count(before) >= _NAME_LENGTH:
        return ()
    return tuple((date.year, date.month, date.day) for date in dates)


def _credited(blocks: Sequence[Block], index: int) -> Block:
    """A block as a byline, if it is a label with a name and the line above or below it is a proven one."""
    block = blocks[index]
    if not _may_be_fact(block) or not is_short(block) or not fields.is_credit(block.text):
        return block
    near = (other for other in _beside(blocks, index) if abs(other.line - block.line) <= 1 and other.role == "byline")
    proof = next((other for other in near if ":" in other.text or "\uff1a" in other.text), None)
    if proof is None:
        return block
    reason = f"a name with a label, beside line {proof.line}"
    return replace(of_label(block), role="byline", level=0, sure=True, reason=reason)

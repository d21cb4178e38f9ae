"""Lines that are never the title, whatever they look like: names of sites, forms filled in, tables, letterheads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bitext import fields, script
from bitext.headings import is_in_bullets, translates_entry
from bitext.knowledge import Knowledge
from bitext.layout import Layout, by_line, is_running, pieces_of_line
from bitext.model import FACT_ROLES, LANGS, Block
from bitext.plain import plain, simplify
from bitext.reasons import SALUTATION, rule
from bitext.title_shape import PAGE_TITLE_SIZE, SHORT_TITLE, could_be, is_first_level, is_heading_mark, is_marked

_FURNITURE = 2
"""So many lines of furniture below the first line of a page make it the name of the site."""
_ENTRY = re.compile(r"\s*[-*+\u2022]\s+(?=\S)")
_FEWEST_FACTS, _LONGEST_LIST = 2, 8
_TRAIL, _STEP = rule("breadcrumb"), re.compile("[>\u203a\u00bb\u2192|/]|: ?")
_TABLE_RULE = re.compile(r"(?:\|\s*)?:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?")
_CUE = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?(?:\s*-->\s*(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)?")
_FEWEST_INTRODUCING = 4
_FEWEST_CUES = 3
"""So many lines with nothing but a time show when words are said."""


def never_titles(blocks: Sequence[Block], lines: Sequence[str], place: Layout) -> frozenset[int]:
    """Indexes of blocks that are no title because of where they stand.

    They are entries of a list or a table or translate one, words of a film or a talk below the first time, sections of
    the site, or stand below a heading.
    """
    table = next((number for number, line in enumerate(lines, start=1) if _TABLE_RULE.fullmatch(line.strip())), 0)
    cues = [block.line for block in blocks if block.lang == "none" and _CUE.fullmatch(block.text)]
    facts = {block.line for block in blocks if block.sure and block.role in FACT_ROLES}
    facts -= {b.line for b in blocks if b.line in facts and b.lang == "zh" and b.role not in (*FACT_ROLES, "chrome")}
    first_cue = cues[0] if len(cues) >= _FEWEST_CUES else 0
    found = {
        index
        for index, block in enumerate(blocks)
        if _ENTRY.match(lines[block.line - 1])
        or is_in_bullets(lines, block.line)
        or translates_entry(blocks, index)
        or block.line in facts
        or _is_beside_text(blocks, index)
        or (table and block.line >= table - 1 and not _heads(blocks, index, table) and _in_table(lines, block))
        or (first_cue and block.line > first_cue)
    }
    found |= _below_headings(blocks) | _sections_of_first_level(blocks, place) | _site(blocks, place)
    return frozenset(found | sections_of_site(blocks, place) | _below_introduction(blocks, place))


def sections_of_site(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Indexes of lines of the head that say what stands in a trail of links, with another below that may be the title.

    What ends a trail may be the title itself.
    """
    head = blocks[: place.first]
    trails = [_STEP.split(plain(block.text)) for block in head if block.reason == _TRAIL]
    steps = {step.strip().casefold() for trail in trails for step in trail[:-1]}
    found: set[int] = set()
    below: set[str] = set()
    for index, block in reversed(list(enumerate(head)) if steps else []):
        if plain(block.text).casefold() not in steps:
            below |= {block.lang} if block.role == "title" or could_be(block) else set()
        elif block.lang in below and block.role != "chrome":
            found.add(index)
    return found


def _site(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Index of the very short first line of a page above furniture, if another line below that could be the title."""
    head = blocks[: place.first]
    above_furniture = len(head) > _FURNITURE and all(b.role == "chrome" and b.sure for b in head[1 : _FURNITURE + 1])
    if not above_furniture or script.size(head[0].text) > SHORT_TITLE or is_marked(head[0]):
        return set()
    others = (block for block in head[_FURNITURE:] if block.lang == head[0].lang)
    return {0} if any(script.size(b.text) > script.size(head[0].text) and could_be(b) for b in others) else set()


def _below_introduction(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Indexes of the lines of the head below several of one language that introduce the text under title and date.

    The title is the line above the date or source, and below the introduction stand headings.
    """
    facts = next((i for i, block in enumerate(blocks[: place.first]) if block.sure and block.role in FACT_ROLES), 0)
    title = blocks[facts - 1] if facts else None
    if title is None or not could_be(title) or script.size(title.text) < PAGE_TITLE_SIZE:
        return set()
    row = 0
    for index in range(facts, place.first):
        if blocks[index].role not in ("chrome", *FACT_ROLES):
            row = row + 1 if blocks[index].lang == title.lang and not blocks[index].part else 0
        if row > _FEWEST_INTRODUCING and any(block.lang != title.lang for block in blocks[index : index + 2]):
            return set(range(index, place.first))
    return set()


def _is_beside_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line has two pieces, the other one running text: this is what a summary was cut off in."""
    line = pieces_of_line(blocks, index)
    return len(line) == len(LANGS) and any(is_running(block) for block in line if block is not blocks[index])


def filled_in(blocks: Sequence[Block], knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the lines and pieces of lines that begin with a label in both languages, if it is not that of a title.

    The label may stand before each piece, if the line above is such a field too.
    """
    labelled = {block.line: labels for block in blocks if block.part < 2 and (labels := fields.labels(block.text))}
    whole = [block.line for block in blocks if not block.part and block.line in labelled]
    if len(whole) == 1:  # a title may have a colon, and a name in both languages before it
        del labelled[whole[0]]
    named = {line for line, found in labelled.items() if any(knowledge.title_tag.match(f"{one}:") for one in found)}
    rows = _form_rows(blocks)
    return frozenset(
        i for i, block in enumerate(blocks)
        if (block.line in labelled or block.line in rows) and block.line not in named
        if not knowledge.title_tag.match(block.text)
    )  # fmt: skip


def _form_rows(blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of the lines whose pieces are all labels with values, below another such line."""
    found = set()
    for number, line in groupby(blocks, key=lambda block: block.line):
        pieces = list(line)
        if pieces[0].part and all(fields.is_field(piece.text) for piece in pieces):
            found.add(number)
    return frozenset(number for number in found if number - 1 in found)


def _in_table(lines: Sequence[str], block: Block) -> bool:
    return lines[block.line - 1].lstrip().startswith("|")


def _heads(blocks: Sequence[Block], index: int, rule: int) -> bool:
    """Whether a cell stands in the first row of a table above which stands nothing but furniture: a text in columns.

    :param rule: number of the line below the names of the columns.
    """
    return blocks[index].line == rule + 1 and all(b.role == "chrome" for b in blocks[:index] if b.line <= rule)


def _sections_of_first_level(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Indexes of headings of the first level where there are several in one language, and text above the first."""
    marks = [index for index, block in enumerate(blocks) if is_first_level(block)]
    several = any(sum(blocks[index].lang == lang for index in marks) > 1 for lang in LANGS)
    return set(marks) if several and place.first < marks[0] else set()


def _below_headings(blocks: Sequence[Block]) -> set[int]:
    """Indexes of lines without a mark of Markdown below one of the second level or deeper that has text above it."""
    found: set[int] = set()
    marked: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if is_heading_mark(block) and not is_first_level(block):
            marked.setdefault(block.lang, index)
        elif block.lang in marked and not is_marked(block):
            found.add(index)
    return found


def named_entry(blocks: Sequence[Block], lines: Sequence[str], place: Layout, knowledge: Knowledge) -> int:
    """Index of the entry that names the title in a list of what is known of a text, above the text; -1 if none does.

    :param lines: of the source.
    """
    for index, block in enumerate(blocks[: place.first]):
        mark = _ENTRY.match(block.text)
        if block.part or block.role != "paragraph" or not mark:
            continue
        near = blocks[max(0, index - _LONGEST_LIST) : index + _LONGEST_LIST]
        facts = sum(b.role in FACT_ROLES and _ENTRY.match(lines[b.line - 1]) is not None for b in near)
        if facts >= _FEWEST_FACTS and knowledge.title_tag.match(simplify(block.text[mark.end() :])):
            return index
    return -1


def without_bullet(block: Block) -> Block:
    """The entry of a list without its mark."""
    mark = _ENTRY.match(block.text)
    return replace(block, start=block.start + mark.end(), text=block.text[mark.end() :]) if mark else block


def letterhead(blocks: Sequence[Block], place: Layout, knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the names of institutions above the salutation of a letter, and of the lines that go on with them."""
    opening = next((i for i, b in enumerate(blocks[: place.first]) if b.reason == SALUTATION), 0)
    found: set[int] = set()
    for index, block in enumerate(blocks[:opening]):
        goes_on = index - 1 in found and block.lang == "en" and block.text[:1].islower()
        if goes_on or knowledge.names_body(block.text):
            found.add(index)
    return frozenset(found)


def account(blocks: Sequence[Block], knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the first line of a post: an institution in both languages, right above furniture."""
    line = next(by_line(blocks), range(0))
    above_furniture = any(block.role == "chrome" for block in blocks[line.stop : line.stop + _FURNITURE])
    if not above_furniture or {blocks[index].lang for index in line} != set(LANGS):
        return frozenset()
    return frozenset(line) if any(knowledge.names_body(blocks[index].text) for index in line) else frozenset()


def is_announcing(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line could be a title but for the colon at its end, and the one below could be its subtitle."""
    block, below = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if below is None or below.lang != block.lang or below.line != block.line + 1 or block.text[-1] not in ":\uff1a":
        return False
    return len(block.text) > 1 and could_be(replace(block, text=block.text[:-1])) and could_be(below)

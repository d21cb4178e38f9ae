"""Block[] → Block[]: which lines are the title, in each language, and which print it again.

A title stands before the first running text of its language. Of the lines there that could be it
(:mod:`bitext.title_candidates`), the pair is taken that goes together best; then come their further lines
(:mod:`bitext.title_lines`), their repetitions, and what stands above and below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from bitext import heads, script
from bitext.headings import NEAR
from bitext.knowledge import Knowledge
from bitext.layout import Layout, is_item, is_short, layout, of_one_length, pieces_of_line
from bitext.lexicon import Lexicon
from bitext.model import FACT_ROLES, LANGS, Block
from bitext.plain import plain
from bitext.reasons import MENUS, SUBTITLE, TITLE_MARK, of_title, rule
from bitext.title_candidates import Candidate, body, candidates, is_same, trails
from bitext.title_exclusions import account, filled_in, letterhead, named_entry, never_titles, without_bullet
from bitext.title_lines import (
    AND_MORE,
    add_line,
    add_rest,
    add_second_half,
    add_subtitle,
    add_wrapped,
    add_wrapped_both,
    add_wrapped_chinese,
    join_headlines,
)
from bitext.title_pairs import score, second_half, topmost, translated
from bitext.title_shape import MENU, PAGE_TITLE_SIZE, could_be, is_heading_mark
from bitext.words import overlap, vocabulary, words

_SOME = 0.15
"""A title of the page has more than this share of its words in the text."""
_MANY = 0.5
"""The same above a menu, where the name of the site may stand instead."""
_RESTATED = 0.65
"""Share of the words of a title that a longer form of it has."""
_FEWEST_SAID = 2
"""A title of one word comes again in the headings of its text."""
_RUBRIC = re.compile(r"^\w{2,6}(?: ?[:|] ?)(?=.{6})")
"""What a site prints before a title: the column in which it stands."""
_COUNTED = re.compile(r"[ (]*\d{1,2}\)?$")
"""The number of the first of several texts under one title."""
_MOST_ADDED = 8
_LONGEST_KICKER = 5.0
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_READ_ON = rule("read-on")
_FEWEST_TEASERS = 3


def mark(
    blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge, lexicon: Lexicon
) -> tuple[Block, ...]:
    """Blocks with the title lines marked: at most one title for each language, and its repetitions.

    :param lines: of the source: what a line begins with stands outside its pieces.
    """
    if sum(block.reason == _READ_ON for block in blocks) >= _FEWEST_TEASERS:
        return blocks  # a list of articles: each line that could be the title is that of one of them
    place = layout(blocks)
    never = never_titles(blocks, lines, place) | letterhead(blocks, place, knowledge)
    never |= account(blocks, knowledge) | filled_in(blocks, knowledge)
    if (named := named_entry(blocks, lines, place, knowledge)) >= 0:
        blocks = (*blocks[:named], without_bullet(blocks[named]), *blocks[named + 1 :])
        never -= {named}
    zh, en = (candidates(blocks, lang, place, knowledge, never) for lang in LANGS)
    shares = translated(zh, en, lexicon, knowledge)
    best = max(product([None, *zh], [None, *en]), key=lambda pair: score(pair, shares))
    best = topmost(best, zh, en, shares)
    chosen = [candidate for candidate in best if candidate is not None]
    found = list(blocks)
    for candidate in chosen:
        reason = of_title(f"score {candidate.score:.1f}")
        found[candidate.index] = replace(candidate.block, role="title", level=0, reason=reason)
        for other in zh if candidate.block.lang == "zh" else en:
            if other.index != candidate.index and is_same(other.block.text, candidate.block.text):
                again = f"the title of line {candidate.block.line} again"
                found[other.index] = replace(other.block, role="title", level=0, reason=again)
        _reprinted(found, candidate.block)
        _restated(found, candidate, place)
        add_rest(found, candidate.index)
        add_wrapped(found, candidate.index, knowledge.english)
    if best[0] and best[1]:
        add_wrapped_chinese(found, best[0].index)
        add_wrapped_both(found, best[0].index, best[1].index)
        add_line(found, best[1].index, second_half(found, best[0].index, best[1].index, lexicon, knowledge))
        add_second_half(found, best[0].index, best[1].index)
        _beside_title(found, best[0], best[1], zh)
        _beside_title(found, best[1], best[0], en)
    if len(chosen) == 1:
        _other_half(found, chosen[0].index)
    for candidate in chosen:
        add_subtitle(found, candidate.index)
    join_headlines(found, max((candidate.index + 1 for candidate in chosen), default=0), place.first, knowledge.english)
    _page_title(found, place, never, knowledge)
    _above_facts(found, place)
    _below_title(found, place, knowledge)
    _kicker(found, place, knowledge)
    return tuple(found)


def _beside_title(blocks: list[Block], named: Candidate, printed: Candidate, others: Sequence[Candidate]) -> None:
    """Mark the line beside the title that a text prints as its translation, where front matter names another one.

    :param named: the title of one language, by front matter or not.
    :param printed: that of the other language.
    :param others: what else could be the title in the language of the first.
    """
    if named.block.reason != TITLE_MARK or printed.block.reason == TITLE_MARK:
        return
    for other in others:
        block = blocks[other.index]
        whole = not (block.part or printed.block.part) and block.role in ("paragraph", "heading")
        if whole and abs(other.index - printed.index) == 1 and of_one_length(block, printed.block):
            reason = f"beside the title of line {printed.block.line}, in the other language"
            blocks[other.index] = replace(block, role="title", level=0, reason=reason)


def _other_half(blocks: list[Block], index: int) -> None:
    """Mark the other half of the line of the only title, if it is short and in the other language, as a title too."""
    line = pieces_of_line(blocks, index)
    other = next((block for block in line if block.lang not in (blocks[index].lang, "none")), None)
    if other is None or len(line) > len(LANGS) or other.sure or not is_short(other):
        return
    if other.role in ("paragraph", "heading"):
        reason = of_title(f"in the other language on line {other.line}")
        blocks[blocks.index(other)] = replace(other, role="title", level=0, reason=reason)


def _page_title(blocks: list[Block], place: Layout, never: frozenset[int], knowledge: Knowledge) -> None:
    """Mark the first line of the page that is not furniture, where it is another title than the article's."""
    first = next((index for index, block in enumerate(blocks[: place.first]) if block.role != "chrome"), None)
    if first is None:
        return
    titles = [block for block in blocks if block.role == "title"]
    words_of_text = vocabulary(block.text for block in (*body(blocks, place), *titles))
    menu = any(block.reason in MENUS for block in blocks[first : place.first])
    for index in (first, first + 1):
        if index >= len(blocks) or blocks[index].line != blocks[first].line or index in never:
            return
        block = blocks[index]
        if _is_kind(block, knowledge) and not any(title.lang == block.lang for title in titles):
            blocks[index] = replace(block, role="title", level=0, reason="the first line names the kind of text")
            continue
        kind = index == 0 and any(one.search(plain(block.text)) for one in knowledge.kinds)
        long = (kind or script.size(block.text) >= PAGE_TITLE_SIZE) and not MENU.search(block.text)
        if any(map(knowledge.names_body, heads.names(block.text))):
            return  # whose page it is
        ends_trail = any(trail.endswith(plain(block.text).casefold()) for trail in trails(blocks, place))
        of_text = ends_trail or overlap(block.text, words_of_text) > (_MANY if menu else _SOME)
        if long and could_be(block) and of_text:
            blocks[index] = replace(block, role="title", level=0, reason="title of the page")
            _reprinted(blocks, block)


def _is_kind(block: Block, knowledge: Knowledge) -> bool:
    """Whether a line is nothing but the name of a kind of text."""
    loose = block.role in ("paragraph", "heading") and not block.sure
    return loose and any(kind.fullmatch(plain(block.text)) for kind in knowledge.kinds)


def _kicker(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
    """Mark the words of a column in one language and, below, in the other, right above the title."""
    title = next((index for index, block in enumerate(blocks[: place.first]) if block.role == "title"), 0)
    pair = blocks[title - len(LANGS) : title] if title >= len(LANGS) else []
    if {block.lang for block in pair} != set(LANGS) or not all(map(_could_be_kicker, pair)):
        return
    if not any(knowledge.names_body(block.text) for block in pair):
        for index, block in enumerate(pair, start=title - len(LANGS)):
            reason = "names the column of the text below"
            blocks[index] = replace(block, role="label", level=0, sure=True, reason=reason)


def _could_be_kicker(block: Block) -> bool:
    if block.sure or block.part or block.role not in ("paragraph", "heading"):
        return False
    return script.size(block.text) <= _LONGEST_KICKER and _WORDS_ALONE.fullmatch(block.text) is not None


def _above_facts(blocks: list[Block], place: Layout) -> None:
    """Mark the line right above the date or source that a site prints under its title."""
    facts = next((i for i, block in enumerate(blocks[: place.first]) if block.sure and block.role in FACT_ROLES), 0)
    above = [i for i in range(facts) if blocks[i].role not in ("chrome", *FACT_ROLES)]
    if not above or any(blocks[i].role == "title" and blocks[i].lang == blocks[above[-1]].lang for i in above):
        return
    block = blocks[above[-1]]
    below = [other for other in blocks[facts : place.first] if other.role == "title" and other.lang == block.lang]
    if below and overlap(block.text, vocabulary(other.text for other in (*body(blocks, place), *below))) <= _SOME:
        return  # the title stands below them: above is the name of the site
    if script.size(block.text) >= PAGE_TITLE_SIZE and not MENU.search(block.text) and could_be(block):
        blocks[above[-1]] = replace(block, role="title", level=0, reason="title above the date and source of the page")


def _reprinted(blocks: list[Block], title: Block) -> None:
    """Mark the lines inside the text that print its title once more, to the letter."""
    text = plain(title.text).lstrip("# ").casefold()
    below_rubric = _RUBRIC.sub("", text)
    for index, block in enumerate(blocks):
        proven = block.sure and not is_heading_mark(block)
        if block.role not in ("paragraph", "heading") or proven or len(block.text) > len(title.text) + _MOST_ADDED:
            continue
        said = plain(block.text).lstrip("# ").casefold()
        if said in (text, below_rubric) or _COUNTED.sub("", said) == text:
            again = f"the title of line {title.line} again"
            blocks[index] = replace(block, role="title", level=0, reason=again)


def _restated(blocks: list[Block], title: Candidate, place: Layout) -> None:
    """Mark the line of the head that says the title of the page once more, and more of it: whose, and when."""
    said = words(title.block.text)
    for index in range(title.index + 1, min(place.first, len(blocks))):
        block = blocks[index]
        if block.lang != title.block.lang or not could_be(block):
            continue
        longer = script.size(block.text) > script.size(title.block.text)
        if longer and len(said) >= _FEWEST_SAID and len(said & words(block.text)) >= _RESTATED * len(said):
            again = f"says the title of line {title.block.line} {AND_MORE}"
            blocks[index] = replace(block, role="title", level=0, reason=again)


def _below_title(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
    """Mark the line between a title and the date, source or author below as its subtitle; furniture may stand above."""
    for index in range(1, min(place.first, len(blocks) - 1)):
        block, below = blocks[index : index + 2]
        above = next((b for b in reversed(blocks[max(0, index - NEAR) : index]) if b.role != "chrome"), block)
        if above.role != "title" or above.lang != block.lang or below.role not in FACT_ROLES or not below.sure:
            continue
        if block.role not in ("paragraph", "heading") or block.sure or is_item(block.text) or not is_short(block):
            continue
        if knowledge.names_person(block.text):
            continue
        if script.size(block.text) >= PAGE_TITLE_SIZE and block.text[0] not in "(\uff08":
            reason = f"{SUBTITLE} between the title and line {below.line}"
            blocks[index] = replace(block, role="heading", level=3, sure=True, reason=reason)

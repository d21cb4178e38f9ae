"""Block[] → Block[]: page furniture is marked, and the mark names its rule; nothing is deleted.

Two looks, after jusText (Pomikálek 2011, "Removing Boilerplate and Duplicate Content from Web Corpora"): first each
line alone (:func:`known`, the rules of ``data/chrome.yml``), then the doubtful ones by their neighbours (``doubtful``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bitext import link_lists, script, spared
from bitext.furniture import ANYWHERE, EDGE, FOOT, between_parts, by_rule, is_heading, opens, whole_line, zones_of
from bitext.knowledge import Knowledge
from bitext.layout import RUNNING_SIZE, Layout, is_running, layout
from bitext.model import FACT_ROLES, LANGS, Block
from bitext.plain import plain
from bitext.reasons import MENUS, TITLE_MARK
from bitext.role_rules import by_words

_LEAST_ROW = 6
"""Han characters of a Chinese row of links."""
_CUT = re.compile(r"[\s\[(]{0,3}(?:\.{3,}|\u2026+)[\])]?\s*$")
"""Dots with which a site cuts a summary short."""
_ABOVE_SUMMARY = 2
"""The first summary of a list of links stands so many lines at most below its heading."""
_MINUTE = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2} \d{1,2}:\d\d(?::\d\d)?")
_FEWEST_MINUTES = 3
_FENCE = re.compile(r"\s*(?:```|~~~)")
_CALL = re.compile(r"\s*\{\{(?P<sign>[<%])(?!.*[>%]\}\})")
_CALLED = re.compile(r"[^{}]*[>%]\}\}\s*")
"""What calls a template of the site's generator, on several lines: how the first begins and the last ends."""
_LONGEST_CALL = 12
_CODE = re.compile(r"[=(){}<>$_;\\#|&*\[\]]|\./|--")
_FEWEST_WORDS = 2


def known(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with every line marked that a rule of ``chrome.yml`` describes.

    :param lines: of the source; a line that was cut into pieces is looked at as a whole first.
    """
    blocks = _teasers(_closing(blocks, knowledge))
    place = layout(blocks)
    before = len(blocks)
    blocks = _fenced(_called(_whole_lines(blocks, lines, place, knowledge), lines))
    place = layout(blocks) if len(blocks) < before else place
    between = between_parts(blocks)
    found = _ruled(blocks, lines, place, between, knowledge)
    _minutes(found)
    spared.unmark(found, lines, place, between, knowledge)
    link_lists.mark(found, lines, place, knowledge)
    return tuple(spared.with_pairs(found, place))


def _ruled(
    blocks: Sequence[Block], lines: Sequence[str], place: Layout, between: range, knowledge: Knowledge
) -> list[Block]:
    """Blocks with each marked that a rule describes: not speakers, cells of tables, labels of what follows, credits."""
    headed = {number for number in {block.line for block in blocks} if is_heading(lines, number)}
    rows = _in_tables(lines)
    found = []
    for index, block in enumerate(blocks):
        kept = block.role in ("chrome", "speaker") or block.reason == TITLE_MARK
        zones = EDGE if index in between else zones_of(index, place)
        table = "\t" in block.text and block.line in rows
        label = block.text[-1] in ":\uff1a" and blocks[index + 1 : index + 2] and blocks[index + 1].line == block.line
        marked = block if kept or table or label else by_rule(block, knowledge, zones, heading=block.line in headed)
        credits_ = marked.reason in MENUS and by_words(block, knowledge.roles).role in FACT_ROLES
        found.append(block if credits_ else marked)
    return found


def _closing(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the running text at the very end marked that a rule for the foot describes: a disclaimer is long.

    Below a heading of links what a site's search printed of other pages, cut short by dots, is as long.
    """
    found = list(blocks)
    running = [index for index, block in enumerate(blocks) if is_running(block)]
    cut: list[int] = []
    for index in reversed(running[1:]):
        found[index] = by_rule(blocks[index], knowledge, ANYWHERE | FOOT)
        if found[index] is not blocks[index]:
            continue
        if not _is_cut(blocks[index].text):
            break
        cut.append(index)
    for index in cut if cut and _is_below_links(blocks, cut[-1], knowledge) else ():
        reason = "a summary, cut short, in a list of links"
        found[index] = replace(blocks[index], role="chrome", sure=True, reason=reason)
    return tuple(found)


def _is_below_links(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a heading of links stands above a line, with one short line between at most: the name of a page."""
    above = (by_rule(block, knowledge, EDGE | FOOT) for block in blocks[max(0, index - _ABOVE_SUMMARY) : index])
    return any(opens(block, knowledge) for block in above)


def _teasers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with each marked that is cut short by dots and goes on, word for word, in a longer one below: a summary.

    What a site prints of a text above it, or in a list, is no text of the page; nothing is lost with it.
    """
    cut = {i: _CUT.sub("", plain(block.text)) for i, block in enumerate(blocks) if _is_cut(block.text)}
    cut = {i: text for i, text in cut.items() if script.size(text) >= RUNNING_SIZE and blocks[i].role != "chrome"}
    # Sorted, what begins with a text stands right behind it; of what comes again the lowest on the page is first.
    whole = sorted((plain(block.text), -i) for i, block in enumerate(blocks if cut else ()) if i not in cut)
    found = list(blocks)
    for index, text in cut.items():
        at = bisect_left(whole, (text, -len(blocks)))
        longer, below = whole[at] if at < len(whole) else ("", 0)
        if longer.startswith(text) and -below > index:
            reason = f"a summary, cut short: goes on in line {blocks[-below].line}"
            found[index] = replace(blocks[index], role="chrome", sure=True, reason=reason)
    return tuple(found)


def _is_cut(text: str) -> bool:
    return ("..." in text or "\u2026" in text) and _CUT.search(text) is not None


def _in_tables(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that have cells, parted by tabs, and so many as the line above or below."""
    tabs = [line.count("\t") for line in lines]
    alike = (number for number, (one, two) in enumerate(pairwise(tabs), start=1) if one == two > 0)
    return frozenset(line for number in alike for line in (number, number + 1))


def _minutes(blocks: list[Block]) -> None:
    """Mark what a page prints of the minute at which each word was said: day and time alone, again and again."""
    stamps = [i for i, block in enumerate(blocks) if block.lang == "none" and _MINUTE.fullmatch(plain(block.text))]
    for index in stamps if len(stamps) >= _FEWEST_MINUTES else ():
        blocks[index] = replace(blocks[index], role="chrome", sure=True, reason="one of many stamps of day and time")


def _whole_lines(
    blocks: tuple[Block, ...], lines: Sequence[str], place: Layout, knowledge: Knowledge
) -> tuple[Block, ...]:
    between = between_parts(blocks)
    zones = [EDGE if index in between else zones_of(index, place) - FOOT for index in range(len(blocks))]
    cut = {block.line: zones[index] for index, block in enumerate(blocks) if block.part}
    wholes = {number: whole_line(number, lines, zone, knowledge) for number, zone in cut.items()}
    marked = {number: whole.reason for number, whole in wholes.items() if whole.role == "chrome"}
    found: list[Block] = []
    for number, group in groupby(blocks, key=lambda block: block.line):
        pieces = list(group)
        if number in marked and _switches_language(pieces, knowledge):
            first, last = pieces[0].start, pieces[-1].end
            pieces = [replace(pieces[0], part=0, lang="zh", start=first, end=last, text=lines[number - 1][first:last])]
        for block in pieces:
            mark = number in marked and block.reason != TITLE_MARK
            found.append(replace(block, role="chrome", sure=True, reason=marked[number]) if mark else block)
    return tuple(found)


def _switches_language(pieces: Sequence[Block], knowledge: Knowledge) -> bool:
    """Whether the English of a Chinese row of links is nothing but names of languages, by which readers switch."""
    english = [block.text for block in pieces if block.lang == "en"]
    if sum(block.lang == "zh" for block in pieces) < len(english) or not english:
        return False
    names = (knowledge.language_tag.fullmatch(f"{text.strip()}:") for text in english)
    return all(names) and sum(script.han_count(block.text) for block in pieces) >= _LEAST_ROW


def _fenced(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with all that stands between a pair of code fences marked, unless somebody put running text there."""
    fences = [index for index, block in enumerate(blocks) if _FENCE.match(block.text)]
    if len(fences) % 2:
        return blocks
    inside: set[int] = set()
    for start, end in zip(fences[::2], fences[1::2], strict=True):
        if not any(map(is_running, blocks[start:end])) and not _is_word_list(blocks[start + 1 : end]):
            inside.update(range(blocks[start].line, blocks[end].line + 1))
    return tuple(
        replace(b, role="chrome", sure=True, reason="code between fences") if b.line in inside else b for b in blocks
    )


def _called(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks with all marked that calls a template over several lines: ``{{< figure``, ``src="a.png"``, ``>}}``."""
    inside: set[int] = set()
    for start, line in enumerate(lines, start=1):
        if _CALL.match(line):
            below = lines[start : start + _LONGEST_CALL]
            end = next((end for end, other in enumerate(below, start=start + 1) if _CALLED.fullmatch(other)), 0)
            inside.update(range(start, end + 1))
    return tuple(
        replace(b, role="chrome", sure=True, reason="calls a template") if b.line in inside else b for b in blocks
    )


def _is_word_list(fenced: Sequence[Block]) -> bool:
    """Whether most lines between two fences hold both languages, and none of their English is written like code."""
    lines = [list(line) for _, line in groupby(fenced, key=lambda block: block.line)]
    both = sum(len(line) == len(LANGS) for line in lines)
    english = (block.text for line in lines for block in line if block.lang == "en")
    return len(lines) >= _FEWEST_WORDS and 2 * both > len(lines) and not any(map(_CODE.search, english))

"""Block[] → Block[]: page furniture is marked, and the mark names its rule; nothing is deleted.

Two looks, after jusText (Pomikálek 2011, "Removing Boilerplate and Duplicate Content from Web Corpora"): first each
line alone (:func:`known`, the rules of ``data/chrome.yml``), then the doubtful ones by their neighbours (``doubtful``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from bitext import fields, heads, script
from bitext.cuts import HTML_TAG
from bitext.knowledge import Knowledge
from bitext.layout import (
    RUNNING_SIZE,
    SHORT_SIZE,
    Layout,
    as_text,
    beside,
    by_line,
    is_item,
    is_running,
    is_sentence,
    is_short,
    is_underlined,
    layout,
    of_one_length,
    speaker_of,
    speakers,
)
from bitext.marks import BOLD
from bitext.model import FACT_ROLES, LANGS, Block
from bitext.plain import plain
from bitext.reasons import LOOKED_AT, MENUS, TITLE_MARK, is_rule, rule
from bitext.role_rules import by_words, of_label
from bitext.rows import FEWEST_LINKS, LETTER, WORD, is_known, is_row_of_buttons, is_row_of_phrases
from bitext.rules import bare

_LEAST_ROW = 6
"""Han characters of a Chinese row of links."""
_FEWEST_PAIRED = 4
_ANYWHERE = frozenset({""})
_EDGE = frozenset({"", "edge"})
_FOOT = frozenset({"foot"})
_FEWEST_PARAGRAPHS = 2
"""A part of one language has so many paragraphs at least; one paragraph above its translation makes no parts."""
_HEADING = re.compile(r"\s*#{1,6}\s+\S")
_ROW = "a row of buttons, parted by wide blanks"
_PHRASES = "a row of phrases of page furniture"
_BUTTONS = frozenset({_ROW, _PHRASES})
_ROWS = frozenset({rule("menu-row"), rule("menu-bar"), _ROW})
"""Reasons of rows that are taken for menus by their shape."""
_WIDE_BARS = re.compile("[ \u00a0]*[\u3000|\uff5c\u00b7][\u3000 \u00a0]*|[ \u00a0]{2,}")
_BARS = re.compile(r" *[|\uff5c\u00b7] *|\s{3,}")
_COMMAS = re.compile("[,\uff0c\u3001] ?| ")
_PAGE = rule("page-number")
_END = rule("end-mark")
_LIST = rule("list-heading")
_CONTACT = rule("contact")
_RIGHTS = rule("rights")
_CLAUSES = re.compile("[,;\uff0c\uff1b\u3002]")
_FEWEST_CLAUSES = 2
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_LINKS = re.compile(r"[#>\s]*\[([^\[\]]{1,60})\]\([^()\s]*\)")
"""A line that is a link and nothing else, if as a heading."""
_PICTURE = re.compile(r"\s*!\[[^\]]*\]\([^()\s]*\)\s*")
_EMOJI = re.compile(r":[a-z_]+:")
"""A picture by its name."""
BULLET = re.compile("\\s*[-*\u2022\u25cf\u25aa\u25a0\u25c6\u00b7\u25ba]")
_FEWEST_AGAIN = 3
_POINTERS = "\u25bc\u25b2\u2193\u2191 "
"""What points from a line to the one above or below it."""
_DOTS = re.compile(r"(?<=\w)(?:\.{2,}|\u2026+)$")
"""With which a button says that more follows."""
_CUT = re.compile(r"[\s\[(]{0,3}(?:\.{3,}|\u2026+)[\])]?\s*$")
"""Dots with which a site cuts a summary short."""
_MINUTE = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2} \d{1,2}:\d\d(?::\d\d)?")
_FEWEST_MINUTES = 3
_DAY = r"[(\[]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[)\]]?"
_DATED = re.compile(rf"(?P<first>{_DAY})?\W?\s?\D.{{3,80}}?(?(first)|\s{_DAY})")
"""Words and a day in figures, as in a list of links: the day comes first or last."""
_FENCE = re.compile(r"\s*(?:```|~~~)")
_CALL = re.compile(r"\s*\{\{(?P<sign>[<%])(?!.*[>%]\}\})")
_CALLED = re.compile(r"[^{}]*[>%]\}\}\s*")
"""What calls a template of the site's generator, on several lines: how the first begins and the last ends."""
_LONGEST_CALL = 12
_NUMBER = re.compile(r"\W*(\d{1,2})\s*[.)\u3001\uff0e\uff09]\s*[^\W\d]")
_CODE = re.compile(r"[=(){}<>$_;\\#|&*\[\]]|\./|--")
_FEWEST_WORDS = 2
_NO_WORD = re.compile(r"[^\w]*|\d{1,4}[^\w]*")


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
    headed = {number for number in {block.line for block in blocks} if _is_heading(lines, number)}
    rows = _in_tables(lines)
    found = []
    for index, block in enumerate(blocks):
        heading = block.line in headed
        kept = block.role in ("chrome", "speaker") or block.reason == TITLE_MARK
        zones = _EDGE if index in between else _zones(index, place)
        table = "\t" in block.text and block.line in rows
        label = block.text[-1] in ":\uff1a" and blocks[index + 1 : index + 2] and blocks[index + 1].line == block.line
        marked = block if kept or table or label else _by_rule(block, knowledge, zones, heading=heading)
        credits_ = marked.reason in MENUS and by_words(block, knowledge.roles).role in FACT_ROLES
        found.append(block if credits_ else marked)
    _minutes(found)
    _take_back(found, place, knowledge)
    _take_back_amid(found, place, between)
    _take_back_rows(found, knowledge)
    _take_back_contacts(found)
    _take_back_counted(found)
    _take_back_title(found, knowledge)
    _take_back_entry(found, lines, knowledge)
    _foot(found, place, knowledge)
    _after_a_part(found, knowledge)
    _amid_pairs(found, knowledge)
    _running_heads(found, place)
    for index, reason in heads.numbered(found, lines).items():
        found[index] = replace(found[index], role="chrome", reason=reason)
    _again(found, lines)
    return tuple(_with_pair(found, place))


def _closing(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the running text at the very end marked that a rule for the foot describes: a disclaimer is long."""
    found = list(blocks)
    running = [index for index, block in enumerate(blocks) if is_running(block)]
    for index in reversed(running[1:]):
        found[index] = _by_rule(blocks[index], knowledge, _ANYWHERE | _FOOT)
        if found[index] is blocks[index]:
            break
    return tuple(found)


def _teasers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with each marked that is cut short by dots and goes on, word for word, in a longer one below: a summary.

    What a site prints of a text above it, or in a list, is no text of the page; nothing is lost with it.
    """
    cut = {i: _CUT.sub("", plain(block.text)) for i, block in enumerate(blocks) if _CUT.search(block.text)}
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


def between_parts(blocks: Sequence[Block]) -> range:
    """Indexes between the part of one language and that of the other; none where the languages are mixed."""
    parts = [[i for i, block in enumerate(blocks) if block.lang == lang and is_running(block)] for lang in LANGS]
    if min(map(len, parts)) < _FEWEST_PARAGRAPHS:
        return range(0)
    first, second = sorted(parts)
    return range(first[-1] + 1, second[0])


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


def _foot(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
    """Mark what follows a heading of links or comments, or a row of furniture, between the body and the end."""
    opened, row = False, 0
    talk = speakers(blocks[: place.last + 1])
    for index in range(place.last + 1 if place.last >= 0 else len(blocks), len(blocks)):
        block = blocks[index]
        if block.role == "chrome":
            row += is_furniture(block)
            opened = opened or row >= FEWEST_LINKS or (_opens(block, knowledge) and not _is_half(blocks, index))
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
        if index < end or block.role != "chrome" or index < last.get(block.lang, -1) or not _opens(block, knowledge):
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
            opened = block.line if _opens(block, knowledge) else opened
        elif opened and _may_be_link(block) and not any(is_short(blocks[other]) for other in beside(blocks, index)):
            reason = f"follows a list of links in line {opened}, without a pair"
            blocks[index] = replace(block, role="chrome", reason=reason)
        else:
            opened = 0


def _may_be_link(block: Block) -> bool:
    if block.role != "paragraph" or block.sure or not is_short(block):
        return False
    return not is_item(block.text) or BULLET.match(block.text) is not None


def _take_back(blocks: list[Block], place: Layout, knowledge: Knowledge) -> None:
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
    rights = (_by_rule(replace(block, text=clause, role="paragraph"), knowledge, _ANYWHERE) for clause in clauses)
    return sum(one.role == "chrome" and one.reason == _RIGHTS for one in rights) >= _FEWEST_CLAUSES


def _take_back_amid(blocks: list[Block], place: Layout, between: range) -> None:
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
    return is_sentence(replace(block, role="paragraph")) and not _DOTS.search(block.text)


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


def _take_back_rows(blocks: list[Block], knowledge: Knowledge) -> None:
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


def _take_back_contacts(blocks: list[Block]) -> None:
    """Unmark the addresses of a form that goes on in both languages by turns: above them stand other fields of it."""
    for index in range(len(LANGS), len(blocks) - 1):
        form = blocks[index - len(LANGS) : index + len(LANGS)]
        by_turns = all(one.line + 1 == two.line and {one.lang, two.lang} == set(LANGS) for one, two in pairwise(form))
        if not by_turns or any(block.reason != _CONTACT for block in form[len(LANGS) :]):
            continue
        if all(fields.is_field(block.text) for block in form) and all(b.role != "chrome" for b in form[: len(LANGS)]):
            blocks[index : index + len(LANGS)] = [as_text(block) for block in form[len(LANGS) :]]


def _take_back_counted(blocks: list[Block]) -> None:
    """Unmark lines with a number that count on from a line of the text above to one below: a heading like these."""
    counts = [(match := _NUMBER.match(block.text)) and int(match[1]) for block in blocks]
    text = {count: index for index, count in enumerate(counts) if count and blocks[index].role != "chrome"}
    for index, count in enumerate(counts):
        if not count or not is_rule(blocks[index].reason):
            continue
        if text.get(count - 1, index) < index < text.get(count + 1, index):
            for at in (at for at in (index, index + 1) if blocks[at].line == blocks[index].line):
                blocks[at] = as_text(blocks[at])


def _take_back_title(blocks: list[Block], knowledge: Knowledge) -> None:
    """Unmark what opens a page, in both languages, if it says what kind of text follows and no furniture does."""
    top, below = blocks[: len(LANGS)], blocks[len(LANGS) : len(LANGS) + 1]
    if {block.lang for block in top} != set(LANGS) or not below or below[0].role == "chrome":
        return
    kinds = all(any(kind.search(plain(block.text)) for kind in knowledge.kinds) for block in top)
    if kinds and all(block.role == "chrome" for block in top):
        blocks[: len(LANGS)] = map(as_text, top)


def _take_back_entry(blocks: list[Block], lines: Sequence[str], knowledge: Knowledge) -> None:
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


def _has_pair(blocks: Sequence[Block], index: int, other: Block) -> bool:
    """Whether a piece has its translation on its own line, which is not that of the other block."""
    line = blocks[index].line
    pieces = blocks[max(0, index - 1) : index + 2]
    return line != other.line and any(one.line == line and one.lang == other.lang for one in pieces)


def _is_only_head(blocks: Sequence[Block], index: int, place: Layout) -> bool:
    """Whether a line above the text is the only one of its language there, but for a subtitle: the title then."""
    head = [block for block in blocks[: place.first] if block.lang == blocks[index].lang and is_short(block)]
    others = (block for block in head if block.role != "chrome" and block is not blocks[index])
    return index < place.first and not any(WORD.match(block.text) for block in others)


def _is_page_number(block: Block) -> bool:
    return block.role == "chrome" and (block.reason == _PAGE or _PAGE_NUMBER.fullmatch(block.text) is not None)


def _with_pair(blocks: Sequence[Block], place: Layout) -> Iterator[Block]:
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


def is_amid_furniture(blocks: Sequence[Block], line: range) -> bool:
    """Whether above and below a line stands furniture with words in it, or below it the page ends."""
    below = line.stop == len(blocks) or is_furniture(blocks[line.stop])
    return below and is_furniture(blocks[line.start - 1])


def _whole_lines(
    blocks: tuple[Block, ...], lines: Sequence[str], place: Layout, knowledge: Knowledge
) -> tuple[Block, ...]:
    between = between_parts(blocks)
    zones = [_EDGE if index in between else _zones(index, place) - _FOOT for index in range(len(blocks))]
    cut = {block.line: zones[index] for index, block in enumerate(blocks) if block.part}
    wholes = {number: _of_line(number, lines, zone, knowledge) for number, zone in cut.items()}
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


def _of_line(number: int, lines: Sequence[str], zones: frozenset[str], knowledge: Knowledge) -> Block:
    """A line that was cut into pieces as one block, marked if a rule fits it."""
    line = lines[number - 1]
    whole = Block(number, 0, 0, len(line), line, "zh")
    return _by_rule(whole, knowledge, zones, heading=_is_heading(lines, number))


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether Markdown marks a line as a heading, before it or below it."""
    line = lines[number - 1]
    return _HEADING.match(line) is not None or (is_underlined(lines, number) and script.size(line) <= SHORT_SIZE)


def _zones(index: int, place: Layout) -> frozenset[str]:
    """Zones of a text in which a block stands; without running text there are none to tell."""
    if place.last < 0 or place.first < index <= place.last:
        return _ANYWHERE
    return _EDGE | _FOOT if index > place.last else _EDGE


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


def _by_rule(block: Block, knowledge: Knowledge, zones: frozenset[str], *, heading: bool = False) -> Block:
    """The block, marked if a rule fits it.

    :param heading: Markdown marks the line as a heading.
    """
    text, length = plain(block.text).lstrip(_POINTERS), script.size(block.text)
    text = _DOTS.sub("", text)
    if "](" in text and (link := _LINKS.fullmatch(text)):
        text, heading = _bare_link(link), False
    phrase = bare(text)
    for one in knowledge.chrome.possible(text, phrase, length or len(text) / 4):
        if one.zone in zones and (one.headings or not heading) and one.describes(text, phrase):
            return replace(of_label(block), role="chrome", sure=True, reason=one.reason)
    if not heading and is_row_of_phrases(text, knowledge, all_of_them="edge" not in zones):
        return replace(block, role="chrome", sure=True, reason=_PHRASES)
    if not heading and is_row_of_buttons(block.text, knowledge, anywhere="edge" not in zones):
        return replace(block, role="chrome", sure=True, reason=_ROW)
    if block.lang == "none" and not block.part and _NO_WORD.fullmatch(text):
        return replace(block, role="chrome", sure=True, reason="no letter on the line")
    return block


def _bare_link(link: re.Match[str]) -> str:
    return _EMOJI.sub("", link.group(1)).strip()


def _opens(block: Block, knowledge: Knowledge) -> bool:
    return block.role == "chrome" and any(one.opens and one.reason == block.reason for one in knowledge.chrome)


def is_setting(block: Block) -> bool:
    """Whether a line is a picture in the way of Markdown or nothing but tags: articles have them amid their text."""
    return _PICTURE.fullmatch(block.text) is not None or not HTML_TAG.sub("", block.text).strip()


def is_furniture(block: Block) -> bool:
    """Whether a rule knows the words of a line as furniture; rules, pictures and numbers of pages stand in articles."""
    if block.role != "chrome" or is_setting(block):
        return False
    return (is_rule(block.reason) or block.reason in _BUTTONS) and bool(WORD.search(block.text))

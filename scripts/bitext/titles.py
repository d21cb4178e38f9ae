"""Block[] → Block[]: which lines are the title, in each language, and which print it again.

A title stands before the first running text of its language. Among the lines there, the title is the one whose words
the text goes on to use, that has a counterpart in the other language beside it, that is repeated, that is near the
text; what a site prints above it (its own name, its menus) shares no words with the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise, product

from bitext import fields, heads, script
from bitext.knowledge import English, Knowledge
from bitext.layout import (
    Layout,
    beside,
    by_line,
    is_item,
    is_running,
    is_sentence,
    is_short,
    layout,
    of_one_length,
    pieces_of_line,
)
from bitext.model import FACT_ROLES, LANGS, Block, Lang
from bitext.plain import plain, simplify
from bitext.roles import CONTENTS, MARKED, SALUTATION, TITLE_MARK, by_words
from bitext.words import overlap, vocabulary, words

# Weights, set on the seeds and on the project's own sources; each sign alone is at most as strong as shared words.
_WORDS, _LENGTH, _NEAR, _AGAIN, _BESIDE, _MARKED, _MENU, _KIND = 2.0, 1.0, 0.5, 0.5, 0.8, 1.0, 1.5, 0.6
_TOP, _ABOVE, _FIRST = 0.6, 0.6, 0.3
"""For a line right below furniture, for the line above what a page says of its text (date, source, author), and for the
first line of all."""
_SHORT_TITLE = 5.0
_LONG_TITLE = 36.0
"""What is longer is the less likely a title."""
_FURNITURE = 2
"""So many lines of furniture below the first line of a page make it the name of the site."""
_BAR_SIZE = 3
_BELOW, _BAR, _TORN, _WEAK = 1.0, 0.6, 3.0, 0.8
_TRAIL, _SUBTITLED = 0.8, 0.8
"""For the line with which the trail of links above it ends, and for one whose subtitle begins with a dash."""
"""Less for the line below one that is right below furniture, for a bar, as before the name of a site, and for two
titles of which one has another translation on its own line, or would be none without the other."""
_FULL_LENGTH = 16.0
_BOTH_SUBTITLED, _BOTH_SAID = 1.6, 1.6
"""For two titles each of which has a subtitle, or is what somebody said."""
_NAMED = 2.0
"""For the line that says that it is the title."""
_LEAST = 1.1
"""A title has at least this score: a third of its words in the text and a fair length, or a counterpart beside it."""
PAGE_TITLE_SIZE = 8.0
"""The first line of a page is its title if it is at least this long; menus are shorter."""
MENU = re.compile(
    r"\S\s{3,}\S|\|.+\||[>\u203a\u00bb]" + f"|[{script.HAN}][ \u3000]\\S+[ \u3000]\\S+[ \u3000](?![A-Za-z])"
)
"""Signs of a row of links: wide blanks, bars, arrows."""
_SIZES = (2.6, 56.0)
"""The longest title of the seeds has 46; what is longer is a paragraph without a full stop."""
_RATIO = (0.35, 2.8)
_SHORT_HEAD = 6
"""Above a text of few lines the title is the nearest; among many short lines (a list, a table) it is the first."""
_MOST = 40
"""Lines of a language that are looked at: half from the beginning, where a list has its title, half from the end, next
to the text. Real texts have up to a dozen; time grows with the square of their number."""
_SOME = 0.15
"""A title of the page has more than this share of its words in the text."""
_MANY = 0.5
"""The same above a menu, where the name of the site may stand instead."""
_NO_TEXT = frozenset({"chrome", *FACT_ROLES})
_OPENING = frozenset({"speaker", "paragraph"})
_SAME = 0.86
_RESTATED = 0.65
"""Share of the words of a title that a longer form of it has."""
_NUMBER = re.compile(r"\d+")
_OPEN_END = re.compile("(?:['\u2019]s|[-,\u2013\u2014])$", re.IGNORECASE)
_ROW = re.compile("\\S[ \u3000]+\\S")
_YEAR = re.compile(r"\W?(?:19|20)\d\d\D")
_NO_TITLE = re.compile(
    "[)\uff09\u2014]|[(\uff08].*[)\uff09]$"
    "|.*(?:\u3002.|(?<![A-Z])[a-z]{3}[.!?] [A-Z])|[^:\uff1a]{1,20}[:\uff1a][\\d\\s.,:/%-]+$"
)
"""What begins with the end of a bracket or a dash, stands in brackets, holds a sentence, or says how
much of something there is. A stop after a short word with a capital is that of a title before a name."""
_QUOTED = re.compile('["\u201c][^"\u201c\u201d]*["\u201d]|\u300c[^\u300c]*\u300d')
"""What somebody said: the title of an interview, if both languages have it."""
_FAR = 3

_REFERENCE = "rule reference-number"
_ASKS = re.compile("[^:\uff1a]{2,24}[:\uff1a]")
_WITH_OFFICE = frozenset({"rule speaker-with-office", "rule question-and-answer"})
_COLONS = " :\uff1a"
_DASH = re.compile("\\s*(?:[\u2014\u2015\u2500]{1,2}|--)\\s*\\S")
_RUBRIC = re.compile(r"^\w{2,6}(?: ?[:|] ?)(?=.{6})")
"""What a site prints before a title: the column in which it stands."""
_COUNTED = re.compile(r"[ (]*\d{1,2}\)?$")
"""The number of the first of several texts under one title."""
_MOST_ADDED = 8
_LONGEST_TAG = 4.0
_LONGEST_KICKER = 5.0
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_SMALL_WORD, _FEWEST_WORDS = 4, 3
_MOST_LINES = 3
"""A title has at most so many lines more, above or below the one that was found."""
_FULL_LINE = 12.0
"""The first line of a title of two lines has at least this size."""
MENUS = frozenset({"rule breadcrumb", "rule menu-bar", "rule letterhead"})
"""Reasons of lines that stand above the title of a page."""
_BULLET = re.compile(r"\s*[-*+\u2022]\s")
_TABLE_RULE = re.compile(r"(?:\|\s*)?:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?")
_CUE = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?(?:\s*-->\s*(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)?")
_FEWEST_CUES = 3
"""So many lines with nothing but a time show when words are said."""
_READ_ON = "rule read-on"
_FEWEST_TEASERS = 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    block: Block
    score: float
    first: bool
    """No other line of its language could be the title before it, the same title apart."""
    paired: bool
    """Its translation stands on its line."""
    beside: frozenset[int]
    """Indexes of sentences of the same length beside it, where it ends like one itself: it may be their translation."""
    subtitled: bool
    """Below it stands its subtitle: behind a dash in Chinese, in English the next line that could be a title."""


def mark(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the title lines marked: at most one title for each language, and its repetitions.

    :param lines: of the source: what a line begins with stands outside its pieces.
    """
    if sum(block.reason == _READ_ON for block in blocks) >= _FEWEST_TEASERS:
        return blocks  # a list of articles: each line that could be the title is that of one of them
    place = layout(blocks)
    never = _never(blocks, lines, place) | _letterhead(blocks, place, knowledge)
    never |= _account(blocks, knowledge) | _filled_in(blocks, knowledge)
    zh, en = (_candidates(blocks, lang, place, knowledge, never) for lang in LANGS)
    best = max(product([None, *zh], [None, *en]), key=_pair_score)
    chosen = [candidate for candidate in best if candidate is not None]
    found = list(blocks)
    for candidate in chosen:
        reason = f"title, score {candidate.score:.1f}"
        found[candidate.index] = replace(candidate.block, role="title", level=0, reason=reason)
        for other in zh if candidate.block.lang == "zh" else en:
            if other.index != candidate.index and _same(other.block.text, candidate.block.text):
                again = f"the title of line {candidate.block.line} again"
                found[other.index] = replace(other.block, role="title", level=0, reason=again)
        _reprinted(found, candidate.block)
        _restated(found, candidate, place)
        _wrapped(found, candidate.index, knowledge.english)
    if best[0] and best[1]:
        _wrapped_chinese(found, best[0].index)
        _wrapped_both(found, best[0].index, best[1].index)
    for candidate in chosen:
        _subtitle(found, candidate.index)
    _page_title(found, place, never, knowledge)
    _above_facts(found, place)
    _below_title(found, place)
    _kicker(found, place, knowledge)
    return tuple(found)


def _page_title(blocks: list[Block], place: Layout, never: frozenset[int], knowledge: Knowledge) -> None:
    """Mark the first line of the page that is not furniture, where it is another title than the article's."""
    first = next((index for index, block in enumerate(blocks[: place.first]) if block.role != "chrome"), None)
    if first is None:
        return
    titles = [block for block in blocks if block.role == "title"]
    words_of_text = vocabulary(block.text for block in (*_body(blocks, place), *titles))
    menu = any(block.reason in MENUS for block in blocks[first : place.first])
    for index in (first, first + 1):
        if index >= len(blocks) or blocks[index].line != blocks[first].line or index in never:
            return
        block = blocks[index]
        long = script.size(block.text) >= PAGE_TITLE_SIZE and not MENU.search(block.text)
        if any(map(knowledge.names_body, heads.names(block.text))):
            return  # whose page it is
        if long and _could_be(block) and overlap(block.text, words_of_text) > (_MANY if menu else _SOME):
            blocks[index] = replace(block, role="title", level=0, reason="title of the page")


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
    if below and overlap(block.text, vocabulary(other.text for other in (*_body(blocks, place), *below))) <= _SOME:
        return  # the title stands below them: above is the name of the site
    if script.size(block.text) >= PAGE_TITLE_SIZE and not MENU.search(block.text) and _could_be(block):
        blocks[above[-1]] = replace(block, role="title", level=0, reason="title above the date and source of the page")


def _reprinted(blocks: list[Block], title: Block) -> None:
    """Mark the lines inside the text that print its title once more, to the letter."""
    text = plain(title.text).lstrip("# ").casefold()
    below_rubric = _RUBRIC.sub("", text)
    for index, block in enumerate(blocks):
        if block.role not in ("paragraph", "heading") or block.sure or len(block.text) > len(title.text) + _MOST_ADDED:
            continue
        said = plain(block.text).lstrip("# ").casefold()
        if said in (text, below_rubric) or _COUNTED.sub("", said) == text:
            again = f"the title of line {title.line} again"
            blocks[index] = replace(block, role="title", level=0, reason=again)


def _restated(blocks: list[Block], title: _Candidate, place: Layout) -> None:
    """Mark the line of the head that says the title of the page once more, and more of it: whose, and when."""
    said = words(title.block.text)
    for index in range(title.index + 1, min(place.first, len(blocks))):
        block = blocks[index]
        if block.lang != title.block.lang or not _could_be(block):
            continue
        longer = script.size(block.text) > script.size(title.block.text)
        if longer and said and len(said & words(block.text)) >= _RESTATED * len(said):
            again = f"says the title of line {title.block.line} again, and more"
            blocks[index] = replace(block, role="title", level=0, reason=again)


def _never(blocks: Sequence[Block], lines: Sequence[str], place: Layout) -> frozenset[int]:
    """Indexes of blocks that are no title because of where they stand.

    They are entries of a list or a table, words of a film or a talk below the first time, or stand below a heading.
    """
    table = next((number for number, line in enumerate(lines, start=1) if _TABLE_RULE.fullmatch(line.strip())), 0)
    cues = [block.line for block in blocks if block.lang == "none" and _CUE.fullmatch(block.text)]
    facts = {block.line for block in blocks if block.sure and block.role in FACT_ROLES}
    facts -= {b.line for b in blocks if b.line in facts and b.lang == "zh" and b.role not in (*FACT_ROLES, "chrome")}
    first_cue = cues[0] if len(cues) >= _FEWEST_CUES else 0
    found = {
        index
        for index, block in enumerate(blocks)
        if _BULLET.match(lines[block.line - 1])
        or block.line in facts
        or _is_beside_text(blocks, index)
        or (table and block.line >= table - 1 and not _heads(blocks, index, table) and _in_table(lines, block))
        or (first_cue and block.line > first_cue)
    }
    return frozenset(found | _below_headings(blocks) | _sections_of_first_level(blocks, place) | _site(blocks, place))


def _site(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Index of the very short first line of a page above furniture, if another line below that could be the title."""
    head = blocks[: place.first]
    above_furniture = len(head) > _FURNITURE and all(b.role == "chrome" and b.sure for b in head[1 : _FURNITURE + 1])
    if not above_furniture or script.size(head[0].text) > _SHORT_TITLE or _is_marked(head[0]):
        return set()
    others = (block for block in head[_FURNITURE:] if block.lang == head[0].lang)
    return {0} if any(script.size(b.text) > script.size(head[0].text) and _could_be(b) for b in others) else set()


def _is_beside_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line has two pieces, the other one running text: this is what a summary was cut off in."""
    line = pieces_of_line(blocks, index)
    return len(line) == len(LANGS) and any(is_running(block) for block in line if block is not blocks[index])


def _filled_in(blocks: Sequence[Block], knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the pieces of lines that begin with a label in both languages, if it is not that of a title."""
    labelled = {block.line: labels for block in blocks if block.part == 1 and (labels := fields.labels(block.text))}
    named = {line for line, found in labelled.items() if any(knowledge.title_tag.match(f"{one}:") for one in found)}
    return frozenset(i for i, block in enumerate(blocks) if block.line in labelled and block.line not in named)


def _in_table(lines: Sequence[str], block: Block) -> bool:
    return lines[block.line - 1].lstrip().startswith("|")


def _heads(blocks: Sequence[Block], index: int, rule: int) -> bool:
    """Whether a cell stands in the first row of a table above which stands nothing but furniture: a text in columns.

    :param rule: number of the line below the names of the columns.
    """
    return blocks[index].line == rule + 1 and all(b.role == "chrome" for b in blocks[:index] if b.line <= rule)


def _sections_of_first_level(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Indexes of headings of the first level where there are several in one language, and text above the first."""
    marks = [index for index, block in enumerate(blocks) if _is_first_level(block)]
    several = any(sum(blocks[index].lang == lang for index in marks) > 1 for lang in LANGS)
    return set(marks) if several and place.first < marks[0] else set()


def _below_headings(blocks: Sequence[Block]) -> set[int]:
    """Indexes of lines without a mark of Markdown below one of the second level or deeper that has text above it."""
    found: set[int] = set()
    marked: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if _is_heading_mark(block) and not _is_first_level(block):
            marked.setdefault(block.lang, index)
        elif block.lang in marked and not _is_marked(block):
            found.add(index)
    return found


def _below_title(blocks: list[Block], place: Layout) -> None:
    """Mark the line between a title and the date, source or author below as its subtitle."""
    for index in range(1, min(place.first, len(blocks) - 1)):
        above, block, below = blocks[index - 1 : index + 2]
        if above.role != "title" or above.lang != block.lang or below.role not in FACT_ROLES or not below.sure:
            continue
        if block.role not in ("paragraph", "heading") or block.sure or is_item(block.text) or not is_short(block):
            continue
        if script.size(block.text) >= PAGE_TITLE_SIZE and block.text[0] not in "(\uff08":
            reason = f"subtitle between the title and line {below.line}"
            blocks[index] = replace(block, role="heading", level=3, sure=True, reason=reason)


def _candidates(
    blocks: Sequence[Block], lang: Lang, place: Layout, knowledge: Knowledge, never: frozenset[int]
) -> list[_Candidate]:
    known = vocabulary(block.text for block in _body(blocks, place) if block.lang == lang) or _rest(blocks, lang, place)
    above = _above(blocks, place)
    mine = [block for block in blocks[: place.first] if block.lang == lang]
    subtitled = [block.text for block, below in pairwise(mine) if _DASH.match(below.text)]
    trails = [plain(block.text).casefold() for block in blocks[: place.first] if block.reason in MENUS]
    head = [
        index
        for index in range(_end(blocks, lang, place))
        if blocks[index].lang == lang and (not _is_amid(blocks, index) or _is_named(blocks, index, knowledge))
        if _could_be(blocks[index]) or _is_announcing(blocks, index) or _is_said_twice(blocks, index)
        if index not in never and not _says_who_asks(blocks[index], knowledge)
    ]
    head = _below_menus(blocks, _marked_first(blocks, head), place)
    mastheads = {i for i in head if i + 1 in head and _is_masthead(blocks, i, trails, knowledge)}
    head = [i for i in head if i not in mastheads]
    if place.last < 0:  # no sentence tells a title from text
        first = next((i for i, block in enumerate(blocks) if block.lang == lang and block.role not in _NO_TEXT), -1)
        head = [i for i in head if i == first and script.size(blocks[i].text) <= _LONG_TITLE]
    if len(head) > _MOST:
        head = head[: _MOST // 2] + head[-_MOST // 2 :]
    top = _top(blocks, head)
    found = []
    for rank, index in enumerate(head, start=1):
        block = blocks[index]
        score = _WORDS * (overlap(block.text, known) if known else 0.5)
        score += _LENGTH * min(script.size(block.text), _FULL_LENGTH) / _FULL_LENGTH
        score += _NEAR * rank / len(head) if len(head) <= _SHORT_HEAD else _NEAR / rank
        score += _AGAIN * any(_same(blocks[i].text, block.text) for i in head if i != index)
        score += _MARKED * (_is_marked(block) + _is_first_level(block)) - _MENU * bool(MENU.search(block.text))
        score += _SUBTITLED * (block.text in subtitled)
        score += _TRAIL * any(trail.endswith(plain(block.text).casefold()) for trail in trails)
        score += _KIND * any(kind.search(plain(block.text)) for kind in knowledge.kinds)
        score += _NAMED * _is_named(blocks, index, knowledge)
        score += _TOP * (block in top) + _ABOVE * (index in above) + _FIRST * (block.line == blocks[0].line)
        score -= max(0.0, script.size(block.text) - _LONG_TITLE) / _FULL_LENGTH
        score -= _BELOW * _is_below_candidate(blocks, index, top) + _BAR * ("|" in block.text)
        first = all(_same(blocks[i].text, block.text) for i in head[: rank - 1])
        others = (b for b in blocks[max(0, index - 1) : index + 2] if b.line == block.line and b.role != "chrome")
        paired = any(b.lang not in (lang, "none") for b in others)
        below = index + 1 in head and blocks[index + 1].line == block.line + 1
        said = _sentences_beside(blocks, index)
        has_subtitle = below if lang == "en" else block.text in subtitled
        found.append(_Candidate(index, block, score, first, paired, said, has_subtitle))
    return found


def _is_masthead(blocks: Sequence[Block], index: int, trails: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a line right below furniture, and above another of its language, is the name of who prints the page."""
    block = blocks[index]
    if blocks[index + 1].line == block.line or blocks[index - 1].role != "chrome" or not index:
        return False
    text = plain(block.text).casefold()
    return knowledge.names_body(block.text) and not any(trail.endswith(text) for trail in trails)


def _says_who_asks(block: Block, knowledge: Knowledge) -> bool:
    """Whether a question begins with an office and a colon: a reporter's."""
    asks = _ASKS.match(block.text) if block.text[-1] in "?\uff1f" else None
    return asks is not None and by_words(replace(block, text=asks.group()), knowledge.roles).reason in _WITH_OFFICE


def _sentences_beside(blocks: Sequence[Block], index: int) -> frozenset[int]:
    """Indexes of the sentences of the other language and of the same length beside a question or a call."""
    if blocks[index].text[-1] not in "?!\uff1f\uff01":
        return frozenset()
    near = (i for i in beside(blocks, index) if is_sentence(blocks[i]))
    return frozenset(i for i in near if of_one_length(blocks[index], blocks[i]))


def _body(blocks: Sequence[Block], place: Layout) -> list[Block]:
    """Running text, or in a text that has none the sentences of its body."""
    running = [block for block in blocks if is_running(block)]
    return running or [block for block in blocks[place.first : place.last + 1] if is_sentence(block)]


def _is_amid(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece is one of three or more of its line with less than a bar and blanks between."""
    line = pieces_of_line(blocks, index)
    if any(is_running(block) for block in line):
        return False  # a whole text on one line
    if line[0].start and script.size(line[0].text) <= _LONGEST_TAG:
        del line[0]  # what kind of text it is, in brackets before its title
    return len(line) > len(LANGS) and any(two.start - one.end < _BAR_SIZE for one, two in pairwise(line))


def _marked_first(blocks: Sequence[Block], head: list[int]) -> list[int]:
    """Candidates without headings of the second level where Markdown marks the title, or where they head a section.

    The first line of a text heads it, and so does the first of its other language, if the whole of that stands below.
    """
    marks = any(_is_first_level(block) for block in blocks)
    top = next((index for index, block in enumerate(blocks) if block.role not in ("chrome", *FACT_ROLES)), 0)
    lower = {i for i in head if _is_marked(blocks[i]) and not _is_first_level(blocks[i])}
    second = _second_part(blocks, top) if lower and _is_marked(blocks[top]) else -1
    return [i for i in head if i not in lower or i == second or not (marks or blocks[i].line > blocks[top].line + 1)]


def _second_part(blocks: Sequence[Block], top: int) -> int:
    """Index of the first block of the language that a text does not begin with, if all of the other is above; else -1.

    :param top: index of the first block of the text.
    """
    first = next((i for i, b in enumerate(blocks) if b.lang not in (blocks[top].lang, "none") and not b.part), -1)
    above = sum(block.lang == blocks[top].lang for block in blocks[:first])
    return first if above > 1 and not any(b.lang == blocks[top].lang for b in blocks[first:]) else -1


def _below_menus(blocks: Sequence[Block], head: list[int], place: Layout) -> list[int]:
    """Candidates without those above a menu or breadcrumb, where there are others below; prints of these stay."""
    last = max((i for i, block in enumerate(blocks[: facts_begin(blocks, place)]) if block.reason in MENUS), default=-1)
    below = [
        i for i in range(last + 1, min(place.first, len(blocks)))
        if _could_be(blocks[i]) and "\u3000" not in blocks[i].text  # a row of buttons is no title
    ]  # fmt: skip
    if last < 0 or not below or len(head) > _MOST:
        return head
    return [i for i in head if i > last or any(_same(blocks[i].text, blocks[other].text) for other in below)]


def facts_begin(blocks: Sequence[Block], place: Layout) -> int:
    """Index of the first line of the head that says when, where from or by whom: what stands below it is no menu."""
    facts = (i for i, b in enumerate(blocks[: place.first]) if b.sure and b.role in FACT_ROLES)
    return next(facts, min(place.first, len(blocks)))


def _is_below_candidate(blocks: Sequence[Block], index: int, top: Sequence[Block]) -> bool:
    """Whether the line above is right below furniture and long enough for the title: this one says more of it."""
    above = blocks[index - 1]
    if index == 0 or above not in top or blocks[index].line != above.line + 1:
        return False
    return script.size(above.text) >= _SHORT_TITLE


def _rest(blocks: Sequence[Block], lang: Lang, place: Layout) -> frozenset[str]:
    """Words of the lines of a language that has no sentence, where there are some inside the body."""
    return vocabulary(
        block.text for block in blocks[place.first : place.last + 1] if block.lang == lang and block.role != "chrome"
    )


def _top(blocks: Sequence[Block], head: Sequence[int]) -> list[Block]:
    """Lines of a language right below furniture that has words, and further prints of them."""
    top = [blocks[i] for i in head if _is_below_furniture(blocks, i) and not _is_row(blocks[i])]
    return [blocks[index] for index in head if any(_same(blocks[index].text, block.text) for block in top)]


def _is_row(block: Block) -> bool:
    """Whether a short Chinese line has blanks between its words, as the names of rubrics have."""
    return block.lang == "zh" and script.size(block.text) < PAGE_TITLE_SIZE and _ROW.search(block.text) is not None


def _is_below_furniture(blocks: Sequence[Block], index: int) -> bool:
    """Whether nothing but facts and lines of the other language stands between a line and the furniture above it."""
    for block in reversed(blocks[:index]):
        if block.role == "chrome" and words(block.text):
            return True
        if block.role not in _NO_TEXT and block.lang == blocks[index].lang:
            return False
    return False


def _above(blocks: Sequence[Block], place: Layout) -> set[int]:
    """Indexes of the lines right above the first line that says something of the text, a translation between."""
    found: set[int] = set()
    for index in range(1, min(place.first, len(blocks))):
        if blocks[index].role in FACT_ROLES and blocks[index].sure:
            found |= {index - 1, *(other for other in beside(blocks, index - 1) if other < index - 1)}
            return {at for at in found if blocks[at].role not in ("chrome", *FACT_ROLES)}
    return found


def _end(blocks: Sequence[Block], lang: Lang, place: Layout) -> int:
    """Index before which the title of a language stands: that of its first running block.

    Where the languages alternate, an introduction in one of them may come first: then it is that of the running block
    with which the alternation begins.
    """
    first = min(place.first_of.get(lang, place.first), _opening(blocks, lang))
    other = place.first_of.get("en" if lang == "zh" else "zh", len(blocks))
    running = [index for index, block in enumerate(blocks) if block.lang == lang and is_running(block)]
    before, after = [i for i in running if i < other], [i for i in running if i > other]
    if len(before) > 1 and after:
        return before[-1]
    return first


def _opening(blocks: Sequence[Block], lang: Lang) -> int:
    """Index of the first line that opens the body without being long: who speaks, a salutation, a question."""
    opens = (i for i, block in enumerate(blocks) if block.lang == lang and block.sure and block.role in _OPENING)
    return next((i for i in opens if blocks[i].reason != _REFERENCE), len(blocks))


def _could_be(block: Block) -> bool:
    if block.role not in ("paragraph", "heading") or (block.sure and not _is_marked(block)):
        return False
    if block.reason.startswith(CONTENTS):
        return False
    least, most = _SIZES
    if not (least <= script.size(block.text) or _is_first_level(block)) or script.size(block.text) > most:
        return False
    if block.text[-1] in "\u3002.!,;:\uff0c\uff1b\uff1a\u3001":
        return False
    if _QUOTED.fullmatch(block.text) or _NO_TITLE.match(block.text):
        return False
    return not block.joined and not is_running(block) and not is_item(block.text)


def _is_named(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a line, or a piece before this one on its line, says that the title follows."""
    block = blocks[index]
    if knowledge.title_tag.match(simplify(block.text)):
        return True
    before = (b for b in blocks[max(0, index - 3) : index] if b.line == block.line)
    return any(knowledge.title_tag.fullmatch(f"{b.text.rstrip(_COLONS)}:") for b in before)


def _letterhead(blocks: Sequence[Block], place: Layout, knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the names of institutions above the salutation of a letter, and of the lines that go on with them."""
    opening = next((i for i, b in enumerate(blocks[: place.first]) if b.reason == SALUTATION), 0)
    found: set[int] = set()
    for index, block in enumerate(blocks[:opening]):
        goes_on = index - 1 in found and block.lang == "en" and block.text[:1].islower()
        if goes_on or knowledge.names_body(block.text):
            found.add(index)
    return frozenset(found)


def _account(blocks: Sequence[Block], knowledge: Knowledge) -> frozenset[int]:
    """Indexes of the first line of a post: an institution in both languages, right above furniture."""
    line = next(by_line(blocks), range(0))
    above_furniture = any(block.role == "chrome" for block in blocks[line.stop : line.stop + _FURNITURE])
    if not above_furniture or {blocks[index].lang for index in line} != set(LANGS):
        return frozenset()
    return frozenset(line) if any(knowledge.names_body(blocks[index].text) for index in line) else frozenset()


def _is_announcing(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line could be a title but for the colon at its end, and the one below could be its subtitle."""
    block, below = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if below is None or below.lang != block.lang or below.line != block.line + 1 or block.text[-1] not in ":\uff1a":
        return False
    return len(block.text) > 1 and _could_be(replace(block, text=block.text[:-1])) and _could_be(below)


def _is_said_twice(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line in quotation marks could be a title but for these, and has its translation a few lines from it."""
    near = blocks[max(0, index - _FAR) : index + _FAR + 1]
    said = [
        block for block in near if _QUOTED.fullmatch(block.text) and _could_be(replace(block, text=block.text[1:-1]))
    ]
    return blocks[index] in said and {block.lang for block in said} == set(LANGS)


def _is_marked(block: Block) -> bool:
    """Whether Markdown marks the line as a heading of the first or second level."""
    return block.level == 2 and (block.reason in (MARKED, TITLE_MARK) or block.text.startswith("#"))


def _is_heading_mark(block: Block) -> bool:
    return block.role == "heading" and (block.reason == MARKED or block.text.startswith("#"))


def _is_first_level(block: Block) -> bool:
    return block.reason == TITLE_MARK or (block.text.startswith("# ") and block.level == 2)


def _pair_score(pair: tuple[_Candidate | None, _Candidate | None]) -> float:
    zh, en = pair
    score = sum(candidate.score - _LEAST for candidate in pair if candidate is not None)
    indexes = {candidate.index for candidate in pair if candidate is not None}
    score -= _TORN * any(one.beside and not one.beside & indexes for one in pair if one is not None)
    if zh is None or en is None:
        return score
    ratio = script.size(en.block.text) / max(script.size(zh.block.text), 1.0)
    score += 0.3 if _RATIO[0] <= ratio <= _RATIO[1] else -_BESIDE
    score += 0.3 * bool(set(_NUMBER.findall(zh.block.text)) & set(_NUMBER.findall(en.block.text)))
    score += _BESIDE * (zh.first and en.first) + _BOTH_SUBTITLED * (zh.subtitled and en.subtitled)
    score += _BOTH_SAID * all(_QUOTED.fullmatch(one.block.text) for one in pair if one)
    if zh.block.line != en.block.line and (zh.paired or en.paired):
        score -= _TORN
    score -= _WEAK * any(one.score < _LEAST and not one.first for one in (zh, en))
    distance = abs(zh.index - en.index)
    return score + (_BESIDE if distance == 1 else _BESIDE / 2 if distance <= 3 else 0.0)


def _wrapped(blocks: list[Block], index: int, english: English) -> None:
    """Mark the lines before and after a title that the width of the page cut off from it."""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(blocks) and abs(at - index) < _MOST_LINES:
            if not _is_cut_off(blocks, at, at + step, english):
                break
            at += step
            _join(blocks, *sorted((at - step, at)))


def _is_cut_off(blocks: Sequence[Block], index: int, other: int, english: English) -> bool:
    """Whether the width of the page cut the line before or after a line of a title off from it."""
    first, second = sorted((index, other))
    if blocks[first].lang != blocks[second].lang:
        return False
    text = blocks[other].text.rstrip(",:") if other == first else blocks[other].text
    return _is_cut(blocks[first], blocks[second], english) and _could_be(replace(blocks[other], text=text))


def _wrapped_chinese(blocks: list[Block], index: int) -> None:
    """Mark the Chinese line beside a Chinese title without which it is far too short for the English one."""
    english = sum(script.size(block.text) for block in blocks if _is_title(block, "en"))
    mine = script.size(blocks[index].text)
    for first, second in ((index - 1, index), (index, index + 1)):
        other = second if first == index else first
        if not 0 <= other < len(blocks) or blocks[other].lang != "zh" or not _could_be(blocks[other]):
            continue
        if _YEAR.match(blocks[other].text) or (other < index and _ROW.search(blocks[other].text)):
            continue  # a date or the names of rubrics, not half of a title
        whole = mine + script.size(blocks[other].text)
        if english > 1.4 * mine and abs(english - whole) < 0.35 * whole:
            _join(blocks, first, second)
            return


def _wrapped_both(blocks: list[Block], *firsts: int) -> None:
    """Mark the lines after the titles of both languages where each has a full line and the rest of it below."""
    if all(_goes_on_below(blocks, first) for first in firsts):
        for first in firsts:
            _join(blocks, first, first + 1)


def _goes_on_below(blocks: Sequence[Block], first: int) -> bool:
    if first + 1 >= len(blocks) or blocks[first].joined or blocks[first].part:
        return False
    one, two = blocks[first], blocks[first + 1]
    if two.lang != one.lang or two.line != one.line + 1 or two.part or not _could_be(two):
        return False
    if one.lang == "en" and not (_is_capitalised(one.text) and _is_capitalised(two.text)):
        return False  # a subtitle is set like a sentence
    return script.size(one.text) >= _FULL_LINE and script.size(two.text) <= script.size(one.text)


def _is_capitalised(text: str) -> bool:
    """Whether the longer words of an English line begin with a capital and it names nobody by initials or figures."""
    found = [word for word in script.latin_word.findall(text) if len(word) > _SMALL_WORD]
    return len(found) > _FEWEST_WORDS and all(word[0].isupper() and not word.isupper() for word in found)


def _subtitle(blocks: list[Block], index: int) -> None:
    """Mark the line below a title that begins with a dash, or that a colon at the end of the title announces."""
    below = next((i for i in range(index + 1, len(blocks)) if blocks[i].role != "title"), len(blocks))
    if below == len(blocks) or blocks[below].lang != blocks[index].lang:
        return
    if not _DASH.match(blocks[below].text) and blocks[index].text[-1] not in ":\uff1a":
        return
    if blocks[below].role in ("paragraph", "heading") and not is_running(blocks[below]):
        reason = f"subtitle of line {blocks[index].line}"
        blocks[below] = replace(blocks[below], role="heading", level=3, sure=True, reason=reason)


def _join(blocks: list[Block], first: int, second: int) -> None:
    blocks[first] = replace(
        blocks[first], role="title", level=0, reason=f"title, goes on in line {blocks[second].line}"
    )
    blocks[second] = replace(
        blocks[second], role="title", level=0, joined=True, reason=f"goes on with line {blocks[first].line}"
    )


def _is_title(block: Block, lang: Lang) -> bool:
    return block.role == "title" and block.lang == lang and block.reason.startswith(("title, ", "goes on"))


def _is_cut(first: Block, second: Block, english: English) -> bool:
    """Whether an English line stops where no title stops, or the next begins where none begins."""
    if first.lang != "en":
        return False
    one, two = script.size(first.text), script.size(second.text)
    if _word_at(second.text, 0) in english.joining_words and (not second.text[:2].istitle() or one >= _FULL_LINE):
        return True
    if first.text[-1] == ":":
        return one < two  # what kind of text it is, then its title
    in_capitals = first.text.isupper() and second.text.isupper() and second.line == first.line + 1
    open_end = _OPEN_END.search(first.text) or _word_at(first.text, -1) in english.small_words
    return bool(open_end) or (in_capitals and one >= max(two, _FULL_LINE / 2))


def _word_at(text: str, place: int) -> str:
    """The first or last word of a text, in small letters."""
    return (text.split() or [""])[place].lower()


def _same(one: str, other: str) -> bool:
    """Whether two lines print the same title, the name of the site after it and small differences aside."""
    a, b = sorted((plain(one).casefold(), plain(other).casefold()))
    return _alike(a, b)


@lru_cache(maxsize=2 * _MOST * _MOST)
def _alike(a: str, b: str) -> bool:
    """The same of two lines in their plain form, in the order of their letters."""
    short, long = sorted((a, b), key=len)
    if len(short) >= 6 and short in long and len(long) <= 3 * len(short):
        return True
    return bool(words(a) & words(b)) and (a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME)

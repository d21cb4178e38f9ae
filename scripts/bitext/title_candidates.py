"""The lines of one language that could be its title, each with a score, and how well two of them go together.

Among the lines before the first running text, the title is the one whose words the text goes on to use, that has a
counterpart in the other language beside it, that is repeated, that is near the text; what a site prints above it (its
own name, its menus) shares no words with the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from bitext import script
from bitext.knowledge import Knowledge
from bitext.layout import RUNNING_SIZE, Layout, beside, is_running, is_sentence, of_one_length, pieces_of_line
from bitext.model import FACT_ROLES, LANGS, Block, Lang
from bitext.plain import plain, simplify
from bitext.reasons import MENUS, TITLE_MARK, rule
from bitext.role_rules import by_words
from bitext.title_exclusions import is_announcing
from bitext.title_shape import (
    DASH,
    HELD,
    MENU,
    PAGE_TITLE_SIZE,
    QUOTED,
    ROW,
    SHORT_TITLE,
    could_be,
    is_first_level,
    is_marked,
)
from bitext.words import overlap, vocabulary, words

# Weights, set on the seeds and on the project's own sources; each sign alone is at most as strong as shared words.
_WORDS, _LENGTH, _NEAR, _AGAIN, _BESIDE, _MARKED, _MENU, _KIND = 2.0, 1.0, 0.5, 0.5, 0.8, 1.0, 1.5, 0.6
_TOP, _ABOVE, _FIRST = 0.6, 0.6, 0.3
"""For a line right below furniture, for the line above what a page says of its text (date, source, author), and for the
first line of all."""
_LONG_TITLE = 36.0
"""What is longer is the less likely a title."""
_BAR_SIZE = 3
_BELOW, _BAR, _TORN, _WEAK = 1.0, 0.6, 3.0, 0.8
"""Less for the line below one that is right below furniture, for a bar, as before the name of a site, and for two
titles of which one has another translation on its own line, or would be none without the other."""
_TRAIL, _SUBTITLED = 0.8, 0.8
"""For the line with which the trail of links above it ends, and for one whose subtitle begins with a dash."""
_FULL_LENGTH = 16.0
_BOTH_SUBTITLED, _BOTH_SAID = 1.6, 1.6
"""For two titles each of which has a subtitle, or is what somebody said."""
_NAMED, _KEYED = 2.0, 0.25
"""For the line that says that it is the title, and for one that front matter calls so."""
_LEAST = 1.1
"""A title has at least this score: a third of its words in the text and a fair length, or a counterpart beside it."""
_FAR_ABOVE = 12
"""So many pieces above a text without breaks may be its title."""
_SHORT_HEAD = 6
"""Above a text of few lines the title is the nearest; among many short lines (a list, a table) it is the first."""
_MOST = 40
"""Lines of a language that are looked at: half from the beginning, where a list has its title, half from the end, next
to the text. Real texts have up to a dozen; time grows with the square of their number."""
_NO_TEXT = frozenset({"chrome", *FACT_ROLES})
_OPENING = frozenset({"speaker", "paragraph"})
_SAME = 0.86
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 4
"""Words of a title that may come in another order where it is printed again."""
_FAR = 3
_REFERENCE = rule("reference-number")
_ASKS = re.compile("[^:\uff1a]{2,24}[:\uff1a]")
_WITH_OFFICE = frozenset({rule("speaker-with-office"), rule("question-and-answer")})
_COLONS = " :\uff1a"
_LONGEST_TAG = 4.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be the title of its language."""

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


def candidates(
    blocks: Sequence[Block], lang: Lang, place: Layout, knowledge: Knowledge, never: frozenset[int]
) -> list[Candidate]:
    """Lines of a language that could be its title, each with its score.

    :param never: indexes of lines that are none (:mod:`bitext.title_exclusions`).
    """
    head = _head(blocks, lang, place, knowledge, never)
    subtitled = _subtitled(blocks, lang, place)
    found = []
    for rank, (index, score) in enumerate(zip(head, _scores(blocks, head, lang, place, knowledge), strict=True)):
        block = blocks[index]
        first = all(is_same(blocks[i].text, block.text) for i in head[:rank])
        others = (b for b in blocks[max(0, index - 1) : index + 2] if b.line == block.line and b.role != "chrome")
        paired = any(b.lang not in (lang, "none") for b in others)
        below = index + 1 in head and blocks[index + 1].line == block.line + 1
        said = _sentences_beside(blocks, index)
        has_subtitle = below if lang == "en" else block.text in subtitled
        found.append(Candidate(index, block, score, first, paired, said, has_subtitle))
    return found


def _head(
    blocks: Sequence[Block], lang: Lang, place: Layout, knowledge: Knowledge, never: frozenset[int]
) -> list[int]:
    """Indexes of the lines of a language that could be its title, in their order."""
    head = [
        index
        for index in range(_end(blocks, lang, place))
        if blocks[index].lang == lang and (not _is_amid(blocks, index) or _is_named(blocks, index, knowledge))
        if could_be(blocks[index])
        or is_announcing(blocks, index)
        or _is_said_twice(blocks, index)
        or _is_held(blocks, index, knowledge)
        if index not in never and not _says_who_asks(blocks[index], knowledge) and not _is_announced(blocks, index)
    ]
    head = _below_menus(blocks, _marked_first(blocks, head), place, knowledge)
    every, links = set(head), trails(blocks, place)
    head = [i for i in head if i + 1 not in every or not _is_masthead(blocks, i, links, knowledge)]
    if place.last < 0:  # no sentence tells a title from text
        first = next((i for i, block in enumerate(blocks) if block.lang == lang and block.role not in _NO_TEXT), -1)
        marked = [i for i in head if is_first_level(blocks[i])]
        head = [i for i in head if i == first or [i] == marked]
        head = [i for i in head if script.size(blocks[i].text) <= _LONG_TITLE]
    return head if len(head) <= _MOST else head[: _MOST // 2] + head[-_MOST // 2 :]


def _scores(
    blocks: Sequence[Block], head: Sequence[int], lang: Lang, place: Layout, knowledge: Knowledge
) -> Iterator[float]:
    """How much speaks for each of the lines that could be the title.

    :param head: their indexes.
    """
    known = vocabulary(block.text for block in body(blocks, place) if block.lang == lang) or _rest(blocks, lang, place)
    above, top = _above(blocks, place), _top(blocks, head)
    subtitled, links = _subtitled(blocks, lang, place), trails(blocks, place)
    for rank, index in enumerate(head, start=1):
        block = blocks[index]
        score = _WORDS * (overlap(block.text, known) if known else 0.5)
        score += _LENGTH * min(script.size(block.text), _FULL_LENGTH) / _FULL_LENGTH
        score += _NEAR * rank / len(head) if len(head) <= _SHORT_HEAD else _NEAR / rank
        score += _AGAIN * any(is_same(blocks[i].text, block.text) for i in head if i != index)
        score += _MARKED * (is_marked(block) + is_first_level(block)) - _MENU * bool(MENU.search(block.text))
        score += _SUBTITLED * (block.text in subtitled)
        score += _TRAIL * any(trail.endswith(plain(block.text).casefold()) for trail in links)
        score += _KIND * any(kind.search(plain(block.text)) for kind in knowledge.kinds)
        score += _NAMED * _is_named(blocks, index, knowledge) + _KEYED * (block.reason == TITLE_MARK)
        score += _TOP * (block in top) + _ABOVE * (index in above) + _FIRST * (block.line == blocks[0].line)
        score -= max(0.0, script.size(block.text) - _LONG_TITLE) / _FULL_LENGTH
        score -= _BELOW * _is_below_candidate(blocks, index, top) + _BAR * ("|" in block.text)
        yield score


def _subtitled(blocks: Sequence[Block], lang: Lang, place: Layout) -> frozenset[str]:
    """Texts of the lines of the head below which, in their language, a line begins with a dash."""
    mine = [block for block in blocks[: place.first] if block.lang == lang]
    return frozenset(block.text for block, below in pairwise(mine) if DASH.match(below.text))


def trails(blocks: Sequence[Block], place: Layout) -> list[str]:
    """The trails of links and menus of the head, in their plain form."""
    return [plain(block.text).casefold() for block in blocks[: place.first] if block.reason in MENUS]


def _is_masthead(blocks: Sequence[Block], index: int, trails: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a line right below furniture, and above another of its language, is the name of who prints the page."""
    block = blocks[index]
    if blocks[index + 1].line == block.line or blocks[index - 1].role != "chrome" or not index:
        return False
    text = plain(block.text).casefold()
    return knowledge.names_body(block.text) and not any(trail.endswith(text) for trail in trails)


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line above in its language is as long as text and ends with a colon: a line below it is an entry."""
    near = blocks[max(0, index - _FAR) : index]
    above = next((b for b in reversed(near) if b.lang == blocks[index].lang and b.role != "chrome"), None)
    return above is not None and above.text[-1] in _COLONS and script.size(above.text) >= RUNNING_SIZE


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


def body(blocks: Sequence[Block], place: Layout) -> list[Block]:
    """Running text, or in a text that has none the sentences of its body."""
    running = [block for block in blocks if is_running(block)]
    return running or [block for block in blocks[place.first : place.last + 1] if is_sentence(block)]


def _is_amid(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece is one of three or more of its line with less than a bar and blanks between."""
    line = pieces_of_line(blocks, index)
    if any(is_running(block) for block in line):
        # A whole text on one line has its title there, if none stands above.
        above = (b for b in blocks[max(0, index - _FAR_ABOVE) : index] if b.line < line[0].line)
        return any(b.lang == blocks[index].lang and could_be(b) for b in above)
    if line[0].start and script.size(line[0].text) <= _LONGEST_TAG:
        del line[0]  # what kind of text it is, in brackets before its title
    return len(line) > len(LANGS) and any(two.start - one.end < _BAR_SIZE for one, two in pairwise(line))


def _marked_first(blocks: Sequence[Block], head: list[int]) -> list[int]:
    """Candidates without headings of the second level where Markdown marks the title, or where they head a section.

    The first line of a text heads it, and so does the first of its other language, if the whole of that stands below.
    """
    marks = any(is_first_level(block) for block in blocks)
    top = next((index for index, block in enumerate(blocks) if block.role not in ("chrome", *FACT_ROLES)), 0)
    lower = {i for i in head if is_marked(blocks[i]) and not is_first_level(blocks[i])}
    second = _second_part(blocks, top) if lower and is_marked(blocks[top]) else -1
    return [i for i in head if i not in lower or i == second or not (marks or blocks[i].line > blocks[top].line + 1)]


def _second_part(blocks: Sequence[Block], top: int) -> int:
    """Index of the first block of the language that a text does not begin with, if all of the other is above; else -1.

    A heading of a deeper level than the title above is none where that has headings of its own: it goes with these.

    :param top: index of the first block of the text.
    """
    first = next((i for i, b in enumerate(blocks) if b.lang not in (blocks[top].lang, "none") and not b.part), -1)
    above = [block for block in blocks[:first] if block.lang == blocks[top].lang]
    if len(above) < 2 or any(b.lang == blocks[top].lang for b in blocks[first:]):
        return -1
    deeper = is_first_level(blocks[top]) and not is_first_level(blocks[first])
    return -1 if deeper and any(is_marked(b) and not is_first_level(b) for b in above) else first


def _below_menus(blocks: Sequence[Block], head: list[int], place: Layout, knowledge: Knowledge) -> list[int]:
    """Candidates without those above a menu or breadcrumb, where there are others below.

    Prints of these stay, and so does a line in both languages that names the kind of text: no name of a site does.
    """
    above = blocks[: _facts_begin(blocks, place)]
    last = max((i for i, block in enumerate(above) if block.reason in MENUS), default=-1)
    below = [
        i for i in range(last + 1, min(place.first, len(blocks)))
        if could_be(blocks[i]) and "\u3000" not in blocks[i].text  # a row of buttons is no title
    ]  # fmt: skip
    if last < 0 or not below or len(head) > _MOST:
        return head
    return [
        i for i in head
        if i > last or any(is_same(blocks[i].text, blocks[other].text) for other in below)
        or _names_kind_twice(blocks, i, knowledge)
    ]  # fmt: skip


def _names_kind_twice(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a line holds a piece in each language, and each names a kind of text."""
    line = pieces_of_line(blocks, index)
    kinds = (any(kind.search(plain(block.text)) for kind in knowledge.kinds) for block in line)
    return [block.lang for block in line] in (["zh", "en"], ["en", "zh"]) and all(kinds)


def _facts_begin(blocks: Sequence[Block], place: Layout) -> int:
    """Index of the first line of the head that says when, where from or by whom: what stands below it is no menu."""
    facts = (i for i, b in enumerate(blocks[: place.first]) if b.sure and b.role in FACT_ROLES)
    return next(facts, min(place.first, len(blocks)))


def _is_below_candidate(blocks: Sequence[Block], index: int, top: Sequence[Block]) -> bool:
    """Whether the line above is right below furniture and long enough for the title: this one says more of it."""
    above = blocks[index - 1]
    if index == 0 or above not in top or blocks[index].line != above.line + 1:
        return False
    return script.size(above.text) >= SHORT_TITLE


def _rest(blocks: Sequence[Block], lang: Lang, place: Layout) -> frozenset[str]:
    """Words of the lines of a language that has no sentence, where there are some inside the body."""
    return vocabulary(
        block.text for block in blocks[place.first : place.last + 1] if block.lang == lang and block.role != "chrome"
    )


def _top(blocks: Sequence[Block], head: Sequence[int]) -> list[Block]:
    """Lines of a language right below furniture that has words, and further prints of them."""
    top = [blocks[i] for i in head if _is_below_furniture(blocks, i) and not _is_row(blocks[i])]
    return [blocks[index] for index in head if any(is_same(blocks[index].text, block.text) for block in top)]


def _is_row(block: Block) -> bool:
    """Whether a short Chinese line has blanks between its words, as the names of rubrics have."""
    return block.lang == "zh" and script.size(block.text) < PAGE_TITLE_SIZE and ROW.search(block.text) is not None


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
    first = _first_paired(blocks[:first], lang)
    other = place.first_of.get("en" if lang == "zh" else "zh", len(blocks))
    running = [index for index, block in enumerate(blocks) if block.lang == lang and is_running(block)]
    before, after = [i for i in running if i < other], [i for i in running if i > other]
    if len(before) > 1 and after:
        return before[-1]
    return first


def _first_paired(blocks: Sequence[Block], lang: Lang) -> int:
    """Index of the first sentence with its translation beside it, below what could be a title; else of the end.

    Such a sentence may be too short for running text; the text has begun with it all the same.
    """
    top = next((i for i, block in enumerate(blocks) if could_be(block)), len(blocks))
    for index, block in enumerate(blocks[top:], start=top):
        if block.lang == lang and is_sentence(block) and script.size(block.text) >= _FULL_LENGTH:
            near = (blocks[other] for other in beside(blocks, index) if other > top)
            if any(is_sentence(other) and of_one_length(block, other) for other in near):
                return index
    return len(blocks)


def _opening(blocks: Sequence[Block], lang: Lang) -> int:
    """Index of the first line that opens the body without being long: who speaks, a salutation, a question."""
    opens = (i for i, block in enumerate(blocks) if block.lang == lang and block.sure and block.role in _OPENING)
    return next((i for i in opens if blocks[i].reason != _REFERENCE), len(blocks))


def _is_named(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a line, or a piece before this one on its line, says that the title follows."""
    block = blocks[index]
    if knowledge.title_tag.match(simplify(block.text)):
        return True
    before = (b for b in blocks[max(0, index - 3) : index] if b.line == block.line)
    return any(knowledge.title_tag.fullmatch(f"{b.text.rstrip(_COLONS)}:") for b in before)


def _is_said_twice(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line in quotation marks could be a title but for these, and has its translation a few lines from it."""
    near = blocks[max(0, index - _FAR) : index + _FAR + 1]
    said = [
        block for block in near if QUOTED.fullmatch(block.text) and could_be(replace(block, text=block.text[1:-1]))
    ]
    return blocks[index] in said and {block.lang for block in said} == set(LANGS)


def _is_held(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a line in brackets says what kind of text it heads, next to what could be its other title.

    Furniture may stand between the two.
    """
    block = blocks[index]
    inner = HELD.fullmatch(block.text)
    if not inner or block.part or not could_be(replace(block, text=inner[1])):
        return False
    text = [other for other in blocks[max(0, index - _FAR) : index + _FAR + 1] if other.role != "chrome"]
    at = text.index(block)
    near = text[max(0, at - 1) : at + 2]
    beside_title = any(other.lang not in (block.lang, "none") and could_be(other) for other in near)
    return beside_title and any(kind.search(plain(inner[1])) for kind in knowledge.kinds)


def pair_score(pair: tuple[Candidate | None, Candidate | None]) -> float:
    """How well a title of each language, or of one alone, would serve; above 0 if better than none at all."""
    zh, en = pair
    score = sum(candidate.score - _LEAST for candidate in pair if candidate is not None)
    indexes = {candidate.index for candidate in pair if candidate is not None}
    score -= _TORN * any(one.beside and not one.beside & indexes for one in pair if one is not None)
    if zh is None or en is None:
        return score
    score += 0.3 if of_one_length(en.block, zh.block) else -_BESIDE
    score += 0.3 * bool(set(_NUMBER.findall(zh.block.text)) & set(_NUMBER.findall(en.block.text)))
    score += _BESIDE * (zh.first and en.first) + _BOTH_SUBTITLED * (zh.subtitled and en.subtitled)
    score += _BOTH_SAID * all(QUOTED.fullmatch(one.block.text) for one in pair if one)
    if zh.block.line != en.block.line and (zh.paired or en.paired):
        score -= _TORN
    score -= _WEAK * any(one.score < _LEAST and not one.first for one in (zh, en))
    distance = abs(zh.index - en.index)
    return score + (_BESIDE if distance == 1 else _BESIDE / 2 if distance <= 3 else 0.0)


def is_same(one: str, other: str) -> bool:
    """Whether two lines print the same title, the name of the site after it and small differences aside."""
    a, b = sorted((plain(one).casefold(), plain(other).casefold()))
    return _alike(a, b)


@lru_cache(maxsize=2 * _MOST * _MOST)
def _alike(a: str, b: str) -> bool:
    """The same of two lines in their plain form, in the order of their letters."""
    short, long = sorted((a, b), key=len)
    if len(short) >= 6 and short in long and len(long) <= 3 * len(short):
        return True
    in_order = [sorted(_WORD.findall(line)) for line in (a, b)]
    if in_order[0] == in_order[1] and len(in_order[0]) >= _FEWEST_WORDS:
        return True
    return bool(words(a) & words(b)) and (a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME)

"""Block[] → Block[]: the doubtful lines at head and foot are page furniture if their neighbours are.

The second look of jusText (see ``chrome``). It counts stop words and link density of HTML; a plain text has neither, so
a line is doubtful here if it is short, has no end of a sentence, no counterpart in the other language beside it, and
words that the article never uses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bitext import heads, script
from bitext.furniture import between_parts, is_amid_furniture, is_furniture, is_setting
from bitext.knowledge import English, Knowledge
from bitext.layout import (
    Layout,
    announce_both,
    beside,
    holds_sentence,
    is_item,
    is_running,
    is_sentence,
    is_short,
    layout,
    of_one_length,
    speaker_of,
    speakers,
)
from bitext.marks import BULLET
from bitext.model import FACT_ROLES, LANGS, Block
from bitext.plain import plain
from bitext.reasons import LOOKED_AT, MENUS, rule
from bitext.rows import ENTRY_SIZE, FEWEST_LINKS, LONGEST_LIST, WIDE
from bitext.title_exclusions import sections_of_site
from bitext.title_shape import MENU, PAGE_TITLE_SIZE
from bitext.words import overlap, vocabulary

_FOREIGN = 0.34
"""A line with at most this share of its words in the article is foreign to it."""
_TELLING = re.compile(r"[^\W\d_]{2}|(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}")
_COMMAS = re.compile("[,\uff0c\u3001]")
_FEWEST_ENTRIES = 4
"""So many lines of at most so many Han characters, or their equal, are a menu."""
_UNDER_HEADING = 6
"""So many lines below a heading are its text."""
_LINKS_SHARE = 0.2
"""A language without running text that makes up more than this of the other is no row of links, but a translation."""
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_TRAIL = re.compile(r"\s*[>\u00bb\u203a\u2192]+\s*")
_SHORTEST_NAME = 3.0
"""Han characters, or their equal, of the name of a site with which the trail of links begins."""
_SECTION = re.compile(r"[IVX]{1,6}[.\u3001)]?")
"""The number of a section alone on its line."""
_HOURS = re.compile("(\\d{1,2})[:\uff1a]\\d\\d(?:\\s*(-|~|\u2013|\u2014|\uff5e)\\s*\\d{1,2}[:\uff1a]\\d\\d)?")
_MORNING, _FEWEST_HOURS, _CLOCK = 5, 2, 5
_FEWEST_WORDS, _STOP_WORDS = 10, 0.4
"""A line of so many words, of which this share are stop words, reads like a sentence."""
_MOST_TAIL = 15
_MOST_ALONE = 2
_LONGEST_LABEL = 5.5
"""A longer line with a colon at its end is a sentence of the text, whatever stands below it."""
_NO_TEXT = frozenset({"chrome", *FACT_ROLES})
_KEY_WORDS, _LABELLED = rule("key-words"), rule("labelled-line")
_LABELS = frozenset({_KEY_WORDS, _LABELLED})
_FENCE = rule("fence")
_OF_THE_PAGE = LOOKED_AT | {rule("meta-line")}
"""Lines that may say when a page was looked at, not of when its text is."""
_BESIDE = "short, foreign to the text, beside page furniture"
_AMID = "short, foreign to the text, amid furniture"
_STAMPS = frozenset({rule("published-line"), rule("last-updated")})
"""Lines that say when a page was made or looked at stand among its last."""


def mark(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the doubtful lines of head and foot marked where a neighbour is chrome or the page ends."""
    hours = _hours(blocks)
    found = [_hour(block) if index in hours else _wordless(block) for index, block in enumerate(blocks)]
    place = layout(found)
    for index in heads.masthead(found, knowledge):
        found[index] = replace(found[index], role="chrome", reason="a name in both languages above both titles")
    for index in sections_of_site(found, place):
        found[index] = replace(found[index], role="chrome", reason="a section of the site, by the trail of links")
    if place.last < 0:
        return tuple(found)  # no running text: nothing tells head and foot from the body
    _turns(found, place)
    _clauses(found, place, knowledge.english)
    words = vocabulary(block.text for block in blocks if is_running(block))
    _menus(found, place)
    _links(found, place, words)
    title = max((i for i, block in enumerate(blocks[: place.first]) if block.role == "title"), default=-1)
    _sweep(found, range(place.last + 1, len(found)), words, place)
    _sweep(found, range(len(found) - 1, place.last, -1), words, place)
    head = range(title if title >= 0 else min(place.first, len(found)))
    if title >= 0:
        _above_menu(found, range(title))
        _at_top(found, head)
        _between(found, head)
        _amid(found, range(title + 1, place.first), words, place)
    _sweep(found, head, words, place)
    _sweep(found, head[::-1], words, place)
    _above_second_title(found)
    _tail(found, words)
    _signposts(found, place)
    _looked_at(found, place)
    _key_words(found, place)
    return tuple(map(_dated, found))


def _turns(blocks: list[Block], place: Layout) -> None:
    """Prove the lines at the foot to be text that begin with who says them, as several sentences of the text do."""
    known = speakers(blocks[: place.last + 1])
    for index in range(place.last + 1, len(blocks)):
        name = speaker_of(blocks[index])
        if name in known and _is_loose(blocks[index]):
            reason = f"begins with {name} as other turns of the talk do"
            blocks[index] = replace(blocks[index], role="paragraph", level=0, sure=True, reason=reason)


def _clauses(blocks: list[Block], place: Layout, english: English) -> None:
    """Prove the English lines at the foot to be text that read like a sentence: it may end on another page.

    That is the density of stop words of jusText: names of pages and buttons have few small words, sentences many.
    """
    for index in range(place.last + 1, len(blocks)):
        words = script.latin_word.findall(blocks[index].text.lower()) if blocks[index].lang == "en" else []
        small = sum(word in english.stop_words for word in words)
        if len(words) >= _FEWEST_WORDS and small >= _STOP_WORDS * len(words) and _is_loose(blocks[index]):
            reason = "reads like a sentence, by its small words"
            blocks[index] = replace(blocks[index], role="paragraph", level=0, sure=True, reason=reason)


def _is_loose(block: Block) -> bool:
    """Whether a block is short text, of which no words prove what it is."""
    return block.role in ("paragraph", "heading") and not block.sure and is_short(block)


def _looked_at(blocks: list[Block], place: Layout) -> None:
    """Mark the lines amid furniture at the foot that say when a page was looked at, if the text has another date."""
    dated = [index for index, block in enumerate(blocks) if block.role == "dateline" and block.reason not in LOOKED_AT]
    for index in range(max(place.last, dated[0] if dated else len(blocks)) + 1, len(blocks)):
        if blocks[index].reason in _OF_THE_PAGE and is_amid_furniture(blocks, range(index, index + 1)):
            blocks[index] = replace(blocks[index], role="chrome", reason="when the page was last looked at")


def _key_words(blocks: list[Block], place: Layout) -> None:
    """Mark the lines of key words outside the text that no other language has and no abstract goes with: links.

    At the foot, above furniture and not below text of their language, those of an abstract are links too.
    """
    found = [index for index, block in enumerate(blocks) if block.reason in _LABELS]
    alone = len(found) == 1 and blocks[found[0]].reason == _KEY_WORDS and not blocks[found[0]].part
    for index in found:
        above, below = blocks[index - 1], blocks[index + 1 : index + 2]
        apart = above.role in _NO_TEXT or (above.lang != blocks[index].lang and above.reason not in _LABELS)
        at_foot = index > place.last and apart and all(block.role == "chrome" for block in below)
        if at_foot or (alone and not place.first < index < place.last):
            blocks[index] = replace(blocks[index], role="chrome", reason="one of the links of the site: key words")


def _tail(blocks: list[Block], words: frozenset[str]) -> None:
    """Mark the last lines of a page, several of them below its last sentence, each short, foreign and without a pair.

    Where each language has a part of its own, the lines that end the part before may be their pairs: then they stay.
    """
    last = next((i for i in range(len(blocks) - 1, -1, -1) if not _may_end(blocks, i, words)), -1)
    tail = [i for i in range(last + 1, len(blocks)) if blocks[i].role in ("paragraph", "heading")]
    if not FEWEST_LINKS <= len(tail) <= _MOST_TAIL:
        return
    if _has_heading(blocks, tail[0]) or (last >= 0 and blocks[last].text[-1] in ":\uff1a"):
        return  # a list of the text, announced above it
    if _ends_alike(blocks, tail) or _is_all_of_a_language(blocks, tail):
        return
    for index in tail:
        blocks[index] = replace(blocks[index], role="chrome", reason="one of the last lines, none of them of the text")


def _may_end(blocks: Sequence[Block], index: int, words: frozenset[str]) -> bool:
    """Whether a line may be one of those with which a page ends below its text."""
    block = blocks[index]
    if block.role == "chrome" or block.reason in _STAMPS:
        return True
    if block.part or not _is_loose(block):
        return False
    if block.text[-1] in ":\uff1a" or (is_item(block.text) and not BULLET.match(block.text)):
        return False
    near = (blocks[other] for other in beside(blocks, index) if blocks[other].role != "chrome")
    paired = any(of_one_length(block, other) for other in near)
    return not paired and not holds_sentence(block) and overlap(block.text, words) <= _FOREIGN


def _ends_alike(blocks: Sequence[Block], tail: Sequence[int]) -> bool:
    """Whether the part of the other language ends with short lines too, nearly as many as these."""
    lang = blocks[tail[0]].lang
    first = next((i for i, b in enumerate(blocks) if b.lang == lang and (is_running(b) or is_sentence(b))), 0)
    others = [b for b in blocks[:first] if b.lang not in (lang, "none") and b.role not in ("chrome", "title")]
    ends = others[-len(tail) - _MOST_ALONE :]  # some of its last lines may lack a translation
    return sum(map(is_short, ends)) + 1 >= len(tail)


def _is_all_of_a_language(blocks: Sequence[Block], tail: Sequence[int]) -> bool:
    """Whether the last lines are most of what their language has, and much beside the other: a translation."""
    lang = blocks[tail[0]].lang
    mine, others = (
        sum(script.size(b.text) for b in blocks if b.role != "chrome" and (b.lang == lang) is same and b.lang != "none")
        for same in (True, False)
    )
    last = sum(script.size(blocks[index].text) for index in tail if blocks[index].lang == lang)
    return 2 * last > mine and last > _LINKS_SHARE * others


def _signposts(blocks: list[Block], place: Layout) -> None:
    """Mark labels at the foot below which nothing stands but furniture: the list that they announce is none."""
    for index in range(len(blocks) - 1, place.last, -1):
        below = blocks[index + 1 : index + 2]
        block = blocks[index]
        short = block.role == "paragraph" and script.size(block.text) <= _LONGEST_LABEL
        announces = short and block.text[-1] in ":\uff1a"
        empty = below and (is_furniture(below[0]) if announces else below[0].role == "chrome")
        if empty and (announces or block.role == "label"):
            blocks[index] = replace(blocks[index], role="chrome", reason="announces nothing but page furniture")


def _hours(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the lines of figures that say from when to when, by day, what stands below them lasts.

    The times of a film begin with its first minute.
    """
    spans = {i: match for i, b in enumerate(blocks) if b.lang == "none" and (match := _HOURS.fullmatch(b.text))}
    by_day = all(int(match[1]) >= _MORNING for match in spans.values())
    several = sum(match[2] is not None for match in spans.values()) >= _FEWEST_HOURS
    return frozenset(spans if by_day and (several or _rise(blocks[index].text for index in spans)) else ())


def _rise(times: Iterable[str]) -> bool:
    """Whether there are several times, each later than the one before, at the hour or at minutes that a clock shows."""
    figures = [[int(figure) for figure in re.findall(r"\d+", time)[:2]] for time in times]
    round_ = all(minute % _CLOCK == 0 for _, minute in figures)
    return len(figures) > _FEWEST_HOURS and round_ and all(one < two for one, two in pairwise(figures))


def _hour(block: Block) -> Block:
    return replace(block, role="paragraph", sure=True, reason="an hour of a programme")


def _wordless(block: Block) -> Block:
    """A line without a word that turned out to be no date: a stamp, a telephone number, a rule."""
    if block.lang != "none" or block.role != "paragraph" or block.part or _TELLING.search(block.text):
        return block
    if _SECTION.fullmatch(block.text):
        return block
    return replace(block, role="chrome", reason="no word on the line")


def _above_menu(blocks: list[Block], head: range) -> None:
    """Mark the short lines above the last menu or breadcrumb over the title: names of the site, its slogans."""
    last = max((index for index in head if blocks[index].reason in MENUS), default=0)
    home = _TRAIL.split(plain(blocks[last].text))[0].strip()
    home = home if script.size(home) >= _SHORTEST_NAME and home != plain(blocks[last].text) else ""
    for index in range(last):
        if _is_loose(blocks[index]):
            blocks[index] = replace(blocks[index], role="chrome", reason="short, foreign to the text, above a menu")
        elif home and _is_slogan(blocks[index], home):
            reason = f"the name of the site and more, by the trail of links in line {blocks[last].line}"
            blocks[index] = replace(blocks[index], role="chrome", reason=reason)


def _is_slogan(block: Block, home: str) -> bool:
    """Whether a line that no words prove begins with the name of a site and is not as long as running text."""
    loose = block.role in ("paragraph", "heading") and not (block.sure or block.part or is_running(block))
    return loose and len(plain(block.text)) > len(home) and plain(block.text).startswith(home)


def _at_top(blocks: list[Block], head: range) -> None:
    """Mark the very short first line of a page above furniture over the title: the name of the site."""
    top, below = blocks[0], blocks[1:3]
    if len(head) <= len(below) or not all(map(is_furniture, below)) or top.part:
        return
    if _is_loose(top) and script.size(top.text) <= PAGE_TITLE_SIZE:
        blocks[0] = replace(top, role="chrome", reason="one of the first lines, short, above furniture")


def _between(blocks: list[Block], head: range) -> None:
    """Mark the short lines over the title that have furniture above and below them."""
    sure = [index for index in head if is_furniture(blocks[index])]
    for index in range(sure[0], sure[-1]) if sure else ():
        if _is_loose(blocks[index]) and not is_item(blocks[index].text):
            blocks[index] = replace(blocks[index], role="chrome", reason=_AMID)


def _amid(blocks: list[Block], below: range, words: frozenset[str], place: Layout) -> None:
    """Mark the doubtful lines between title and text right between two lines of furniture: who put the page there."""
    for index in below:
        between = all(map(is_furniture, (blocks[index - 1], blocks[index + 1]))) if index + 1 < len(blocks) else False
        if between and _is_doubtful(blocks, index, words, place):
            blocks[index] = replace(blocks[index], role="chrome", reason=_AMID)


def _above_second_title(blocks: list[Block]) -> None:
    """Mark the short lines between the parts of two languages, above the title of the second, with furniture around."""
    gap = between_parts(blocks)
    title = max((index for index in gap if blocks[index].role == "title"), default=gap.start)
    for index in range(gap.start, title):
        amid = is_furniture(blocks[index - 1]) and is_furniture(blocks[index + 1])
        if amid and _is_loose(blocks[index]) and not is_item(blocks[index].text):
            blocks[index] = replace(blocks[index], role="chrome", reason=_AMID)


def _dated(block: Block) -> Block:
    """A line of figures that is left and holds a date."""
    if block.lang != "none" or block.role != "paragraph" or block.part or not _DATE.search(block.text):
        return block
    return replace(block, role="dateline", reason="a date in figures alone")


def _menus(blocks: list[Block], place: Layout) -> None:
    """Mark rows of very short lines of one language at head and foot: one under the other they are a menu."""
    headings = Counter(plain(block.text) for block in blocks if block.role == "heading")
    for edge in (range(place.first), range(place.last + 1, len(blocks))):
        row: list[int] = []
        for index in (*edge, -1):
            if index >= 0 and _could_be_entry(blocks[index]) and (not row or blocks[index].lang == blocks[row[0]].lang):
                row.append(index)
                continue
            listed = bool(row) and (_is_contents([blocks[i] for i in row], headings) or _has_heading(blocks, row[0]))
            if len(row) >= _FEWEST_ENTRIES and not listed:
                for entry in (i for i in row if blocks[i].role != "chrome"):  # else its rule says more than the row
                    blocks[entry] = replace(blocks[entry], role="chrome", reason="one of a row of very short lines")
            row = []


def _is_contents(row: Sequence[Block], headings: Mapping[str, int]) -> bool:
    """Whether most entries of a row come again as headings, or within the row: a table of contents.

    :param headings: how often each text is a heading, entries of the row among them.
    """
    texts = [plain(block.text) for block in row]
    more = Counter(text for text, block in zip(texts, row, strict=True) if block.role != "heading")
    return 2 * sum(headings.get(text, 0) + more[text] > 1 for text in texts) >= len(row)


def _links(blocks: list[Block], place: Layout, words: frozenset[str]) -> None:
    """Mark the rows of short lines at the foot that are foreign to the text and not of the language it ended in."""
    ended = blocks[place.last].lang
    sizes = {lang: sum(script.size(b.text) for b in blocks if b.lang == lang and b.role != "chrome") for lang in LANGS}
    if min(sizes.values()) > _LINKS_SHARE * max(sizes.values()) and len(place.first_of) < len(LANGS):
        return  # lines of a language without running text, but so many that they may well be its text
    row: list[int] = []
    for index in (*range(place.last + 1, len(blocks)), -1):
        if index >= 0 and blocks[index].lang not in (ended, "none") and _could_be_link(blocks[index], words):
            row.append(index)
            continue
        if len(row) >= FEWEST_LINKS and not _has_heading(blocks, row[0]):
            for link in row:
                blocks[link] = replace(blocks[link], role="chrome", reason="one of a row of links at the foot")
        row = []


def _could_be_link(block: Block, words: frozenset[str]) -> bool:
    if block.part or block.text[-1:] in ":\uff1a":
        return False
    return _is_loose(block) and overlap(block.text, words) <= _FOREIGN


def _could_be_entry(block: Block) -> bool:
    if block.role not in ("label", "paragraph", "heading", "chrome") or block.lang == "none" or block.part:
        return False
    return script.size(block.text) <= ENTRY_SIZE and is_short(block) and block.text[-1:] not in ":\uff1a"


def _sweep(blocks: list[Block], order: range, words: frozenset[str], place: Layout) -> None:
    """Walk from an edge or a sure mark: a doubtful line whose neighbour before or after is chrome becomes chrome."""
    for index in order:
        if _is_doubtful(blocks, index, words, place) and _chrome_near(blocks, index, place):
            blocks[index] = replace(blocks[index], role="chrome", reason=_BESIDE)


def _is_doubtful(blocks: Sequence[Block], index: int, words: frozenset[str], place: Layout) -> bool:
    block = blocks[index]
    if not _is_loose(block) or holds_sentence(block) or (index < place.first and _dated(block) is not block):
        return False
    if block.text.rstrip("*_ ")[-1:] in ":\uff1a" or _has_heading(blocks, index):
        return False  # it announces what follows, or has been announced
    a_row = MENU.search(block.text) or len(WIDE.split(block.text.strip())) >= FEWEST_LINKS
    a_row = a_row or (block.lang == "zh" and len(block.text.split()) >= FEWEST_LINKS)
    a_row = a_row or _is_row_of_key_words(block.text)
    if script.size(block.text) >= PAGE_TITLE_SIZE and not a_row and index < 3 and not _goes_on_row(blocks, index):
        return False
    if is_item(block.text) and (index < place.first or _goes_on_list(blocks, index)):
        return False  # of a list of the text
    near = [other for other in beside(blocks, index) if not _is_between_furniture(blocks, index, other)]
    kept = [blocks[other] for other in near if blocks[other].role != "chrome"]
    if any(other.line == block.line or of_one_length(block, other) for other in kept):
        return False
    return overlap(block.text, words) <= _FOREIGN


def _goes_on_row(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line below a line, in its language, is a doubtful one that turned out furniture: both are links."""
    below = blocks[index + 1 : index + 2]
    return any(block.reason == _BESIDE and block.lang == blocks[index].lang for block in below)


def _is_row_of_key_words(text: str) -> bool:
    """Whether a line is several short Chinese words parted by commas, as what a site says of itself above its pages."""
    words = _COMMAS.split(text)
    return len(words) > FEWEST_LINKS and all(2 <= script.han_count(word) <= ENTRY_SIZE * 2 for word in words)


def _goes_on_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether a list of the text reaches down to a line: above its entries stands text, no label and no furniture."""
    above = next((b for b in reversed(blocks[max(0, index - LONGEST_LIST) : index]) if not is_item(b.text)), None)
    return above is not None and above.role == "paragraph" and blocks[index - 1].role != "chrome"


def _has_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether a heading that its words prove stands above a line, with nothing but text between.

    Two labels with their colons, one in each language, announce as much.
    """
    for at in range(index - 1, max(0, index - _UNDER_HEADING) - 1, -1):
        block = blocks[at]
        if block.role == "chrome":
            return False
        if (block.sure and block.role == "heading") or (at and announce_both(blocks[at - 1], block)):
            return True
    return False


def _is_between_furniture(blocks: Sequence[Block], index: int, other: int) -> bool:
    """Whether two pieces make a line on their own, with furniture or the edge of the page above and below it.

    The same furniture above and below is a button that each entry of a list has.
    """
    first, last = min(index, other), max(index, other)
    if blocks[first].line != blocks[last].line:
        return False
    outside = [blocks[i] for i in (first - 1, last + 1) if 0 <= i < len(blocks)]
    return all(block.role == "chrome" for block in outside) and len({plain(b.text) for b in outside}) == len(outside)


def _chrome_near(blocks: Sequence[Block], index: int, place: Layout) -> bool:
    """Whether a neighbour is chrome, or the edge of the page that the line stands at."""
    if index == 0 and any(block.role in ("title", "chrome") for block in blocks[1 : place.first]):
        return True
    near = [blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(blocks)]
    return any(block.role == "chrome" and block.reason != _FENCE and not is_setting(block) for block in near)

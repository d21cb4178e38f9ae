"""Block[] → Metadata: title pair, date, source and author, each with the line that says so; nothing is invented.

A date is taken, in this order, from a line that says when the text was signed, from one that says when it was
published, from a dateline or another fact above the end of the text, from a line that says when a collection took it
in, from its front matter, from a dateline below the text, from the title, from a sentence that says when a treaty was
signed, from page furniture above the text, and from the first sentence. A signature goes before the title: it says
when the text was written, a title often which time it is about. A date without a year keeps no year unless the text
states the year of the same event elsewhere; then it is marked ``inferred``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bitext import fields, script
from bitext.anchors.dates import DateMention, find_dates
from bitext.facts import DATELINE_SIZE
from bitext.furniture import is_furniture
from bitext.headings import NEAR, block_above, is_filled_in
from bitext.knowledge import Knowledge, Pattern
from bitext.layout import Layout, beside, is_item, is_running, is_sentence, is_short, layout, of_one_length
from bitext.model import FACT_ROLES, LANGS, Block, Fact, Lang, Metadata
from bitext.plain import plain, simplify
from bitext.reasons import DATED_TWICE, FRONT_MATTER, LABEL, SALUTATION, is_of_title, of_rule, rule
from bitext.role_rules import by_words
from bitext.title_shape import HELD, could_be

_PLACE_SIZE = 16.0
"""What stands beside the date in a dateline (a place, a body, a counter) is at most this long."""
_GLUED_PLACE = 6.0
"""A place may follow a date directly ("on such a day in such a town") if it is no longer than this."""
_NAME_SIZE = 6
_NAME_WORDS = 3
"""So many Chinese characters or English words before a date, not parted by a comma, are a title with its date."""
_SIGNATURE_LINES = 3
_FEWEST_ENTRIES = 4
"""So many dates one below the other are the entries of a chronicle, not all of them dates of the text."""
_OF_SOMETHING_ELSE = frozenset({rule("attribution"), rule("received-line"), DATED_TWICE})
"""Lines whose date is that of words quoted above them, or of the day when a paper reached its journal, or
of what nobody knows."""
_DONE = rule("done-at")
_BODY = "an institution, beside the title or at the end: whose text it is"
_PUBLISHED, _SIGNED, _ENTERED = rule("published-line"), rule("signed-line"), rule("entered-line")
_VALEDICTION = rule("valediction")
_LONGEST_NAME = 12
"""A longer value with which the title begins names no source."""
_MOST_STAMPS = 2
_MOST_DATES = 4
_EDGE_LINES = 8
_ASCII = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DELIMITER = re.compile(r"[\s`(\[{|/,;:\uff0c\uff1a\uff08\uff09\u3010\u3011)\]}-]")
_LABELLED = re.compile(r"[^\s\d:\uff1a]{2,8}(?:[:\uff1a]\s*|\u3000+)\S")
_PLACE = "a place below the date"
_PLACE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ ,\uff0c]+[^\W\d_a-z][^\W\d_]*){0,4}")
_NAME_OR_OFFICE = re.compile(rf"[{script.HAN} \u3000\u00b7]{{2,16}}|(?!.* - )[A-Z][A-Za-z.'\u2019, -]{{2,60}}")
_DAY_LEFT_OPEN = re.compile("_{2,}")
_ROUND_DATE = " ()\uff08\uff09,\uff0c"
_DELIMITED = re.compile(r"\s*[,|/(\uff0c\uff08]")
_MARK = re.compile(r"[^\w ]|\d|[A-Za-z]| \S+ ")
_PLACED = re.compile("[^\\d,\uff0c:\uff1a]{2,24}[,\uff0c]\\s*")
_UPDATES_SIZE = 4.0
"""What has a month in brackets behind it and is as long as this is no place."""
_LONGEST_THANKS = 4.0
"""A word of thanks below the last paragraph of a letter is no longer, be it a sentence or not."""
_PERSON = re.compile(r"[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]*){1,3}")
_DEGREE = re.compile(r"(?<=\w),? (?:(?:[A-Z][a-z]?\.){2,}|(?:Jr|Sr|Esq)\.)$")
"""What stands behind a name and ends with a stop, but no sentence."""
_BEGINS_WITH_FIGURES = re.compile(r"[A-Za-z]?\d")
_DATED = re.compile(r"(.*[^(\uff08\s])\s*[(\uff08][^()\uff08\uff09]*\d[^()\uff08\uff09]*[)\uff09]")
"""Words, and behind them a date in brackets."""
_SAID = re.compile(r"(?:\b[a-z]+\s+){3}")
_HOUR = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_MARKUP = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*|\*\*$")


def datelines(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the lines marked that hold a date, perhaps a place, and nothing else, and the signatures above them.

    They stand at the head and at the end of each language's part of a text.
    """
    found = list(blocks)
    heads, tails = _edges(blocks)
    places = {index for edge in (*heads, *tails) for index in edge}
    places -= {index for tail in tails for index in _dates_of_a_list(blocks, tail)}
    bare = _bare_dates(blocks, knowledge)
    dated = [
        index
        for index in sorted(places | bare if len(bare) <= _MOST_DATES else places - bare)
        if blocks[index].role in ("paragraph", "heading") and not (blocks[index].sure or blocks[index].wrapped)
        if not (_is_announced(blocks, index) or is_filled_in(blocks, index)) and _is_dateline(blocks[index], knowledge)
    ]
    place = layout(blocks)
    titles = {index for index in dated if _is_dated_title(blocks, index, place, knowledge)}
    every = frozenset(dated)
    titles |= {index for index in dated if _translates_more(blocks, index, place, every, knowledge)}
    for index in set(dated) - titles - _chronicle(blocks, dated):
        reason = "a date and a place, no sentence"
        found[index] = replace(blocks[index], role="dateline", level=0, sure=True, reason=reason)
    _places(found, knowledge)
    _places_apart(found, knowledge)
    for tail in tails:
        _signatures(found, tail)
    _below_valediction(found)
    _signed_letter(found)
    return tuple(found)


def _places(blocks: list[Block], knowledge: Knowledge) -> None:
    """Mark a place with its label right below a date with its label, if they are no part of a longer form."""
    for above, (index, block) in zip(blocks, enumerate(blocks[1:], start=1), strict=False):
        labelled = above.role == "dateline" and above.sure and block.line <= above.line + NEAR
        if not labelled or block.sure or block.role not in ("paragraph", "heading") or not is_short(block):
            continue
        if knowledge.language_tag.match(block.text):
            continue  # a title with its label
        below = next((b for b in blocks[index + 1 : index + 3] if b.lang == block.lang), None)
        in_form = above.reason == _PLACE or (below is not None and _LABELLED.match(below.text))
        if not in_form and all(_LABELLED.match(one.text) for one in (above, block)):
            blocks[index] = replace(block, role="dateline", level=0, sure=True, reason=_PLACE)


def _places_apart(blocks: list[Block], knowledge: Knowledge) -> None:
    """Mark a place below a date that stands alone, where the other language has both on the line above or below."""
    for index in range(1, len(blocks)):
        date, place = blocks[index - 1 : index + 1]
        if date.role != "dateline" or place.lang != date.lang or place.line > date.line + NEAR:
            continue
        if place.sure or place.role not in ("paragraph", "heading") or not _PLACE_NAME.fullmatch(place.text):
            continue
        outer = (blocks[i] for i in (index - 2, index + 1) if 0 <= i < len(blocks))
        both = (b for b in outer if b.role == "dateline" and b.lang not in (date.lang, "none"))
        if not _beside_date(date, knowledge) and any(_beside_date(other, knowledge) for other in both):
            blocks[index] = replace(place, role="dateline", level=0, sure=True, reason=_PLACE)


def _beside_date(block: Block, knowledge: Knowledge) -> str:
    """What a dateline says beside its first date."""
    date = next(iter(_find(block.text, _langs(block)[0], knowledge)), None)
    return (block.text[: date.start] + block.text[date.end :]).strip(_ROUND_DATE) if date else ""


def _chronicle(blocks: Sequence[Block], dated: Iterable[int]) -> set[int]:
    """Those of the lines with a date that follow each other as the entries of a chronicle do, line upon line."""
    found: set[int] = set()
    for lang in (*LANGS, "none"):
        runs: list[list[int]] = []
        for index in (index for index in dated if blocks[index].lang == lang):
            if runs and blocks[index].line <= blocks[runs[-1][-1]].line + 2:
                runs[-1].append(index)
            else:
                runs.append([index])
        found.update(index for run in runs if len(run) >= _FEWEST_ENTRIES for index in run)
    return found


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line of the same language above ends with a colon: a date below it is an entry of a list."""
    for above in reversed(blocks[max(0, index - _EDGE_LINES) : index]):
        if above.lang == blocks[index].lang and script.size(above.text) > _PLACE_SIZE:
            return above.text[-1:] in ":\uff1a" and above.role == "paragraph"
    return False


def _dates_of_a_list(blocks: Sequence[Block], tail: range) -> list[int]:
    """Lines of figures alone at the foot, where there are several: they date the entries of a list of links."""
    figures = [index for index in tail if blocks[index].lang == "none"]
    return figures if len(figures) > _MOST_STAMPS else []


def _bare_dates(blocks: Sequence[Block], knowledge: Knowledge) -> set[int]:
    """Lines that hold nothing but a full date, or one with a place in brackets; many of them make a chronicle."""
    return {index for index, block in enumerate(blocks) if block.lang != "none" and _is_bare_date(block, knowledge)}


def _is_bare_date(block: Block, knowledge: Knowledge) -> bool:
    if script.size(block.text) > DATELINE_SIZE or block.role not in ("paragraph", "heading"):
        return False
    dates = _find(block.text, _langs(block)[0], knowledge)
    full = [date for date in dates if date.year and date.month and (date.day or _DAY_LEFT_OPEN.search(block.text))]
    if len(full) != 1:
        return False
    bracketed = block.text[0] in "(\uff08" and block.text[-1] in ")\uff09"
    placed = _PLACED.fullmatch(block.text[: full[0].start]) and full[0].end >= len(block.text.rstrip())
    return bracketed or bool(placed) or len(full[0].surface) >= len(_DAY_LEFT_OPEN.sub("", block.text).strip()) - 1


def _edges(blocks: Sequence[Block]) -> tuple[list[range], list[range]]:
    """Lines of each language before its first running block and after its last sentence, none of the other between."""
    place = layout(blocks)
    heads, tails = [range(min(place.first + 1, len(blocks)))], []
    for lang in ("zh", "en"):
        running = [i for i, b in enumerate(blocks) if b.lang == lang and is_running(b)]
        text = [i for i, b in enumerate(blocks) if b.lang == lang and (is_running(b) or is_sentence(b))]
        if not text:
            continue
        first, last = (running or text)[0], text[-1]
        start, end = first, last + 1
        while start and blocks[start - 1].lang in (lang, "none") and start > first - _EDGE_LINES:
            start -= 1
        while end < len(blocks) and blocks[end].lang in (lang, "none") and end <= last + _EDGE_LINES:
            end += 1
        heads.append(range(start, first))
        tails.append(range(last + 1, end))
    if place.last >= 0:
        ends = [index for index, block in enumerate(blocks) if not block.part or block.part == 1]
        tails.append(range(max(place.last + 1, ends[-_EDGE_LINES:][0]), len(blocks)))
    return heads, tails


def _signatures(blocks: list[Block], tail: range) -> None:
    """Mark the short lines directly above a closing date as a signature."""
    for index in tail:
        if blocks[index].role != "dateline":
            continue
        above = index - 1
        while above in tail and above >= index - _SIGNATURE_LINES and _may_sign(blocks[above]):
            reason = f"signature above the date in line {blocks[index].line}"
            blocks[above] = replace(blocks[above], role="byline", level=0, reason=reason)
            above -= 1


def _below_valediction(blocks: list[Block]) -> None:
    """Mark the short lines that follow the closing words of a letter as its signature."""
    for index, block in enumerate(blocks):
        if block.reason != _VALEDICTION:
            continue
        for below in _of_its_language(blocks, index, _SIGNATURE_LINES):
            if not _may_sign(blocks[below]):
                break
            reason = f"signature below the closing words in line {block.line}"
            blocks[below] = replace(blocks[below], role="byline", level=0, sure=True, reason=reason)


def _signed_letter(blocks: list[Block]) -> None:
    """Mark the few short lines as a signature that end the part of a language, if it begins with a salutation.

    Nothing of the language stands below them before furniture or the end, a sentence right above them, and in English
    one is a name; a Chinese letter is signed only if the English is.
    """
    named = False
    for lang in LANGS[::-1]:
        mine = [index for index, block in enumerate(blocks) if block.lang == lang]
        greeted = next((place for place, index in enumerate(mine) if blocks[index].reason == SALUTATION), len(mine))
        said = [place for place in range(greeted, len(mine)) if is_sentence(blocks[mine[place]])]
        if not said:
            continue
        last = _until_furniture(blocks, mine[said[-1]])
        signed = [index for index in mine[said[-1] + 1 :] if index < last]
        lines = {blocks[index].line for index in signed}
        named = named or any(lang == "en" and _PERSON.fullmatch(_bare(blocks[index].text)) for index in signed)
        if named and 0 < len(lines) <= _SIGNATURE_LINES and all(_is_signed(blocks[index]) for index in signed):
            for index in signed:
                reason = f"ends the letter that line {blocks[mine[greeted]].line} begins"
                blocks[index] = replace(blocks[index], role="byline", level=0, reason=reason)


def _until_furniture(blocks: Sequence[Block], index: int) -> int:
    """Index of the first line of furniture below a block, or of the end."""
    return next((i for i in range(index + 1, len(blocks)) if blocks[i].role == "chrome"), len(blocks))


def _is_signed(block: Block) -> bool:
    """Whether a line may be a name or an office in a signature: short, without figures and marks."""
    return _may_sign(block) and _NAME_OR_OFFICE.fullmatch(_bare(block.text)) is not None


def _bare(text: str) -> str:
    """A text without the bars of a table and the bullets of a list at either end."""
    return text.strip("| \t\u3000-")


def _of_its_language(blocks: Sequence[Block], index: int, most: int) -> Iterator[int]:
    """Indexes of the blocks that follow one in its language, the other language beside them or in lines between."""
    for below in range(index + 1, len(blocks)):
        if blocks[below].lang == blocks[index].lang:
            yield below
            most -= 1
        if not most or is_running(blocks[below]) or blocks[below].role in ("title", "chrome"):
            return


def institutions(blocks: tuple[Block, ...], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the names of institutions marked that stand beside the title, or end the part of a language.

    Beside the title is between it and the date, and right above it below page furniture. Right above a date the name of
    a person is the author too.

    :param blocks: with their titles.
    """
    found = list(blocks)
    place = layout(blocks)
    titles = [index for index, block in enumerate(blocks[: place.first]) if block.role == "title"]
    facts = [i for i in range(titles[-1] + 1, place.first) if blocks[i].role in FACT_ROLES] if titles else []
    letter = next((i for i, block in enumerate(blocks[: place.first]) if block.reason == SALUTATION), 0)
    head = range(titles[-1] + 1, facts[-1]) if facts else range(0 if titles else letter)
    for index in (*_mastheads(blocks), *head, *_last_lines(blocks)):
        block = found[index]
        above = found[index - 1] if index else block
        goes_on = above.reason == _BODY and above.lang == block.lang and block.text[:1].islower()
        names = [block.text, *([fields.behind_name(block.text)] if index in head else [])]
        if is_filled_in(found, index) or not _may_sign(block):
            continue
        if _is_person_above_date(found, index, knowledge):
            reason = f"a name between the title and the date in line {found[index + 1].line}"
            found[index] = replace(block, role="byline", level=0, reason=reason)
        elif goes_on or any(map(knowledge.names_body, names)):
            found[index] = replace(block, role="byline", level=0, sure=True, reason=_BODY)
    return tuple(found)


def _is_person_above_date(blocks: Sequence[Block], index: int, knowledge: Knowledge) -> bool:
    """Whether a line is two to four words with capitals, as names are, and the one below it a date.

    The short title of a law has the same form, but names the kind of its text.
    """
    dated = index + 1 < len(blocks) and blocks[index + 1].role == "dateline"
    alone = blocks[index].lang == "en" and not blocks[index].part
    text = blocks[index].text
    return dated and alone and _PERSON.fullmatch(text) is not None and not any(k.search(text) for k in knowledge.kinds)


def _mastheads(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the lines that have a title of their language right below and page furniture right above them."""
    return [
        index + 1
        for index, (above, block, below) in enumerate(zip(blocks, blocks[1:], blocks[2:], strict=False))
        if below.role == "title" and below.lang == block.lang and is_furniture(above) and not block.part
    ]


def _last_lines(blocks: Sequence[Block]) -> set[int]:
    """Indexes of the short lines that end a text, or its part in one language, with nothing below but furniture."""
    found: set[int] = set()
    for lang in ("zh", "en"):
        running = [index for index, block in enumerate(blocks) if block.lang == lang and is_running(block)]
        for index in range(running[-1] + 1 if running else len(blocks), len(blocks)):
            if blocks[index].lang != lang or blocks[index].role in ("chrome", *FACT_ROLES):
                continue
            if index == running[-1] + 1 and script.size(blocks[index].text) <= _LONGEST_THANKS:
                continue
            if not is_short(blocks[index]) or len(found) >= 2 * _SIGNATURE_LINES:
                break
            found.add(index)
    return found if len(found) <= 2 * _SIGNATURE_LINES else set()


def _may_sign(block: Block) -> bool:
    if block.sure or block.role not in ("paragraph", "heading") or block.lang == "none":
        return False
    block = replace(block, text=_DEGREE.sub("", block.text)) if block.text.endswith(".") else block
    if not is_short(block):
        return False
    return ":" not in block.text and "\uff1a" not in block.text and not _BEGINS_WITH_FIGURES.match(block.text)


def _is_dateline(block: Block, knowledge: Knowledge) -> bool:
    if script.size(block.text) > DATELINE_SIZE or len(block.text) > 120:
        return False
    dates = [date for lang in _langs(block) for date in _find(block.text, lang, knowledge)]
    full = [date for date in dates if date.month and (date.day or date.year)]
    if not full or script.ends_sentence(_HOUR.sub("", block.text)):
        return False
    if block.text[: full[0].start].rstrip()[-1:] in (":", "\uff1a"):
        return False
    before = block.text[: full[0].start].rstrip()
    after = block.text[full[0].end :]
    if script.word_count(before) > 1 and script.word_count(after) > 1:
        return False
    told = script.word_count(after) >= _NAME_WORDS and (not _DELIMITED.match(after) or _SAID.search(after))
    if told and not full[0].year and not before:
        return False  # a day of which something is said
    if not before and script.han_count(after) > _NAME_SIZE and _is_headline(after, knowledge):
        return False  # what a list of news prints beside its day
    if _names_kind(before, knowledge) or (_is_long(before) and before[-1] not in "(,\uff08\uff0c"):
        return False
    if before[-1:] in ("(", "\uff08") and full[0].day is None and script.size(before) >= _UPDATES_SIZE:
        return False  # of which month the news are
    rest = "".join(
        character for at, character in enumerate(block.text) if not any(d.start <= at < d.end for d in dates)
    )
    return script.size(rest) <= _PLACE_SIZE and all(_stands_apart(block.text, date) for date in full[:1])


def _is_dated_title(blocks: Sequence[Block], index: int, place: Layout, knowledge: Knowledge) -> bool:
    """Whether words with a date in brackets behind them stand where the title does, and nothing else could be it.

    Words as short as the name of a place give way to a title on either side of them, others to one above.
    """
    words = _DATED.fullmatch(blocks[index].text)
    first = place.first_of.get(blocks[index].lang, 0)
    if words is None or index >= first or not could_be(blocks[index]) or knowledge.names_body(words[1]):
        return False
    end = index if _is_long(words[1]) else min(index + _EDGE_LINES, first)
    return not any(
        near.lang == blocks[index].lang and could_be(near) and not knowledge.names_body(near.text)
        for near in (*blocks[max(0, index - _EDGE_LINES) : index], *blocks[index + 1 : end])
    )


def _translates_more(
    blocks: Sequence[Block], index: int, place: Layout, dated: frozenset[int], knowledge: Knowledge
) -> bool:
    """Whether words with a date above the text have a line of the other language beside them that is no dateline.

    That line has the same date and is of matching length: what translates a title is one.

    :param dated: indexes of the lines that may be datelines.
    """
    block = blocks[index]
    found = _find(block.text, _langs(block)[0], knowledge) if index < place.first_of.get(block.lang, 0) else []
    if not found or not _is_long(block.text[: found[0].start].rstrip(" ,\uff0c")):
        return False
    pairs = (blocks[other] for other in beside(blocks, index) if other not in dated)
    days = _days(block, knowledge)
    return any(could_be(pair) and of_one_length(block, pair) and days == _days(pair, knowledge) for pair in pairs)


def _days(block: Block, knowledge: Knowledge) -> set[tuple[int | None, int | None, int | None]]:
    """Year, month and day of each date of a line, as far as it says them."""
    return {(date.year, date.month, date.day) for date in _find(block.text, _langs(block)[0], knowledge)}


def _is_long(words: str) -> bool:
    """Whether words before a date are longer than the name of a place or of a person."""
    return len(words) >= _NAME_SIZE if script.han_count(words) else script.word_count(words) >= _NAME_WORDS


def _is_headline(after: str, knowledge: Knowledge) -> bool:
    """Whether Chinese words behind a date, with a blank between and no mark in them, name no institution."""
    return after[0].isspace() and not _MARK.search(plain(after)) and not knowledge.names_body(after)


def _names_kind(before: str, knowledge: Knowledge) -> bool:
    """Whether what stands before a date, in brackets or behind a small word, is the name of a kind of text: a title."""
    name, _, last = plain(before).rpartition(" ")
    if before[-1:] in ("(", "\uff08"):
        name = plain(before).rstrip("( ")
    elif last not in knowledge.english.joining_words:
        return False
    return any(kind.search(name) for kind in knowledge.kinds)


def _stands_apart(text: str, date: DateMention) -> bool:
    before, after = text[: date.start], text[date.end :]
    if not before and after and date.year and script.size(after) <= _GLUED_PLACE:
        return True
    return (not before or bool(_DELIMITER.match(before[-1]))) and (not after or bool(_DELIMITER.match(after[0])))


def _find(text: str, lang: Lang, knowledge: Knowledge) -> tuple[DateMention, ...]:
    """Dates of a text, full-width letters and figures read as ASCII; offsets stay."""
    return find_dates(text.translate(_ASCII), lang, knowledge.dates)


def _langs(block: Block) -> tuple[Lang, ...]:
    return ("zh", "en") if block.lang == "none" else (block.lang,)


def extract(blocks: Sequence[Block], knowledge: Knowledge) -> Metadata:
    """What a text says of itself; ``None`` for what it does not say."""
    zh, en = _title(blocks, "zh", knowledge), _title(blocks, "en", knowledge)
    place = layout(blocks)
    lead = next((block for block in blocks if is_running(block)), None)
    about = [_with_value(blocks, index) for index, block in enumerate(blocks) if block.role in FACT_ROLES]
    about += [block for block in blocks[: place.first] if block.role == "chrome"]
    english = [block for block in about if block.lang == "en"]
    titles = [plain(title.value) for title in (zh, en) if title]
    return Metadata(
        title_zh=zh,
        title_en=en,
        date=_date(blocks, knowledge),
        source=_value("source", about, lead, knowledge.values, titles),
        source_en=_value("source", english, None, knowledge.values),
        byline=_value("byline", about, lead, knowledge.values),
    )


def _with_value(blocks: Sequence[Block], index: int) -> Block:
    """A block, if it is a label above what fills it in together with that."""
    block = blocks[index]
    return replace(block, text=f"{block.text} {blocks[index + 1].text}") if block.reason.startswith(LABEL) else block


def _title(blocks: Iterable[Block], lang: Lang, knowledge: Knowledge) -> Fact | None:
    titles = [block for block in blocks if block.role == "title" and block.lang == lang]
    parts = [block for block in titles if is_of_title(block.reason)] or titles[:1]
    if not parts:
        return None
    gap = " " if lang == "en" else ""
    whole = gap.join(_MARKUP.sub("", block.text).strip(script.ROUND) for block in parts)
    held = HELD.fullmatch(whole)
    whole = held[1].strip() if held else whole
    named = knowledge.site_name.search(whole)
    whole = whole[: named.start()] if named and named.start() else whole
    tag = knowledge.language_tag.match(simplify(whole))
    return Fact(whole[tag.end() :] if tag and tag.end() < len(whole) else whole, tuple(block.line for block in parts))


def _value(
    fact: str, about: Sequence[Block], lead: Block | None, patterns: Sequence[Pattern], titles: Sequence[str] = ()
) -> Fact | None:
    """The first value that a pattern finds and that is not the title, which links to sources print."""
    for pattern in patterns:
        if pattern.fact != fact:
            continue
        for block in ([lead] if lead else []) if pattern.lead else about:
            if match := pattern.regex.search(plain(block.text)):
                value = _unquoted(match.group(1).strip(" ()[]:;,.|\u3010\u3011\u3002"))
                if len(value) > _LONGEST_NAME and any(title.startswith(value) for title in titles):
                    continue
                return Fact(_as_printed(value, block.text), (block.line,), note=of_rule(pattern.name))
    return None


def _unquoted(value: str) -> str:
    """A value without the straight quotes round all of it, as front matter has them."""
    return value[1:-1] if len(value) > 2 and value[0] == value[-1] and value[0] in "\"'" else value


def _as_printed(value: str, text: str) -> str:
    """The value with the characters of the line, which the plain form may have folded."""
    for start in range(len(text)):
        for end in range(start + len(value), min(start + len(value) + 4, len(text)) + 1):
            if plain(text[start:end]) == value and text[start:end].strip() == text[start:end]:
                return text[start:end]
    return value


def _date(blocks: Sequence[Block], knowledge: Knowledge) -> Fact | None:
    for group in _date_places(blocks, knowledge):
        mentions = [
            (block, date)
            for block in group
            for lang in _langs(block)
            for date in _find(block.text, lang, knowledge)
            if date.year and date.month
        ]
        if not mentions or len({(date.year, date.month, date.day) for _, date in mentions}) > _MOST_DATES:
            continue  # nothing, or a chronicle: not the date of the text
        block, date = min(mentions, key=lambda pair: not pair[1].has_time)
        return Fact(_last_day(date), (block.line,))
    return _event(blocks, knowledge) or _inferred(blocks, knowledge)


def _event(blocks: Sequence[Block], knowledge: Knowledge) -> Fact | None:
    """Day of what the first sentence reports, unless the text speaks of a later year: then it tells a history."""
    latest = max((int(year) for block in blocks for year in _YEAR.findall(block.text)), default=0)
    for block in _leads(blocks):
        for date in _find(block.text, _langs(block)[0], knowledge):
            if date.year and date.day and (date.end_year or date.year) >= latest:
                return Fact(_last_day(date), (block.line,))
    return None


def _last_day(date: DateMention) -> str:
    """A date as far as it is known; of a range its end, when what is reported was over."""
    if date.end_day:
        return iso(date.end_year or date.year or 0, date.end_month or date.month, date.end_day)
    return iso(date.year or 0, date.month, date.day)


def _date_places(blocks: Sequence[Block], knowledge: Knowledge) -> list[list[Block]]:
    """Groups of blocks in which the date of a text is looked for, the best first."""
    place = layout(blocks)
    facts = [b for b in blocks[: place.last + 1] if b.role in FACT_ROLES]
    signed, published, entered = ([b for b in facts if b.reason == said] for said in (_SIGNED, _PUBLISHED, _ENTERED))
    head = [b for b in facts if b.reason != _ENTERED and b.reason not in _OF_SOMETHING_ELSE]
    stamps = [block for block in blocks[: place.first] if block.role == "chrome"]
    preamble = [block for block in stamps if block.reason == FRONT_MATTER]
    published += [block for block in preamble if _is_dated(block, knowledge)]
    titles = [block for block in blocks if block.role == "title"]
    foot = [b for b in blocks[place.last + 1 :] if b.role == "dateline" and b.reason not in _OF_SOMETHING_ELSE]
    done = [block for block in blocks if block.reason == _DONE]
    return [signed, published, head, entered, preamble, foot, titles, done, stamps]


def _is_dated(block: Block, knowledge: Knowledge) -> bool:
    """Whether a line of front matter says by its key that it is the date of the text."""
    return by_words(replace(block, role="paragraph", sure=False), knowledge.roles).role == "dateline"


def _leads(blocks: Sequence[Block]) -> list[Block]:
    """The first running block or sentence of each language; a question or a salutation comes before it."""
    found: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if is_running(block) or (is_sentence(block) and not block.sure):
            found.setdefault(block.lang, index)
    leads = (blocks[index] for index in found.values() if not _is_point(blocks, index))
    return [replace(block, text=_first_sentence(block.text)) for block in leads]


def _is_point(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is a point of an announced list, or stands below the heading of one: it reports nothing."""
    above = block_above(blocks, index)
    headed = above is not None and (above.role == "heading" or is_item(above.text))
    return (headed or is_item(blocks[index].text)) and _is_announced(blocks, index)


def _first_sentence(text: str) -> str:
    match = re.search("[\u3002\uff01\uff1f]|(?<=[a-z]{3})[.!?] ", text)
    return text[: match.end()] if match else text


def _inferred(blocks: Sequence[Block], knowledge: Knowledge) -> Fact | None:
    """Month and day of the first paragraph with the year that the text states for the same day, or in its title."""
    leads = [
        (b, d)
        for b in _leads(blocks)
        for d in _find(b.text, _langs(b)[0], knowledge)
        if d.month and d.day and not d.year
    ]
    if not leads:
        return None
    lead, date = leads[0]
    for block in blocks:
        if block.role == "chrome" or block.lang == "none":
            continue
        for other in _find(block.text, _langs(block)[0], knowledge):
            if other.year and (other.month, other.day) == (date.month, date.day):
                note = f"the year stands in line {block.line} for the same day"
                return Fact(iso(other.year, date.month or 0, date.day), (lead.line, block.line), "inferred", note)
    return None


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """A date as far as it is known, in the form of ISO 8601.

    >>> iso(2024, 8), iso(2024, 8, 9)
    ('2024-08', '2024-08-09')
    """
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day if month else None) if part]
    return "-".join(parts)

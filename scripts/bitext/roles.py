"""Block[] → Block[]: what each line is, by its own words, by its shape, and by what it translates.

First the rules of ``data/roles.yml`` (``role_rules``): the words of a line prove its role (``sure``). Then the shape: a
short line without the end of a sentence that introduces running text is a heading. Last, after the alignment, the
counterpart: what translates a caption, a speaker, a label or a heading is one too, if its shape allows it
(:func:`agree`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise, zip_longest

from bitext import fields, letters, script
from bitext.anchors.dates import find_dates
from bitext.cuts import is_bracketed
from bitext.headings import (
    NEAR,
    NUMBERED,
    block_above,
    mark_alike,
    mark_contents,
    mark_headings,
    mark_siblings,
    mark_underlined,
    raise_levels,
)
from bitext.knowledge import Knowledge
from bitext.layout import announces, as_text, by_line, is_item, is_running, is_short, of_one_length, pieces_of_line
from bitext.marks import BOLD, HEADING_MARK
from bitext.model import FACT_ROLES, LANGS, SUBTITLE_LEVEL, Bead, Block, BlockLang, Lang, Role
from bitext.plain import plain
from bitext.reasons import MARKED, NO_LETTER, OF_FILE, SALUTATION, SECTION_LABEL, TITLE_MARK, rule
from bitext.role_rules import by_words, without_time
from bitext.rules import Rules

_SHARED: frozenset[str] = frozenset({"caption", "speaker", "label", "heading"})
_SIGNPOSTS = frozenset({"speaker", "label"})
_GLUED = re.compile(r"\s*(#{1,6})(?=[^\s#])(?!.*#)")
_GLUED_LOWER = re.compile(r"\s*##")
"""A mark of a heading without a blank behind it, as some write; one # alone may begin a topic of a social network."""
_EMPHASIS = re.compile(r"\s*(?:\*[^*].*[^*]\*|_[^_].*[^_]_)\s*")
_LABELLED = re.compile("[^:\uff1a/|]{1,8}\\s*[:\uff1a/|][A-Za-z. ]*")
_LATIN_NAME = re.compile(r"[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){1,3}(?: for(?: [A-Z][\w.'\u2019-]*| the){1,6})?")
_NAMING: frozenset[Role] = frozenset({"byline", "caption"})
_LABEL_BRACKETS = "[\u3010\uff3b"
_LABEL_SIZE = 14.0
_LABEL_BARS = frozenset(script.SEPARATORS)
_BARRED_LABEL = 4.0
_LETTER = re.compile("(?:\\d{1,2}[.\u3001] ?)?[*_]{0,2}([A-Z])\\d{0,2}[.:\uff1a]?[*_]{0,2}[:\uff1a]?")
_COLON = re.compile("[:\uff1a]")
_TURN_MARKS = ".:\uff1a"
_ANOTHER = re.compile("[;\uff1b][^;\uff1b]{0,4}$")
"""The end of an entry that is not the last one: a semicolon, perhaps with an "and"."""
_NAMED = rule("named-speaker")
_NUMBERED_HEADING = rule("numbered-heading")
_QUESTION_LINE = rule("question-line")
_ASKS, _ANSWER_NEAR = "?\uff1f", 6
_DASHES = "-\u2013\u2014\u2015"
_EDITOR = rule("editor-credit")
_BRACKETED_CREDIT = rule("bracketed-credit")
_MORE_CREDITS = "goes on with the credits above"
_CREDITS = frozenset({rule("byline"), _BRACKETED_CREDIT, _MORE_CREDITS})
_OFFICE = rule("name-and-office")
_CREDIT_FIRST = re.compile("([(\uff08][^()\uff08\uff09]{4,36}[)\uff09])\\s*(?=\\S)")
_CREDIT_LAST = re.compile("(?<=[\u3002\uff01\uff1f\u201d])\\s*([(\uff08][^()\uff08\uff09]{4,36}[)\uff09])$")
_PICTURE = rule("placeholder")
_OBJECT = rule("object-label")
_CREDIT, _GIVEN_BY = rule("picture-credit"), rule("picture-from")
_CAPTION_SIZE = 60.0
_FEWEST_OBJECTS, _MOST_LABELS = 4, 4
_FEWEST_LABELS = 3
_NAME_SIZE = 12.0
_FEWEST_SPEAKERS = 2
_CAPTION_TAG = re.compile(r"\s*<figcaption\b", re.IGNORECASE)
_COMMENTS, _FEWEST_COMMENTS = rule("comments-below"), 3
_NO_NAME = ",;:!?\uff0c\uff1b\uff1a\uff01\uff1f\u3002\u3001\u2026"
_FEWEST_FACTS = 2


def assign(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the roles that their words and shapes give them; chrome stays chrome.

    :param lines: of the source: the marks of Markdown stand outside the pieces of a line.
    """
    joined = _names_joined(_glued(blocks, lines), lines, knowledge)
    cut = (piece for block in joined for piece in _credit_apart(block, knowledge.roles))
    found = [by_words(_by_place(block, lines), knowledge.roles) for block in cut]
    raise_levels(found)
    _filled_in(found)
    _whole_lines_only(found)
    _rows(found, knowledge)
    _offices(found)
    _voices(found)
    _credits(found)
    _captions(found, lines)
    _above_credits(found)
    _glued_captions(found)
    _objects(found)
    mark_underlined(found, lines)
    _section_labels(found, lines)
    mark_headings(found, lines, knowledge)
    mark_siblings(found)
    mark_alike(found, lines, knowledge)
    _speakers(found)
    _commenters(found)
    mark_contents(found)
    letters.mark(found)
    return tuple(
        block if block.reason else replace(block, reason="text without signs of another role") for block in found
    )


def turns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with the letters marked that stand alone on their lines and take turns: Q and A above what they say.

    They may be counted and set in bold. One letter alone, where names answer, has a colon each time. A letter is of the
    language of the line below it, which it belongs to; beside a label in Chinese it is the same label in English.
    """
    letters: dict[str, list[int]] = defaultdict(list)
    for index, (block, after) in enumerate(pairwise(blocks)):
        near = after.lang != "none" and after.line <= block.line + NEAR
        letter = _LETTER.fullmatch(block.text) if near and block.lang == "none" and not block.part else None
        if letter:
            letters[letter[1]].append(index)
    marked = all(_COLON.search(blocks[index].text) for places in letters.values() for index in places)
    few = len(letters) == _FEWEST_SPEAKERS or (len(letters) == 1 and marked)
    if not few or min(map(len, letters.values())) < _FEWEST_SPEAKERS:
        return blocks
    found = list(blocks)
    for index in (index for places in letters.values() for index in places):
        reason = "letter that takes turns with another, each time above text: who speaks"
        found[index] = replace(blocks[index], lang=_of_letter(blocks, index), role="speaker", sure=True, reason=reason)
    return tuple(found)


def _of_letter(blocks: Sequence[Block], index: int) -> BlockLang:
    """Language of a letter that says who speaks: English beside a Chinese label, else that of the line below it."""
    below = blocks[index + 1]
    beside = (blocks[index - 1], below) if index else (below,)
    twice = any(one.lang == "zh" and announces(one) and abs(one.line - blocks[index].line) <= NEAR for one in beside)
    return "en" if twice else below.lang


def headed(blocks: tuple[Block, ...], headings: Sequence[tuple[int, int]]) -> tuple[Block, ...]:
    """Blocks with the role of heading on the lines that the file itself calls headings, unless they are running text.

    Files lie about it often enough (a side bar, a line made large), so that the words of a line and its neighbours may
    still say otherwise.

    :param headings: line numbers and levels, as a :class:`bitext.model.SourceText` has them.
    """
    levels = dict(headings)
    return tuple(
        replace(
            block, role="heading", reason=f"{OF_FILE}, level {levels[block.line]}", level=_on_page(block, levels)
        )
        if block.line in levels and block.role == "paragraph" and block.lang != "none" and not is_running(block)
        else block
        for block in blocks
    )


def _on_page(block: Block, levels: Mapping[int, int]) -> int:
    return 2 if levels[block.line] <= 2 else SUBTITLE_LEVEL


def _whole_lines_only(blocks: list[Block]) -> None:
    """Take back the roles of signposts from pieces of a line of text: a signpost has a line of its own."""
    roles: dict[int, set[Role]] = defaultdict(set)
    for block in blocks:
        roles[block.line].add(block.role)
    for index, block in enumerate(blocks):
        if block.part and block.role in _SIGNPOSTS and len(roles[block.line] - {"chrome"}) > 1:
            blocks[index] = as_text(block)


def _names_joined(blocks: Sequence[Block], lines: Sequence[str], knowledge: Knowledge) -> Iterator[Block]:
    """Blocks, a Chinese label and the words behind it made one block again where both together say a fact."""
    last = None
    for block, after in zip_longest(blocks, blocks[1:]):
        if last is not None and block is last:
            continue
        line = lines[block.line - 1]
        paired = after if after and block.part == 1 and after.line == block.line else None
        whole = paired and (_as_title(block, paired, line, knowledge) or _as_fact(block, paired, line, knowledge.roles))
        last = after if whole else None
        yield whole or block


def _credit_apart(block: Block, rules: Rules) -> Iterator[Block]:
    """A block, in two if it is running text and begins or ends with the name of a reporter in brackets."""
    alone = block.lang == "zh" and not (block.part or block.sure or block.joined or block.wrapped) and is_running(block)
    credit = (_CREDIT_FIRST.match(block.text) or _CREDIT_LAST.search(block.text)) if alone else None
    said = by_words(replace(block, text=credit[1]), rules).reason if credit else ""
    labelled = said == _EDITOR and credit and ":" in plain(credit[1])
    if credit is None or not (said == _BRACKETED_CREDIT or labelled):
        yield block
        return
    spans = [credit.span(1), (credit.end(), len(block.text)) if not credit.start() else (0, credit.start())]
    for part, (start, end) in enumerate(sorted(spans), start=1):
        at = block.start
        yield replace(block, part=part, start=at + start, end=at + end, text=block.text[start:end])


def _as_title(label: Block, title: Block, line: str, knowledge: Knowledge) -> Block | None:
    """The block of a title and the label before it on its line; ``None`` if the first piece is no such label."""
    if label.text[-1] not in ":\uff1a" or not knowledge.language_tag.fullmatch(label.text):
        return None
    return replace(title, part=label.part, start=label.start, text=line[label.start : title.end])


def _as_fact(label: Block, name: Block, line: str, rules: Rules) -> Block | None:
    """The block of a line of two pieces that together are a date, a source or an author; ``None`` if they are not."""
    if (label.lang, name.lang) != ("zh", "en") or line[name.end :].strip():
        return None
    barred = line[label.end : name.start].strip() in _LABEL_BARS and script.size(label.text) <= _BARRED_LABEL
    if label.sure or name.role != "paragraph" or not is_short(name):
        return None
    if not (barred or _LABELLED.fullmatch(label.text)):
        return None
    both = replace(label, part=0, end=name.end, text=line[label.start : name.end])
    whole = by_words(both, rules)
    return whole if whole.role in FACT_ROLES or whole.reason == _EDITOR else None


def _by_place(block: Block, lines: Sequence[str]) -> Block:
    """A piece with the role that the marks of its line give all of them: those of Markdown, or brackets round it."""
    if not block.part or block.role == "chrome":
        return block
    mark, bracketed = _of_marks(lines[block.line - 1])
    if mark and not block.text.strip("# "):  # the watermark of a site is all that it heads
        return replace(block, role="chrome", sure=True, reason=NO_LETTER)
    if mark:
        return _headed_by(block, mark)
    return replace(block, role="label", sure=True, reason="in brackets, in both languages") if bracketed else block


@lru_cache(maxsize=2)
def _of_marks(line: str) -> tuple[re.Match[str] | None, bool]:
    """The mark of Markdown before a line, and whether brackets hold all of it as a label: each of its pieces asks."""
    line = line.strip()
    held = line[0] in _LABEL_BRACKETS and is_bracketed(line, 0, len(line)) and script.size(line) <= _LABEL_SIZE
    return HEADING_MARK.match(line), held


def _glued(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks with those marked as headings, their marks cut off, that marks of Markdown stand before without a blank.

    :param lines: of the source; one of them begins with several such marks, which nothing but a heading does.
    """
    marks = {
        block.line: mark
        for block in blocks
        if block.role == "paragraph" and not block.sure and not is_running(block)
        if (mark := _GLUED.match(lines[block.line - 1]))
    }
    if not any(_GLUED_LOWER.match(mark.group()) for mark in marks.values()):
        return blocks
    return tuple(
        _headed_by(block, mark) if (mark := marks.get(block.line)) and block.role == "paragraph" else block
        for block in blocks
    )


def _headed_by(block: Block, mark: re.Match[str]) -> Block:
    """A piece of a line as a heading, without the mark before it.

    :param mark: of Markdown, at the beginning of the line; its first group holds its signs.
    """
    cut = max(mark.end() - block.start, 0)
    level = 2 if len(mark[1]) <= 2 else SUBTITLE_LEVEL
    reason = TITLE_MARK if len(mark[1]) == 1 else MARKED
    start, text = block.start + cut, block.text[cut:]
    return replace(block, start=start, text=text, role="heading", level=level, sure=True, reason=reason)


def _filled_in(blocks: list[Block]) -> None:
    """Take back what words say of the value of a field: that of a field named chair is no salutation."""
    for line in by_line(blocks):
        labelled = next((i for i in line[1:-1] if blocks[i].text[-1] in ":\uff1a"), line.stop)
        if len(line) == 2 * len(LANGS) and labelled == line[1]:
            for index in line[2:]:
                if blocks[index].role != "chrome":
                    blocks[index] = replace(as_text(blocks[index]), level=0)


def _rows(blocks: list[Block], knowledge: Knowledge) -> None:
    """Give rows of facts, parted by bars or wide blanks, the role of the first: author | place | date."""
    for index, block in enumerate(blocks):
        if block.role != "paragraph" or block.sure or block.part or block.wrapped or block.lang == "none":
            continue
        parts = [replace(block, text=part) for part in fields.parts(block.text)]
        facts = [part for part in (by_words(part, knowledge.roles) for part in parts) if _says_fact(part, knowledge)]
        named = [part.role for part in facts if part.role in FACT_ROLES]
        form = all(fields.is_field(part.text) for part in parts)
        if named and (form or len(facts) >= _FEWEST_FACTS):
            blocks[index] = replace(block, role=named[0], sure=True, reason="a row of facts about the text")


def _says_fact(part: Block, knowledge: Knowledge) -> bool:
    """Whether a part of a row has the role of a fact, says who took the pictures, or states a month of a year."""
    lang: Lang = "zh" if part.lang == "zh" else "en"
    dates = () if part.role in FACT_ROLES else find_dates(part.text, lang, knowledge.dates)
    return part.role in (*FACT_ROLES, "caption") or any(date.year and date.month for date in dates)


def _offices(blocks: list[Block]) -> None:
    """Take back roles that the lines below belie.

    A name and office inside the text, above words of that person, is no author; a line above a list is no speaker.
    """
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if block.reason == _OFFICE and block.lang in seen and _speaks(blocks, index):
            blocks[index] = as_text(block)
        elif _might_announce(block) and _announces_list(blocks, index):
            blocks[index] = replace(block, role="paragraph", level=0, sure=True, reason="announces a list")
        elif block.reason == _NUMBERED_HEADING and _goes_on_with_list(blocks, index):
            blocks[index] = replace(block, role="paragraph", level=0, sure=True, reason="the last entry of a list")
        elif block.reason == _NUMBERED_HEADING and block.text[-1] in _ASKS and _is_answered(blocks, index):
            blocks[index] = replace(block, role="paragraph", level=0, sure=True, reason="a question, answered below")
        elif is_running(block):
            seen.add(block.lang)


def _voices(blocks: list[Block]) -> None:
    """Take back the names before a colon where nobody is known to speak: they may be anything that announces text.

    Somebody speaks if an office or a question says so, if one of several names comes again, or if the text begins with
    a name in both languages and has several in each.
    """
    _addressed_again(blocks)
    voices: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.role == "speaker" and _speaks(blocks, index):
            voices[block.lang, without_time(plain(block.text))].append(index)
    known = any(blocks[index].reason != _NAMED for places in voices.values() for index in places)
    many = {lang for lang, names in Counter(lang for lang, _ in voices).items() if names >= _FEWEST_SPEAKERS}
    again = any(lang in many and len(places) > 1 for (lang, _), places in voices.items())
    someone = known or again or (many.issuperset(LANGS) and _begins_with_names(blocks, voices))
    for index, block in enumerate(blocks):
        if block.reason == _NAMED and not (someone and (block.lang, without_time(plain(block.text))) in voices):
            blocks[index] = as_text(block)


def _addressed_again(blocks: list[Block]) -> None:
    """Make what looks like a salutation, with its colon, a name if it comes again above text where others speak too.

    A letter greets its reader once; a Mr. Li who is interviewed has the same words before each of his answers.
    """
    greeted: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.reason == SALUTATION and block.text[-1] in ":\uff1a" and _speaks(blocks, index):
            greeted[plain(block.text)].append(index)
    again = [index for places in greeted.values() if len(places) > 1 for index in places]
    if again and any(block.role == "speaker" and _speaks(blocks, index) for index, block in enumerate(blocks)):
        for index in again:
            blocks[index] = replace(blocks[index], role="speaker", reason=_NAMED)


def _begins_with_names(blocks: Sequence[Block], voices: Mapping[tuple[str, str], Sequence[int]]) -> bool:
    """Whether nothing is said above the first names, and the English ones consist of two to four words with capitals.

    :param voices: indexes of the lines that may say who speaks, by language and words.
    """
    first = min(index for places in voices.values() for index in places)
    formed = all(_LATIN_NAME.fullmatch(words.rstrip(_TURN_MARKS)) for lang, words in voices if lang == "en")
    return formed and not any(map(is_running, blocks[:first]))


def _goes_on_with_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line of the same language above a numbered one is an entry that says that another follows."""
    above = block_above(blocks, index)
    return above is not None and is_item(above.text) and _ANOTHER.search(above.text) is not None


def _credits(blocks: list[Block]) -> None:
    """Make the credit of an editor that goes on with that of an author or translator, line by line, a part of it."""
    above = last = None
    for index, block in enumerate(blocks):
        above = last if last and last.line < block.line else above
        if block.reason == _EDITOR and above and above.line == block.line - 1 and above.reason in _CREDITS:
            blocks[index] = replace(block, role="byline", reason=_MORE_CREDITS)
        elif last and last.line == block.line and last.role in _NAMING and _LATIN_NAME.fullmatch(block.text):
            reason = f"the name that belongs to the {last.role} on its line"
            blocks[index] = replace(block, role=last.role, sure=True, reason=reason)
        last = blocks[index]


def _might_announce(block: Block) -> bool:
    return block.reason == _NAMED or (block.reason == _NUMBERED_HEADING and block.text[-1:] in ":\uff1a")


def _announces_list(blocks: Sequence[Block], index: int) -> bool:
    below = (b for b in blocks[index + 1 : index + 4] if b.lang == blocks[index].lang)
    after = next(below, None)
    return after is not None and (is_item(after.text) or after.text[:1] in _DASHES)


def _captions(blocks: list[Block], lines: Sequence[str]) -> None:
    """Mark the line of emphasis that Markdown has under a picture, and what HTML calls a caption."""
    pictures = {block.line for block in blocks if block.reason == _PICTURE}
    for index, block in enumerate(blocks):
        near = pictures & {block.line - 1, block.line - 2}
        if block.role != "paragraph" or block.sure:
            continue
        if near and _EMPHASIS.fullmatch(lines[block.line - 1]):
            blocks[index] = replace(block, role="caption", sure=True, reason="emphasis under a picture")
        elif _CAPTION_TAG.match(lines[block.line - 1]):
            blocks[index] = replace(block, role="caption", sure=True, reason="HTML calls it a caption")


def _above_credits(blocks: list[Block]) -> None:
    """Mark what stands right above the credit of a picture, apart from the text: what is seen, once a language."""
    lines = list(by_line(blocks))
    number = [blocks[line.start].line for line in lines]
    for at, line in enumerate(lines):
        credit = blocks[line.start]
        if credit.reason != _CREDIT or not is_short(credit):
            continue
        first = at
        while first and number[first - 1] == number[first] - 1 and at - first <= len(LANGS):
            first -= 1
        above = [block for other in lines[first:at] for block in blocks[other.start : other.stop]]
        apart = first and at + 1 < len(lines) and number[at + 1] > number[at] + 1
        langs = [block.lang for block in above]
        if apart and len(langs) == len(set(langs)) and all(map(_may_tell_picture, above)):
            for index in range(lines[first].start, line.start):
                reason = f"above the credit of a picture in line {credit.line}"
                blocks[index] = replace(blocks[index], role="caption", level=0, sure=True, reason=reason)


def _glued_captions(blocks: list[Block]) -> None:
    """Mark the rest of a line of two languages of which a piece is proven to tell what is on a picture."""
    for line in by_line(blocks):
        proven = [i for i in line if blocks[i].sure and (blocks[i].role == "caption" or blocks[i].reason == _GIVEN_BY)]
        if not proven or len({blocks[index].lang for index in line}) != len(LANGS) or len(line) > len(LANGS) + 1:
            continue
        for index in line:
            if _may_tell_picture(blocks[index]):
                reason = "on a line that tells what is on a picture"
                blocks[index] = replace(blocks[index], role="caption", level=0, sure=True, reason=reason)


def _may_tell_picture(block: Block) -> bool:
    """Whether a line could be the words under a picture: not long, and nothing else by its words."""
    loose = block.role in ("paragraph", "heading") and not block.sure and block.lang != "none"
    return loose and script.size(block.text) <= _CAPTION_SIZE


def _objects(blocks: list[Block]) -> None:
    """Mark what stands right above the labels of objects on show, where there are several: names, then more labels."""
    labels = [index for index, block in enumerate(blocks) if block.reason == _OBJECT]
    for index in labels if len(labels) >= _FEWEST_OBJECTS else ():
        above = index
        while above > max(0, index - _MOST_LABELS) and _is_right_above(blocks[above - 1], blocks[above]):
            above -= 1
        for at in range(above, index):
            role: Role = "heading" if at == above else "caption"
            level = SUBTITLE_LEVEL if at == above else 0
            reason = "names an object on show" if at == above else "a label of an object on show"
            blocks[at] = replace(blocks[at], role=role, level=level, sure=True, reason=reason)


def _section_labels(blocks: list[Block], lines: Sequence[str]) -> None:
    """Mark the lines all in bold that come again, in each section once: they name what of it stands below them."""
    section, places = 0, defaultdict[str, list[tuple[int, int]]](list)
    for index, block in enumerate(blocks):
        line = lines[block.line - 1]
        section += line.startswith("#")
        if not block.sure and not block.part and block.role in ("paragraph", "heading") and BOLD.fullmatch(line):
            places[plain(block.text)].append((section, index))
    again = [found for found in places.values() if 1 < len(found) == len({section for section, _ in found})]
    for index in (index for found in again for _, index in found) if len(again) >= _FEWEST_LABELS else ():
        blocks[index] = replace(blocks[index], role="label", level=0, sure=True, reason=SECTION_LABEL)


def _is_right_above(block: Block, below: Block) -> bool:
    """Whether a short line of which no words prove what it is stands right above another of its language."""
    loose = block.role in ("paragraph", "heading") and not block.sure and not block.part
    return loose and is_short(block) and block.lang == below.lang and block.line == below.line - 1


def _speakers(blocks: list[Block]) -> None:
    """Mark names of people who speak by turns: short lines that come again, each time above text of their language."""
    turns: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if _could_be_name(block) and _speaks(blocks, index):
            turns[without_time(plain(block.text))].append(index)
    names = [places for places in turns.values() if len(places) > 1]
    sure = any(block.role == "speaker" for block in blocks)
    if len(names) + sure < _FEWEST_SPEAKERS:
        return
    both = {blocks[index].line for places in names for index in places if blocks[index].part}
    if len(both) >= _FEWEST_SPEAKERS:  # names in both languages, each pair on its line: those that come once too
        once = (i for i, block in enumerate(blocks) if block.part and block.line not in both and _could_be_name(block))
        names += [[i] for i in once if _speaks(blocks, i) and _is_slashed(blocks, i)]
    names += [asking for lang in LANGS if (asking := _asking(blocks, turns, lang))]
    for index in (index for places in names for index in places):
        reason = "short line that comes again, each time above text: who speaks"
        blocks[index] = replace(blocks[index], role="speaker", level=0, sure=True, reason=reason)


def _asking(blocks: Sequence[Block], turns: Mapping[str, Sequence[int]], lang: Lang) -> list[int]:
    """Indexes of the names that come once in a language, each before one that comes again: journalists at a briefing.

    :param turns: indexes of the lines that may be names, by their words.
    """
    row = sorted((i, len(places) > 1) for places in turns.values() for i in places if blocks[i].lang == lang)
    once = [(index, answered) for (index, again), (_, answered) in pairwise(row) if not again]
    asked = len(once) >= _FEWEST_SPEAKERS and all(answered for _, answered in once)
    return [index for index, _ in once] if asked and row[-1][1] else []


def _commenters(blocks: list[Block]) -> None:
    """Mark the names of those who say something below a line that announces comments: each above text and translation.

    What is between two names is text, however short.
    """
    opening = next((index for index, block in enumerate(blocks) if block.reason == _COMMENTS), len(blocks))
    rest = [index for index in range(opening + 1, len(blocks)) if blocks[index].role != "chrome"]
    names: dict[int, BlockLang] = {}
    said: list[int] = []
    while len(rest) > len(names) + len(said) + 1:
        at = len(names) + len(said)
        first, second, *more = (blocks[index] for index in rest[at : at + 1 + len(LANGS)])
        if more and {second.lang, more[0].lang} == set(LANGS) and _could_be_commenter(first, second):
            names[rest[at]] = second.lang
            said += rest[at + 1 : at + 1 + len(LANGS)]
        elif {first.lang, second.lang} == set(LANGS):
            said += rest[at : at + len(LANGS)]
        else:
            break
    if len(names) < _FEWEST_COMMENTS:
        return
    for index, lang in names.items():
        reason = f"a name above a comment, as line {blocks[opening].line} announces them"
        blocks[index] = replace(blocks[index], lang=lang, role="speaker", level=0, sure=True, reason=reason)
    for index in said:
        if blocks[index].role == "heading" and not blocks[index].sure:
            blocks[index] = replace(as_text(blocks[index]), level=0)


def _could_be_commenter(block: Block, below: Block) -> bool:
    """Whether a line may be the name of who says what stands below it, in its language."""
    loose = block.role in ("paragraph", "heading") and not block.sure and not block.part
    if not loose or block.lang not in ("none", below.lang):
        return False
    return script.size(block.text) <= _NAME_SIZE and block.text[-1] not in _NO_NAME and not is_item(block.text)


def _is_slashed(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line holds a piece and one other, both of which could be names."""
    line = pieces_of_line(blocks, index)
    return len(line) == len(LANGS) and all(map(_could_be_name, line))


def _could_be_name(block: Block) -> bool:
    if block.sure or block.part > len(LANGS) or block.role not in ("paragraph", "heading") or block.lang == "none":
        return False
    name = without_time(block.text)
    return 0 < script.size(name) <= _NAME_SIZE and is_short(block) and not is_item(name)


def _is_answered(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next line of a language begins by saying that it answers."""
    below = (b for b in blocks[index + 1 : index + _ANSWER_NEAR] if b.lang == blocks[index].lang and b.role != "chrome")
    return any(block.reason == _QUESTION_LINE for block in islice(below, 1))


def _speaks(blocks: Sequence[Block], index: int) -> bool:
    far = 2 + blocks[index].part
    after = next((b for b in blocks[index + 1 : index + 1 + far] if b.lang == blocks[index].lang), None)
    return after is not None and after.role == "paragraph" and script.ends_sentence(after.text)


def may_share(block: Block, other: Block) -> bool:
    """Whether a block may have the role of a block of the other language, by its length and its end."""
    if not of_one_length(block, other):
        return False
    if other.role == "caption":
        return True
    if other.role == "heading" and NUMBERED.match(block.text):
        return True
    if other.role == "heading" and block.text[-1:] in ":\uff1a" and other.text[-1:] not in ":\uff1a":
        return False
    return not script.ends_sentence(block.text) or script.ends_sentence(other.text)


def agree(blocks: tuple[Block, ...], beads: tuple[Bead, ...]) -> tuple[Block, ...]:
    """Blocks in one bead agree on their role: the side whose words prove it lends it to the other.

    :param beads: of the blocks.
    """
    lent: dict[str, Block] = {}
    for bead in beads:
        if len(bead.zh) == len(bead.en) == 1:
            for mine, other in ((bead.zh[0], bead.en[0]), (bead.en[0], bead.zh[0])):
                if _lends(other, mine):
                    reason = f"translation of the {other.role} in line {other.line}"
                    lent[mine.id] = replace(mine, role=other.role, level=other.level, reason=reason)
    return tuple(lent.get(block.id, block) for block in blocks)


def _lends(other: Block, mine: Block) -> bool:
    if mine.sure or mine.role not in ("paragraph", "heading") or mine.role == other.role:
        return False
    if other.reason == SALUTATION:
        return mine.role == "heading" and may_share(mine, other)
    if other.role == "heading" and not other.sure:
        return mine.role == "paragraph" and is_short(mine) and may_share(mine, other)
    return other.sure and other.role in _SHARED and may_share(mine, other)

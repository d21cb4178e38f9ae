"""Block[] → Block[]: what each line is, by its own words, by its shape, and by what it translates.

First the rules of ``data/roles.yml``: the words of a line prove its role (``sure``). Then the shape: a short line
without the end of a sentence that introduces running text is a heading. Last, after the alignment, the counterpart:
what translates a caption, a speaker, a label or a heading is one too, if its shape allows it (:func:`agree`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, zip_longest

from bitext import fields, script
from bitext.anchors.dates import find_dates
from bitext.knowledge import English, Knowledge, Rules, seams
from bitext.layout import by_line, is_item, is_running, is_sentence, is_short, is_underlined, pieces_of_line
from bitext.model import FACT_ROLES, LANGS, Bead, Block, Lang, Role
from bitext.plain import plain
from bitext.segment import is_bracketed, is_row

_SHARED: frozenset[str] = frozenset({"caption", "speaker", "label", "heading"})
_SIGNPOSTS = frozenset({"speaker", "label"})
_HEADING_SIZE = 28.0
_SUBTITLE_LEVEL = 3
_NO_HEADING = re.compile(
    "[\u3002\uff1b;@=\uff1d]|://|[ \u3000]{4,}\\d|[a-z]{3}[.!?] [A-Z]|(?<!\\d)\\d{1,2}[:\uff1a][0-5]\\d(?!\\d)"
)
"""A sentence or more, an address, an equation, figures far to the right, or a time as in the row of a timetable."""
_BOLD = re.compile(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__)\s*")
_LONGEST_BOLD = 40.0
MARKED = "heading mark of Markdown"
CONTENTS = "entry of the contents"
TITLE_MARK = "heading mark of Markdown, of the first level"
_MARKS = frozenset({MARKED, TITLE_MARK, "rule markdown-heading"})
_BULLETS = "\u2022\u203b\u2605\u2606\u25c6\u25cf\u25cb\u25a0\u25a1\u00b7*- "
_BULLET = re.compile("\\s*([\u2022\u203b\u2605\u2606\u25c6\u25cf\u25a0\u25aa\u25ba\u00b7*-])\\s*[^\\s*-]")
_BARE, _QUESTION, _BOTH = "#", "?", "/"
_COUNT = re.compile("\\s*[(\uff08]?([A-Za-z]|\\d{1,2})([.)\u3001\uff0e\uff09])(?!\\d)")
_NUMBERED = re.compile(r"^\(?\d{1,2}\s*[.)\u3001\uff0e\uff09]\s*\S")
_MARKDOWN = re.compile(r"^(#{1,6})\s+")
_EMPHASIS = re.compile(r"\s*(?:\*[^*].*[^*]\*|_[^_].*[^_]_)\s*")
_LABELLED = re.compile("[^:\uff1a/|]{1,8}\\s*[:\uff1a/|][A-Za-z. ]*")
_CHINESE_LABEL = re.compile(rf"\W*[{script.HAN}]{{1,8}} *[:\uff1a/|\uff5c]")
_FIELD = re.compile("[^\\d:\uff1a]{2,24}[:\uff1a]\\s*\\S.*")
"""The label of a form and what is filled in."""
_LIST_MARKS = " \t*_-0123456789.)"
_EMPHASIS_END = "*_ "
_FIGURES = re.compile(r"\d{4}[ -]?\d{3}")
_LONGEST_LIST = 16
_NEAR = 2
_TIME = re.compile(r"\s*\d{1,2}[:\uff1a]\d\d")
_SPACED_NAME = re.compile(rf"(?<![^\s:/(])([{script.HAN}])\s{{1,2}}([{script.HAN}])(?![^\s)])")
"""A name of two characters, set apart to be as long as one of three."""
_LATIN_NAME = re.compile(r"[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){1,3}(?: for(?: [A-Z][\w.'\u2019-]*| the){1,6})?")
_NAMING: frozenset[Role] = frozenset({"byline", "caption"})
_LABEL_BRACKETS = "[\u3010\uff3b"
_LABEL_SIZE = 14.0
_LABEL_BARS = frozenset(script.SEPARATORS)
_BARRED_LABEL = 4.0
_LETTER = re.compile("[A-Z][.:\uff1a]?")
_TURN_MARKS = ".:\uff1a"
_PICTOGRAMS = re.compile("^[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d\\s]+")
_ANOTHER = re.compile("[;\uff1b][^;\uff1b]{0,4}$")
"""The end of an entry that is not the last one: a semicolon, perhaps with an "and"."""
_CHAPTER = "rule chapter"
_BARE_CHAPTER = 5.0
_NAMED = "rule named-speaker"
SALUTATION = "rule salutation"
_NUMBERED_HEADING = "rule numbered-heading"
_DASHES = "-\u2013\u2014\u2015"
_EDITOR = "rule editor-credit"
_CREDITS = frozenset({"rule byline", "goes on with the credits above"})
_OFFICE = "rule name-and-office"
_PICTURE = "rule placeholder"
_NAME_SIZE = 12.0
_FEWEST_SPEAKERS = 2
_ANNOUNCES = "\u2014-:;\uff1a\uff1b"
_BRACKETED = re.compile(r"[(\uff08\[\u3010].*[)\uff09\]\u3011]")
_FEWEST_ITEMS = 2
_FEWEST_FACTS = 2


def assign(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the roles that their words and shapes give them; chrome stays chrome.

    :param lines: of the source: the marks of Markdown stand outside the pieces of a line.
    """
    joined = _names_joined(blocks, lines, knowledge)
    found = [by_words(_by_place(block, lines), knowledge.roles) for block in joined]
    _raised(found)
    _filled_in(found)
    _whole_lines_only(found)
    _rows(found, knowledge)
    _offices(found)
    _credits(found)
    _captions(found, lines)
    _underlined(found, lines)
    _headings(found, lines, knowledge)
    _siblings(found)
    _speakers(found)
    _contents(found)
    return tuple(
        block if block.reason else replace(block, reason="text without signs of another role") for block in found
    )


def turns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with the letters marked that stand alone on their lines and take turns: Q and A above what they say.

    A letter is of the language of the line below it, which it belongs to.
    """
    letters: dict[str, list[int]] = defaultdict(list)
    for index, (block, after) in enumerate(pairwise(blocks)):
        near = after.lang != "none" and after.line <= block.line + _NEAR
        if near and not block.part and _LETTER.fullmatch(block.text):
            letters[block.text.rstrip(_TURN_MARKS)].append(index)
    if len(letters) != _FEWEST_SPEAKERS or min(map(len, letters.values())) < _FEWEST_SPEAKERS:
        return blocks
    found = list(blocks)
    for index in (index for places in letters.values() for index in places):
        reason = "letter that takes turns with another, each time above text: who speaks"
        found[index] = replace(blocks[index], lang=blocks[index + 1].lang, role="speaker", sure=True, reason=reason)
    return tuple(found)


def headed(blocks: tuple[Block, ...], headings: Sequence[tuple[int, int]]) -> tuple[Block, ...]:
    """Blocks with the role of heading on the lines that the file itself calls headings, unless they are running text.

    Files lie about it often enough (a side bar, a line made large), so that the words of a line and its neighbours may
    still say otherwise.

    :param headings: line numbers and levels, as a :class:`bitext.model.SourceText` has them.
    """
    levels = dict(headings)
    return tuple(
        replace(
            block, role="heading", reason=f"heading {levels[block.line]} of the file", level=_on_page(block, levels)
        )
        if block.line in levels and block.role == "paragraph" and block.lang != "none" and not is_running(block)
        else block
        for block in blocks
    )


def _on_page(block: Block, levels: Mapping[int, int]) -> int:
    return 2 if levels[block.line] <= 2 else _SUBTITLE_LEVEL


def _whole_lines_only(blocks: list[Block]) -> None:
    """Take back the roles of signposts from pieces of a line of text: a signpost has a line of its own."""
    roles: dict[int, set[Role]] = defaultdict(set)
    for block in blocks:
        roles[block.line].add(block.role)
    for index, block in enumerate(blocks):
        if block.part and block.role in _SIGNPOSTS and len(roles[block.line] - {"chrome"}) > 1:
            blocks[index] = replace(block, role="paragraph", sure=False, reason="")


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
    line = lines[block.line - 1].strip()
    if match := _MARKDOWN.match(line):
        level = 2 if len(match.group(1)) <= 2 else _SUBTITLE_LEVEL
        reason = TITLE_MARK if len(match.group(1)) == 1 else MARKED
        return replace(block, role="heading", sure=True, reason=reason, level=level)
    if line[0] in _LABEL_BRACKETS and is_bracketed(line, 0, len(line)) and script.size(line) <= _LABEL_SIZE:
        return replace(block, role="label", sure=True, reason="in brackets, in both languages")
    return block


def _raised(blocks: list[Block]) -> None:
    """Raise the headings that Markdown marks to the second level where all of them are deeper: the first is the title.

    A page that was cut out of another has no heading of a higher level.
    """
    marked = [index for index, block in enumerate(blocks) if block.reason in _MARKS]
    if all(blocks[index].level == _SUBTITLE_LEVEL for index in marked):
        for index in marked:
            blocks[index] = replace(blocks[index], level=_SUBTITLE_LEVEL - 1)


def _filled_in(blocks: list[Block]) -> None:
    """Take back what words say of the value of a field: that of a field named chair is no salutation."""
    for line in by_line(blocks):
        labelled = next((i for i in line[1:-1] if blocks[i].text[-1] in ":\uff1a"), line.stop)
        if len(line) == 2 * len(LANGS) and labelled == line[1]:
            for index in line[2:]:
                if blocks[index].role != "chrome":
                    blocks[index] = replace(blocks[index], role="paragraph", level=0, sure=False, reason="")


def by_words(block: Block, rules: Rules) -> Block:
    """The block with the role of the first rule that fits, if any."""
    if block.role == "chrome" or block.lang == "none" or block.sure:
        return block
    text, length = plain(block.text).lstrip(_BULLETS).rstrip(_EMPHASIS_END), script.size(block.text)
    text = _SPACED_NAME.sub(r"\1\2", _PICTOGRAMS.sub("", text))
    for rule in rules.possible(text, "", length):
        if rule.describes(text, "") and not (rule.role == "heading" and block.wrapped):
            said = of_label(block) if rule.role in FACT_ROLES else block
            return replace(said, role=rule.role, sure=True, reason=f"rule {rule.name}", level=_level(block, rule.role))
    return _as_field(block, rules)


def of_label(block: Block) -> Block:
    """A fact in the language of its label: Chinese, if only the name behind it is in Latin letters."""
    chinese = block.lang == "en" and not block.part and _CHINESE_LABEL.match(block.text)
    return replace(block, lang="zh") if chinese else block


def _as_field(block: Block, rules: Rules) -> Block:
    """The block with the role of a fact, if a rule for such lines describes it when its label is printed as usual."""
    for text in fields.forms(block.text):
        for rule in rules.possible(text, "", script.size(text)):
            if rule.role in FACT_ROLES and rule.describes(text, ""):
                return replace(of_label(block), role=rule.role, sure=True, reason=f"rule {rule.name}")
    return block


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


def _level(block: Block, role: Role) -> int:
    """Level of a heading on the page: 2, or 3 for the deeper marks of Markdown and for bracketed numbers."""
    if role != "heading":
        return 0
    if match := _MARKDOWN.match(block.text):
        return 2 if len(match.group(1)) <= 2 else _SUBTITLE_LEVEL
    return _SUBTITLE_LEVEL if block.text[:1] in "(\uff08" else 2


def _offices(blocks: list[Block]) -> None:
    """Take back roles that the lines below belie.

    A name and office inside the text, above words of that person, is no author; a line above a list, or above the text
    and without words that follow, is no speaker.
    """
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if block.reason == _OFFICE and block.lang in seen and _speaks(blocks, index):
            blocks[index] = replace(block, role="paragraph", sure=False, reason="")
        elif _might_announce(block) and _announces_list(blocks, index):
            blocks[index] = replace(block, role="paragraph", level=0, sure=True, reason="announces a list")
        elif (
            block.reason == _NAMED
            and not _speaks(blocks, index)
            and (block.lang not in seen or _stands_above_short_lines(blocks, index))
        ):
            blocks[index] = replace(block, role="paragraph", sure=False, reason="")
        elif block.reason == _NUMBERED_HEADING and _goes_on_with_list(blocks, index):
            blocks[index] = replace(block, role="paragraph", level=0, sure=True, reason="the last entry of a list")
        elif is_running(block):
            seen.add(block.lang)


def _stands_above_short_lines(blocks: Sequence[Block], index: int) -> bool:
    """Whether two short lines of the same language follow a line: a list that it announces, no words of a speaker."""
    below = [b for b in blocks[index + 1 : index + 6] if b.lang == blocks[index].lang and b.role != "chrome"]
    return len(below) > 1 and all(b.role == "paragraph" and is_short(b) for b in below[:2])


def _goes_on_with_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line of the same language above a numbered one is an entry that says that another follows."""
    above = _above(blocks, index)
    return above is not None and is_item(above.text) and _ANOTHER.search(above.text) is not None


def _credits(blocks: list[Block]) -> None:
    """Make the credit of an editor that goes on with that of an author or translator, line by line, a part of it."""
    above = last = None
    for index, block in enumerate(blocks):
        above = last if last and last.line < block.line else above
        if block.reason == _EDITOR and above and above.line == block.line - 1 and above.reason in _CREDITS:
            blocks[index] = replace(block, role="byline", reason="goes on with the credits above")
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
    """Mark the line of emphasis that Markdown has under a picture."""
    pictures = {block.line for block in blocks if block.reason == _PICTURE}
    for index, block in enumerate(blocks):
        near = pictures & {block.line - 1, block.line - 2}
        if near and block.role == "paragraph" and not block.sure and _EMPHASIS.fullmatch(lines[block.line - 1]):
            blocks[index] = replace(block, role="caption", sure=True, reason="emphasis under a picture")


def _speakers(blocks: list[Block]) -> None:
    """Mark names of people who speak by turns: short lines that come again, each time above text of their language."""
    turns: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if _could_be_name(block) and _speaks(blocks, index):
            turns[plain(block.text)].append(index)
    names = [places for places in turns.values() if len(places) > 1]
    sure = any(block.role == "speaker" for block in blocks)
    if len(names) + sure < _FEWEST_SPEAKERS:
        return
    both = {blocks[index].line for places in names for index in places if blocks[index].part}
    if len(both) >= _FEWEST_SPEAKERS:  # names in both languages, each pair on its line: those that come once too
        once = (i for i, block in enumerate(blocks) if block.part and block.line not in both and _could_be_name(block))
        names += [[i] for i in once if _speaks(blocks, i) and _is_slashed(blocks, i)]
    for index in (index for places in names for index in places):
        reason = "short line that comes again, each time above text: who speaks"
        blocks[index] = replace(blocks[index], role="speaker", level=0, sure=True, reason=reason)


def _is_slashed(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line holds a piece and one other, both of which could be names."""
    line = pieces_of_line(blocks, index)
    return len(line) == len(LANGS) and all(map(_could_be_name, line))


def _could_be_name(block: Block) -> bool:
    if block.sure or block.part > len(LANGS) or block.role not in ("paragraph", "heading") or block.lang == "none":
        return False
    return script.size(block.text) <= _NAME_SIZE and is_short(block) and not is_item(block.text)


def _speaks(blocks: Sequence[Block], index: int) -> bool:
    far = 2 + blocks[index].part
    after = next((b for b in blocks[index + 1 : index + 1 + far] if b.lang == blocks[index].lang), None)
    return after is not None and after.role == "paragraph" and script.ends_sentence(after.text)


def _siblings(blocks: list[Block]) -> None:
    """Give the role of heading to short lines that count on from headings: with the same word and a number."""
    kinds = [
        (_counted(block) or _entry_above_text(blocks, index) or _entry_of_both(blocks, index), block)
        for index, block in enumerate(blocks)
    ]
    known: dict[str, list[Block]] = defaultdict(list)
    for kind, block in kinds:
        if kind and block.role == "heading":
            known[kind].append(block)
    for index, (kind, block) in enumerate(kinds):
        enough = 1 if kind.endswith(_BARE) else 2
        shaped = is_short(block) or kind.endswith(_QUESTION)
        if kind and len(known[kind]) >= enough and block.role == "paragraph" and not block.sure and shaped:
            reason = f"counts on from the heading in line {known[kind][0].line}"
            blocks[index] = replace(block, role="heading", level=known[kind][0].level, reason=reason)


def _entry_above_text(blocks: Sequence[Block], index: int) -> str:
    """The language of a short line or a question with a bare number above a sentence; empty for other lines."""
    block = blocks[index]
    if not _NUMBERED.match(block.text) or block.text[-1] in ":\uff1a":
        return ""
    asks = block.text[-1] in "?\uff1f"
    if not (script.size(block.text) <= _LONGEST_BOLD if asks else is_short(block)):
        return ""
    below = next((b for b in blocks[index + 1 : index + 4] if b.lang == block.lang), None)
    is_text = below is not None and is_sentence(below) and not _NUMBERED.match(below.text)
    return f"{block.lang} {_QUESTION if asks else _BARE}" if is_text else ""


def _entry_of_both(blocks: Sequence[Block], index: int) -> str:
    """The language of a piece of a line that is a number and short words in each language; empty for other lines."""
    line = pieces_of_line(blocks, index) if blocks[index].part else []
    if {block.lang for block in line} != set(LANGS) or len(line) > len(LANGS) or not all(map(is_short, line)):
        return ""
    return f"{blocks[index].lang} {_BOTH}" if _NUMBERED.match(line[0].text) else ""


def _counted(block: Block) -> str:
    """The language and the word before the number that a line begins with; empty if there is none."""
    match = _counting().match(block.text)
    return f"{block.lang} {match[1]}" if match else ""


@cache
def _counting() -> re.Pattern[str]:
    numbers = "".join(sorted(seams().numbers))
    return re.compile(rf"([^\W\d]{{1,12}}?) ?(?:\d{{1,2}}|[{numbers}]{{1,3}})[\s:.\uff1a\u3001]")


def _contents(blocks: list[Block]) -> None:
    """Mark entries of a table of contents: short lines whose words are those of a heading below, a bullet apart."""
    headings = {_entry(block): block for block in blocks if block.role == "heading" and not block.joined}
    for index, block in enumerate(blocks):
        if block.role != "paragraph" or block.sure or not is_short(block):
            continue
        below = headings.get(_entry(block))
        if below and below.line > block.line and below.lang == block.lang:
            reason = f"{CONTENTS}: the heading of line {below.line}"
            blocks[index] = replace(block, role="heading", level=_SUBTITLE_LEVEL, reason=reason)


def _entry(block: Block) -> str:
    return plain(block.text).lstrip(_BULLETS).casefold()


def _underlined(blocks: list[Block], lines: Sequence[str]) -> None:
    """Give the role of heading to short lines that Markdown's sign of a heading stands below, and blank above."""
    for index, block in enumerate(blocks):
        if block.role != "paragraph" or block.sure or block.lang == "none" or not is_short(block):
            continue
        above = lines[block.line - 2] if block.line > 1 else ""
        if not above.strip() and is_underlined(lines, block.line):
            blocks[index] = replace(block, role="heading", level=2, sure=True, reason=MARKED)


def _headings(blocks: list[Block], lines: Sequence[str], knowledge: Knowledge) -> None:
    """Give the role of heading to short lines that introduce running text."""
    running = {block.line for block in blocks if block.wrapped}
    for index, block in enumerate(blocks):
        if block.sure or block.role != "paragraph" or block.lang == "none":
            continue
        if block.line in running or is_filled_in(blocks, index):
            continue
        if _is_entry_of_words(blocks, index) or _TIME.match(lines[block.line - 1]) or _is_announced(blocks, index):
            continue
        line = lines[block.line - 1]
        if _says_language(line, knowledge) or _is_field(blocks, index) or is_row(line) or _is_listed(block, lines):
            continue
        bold = _is_bold_question(blocks, index, lines)
        shaped = _looks_like_heading(block, knowledge.english) and _introduces(blocks, index)
        if bold or shaped or _names_chapter(blocks, index):
            level = _SUBTITLE_LEVEL if _NUMBERED.match(block.text) else 2
            blocks[index] = replace(
                block, role="heading", level=level, reason="short line that introduces running text"
            )


def _is_listed(block: Block, lines: Sequence[str]) -> bool:
    """Whether a line has the bullet of the line above or below it, or the number or letter next to the one there."""
    return any(
        _follows(lines[block.line - 1], lines[block.line - 1 + step], step)
        for step in (-1, 1)
        if 0 <= block.line - 1 + step < len(lines)
    )


def _follows(line: str, other: str, step: int) -> bool:
    """Whether two lines are neighbours in a list.

    :param step: 1 if the other one stands below, -1 if above.

    >>> _follows("B. nets", "C. boats", 1), _follows("2) nets", "1) boats", -1), _follows("1. nets", "1. boats", 1)
    (True, True, False)
    """
    mark, count = _BULLET.match(line), _COUNT.match(line)
    if mark:
        return (near := _BULLET.match(other)) is not None and near[1] == mark[1]
    if not count or not (near := _COUNT.match(other)) or near[2] != count[2]:
        return False
    one, two = (int(m[1]) if m[1].isdecimal() else ord(m[1]) for m in (count, near))
    return two - one == step


def is_filled_in(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece stands behind a label on its line, or behind the translation of what does."""
    before = [b for b in blocks[max(0, index - 3) : index] if b.line == blocks[index].line]
    return any(b.text[-1] in ":\uff1a" or fields.labels(b.text) for b in before)


def _is_field(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block is a label with what is filled in, and so is one of its language near it."""
    block = blocks[index]
    if not _FIELD.fullmatch(block.text):
        return False
    far = 1 if block.part else _NEAR
    near = (b for b in blocks[max(0, index - 4) : index + 5] if b.lang == block.lang and b is not block)
    return any(abs(b.line - block.line) <= far and _FIELD.fullmatch(b.text) for b in near)


def _says_language(line: str, knowledge: Knowledge) -> bool:
    """Whether a line begins with the name of its language and a colon, after the marks of a list: half of a pair."""
    match = knowledge.language_tag.match(line.lstrip(_LIST_MARKS))
    return match is not None and match.group().rstrip()[-1:] in ":\uff1a"


def _is_bold_question(blocks: Sequence[Block], index: int, lines: Sequence[str]) -> bool:
    """Whether a question is set in bold, all of its line, and text that is not bold follows in its language."""
    block = blocks[index]
    if block.text.rstrip(_EMPHASIS_END)[-1:] not in "?\uff1f" or script.size(block.text) > _LONGEST_BOLD:
        return False
    after = next((b for b in blocks[index + 1 : index + 8] if b.lang == block.lang and b.role != "chrome"), None)
    return bool(
        _BOLD.fullmatch(lines[block.line - 1])
        and after
        and after.role == "paragraph"
        and not _BOLD.fullmatch(lines[after.line - 1])
    )


def _above(blocks: Sequence[Block], index: int) -> Block | None:
    """The block of the same language before a block, if it is near."""
    return next((b for b in reversed(blocks[max(0, index - 4) : index]) if b.lang == blocks[index].lang), None)


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line ends with a colon above this one and short lines like it: they are the entries of a list."""
    mine = [b for b in blocks[max(0, index - _LONGEST_LIST) : index] if b.lang == blocks[index].lang]
    line = blocks[index].line
    for above in reversed(mine):
        if above.role == "paragraph" and above.text[-1:] in ":\uff1a":
            return True
        if not is_short(above) or line - above.line > _NEAR:
            return False
        line = above.line
    return False


def _names_chapter(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands below the bare number of a chapter."""
    above = _above(blocks, index)
    if above is None or above.reason != _CHAPTER or script.size(above.text) > _BARE_CHAPTER:
        return False
    if blocks[index].text[-1] in ":\uff1a":
        return False  # it announces what the chapter lists
    return is_short(blocks[index]) and not is_item(blocks[index].text) and above.line >= blocks[index].line - 3


def _is_entry_of_words(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short piece is an entry: the English on its line begins small (what a word means) or gives a number."""
    near = (b for b in blocks[max(0, index - 1) : index + 2] if b.line == blocks[index].line and b.lang == "en")
    words = [b.text.lstrip(_LIST_MARKS) for b in near]
    return blocks[index].part > 0 and any(text[:1].islower() or _FIGURES.search(text) for text in words)


def _looks_like_heading(block: Block, english: English) -> bool:
    text = block.text
    if script.size(text) > _HEADING_SIZE or _NO_HEADING.search(text) or _BRACKETED.fullmatch(text):
        return False
    if _NUMBERED.match(text):
        return text[-1:] not in ".\u3002;\uff1b,\uff0c\u3001:\uff1a"
    if not is_short(block) or text[-1:] in ":\uff1a\u2014" or is_item(text):
        return False
    return block.lang == "zh" or _title_case(text, english)


def _title_case(text: str, english: English) -> bool:
    """Whether most words of an English line that carry meaning begin with a capital."""
    words = [word for word in script.latin_word.findall(text) if word.lower() not in english.small_words]
    return bool(words) and sum(not word[0].islower() for word in words) >= 0.75 * len(words)


def _introduces(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next block of the same language, past labels and chrome, is running text or a longer paragraph."""
    block = blocks[index]
    if _opens_form(blocks, index):
        return True
    for after in blocks[index + 1 : index + 8]:
        if after.lang != block.lang or after.role in ("chrome", "label", "caption") or after.reason == SALUTATION:
            continue
        if _opens_list(blocks[index + 1 : index + 8], block, after):
            return True
        if _NUMBERED.match(block.text) and _NUMBERED.match(after.text) and after.line <= block.line + 1:
            return False  # a list
        if is_short(after) and after.line == block.line + 1:
            continue  # a heading of two lines
        ends = script.ends_sentence(after.text) or after.text[-1:] in _ANNOUNCES
        longer = script.size(after.text) > 1.5 * script.size(block.text) and ends
        return is_running(after) or (after.role == "paragraph" and longer)
    return False


def _opens_list(below: Sequence[Block], block: Block, after: Block) -> bool:
    """Whether the entries of a list begin after a line that is none itself."""
    if is_item(block.text) or not is_item(after.text):
        return False
    same = [other for other in below if other.lang == after.lang and not other.part]
    return len(same) >= _FEWEST_ITEMS and all(is_item(other.text) for other in same[:_FEWEST_ITEMS])


def _opens_form(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands, its translation between, above lines of labels and values in both languages."""
    block = blocks[index]
    below = [b for b in blocks[index + 1 : index + 2 + 2 * _FEWEST_ITEMS] if b.part and b.lang == block.lang]
    rows = [b.line for b in below[:_FEWEST_ITEMS] if fields.is_field(b.text)]
    first = next((b.line for b in blocks[index + 1 : index + 3] if b.part), 0)
    return not block.part and rows == [first, first + 1] and first - block.line <= len(LANGS)


def may_share(block: Block, other: Block) -> bool:
    """Whether a block may have the role of a block of the other language, by its length and its end."""
    ratio = script.size(block.text) / max(script.size(other.text), 1.0)
    if not 0.3 <= ratio <= 3.3:
        return False
    if other.role == "caption":
        return True
    if other.role == "heading" and _NUMBERED.match(block.text):
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
    if other.role == "heading" and not other.sure:
        return mine.role == "paragraph" and is_short(mine) and may_share(mine, other)
    return other.sure and other.role in _SHARED and may_share(mine, other)

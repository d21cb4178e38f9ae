"""Block[] → Block[]: which lines are headings by their shape and place, and which are entries of a table of contents.

A short line without the end of a sentence that introduces running text is a heading; so is what counts on from one
(:func:`mark_siblings`). Cells of forms and entries of lists look alike, and are told apart here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from bitext import fields, script
from bitext.knowledge import English, Knowledge, seams
from bitext.layout import by_line, is_item, is_running, is_sentence, is_short, is_underlined, pieces_of_line
from bitext.marks import BOLD, BOLD_ENTRY, BULLET, BULLETS, EMPHASIS_END
from bitext.model import LANGS, SUBTITLE_LEVEL, Bead, Block
from bitext.pieces import is_row
from bitext.plain import plain
from bitext.reasons import BOX, CONTENTS, MARKED, OF_FILE, SALUTATION, SUBTITLE, TITLE_MARK, rule

_SMALL_WORD = re.compile(r"\W*[a-z][a-z-]+(?![A-Za-z])")
_HEADING_SIZE = 28.0
_NO_HEADING = re.compile(
    "[\u3002\uff1b;@=\uff1d]|://|[ \u3000]{4}\\d|[a-z]{3}[.!?] [A-Z]|(?<!\\d)\\d{1,2}[:\uff1a][0-5]\\d(?!\\d)"
)
"""A sentence or more, an address, an equation, figures far to the right, or a time as in the row of a timetable."""
_STRONG_SIGNS = ("**", "__", "</b>", "</strong>")
_LONGEST_BOLD = 40.0
_FEWEST_BOLD = 3
_FEWEST_MARKS = 2
"""So many marked headings of a language show that it marks all of them."""
MARKS = frozenset({MARKED, TITLE_MARK, rule("markdown-heading")})
_BARE, _QUESTION, _BOTH = "#", "?", "/"
_COUNT = re.compile("\\s*[(\uff08]?([A-Za-z]|\\d{1,2})([.)\u3001\uff0e\uff09])(?!\\d)")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.\u3001]\s*|\s+)[^\W\d]")
NUMBERED = re.compile(r"^\(?\d{1,2}\s*[.)\u3001\uff0e\uff09]\s*\S")
_LIST_MARKS = " \t*_-0123456789.)"
_NOTE = re.compile(r"\s*\*(?![*\s])[^*]+")
"""What an asterisk in a table or a form refers to; emphasis has one at its end too."""
_FIGURES = re.compile(r"\d{4}[ -]?\d{3}")
_LONGEST_LIST = 16
"""Blocks above a line among which the words that announce it are looked for."""
NEAR = 2
"""Lines between neighbours in a list, a blank one included."""
_TIME = re.compile(r"\s*\d{1,2}[:\uff1a]\d\d")
_CHAPTER = rule("chapter")
_HOUR = rule("hour")
_LONGEST = max(_HEADING_SIZE, _LONGEST_BOLD)
"""Size from which on only a link, of which readers see less, can be a heading."""
_BARE_CHAPTER = 5.0
_ADDRESS = rule("bare-address")
_ANNOUNCES = "\u2014-:;\uff1a\uff1b"
_GOES_ON = ",\uff0c"
_BRACKETED = re.compile(r"(?:\d{1,2}\s*[.\u3001\uff0e]\s*)?[(\uff08\[\u3010].*[)\uff09\]\u3011]")
"""A line in brackets, its number before them: a remark on what stands beside it, or is filled in there."""
_FEWEST_ITEMS = 2
_KEEP_LEVELS = (MARKED, CONTENTS, OF_FILE, SUBTITLE, rule("markdown-heading"))
_FEWEST_IN_BULLETS = 3
_FEWEST_IN_STANZA = 5
_NEAR_TEXT = 6
_FEWEST_ALIKE = 3
"""So many headings in both languages, parted alike, tell what others like them are."""
_GLUED = "in both languages, and the text is glued to it"
_FEWEST_GLUED = 3
_LONGEST_BETWEEN = 1
_FAR_BELOW = 3
"""Lines from the heading of a notice to what it heads: its translation and a blank line may stand between."""


def raise_levels(blocks: list[Block]) -> None:
    """Raise the headings that Markdown marks to the second level where all of them are deeper: the first is the title.

    A page that was cut out of another has no heading of a higher level.
    """
    marked = [index for index, block in enumerate(blocks) if block.reason in MARKS]
    if all(blocks[index].level == SUBTITLE_LEVEL for index in marked):
        for index in marked:
            blocks[index] = replace(blocks[index], level=SUBTITLE_LEVEL - 1)


def mark_siblings(blocks: list[Block]) -> None:
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


def mark_alike(blocks: list[Block], lines: Sequence[str], knowledge: Knowledge) -> None:
    """Give the role of heading to short lines in both languages that blank lines part as they do other headings."""
    pairs = [
        [blocks[index] for index in line]
        for line in by_line(blocks)
        if {blocks[index].lang for index in line} == set(LANGS) and len(line) == len(LANGS)
    ]
    shaped = [
        pair for pair in pairs
        if _is_apart(pair[0], lines) and all(_looks_like_heading(block, knowledge.english) for block in pair)
    ]  # fmt: skip
    shaped = [pair for pair in shaped if not all(fields.is_field(block.text) for block in pair)]
    known = [pair[0] for pair in shaped if all(block.role == "heading" and not block.sure for block in pair)]
    if len(known) < _FEWEST_ALIKE:
        return
    alike = {pair[0].line for pair in shaped if all(block.role == "paragraph" and not block.sure for block in pair)}
    for index, block in enumerate(blocks):
        if block.line in alike:
            reason = f"in both languages and parted from the text, as the heading in line {known[0].line}"
            blocks[index] = replace(block, role="heading", level=known[0].level, reason=reason)


def _entry_above_text(blocks: Sequence[Block], index: int) -> str:
    """The language of a short line or a question with a bare number above a sentence; empty for other lines."""
    block = blocks[index]
    if not NUMBERED.match(block.text) or block.text[-1] in ":\uff1a" or _BRACKETED.fullmatch(block.text):
        return ""
    asks = block.text[-1] in "?\uff1f"
    if not (script.size(block.text) <= _LONGEST_BOLD if asks else is_short(block)):
        return ""
    near = (b for b in blocks[index + 1 : index + _NEAR_TEXT] if b.lang == block.lang)
    below = next((b for b in near if b.role not in ("caption", "label", "chrome")), None)
    is_text = below is not None and is_sentence(below) and not NUMBERED.match(below.text)
    return f"{block.lang} {_QUESTION if asks else _BARE}" if is_text else ""


def _entry_of_both(blocks: Sequence[Block], index: int) -> str:
    """The language of a piece of a line that is a number and short words in each language; empty for other lines."""
    line = pieces_of_line(blocks, index) if blocks[index].part else []
    if {block.lang for block in line} != set(LANGS) or len(line) > len(LANGS) or not all(map(is_short, line)):
        return ""
    return f"{blocks[index].lang} {_BOTH}" if NUMBERED.match(line[0].text) else ""


def _counted(block: Block) -> str:
    """The language and the word before the number that a line begins with; empty if there is none."""
    match = _counting().match(block.text)
    return f"{block.lang} {match[1]}" if match else ""


@cache
def _counting() -> re.Pattern[str]:
    numbers = "".join(sorted(seams().numbers))
    return re.compile(rf"([^\W\d]{{1,12}}?) ?(?:\d{{1,2}}|[{numbers}]{{1,3}})[\s:.\uff1a\u3001]")


def mark_contents(blocks: list[Block]) -> None:
    """Mark entries of a table of contents: short lines whose words are those of a heading below, a bullet apart.

    One line alone, without a bullet, is no table: it may be the title, which a text prints once more.
    """
    headings = {_entry(block): block for block in blocks if block.role == "heading" and not block.joined}
    entries: dict[int, Block] = {}
    for index, block in enumerate(blocks):
        loose = block.role == "paragraph" and not block.sure and is_short(block)
        below = headings.get(_entry(block)) if loose else None
        if below and below.line > block.line and below.lang == block.lang:
            entries[index] = below
    several = len({below.line for below in entries.values()}) >= _FEWEST_ITEMS
    for index, below in entries.items():
        if not several and plain(blocks[index].text) == plain(below.text):
            continue
        reason = f"{CONTENTS}: the heading of line {below.line}"
        blocks[index] = replace(blocks[index], role="heading", level=SUBTITLE_LEVEL, reason=reason)


def _entry(block: Block) -> str:
    return plain(block.text).lstrip(BULLETS).casefold()


def mark_underlined(blocks: list[Block], lines: Sequence[str]) -> None:
    """Give the role of heading to short lines that Markdown's sign of a heading stands below, and blank above."""
    for index, block in enumerate(blocks):
        if block.role != "paragraph" or block.sure or block.lang == "none" or not is_short(block):
            continue
        above = lines[block.line - 2] if block.line > 1 else ""
        if not above.strip() and is_underlined(lines, block.line):
            blocks[index] = replace(block, role="heading", level=2, sure=True, reason=MARKED)


def mark_headings(blocks: list[Block], lines: Sequence[str], knowledge: Knowledge) -> None:
    """Give the role of heading to short lines that introduce running text.

    :param lines: of the source.
    """
    set_in_bold = _bold_headings(blocks, lines)
    marks = [block.lang for block in blocks if block.reason in MARKS]
    marked = {lang for lang in LANGS if marks.count(lang) >= _FEWEST_MARKS}
    other = {block.line for block in blocks if block.wrapped} | _in_stanzas(blocks, lines)
    for index, block in enumerate(blocks):
        if block.sure or block.role != "paragraph" or block.lang == "none":
            continue
        if block.line in set_in_bold:
            blocks[index] = replace(block, role="heading", level=2, reason="one of the short lines in bold above text")
            continue
        if block.part and _heads_its_line(blocks, index):
            level = SUBTITLE_LEVEL if NUMBERED.match(block.text) else 2
            blocks[index] = replace(block, role="heading", level=level, reason=_GLUED)
            continue
        if block.line in other or (script.size(block.text) > _LONGEST and not is_short(block)):
            continue  # text, whatever stands round it
        if _is_row_or_note(lines[block.line - 1], knowledge) or _is_something_else(blocks, index, lines):
            continue
        # Where the text marks its headings, the shape of a line proves none.
        by_shape = block.lang not in marked or BOLD_ENTRY.fullmatch(lines[block.line - 1]) is not None
        if _heads_text(blocks, index, lines, knowledge.english, by_shape):
            level = SUBTITLE_LEVEL if NUMBERED.match(block.text) else 2
            blocks[index] = replace(
                block, role="heading", level=level, reason="short line that introduces running text"
            )


def _heads_its_line(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece is half of a heading in English and Chinese with nothing between, nor before its English text."""
    first = index - (blocks[index].lang == "zh")
    row = blocks[first : first + _FEWEST_GLUED] if first >= 0 else ()
    if [block.lang for block in row] != ["en", "zh", "en"] or len({block.line for block in row}) > 1:
        return False
    en, zh, text = row
    glued = en.end == zh.start and text.start - zh.end <= _LONGEST_BETWEEN and en.text[-1].isalpha()
    shaped = all(block.role == "paragraph" or block.reason == _GLUED for block in (en, zh)) and is_short(en)
    longer = min(2 * script.size(en.text), _HEADING_SIZE)
    return glued and shaped and is_short(zh) and text.text[:1] != "(" and script.size(text.text) >= longer


def _in_stanzas(blocks: Sequence[Block], lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that stand right below each other between blank lines, of one language, one long at most.

    A verse, an address, or text broken for a small screen: the first of them heads nothing.
    """
    found: set[int] = set()
    shown = {block.line: block for block in blocks if not block.part and block.role == "paragraph"}
    for _, group in groupby(range(1, len(lines) + 1), key=lambda number: bool(lines[number - 1].strip())):
        stanza = list(group)
        verses = [shown[number] for number in stanza if number in shown]
        if not len(shown) > len(verses) == len(stanza) >= _FEWEST_IN_STANZA or any(is_item(b.text) for b in verses):
            continue
        if len({block.lang for block in verses}) == 1 and sum(map(is_running, verses)) <= 1:
            found.update(stanza)
    return frozenset(found)


def _is_row_or_note(line: str, knowledge: Knowledge) -> bool:
    """Whether its marks show that a line is the row of a table, a note, a time, or half of a pair."""
    return bool(_TIME.match(line) or _NOTE.fullmatch(line) or is_row(line) or _says_language(line, knowledge))


def _is_something_else(blocks: Sequence[Block], index: int, lines: Sequence[str]) -> bool:
    """Whether what stands round a line shows a cell of a form, an entry of a list or a box."""
    if is_filled_in(blocks, index) or _is_field(blocks, index) or _is_entry_of_words(blocks, index):
        return True
    if _is_listed(blocks[index], lines) or translates_entry(blocks, index):
        return True
    return _is_announced(blocks, index) or _is_in_box(blocks, index)


def _heads_text(blocks: Sequence[Block], index: int, lines: Sequence[str], english: English, by_shape: bool) -> bool:
    """Whether a line is a question in bold, has the shape of a heading and introduces text, or names a chapter.

    :param by_shape: whether its shape is asked for.
    """
    if _is_bold_question(blocks, index, lines) or _names_chapter(blocks, index) or _has_parts(blocks, index):
        return True
    if not by_shape or not _looks_like_heading(blocks[index], english):
        return False
    return _introduces(blocks, index) or _heads_a_notice(blocks, index, lines)


def _is_listed(block: Block, lines: Sequence[str]) -> bool:
    """Whether a line has the bullet of the line above or below it, or the number or letter next to the one there."""
    return any(
        _follows(lines[block.line - 1], lines[block.line - 1 + step], step)
        for step in (-1, 1)
        if 0 <= block.line - 1 + step < len(lines)
    )


def translates_entry(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands between two entries of the other language with one bullet: half of a subtitle, say."""
    near = blocks[index - 1 : index + 2] if index else ()
    if len(near) <= len(LANGS) or {near[0].lang, near[1].lang} != set(LANGS) or near[2].lang != near[0].lang:
        return False
    marks = [BULLET.match(block.text) for block in near]
    return bool(marks[0] and marks[2] and not marks[1] and marks[0][1] == marks[2][1])


def _follows(line: str, other: str, step: int) -> bool:
    """Whether two lines are neighbours in a list.

    :param step: 1 if the other one stands below, -1 if above.

    >>> _follows("B. nets", "C. boats", 1), _follows("2) nets", "1) boats", -1), _follows("1. nets", "1. boats", 1)
    (True, True, False)
    """
    mark, count = BULLET.match(line), _COUNT.match(line)
    if mark:
        return (near := BULLET.match(other)) is not None and near[1] == mark[1]
    if not count or not (near := _COUNT.match(other)) or near[2] != count[2]:
        return False
    one, two = (int(m[1]) if m[1].isdecimal() else ord(m[1]) for m in (count, near))
    return two - one == step


def is_in_bullets(lines: Sequence[str], number: int) -> bool:
    """Whether a line is one of three or more near each other that begin with one bullet.

    :param number: of the line, from 1.

    >>> boats = ["\u25a0Where | The old port", "\u25a0When | Every day", "\u25a0Who | All"]
    >>> is_in_bullets(boats, 2), is_in_bullets(boats[:2], 2)
    (True, False)
    """
    mark = BULLET.match(lines[number - 1])
    near = lines[max(0, number - _FEWEST_IN_BULLETS) : number + _FEWEST_IN_BULLETS - 1] if mark else ()
    marks = [other[1] for other in map(BULLET.match, near) if other]
    return mark is not None and marks.count(mark[1]) >= _FEWEST_IN_BULLETS


def is_filled_in(blocks: Sequence[Block], index: int) -> bool:
    """Whether a piece stands behind a label on its line, or behind the translation of what does."""
    before = [b for b in blocks[max(0, index - 3) : index] if b.line == blocks[index].line]
    return any(b.text[-1] in ":\uff1a" or fields.labels(b.text) for b in before)


def _is_field(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block is a label with what is filled in, and so is one of its language near it."""
    block = blocks[index]
    if not fields.is_field(block.text):
        return False
    far = 1 if block.part else NEAR
    near = (b for b in blocks[max(0, index - 4) : index + 5] if b.lang == block.lang and b is not block)
    return any(abs(b.line - block.line) <= far and fields.is_field(b.text) for b in near)


def _says_language(line: str, knowledge: Knowledge) -> bool:
    """Whether a line begins with the name of its language and a colon, after the marks of a list: half of a pair."""
    match = knowledge.language_tag.match(line.lstrip(_LIST_MARKS))
    return match is not None and match.group().rstrip()[-1:] in ":\uff1a"


def _is_bold_question(blocks: Sequence[Block], index: int, lines: Sequence[str]) -> bool:
    """Whether a question is set in bold, all of its line, and text that is not bold follows in its language."""
    block = blocks[index]
    if block.text.rstrip(EMPHASIS_END)[-1:] not in "?\uff1f" or script.size(block.text) > _LONGEST_BOLD:
        return False
    after = next((b for b in blocks[index + 1 : index + 8] if b.lang == block.lang and b.role != "chrome"), None)
    return bool(
        BOLD.fullmatch(lines[block.line - 1])
        and after
        and after.role == "paragraph"
        and not BOLD.fullmatch(lines[after.line - 1])
    )


def _bold_headings(blocks: Sequence[Block], lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the short lines that are all in bold, where there are several, each above a line that is not."""
    if not any(sign in line for line in lines for sign in _STRONG_SIGNS):
        return frozenset()
    shown = [block for block in blocks if block.role != "chrome" and block.lang != "none"]
    bold = {block.line for block in shown if BOLD.fullmatch(lines[block.line - 1])}
    plain_below = {
        block.line
        for index, block in enumerate(shown)
        if block.line in bold and any(b.line not in bold for b in shown[index + 1 : index + 1 + len(LANGS)])
    }
    found = plain_below - {block.line for block in shown if block.line in bold and not _is_plain_heading(block)}
    enough = len(found) >= _FEWEST_BOLD and len(found) * 2 > len(bold)
    return frozenset(found) if enough else frozenset()


def _is_plain_heading(block: Block) -> bool:
    """Whether a piece is short text of which its words prove nothing, without the end of a sentence or a colon."""
    text = block.text.rstrip(EMPHASIS_END)
    loose = block.role == "paragraph" and not block.sure and text[-1:] not in ":\uff1a"
    return loose and script.size(text) <= _HEADING_SIZE and is_short(replace(block, text=text))


def block_above(blocks: Sequence[Block], index: int) -> Block | None:
    """The block of the same language before a block, if it is near."""
    return next((b for b in reversed(blocks[max(0, index - 4) : index]) if b.lang == blocks[index].lang), None)


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line ends with a colon above this one and short lines like it: they are the entries of a list.

    Below an address none of them is announced: the address is.
    """
    near = range(max(0, index - _LONGEST_LIST), index)
    first = next((at + 1 for at in reversed(near) if blocks[at].reason == _ADDRESS), near.start)
    mine = [b for b in blocks[first:index] if b.lang == blocks[index].lang]
    line = blocks[index].line
    for above in reversed(mine):
        if above.role == "paragraph" and above.text[-1:] in ":\uff1a":
            return True
        if not is_short(above) or line - above.line > NEAR:
            return False
        line = above.line
    return False


def _is_in_box(blocks: Sequence[Block], index: int) -> bool:
    """Whether nothing but short lines stands between a line and the title of the box above it: a list of words."""
    above = reversed(blocks[max(0, index - _LONGEST_LIST) : index])
    last = next((b for b in above if b.reason == BOX or b.role == "chrome" or not is_short(b)), None)
    return last is not None and last.reason == BOX


def _names_chapter(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands below the bare number of a chapter."""
    above = block_above(blocks, index)
    if above is None or above.reason != _CHAPTER or script.size(above.text) > _BARE_CHAPTER:
        return False
    if blocks[index].text[-1] in ":\uff1a":
        return False  # it announces what the chapter lists
    return is_short(blocks[index]) and not is_item(blocks[index].text) and above.line >= blocks[index].line - 3


def _has_parts(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short numbered line stands above the first of its parts: ``3. Work`` above ``3.1 Meetings``."""
    block = blocks[index]
    number = _NUMBER.match(block.text)
    if not number or not is_short(block) or is_sentence(block):
        return False
    below = next((b for b in blocks[index + 1 : index + _NEAR_TEXT] if b.lang == block.lang), None)
    return below is not None and re.match(rf"{re.escape(number[1])}\.1[.\s\u3001]", below.text) is not None


def _is_entry_of_words(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short piece is an entry: the English on its line begins small (what a word means) or gives a number."""
    near = (b for b in blocks[max(0, index - 1) : index + 2] if b.line == blocks[index].line and b.lang == "en")
    words = [b.text.lstrip(_LIST_MARKS) for b in near]
    return blocks[index].part > 0 and any(text[:1].islower() or _FIGURES.search(text) for text in words)


def _looks_like_heading(block: Block, english: English) -> bool:
    text = block.text
    if script.size(text) > _HEADING_SIZE or _NO_HEADING.search(text) or _BRACKETED.fullmatch(text):
        return False
    if NUMBERED.match(text):
        return text[-1:] not in ".\u3002;\uff1b,\uff0c\u3001:\uff1a"
    if not is_short(block) or text[-1:] in ":\uff1a\u2014" or text[0] in _GOES_ON or is_item(text):
        return False
    # Chinese that begins with a small Latin word speaks of that word.
    return not _SMALL_WORD.match(text) if block.lang == "zh" else _title_case(text, english)


def _title_case(text: str, english: English) -> bool:
    """Whether most words of an English line that carry meaning begin with a capital."""
    words = [word for word in script.latin_word.findall(text) if word.lower() not in english.small_words]
    return bool(words) and sum(not word[0].islower() for word in words) >= 0.75 * len(words)


def _introduces(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next block of the same language, past labels and chrome, is running text or a longer paragraph."""
    block = blocks[index]
    if _opens_form(blocks, index) or _opens_an_hour(blocks, index):
        return True
    for after in blocks[index + 1 : index + 8]:
        if after.lang != block.lang or after.role in ("chrome", "label", "caption") or after.reason == SALUTATION:
            continue
        if _opens_list(blocks[index + 1 : index + 8], block, after):
            return True
        if NUMBERED.match(block.text) and NUMBERED.match(after.text) and after.line <= block.line + 1:
            return False  # a list
        if is_short(after) and after.line == block.line + 1:
            continue  # a heading of two lines
        if after.text[-1] in _GOES_ON and after.line > block.line + 1:
            continue  # words before what is quoted
        ends = script.ends_sentence(after.text) or after.text[-1:] in _ANNOUNCES
        longer = script.size(after.text) > 1.5 * script.size(block.text) and ends
        return is_running(after) or (after.role == "paragraph" and longer)
    return False


def _opens_an_hour(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands right below the hour of what was said, and above more than one line of that."""
    if not index or blocks[index - 1].reason != _HOUR:
        return False
    below = blocks[index + 1 : index + 1 + len(LANGS)]
    return len(below) == len(LANGS) and all(block.role == "paragraph" for block in below)


def _heads_a_notice(blocks: Sequence[Block], index: int, lines: Sequence[str]) -> bool:
    """Whether a line stands apart between blank lines, and below it, in its language, a line that announces something.

    Or, if it holds both languages, a field in both.
    """
    block = blocks[index]
    if not block.part or not _is_apart(block, lines):
        return False
    after = next((b for b in blocks[index + 1 : index + 5] if b.lang == block.lang and b.role != "chrome"), None)
    if after is None or after.line > block.line + _FAR_BELOW or after.role not in ("paragraph", "dateline"):
        return False
    announces = not after.part and after.text[-1] in ":\uff1a"
    return announces or (after.part > 0 and fields.is_field(after.text))


def _is_apart(block: Block, lines: Sequence[str]) -> bool:
    """Whether blank lines, or the edges of the text, part a line from the others."""
    return not any(lines[at].strip() for at in (block.line - 2, block.line) if 0 <= at < len(lines))


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


def even_levels(blocks: tuple[Block, ...], beads: Sequence[Bead], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks whose headings have one level where they count in one way or translate each other, the highest of all 2.

    Headings that Markdown or a file marks keep their levels, and so do subtitles and tables of contents.

    :param beads: of the blocks.
    """
    headings = [block for block in blocks if block.role == "heading"]
    free = {block.id: block for block in headings if not block.reason.startswith(_KEEP_LEVELS)}
    styles = {key: _style(block, knowledge) for key, block in free.items()}
    usual: dict[str, int] = {}
    for style in set(filter(None, styles.values())):
        levels = sorted(free[key].level for key, found in styles.items() if found == style)
        usual[style] = max(levels, key=levels.count)
    found = {key: usual.get(styles[key], block.level) for key, block in free.items()}
    for bead in beads:
        pair = [block.id for block in bead.blocks if block.id in found]
        numbered = [found[key] for key in pair if styles[key]]
        found |= dict.fromkeys(pair, min(numbered or [found[key] for key in pair], default=0))
    every = [found.get(block.id, block.level) for block in headings]
    step = 1 if found and min(every) > SUBTITLE_LEVEL - 1 else 0
    return tuple(replace(block, level=found[block.id] - step) if block.id in found else block for block in blocks)


def _style(block: Block, knowledge: Knowledge) -> str:
    """The way in which a heading counts; empty for one without a number."""
    text = plain(block.text)
    return next((style.style for style in knowledge.numbering if style.number(text)), "")

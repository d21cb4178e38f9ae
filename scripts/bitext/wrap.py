"""Block[] → Block[]: lines that a fixed width broke are told from paragraphs; the broken ones are marked as joined.

A text is hard-wrapped if, in one language, most lines that stop in the middle of a sentence are about as long as its
longest lines. Then a line goes on with the one before it if that one stops in the middle of a sentence and is full, and
no blank line stands between them; page numbers and other furniture between two halves do not count.

Where lines were broken at no fixed width, by hand or at blanks only, the words tell it: the next line begins small, or
a Chinese line stops at a comma, and the sentence comes to its end further below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bitext import script
from bitext.knowledge import Knowledge
from bitext.layout import RUNNING_SIZE, holds_sentence, is_item, is_running
from bitext.model import LANGS, Block, BlockLang, Lang
from bitext.plain import plain
from bitext.reasons import GOES_ON_WITH
from bitext.script import size

_WIDEST = {"zh": 60, "en": 110}
"""Longer lines are paragraphs, not lines of a fixed width; 80 columns of English or 40 of Chinese are usual."""
_NARROWEST = {"zh": 15, "en": 38}
"""Shorter lines are verse."""
_NARROWEST_HYPHENED, _FEWEST_HYPHENS = 22, 2
"""No verse parts its words with hyphens: where so many English lines do, columns may be narrower."""
_HYPHENED = re.compile("[a-z]-$")
_SUBTITLE = {"zh": 16, "en": 42}
_CLAUSE = {"zh": 26, "en": 64}
"""Lines of subtitles are no longer (Netflix, Timed Text Style Guides: 16 Chinese and 42 Latin characters), nor clauses
that a talk has one by one (50 letters is the longest of the labelled texts); longer ones are broken."""
_FULL = 0.72
_FULL_ENGLISH = 0.94
"""A line is full if it has so much of the width: in Chinese itself, in English together with the word that follows."""
_MOST_BROKEN = 0.6
_FEWEST_LINES = 4
_FEWEST_LONG, _FULL_LONG = 2, 0.86
_LONG = {"zh": 28, "en": 58}
"""In a short text so many lines are enough if each has so much of the longest one and at least so many characters."""
_LIKELY = 0.7
"""So much of that length is enough where the lines of the other language are broken."""
_BLANKS = re.compile(r"\s{2,}")
_LATIN = re.compile("[!-~]")
_FEWEST_SMALL = 0.2
"""Of the English lines after a broken one so many begin with a small letter, if they go on with its sentence."""
_ENDS = ":;\uff1a\uff1b\u2014"
_MOST_OF_TITLE, _LONGEST_TITLE = 3, 56.0
"""Lines and size of the longest title."""
_COMMAS = (",", "\uff0c", "\u3001")
_COMMA = re.compile("[,\uff0c\u3002]")
_FIELD = re.compile("[^\\s:\uff1a\u3002\uff0c]{1,16}[:\uff1a]\\s*[^\\s/]")
_LAST_FIGURE = re.compile("\\d[\\d,.]*%?[.;,:)\u3002\uff1b\uff0c\uff1a\uff09]+")
_MARKS = ">*_ \t"
_FIRST_WORD = re.compile(r"(?:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}: ?)?[A-Z][A-Za-z-]*", re.ASCII)
_FEWEST_WORDS = 2
"""So many first words on lines of their own, with the rest below, show that others are no headings either."""
_GAP = re.compile(r"\S[ \u3000]{6,}\S")
_INDENT = 2
_PARTED = 0.6
"""Share of the paragraphs with a blank line below that makes blank lines what parts them."""
_SPACED, _FEWEST_SPACED, _MOST_SPACED, _FEWEST_SMALL_SPACED = 2, 6, 0.75, 0.4
"""Of a text whose lines are all parted by a blank one: from line to line, at least; share of the lines; share of the
English lines after one without a mark at its end that begin small."""
_SMALL_WORD = 4
"""Words up to this length may be small in a title."""


def join(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with ``joined`` set on those that go on with a broken line; a figure that does is of its language.

    Where a blank line parts all lines, broken ones too, none of these says anything: the text is read without them.
    """
    shown = [number for number, line in enumerate(lines, start=1) if line.strip()]
    if not _is_spaced(lines, shown):
        return _join(blocks, lines, knowledge)
    rank = {number: place for place, number in enumerate(shown, start=1)}
    close = tuple(replace(block, line=rank[block.line]) for block in blocks)
    found = _join(close, [lines[number - 1] for number in shown], knowledge)
    return tuple(_spaced(new, old, shown) for new, old in zip(found, blocks, strict=True))


def _is_spaced(lines: Sequence[str], shown: Sequence[int]) -> bool:
    """Whether one blank line parts nearly all lines of a text, and English ones amid a sentence: the next begins small.

    :param shown: numbers of the lines that are not blank.
    """
    apart = [(lines[one - 1].rstrip(), lines[two - 1].lstrip()) for one, two in pairwise(shown) if two - one == _SPACED]
    if len(apart) < _MOST_SPACED * len(shown) or len(apart) < _FEWEST_SPACED:
        return False
    broken = [below for line, below in apart if line.isascii() and line[-1].isalnum() and len(line) <= _WIDEST["en"]]
    small = sum(below[0].islower() and below[0].isascii() for below in broken)
    return small >= max(_FEWEST_SPACED, _FEWEST_SMALL_SPACED * len(broken))


def _spaced(new: Block, old: Block, shown: Sequence[int]) -> Block:
    """A block that was read without the blank lines, with the number of its line, and of the one it goes on with."""
    reason = new.reason
    if new.joined and not old.joined:
        reason = f"{GOES_ON_WITH} {shown[int(reason.removeprefix(GOES_ON_WITH)) - 1]}"
    return replace(new, line=old.line, reason=reason)


def _join(blocks: tuple[Block, ...], lines: Sequence[str], knowledge: Knowledge) -> tuple[Block, ...]:
    """The same of a text whose blank lines part paragraphs."""
    widths = _widths(blocks)
    blocks = tuple(_as_end(before, block, widths) for before, block in zip((None, *blocks), blocks, strict=False))
    plainly = _plainly(blocks, knowledge.english.small_words) | _unparted(blocks, lines)
    found = list(blocks)
    before: Block | None = None
    last = 0
    for index, block in enumerate(blocks):
        if block.role == "chrome" or block.lang == "none":
            continue
        begins = is_item(block.text) or any(style.number(plain(block.text)) for style in knowledge.numbering)
        begins = begins and not _LAST_FIGURE.fullmatch(block.text)
        goes_on = before is not None and (index in plainly or _goes_on(before, block, widths, lines, blocks))
        if before is not None and goes_on and not begins:
            prose = before.wrapped or not is_item(before.text) or size(before.text) + size(block.text) >= RUNNING_SIZE
            found[index] = replace(block, joined=True, wrapped=prose, reason=f"{GOES_ON_WITH} {before.line}")
            found[last] = replace(found[last], wrapped=prose)
        before, last = found[index], index
    for lang in LANGS:
        _unwrap_head(found, lang)
    return tuple(found)


def _unwrap_head(found: list[Block], lang: Lang) -> None:
    """Take the first broken lines of a language for no paragraph where they are as few and short as a title's.

    They stand above all running text of it and do not end like a sentence.
    """
    mine = [index for index, block in enumerate(found) if block.lang == lang and block.role != "chrome"]
    start = next((place for place, index in enumerate(mine) if found[index].wrapped), len(mine))
    end = next((place for place in range(start + 1, len(mine)) if not found[mine[place]].joined), len(mine))
    group = [found[index] for index in mine[start:end]]
    if not 1 < len(group) <= _MOST_OF_TITLE or any(is_running(found[index]) for index in mine[:start]):
        return
    last = group[-1].text
    if last.endswith((*_ENDS, *_COMMAS)) or script.ends_sentence(last) or any(block.part for block in group):
        return
    if sum(size(block.text) for block in group) > _LONGEST_TITLE:
        return
    for index in mine[start:end]:
        found[index] = replace(found[index], wrapped=False)


def _as_end(before: Block | None, block: Block, widths: Mapping[Lang, int]) -> Block:
    """A number with the end of a sentence or clause, below a line that is full without one, as text of its language.

    That is the year or sum with which a paragraph ends; a number of a page has no such sign.
    """
    if before is None or block.lang != "none" or before.lang == "none" or not _LAST_FIGURE.fullmatch(block.text):
        return block
    if before.role != "paragraph" or block.part or block.line != before.line + 1 or not widths[before.lang]:
        return block
    if not _is_broken(before, block) or not _is_full(before, block, widths[before.lang]):
        return block
    return replace(block, role="paragraph", lang=before.lang, sure=False, reason="")


def _widths(blocks: tuple[Block, ...]) -> dict[Lang, int]:
    """Width to which the lines of each language are broken; where those of one are, less is asked of the other."""
    zh, en = _width(blocks, "zh"), _width(blocks, "en")
    if en and not zh:
        zh = _width(blocks, "zh", _LIKELY)
    elif zh and not en:
        en = _width(blocks, "en", _LIKELY)
    return {"zh": zh, "en": en}


def _width(blocks: tuple[Block, ...], lang: Lang, long: float = 1.0) -> int:
    """Width to which the lines of a language are broken; 0 if they are not.

    :param long: part of the usual length that a few long lines have to have.
    """
    mine = [block for block in blocks if block.lang == lang and block.role == "paragraph" and not block.part]
    after = {block.line - 1: block for block in mine}
    broken = [block for block in mine if block.line in after and _is_broken(block, after[block.line])]
    if lang == "zh":  # short lines of a page's head are of one length too
        ended = _ended(mine, after)
        broken = [block for block in broken if block.line in ended]
    if not broken or max(_length(_BLANKS.sub(" ", block.text), lang) for block in mine) > _WIDEST[lang]:
        return 0
    width = _common(broken, after, lang, _FEWEST_SMALL) if len(broken) >= _FEWEST_LINES else 0
    lines = [block for block in broken if _length(block.text, lang) >= _LONG[lang] * long]
    one = long < 1.0 and lang == "zh" and len(lines) == 1
    return width or (_common(lines, after, lang, _MOST_BROKEN) if one or _are_long(lines) else 0)


def _ended(mine: Sequence[Block], after: Mapping[int, Block]) -> set[int]:
    """Numbers of the lines that come to the end of a sentence, on them or below, as those of a paragraph do."""
    found: set[int] = set()
    for block in reversed(mine):
        below = after.get(block.line)
        if below and _is_broken(block, below):
            found |= {block.line} if below.line in found else set()
        elif script.ends_sentence(block.text) or block.text[-1] in _ENDS:
            found.add(block.line)
    return found


def _common(broken: Sequence[Block], after: Mapping[int, Block], lang: Lang, fewest: float) -> int:
    """Width that most broken lines have; 0 if there is none, or if they are entries of a list.

    :param fewest: share of the English lines after them that begin with a small letter.
    """
    width = sorted(_length(block.text, lang) for block in broken)[-max(1, len(broken) // 10)]
    small = sum(after[block.line].text.lstrip(_MARKS)[:1].islower() for block in broken)
    if lang == "en" and small < fewest * len(broken):
        return 0
    full = sum(_is_full(block, after[block.line], width) for block in broken)
    hyphens = sum(_parts_word(block.text, after[block.line].text.lstrip(_MARKS)) for block in broken)
    least = _NARROWEST_HYPHENED if lang == "en" and hyphens >= _FEWEST_HYPHENS else _NARROWEST[lang]
    return width if full >= _MOST_BROKEN * len(broken) and width >= least else 0


def _parts_word(before: str, block: str) -> bool:
    """Whether a line ends with a hyphen after a letter, and the next begins with a small one: half a word on each."""
    return _HYPHENED.search(before) is not None and block[:1].islower()


def _are_long(broken: Sequence[Block]) -> bool:
    """Whether a few broken lines, each as long as only those of running text are, are nearly of one length."""
    sizes = [_length(block.text, block.lang) for block in broken]
    return len(sizes) >= _FEWEST_LONG and min(sizes) >= _FULL_LONG * max(sizes)


def _is_broken(block: Block, after: Block) -> bool:
    """Whether a line stops in the middle of a sentence and the next does not begin an entry of a list."""
    return not script.ends_sentence(block.text) and block.text[-1] not in _ENDS and not is_item(after.text)


def _length(text: str, lang: BlockLang) -> int:
    """Length of a line in characters; in Chinese two Latin ones take the room of one."""
    return len(text) if lang == "en" else len(text) - len(_LATIN.findall(text)) // 2


def _is_full(before: Block, after: Block, width: int) -> bool:
    """Whether the next line begins with what had no room on a line: in English the whole next word."""
    if before.lang == "zh":
        return _length(before.text, "zh") >= _FULL * width
    return len(before.text) + 1 + len(after.text.split()[0]) >= _FULL_ENGLISH * width


def _goes_on(
    before: Block, block: Block, widths: dict[Lang, int], lines: Sequence[str], blocks: Sequence[Block]
) -> bool:
    if block.lang != before.lang or block.lang == "none" or not widths[block.lang] or block.part > 1:
        return False
    if before.role != "paragraph" or block.role != "paragraph" or before.sure or block.sure:
        return False
    between = range(before.line + 1, block.line)
    chrome = {other.line for other in blocks if other.role == "chrome"}
    if any(number not in chrome and lines[number - 1].strip() for number in between):
        return False
    if _is_headline(before.text) and block.text[:1].isupper():
        return False
    if _GAP.search(before.text) or (script.ends_sentence(before.text) and block.start >= before.start + _INDENT):
        return False  # the head of a page, its words far apart; an indent begins a paragraph
    if _FIELD.match(before.text) and _FIELD.match(block.text):
        return False  # labels with what is filled in, one below the other
    full = _is_full(before, block, widths[block.lang])
    if between:
        return full and not script.ends_sentence(before.text) and any(number in chrome for number in between)
    very_full = _length(before.text, block.lang) >= 0.9 * widths[block.lang]
    return full and (very_full or not script.ends_sentence(before.text))


def _plainly(blocks: Sequence[Block], small_words: Collection[str]) -> set[int]:
    """Places of the blocks that go on with the line right above by what both say, however long the lines are."""
    found: set[int] = set()
    alone: set[int] = set()
    short: set[int] = set()
    for run in _sentences(blocks):
        begun = not blocks[run[0]].text.lstrip(_MARKS)[:1].islower()
        for index in run[1:]:
            before, block = blocks[index - 1].text.strip(_MARKS), blocks[index].text.lstrip(_MARKS)
            half = blocks[index - 1].part > 0 and block[:1].islower()  # the other language took the room before it
            clause = _SUBTITLE if index - 1 in found else _CLAUSE  # amid broken lines a comma says nothing
            if begun and (
                half or _stops_in_chinese(before, clause) or _goes_on_small(before, block, small_words, clause)
            ):
                found.add(index)
            elif _is_first_word(before):
                alone.add(index)
            elif begun and block[:1].islower() and not before.endswith(_COMMAS):
                short.add(index)
        if len(run) > _FEWEST_WORDS and 2 * sum(index in found for index in run) >= len(run) - 1:
            found.update(index for index in run if index in short)  # most were broken amid a sentence: so were these
    words = sum(_is_first_word(blocks[index - 1].text.strip(_MARKS)) for index in found)
    return found | alone if words >= _FEWEST_WORDS else found


def _unparted(blocks: Sequence[Block], lines: Sequence[str]) -> set[int]:
    """Places of the Chinese blocks that go on with the line right above, where blank lines part all other paragraphs.

    The line above stops in the middle of a sentence, or of a foreign name that both lines spell.
    """
    mine = [b.line for b in blocks if b.lang == "zh" and b.role == "paragraph" and size(b.text) >= RUNNING_SIZE]
    parted = sum(not "".join(lines[number : number + 1]).strip() for number in mine)
    if len(mine) < _FEWEST_LINES or parted < _PARTED * len(mine):
        return set()
    return {
        index
        for index, (before, block) in enumerate(pairwise(blocks), start=1)
        if block.lang == "zh" and not block.part and _adjoins(before, block) and _is_broken(before, block)
        if _is_amid_sentence(before.text) or (_is_latin(before.text[-1]) and _is_latin(block.text[0]))
    }


def _is_amid_sentence(text: str) -> bool:
    return size(text) >= RUNNING_SIZE and _COMMA.search(text) is not None


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _stops_in_chinese(text: str, clause: Mapping[str, int]) -> bool:
    """Whether a Chinese line stops at a comma, or at a foreign word after one.

    :param clause: lengths that a line which stops at a comma has.
    """
    if len(text) <= _SUBTITLE["zh"] or not script.han_character.search(text):
        return False
    if text.endswith(_COMMAS):
        return len(text) >= clause["zh"]
    return text[-1].isascii() and text[-1].isalnum() and _COMMA.search(text) is not None


def _goes_on_small(before: str, block: str, small_words: Collection[str], clause: Mapping[str, int]) -> bool:
    """Whether English begins small, or after a small word, below a line's length or the first word of its sentence.

    :param clause: lengths that a line which stops at a comma has.
    """
    if _parts_word(before, block):
        return True
    if not (block[:1].islower() or before.rpartition(" ")[2] in small_words):
        return False
    if before.endswith(_COMMAS):
        return len(before) >= clause["en"]
    return len(before) > _SUBTITLE["en"] or _is_first_word(before)


def _is_first_word(text: str) -> bool:
    """Whether a line is one word with a capital, which some editors keep apart from the rest of its sentence.

    Who speaks may be named before it.

    >>> [_is_first_word(text) for text in ("Boats", "Li Jiang: The", "River Radio:", "The boats")]
    [True, True, False, False]
    """
    return _FIRST_WORD.fullmatch(text) is not None


def _sentences(blocks: Sequence[Block]) -> Iterator[range]:
    """Runs of lines of one language of which the last comes to the end of a sentence or to a colon, and no other.

    A text that breaks off amid a sentence ends with a long line, and other sentences end amid the lines above.
    """
    first = 0
    for index, block in enumerate(blocks):
        if index and not _adjoins(blocks[index - 1], block):
            first = index
        if script.ends_sentence(block.text) or block.text[-1] in _ENDS:
            if first < index:
                yield range(first, index + 1)
            first = index + 1
    if first < len(blocks) - 1 and len(blocks[-1].text) > _SUBTITLE["en"] and any(map(holds_sentence, blocks[first:])):
        yield range(first, len(blocks))


def _adjoins(before: Block, block: Block) -> bool:
    """Whether a block is running text that may go on with the block before it, on the line above."""
    if block.line != before.line + 1 or block.part > 1 or block.lang != before.lang:
        return False
    if block.part and " " not in before.text:
        return False  # a word above a pair
    return before.role == block.role == "paragraph" and not (before.sure or block.sure)


def _is_headline(text: str) -> bool:
    """Whether an English line has the capitals of a title."""
    words = [word for word in script.latin_word.findall(text) if len(word) > _SMALL_WORD]
    if text.isupper() and len(text) > _LONG["en"]:
        return False  # a clause of a contract
    return len(words) > 2 and all(word[0].isupper() for word in words) and not script.ends_sentence(text)

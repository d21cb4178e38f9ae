"""What page furniture is: by the rules of ``data/chrome.yml`` for a line alone, and what marked blocks are to others.

The stages that mark it are ``chrome`` and ``doubtful``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext import script
from bitext.cuts import HTML_TAG
from bitext.knowledge import Knowledge
from bitext.layout import LINK, SHORT_SIZE, Layout, is_running, is_underlined
from bitext.model import LANGS, Block
from bitext.plain import plain
from bitext.reasons import NO_LETTER, is_rule
from bitext.role_rules import of_label
from bitext.rows import WORD, is_row_of_buttons, is_row_of_phrases
from bitext.rules import bare

ANYWHERE = frozenset({""})
EDGE = frozenset({"", "edge"})
FOOT = frozenset({"foot"})
_FEWEST_PARAGRAPHS = 2
"""A part of one language has so many paragraphs at least; one paragraph above its translation makes no parts."""
_HEADING = re.compile(r"\s*#{1,6}\s+\S")
ROW_OF_BUTTONS = "a row of buttons, parted by wide blanks"
_PHRASES = "a row of phrases of page furniture"
_BUTTONS = frozenset({ROW_OF_BUTTONS, _PHRASES})
_PICTURE = re.compile(r"\s*!\[[^\]]*\]\([^()\s]*\)\s*")
_EMOJI = re.compile(r":[a-z_]+:")
"""A picture by its name."""
_POINTERS = "\u25bc\u25b2\u2193\u2191 "
"""What points from a line, at either end of it, to the one above or below it, or to the top of the page."""
DOTS = re.compile(r"(?<=\w)(?:\.{2,}|\u2026+)$")
"""With which a button says that more follows."""
_DOT = (".", "\u2026")
_NO_WORD = re.compile(r"[^\w]*|\d{1,4}[^\w]*")


def between_parts(blocks: Sequence[Block]) -> range:
    """Indexes between the part of one language and that of the other; none where the languages are mixed."""
    parts = [[i for i, block in enumerate(blocks) if block.lang == lang and is_running(block)] for lang in LANGS]
    if min(map(len, parts)) < _FEWEST_PARAGRAPHS:
        return range(0)
    first, second = sorted(parts)
    return range(first[-1] + 1, second[0])


def is_amid_furniture(blocks: Sequence[Block], line: range) -> bool:
    """Whether above and below a line stands furniture with words in it, or below it the page ends."""
    below = line.stop == len(blocks) or is_furniture(blocks[line.stop])
    return below and is_furniture(blocks[line.start - 1])


def whole_line(number: int, lines: Sequence[str], zones: frozenset[str], knowledge: Knowledge) -> Block:
    """A line that was cut into pieces as one block, marked if a rule fits it."""
    line = lines[number - 1]
    whole = Block(number, 0, 0, len(line), line, "zh")
    return by_rule(whole, knowledge, zones, heading=is_heading(lines, number))


def is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether Markdown marks a line as a heading, before it or below it."""
    line = lines[number - 1]
    return _HEADING.match(line) is not None or (is_underlined(lines, number) and script.size(line) <= SHORT_SIZE)


def zones_of(index: int, place: Layout) -> frozenset[str]:
    """Zones of a text in which a block stands; without running text there are none to tell."""
    if place.last < 0 or place.first < index <= place.last:
        return ANYWHERE
    return EDGE | FOOT if index > place.last else EDGE


def by_rule(block: Block, knowledge: Knowledge, zones: frozenset[str], *, heading: bool = False) -> Block:
    """The block, marked if a rule fits it.

    :param heading: Markdown marks the line as a heading.
    """
    text, length = plain(block.text).strip(_POINTERS), script.size(block.text)
    text = DOTS.sub("", text) if text.endswith(_DOT) else text
    if "](" in text and (link := LINK.fullmatch(text)):
        text, heading = _bare_link(link), False
    phrase = bare(text)
    for one in knowledge.chrome.possible(text, phrase, length or len(text) / 4):
        if one.zone in zones and (one.headings or not heading) and one.describes(text, phrase):
            return replace(of_label(block), role="chrome", sure=True, reason=one.reason)
    if not heading and is_row_of_phrases(text, knowledge, all_of_them="edge" not in zones):
        return replace(block, role="chrome", sure=True, reason=_PHRASES)
    if not heading and is_row_of_buttons(block.text, knowledge, anywhere="edge" not in zones):
        return replace(block, role="chrome", sure=True, reason=ROW_OF_BUTTONS)
    if block.lang == "none" and not block.part and _NO_WORD.fullmatch(text):
        return replace(block, role="chrome", sure=True, reason=NO_LETTER)
    return block


def _bare_link(link: re.Match[str]) -> str:
    return _EMOJI.sub("", link.group(1)).strip()


def opens(block: Block, knowledge: Knowledge) -> bool:
    """Whether a block was marked by a rule that says that what follows is furniture too."""
    return block.role == "chrome" and any(one.opens and one.reason == block.reason for one in knowledge.chrome)


def is_setting(block: Block) -> bool:
    """Whether a line is a picture in the way of Markdown or nothing but tags: articles have them amid their text."""
    return _PICTURE.fullmatch(block.text) is not None or not HTML_TAG.sub("", block.text).strip()


def is_furniture(block: Block) -> bool:
    """Whether a rule knows the words of a line as furniture; rules, pictures and numbers of pages stand in articles."""
    if block.role != "chrome" or is_setting(block):
        return False
    return (is_rule(block.reason) or block.reason in _BUTTONS) and bool(WORD.search(block.text))

"""What a line must look like to be the title of a text, taken by itself."""

from __future__ import annotations

import re

from bitext import script
from bitext.layout import is_item, is_running
from bitext.model import Block
from bitext.reasons import CONTENTS, MARKED, TITLE_MARK

SHORT_TITLE = 5.0
PAGE_TITLE_SIZE = 8.0
"""The first line of a page is its title if it is at least this long; menus are shorter."""
MENU = re.compile(
    r"\S\s{3,}\S|\|.+\||[>\u203a\u00bb]" + f"|[{script.HAN}][ \u3000]\\S+[ \u3000]\\S+[ \u3000](?![A-Za-z])"
)
"""Signs of a row of links: wide blanks, bars, arrows."""
_STOPS = "\u3002.!,;:\uff0c\uff1b\uff1a\u3001"
"""No title ends so, but that some put a full stop behind one that is named or marked as the title."""
_NO_ENDS_OF_NAMED = _STOPS.replace(".", "").replace("\u3002", "")
_GOES_ON = ("\u3002\u3002\u3002", "...")
"""Stops that are dots, in figures of speech: more follows."""
_SIZES = (2.6, 56.0)
"""The longest title of the seeds has 46; what is longer is a paragraph without a full stop."""
ROW = re.compile("\\S[ \u3000]+\\S")
_NO_TITLE = re.compile(
    "[)\uff09\u2014]|[(\uff08].*[)\uff09]$"
    "|.*(?:\u3002.|(?<![A-Z])[a-z]{3}[.!?] [A-Z])|[^:\uff1a]{1,20}[:\uff1a][\\d\\s.,:/%-]+$"
)
"""What begins with the end of a bracket or a dash, stands in brackets, holds a sentence, or says how
much of something there is. A stop after a short word with a capital is that of a title before a name."""
QUOTED = re.compile('["\u201c][^"\u201c\u201d]*["\u201d]|\u300c[^\u300c]*\u300d')
"""What somebody said: the title of an interview, if both languages have it."""
HELD = re.compile(r"[(\uff08]([^()\uff08\uff09]+)[)\uff09]")
"""A title in brackets, and what they hold."""
DASH = re.compile("\\s*(?:[\u2014\u2015\u2500]{1,2}|--)\\s*\\S")


def could_be(block: Block) -> bool:
    """Whether a line could be a title: short, without the end of a sentence, and nothing else by its words."""
    if block.role not in ("paragraph", "heading") or (block.sure and not is_marked(block)):
        return False
    if block.reason.startswith(CONTENTS):
        return False
    least, most = _SIZES
    if not (least <= script.size(block.text) or is_first_level(block)) or script.size(block.text) > most:
        return False
    text = block.text.rstrip("\u3002.") if block.text.endswith(_GOES_ON) else block.text
    if text[-1:] in (_NO_ENDS_OF_NAMED if block.reason == TITLE_MARK else _STOPS):
        return False
    if QUOTED.fullmatch(text) or _NO_TITLE.match(text):
        return False
    return not block.joined and not is_running(block) and not is_item(block.text)


def is_marked(block: Block) -> bool:
    """Whether Markdown marks the line as a heading of the first or second level."""
    return block.level == 2 and (block.reason in (MARKED, TITLE_MARK) or block.text.startswith("#"))


def is_heading_mark(block: Block) -> bool:
    """Whether Markdown marks the line as a heading of any level."""
    return block.role == "heading" and (block.reason == MARKED or block.text.startswith("#"))


def is_first_level(block: Block) -> bool:
    """Whether Markdown marks the line as a heading of the first level."""
    return block.reason == TITLE_MARK or (block.text.startswith("# ") and block.level == 2)

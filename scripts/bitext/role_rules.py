"""What a line is by its own words, whatever stands round it: the rules of ``data/roles.yml``, asked by many stages."""

from __future__ import annotations

import re
from dataclasses import replace

from bitext import fields, script
from bitext.layout import is_short
from bitext.marks import BULLETS, EMPHASIS_END, HEADING_MARK
from bitext.model import FACT_ROLES, SUBTITLE_LEVEL, Block, Role
from bitext.plain import plain
from bitext.reasons import BOX, rule
from bitext.rules import Rules

_LABELLED = rule("labelled-line")
_CHINESE_LABEL = re.compile(rf"\W*[{script.HAN}]{{1,8}} *[:\uff1a/|\uff5c]")
_SPACED_NAME = re.compile(rf"(?<![^\s:/(])([{script.HAN}])\s{{1,2}}([{script.HAN}])(?![^\s)])")
"""A name of two characters, set apart to be as long as one of three."""
_BOLD_LABEL = re.compile(r"(?<![*_])[*_]+(\s*:)$")
"""The end of bold type before a colon: ``**Text**:``"""
_QUOTED = re.compile(r"(?:>\s*)+(?=\S)")
"""The sign of a quotation in Markdown, in which translators put whose text it is and where it stands."""
_BOX_MARKS = ":!?>"
_BOX = re.compile(
    "\\s*(?::{3,}\\s*|!{3}\\s+|\\?{3}[+]?\\s+|>\\s*\\[!)[A-Za-z-]+\\]?[+-]?\\s+[\"'\u201c]?(?:\\w|\u3010)"
)
"""A line that opens a box of Markdown with a title: ``::: tip Words``, ``!!! note "Words"``, ``> [!tip] Words``."""
_TIME = r"[\[(\uff08\u3010]?\d{1,2}[:\uff1a]\d\d(?:[:\uff1a]\d\d)?[\])\uff09\u3011]?"
_TIMED = re.compile(rf"^{_TIME}\s*(?=\D)|{_TIME}(?=[:\uff1a]?[*_]{{0,2}}$)")
"""When something is said, before or behind the name of who says it."""
_PICTOGRAMS = re.compile("^[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d\\s]+")


def by_words(block: Block, rules: Rules) -> Block:
    """The block with the role of the first rule that fits, if any."""
    if block.role == "chrome" or block.lang == "none" or block.sure:
        return block
    if block.text[0] in _BOX_MARKS and _BOX.match(block.text) and is_short(block):
        return replace(block, role="label", sure=True, reason=BOX)
    text, length = plain(block.text).lstrip(BULLETS).rstrip(EMPHASIS_END), script.size(block.text)
    text = _PICTOGRAMS.sub("", text)
    text = text if text.isascii() else _SPACED_NAME.sub(r"\1\2", text)
    text = _BOLD_LABEL.sub(r"\1", text) if text.endswith(":") else text
    for one in rules.possible(text, "", length):
        if one.describes(text, "") and not (one.role == "heading" and block.wrapped):
            said = of_label(block) if one.role in FACT_ROLES else block
            return replace(said, role=one.role, sure=True, reason=one.reason, level=_level(block, one.role))
    return _timed(block, text, rules) or _as_field(block, rules)


def without_time(text: str) -> str:
    """A text without the hour or the time code at its beginning or end, as transcripts have beside a name.

    >>> without_time("[00:12] Li Jiang:"), without_time("Li Jiang 10:00:12"), without_time("08:30")
    ('Li Jiang:', 'Li Jiang', '')
    """
    return _TIMED.sub("", text).rstrip() if ":" in text or "\uff1a" in text else text


def _timed(block: Block, text: str, rules: Rules) -> Block | None:
    """A block as the speaker that a rule finds in it once the time code is taken off; ``None`` if there is none."""
    said = without_time(text)
    for one in rules.possible(said, "", script.size(said)) if said and said != text else ():
        if one.role == "speaker" and one.describes(said, ""):
            return replace(block, role=one.role, sure=True, reason=one.reason)
    return None


def of_label(block: Block) -> Block:
    """A fact in the language of its label: Chinese, if only the name behind it is in Latin letters."""
    chinese = block.lang == "en" and not block.part and _CHINESE_LABEL.match(block.text)
    return replace(block, lang="zh") if chinese else block


def _as_field(block: Block, rules: Rules) -> Block:
    """The block with the role that a rule for lines with a label gives it when its label is printed as usual."""
    quoted = _QUOTED.match(block.text)
    bare = [plain(block.text[quoted.end() :]).lstrip(BULLETS)] if quoted else []
    for text in (*fields.forms(block.text), *bare):
        for one in rules.possible(text, "", script.size(text)):
            if (one.role in FACT_ROLES or one.reason == _LABELLED) and one.describes(text, ""):
                return replace(of_label(block), role=one.role, sure=True, reason=one.reason)
    return block


def _level(block: Block, role: Role) -> int:
    """Level of a heading on the page: 2, or 3 for the deeper marks of Markdown and for bracketed numbers."""
    if role != "heading":
        return 0
    if match := HEADING_MARK.match(block.text):
        return 2 if len(match.group(1)) <= 2 else SUBTITLE_LEVEL
    return SUBTITLE_LEVEL if block.text[:1] in "(\uff08" else 2

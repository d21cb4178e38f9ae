"""Marks of Markdown in a text that was pasted: they say how words are set, which a page says in its own way.

A file that ends in ``.md`` has lost them at its door (:mod:`bitext.doors.markdown`). Here they stay in the lines, where
they tell headings, and go when the page is composed, each on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.model import Block, Removal
from bitext.script import LINK_TARGET

HEADING_MARK = re.compile(r"^(#{1,6})\s+")
_ALL_STRONG = (
    r"(?:\*\*[^*]+\*\*|__[^_]+__"
    r"|(?:<(?:p|div|center|code|font)\b[^<>]{0,80}>\s*)?<(b|strong)>[^<]+</\1>(?:\s*</(?:p|div|center|code|font)>)?)\s*"
)
BOLD = re.compile(rf"\s*{_ALL_STRONG}")
BOLD_ENTRY = re.compile(rf"\s*(?:[-+]\s+)?{_ALL_STRONG}")
"""A whole line in bold, as it is, and as the entry of a list."""
BULLETS = "\u2022\u203b\u2605\u2606\u25c6\u25cf\u25cb\u25a0\u25a1\u25aa\u25ba\u00b7*- "
EMPHASIS_END = "*_ "
"""What stands before the words of an entry, and behind words in bold or italics."""
BULLET = re.compile(rf"\s*([{BULLETS.strip()}])\s*+(?![*-]|$)")
"""The bullet of an entry, with the words of the entry behind it."""
_HEADING = re.compile(r"(?:#{1,6}[ \t\u3000]+|#{2,6})(?=[^\s#])")
_CLOSING = re.compile(r"(?<![ \t])[ \t]+#{1,6}\s*$")
_QUOTE = re.compile(r"(?:>[ \t]*)+(?=[^\s>])")
_STRONG = re.compile(
    r"(?<![A-Za-z0-9*])(?P<stars>\*{2,3})(?=[^\s*])[^*]*?(?<=[^\s*])(?P=stars)(?!\*)"
    r"|(?<![\w*])(?P<lines>__|\*)(?=[^\s_*])[^_*]*?(?<=[^\s_*])(?P=lines)(?![\w*])"
)
_HALF = re.compile(r"(?<!\*)\*\*(?!\*)")
"""The sign of strong words of which the other is in the other language's piece of the line."""
_LINK = re.compile(rf"(?<!!)(\[)[^\[\]]{{1,200}}(\]\((?=https?://|mailto:|[/#.]|\{{\{{){LINK_TARGET}\))")


def unmarked(block: Block) -> tuple[str, tuple[Removal, ...]]:
    """Text of a block without marks of headings, quotations, strong words and links, and these marks.

    >>> unmarked(Block(7, 0, 2, 18, "## **要点** (Part 1)", "zh"))[0]
    '要点 (Part 1)'
    """
    text, kept, at = block.text, "", 0
    removed: list[Removal] = []
    spans = sorted(_spans(text)) or sorted(_halves(block))
    for start, end, rule in spans:
        if start >= at:
            kept += text[at:start]
            removed.append(Removal(block.line, block.start + start, block.start + end, text[start:end], rule))
            at = end
    kept += text[at:]
    return (kept, tuple(removed)) if kept.strip() else (text, ())


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Offsets and rule of each mark of a text."""
    if "](" in text:
        for match in _LINK.finditer(text):
            yield *match.span(1), "mark of Markdown"
            yield *match.span(2), "link target"
    if "*" in text or "__" in text:
        for match in _STRONG.finditer(text):
            length = len(match["stars"] or match["lines"])
            yield match.start(), match.start() + length, "mark of Markdown"
            yield match.end() - length, match.end(), "mark of Markdown"
    first = (_HEADING if text[:1] == "#" else _QUOTE).match(text) if text[:1] in ("#", ">") else None
    if first:
        yield *first.span(), "mark of Markdown"
        if text[0] == "#" and (last := _CLOSING.search(text, first.end())):
            yield *last.span(), "mark of Markdown"


def _halves(block: Block) -> Iterator[tuple[int, int, str]]:
    """The one sign of strong words in a piece of a line that holds both languages."""
    found = list(_HALF.finditer(block.text)) if block.part else []
    if len(found) == 1:
        yield *found[0].span(), "mark of Markdown"

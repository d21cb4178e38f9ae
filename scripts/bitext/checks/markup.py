"""Nothing on a page acts: HTML, addresses that run or lead elsewhere, attributes and characters that hide are refused.

The site shows HTML as text and drops none of it; here the person who typed it is told, with the line. What the
converter writes is escaped and never comes into question.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bitext import front_matter
from bitext.checks.ids import Ids
from bitext.checks.pages import Copy, Pair
from bitext.markup import UNSHOWABLE, masked, unmasked
from bitext.model import Finding
from bitext.page import RawBlock

CHECK = "markup"
_SNIPPET = 60

# Line ends that Python-Markdown or an editor knows and Markdown's readers do not see: text behind one is another line.
_LINE_ENDS = re.compile("[\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_HTML = re.compile(r"<(?!https?://[^<>\s]*>|[\w.+-]+@[\w.-]+>)[A-Za-z/!?][^<>]*>|<!--", re.IGNORECASE)
_INLINE = re.compile(r"(!?)\[[^\[\]]*\]\(\s*(<[^>]*>?|[^)]*)|\]\(\s*(<[^>]*>?|[^)]*)")
# As in Python-Markdown's ReferenceProcessor; the address may stand on the next line, which a block holds as a blank.
_DEFINITION = re.compile(r"(?:^|\s)\[[^\[\]]*\]:\s*(\S+)")
_BARE = re.compile(r"<(https?://[^<>\s]*)>", re.IGNORECASE)
_SIGNS = re.compile(r"[\[\]<{]")
"""One of these is in all that is looked for; most paragraphs have none."""
_CONTENTS = "[TOC]"
"""In the place of which Python-Markdown would put links with a frame of its own."""
_BRACES = re.compile(r"\{[^{}]*\}")
_TITLE = re.compile(r"\s[\"'(].*$", re.DOTALL)
# Browsers skip these inside an address, so that "java\tscript:" is a scheme.
_SKIPPED = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"([^/?#]*):")
_SCHEMES = frozenset({"http", "https", "mailto"})
_OTHER_HOST = re.compile(r"[/\\]{2}")
_HOST = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,4})?(?:[/?#]|\Z)", re.IGNORECASE)


def check(pair: Pair, _: Ids) -> Iterator[Finding]:
    """Pages hold text, links that are safe to press and pictures of this site; no HTML, no attributes beside ids."""
    for copy in pair.copies:
        yield from _characters(copy)
        for block in copy.blocks:
            text = masked(block.markdown)
            if not _SIGNS.search(text):
                continue
            yield from _html(copy, block, text)
            yield from _contents(copy, block, text)
            yield from _links(copy, block, text)
            yield from _attributes(copy, block, text)


def _characters(copy: Copy) -> Iterator[Finding]:
    """Characters that hide, stand in the way of a reader or part lines unseen; spelt as entities too."""
    pieces = front_matter.split(copy.text)
    if pieces and not (hides(pieces[1]) or _LINE_ENDS.search(pieces[1])):
        return
    for number, line in enumerate(pieces[1].split("\n"), pieces[2]) if pieces else ():
        if bad := hides(line):
            found = f"character U+{ord(bad[0]):04X}"
            yield copy.at(number, CHECK, found, "text that can be shown", "Remove it.")
        if end := _LINE_ENDS.search(line):
            found = f"a line end U+{ord(end[0]):04X} inside a line"
            yield copy.at(number, CHECK, found, "a line feed", "Remove it, or begin a new line.")


def hides(text: str) -> re.Match[str] | None:
    """The first character that cannot be shown, spelt as an entity or not."""
    return UNSHOWABLE.search(text) or ("&" in text and UNSHOWABLE.search(html.unescape(text))) or None


def _html(copy: Copy, block: RawBlock, text: str) -> Iterator[Finding]:
    if tag := _HTML.search(text):
        step = "HTML is shown as text; write &lt; if that is meant."
        yield copy.at(block.line, CHECK, f"HTML: {unmasked(tag[0])[:_SNIPPET]}", "Markdown", step)


def _contents(copy: Copy, block: RawBlock, text: str) -> Iterator[Finding]:
    if _CONTENTS in text:
        step = r"Remove it, the theme makes one; write \[TOC] if the word is meant."
        yield copy.at(block.line, CHECK, f"a table of contents: {_CONTENTS}", "text", step)


def _links(copy: Copy, block: RawBlock, text: str) -> Iterator[Finding]:
    for match in _INLINE.finditer(text):
        yield from _address(copy, block, match[2] if match[2] is not None else match[3], picture=bool(match[1]))
    for match in (*_DEFINITION.finditer(text), *_BARE.finditer(text)):
        yield from _address(copy, block, match[1])


def _address(copy: Copy, block: RawBlock, written: str, *, picture: bool = False) -> Iterator[Finding]:
    found = _TITLE.sub("", unmasked(written)).strip()
    reason = unsafe(found, picture=picture)
    if reason:
        step = "Put the picture into docs/assets/." if picture else "Link to https://, mailto:, a page or a heading."
        yield copy.at(block.line, CHECK, f"{reason}: {found[:_SNIPPET]}", "an address that is safe to press", step)


def unsafe(address: str, *, picture: bool = False) -> str:
    """Why an address may not stand on a page, or nothing; schemes are seen as a browser sees them, entities decoded.

    :param picture: it is loaded at once; that of another host would tell it who reads.

    >>> unsafe("java&Tab;script&colon;alert(1)"), unsafe("../trade/a.md#p4"), unsafe("//example.com")
    ('a link that acts', '', 'a link without its scheme')
    """
    seen = _SKIPPED.sub("", html.unescape(address)).strip("<>")
    scheme = _SCHEME.match(seen)
    if _OTHER_HOST.match(seen):
        return "a link without its scheme"
    if scheme and picture:
        return "a picture from elsewhere"
    if scheme and scheme[1].lower() in ("http", "https") and not _HOST.match(seen):
        return "a link without a host"
    return "a link that acts" if scheme and scheme[1].lower() not in _SCHEMES else ""


def _attributes(copy: Copy, block: RawBlock, text: str) -> Iterator[Finding]:
    """Attribute lists stand below a block or behind a heading; what is in those is looked at by ``structure``."""
    if braces := _BRACES.search(text):
        found = unmasked(braces[0])[:_SNIPPET]
        step = r"Write \{ if a brace is meant."
        yield copy.at(block.line, CHECK, f"braces inside text: {found}", "marks on a line below it", step)

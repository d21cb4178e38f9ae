"""Text of a source ⇄ one line of Markdown that shows exactly this text.

The site is built by Python-Markdown with raw HTML switched off (its ``html_block`` preprocessor and ``html`` inline
pattern are deregistered; entities stay). Every character that Markdown would act on is escaped, the same way
everywhere, so that a person who edits a page meets one rule. Where a backslash is not understood, an entity stands.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import Any

EXTENSIONS: tuple[str, ...] = ("attr_list", "tables", "sane_lists", "footnotes")
"""Extensions of Python-Markdown that a page may rely on. Escaped text also survives abbr, admonition, def_list,
fenced_code and toc; ``smarty`` and ``nl2br`` would change what readers see."""

# Blanks that HTML folds, and the controls and line ends that Python counts as blanks.
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Overrides and isolates reorder what follows them ("Trojan Source", Boucher and Anderson 2021); they show nothing.
_BIDI = "\u202a-\u202e\u2066-\u2069"
UNSHOWABLE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_BIDI}]")
"""Characters that cannot stand on a page: controls, surrogates, non-characters and bidirectional overrides."""

_ANYWHERE = re.compile(r"[\\`*_{}\[\]#]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBERED = re.compile(r"(\d+)([.)])")
_BACKSLASH_FIRST = re.compile(r"[-+>!]")
_ENTITY_FIRST = re.compile(r"[:=~]|\?(?=\?\?)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_BACKSLASHED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_MASKED = re.compile("[\U000f0000-\U000f007f]")
_MARKED = re.compile(r"[`*_\[\]<]|^>")

MAX_BRACKETS = 100
"""``[`` in a block: 4,000 hold Python-Markdown for more than 12 s, 1,000 for half a second; prose has a handful. As
many ``>``, or ``*`` with blanks between them, nest deeper than Python's stack."""


@lru_cache(maxsize=1024)
def visible(text: str) -> str:
    r"""A text as a page can show it: the only normalisation between a source and its page.

    Runs of blanks (those that HTML folds, and every line end) become one, blanks of any kind at the ends go, and so do
    the characters of :data:`UNSHOWABLE`. All else stays, wide blanks and zero-width characters inside it included.

    >>> visible("\u3000 one \t two\x00 ")
    'one two'
    """
    if text.isprintable() and "  " not in text:  # then it holds nothing that cannot be shown, and no blank but " "
        return text.strip()
    return _BLANKS.sub(" ", UNSHOWABLE.sub("", text)).strip()


def escape(text: str) -> str:
    r"""One line of Markdown whose visible text is ``visible(text)``.

    >>> print(escape("2025. The #1 [read](javascript:x) <b>"))
    2025\. The \#1 \[read\](javascript:x) &lt;b>
    """
    line = _ENTITY.sub("&amp;", visible(text))
    line = _ANYWHERE.sub(lambda match: "\\" + match[0], line).replace("<", "&lt;")
    if match := _NUMBERED.match(line):
        return f"{match[1]}\\{match[2]}{line[match.end():]}"
    if _BACKSLASH_FIRST.match(line):
        return "\\" + line
    return f"&#{ord(line[0])};{line[1:]}" if _ENTITY_FIRST.match(line) else line


def unescape(line: str) -> str:
    """Visible text of a line of Markdown: the inverse of :func:`escape`, and right for what people add by hand.

    >>> unescape(escape("# 100 & &amp;")), unescape("**so** [it](x.md) is")
    ('# 100 & &amp;', 'so it is')
    """
    escapes = "\\" in line or "&" in line
    if _MARKED.search(_ESCAPED.sub("", line) if escapes else line) and max(map(line.count, "[<>*_`")) <= MAX_BRACKETS:
        return visible(_rendered(line))
    if not escapes:
        return visible(line)
    return visible(_ESCAPED.sub(lambda match: match[1] or html.unescape(match[0]), line))


_MASK = 0xF0000  # a plane of private use: what stands there, stands nowhere else


def masked(text: str) -> str:
    r"""Markdown with every escaped sign put where no rule of Markdown sees it; offsets of the rest move.

    >>> masked(r"\[a]").endswith("a]"), unmasked(masked(r"\[a]"))
    (True, '[a]')
    """
    return _BACKSLASHED.sub(lambda match: chr(_MASK + ord(match[1])), text)


def unmasked(text: str) -> str:
    """The signs that :func:`masked` has put away, without their backslashes."""
    return _MASKED.sub(lambda match: chr(ord(match[0]) - _MASK), text)


def wide(character: str) -> bool:
    """Whether a character is set solid, as Han characters and their punctuation are: no blank belongs beside it."""
    return unicodedata.east_asian_width(character) in "WF"


def slug(text: str, separator: str) -> str:
    """Id of a heading that has none, from its text in any script; ids that begin with low lines are the theme's.

    >>> slug("__Rivers and dams", "-"), slug("___", "-")
    ('rivers-and-dams', '')
    """
    from markdown.extensions.toc import slugify_unicode

    return slugify_unicode(text, separator).strip("_")


def renderer(extensions: tuple[str, ...] = EXTENSIONS) -> Any:
    """A ``markdown.Markdown`` as the site has it: raw HTML is text."""
    import markdown

    configs = {"toc": {"slugify": slug}} if "toc" in extensions else {}
    converter = markdown.Markdown(extensions=list(extensions), extension_configs=configs)
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


@cache
def _reader() -> Any:
    return renderer()


class _Text(HTMLParser):
    """Collects the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _rendered(line: str) -> str:
    """Visible text of Markdown with markup in it, as Python-Markdown understands it."""
    return text_of(_reader().reset().convert(line))


def text_of(html: str) -> str:
    """Visible text of a piece of HTML.

    >>> text_of("<p>a &amp; <em>b</em></p>")
    'a & b'
    """
    collector = _Text()
    collector.feed(html)
    collector.close()
    return "".join(collector.found)

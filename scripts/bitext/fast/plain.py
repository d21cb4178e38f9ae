"""Lever: pages of plain paragraphs and headings are turned into HTML without Python-Markdown.

Nearly all pages are made of nothing else. A page is plain if every block of it is one line of text after another, or
one heading with an id, and no sign stands in it on which Markdown acts; all others go the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from bitext.model import LANGS
from bitext.page import BEAD_ID, CLASSES

_ACTS = r"\x00-\x1f\x7f-\x9f\u2028\u2029`*_\[\]<{}|\\"
_FIRST = r"(?![\s#>+=:~!-]|\d+[.)])"
_TEXT = rf"{_FIRST}(?:[^{_ACTS}]++|\\[\\`*_{{}}\[\]()>#+\-.!])++(?<!\s)"


def _marks(group: str) -> str:
    """Pattern of an attribute list; its groups have names that begin so."""
    kinds, langs = "|".join(CLASSES), "|".join(LANGS)
    return (
        rf"\{{(?: #(?P<{group}id>{BEAD_ID.pattern}))?(?: \.(?P<{group}kind>{kinds}))?"
        rf"(?: lang=(?P<{group}lang>{langs}))? \}}"
    )


_BLOCK = re.compile(
    rf"(?P<level>##|###) (?P<title>{_FIRST}[^{_ACTS}]*[^{_ACTS}\s]) {_marks('h')}"
    rf"|(?P<text>{_TEXT}(?:\n{_TEXT})*+)(?:\n{_marks('p')})?"
)
_GAP = re.compile(r"\n\n+")
_ENTITY = re.compile(r"&#?\w+;")
_ESCAPED = re.compile(r"\\(.)")
_IN_TITLES = re.compile(r"[\\&>\"]|\s\s|[^\S ]|#$")
"""What a title of the table of contents would show in another way than the heading."""

KNOWN = frozenset({"toc", "tables", "fenced_code", "attr_list", "sane_lists"})
"""Extensions that do nothing to a plain page; with any other one there is no plain page."""


class PlainHtml(str):
    """HTML of a plain page: elements ``p``, ``h2`` and ``h3`` with an id, a known class and a language, and text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain page."""

    html: PlainHtml
    ids: frozenset[str]
    headings: tuple[tuple[int, str, str], ...]
    """Level, id and title."""


def plain(body: str) -> Plain | None:
    r"""A body as Python-Markdown would show it; ``None`` if it is not plain.

    >>> plain("One \\#1\n{ #p1 }\n\n## Two { #p2 }\n").html
    '<p id="p1">One #1</p>\n<h2 id="p2">Two</h2>'
    >>> plain("*One*")
    """
    blocks = [_BLOCK.fullmatch(block) for block in _GAP.split(body.strip("\n"))]
    if not all(blocks) or _ENTITY.search(body):
        return None
    matches = [block.groupdict() for block in blocks if block]
    headings = tuple((len(found["level"]), found["hid"] or "", found["title"]) for found in matches if found["level"])
    ids = [found["hid"] or found["pid"] for found in matches]
    if any(not name or _IN_TITLES.search(title) for _, name, title in headings):
        return None
    return Plain(PlainHtml("\n".join(map(_html, matches))), frozenset(filter(None, ids)), headings)


def _html(found: dict[str, str | None]) -> str:
    """A block; a heading has ``h`` before the names of its groups, a paragraph ``p``."""
    tag, mark, text = (f"h{len(found['level'])}", "h", found["title"]) if found["level"] else ("p", "p", found["text"])
    names = (("kind", "class"), ("id", "id"), ("lang", "lang"))  # in the order of the alphabet
    words = "".join(f' {name}="{value}"' for key, name in names if (value := found[mark + key]))
    return f"<{tag}{words}>{_shown(text or '')}</{tag}>"


def _shown(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return text.replace("&", "&amp;").replace(">", "&gt;") if "&" in text or ">" in text else text


def _tokens(headings: tuple[tuple[int, str, str], ...]) -> Any:
    """Headings as the extension ``toc`` nests them; those of a lower level before the first stand on its level."""
    from markdown.extensions.toc import nest_toc_tokens

    return nest_toc_tokens([{"level": level, "id": name, "name": title} for level, name, title in headings])


def pull() -> None:
    """Takes the place of ``Page.render``."""
    slow = Page.render

    def render(self: Page, config: MkDocsConfig, files: Files) -> None:
        found = plain(self.markdown) if self.markdown and _usual(config) else None
        if found is None:
            slow(self, config, files)
            return
        self.content, self.toc = found.html, get_toc(_tokens(found.headings))
        self._title_from_render, self.present_anchor_ids, self.links_to_anchors = None, set(found.ids), {}

    Page.render = render  # type: ignore[method-assign]


def _usual(config: MkDocsConfig) -> bool:
    return all(name in KNOWN for name in _names(config))


def _names(config: MkDocsConfig) -> Iterator[str]:
    """Names of extensions; our own, which shows HTML as text, does nothing to text without HTML."""
    for extension in config.markdown_extensions:
        if type(extension).__name__ != "PlainText":
            yield str(extension)

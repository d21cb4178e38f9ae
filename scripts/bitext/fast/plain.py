"""Lever: pages of plain paragraphs and headings are turned into HTML and into parts without Python-Markdown.

Nearly all pages are made of nothing else. A page is plain if every block of it is one line of text after another, or
one heading with an id, and no sign stands in it on which Markdown acts; all others go the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from sys import intern
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs_static_i18n.plugin import I18n

from bitext import page
from bitext.markup import visible
from bitext.model import LANGS, Lang, Part, PartKind
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
_GROUPS = ("level", "title", "hid", "hkind", "hlang", "text", "pid", "pkind", "plang")
_GAP = re.compile(r"\n\n+")
_HEADINGS = {2: "heading2", 3: "heading3"}
_ENTITY = re.compile(r"&#?\w+;")
_ESCAPED = re.compile(r"\\(.)")
_IN_TITLES = re.compile(r"[\\&>\"]|\s\s|[^\S ]|#$")
"""What a title of the table of contents would show in another way than the heading."""

KNOWN = frozenset({"toc", "tables", "fenced_code", "attr_list", "sane_lists"})
"""Extensions that do nothing to a plain page; with any other one there is no plain page."""


class PlainHtml(str):
    """HTML of a plain page: elements ``p``, ``h2`` and ``h3`` with an id, a known class and a language, and text."""

    __slots__ = ()


Headings = tuple[tuple[int, str, str], ...]
"""Level, id and title of each."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain page."""

    html: PlainHtml
    ids: tuple[str, ...]
    headings: Headings


AHEAD: dict[str, Plain] = {}
"""What the gate has made of bodies when it looked at them (``fit``): the first that shows one takes it."""


def plain(body: str) -> Plain | None:
    r"""A body as Python-Markdown would show it; ``None`` if it is not plain.

    >>> plain("One \\#1\n{ #p1 }\n\n## Two { #p2 }\n").html
    '<p id="p1">One #1</p>\n<h2 id="p2">Two</h2>'
    >>> plain("*One*")
    """
    matches = _matches(body)
    headings = None if matches is None else _headings(matches)
    if matches is None or headings is None:
        return None
    return Plain(PlainHtml("\n".join(map(_html, matches))), _ids(matches), headings)


Found = tuple[str | None, ...]
"""What stands in a block, in the order of :data:`_GROUPS`."""


def _matches(body: str) -> list[Found] | None:
    """The blocks of a body; ``None`` if one of them is not plain."""
    blocks = [_BLOCK.fullmatch(block) for block in _GAP.split(body.strip("\n"))]
    if not all(blocks) or ("&" in body and _ENTITY.search(body)):
        return None
    return [block.group(*_GROUPS) for block in blocks if block]


def _ids(matches: list[Found]) -> tuple[str, ...]:
    return tuple([intern(name) for found in matches if (name := found[2] or found[6])])


def _headings(matches: list[Found]) -> Headings | None:
    """Those of a body; ``None`` if the table of contents would show one in another way, or without an id."""
    headings = tuple((len(found[0]), found[2] or "", found[1] or "") for found in matches if found[0])
    odd = any(not name or _IN_TITLES.search(title) for _, name, title in headings)
    return None if odd else headings


def _html(found: Found) -> str:
    level, title, *rest = found
    name, kind, lang = rest[:3] if level else rest[4:]
    tag, text = (f"h{len(level)}", title) if level else ("p", rest[3])
    words = f' class="{kind}"' if kind else ""  # in the order of the alphabet
    words += f' id="{name}"' if name else ""
    words += f' lang="{lang}"' if lang else ""
    return f"<{tag}{words}>{_shown(text or '')}</{tag}>"


def _shown(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return text.replace("&", "&amp;").replace(">", "&gt;") if "&" in text or ">" in text else text


def parts(body: str, lang: Lang) -> tuple[Part, ...] | None:
    r"""What ``bitext.page.parts`` makes of a body; ``None`` if it is not plain.

    >>> parts("One \\#1\n{ #p1 .caption }", "zh")
    (Part(kind='caption', text='One #1', bead='p1', lang=None),)
    """
    matches = _matches(body)
    return None if matches is None else tuple(_part(found, lang) for found in matches)


def _part(found: Found, lang: Lang) -> Part:
    level, title, *rest = found
    name, kind, other = rest[:3] if level else rest[4:]
    kind = (_HEADINGS[len(level)] if level else kind) or "paragraph"
    text = (title if level else (rest[3] or "").replace("\n", " ")) or ""
    text = visible(_ESCAPED.sub(r"\1", text) if "\\" in text else text)
    return Part(cast("PartKind", kind), text, name or "", None if other == lang else cast("Lang | None", other))


def _tokens(headings: Headings) -> Any:
    """Headings as the extension ``toc`` nests them; those of a lower level before the first stand on its level."""
    from markdown.extensions.toc import nest_toc_tokens

    return nest_toc_tokens([{"level": level, "id": name, "name": title} for level, name, title in headings])


def pull() -> None:
    """Takes the place of ``Page.render``, of ``bitext.page.parts``, and of what static-i18n looks for in each line."""
    slow, slow_parts, slow_markdown = Page.render, page.parts, I18n.on_page_markdown
    kept: dict[tuple[str, Lang], tuple[Part, ...]] = {}

    def render(self: Page, config: MkDocsConfig, files: Files) -> None:
        found = (AHEAD.pop(self.markdown, None) or plain(self.markdown)) if self.markdown and _usual(config) else None
        if found is None:
            slow(self, config, files)
            return
        self.content, self.toc = found.html, get_toc(_tokens(found.headings))
        self._title_from_render, self.present_anchor_ids, self.links_to_anchors = None, _set_of(found.ids), {}

    def fast_parts(body: str, lang: Lang, first_line: int = 1) -> tuple[Part, ...]:
        """Two ask for the parts of a page, its exports and the search: the first makes them, the second takes them."""
        found = kept.pop((body, lang), None)
        if found is None and (found := parts(body, lang)) is not None:
            kept[body, lang] = found
        return slow_parts(body, lang, first_line) if found is None else found

    @wraps(slow_markdown)
    def on_page_markdown(self: I18n, markdown: str, **more: Any) -> str:
        """No line of a plain page begins like an admonition, whose title it would translate."""
        return markdown if markdown in AHEAD else slow_markdown(self, markdown, **more)

    I18n.on_page_markdown = on_page_markdown
    Page.render = render  # type: ignore[method-assign]
    page.parts = fast_parts


@lru_cache(maxsize=1024)
def _set_of(ids: tuple[str, ...]) -> set[str]:
    """One set for all pages with these ids, most of which are p1 to p20 or so; MkDocs only asks what is in it."""
    return set(ids)


def _usual(config: MkDocsConfig) -> bool:
    return all(name in KNOWN for name in _names(config))


def _names(config: MkDocsConfig) -> Iterator[str]:
    """Names of extensions; our own, which shows HTML as text, does nothing to text without HTML."""
    for extension in config.markdown_extensions:
        if type(extension).__name__ != "PlainText":
            yield str(extension)

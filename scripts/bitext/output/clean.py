"""Is the HTML that Markdown made free of all that acts? Asked of a maintained sanitiser; nothing is taken out.

A sanitiser that removes loses text silently, so here it only detects: where its result is another tree than what it was
given, the page is refused. Trees are compared, since it writes the same tree in other bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bitext.checks.markup import unsafe
from bitext.page import BEAD_ID, CLASSES

TAGS = frozenset(
    ("a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre",
     "strong", "table", "tbody", "td", "th", "thead", "tr", "ul")
)  # fmt: skip
"""Elements that Markdown makes with the extensions of mkdocs.yml."""
ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title"},
    "img": {"alt", "src", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}


_LANGUAGE = re.compile(r"language-[\w+-]+")
"""What a block of code says of itself; no style or script knows of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that the sanitiser would change."""

    found: str
    """What stands there, such as ``<p onclick="…">``."""
    bead: str
    """Id of the last bead before it; empty before the first."""


def difference(html: str) -> Difference | None:
    """What a sanitiser would change in the body of a page; nothing if it is clean."""
    cleaned = nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, attribute_filter=_kept, url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )  # fmt: skip
    bead = ""
    for found, kept in zip_longest(_nodes(html), _nodes(cleaned)):
        if found != kept:
            return Difference(_shown(found or kept), bead)
        name = dict(found[1]).get("id") or "" if found else ""
        bead = name if BEAD_ID.fullmatch(name) else bead
    return None


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """A value that may stand, else nothing: ids with low lines and other classes are the theme's."""
    if attribute == "id" and value.startswith("__"):
        return None
    if attribute == "class" and value not in CLASSES and not (tag == "code" and _LANGUAGE.fullmatch(value)):
        return None
    if attribute in ("href", "src") and unsafe(value, picture=tag == "img"):
        return None
    return value


Node = tuple[str, tuple[tuple[str, str | None], ...], str]
"""Name, attributes by name, and text of a piece of text."""


def _nodes(html: str) -> Iterator[Node]:
    """Nodes of a tree in order, each end of an element as a node too."""
    body = LexborHTMLParser(f"<body>{html}</body>").body
    return _inside(body) if body else iter(())


def _inside(parent: LexborNode) -> Iterator[Node]:
    for node in parent.iter(include_text=True):
        name = node.tag or ""
        yield name, tuple(sorted(node.attributes.items())), "" if node.child else node.text(deep=False)
        if node.child:
            yield from _inside(node)
            yield f"/{name}", (), ""


def _shown(node: Node | None) -> str:
    name, attributes, text = node or ("", (), "")
    words = "".join(f' {key}="{value or ""}"' for key, value in attributes)
    return (text.strip() or f"<{name}{words}>")[:80]

"""One built page, read once by an HTML5 parser: its addresses, ids and scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

# Scripts of these types hold data, which no browser runs.
_DATA = frozenset({"application/json", "application/ld+json"})
_RUNS = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)
_HANDLER = re.compile(r"[\s/\"']on[a-z]+\s*=", re.IGNORECASE)
_ADDRESSES = (("[href]", "href"), ("[src]", "src"), ("[poster]", "poster"), ("[action]", "action"))


@dataclass(frozen=True, slots=True)
class Document:
    """What a page says to programs."""

    path: Path
    addresses: tuple[str, ...]
    """Everything it links to or loads, as written."""
    ids: tuple[str, ...]
    scripts: tuple[str, ...]
    """Scripts that stand in the page itself."""
    acting: tuple[str, ...]
    """What no page of this site has: handlers, styles in attributes, addresses that run something, other documents."""


def read(path: Path) -> Document:
    """A page from its file."""
    html = path.read_text(encoding="utf-8")
    tree = LexborHTMLParser(html)
    addresses = [value for query, name in _ADDRESSES for value in _values(tree, query, name)]
    scripts = [
        node.text(deep=True) for node in tree.css("script:not([src])")
        if (node.attributes.get("type") or "").lower() not in _DATA
    ]  # fmt: skip
    acting = [f"an address {value[:60]!r}" for value in addresses if _RUNS.match(value)]
    acting += [f"a <{node.tag}>" for node in tree.css("iframe, object, embed, base, frame, applet, style, [srcdoc]")]
    acting += [f"a style on <{node.tag}>" for node in tree.css("[style]")]
    acting += _handlers(tree) if _HANDLER.search(html) else []
    return Document(path, tuple(addresses), tuple(_values(tree, "[id]", "id")), tuple(scripts), tuple(acting))


def _values(tree: LexborHTMLParser, query: str, name: str) -> list[str]:
    return [node.attributes.get(name) or "" for node in tree.css(query)]


def _handlers(tree: LexborHTMLParser) -> list[str]:
    return [f"{name} on <{node.tag}>" for node in tree.css("*") for name in node.attributes if name.startswith("on")]

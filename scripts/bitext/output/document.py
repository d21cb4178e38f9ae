"""One built page, read once by an HTML5 parser: its addresses, ids and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from sys import intern  # most addresses and ids stand on all pages; of each there is one in memory

from selectolax.lexbor import LexborHTMLParser

# Scripts of these types hold data, which no browser runs.
_DATA = frozenset({"application/json", "application/ld+json"})
_RUNS = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)
_HANDLER = re.compile(r"on\w+\s*=")
"""In small letters, and so that the search can look for its first two at once: in a third of the time."""
_ADDRESSES = ("href", "src", "poster", "action")
_ACTING = frozenset({"iframe", "object", "embed", "base", "frame", "applet", "style"})
_ASKED = ", ".join([*(f"[{name}]" for name in (*_ADDRESSES, "id", "style", "srcdoc")), *sorted(_ACTING), "script"])
"""Every element that something is to be said of; asked for once, since a page has three hundred others."""


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
    shared: tuple[str, ...] = ()
    """Further addresses, from other folders or sites, which it has in common with the pages beside it."""


def read(path: Path) -> Document:
    """A page from its file."""
    return parse(path.read_text(encoding="utf-8"), path)


def parse(html: str, path: Path) -> Document:
    """A page from its text."""
    tree = LexborHTMLParser(html)
    addresses: list[str] = []
    ids: list[str] = []
    scripts: list[str] = []
    acting: list[str] = []
    for node in {node.mem_id: node for node in tree.css(_ASKED)}.values():  # who is asked for twice comes twice
        tag, attributes = node.tag or "", node.attributes
        addresses += [intern(attributes[name] or "") for name in _ADDRESSES if name in attributes]
        if "id" in attributes:
            ids.append(intern(attributes["id"] or ""))
        if tag == "script" and "src" not in attributes and (attributes.get("type") or "").lower() not in _DATA:
            scripts.append(node.text(deep=True))
        if tag in _ACTING or "srcdoc" in attributes:
            acting.append(f"a <{tag}>")
        if "style" in attributes:
            acting.append(f"a style on <{tag}>")
    acting += running(addresses)
    acting += _handlers(tree) if _may_handle(html) else []
    return Document(path, tuple(addresses), tuple(ids), tuple(scripts), tuple(acting))


def running(addresses: Iterable[str]) -> list[str]:
    """What is to be said of addresses that run something."""
    return [f"an address {value[:60]!r}" for value in addresses if _RUNS.match(value)]


def _may_handle(html: str) -> bool:
    """Whether something stands there that looks like an attribute with a script."""
    small = html.lower()
    before = (small[found.start() - 1 : found.start()] for found in _HANDLER.finditer(small))
    return any(sign.isspace() or sign in "/\"'" for sign in before if sign)


def _handlers(tree: LexborHTMLParser) -> list[str]:
    return [f"{name} on <{node.tag}>" for node in tree.css("*") for name in node.attributes if name.startswith("on")]

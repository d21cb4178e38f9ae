"""Every address on a built site that is its own leads to a file, every anchor to an id, and every id stands once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bitext.model import Finding
from bitext.output.document import Document

CHECK = "site"
_NOWHERE = "https://site.invalid/"
"""Stands for the site's address where it has none."""


def check(site: Path, documents: Sequence[Document], root: str = "") -> Iterator[Finding]:
    """Findings of all pages.

    :param site: folder of the built site.
    :param root: address at which it will be published, with its path.
    """
    root = root or _NOWHERE
    pages = {document.path.relative_to(site).as_posix(): document for document in documents}
    ids = {name: frozenset(document.ids) for name, document in pages.items()}
    files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    for name, document in pages.items():
        for twice in (one for one, count in Counter(document.ids).items() if count > 1):
            yield _finding(name, f"id {twice!r} twice", "each id once", "A heading has the id of another.")
        for thing in document.acting:
            yield _finding(name, thing, "a page that does nothing by itself", "A template prints text unescaped.")
        here = urljoin(root, name.removesuffix("index.html"))
        for address in dict.fromkeys(document.addresses):
            yield from _followed(name, address, urljoin(here, address), root, files, ids)


def _followed(
    name: str, written: str, address: str, root: str, files: frozenset[str], ids: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """Where an address leads, if it is one of this site."""
    parts, own = urlsplit(address), urlsplit(root)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return
    path = unquote(parts.path).removeprefix(own.path.rstrip("/") + "/")
    target = f"{path}index.html" if not path or path.endswith("/") else path
    if target not in files:
        yield _finding(name, f"a link to {written}", "the address of a page", "Nothing stands there.")
    elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        yield _finding(name, f"a link to {written}", "an id of that page", "The page is there, the place on it is not.")


def _finding(name: str, found: str, expected: str, step: str) -> Finding:
    return Finding(name, CHECK, found, expected, step, severity="error")

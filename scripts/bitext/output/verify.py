"""The last look at a built site before it takes the place of the old one."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

from bitext.model import Finding
from bitext.output import links, policy
from bitext.output.document import Document, read
from bitext.stamps import walk

Scripts = Counter[str]
"""Scripts that stand in pages, and in how many."""
_KEY = "bitext_looked"
_TAG = re.compile(rb"<[a-z][^<>]*")
"""A tag as far as it was read."""


class Looked:
    """What pages say that were looked at, and got their policy, when they were written.

    Addresses are kept for the pages of a folder together: each page for itself would take a tenth of a build's memory.
    """

    def __init__(self) -> None:
        self._pages: dict[str, tuple[Document, int]] = {}
        self._beside: dict[str, tuple[str, set[str]]] = {}

    def add(self, document: Document, size: int) -> None:
        """A page of so many bytes."""
        path = str(document.path)
        addresses = self._beside.setdefault(path.removesuffix("/index.html").rpartition("/")[0], (path, set()))[1]
        own = tuple([address for address in document.addresses if not address.startswith(("../", "https://"))])
        addresses.update(document.shared, document.addresses)
        addresses.difference_update(own)
        rest = Document(document.path, own, document.ids, document.scripts, document.acting)
        self._pages[path] = rest, size

    def of(self, path: str, size: int) -> Document | None:
        """What a page says, but for the addresses; ``None`` if it was not looked at, or not as it is now."""
        document, then = self._pages.get(path, (None, 0))
        return document if size == then else None

    @property
    def beside(self) -> Iterable[tuple[str, set[str]]]:
        """Paths of pages, one of each folder, and the addresses on all pages there."""
        return self._beside.values()


def look_while_writing(config: MkDocsConfig) -> Looked:
    """Asks whoever writes pages to look at them and to give them their policy."""
    return cast(Looked, config.extra.setdefault(_KEY, Looked()))


def looked_at(config: MkDocsConfig) -> Looked | None:
    """Where what they say is to be noted; nothing if nobody has asked."""
    return cast(Looked | None, config.extra.get(_KEY))


def finish(site: Path, root: str = "", looked: Looked | None = None) -> tuple[tuple[Finding, ...], Scripts]:
    """Gives every page its policy, and says what is wrong with the site, which is then not to be shown.

    :param root: address at which it will be published.
    :param looked: pages that have theirs.
    """
    known, there = looked or Looked(), list(walk(site))  # of 50,000 files: once for all that want to know
    pages, files = _html(there), frozenset(policy.HEADERS).union(name for name, _ in there)
    documents = [known.of(path, entry.stat().st_size) or policy.apply(Path(path)) for path, entry in pages]
    scripts = _scripts(documents)
    policy.write_headers(site, scripts)
    findings = tuple(links.check(site, files, documents, root, known.beside))
    if findings and looked:  # whose they are can be read
        findings = tuple(links.check(site, files, [read(Path(path)) for path, _ in pages], root))
    return findings, scripts


def _html(there: Iterable[tuple[str, os.DirEntry[str]]]) -> list[tuple[str, os.DirEntry[str]]]:
    """Paths and entries of all pages, by path."""
    found = ((entry.path, entry) for name, entry in there if name.endswith(".html"))
    return sorted(found, key=lambda each: each[0].split("/"))


def finish_part(
    new: Path, site: Path, names: Collection[str], removed: Collection[str], scripts: Scripts, root: str = ""
) -> Scripts | None:
    """The same for the pages of a part build; ``None`` if something is wrong, or may be.

    :param new: folder of what was made.
    :param site: the site as it stands.
    :param names: its files.
    :param removed: those of them that are to go.
    :param scripts: of its pages.
    """
    pages = {path.relative_to(new).as_posix(): policy.apply(path) for path in sorted(new.rglob("*.html"))}
    old = {name: read(site / name) for name in (*pages, *removed) if name in names and name.endswith(".html")}
    files = (frozenset(names) - frozenset(removed)) | {path.relative_to(new).as_posix() for path in new.rglob("*")}

    @cache
    def ids(name: str) -> Container[str] | None:
        if name in pages:
            return frozenset(pages[name].ids)
        return _Ids(site / name) if name.endswith(".html") else None

    stay = {name: frozenset(document.ids) for name, document in pages.items()}
    lost = {name: frozenset(document.ids) - stay.get(name, frozenset()) for name, document in old.items()}
    wanted = {name: gone for name, gone in lost.items() if gone}
    others = (name for name in files if name.endswith(".html") and name not in pages)
    if any(links.check_pages(pages, files, ids, root)) or any(_missed(site, others, wanted, files, root)):
        return None
    found = scripts - _scripts(old.values()) + _scripts(pages.values())
    if found.keys() != scripts.keys():
        policy.write_headers(new, found)
    return found


class _Ids(Container[str]):
    """Ids on a page that stands: of one in a tag no parser need be asked."""

    def __init__(self, path: Path) -> None:
        self._path, self._html = path, path.read_bytes()

    def __contains__(self, name: object) -> bool:
        at = self._html.find(f' id="{name}"'.encode())
        return bool(_TAG.fullmatch(self._html, self._html.rfind(b"<", 0, max(at, 0)), at)) or name in self._parsed

    @cached_property
    def _parsed(self) -> frozenset[str]:
        return frozenset(read(self._path).ids)


def _scripts(documents: Collection[Document]) -> Scripts:
    return Counter(script for document in documents for script in document.scripts)


def _missed(
    site: Path, others: Iterator[str], wanted: Mapping[str, frozenset[str]], files: frozenset[str], root: str
) -> Iterator[str]:
    """Pages that link to what is no longer there. Only those that hold the end of its address are read."""
    tails = {f"{name.removesuffix('/index.html').rpartition('/')[2]}/".encode() for name in wanted}
    places = links.Places(root or links.NOWHERE, files)
    for name in others if wanted else ():
        html = (site / name).read_bytes()
        if any(tail in html for tail in tails):
            found = (places.of(name, address) for address in read(site / name).addresses)
            if any(target not in files or place in wanted.get(target, ()) for target, place in filter(None, found)):
                yield name

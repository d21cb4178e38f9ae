"""Every address on a built site that is its own leads to a file, every anchor to an id, and every id stands once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bitext.model import Finding
from bitext.output.document import Document

_ROOT = re.compile(r"https?://[\w.-]+/(?:[\w-]+/)*", re.ASCII)
"""An address of a site below which others are those of its files, letter for letter."""

CHECK = "site"
_KNOWN = 20_000
"""Addresses of which it is remembered where they lead."""
NOWHERE = "https://site.invalid/"
"""Stands for the site's address where it has none."""
_ON_PAGE = re.compile(r"#[\w.:-]*")
_MEANING = re.compile(r"[%#?;\\\s]")
"""Signs that mean something in an address."""
_HOST = re.compile(r"https://([a-z0-9.-]+)/")
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*(?:[\w-]+(?:\.[\w-]+)+)?)", re.ASCII)
"""An address that leads up some folders, then down."""


Beside = Iterable[tuple[str, Iterable[str]]]
"""Names of pages, and addresses that lead to the same place from there and from the pages beside it."""


def check(
    site: Path, files: frozenset[str], documents: Sequence[Document], root: str = "", beside: Beside = ()
) -> Iterator[Finding]:
    """Findings of all pages.

    :param site: folder of the built site.
    :param files: names of all that stands there.
    :param root: address at which it will be published, with its path.
    :param beside: addresses that the documents do not name.
    """
    start = len(f"{site}/")
    pages = {document.path.as_posix()[start:]: document for document in documents}

    @lru_cache(maxsize=64)  # most are asked of the page itself, many of that of the glossary
    def ids(name: str) -> frozenset[str] | None:
        return frozenset(pages[name].ids) if name in pages else None

    yield from check_pages(pages, files, ids, root, ((path[start:], some) for path, some in beside))


def check_pages(
    pages: Mapping[str, Document],
    files: frozenset[str],
    ids: Callable[[str], Container[str] | None],
    root: str = "",
    beside: Beside = (),
) -> Iterator[Finding]:
    """Findings of some pages.

    :param pages: by name below the site.
    :param files: names of all files of the site.
    :param ids: ids on a page by its name; ``None`` for a file that is no page.
    :param beside: as above.
    """
    places = Places(root or NOWHERE, files)
    for name, document in pages.items():
        if len(set(document.ids)) < len(document.ids):
            for twice in (one for one, count in Counter(document.ids).items() if count > 1):
                yield _finding(name, f"id {twice!r} twice", "each id once", "A heading has the id of another.")
        for thing in document.acting:
            yield _finding(name, thing, "a page that does nothing by itself", "A template prints text unescaped.")
    everywhere = ((name, (*document.addresses, *document.shared)) for name, document in pages.items())
    for name, addresses in chain(everywhere, beside):
        for address in places.doubtful(name, dict.fromkeys(addresses)):
            place = places.of(name, address)
            if place and (wrong := _wrong(*place, files, ids)):
                yield _finding(name, f"a link to {address}", *wrong)


Place = tuple[str, str]
"""A file below the site and the id of a place on it."""


class Places:
    """Where addresses lead, each looked up once: pages of one folder have most of theirs in common."""

    def __init__(self, root: str, files: frozenset[str]) -> None:
        self.root, self.files = root, files
        self.own = urlsplit(root)
        self.whole = root if _ROOT.fullmatch(root) else None
        self.known: dict[tuple[str, str], Place | None] = {}

    def doubtful(self, name: str, addresses: Iterable[str]) -> Iterator[str]:
        """Addresses but those that spell, as they stand, the name of a file of the site, or another host.

        :param name: of the page on which they stand, below the site.
        """
        files, folders = self.files, name.split("/")[:-1]
        ways = [("../" * up, "".join(f"{each}/" for each in folders[:-up])) for up in range(len(folders), 0, -1)]
        ways += [(self.whole, "")] if self.whole else []
        for address in addresses:
            for way, above in ways:
                if address.startswith(way):
                    target = above + address[len(way) :]
                    spelt = f"{target}index.html" if not target or target.endswith("/") else target
                    known = spelt in files and not _MEANING.search(address)
                    break
            else:
                host = _HOST.match(address) if self.whole else None
                known = host is not None and host[1] != self.own.netloc
            if not known:
                yield address

    def of(self, name: str, address: str) -> Place | None:
        """File and id to which an address leads; ``None`` if that is on another site.

        :param name: of the page on which it stands, below the site.
        """
        here = name.removesuffix("index.html")
        if address.startswith("../") and here.endswith("/") and here.count("/") > 1:
            # What leads up from here leads on from the folder above, where other pages have the same address.
            above = f"{here[:-1].rpartition('/')[0]}/"
            key = (above, address[3:] or "./")
        elif address.startswith("https://"):
            key = ("", address)
        elif _ON_PAGE.fullmatch(address):
            return name, address[1:]
        else:
            return self._found(here, address)
        if key not in self.known:
            if len(self.known) > _KNOWN:
                self.known.clear()
            self.known[key] = self._found(*key)
        return self.known[key]

    def _found(self, here: str, address: str) -> Place | None:
        start = len(self.whole) if self.whole and address.startswith(self.whole) else 0
        if plain := _PLAIN.fullmatch(address, start):
            folders, up = [] if start else here.split("/")[:-1], len(plain[1]) // 3
            if up <= len(folders):
                path = "/".join([*folders[: len(folders) - up], plain[2]])
                return f"{path}index.html" if not path or path.endswith("/") else path, ""
        parts = urlsplit(urljoin(urljoin(self.root, here), address))
        if (parts.scheme, parts.netloc) != (self.own.scheme, self.own.netloc):
            return None
        path = unquote(parts.path).removeprefix(self.own.path.rstrip("/") + "/")
        return f"{path}index.html" if not path or path.endswith("/") else path, unquote(parts.fragment)


def _wrong(
    target: str, fragment: str, files: frozenset[str], ids: Callable[[str], Container[str] | None]
) -> tuple[str, str] | None:
    """What was expected of an address that leads to a file of this site, and a word on it; nothing if it is right."""
    if target not in files:
        return "the address of a page", "Nothing stands there."
    if fragment and (there := ids(target)) is not None and fragment not in there:
        return "an id of that page", "The page is there, the place on it is not."
    return None


def _finding(name: str, found: str, expected: str, step: str) -> Finding:
    return Finding(name, CHECK, found, expected, step, severity="error")

"""The last look at a built site before it takes the place of the old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from bitext.model import Finding
from bitext.output import links, policy
from bitext.output.document import Document, read

Scripts = Counter[str]
"""Scripts that stand in pages, and in how many."""


def finish(site: Path, root: str = "") -> tuple[tuple[Finding, ...], Scripts]:
    """Gives every page its policy, and says what is wrong with the site, which is then not to be shown.

    :param root: address at which it will be published.
    """
    documents = [policy.apply(path) for path in sorted(site.rglob("*.html"))]
    scripts = _scripts(documents)
    policy.write_headers(site, scripts)
    return tuple(links.check(site, documents, root)), scripts


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
    def ids(name: str) -> frozenset[str] | None:
        if name not in pages and not name.endswith(".html"):
            return None
        return frozenset((pages.get(name) or read(site / name)).ids)

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

"""Nothing lost, nothing twice: where every character of a source stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bitext.cuts import HTML_TAG
from bitext.markup import UNSHOWABLE
from bitext.model import Article, Lang, Removal

IN_TITLE = -1
"""Number of a part that is the title in the front matter."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where characters of the source stand."""

    line: int
    start: int
    end: int
    lang: Lang
    source_id: str
    part: int
    """Number of the part on the page, from 0, or :data:`IN_TITLE`."""
    copy: bool = False
    """They stand on the page of the other language as well, and count there."""


Entry = Placed | Removal


def ledger(article: Article, placed: Iterable[Placed], removals: Iterable[Removal]) -> tuple[Entry, ...]:
    """Every character of every line of the source, in order: where it stands, or the rule that took it away.

    Blanks, separators and tags round a piece have the rules ``blank``, ``separator`` and ``markup``, page furniture
    ``chrome: …``, characters that no page can show ``unshowable``. Entries do not overlap and leave nothing out,
    provided that the blocks of the article do not overlap.

    :param placed: blocks on pages, of a :class:`bitext.compose.Composition`.
    :param removals: what composing took away.
    """
    by_line: dict[int, list[Entry]] = defaultdict(list)
    every: Iterator[Entry] = chain((one for one in placed if not one.copy), removals, _chrome(article))
    for entry in every:
        by_line[entry.line].append(entry)
    found: list[Entry] = []
    for number, line in enumerate(article.source.lines, start=1):
        found += _filled(number, line, _carved(sorted(by_line[number], key=_order), line))
    return tuple(found)


def _order(entry: Entry) -> tuple[int, int]:
    return entry.start, -entry.end


def _chrome(article: Article) -> Iterator[Removal]:
    for block in article.blocks:
        if block.role == "chrome":
            rule = f"chrome: {block.reason}" if block.reason else "chrome"
            yield Removal(block.line, block.start, block.end, block.text, rule)


def _filled(number: int, line: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of one line with the gaps between them."""
    at = 0
    for entry in entries:
        yield from _gap(number, line, at, entry.start)
        yield entry
        at = entry.end
    yield from _gap(number, line, at, len(line))


def _gap(number: int, line: str, start: int, end: int) -> Iterator[Removal]:
    if text := line[start:end]:
        rule = "markup" if HTML_TAG.search(text) else "separator" if text.strip() else "blank"
        yield Removal(number, start, end, text, rule)


def _carved(entries: Sequence[Entry], line: str) -> Iterator[Entry]:
    """Entries of one line, with the characters that were removed from inside a placed block cut out of it."""
    removed = [entry for entry in entries if isinstance(entry, Removal)]
    inside: set[Removal] = set()
    for entry in entries:
        if isinstance(entry, Placed):
            holes = [hole for hole in removed if entry.start <= hole.start and hole.end <= entry.end]
            inside.update(holes)
            yield from _without(entry, sorted((*holes, *_unshowable(entry, line)), key=_order))
        elif entry not in inside:
            yield entry


def _unshowable(entry: Placed, line: str) -> Iterator[Removal]:
    for match in UNSHOWABLE.finditer(line, entry.start, entry.end):
        yield Removal(entry.line, match.start(), match.end(), match[0], "unshowable")


def _without(entry: Placed, holes: Iterable[Removal]) -> Iterator[Entry]:
    """A placed block in the pieces that are left of it, and what was removed between them."""
    at = entry.start
    for hole in holes:
        if hole.start > at:
            yield replace(entry, start=at, end=hole.start)
        yield hole
        at = hole.end
    if entry.end > at:
        yield replace(entry, start=at)

"""Entries of all articles of a language → the files of its search index.

A term's postings are one string (``_search_postings``). Sorted by term they are cut into shards of much the same size;
``head.json`` says with which term each begins. So a browser fetches the head, the shards of the words that were typed
and the pages that it shows, whatever the number of articles.

All is a pure function of the entries. Page numbers come from a hash of the path: an article that is added or removed
leaves the numbers of the others, and so their postings, as they were.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from _search_entry import Entry, Levels
from _search_few import few
from _search_many import Rows
from _search_postings import Postings, postings

SHARD = 16_000
"""Characters after which a new shard begins."""
SPARE = 3
"""Bits: eight places for a page, so that few pages want the same."""


# ------------------------------------------------------------------ numbers of pages
def numbers(paths: Iterable[str]) -> dict[str, int]:
    """The number of each page, 0 to 16 times their count.

    A number is the head of a hash, or the next free one. So a new path moves at most the few that stand right after it,
    until the count passes a power of two.
    """
    hashed = sorted((int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest()), path) for path in paths)
    bits = max(len(hashed) - 1, 0).bit_length() + SPARE
    found: dict[str, int] = {}
    last = -1
    for value, path in hashed:
        last = found[path] = max(value >> (64 - bits), last + 1)
    return found


# ------------------------------------------------------------------ files
def pack(found: Postings) -> list[str]:
    """The shards: a line for each term, its name, a blank, its postings."""
    beyond = any(max(term) > "\uffff" for term in found)  # only there do orders differ
    cutter = _Cutter()
    for term in sorted(found, key=_as_in_browsers if beyond else None):
        cutter.add(f"{term} {found[term]}")
    return cutter.done()


class _Cutter:
    """Cuts lines into shards: after the first line with which one is larger than :data:`SHARD`."""

    def __init__(self) -> None:
        self.shards: list[str] = []
        self.lines: list[str] = []
        self.size = 0

    def add(self, line: str) -> None:
        """The next line."""
        self.lines.append(line)
        self.size += len(line)
        if self.size > SHARD:
            self._cut()

    def _cut(self) -> None:
        self.shards.append("\n".join(self.lines))
        self.lines, self.size = [], 0

    def done(self) -> list[str]:
        """All shards; the last one may be small."""
        if self.lines:
            self._cut()
        return self.shards


def _first(shard: str) -> str:
    return shard[: shard.index(" ")]


def changed(shards: Sequence[str], before: Mapping[int, Levels], after: Mapping[int, Levels]) -> list[str]:
    """Shards when some pages have changed: the same as those of all pages as they are now.

    :param shards: as they were.
    :param before: those pages as they were, by their numbers then; pages that have only got another number too.
    :param after: those pages as they are, by their numbers now.
    """
    news = _news(before, after)
    starts = [_as_in_browsers(_first(shard)) for shard in shards]
    wanted: dict[int, list[str]] = {}
    for term in news:
        wanted.setdefault(max(bisect_right(starts, _as_in_browsers(term)) - 1, 0), []).append(term)
    cutter = _Cutter()
    for place, shard in enumerate(shards or [""]):
        if shard and place not in wanted and not cutter.lines:
            cutter.shards.append(shard)  # it begins where it began, so it ends where it ended
            continue
        lines = unpack([shard] if shard else [])
        lines |= {term: few(lines.get(term, ""), *news[term]) for term in wanted.get(place, ())}
        for term in sorted(lines, key=_as_in_browsers):
            if lines[term]:
                cutter.add(f"{term} {lines[term]}")
    return cutter.done()


News = dict[str, tuple[set[int], dict[int, int]]]
"""Of terms the pages that they leave, and the levels of those that they come to."""


def _news(before: Mapping[int, Levels], after: Mapping[int, Levels]) -> News:
    """What is not the same before and after."""
    was, now = ({number: each.items() for number, each in pages.items()} for pages in (before, after))
    found: News = defaultdict(lambda: (set(), {}))
    for number in was.keys() | now.keys():
        old, new = was.get(number, {}), now.get(number, {})
        for term in old.keys() - new.keys():
            found[term][0].add(number)
        for term, level in new.items():
            if old.get(term) != level:
                found[term][1][number] = level
    return found


def _as_in_browsers(term: str) -> bytes:
    return term.encode("utf-16-be")


def unpack(shards: Iterable[str]) -> Postings:
    """Postings from shards."""
    lines = (line.partition(" ") for shard in shards for line in shard.split("\n"))
    return {term: codes for term, _, codes in lines}


class Index:
    """An index whose entries come one after the other.

    :param paths: of all entries.
    :param stop: words that are not looked for.
    """

    def __init__(self, paths: Iterable[str], stop: Collection[str] = ()) -> None:
        self._known, self._rows = numbers(paths), Rows(stop)

    def add(self, entry: Entry) -> tuple[str, str]:
        """The next entry: name and text of the file of its page; little is kept of it."""
        number = self._known[entry.path]
        self._rows.add(number, entry.said)
        return page_file(number), entry.page

    def done(self) -> Iterator[tuple[str, str]]:
        """The other files."""
        return shard_files(len(self._known), pack(postings(*self._rows.done())))


def files(paths: Iterable[str], entries: Iterable[Entry], stop: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Name and text of each file of an index, below the folder ``search`` of its language.

    :param paths: of all entries: of these little is kept when the file of the page is out.
    :param stop: words that are not looked for.
    """
    index = Index(paths, stop)
    yield from map(index.add, entries)
    yield from index.done()


def shard_files(pages: int, shards: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of these, the head and the shards.

    :param pages: how many there are.
    """
    version = hashlib.blake2b("\n".join(shards).encode(), digest_size=6).hexdigest()
    head = {"pages": pages, "version": version, "first": list(map(_first, shards))}
    yield "head.json", json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    for number, shard in enumerate(shards):
        yield f"terms/{number}.txt", shard


def page_file(number: int) -> str:
    """Of these, the name of the file of a page."""
    return f"pages/{number}.json"

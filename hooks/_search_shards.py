"""Entries of all articles of a language → the files of its search index.

A term's postings are one string: for each page, in the order of their numbers, the gap to the page before and the level
of the term, in digits of five bits (the sixth says that more follow). Sorted by term they are cut into shards of much
the same size; ``head.json`` says with which term each begins. So a browser fetches the head, the shards of the words
that were typed and the pages that it shows, whatever the number of articles.

All is a pure function of the entries. Page numbers come from a hash of the path: an article that is added or removed
leaves the numbers of the others, and so their postings, as they were.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from _search_entry import LEVELS, Entry

SHARD = 16_000
"""Characters after which a new shard begins."""
SPARE = 3
"""Bits: eight places for a page, so that few pages want the same."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_ONE, _TWO = 32, 32 * 32

Levels = Mapping[str, int]
Postings = dict[str, str]
"""Terms and where they stand."""


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


# ------------------------------------------------------------------ postings
def postings(pages: Mapping[int, Levels]) -> Postings:
    """Postings of all terms.

    :param pages: levels of the terms of each page by its number.
    """
    codes: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    before, table = last.get, _TABLE
    for number in sorted(pages):
        for term, level in pages[number].items():
            value = (number - before(term, -1) - 1) * LEVELS + level
            codes[term].append(table[value] if value < len(table) else _code(value))
            last[term] = number
    return {term: "".join(found) for term, found in codes.items()}


def _code(value: int) -> str:
    """Digits of a number, lowest first.

    >>> _code(5), _code(32), _code(33 * 32)
    ('5', 'W1', 'WX1')
    """
    if value < _ONE:
        return _DIGITS[value]
    return _DIGITS[_ONE + value % _ONE] + _code(value // _ONE)


_TABLE = tuple(map(_code, range(32 * _TWO)))


def read(codes: str) -> Iterator[tuple[int, int]]:
    """Number of each page of a term, and the level.

    >>> list(read(postings({3: {"a": 7}, 400: {"a": 0}})["a"]))
    [(3, 7), (400, 0)]
    """
    number, value, shift = -1, 0, 0
    for digit in codes:
        found = _DIGITS.index(digit)
        value |= found % _ONE << shift
        shift += 5
        if found < _ONE:
            number += value // LEVELS + 1
            yield number, value % LEVELS
            value = shift = 0


def changed(found: Postings, before: Mapping[int, Levels], after: Mapping[int, Levels]) -> Postings:
    """Postings when some pages have changed: the same as :func:`postings` of all pages as they are now.

    :param before: those pages as they were, without pages that are new.
    :param after: those pages as they are, without pages that are gone.
    """
    result = dict(found)
    touched = {term for pages in (before, after) for levels in pages.values() for term in levels}
    for term in touched:
        pages = dict(read(result.pop(term, "")))
        for number in before:
            pages.pop(number, None)
        pages.update((number, levels[term]) for number, levels in after.items() if term in levels)
        result.update(postings({number: {term: level} for number, level in pages.items()}))
    return result


# ------------------------------------------------------------------ files
def pack(found: Postings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first term of each shard and the shards: a line for each term, its name, a blank, its postings."""
    first: list[str] = []
    shards: list[str] = []
    lines: list[str] = []
    size = 0
    for term in sorted(found, key=_as_in_browsers):
        if not lines:
            first.append(term)
        lines.append(f"{term} {found[term]}")
        size += len(lines[-1])
        if size > SHARD:
            shards.append("\n".join(lines))
            lines, size = [], 0
    return tuple(first), (*shards, *(["\n".join(lines)] if lines else []))


def _as_in_browsers(term: str) -> bytes:
    return term.encode("utf-16-be")


def unpack(shards: Iterable[str]) -> Postings:
    """Postings from shards."""
    lines = (line.partition(" ") for shard in shards for line in shard.split("\n"))
    return {term: codes for term, _, codes in lines}


def files(entries: Sequence[Entry], found: Postings | None = None) -> Iterator[tuple[str, str]]:
    """Name and text of each file of an index, below the folder ``search`` of its language.

    :param found: the postings, where they are known from :func:`changed`.
    """
    known = numbers(entry.path for entry in entries)
    if found is None:
        found = postings({known[entry.path]: entry.levels for entry in entries})
    first, shards = pack(found)
    version = hashlib.blake2b("\n".join(shards).encode(), digest_size=6).hexdigest()
    head = {"pages": len(entries), "version": version, "first": first}
    yield "head.json", json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    for number, shard in enumerate(shards):
        yield f"terms/{number}.txt", shard
    for entry in entries:
        yield f"pages/{known[entry.path]}.json", entry.page

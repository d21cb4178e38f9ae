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

import numpy as np
import numpy.typing as npt
from _search_entry import LEVELS, Entry, Levels

SHARD = 16_000
"""Characters after which a new shard begins."""
SPARE = 3
"""Bits: eight places for a page, so that few pages want the same."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_BYTES = np.frombuffer(_DIGITS.encode(), np.uint8)
_VALUES = np.array([max(_DIGITS.find(chr(code)), 0) for code in range(128)])
_ONE = 32
_LONGEST = 6
"""Digits of the largest value: 30 bits."""
_PAGES = 2 ** (5 * _LONGEST) // LEVELS
"""More numbers of pages than that cannot be written."""
_AT_ONCE = 500_000
"""Values that are written at once, so that memory stays small."""

Numbers = npt.NDArray[np.int64]
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
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    rows = _rows(pages, known)
    return _written(rows, list(known))


def changed(found: Postings, before: Mapping[int, Levels], after: Mapping[int, Levels]) -> Postings:
    """Postings when some pages have changed: the same as :func:`postings` of all pages as they are now.

    :param before: those pages as they were, by their numbers then; pages that have only got another number too.
    :param after: those pages as they are, by their numbers now.
    """
    touched = (term for pages in (before, after) for levels in pages.values() for term in levels.terms.split())
    known = {term: place for place, term in enumerate(dict.fromkeys(touched))}
    old = _read([found.get(term, "") for term in known])
    kept = old[~np.isin(old // LEVELS % _PAGES, list(before))]
    rows = np.concatenate([kept, _rows(after, known)])
    return {term: codes for term, codes in found.items() if term not in known} | _written(rows, list(known))


# A row says where a term stands, in one number: place of the term in a list of names, number of the page, level.
def _rows(pages: Mapping[int, Levels], known: Mapping[str, int]) -> Numbers:
    ordered = sorted(pages)
    counts = [len(pages[number].steps) for number in ordered]
    places = (known[term] for number in ordered for term in pages[number].terms.split())
    rows = np.fromiter(places, np.int64, sum(counts))
    rows *= _PAGES
    rows += np.repeat(np.array(ordered, np.int64), counts)
    rows *= LEVELS
    rows += np.frombuffer(b"".join(pages[number].steps for number in ordered), np.uint8)
    return rows


def _written(rows: Numbers, names: Sequence[str]) -> Postings:
    """Postings of terms from rows in any order, which are sorted in place; a term without rows has none."""
    if not len(rows):
        return {}
    rows.sort()
    term = rows // (LEVELS * _PAGES)
    begins = np.flatnonzero(np.diff(term, prepend=-1))
    found = [names[place] for place in term[begins].tolist()]
    del term
    level = (rows % LEVELS).astype(np.uint8)
    page = (rows // LEVELS % _PAGES).astype(np.int32)
    values = np.diff(page, prepend=np.int32(-1)) - 1
    values[begins] = page[begins]
    del page
    values *= LEVELS
    values += level
    text, lengths = _codes(values)
    ends = np.cumsum(np.add.reduceat(lengths, begins, dtype=np.int64)).tolist()
    return {name: text[start:end] for name, start, end in zip(found, [0, *ends], ends, strict=False)}


def _codes(values: npt.NDArray[np.int32]) -> tuple[str, npt.NDArray[np.uint8]]:
    """The digits of all values in a row, lowest first, and how many each value has."""
    pieces: list[bytes] = []
    lengths: list[npt.NDArray[np.uint8]] = []
    for start in range(0, len(values), _AT_ONCE):
        rest = values[start : start + _AT_ONCE].copy()
        digits = np.zeros((len(rest), _LONGEST), np.uint8)
        there = np.zeros((len(rest), _LONGEST), bool)
        there[:, 0] = True
        for place in range(_LONGEST):
            more = rest >= _ONE
            digits[:, place] = _BYTES[rest % _ONE + _ONE * more]
            rest //= _ONE
            there[:, place + 1 : place + 2] = more[:, None]
        pieces.append(digits[there].tobytes())
        lengths.append(there.sum(axis=1, dtype=np.uint8))
    return b"".join(pieces).decode("ascii"), np.concatenate(lengths)


def _read(codes: Sequence[str]) -> Numbers:
    """Rows of the postings of some terms."""
    digits = _VALUES[np.frombuffer("".join(codes).encode(), np.uint8)]
    ends = np.flatnonzero(digits < _ONE)
    if not len(ends):
        return ends
    starts = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(len(digits)) - np.repeat(starts, ends - starts + 1)
    values: Numbers = np.add.reduceat((digits % _ONE) << (5 * place), starts)
    term = np.searchsorted(np.cumsum([len(each) for each in codes]), ends, side="right")
    step = values // LEVELS + 1
    total: Numbers = np.cumsum(step)
    begins = np.flatnonzero(np.diff(term, prepend=-1))
    offset = np.repeat((total - step)[begins], np.diff(np.append(begins, len(term))))
    rows: Numbers = (term * _PAGES + total - offset - 1) * LEVELS + values % LEVELS
    return rows


def read(codes: str) -> list[tuple[int, int]]:
    """Number of each page of a term, and the level.

    >>> read(postings({3: Levels("a", bytes([7])), 400: Levels("a", bytes([0]))})["a"])
    [(3, 7), (400, 0)]
    """
    rows = _read([codes])
    return list(zip((rows // LEVELS % _PAGES).tolist(), (rows % LEVELS).tolist(), strict=True))


# ------------------------------------------------------------------ files
def pack(found: Postings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first term of each shard and the shards: a line for each term, its name, a blank, its postings."""
    first: list[str] = []
    shards: list[str] = []
    lines: list[str] = []
    size = 0
    beyond = any(max(term) > "\uffff" for term in found)  # only there do orders differ
    for term in sorted(found, key=_as_in_browsers if beyond else None):
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


def files(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Name and text of each file of an index, below the folder ``search`` of its language."""
    known = numbers(entry.path for entry in entries)
    yield from shard_files(len(entries), postings({known[entry.path]: entry.levels for entry in entries}))
    for entry in entries:
        yield page_file(known[entry.path]), entry.page


def shard_files(pages: int, found: Postings) -> Iterator[tuple[str, str]]:
    """Of these, the head and the shards.

    :param pages: how many there are.
    """
    first, shards = pack(found)
    version = hashlib.blake2b("\n".join(shards).encode(), digest_size=6).hexdigest()
    head = {"pages": pages, "version": version, "first": first}
    yield "head.json", json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    for number, shard in enumerate(shards):
        yield f"terms/{number}.txt", shard


def page_file(number: int) -> str:
    """Of these, the name of the file of a page."""
    return f"pages/{number}.json"

"""The postings of one term when a few pages have changed, without any array: an edit changes a handful of terms.

The same digits as in ``_search_postings``, which makes them for all terms at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from _search_entry import LEVELS

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
ONE = 32
"""A digit from here on says that more follow."""
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def few(codes: str, out: Collection[int], put: Mapping[int, int]) -> str:
    """Postings without some pages and with others.

    :param codes: as they were; empty for a term that stood nowhere.
    :param out: numbers of pages.
    :param put: levels of pages by their numbers.

    >>> few(few("", (), {3: 7, 400: 0}), [3], {9: 1})
    'f2mX3'
    """
    found = {number: level for number, level in read(codes) if number not in out}
    found.update(put)
    pieces, last = [], -1
    for number in sorted(found):
        pieces.append(_written((number - last - 1) * LEVELS + found[number]))
        last = number
    return "".join(pieces)


def read(codes: str) -> list[tuple[int, int]]:
    """Number of each page of a term, in their order, and the level.

    >>> read("f2mX3")
    [(9, 1), (400, 0)]
    """
    found, page, value, place = [], -1, 0, 0
    for digit in map(_VALUES.__getitem__, codes):
        value |= digit % ONE << place
        if digit >= ONE:
            place += 5
            continue
        page += value // LEVELS + 1
        found.append((page, value % LEVELS))
        value = place = 0
    return found


def _written(value: int) -> str:
    digits = ""
    while value >= ONE:
        digits += DIGITS[value % ONE + ONE]
        value //= ONE
    return digits + DIGITS[value]

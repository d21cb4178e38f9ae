"""Postings of terms: for each page, in the order of their numbers, the gap to the page before and the term's level.

Both in one value, written in digits of five bits, the lowest first; the sixth bit says that more follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from _search_entry import LEVELS
from _search_few import DIGITS, ONE

if TYPE_CHECKING:  # a part build does not need it, and would spend a tenth of its time on loading it
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

_LONGEST = 6
"""Digits of the largest value: 30 bits."""
_PAGES = 2 ** (5 * _LONGEST) // LEVELS
"""More numbers of pages than that cannot be written."""
_AT_ONCE = 500_000
"""Values that are written at once, so that memory stays small."""

Postings = dict[str, str]
"""Terms and where they stand."""


def row(place: Any, number: Any, level: Any) -> Any:
    """A row says where a term stands, in one number.

    :param place: of the term in a list of names.
    :param number: of the page.
    """
    return (place * _PAGES + number) * LEVELS + level


def postings(rows: Numbers, names: Sequence[str]) -> Postings:
    """Postings of terms from rows in any order, which are sorted in place; a term without rows has none."""
    import numpy as np

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
    import numpy as np

    written = np.frombuffer(DIGITS.encode(), np.uint8)
    pieces: list[bytes] = []
    lengths: list[npt.NDArray[np.uint8]] = []
    for start in range(0, len(values), _AT_ONCE):
        rest = values[start : start + _AT_ONCE].copy()
        digits = np.zeros((len(rest), _LONGEST), np.uint8)
        there = np.zeros((len(rest), _LONGEST), bool)
        there[:, 0] = True
        for place in range(_LONGEST):
            more = rest >= ONE
            digits[:, place] = written[rest % ONE + ONE * more]
            rest //= ONE
            there[:, place + 1 : place + 2] = more[:, None]
        pieces.append(digits[there].tobytes())
        lengths.append(there.sum(axis=1, dtype=np.uint8))
    return b"".join(pieces).decode("ascii"), np.concatenate(lengths)

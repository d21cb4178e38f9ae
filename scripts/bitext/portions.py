"""Long texts → portions that can be aligned apart, so that the cost grows with the length and not with its square.

A cut is made where two neighbouring pairs of units are certain: each pair shares a number, date, name or Latin word
that stands nowhere else in either text, and the pairs lie on the longest rising chain of such pairs (patience diff,
Bram Cohen; the chain by patience sorting).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bitext.anchors.names import read_aloud, spelled
from bitext.evidence import facts
from bitext.knowledge import Knowledge
from bitext.lexicon import english_words

LARGEST = 1_000_000
"""Pairs of units that one lattice holds: 1 000 paragraphs of each language take a second and some 150 MB."""

HARDEST = 4 * LARGEST
"""Pairs of units of a portion that is still aligned whole where nothing certain cuts it: 3.5 s and 390 MB."""

_LONGEST = 400
"""Units of a portion, where cuts allow."""

Portion = tuple[slice, slice]


def portions(zh: Sequence[str], en: Sequence[str], knowledge: Knowledge) -> list[Portion]:
    """Slices of both texts that translate each other; one pair of slices if the texts are short.

    Without certain pairs a portion may be longer than :data:`_LONGEST`. Only one that no lattice could hold is cut on a
    guess, into equal shares: such texts are tables and lists without end, and what is paired wrongly there is unlikely
    enough to be left unpaired, or is marked for review.

    :param zh: Chinese units.
    :param en: English units.
    """
    if len(zh) * len(en) <= LARGEST:
        return [(slice(0, len(zh)), slice(0, len(en)))]
    found: list[Portion] = []
    i = j = 0
    for row, column in (*_cuts(_chain(_pairs(zh, en, knowledge))), (len(zh), len(en))):
        if row - i >= _LONGEST or column - j >= _LONGEST or row == len(zh):
            found += _shares(i, row, j, column)
            i, j = row, column
    return found


def _shares(i: int, row: int, j: int, column: int) -> Iterator[Portion]:
    """A portion, or equal shares of it if it is larger than a lattice may be."""
    height, width = row - i, column - j
    count = 1 if height * width <= HARDEST else -(-max(height, width) // _LONGEST)
    ends = [(i + height * number // count, j + width * number // count) for number in range(count + 1)]
    yield from ((slice(a, c), slice(b, d)) for (a, b), (c, d) in pairwise(ends))


def _pairs(zh: Sequence[str], en: Sequence[str], knowledge: Knowledge) -> list[tuple[int, int]]:
    """Pairs of units that share what stands in no other unit, in the order of the Chinese text."""
    wanted = frozenset().union(*map(spelled, en))
    zh_keys = [facts(text, "zh", knowledge) | read_aloud(text, wanted) | _words(text) for text in zh]
    en_keys = [facts(text, "en", knowledge) | spelled(text) | _words(text) for text in en]
    rows, columns = _once(zh_keys), _once(en_keys)
    return sorted({(rows[key], columns[key]) for key in rows.keys() & columns.keys()})


def _words(text: str) -> set[str]:
    return {f"word {word}" for word in english_words(text) if len(word) > 1}


def _once(units: Sequence[set[str] | frozenset[str]]) -> dict[str, int]:
    """Keys that stand in one unit only → its number."""
    where: dict[str, int] = {}
    again: set[str] = set()
    for number, keys in enumerate(units):
        again.update(keys & where.keys())
        where.update(dict.fromkeys(keys, number))
    return {key: number for key, number in where.items() if key not in again}


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both numbers."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, column) in enumerate(pairs):
        at = bisect_left(tails, column)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [column]
        last[at : at + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _cuts(chain: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places between two pairs that are neighbours in both texts."""
    for (i, j), after in pairwise(chain):
        if after == (i + 1, j + 1):
            yield after

"""The yardstick: an aligner that knows nothing but lengths.

Gale & Church (1993), "A Program for Aligning Sentences in Bilingual Corpora": the lengths of the sides of a bead differ
by a normally distributed amount; beads of six types; the cheapest row of beads by dynamic programming. Lengths are
those of :func:`bitext.script.size`, so that the expected ratio is 1. All cells are computed, as in the paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from bitext import script

Row = np.ndarray[Any, np.dtype[np.float64]]

PRIORS: dict[tuple[int, int], float] = {
    (1, 1): 0.89,
    (1, 0): 0.0099,
    (0, 1): 0.0099,
    (2, 1): 0.089,
    (1, 2): 0.089,
    (2, 2): 0.011,
}
"""How often each type of bead occurs (table 5 of the paper)."""

VARIANCE = 6.8
"""Variance of the difference for each character, as in the paper; on the project's texts smaller ones do worse."""

_ROUNDING = 1e-9
"""Going to the ramp and back changes a cost by less than this."""


def align(zh: Sequence[str], en: Sequence[str]) -> list[tuple[range, range]]:
    """Beads of two texts as ranges of indexes, the cheapest row of them.

    :param zh: Chinese paragraphs; time and memory grow with their number times that of the English ones.
    """
    back = _back(_sizes(zh), _sizes(en))
    i, j = len(zh), len(en)
    kinds = list(PRIORS)
    found = []
    while i or j:
        a, b = kinds[back[i, j]]
        found.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return found[::-1]


def _sizes(texts: Sequence[str]) -> Row:
    return np.array([max(script.size(text), 0.5) for text in texts])


def _back(zh: Row, en: Row) -> Any:
    """Type of the bead that ends at each cell, as its number in :data:`PRIORS`."""
    n, m = len(zh), len(en)
    best = np.full((n + 1, m + 1), np.inf)
    back = np.zeros((n + 1, m + 1), np.int8)
    best[0, 0] = 0.0
    alone = _cost(np.zeros(1), en, (0, 1))
    for i in range(n + 1):
        for number, (a, b) in enumerate(PRIORS):
            if a and a <= i and b <= m:
                left = zh[i - a : i].sum()
                right = sum((en[k : m - b + 1 + k] for k in range(b)), np.zeros(m - b + 1))
                cost = best[i - a, : m + 1 - b] + _cost(left, right, (a, b))
                better = cost < best[i, b:]
                best[i, b:][better] = cost[better]
                back[i, b:][better] = number
        _along(best[i], back[i], alone)
    return back


def _along(best: Row, back: Any, alone: Row) -> None:
    """English paragraphs without counterpart, along one row of the table."""
    ramp = np.concatenate(([0.0], np.cumsum(alone)))
    least = np.minimum.accumulate(best - ramp) + ramp
    better = least < best - _ROUNDING
    back[better] = list(PRIORS).index((0, 1))
    best[better] = least[better]


def _cost(zh: Any, en: Any, kind: tuple[int, int]) -> Row:
    """-log of the probability of a difference at least so large, and of the type."""
    delta = np.abs(zh - en) / np.sqrt(VARIANCE * np.maximum((zh + en) / 2, 1.0))
    tail = np.maximum(_two_tails(delta), 1e-300)
    return np.asarray(-math.log(PRIORS[kind]) - np.log(tail))


def _two_tails(delta: Row) -> Row:
    """Probability that a standard normal value is at least so far from zero (Abramowitz & Stegun 1964, 26.2.17)."""
    t = 1 / (1 + 0.2316419 * delta)
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    return np.asarray(2 * np.exp(-delta * delta / 2) / math.sqrt(2 * math.pi) * series)

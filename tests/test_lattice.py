"""Shares of ways through the lattice, against all ways counted one by one."""

import itertools
import math

import numpy as np
import pytest

from bitext import lattice
from bitext.wide import Wide

KINDS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
EMPTY = -1.4


def ways(scores, n, m, larger=()):
    """All ways as pairs of weight and steps; of units left out between two beads the Chinese come first."""

    def going(i, j, weight, steps, english):
        if (i, j) == (n, m):
            yield weight, steps
            return
        for (a, b), table in scores.items():
            if i + a <= n and j + b <= m:
                yield from going(i + a, j + b, weight * math.exp(table[i, j]), (*steps, (i, j, a, b)), False)
        for one in larger:
            if (one.i, one.j) == (i, j):
                step = (i, j, one.a, one.b)
                yield from going(i + one.a, j + one.b, weight * math.exp(one.score), (*steps, step), False)
        if i < n and not english:
            yield from going(i + 1, j, weight * math.exp(EMPTY), (*steps, (i, j, 1, 0)), False)
        if j < m:
            yield from going(i, j + 1, weight * math.exp(EMPTY), (*steps, (i, j, 0, 1)), True)

    return list(going(0, 0, 1.0, (), False))


LARGER = {
    (3, 6): [Wide(0, 0, 1, 4, 1.5, 0.0), Wide(1, 1, 1, 5, 0.5, 0.0), Wide(2, 2, 1, 4, 2.0, 0.0)],
    (5, 2): [Wide(0, 0, 4, 1, 1.0, 0.0), Wide(1, 1, 4, 1, 2.5, 0.0)],
}


@pytest.mark.parametrize(("n", "m", "seed"), [(3, 4, 1), (4, 2, 2), (1, 3, 3), (3, 1, 4), (3, 6, 5), (5, 2, 6)])
def test_shares_are_those_of_all_ways(n, m, seed):
    larger = LARGER.get((n, m), [])
    draw = np.random.default_rng(seed)
    scores = {(a, b): draw.normal(0, 2, (n - a + 1, m - b + 1)) for a, b in KINDS if a <= n and b <= m}
    every = ways(scores, n, m, larger)
    share, whole = lattice._shares(scores, larger, n, m, EMPTY), sum(weight for weight, _ in every)
    for one in larger:
        there = sum(weight for weight, steps in every if (one.i, one.j, one.a, one.b) in steps)
        assert share((one.i, one.j, one.a, one.b)) == pytest.approx(there / whole, abs=1e-6)
    assert tuple(lattice._best_path(scores, larger, n, m, EMPTY)) == max(every)[1]
    for (a, b), i, j in itertools.product(scores, range(n), range(m)):
        if i + a <= n and j + b <= m:
            there = sum(weight for weight, steps in every if (i, j, a, b) in steps)
            assert share((i, j, a, b)) == pytest.approx(there / whole, abs=1e-6)
    for side, count, kind in ((0, n, (1, 0)), (1, m, (0, 1))):
        for unit in range(count):
            out = sum(weight for weight, steps in every if any(s[side] == unit and s[2:] == kind for s in steps))
            assert share((unit, 0, *kind) if side == 0 else (0, unit, *kind)) == pytest.approx(out / whole, abs=1e-6)


def test_no_order_of_lines_left_out_counts_twice():
    """Two lines of each language and no pair worth anything: one way leaves all four out, not six."""
    scores = {(1, 1): np.full((2, 2), -np.inf)}
    share = lattice._shares(scores, [], 2, 2, EMPTY)
    assert [share(step) for step in ((0, 0, 1, 0), (1, 0, 1, 0), (0, 0, 0, 1), (0, 1, 0, 1))] == [1.0] * 4

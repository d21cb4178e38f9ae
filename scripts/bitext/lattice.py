"""Units of two languages → the best row of beads, by dynamic programming over beads of up to three units a side.

The best path through the lattice of :mod:`bitext.scores`, and of the few larger beads of :mod:`bitext.wide`, gives the
beads. A forward–backward pass over the same
lattice gives each bead its posterior probability; :mod:`bitext.confidence` makes of it the probability that the bead is
wrong.

Time and memory grow with the product n × m of the numbers of units: 9 tables of 4 bytes a cell; longer texts come in
portions (:mod:`bitext.portions`).
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bitext.confidence import Signs, doubt
from bitext.evidence import MOST_MERGED, Evidence
from bitext.layout import is_running
from bitext.scores import WEIGHTS, Scores, Table, Unit, Weights
from bitext.wide import Wide, wide

Tables = dict[tuple[int, int], Table]
"""A table for each type of bead."""

USUAL = 0.6
"""Share of units without counterpart up to which a text is taken for one with its translation. Where more are, as in
texts of one language with some lines of the other, whatever looks like a pair is likelier chance."""

UNLIKELY = 0.3
"""Posterior probability below which the sides of a bead are left unpaired: a gap is seen, a wrong pair is believed.

At 0.4 some more of the pairs of strangers are parted, at the price of right beads of texts without a dictionary."""

PAIRED = 0.8
"""Share of beads with both sides from which on a short line without its pair is odd: of 48 such 29 were wrong."""

SMALL = frozenset({"title", "label", "caption", "speaker"})
"""Roles of lines that often lack a translation: of 195 such 9 were wrong."""
_TEXT = frozenset({"paragraph", "heading"})

_MOST = 0.5
"""No two beads that overlap can both be on more than half of all ways."""

Step = tuple[int, int, int, int]
"""A bead as (i, j, a, b): Chinese units i … i + a - 1 and English units j … j + b - 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """A bead of the best path: units i … i + a - 1 of the Chinese and j … j + b - 1 of the English side."""

    i: int
    j: int
    a: int
    b: int
    probability: float
    """Share of all ways through the lattice that go through it, 0 to 1."""
    doubt: float = 0.0
    """Probability that it is wrong, 0 to 1 (:mod:`bitext.confidence`)."""


def solve(zh: list[Unit], en: list[Unit], evidence: Evidence, weights: Weights = WEIGHTS) -> list[Link]:
    """Beads of the best path; every unit is in exactly one.

    :param zh: Chinese units, at least one.
    :param en: English units, at least one.
    :param evidence: what they share.
    """
    model = Scores(zh, en, evidence, weights)
    scores, larger = dict(model.tables()), wide(model)
    links = _path(scores, larger, len(zh), len(en), weights.empty)
    strange = max(_unpaired(links) - USUAL, 0.0)
    if strange:
        weights = replace(weights, empty=weights.empty + weights.strange * strange)
        links = _path(scores, larger, len(zh), len(en), weights.empty)
    return _doubted(_crossed(links, scores, weights), model, larger)


def _path(scores: Tables, larger: Sequence[Wide], n: int, m: int, empty: float) -> list[Link]:
    path = _best_path(scores, larger, n, m, empty)
    share = _shares(scores, larger, n, m, empty)
    return [Link(*part, share(part)) for step in path for part in _likelier(step, share)]


def _likelier(step: Step, share: Callable[[Step], float]) -> list[Step]:
    """A bead, or instead of one that is unlikely the one inside it that most ways go through.

    The best way is one of many: where it leads through an unlikely bead, another may be common to most of the rest.
    """
    if share(step) < UNLIKELY:
        for inner in _inside(*step):
            if share(inner) > _MOST:
                return [*_unpaired_between(step[:2], inner[:2]), inner, *_unpaired_between(_end(inner), _end(step))]
    return [step]


def _inside(i: int, j: int, a: int, b: int) -> Iterator[Step]:
    """The smaller beads within a bead."""
    rows = [(row, size) for row in range(i, i + a) for size in range(1, min(i + a - row, MOST_MERGED) + 1)]
    columns = [(column, size) for column in range(j, j + b) for size in range(1, min(j + b - column, MOST_MERGED) + 1)]
    for (row, height), (column, width) in itertools.product(rows, columns):
        if height + width < a + b:
            yield row, column, height, width


def _end(step: Step) -> tuple[int, int]:
    i, j, a, b = step
    return i + a, j + b


def _unpaired_between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[Step]:
    """Steps from one cell to another over units that have no counterpart."""
    yield from ((i, start[1], 1, 0) for i in range(start[0], end[0]))
    yield from ((end[0], j, 0, 1) for j in range(start[1], end[1]))


def _unpaired(links: list[Link]) -> float:
    """Share of the units that have no counterpart, as far as their beads are sure."""
    paired = sum(link.probability * (link.a + link.b) for link in links if link.a and link.b)
    return 1 - paired / sum(link.a + link.b for link in links)


def _crossed(links: list[Link], scores: Tables, weights: Weights) -> list[Link]:
    """Beads in which two neighbouring paragraphs stand in the other order in the other language.

    No path through the lattice crosses itself. So wherever one to three beads in a row hold two units of each language,
    the two crossed pairs are compared with them, at a price.
    """
    found: list[Link] = []
    at = 0
    while at < len(links):
        for width in (1, 2, 3):
            group = links[at : at + width]
            if len(group) == width and (gain := _gain_of_crossing(group, scores, weights)):
                i, j = group[0].i, group[0].j
                sure = 1 / (1 + math.exp(-gain))
                found += [Link(i, j + 1, 1, 1, sure), Link(i + 1, j, 1, 1, sure)]
                at += width
                break
        else:
            found.append(links[at])
            at += 1
    return found


def _gain_of_crossing(group: list[Link], scores: Tables, weights: Weights) -> float:
    """How much better two crossed pairs explain a group of beads of two and two units; 0 if they do not."""
    if not sum(link.a for link in group) == sum(link.b for link in group) == 2:
        return 0.0
    i, j = group[0].i, group[0].j
    ones = scores[1, 1]
    crossed = float(ones[i, j + 1] + ones[i + 1, j]) + weights.crossed
    straight = sum(_at(scores, x.i + x.a, x.j + x.b, (x.a, x.b), weights.empty) for x in group)
    return max(crossed - straight, 0.0)


def _doubted(links: list[Link], model: Scores, larger: Sequence[Wide]) -> list[Link]:
    """The beads with the probability that each is wrong."""
    kinds = {(link.a, link.b) for link in links if link.a and link.b and max(link.a, link.b) <= MOST_MERGED}
    tables = {kind: model.words(*kind) for kind in kinds}
    rare = {(one.i, one.j, one.a, one.b): one.words for one in larger}

    def words(link: Link) -> float:
        kind = link.a, link.b
        return float(tables[kind][link.i, link.j]) if kind in tables else rare[link.i, link.j, link.a, link.b]

    odd = _odd(links, model)
    doubts = (doubt(_signs(link, model, words, odd)) for link in links)
    return [Link(one.i, one.j, one.a, one.b, one.probability, value) for one, value in zip(links, doubts, strict=True)]


def _signs(link: Link, model: Scores, words: Callable[[Link], float], odd: Container[int]) -> Signs:
    if not (link.a and link.b):
        unit = model.zh[link.i] if link.a else model.en[link.j]
        return Signs(link.probability, small=unit.role in SMALL, odd=unit.order in odd)
    zh, en = _size(model.zh_size, link.i, link.a), _size(model.en_size, link.j, link.b)
    return Signs(link.probability, words(link), zh, en, link.a + link.b > 2)


def _size(sizes: Table, start: int, width: int) -> float:
    """Size of so many units together; nearly always of one."""
    return float(sizes[start] if width == 1 else sizes[start : start + width].sum())


def _odd(links: list[Link], model: Scores) -> frozenset[int]:
    """Places of the short lines round the running text, where nearly all beads have both sides."""
    units = (*model.zh, *model.en)
    running = [unit.order for unit in units if is_running(unit.blocks[0])]
    if not running or sum(link.a > 0 < link.b for link in links) < PAIRED * len(links):
        return frozenset()
    outside = (unit for unit in units if not min(running) <= unit.order <= max(running))
    return frozenset(unit.order for unit in outside if unit.role in _TEXT and not unit.sure)


def _forward(
    scores: Tables, larger: Sequence[Wide], n: int, m: int, empty: float, combine: Any
) -> tuple[Table, Table]:
    """Value of the best way (``numpy.maximum``) or of all ways (``numpy.logaddexp``) to each cell.

    Of Chinese and English units without counterpart between two beads the Chinese come first, so that it is one way
    that leaves them out, and not one for each order.

    :returns: of all ways, and of those that do not end with an English unit without counterpart. A margin that no way
        leads through, as wide as a bead can be, stands above and before the cells.
    """
    import numpy as np

    table = np.full((MOST_MERGED + n + 1, MOST_MERGED + m + 1), -np.inf)
    first = table.copy()
    shifted = np.lib.stride_tricks.sliding_window_view(table, m + 1, axis=1)
    back = MOST_MERGED - np.array(list(scores)).T
    rare = _by_end(larger)
    ending, ramp, ways = _ending(scores, n, m), empty * np.arange(m + 1), np.empty((1 + len(scores), m + 1))
    for i in range(n + 1):
        ways[0] = first[MOST_MERGED + i - 1, MOST_MERGED:] + empty
        np.add(shifted[back[0] + i, back[1]], ending[i], out=ways[1:])
        row = combine.reduce(ways, axis=0)
        row[0] = row[0] if i else 0.0
        for bead in rare.get(i, ()):
            before = table[MOST_MERGED + bead.i, MOST_MERGED + bead.j]
            row[bead.j + bead.b] = combine(row[bead.j + bead.b], before + bead.score)
        first[MOST_MERGED + i, MOST_MERGED:] = row
        # English units without counterpart: a running maximum, or sum, along the row.
        table[MOST_MERGED + i, MOST_MERGED:] = combine.accumulate(row - ramp) + ramp
    return table, first


def _by_end(larger: Sequence[Wide]) -> dict[int, list[Wide]]:
    """Large beads by the number of Chinese units up to their end."""
    found: dict[int, list[Wide]] = defaultdict(list)
    for bead in larger:
        found[bead.i + bead.a].append(bead)
    return found


def _ending(scores: Tables, n: int, m: int) -> Table:
    """Score of the bead of each type that ends in a cell; shape (n + 1, types, m + 1)."""
    import numpy as np

    found = np.full((n + 1, len(scores), m + 1), -np.inf, np.float32)
    for number, ((a, b), values) in enumerate(scores.items()):
        found[a:, number, b:] = values
    return found


def _best_path(scores: Tables, larger: Sequence[Wide], n: int, m: int, empty: float) -> list[Step]:
    import numpy as np

    best, ending = _forward(scores, larger, n, m, empty, np.maximum)[0].tolist(), _ending(scores, n, m)
    rare = _by_end(larger)
    kinds = [*scores, (1, 0), (0, 1)]
    i, j = n, m
    found: list[Step] = []
    while i or j:
        gains = zip(kinds, (*ending[i, :, j].tolist(), empty, empty), strict=True)
        ways = [best[MOST_MERGED + i - a][MOST_MERGED + j - b] + gain for (a, b), gain in gains]
        some = [bead for bead in rare.get(i, ()) if bead.j + bead.b == j]
        ways += [best[MOST_MERGED + bead.i][MOST_MERGED + bead.j] + bead.score for bead in some]
        a, b = [*kinds, *((bead.a, bead.b) for bead in some)][ways.index(max(ways))]
        i, j = i - a, j - b
        found.append((i, j, a, b))
    return found[::-1]


def _at(scores: Tables, i: int, j: int, kind: tuple[int, int], empty: float) -> float:
    """Score of the bead of a type that ends in a cell."""
    return float(scores[kind][i - kind[0], j - kind[1]]) if kind in scores else empty


def _shares(scores: Tables, larger: Sequence[Wide], n: int, m: int, empty: float) -> Callable[[Step], float]:
    """Share of all ways through the lattice that go through a bead, 0 to 1; wherever in a gap a unit is left out."""
    import numpy as np

    # Read backwards a gap has its English units first. With the languages changed places, it is as `_forward` wants it.
    turned = {(b, a): table[::-1, ::-1].T for (a, b), table in scores.items()}
    cells = slice(MOST_MERGED, None)
    rare = {(bead.i, bead.j, bead.a, bead.b): bead.score for bead in larger}
    forward, first = (table[cells, cells] for table in _forward(scores, larger, n, m, empty, np.logaddexp))
    both = _forward(turned, [bead.turned(n, m) for bead in larger], m, n, empty, np.logaddexp)
    backward, last = (table[cells, cells][::-1, ::-1].T for table in both)
    whole = forward[n, m] - empty
    alone = {
        (1, 0): np.logaddexp.reduce(first[:-1] + backward[1:], axis=1) - whole,
        (0, 1): np.logaddexp.reduce(forward[:, :-1] + last[:, 1:], axis=0) - whole,
    }

    def share(step: Step) -> float:
        i, j, a, b = step
        if a and b:
            score = scores[a, b][i, j] if (a, b) in scores else rare[step]
            through = forward[i, j] + score + backward[i + a, j + b] - forward[n, m]
        else:
            through = alone[a, b][i if a else j]
        return float(np.exp(min(through, 0.0)))

    return share

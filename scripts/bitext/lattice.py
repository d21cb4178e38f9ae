"""Units of two languages → the best row of beads, by dynamic programming over beads of up to three units a side.

Each bead has a log-likelihood ratio, in nats: how much likelier its units are as translations of each other than as
strangers. It adds up

* length: the ratio of the sides' sizes, normal in its logarithm (Gale & Church 1993; mean and spread measured on 190
beads);
* words: the shared weight of :mod:`bitext.evidence`, √(Chinese coverage × English coverage), above what the units share
  with strangers (the normalisation of Vecalign, Thompson & Koehn 2019), so that a long paragraph does not win by
  chance;
* place: where the text alternates between the languages, units that stand together belong together;
* kind: a caption translates a caption; headings, labels and speakers never merge with running text;
* type: 1:1 is usual, 3:3 very rare.

The best path gives the beads. A forward–backward pass over the same lattice, its scores divided by a temperature
because the five signs are not independent, gives each bead its posterior probability.

Time and memory grow with the product n × m of the numbers of units: 9 tables of 4 bytes a cell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from bitext.confidence import Signs, doubt
from bitext.evidence import Evidence
from bitext.model import CONTENT_ROLES, Block

Table = Any
"""A ``numpy.ndarray``: its operators lose their types, and the import is left to who needs it."""

Step = tuple[int, int, int, int]
"""A bead as (i, j, a, b): Chinese units i … i + a - 1 and English units j … j + b - 1."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the model, in nats where nothing else is said.

    Found by random search on perturbed copies of the gold (seeds 100 to 102) and on a private set of real pages; what
    they reach on other seeds stands in ARCHITECTURE.md.
    """

    empty: float = -3.0
    one_two: float = -2.53
    two_two: float = -3.78
    one_three: float = -5.0
    larger: float = -5.42
    words: float = 19.4
    mass: float = 7.8
    """Shared weight at which the words have half of their say."""
    smooth: float = 0.64
    """Weight added to both totals of a coverage."""
    spread: float = 0.24
    """Standard deviation of the logarithm of the sides' ratio, for long texts."""
    spread_short: float = 1.36
    """Added to the variance, over the size of the shorter side: short texts vary more."""
    strangers: float = 1.1
    """Standard deviation of the logarithm of the ratio of two strangers."""
    place: float = 6.8
    against: float = 0.18
    """Share of the place bonus for pairs in the rarer of the two orders."""
    kind: float = 1.2
    other_kind: float = -1.66
    sure_other_kind: float = -5.0
    mixed: float = -6.8
    """Units of different kinds on one side."""
    parted: float = -4.6
    """Units of one side with a unit of the other language between them."""
    crossed: float = -6.0
    """Two neighbours in the other order."""
    temperature: float = 3.0
    """Divides all scores where probabilities are computed."""


WEIGHTS = Weights()

_TYPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (3, 3))
_ALONE = frozenset({"label", "speaker"})
_APART = frozenset({"title", "label"})
"""Roles that translate nothing but themselves."""
_SMALL = frozenset({"heading", "label", "speaker", "title", "caption"})
_PAIRED_ONLY = frozenset({"dateline", "source", "byline"})
_ROLE_NUMBER = {role: number for number, role in enumerate(sorted(CONTENT_ROLES | _PAIRED_ONLY))}
_NEVER = 1000.0
"""Nats against what must not be: a label or the name of a speaker in one side with other text."""
_WINDOW = 5
"""Units on either side that tell whether a text alternates between its languages at a place."""
_FEWEST_STRANGERS = 4
_STRANGERS_SHARE = 0.25
"""Coverage that two strangers are taken to reach in texts too short to measure it; measured median: 0.2 to 0.3."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph as the aligner sees it: one block, or the blocks of its wrapped lines."""

    blocks: tuple[Block, ...]
    text: str
    size: float
    """In Han characters or their equal."""
    order: int
    """Place among all units of the text."""

    @property
    def role(self) -> str:
        """Role of the first block."""
        return self.blocks[0].role

    @property
    def sure(self) -> bool:
        """Whether its words prove the role."""
        return self.blocks[0].sure


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
    model = _Scores(zh, en, evidence, weights)
    scores = dict(model.tables())
    path = _best_path(scores, len(zh), len(en), weights.empty)
    cool = {kind: table / weights.temperature for kind, table in scores.items()}
    shares = _probabilities(path, cool, len(zh), len(en), weights.empty / weights.temperature)
    links = _crossed([Link(*step, share) for step, share in zip(path, shares, strict=True)], scores, weights)
    return model.doubted(links)


def _crossed(links: list[Link], scores: dict[tuple[int, int], Table], weights: Weights) -> list[Link]:
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
                sure = 1 / (1 + math.exp(-gain / weights.temperature))
                found += [Link(i, j + 1, 1, 1, sure), Link(i + 1, j, 1, 1, sure)]
                at += width
                break
        else:
            found.append(links[at])
            at += 1
    return found


def _gain_of_crossing(group: list[Link], scores: dict[tuple[int, int], Table], weights: Weights) -> float:
    """How much better two crossed pairs explain a group of beads of two and two units; 0 if they do not."""
    if not sum(link.a for link in group) == sum(link.b for link in group) == 2:
        return 0.0
    i, j = group[0].i, group[0].j
    ones = scores[1, 1]
    crossed = float(ones[i, j + 1] + ones[i + 1, j]) + weights.crossed
    straight = sum(_at(scores, x.i + x.a, x.j + x.b, (x.a, x.b), weights.empty) for x in group)
    return max(crossed - straight, 0.0)


class _Scores:
    """Log-likelihood ratios of all beads that could stand at each place."""

    def __init__(self, zh: list[Unit], en: list[Unit], evidence: Evidence, weights: Weights) -> None:
        import numpy as np

        self.np, self.zh, self.en, self.evidence, self.w = np, zh, en, evidence, weights
        self.n, self.m = len(zh), len(en)
        self.zh_size = np.array([unit.size for unit in zh], np.float32)
        self.en_size = np.array([unit.size for unit in en], np.float32)
        self.zh_order = np.array([unit.order for unit in zh])
        self.en_order = np.array([unit.order for unit in en])
        self.zh_role = np.array([_ROLE_NUMBER[unit.role] for unit in zh])
        self.en_role = np.array([_ROLE_NUMBER[unit.role] for unit in en])
        self.sure = np.array([unit.sure for unit in zh])[:, None] & np.array([unit.sure for unit in en])[None, :]
        self.chance = self._chance()
        self.alternation = self._alternation()
        self.zh_first, self.en_first = self._directions()

    def tables(self) -> list[tuple[tuple[int, int], Table]]:
        """Scores of each type of bead; the table of (a, b) has the shape (n - a + 1, m - b + 1)."""
        return [((a, b), self._table(a, b).astype(self.np.float32)) for a, b in _TYPES if a <= self.n and b <= self.m]

    def _table(self, a: int, b: int) -> Table:
        return self._prior(a, b) + self._words(a, b) + self._length(a, b) + self._place(a, b) + self._kinds(a, b)

    def doubted(self, links: list[Link]) -> list[Link]:
        """The beads with the probability that each is wrong."""
        kinds = {(link.a, link.b) for link in links if link.a and link.b}
        words = {kind: self._words(*kind) / self.w.words for kind in kinds}
        length = {kind: self._length(*kind) for kind in kinds}
        return [replace(link, doubt=doubt(self._signs(link, words, length))) for link in links]

    def _signs(self, link: Link, words: dict[tuple[int, int], Table], length: dict[tuple[int, int], Table]) -> Signs:
        kind, at = (link.a, link.b), (link.i, link.j)
        zh = float(self.zh_size[link.i : link.i + link.a].sum())
        en = float(self.en_size[link.j : link.j + link.b].sum())
        if kind not in words:
            return Signs(link.probability, zh_size=zh, en_size=en)
        return Signs(link.probability, float(words[kind][at]), float(length[kind][at]), zh, en, sum(kind) > 2)

    def _prior(self, a: int, b: int) -> float:
        few, many = sorted((a, b))
        known = {(1, 1): 0.0, (1, 2): self.w.one_two, (2, 2): self.w.two_two, (1, 3): self.w.one_three}
        return known.get((few, many), self.w.larger)

    def _sums(self, values: Table, width: int) -> Table:
        """Sums over every ``width`` neighbours."""
        size = len(values) - width + 1
        return sum(values[k : k + size] for k in range(width))

    def _totals(self, a: int, b: int) -> tuple[Table, Table]:
        return self._sums(self.evidence.zh_total, a)[:, None], self._sums(self.evidence.en_total, b)[None, :]

    def _coverage(self, a: int, b: int) -> Table:
        """√(Chinese coverage × English coverage) of all beads of a type."""
        e, smooth = self.evidence, self.w.smooth
        zh = self._sums(e.zh_shared[b - 1], a)[:, : self.m - b + 1]
        en = self._sums(e.en_shared[a - 1], b)[:, : self.n - a + 1].T
        zh_total, en_total = self._totals(a, b)
        few = 0.3 * smooth  # what a bead without any term is taken to share
        return self.np.sqrt((zh + few) / (zh_total + smooth) * (en + few) / (en_total + smooth))

    def _chance(self) -> Table:
        """Coverage that two units reach with the other's strangers, shape (n, m)."""
        np = self.np
        if min(self.n, self.m) < _FEWEST_STRANGERS:
            return np.full((self.n, self.m), _STRANGERS_SHARE, np.float32)
        pairs = self._coverage(1, 1)
        return (np.median(pairs, axis=1)[:, None] + np.median(pairs, axis=0)[None, :]) / 2

    def _words(self, a: int, b: int) -> Table:
        rows, columns = self.n - a + 1, self.m - b + 1
        chance = sum(self.chance[k : k + rows, x : x + columns] for k in range(a) for x in range(b)) / (a * b)
        gain = (self._coverage(a, b) - chance) / (1 - chance)
        mass = self.np.minimum(*self._totals(a, b))
        return self.w.words * gain * 2 * mass / (mass + self.w.mass)

    def _length(self, a: int, b: int) -> Table:
        np = self.np
        zh, en = self._sums(self.zh_size, a)[:, None], self._sums(self.en_size, b)[None, :]
        variance = self.w.spread**2 + self.w.spread_short / np.minimum(zh, en)
        wide = variance + self.w.strangers**2
        return 0.5 * np.log(wide / variance) - 0.5 * np.log(en / zh) ** 2 * (1 / variance - 1 / wide)

    def _alternation(self) -> Table:
        """How much the text alternates between its languages round each Chinese unit, 0 to 1."""
        np = self.np
        is_zh = np.zeros(self.n + self.m, bool)
        is_zh[self.zh_order] = True
        switches = (is_zh[1:] != is_zh[:-1]).astype(float)
        kernel = np.ones(2 * _WINDOW)
        local = np.convolve(switches, kernel, "same") / np.convolve(np.ones_like(switches), kernel, "same")
        return local[np.minimum(self.zh_order, len(local) - 1)].astype(np.float32)

    def _directions(self) -> tuple[float, float]:
        """Weight of pairs with Chinese first and with English first, by which neighbours look like translations."""
        pairs = self._words(1, 1) + self._length(1, 1)
        support = []
        for step in (1, -1):
            i, j = self.np.nonzero(self.en_order[None, :] - self.zh_order[:, None] == step)
            support.append(float(self.np.maximum(pairs[i, j], -2.0).sum()))
        if support[0] == support[1]:
            return 1.0, 1.0
        return (1.0, self.w.against) if support[0] > support[1] else (self.w.against, 1.0)

    def _place(self, a: int, b: int) -> Table:
        """Bonus of beads whose units stand together, by how much the text alternates there; malus of parted sides."""
        rows, columns = self.n - a + 1, self.m - b + 1
        zh_start, zh_end = self.zh_order[:rows, None], self.zh_order[a - 1 :][:, None]
        en_start, en_end = self.en_order[None, :columns], self.en_order[None, b - 1 :]
        zh_together, en_together = zh_end - zh_start == a - 1, en_end - en_start == b - 1
        bonus = self.zh_first * (en_start == zh_end + 1) + self.en_first * (zh_start == en_end + 1)
        together = self.w.place * self.alternation[:rows, None] * bonus * (zh_together & en_together)
        return together + self.w.parted * (~zh_together) + self.w.parted * (~en_together)

    def _kinds(self, a: int, b: int) -> Table:
        np, w = self.np, self.w
        rows, columns = self.n - a + 1, self.m - b + 1
        zh, en = self.zh_role[:rows, None], self.en_role[None, :columns]
        small, paired = self._among(_SMALL), self._among(_PAIRED_ONLY)
        found = np.where(
            zh == en,
            w.kind * (small | paired)[zh],
            np.where(self.sure[:rows, :columns], w.sure_other_kind, w.other_kind),
        )
        apart = self._among(_APART)
        found = np.where((apart[zh] | apart[en]) & (zh != en), np.minimum(found, w.sure_other_kind), found)
        found = found + 2 * w.mixed * ((zh != en) & (paired[zh] | paired[en]))
        for role, width, side in ((self.zh_role, a, zh), (self.en_role, b, en)):
            if width > 1:
                mixed = self._mixed(role, width).reshape(side.shape)
                alone = self._any(self._among(_ALONE)[role], width).reshape(side.shape)
                found = found - _NEVER * (mixed & alone)
                found = found + w.mixed * mixed + w.mixed / 2 * (small[side] & ~mixed)
        if a != b:
            found = found + w.mixed / 2 * (self._among(_ALONE)[zh] & (b > 1))
        return found

    def _among(self, roles: frozenset[str]) -> Table:
        """For each role number, whether it is among some roles."""
        return self.np.array([role in roles for role in _ROLE_NUMBER])

    def _any(self, flags: Table, width: int) -> Table:
        """Whether one of ``width`` neighbours has a flag."""
        size = len(flags) - width + 1
        return self.np.any([flags[k : k + size] for k in range(width)], axis=0)

    def _mixed(self, role: Table, width: int) -> Table:
        """Whether ``width`` neighbours are of more than one role."""
        size = len(role) - width + 1
        return self.np.any([role[k : k + size] != role[:size] for k in range(1, width)], axis=0)


def _forward(scores: dict[tuple[int, int], Table], n: int, m: int, empty: float, combine: Any) -> Table:
    """Value of the best way (``numpy.maximum``) or of all ways (``numpy.logaddexp``) to each cell."""
    import numpy as np

    table = np.full((n + 1, m + 1), -np.inf)
    ramp = empty * np.arange(m + 1)
    for i in range(n + 1):
        row = np.full(m + 1, -np.inf)
        row[0] = 0.0 if i == 0 else row[0]
        if i:
            row = combine(row, table[i - 1] + empty)
        for (a, b), values in scores.items():
            if a <= i:
                row[b:] = combine(row[b:], table[i - a, : m + 1 - b] + values[i - a])
        # English units without counterpart: a running maximum, or sum, along the row.
        table[i] = combine.accumulate(row - ramp) + ramp
    return table


def _best_path(scores: dict[tuple[int, int], Table], n: int, m: int, empty: float) -> list[Step]:
    import numpy as np

    best = _forward(scores, n, m, empty, np.maximum)
    i, j = n, m
    found: list[Step] = []
    while i or j:
        ways = {kind: best[i - kind[0], j - kind[1]] + _at(scores, i, j, kind, empty) for kind in _ways(scores, i, j)}
        a, b = max(ways, key=lambda kind: ways[kind])
        i, j = i - a, j - b
        found.append((i, j, a, b))
    return found[::-1]


def _ways(scores: dict[tuple[int, int], Table], i: int, j: int) -> list[tuple[int, int]]:
    """Types of bead that may end in a cell."""
    return [kind for kind in (*scores, (1, 0), (0, 1)) if kind[0] <= i and kind[1] <= j]


def _at(scores: dict[tuple[int, int], Table], i: int, j: int, kind: tuple[int, int], empty: float) -> float:
    """Score of the bead of a type that ends in a cell."""
    return float(scores[kind][i - kind[0], j - kind[1]]) if kind in scores else empty


def _probabilities(path: list[Step], scores: dict[tuple[int, int], Table], n: int, m: int, empty: float) -> list[float]:
    """Share of all ways through the lattice that go through each bead of a path, 0 to 1."""
    import numpy as np

    forward = _forward(scores, n, m, empty, np.logaddexp)
    turned = {kind: table[::-1, ::-1] for kind, table in scores.items()}
    backward = _forward(turned, n, m, empty, np.logaddexp)[::-1, ::-1]
    found = []
    for i, j, a, b in path:
        through = forward[i, j] + _at(scores, i + a, j + b, (a, b), empty) + backward[i + a, j + b] - forward[n, m]
        found.append(float(np.exp(min(through, 0.0))))
    return found

"""Log-likelihood ratios of beads: how much likelier their units are as translations of each other than as strangers.

In nats, the sum of

* length: the ratio of the sides' sizes, normal in its logarithm (Gale & Church 1993; mean and spread measured on 190
  beads);
* words: the shared weight of :mod:`bitext.evidence`, √(Chinese coverage × English coverage), above what the units
  share with strangers (the normalisation of Vecalign, Thompson & Koehn 2019), so that a long paragraph does
  not win by chance;
* place: where the text alternates between the languages, units that stand together belong together;
* kind: a caption translates a caption; headings, labels and speakers never merge with running text;
* type: 1:1 is usual, 3:3 very rare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bitext.evidence import Evidence
from bitext.model import CONTENT_ROLES, FACT_ROLES, Block

Table = Any
"""A ``numpy.ndarray``: its operators lose their types, and the import is left to who needs it."""


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
    line: float = 2.0
    """Bonus of the only two units of one line."""
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
_ROLE_NUMBER = {role: number for number, role in enumerate(sorted(CONTENT_ROLES | FACT_ROLES))}
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
    line: int = 0
    """Number of its line where that holds one unit of each language, else 0."""

    @property
    def role(self) -> str:
        """Role of the first block."""
        return self.blocks[0].role

    @property
    def sure(self) -> bool:
        """Whether its words prove the role."""
        return self.blocks[0].sure


class Scores:
    """Log-likelihood ratios of all beads that could stand at each place."""

    def __init__(self, zh: list[Unit], en: list[Unit], evidence: Evidence, weights: Weights) -> None:
        import numpy as np

        self.np, self.zh, self.en, self.evidence, self.w = np, zh, en, evidence, weights
        self.n, self.m = len(zh), len(en)
        self.zh_size = np.array([unit.size for unit in zh], np.float32)
        self.en_size = np.array([unit.size for unit in en], np.float32)
        self.zh_order = np.array([unit.order for unit in zh])
        self.en_order = np.array([unit.order for unit in en])
        self.zh_line = np.array([unit.line or -1 for unit in zh])
        self.en_line = np.array([unit.line or -2 for unit in en])
        self.zh_role = np.array([_ROLE_NUMBER[unit.role] for unit in zh])
        self.en_role = np.array([_ROLE_NUMBER[unit.role] for unit in en])
        self.among = {roles: self._among(roles) for roles in (_SMALL, FACT_ROLES, _APART, _ALONE)}
        self.sure = np.array([unit.sure for unit in zh])[:, None] & np.array([unit.sure for unit in en])[None, :]
        self.kinds = self._firsts()
        self.chance = self._chance()
        self.alternation = self._alternation()
        self.zh_first, self.en_first = self._directions()

    def tables(self) -> list[tuple[tuple[int, int], Table]]:
        """Scores of each type of bead; the table of (a, b) has the shape (n - a + 1, m - b + 1)."""
        return [((a, b), self._table(a, b).astype(self.np.float32)) for a, b in _TYPES if a <= self.n and b <= self.m]

    def _table(self, a: int, b: int) -> Table:
        return self._prior(a, b) + self.words(a, b) + self.length(a, b) + self._place(a, b) + self._kinds(a, b)

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

    def words(self, a: int, b: int) -> Table:
        """Score of the words of all beads of a type, in nats; shape (n - a + 1, m - b + 1)."""
        rows, columns = self.n - a + 1, self.m - b + 1
        chance = sum(self.chance[k : k + rows, x : x + columns] for k in range(a) for x in range(b)) / (a * b)
        gain = (self._coverage(a, b) - chance) / (1 - chance)
        mass = self.np.minimum(*self._totals(a, b))
        return self.w.words * gain * 2 * mass / (mass + self.w.mass)

    def length(self, a: int, b: int) -> Table:
        """Score of the lengths of all beads of a type, in nats; shape (n - a + 1, m - b + 1)."""
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
        pairs = self.words(1, 1) + self.length(1, 1)
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
        lines = self.w.line * (self.zh_line[:rows, None] == self.en_line[None, :columns]) if a == b == 1 else 0.0
        together = lines + self.w.place * self.alternation[:rows, None] * bonus * (zh_together & en_together)
        return together + self.w.parted * (~zh_together) + self.w.parted * (~en_together)

    def _firsts(self) -> Table:
        """Score of the kinds of two units, which are the first of their sides; shape (n, m)."""
        np, w = self.np, self.w
        zh, en = self.zh_role[:, None], self.en_role[None, :]
        small, paired, apart, _ = self.among.values()
        other = np.where(self.sure, w.sure_other_kind, w.other_kind)
        found = np.where(zh == en, w.kind * (small | paired)[zh], other)
        found = np.where((apart[zh] | apart[en]) & (zh != en), np.minimum(found, w.sure_other_kind), found)
        return found + 2 * w.mixed * ((zh != en) & (paired[zh] | paired[en]))

    def _kinds(self, a: int, b: int) -> Table:
        w = self.w
        rows, columns = self.n - a + 1, self.m - b + 1
        zh, en = self.zh_role[:rows, None], self.en_role[None, :columns]
        small, _, _, alone = self.among.values()
        found = self.kinds[:rows, :columns]
        for role, width, side in ((self.zh_role, a, zh), (self.en_role, b, en)):
            if width > 1:
                mixed = self._mixed(role, width).reshape(side.shape)
                signpost = self._any(alone[role], width).reshape(side.shape)
                found = found - _NEVER * (mixed & signpost)
                found = found + w.mixed * mixed + w.mixed / 2 * (small[side] & ~mixed)
        if a != b:
            found = found + w.mixed / 2 * (alone[zh] & (b > 1))
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

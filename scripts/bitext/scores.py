"""Log-likelihood ratios of beads: how much likelier their units are as translations of each other than as strangers.

In nats, the sum of

* length: the ratio of the sides' sizes, normal in its logarithm (Gale & Church 1993; mean and spread measured on 190
  beads);
* words: the shared weight of :mod:`bitext.evidence`, √(Chinese coverage × English coverage), above what the units
  share with strangers (the normalisation of Vecalign, Thompson & Koehn 2019), so that a long paragraph does
  not win by chance;
* place: where the text alternates between the languages, units that stand together belong together;
* kind: a caption translates a caption; headings, labels and speakers never merge with running text;
* edges: a question translates a question, the third entry of a list the third one (:mod:`bitext.edges`);
* type: 1:1 is usual, 3:3 very rare.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bitext.cuts import is_bracketed
from bitext.edges import Edges, edges, sentences
from bitext.evidence import Evidence
from bitext.model import CONTENT_ROLES, FACT_ROLES, Block

Table = Any
"""A ``numpy.ndarray``: its operators lose their types, and the import is left to who needs it."""

_Sides = tuple[Table, Table]
"""The same of the Chinese and of the English side of beads."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the model, in nats where nothing else is said.

    Those that scale a sign were fitted together: the lattice is a conditional random field (Lafferty, McCallum and
    Pereira 2001), and L-BFGS maximised the probability of the right path on 1 500 perturbed copies (seeds 100 and 101;
    our own texts, rows of six of them, and the shared seeds with three times the weight). Two-fold cross-validation by
    text raised strict F1 from 0.961 to 0.978 on our own texts, from 0.975 to 0.986 on the seeds; fitted on our own
    alone, it fell on the seeds, so that real texts belong among those it is fitted on. ``empty``, ``mass``, the types
    and ``sure_other_kind`` were then moved by hand, as deletions and large beads are rarer on pages than in the copies.
    What is inside of a sign (``smooth``, ``spread``, ...) comes from a random search.

    The weights of how units begin and end were fitted in the same way on 3 000 copies (seeds 100 to 102), two thirds of
    them with the roles that the converter gives, while the others stayed. By two-fold cross-validation the right paths
    became likelier (negative log-likelihood down by 8 %). Seven tenths of what was fitted stand here (of
    ``ending`` four): on seeds 100 to 105 they had a better strict F1 than the whole, and lost nothing on real texts.
    """

    empty: float = -1.40
    strange: float = 15.0
    """Added to ``empty``, times the share of units without counterpart above what is usual."""
    one_two: float = -2.10
    two_two: float = -3.70
    one_three: float = -3.30
    larger: float = -4.50
    widest: float = -6.0
    """One unit and more than three (:mod:`bitext.wide`)."""
    words: float = 5.60
    unmatched: float = -1.00
    """Times the root of the weight, in words that stand in one unit only."""
    weakest: float = 2.97
    """Times the coverage above chance of the weakest end."""
    length: float = 2.40
    mass: float = 9.6
    """Shared weight at which the words have half of their say."""
    smooth: float = 0.64
    """Weight added to both totals of a coverage."""
    spread: float = 0.27
    """Standard deviation of the logarithm of the sides' ratio, for long texts."""
    spread_short: float = 1.10
    """Added to the variance, over the size of the shorter side: short texts vary more."""
    strangers: float = 1.1
    """Standard deviation of the logarithm of the ratio of two strangers."""
    place: float = 4.62
    whole: float = 1.0
    """Bonus of sentences, each a unit, that are all that stands between two units of the other language, with one of
    these that holds several."""
    line: float = 1.36
    """Bonus of the only two units of one line."""
    against: float = 0.18
    """Share of the place bonus for pairs in the rarer of the two orders."""
    kind: float = 0.68
    other_kind: float = -0.95
    sure_other_kind: float = -4.50
    mixed: float = -3.88
    """Units of different kinds on one side."""
    parted: float = -3.13
    """Units of one side with a unit of the other language between them."""
    crossed: float = -2.00
    """Two neighbours in the other order."""
    other_opening: float = -0.65
    """The sides begin differently: an entry of a list, a turn of a dialogue, a quotation (:mod:`bitext.edges`)."""
    rendered: float = 6.0
    """A unit that begins with a label which says that it is a translation, right below the other."""
    other_number: float = -1.29
    """They begin with different numbers of entries."""
    ending: float = 0.60
    """They end alike, in a question, a colon or a comma."""
    other_ending: float = -0.89
    question: float = -1.22
    """Only one of them ends in a question."""
    begins: float = -0.53
    """A unit within a side begins like an entry or a turn."""


WEIGHTS = Weights()

_TYPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (3, 3))
_ALONE = frozenset({"label", "speaker"})
_APART = frozenset({"title", "label"})
"""Roles that translate nothing but themselves."""
_SMALL = frozenset({"heading", "label", "speaker", "title", "caption"})
_ROLE_NUMBER = {role: number for number, role in enumerate(sorted(CONTENT_ROLES | FACT_ROLES))}
_OPENINGS = {"rendering": -1, "": 0, "quote": 1, "turn": 2, "entry": 3}
_RENDERING = -1
"""With a label before its text nobody knows how that begins."""
_OWN = 2
"""From here on a unit goes on with no other."""
_ENDINGS = {"": 0, "stop": 1, "question": 2, "open": 3}
_STOP, _QUESTION = 1, 2
"""From a question on, ends that few units share."""
_NEVER = 1000.0
"""Nats against what must not be: a label or the name of a speaker in one side with other text."""
_SENTENCE = 6.0
"""Size of the shortest sentence."""
_WINDOW = 5
"""Units on either side that tell whether a text alternates between its languages at a place."""
_FEW = 0.3
"""Part of the smoothing that counts as shared."""
_FREEST = -3.0
"""Log-likelihood ratio of the lengths of the freest translation: of those that are freer, length says no more."""
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
    gap: int = 0
    """How many lines it stands below the unit above it."""
    broken: bool = False
    """Whether the text breaks off in it: then it is shorter than what it translates."""

    @property
    def role(self) -> str:
        """Role of the first block."""
        return self.blocks[0].role

    @property
    def credit(self) -> bool:
        """Whether it is nothing but the credit of a picture, in brackets: ``[Photo by An Lee]``."""
        return self.role == "caption" and self.sure and is_bracketed(self.text, 0, len(self.text))

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
        self.credits = np.array([u.credit for u in zh])[:, None] | np.array([u.credit for u in en])[None, :]
        self.among = {roles: self._among(roles) for roles in (_SMALL, FACT_ROLES, _APART, _ALONE)}
        self.sure = np.array([unit.sure for unit in zh])[:, None] & np.array([unit.sure for unit in en])[None, :]
        self.kinds = self._firsts()
        self.zh_edges, self.en_edges = ([edges(unit.text) for unit in side] for side in (zh, en))
        self.openings, self.endings = self._opened(), self._ended()
        self.zh_own, self.en_own = (self._own(side) for side in (self.zh_edges, self.en_edges))
        self.chance = self._chance()
        self.ones = self.worth(self._shared(1, 1), self._totals(1, 1), self.chance)
        self.alternation = self._alternation()
        apart = self._apart()
        self.zh_near, self.en_near = (np.array([unit.order not in apart for unit in side]) for side in (zh, en))
        self.zh_said, self.en_said = self._sentences(zh), self._sentences(en)
        self.zh_first, self.en_first = self._directions()
        self.zh_begins, self.zh_ends = self._turns(self.zh_order)
        self.en_begins, self.en_ends = self._turns(self.en_order)

    def tables(self) -> list[tuple[tuple[int, int], Table]]:
        """Scores of each type of bead; the table of (a, b) has the shape (n - a + 1, m - b + 1)."""
        return [((a, b), self._table(a, b).astype(self.np.float32)) for a, b in _TYPES if a <= self.n and b <= self.m]

    def _table(self, a: int, b: int) -> Table:
        shared, totals, chance = self._shared(a, b), self._totals(a, b), self._chance_of(a, b)
        words = self.ones if a == b == 1 else self.worth(shared, totals, chance)
        words = words + self.unmatched(shared, totals) + self._weakest(a, b, chance)
        return self._prior(a, b) + words + self.length(a, b) + self._place(a, b) + self._kinds(a, b) + self._edges(a, b)

    def _prior(self, a: int, b: int) -> float:
        few, many = sorted((a, b))
        known = {(1, 1): 0.0, (1, 2): self.w.one_two, (2, 2): self.w.two_two, (1, 3): self.w.one_three}
        return known.get((few, many), self.w.larger)

    def _sums(self, values: Table, width: int) -> Table:
        """Sums over every ``width`` neighbours."""
        size = len(values) - width + 1
        return sum((values[k : k + size] for k in range(1, width)), values[:size])

    def _totals(self, a: int, b: int) -> _Sides:
        """Weight of all Chinese terms and of all English keys of the beads of a type."""
        return self._sums(self.evidence.zh_total, a)[:, None], self._sums(self.evidence.en_total, b)[None, :]

    def _shared(self, a: int, b: int) -> _Sides:
        """Weight of the Chinese terms and of the English keys that all beads of a type share."""
        e = self.evidence
        zh = self._sums(e.zh_shared[b - 1], a)[:, : self.m - b + 1]
        return zh, self._sums(e.en_shared[a - 1], b)[:, : self.n - a + 1].T

    def share(self, shared: Table, total: Table) -> Table:
        """Coverage: shared weight over all weight; a part without any term is taken to share some."""
        return (shared + _FEW * self.w.smooth) / (total + self.w.smooth)

    def _coverage(self, shared: _Sides, totals: _Sides) -> Table:
        """√(Chinese coverage × English coverage) of all beads of a type."""
        zh, en = map(self.share, shared, totals)
        return self.np.sqrt(zh * en)

    def _chance(self) -> Table:
        """Coverage that two units reach with the other's strangers, shape (n, m)."""
        np = self.np
        if min(self.n, self.m) < _FEWEST_STRANGERS:
            return np.full((self.n, self.m), _STRANGERS_SHARE, np.float32)
        pairs = self._coverage(self._shared(1, 1), self._totals(1, 1))
        return (np.median(pairs, axis=1)[:, None] + np.median(pairs, axis=0)[None, :]) / 2

    def words(self, a: int, b: int) -> Table:
        """Score of the words of all beads of a type, in nats; shape (n - a + 1, m - b + 1)."""
        if a == b == 1:
            return self.ones
        return self.worth(self._shared(a, b), self._totals(a, b), self._chance_of(a, b))

    def worth(self, shared: _Sides, totals: _Sides, chance: Table) -> Table:
        """Score of words by the weight that the sides share, by that of all their words, and by their chance."""
        gain = (self._coverage(shared, totals) - chance) / (1 - chance)
        mass = self.np.minimum(*totals)
        return self.w.words * gain * 2 * mass / (mass + self.w.mass)

    def _chance_of(self, a: int, b: int) -> Table:
        """Mean of the chance of the pairs of units that a bead holds, for all beads of a type."""
        rows, columns = self.n - a + 1, self.m - b + 1
        return sum(self.chance[k : k + rows, x : x + columns] for k in range(a) for x in range(b)) / (a * b)

    def unmatched(self, shared: _Sides, totals: _Sides) -> Table:
        """Malus of what one side says and the other does not, in words that stand in one unit only."""
        (zh, en), (zh_total, en_total) = shared, totals
        return self.w.unmatched * (self._lost(zh_total - zh, self.n) + self._lost(en_total - en, self.m))

    def _lost(self, weight: Table, units: int) -> Table:
        return self.np.sqrt(self.np.maximum(weight, 0) / math.log(1 + units))

    def _weakest(self, a: int, b: int, chance: Table) -> Table | float:
        """Malus of beads of several units whose first or last shares little with the other side: a stranger perhaps."""
        e, rows, columns = self.evidence, self.n - a + 1, self.m - b + 1
        ends = [
            self.share(e.en_shared[a - 1][k : k + columns, :rows].T, e.en_total[None, k : k + columns])
            for k in {0, b - 1}
            if b > 1
        ]
        ends += [
            self.share(e.zh_shared[b - 1][k : k + rows, :columns], e.zh_total[k : k + rows, None])
            for k in {0, a - 1}
            if a > 1
        ]
        return self.w.weakest * (self.np.minimum.reduce(ends) - chance) if ends else 0.0

    def length(self, a: int, b: int) -> Table:
        """Score of the lengths of all beads of a type, in nats; shape (n - a + 1, m - b + 1)."""
        np = self.np
        zh, en = self._sums(self.zh_size, a)[:, None], self._sums(self.en_size, b)[None, :]
        ratio = self.of_length(zh, en) / self.w.length
        if self.zh[-1].broken:
            ratio[-1] = np.where(en[0] > zh[-1], np.maximum(ratio[-1], 0), ratio[-1])
        if self.en[-1].broken:
            ratio[:, -1] = np.where(zh[:, 0] > en[0, -1], np.maximum(ratio[:, -1], 0), ratio[:, -1])
        return self.w.length * ratio

    def of_length(self, zh: Table, en: Table) -> Table:
        """Score of the sizes of two sides, in nats."""
        np = self.np
        variance = self.w.spread**2 + self.w.spread_short / np.minimum(zh, en)
        wide = variance + self.w.strangers**2
        ratio = 0.5 * np.log(wide / variance) - 0.5 * np.log(en / zh) ** 2 * (1 / variance - 1 / wide)
        return self.w.length * np.maximum(ratio, _FREEST)

    def _alternation(self) -> Table:
        """How much the text alternates between its languages round each Chinese unit, 0 to 1."""
        np = self.np
        is_zh = np.zeros(self.n + self.m, bool)
        is_zh[self.zh_order] = True
        switches = (is_zh[1:] != is_zh[:-1]).astype(float)
        kernel = np.ones(2 * _WINDOW)
        local = np.convolve(switches, kernel, "same") / np.convolve(np.ones_like(switches), kernel, "same")
        return local[np.minimum(self.zh_order, len(local) - 1)].astype(np.float32)

    def _apart(self) -> frozenset[int]:
        """Places of the units that stand farther below the one above than these do from their other neighbours."""
        units = sorted((*self.zh, *self.en), key=lambda unit: unit.order)
        return frozenset(
            unit.order for above, unit, below in zip(units[1:], units[2:], units[3:], strict=False)
            if unit.gap > above.gap and unit.gap > below.gap
        )  # fmt: skip

    def _turns(self, order: Table) -> _Sides:
        """Which units of a language have none of it right before them, and which none right behind."""
        np = self.np
        before = np.concatenate(([True], np.diff(order) > 1))
        return before, np.concatenate((before[1:], [True]))

    def _sentences(self, units: Sequence[Unit]) -> Table:
        return self.np.array([sentences(unit.text) if unit.size >= _SENTENCE else 0 for unit in units])

    def _said(self, count: Table, width: int) -> Table:
        """Whether ``width`` neighbours are one unit, of several sentences, or each a sentence of its own."""
        size = len(count) - width + 1
        fits = [count[k : k + size] == 1 for k in range(width)] if width > 1 else [count > 1]
        return self.np.all(fits, axis=0)

    def _directions(self) -> tuple[float, float]:
        """Weight of pairs with Chinese first and with English first, by which neighbours look like translations."""
        pairs = self.words(1, 1) + self.length(1, 1)
        support = []
        for step, near in ((1, self.en_near[None, :]), (-1, self.zh_near[:, None])):
            i, j = self.np.nonzero((self.en_order[None, :] - self.zh_order[:, None] == step) & near)
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
        bonus = self.zh_first * ((en_start == zh_end + 1) & self.en_near[None, :columns])
        bonus = bonus + self.en_first * ((zh_start == en_end + 1) & self.zh_near[:rows, None])
        lines = self.w.line * (self.zh_line[:rows, None] == self.en_line[None, :columns]) if a == b == 1 else 0.0
        together = lines + self.w.place * self.alternation[:rows, None] * bonus * (zh_together & en_together)
        if min(a, b) == 1 < max(a, b):
            begun = self.zh_begins[:rows, None] & self.en_begins[None, :columns]
            ended = self.zh_ends[a - 1 :][:, None] & self.en_ends[None, b - 1 :]
            said = self._said(self.zh_said, a)[:, None] & self._said(self.en_said, b)[None, :]
            together = together + self.w.whole * (begun & ended & said & (bonus > 0) & zh_together & en_together)
        return together + self.w.parted * (~zh_together) + self.w.parted * (~en_together)

    def _firsts(self) -> Table:
        """Score of the kinds of two units, which are the first of their sides; shape (n, m)."""
        np, w = self.np, self.w
        zh, en = self.zh_role[:, None], self.en_role[None, :]
        small, paired, apart, _ = self.among.values()
        other = np.where(self.sure, w.sure_other_kind, w.other_kind)
        found = np.where(zh == en, w.kind * (small | paired)[zh], other)
        found = np.where((apart[zh] | apart[en]) & (zh != en), np.minimum(found, w.sure_other_kind), found)
        found = np.where(self.credits & (zh != en), 2 * w.sure_other_kind, found)
        return found + 2 * w.mixed * ((zh != en) & (paired[zh] | paired[en]))

    def _kinds(self, a: int, b: int) -> Table:
        w = self.w
        rows, columns = self.n - a + 1, self.m - b + 1
        small, _, _, alone = self.among.values()
        found = self.kinds[:rows, :columns]
        for role, width, shape in ((self.zh_role, a, (-1, 1)), (self.en_role, b, (1, -1))):
            if width > 1:
                mixed = self._mixed(role, width)
                if mixed.any():  # in most texts hardly a kind but paragraphs
                    found = found - _NEVER * (mixed & self._any(alone[role], width)).reshape(shape)
                    found = found + w.mixed * mixed.reshape(shape)
                found = found + w.mixed / 2 * (small[role[: len(mixed)]] & ~mixed).reshape(shape)
        if a != b:
            found = found + w.mixed / 2 * (alone[self.zh_role[:rows, None]] & (b > 1))
        return found

    def _opened(self) -> Table:
        """Score of how two units begin, shape (n, m)."""
        zh, en = (self.np.array([_OPENINGS[unit.opening] for unit in side]) for side in (self.zh_edges, self.en_edges))
        rendered = (zh == _RENDERING)[:, None], (en == _RENDERING)[None, :]
        found = self.w.other_opening * ((zh[:, None] != en[None, :]) & ~(rendered[0] | rendered[1]))
        below = self.zh_order[:, None] - self.en_order[None, :]
        found = found + self.w.rendered * ((rendered[0] & (below == 1)) | (rendered[1] & (below == -1)))
        rows, columns = (self.np.array(side) for side in (self.evidence.zh_items, self.evidence.en_items))
        if rows.any() and columns.any():
            numbered = (rows[:, None] > 0) & (columns[None, :] > 0)
            found = found + self.w.other_number * (numbered & (rows[:, None] != columns[None, :]))
        return found

    def _ended(self) -> Table:
        """Score of how two units end, shape (n, m)."""
        zh, en = (_endings(self.np, side) for side in (self.zh_edges, self.en_edges))
        rows, columns = zh[:, None], en[None, :]
        asks = (rows == _QUESTION) != (columns == _QUESTION)
        same = self.w.ending * (rows >= _QUESTION)
        return self.np.where(rows == columns, same, self.w.other_ending) + self.w.question * asks

    def _own(self, side: Sequence[Edges]) -> Table:
        """Which units begin what is a unit of its own, as numbers."""
        return self.np.array([_OPENINGS[unit.opening] >= _OWN for unit in side], self.np.float32)

    def _edges(self, a: int, b: int) -> Table:
        """Score of how beads begin and end, and of what begins within a side."""
        rows, columns = self.n - a + 1, self.m - b + 1
        found = self.openings[:rows, :columns] + self.endings[a - 1 :, b - 1 :]
        for side, width, across in ((self.zh_own, a, (-1, 1)), (self.en_own, b, (1, -1))):
            if width > 1:
                found = found + self.w.begins * self._sums(side[1:], width - 1).reshape(across)
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


def _endings(np: Any, side: Sequence[Edges]) -> Table:
    """How the units of a side end; in one that is written without stops, their absence says nothing."""
    endings = np.array([_ENDINGS[unit.ending] for unit in side])
    return endings if _STOP in endings else np.maximum(endings, _STOP)

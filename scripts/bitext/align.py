"""Block[] → Bead[]: what translates what, by dynamic programming over beads of up to three blocks a side.

Each bead has a log-likelihood ratio: how much likelier its blocks are as translations of each other than as strangers.
It adds up

* length: the ratio of the sides' sizes, normal in its logarithm (Gale & Church 1993; mean and spread measured on 190 beads);
* words: the shared weight of :mod:`bitext.evidence`, Chinese coverage × English coverage, against its average over all
  pairs (the normalisation of Vecalign, Thompson & Koehn 2019), so that a long paragraph does not win by chance;
* place: where the text alternates between the languages, blocks that stand together belong together;
* kind: a caption translates a caption; headings, labels and speakers never merge with running text;
* type: 1:1 is usual, 3:3 very rare.

The best path gives the beads. A forward–backward pass over the same lattice gives each bead its posterior probability;
a bead below :data:`SURE` is marked for review.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bitext import script
from bitext.evidence import Evidence, gather
from bitext.knowledge import Knowledge
from bitext.lexicon import Lexicon
from bitext.model import CONTENT_ROLES, Bead, Block

if TYPE_CHECKING:
    import numpy as np

    Row = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the model, in nats; tuned on perturbed texts (`make tune`), seeds 100 and up."""

    empty: float = -3.0
    one_two: float = -2.2
    two_two: float = -5.0
    one_three: float = -4.0
    larger: float = -7.0
    words: float = 9.0
    mass: float = 8.0
    """Shared weight at which the words have half of their say."""
    smooth: float = 0.6
    spread: float = 0.24
    spread_short: float = 1.2
    """Added to the variance, over the size of the shorter side: short texts vary more."""
    strangers: float = 1.1
    place: float = 4.0
    against: float = 0.25
    """Share of the place bonus for pairs in the rarer of the two orders."""
    kind: float = 1.2
    other_kind: float = -1.6
    sure_other_kind: float = -5.0
    mixed: float = -6.0
    parted: float = -3.0
    """Blocks of one side with a block of the other side between them."""


WEIGHTS = Weights()

SURE = 0.9
"""Posterior probability below which a bead is marked for review."""

_TYPES: tuple[tuple[int, int], ...] = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (3, 3))
_SMALL = frozenset({"heading", "label", "speaker", "title", "caption"})
_PAIRED_ONLY = frozenset({"dateline", "source", "byline"})
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph as the aligner sees it: one block, or the blocks of its wrapped lines."""

    blocks: tuple[Block, ...]
    text: str
    size: float
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


def align(blocks: Sequence[Block], lexicon: Lexicon, knowledge: Knowledge, weights: Weights = WEIGHTS) -> tuple[Bead, ...]:
    """Beads of a text in its order, each content block in exactly one.

    Datelines, sources and bylines are in a bead only where both languages have them.
    """
    zh, en = _units(blocks)
    if not zh or not en:
        return _in_order(_bead((unit,), (), 1.0) if unit.blocks[0].lang == "zh" else _bead((), (unit,), 1.0)
                         for unit in (*zh, *en) if unit.role in CONTENT_ROLES)  # fmt: skip
    evidence = gather([unit.text for unit in zh], [unit.text for unit in en], lexicon, knowledge)
    lattice = _Lattice(zh, en, evidence, weights)
    path, probabilities = lattice.solve()
    beads = [
        _bead(zh[i : i + a], en[j : j + b], p, _anchors(evidence, range(i, i + a), range(j, j + b)))
        for (i, j, a, b), p in zip(path, probabilities, strict=True)
    ]
    return _in_order(bead for bead in beads if bead.zh and bead.en or bead.blocks[0].role in CONTENT_ROLES)


def _units(blocks: Sequence[Block]) -> tuple[list[Unit], list[Unit]]:
    """Units of both languages; a block that goes on with the one before it joins its unit."""
    sides: dict[str, list[Unit]] = {"zh": [], "en": []}
    order = 0
    for block in blocks:
        if block.role == "chrome" or block.lang == "none":
            continue
        side = sides[block.lang]
        if block.joined and side:
            text = f"{side[-1].text} {block.text}"
            side[-1] = replace(side[-1], blocks=(*side[-1].blocks, block), text=text, size=script.size(text))
        else:
            side.append(Unit((block,), block.text, max(script.size(block.text), 0.5), order))
            order += 1
    return sides["zh"], sides["en"]


def _bead(zh: Sequence[Unit], en: Sequence[Unit], probability: float, anchors: tuple[str, ...] = ()) -> Bead:
    def flat(units: Sequence[Unit]) -> tuple[Block, ...]:
        return tuple(block for unit in units for block in unit.blocks)

    cost = round(-math.log(max(probability, 1e-6)), 3) + 0.0
    return Bead(flat(zh), flat(en), cost, probability < SURE, anchors)


def _in_order(beads: Iterable[Bead]) -> tuple[Bead, ...]:
    return tuple(sorted(beads, key=lambda bead: (bead.blocks[0].line, bead.blocks[0].part)))


def _anchors(evidence: Evidence, zh: range, en: range, most: int = 6) -> tuple[str, ...]:
    """The rarest terms that tie two sides, for people."""
    keys = frozenset().union(*(evidence.keys[j] for j in en)) if en else frozenset()
    found = [term for i in zh for term, glosses in evidence.terms[i] if any(gloss <= keys for gloss in glosses)]
    rarity = {term: sum(term in dict(row) for row in evidence.terms) for term in found}
    return tuple(sorted(dict.fromkeys(found), key=lambda term: (rarity[term], -len(term), term))[:most])


class _Lattice:
    """All beads that could stand at each place, with their log-likelihood ratios; rows are computed as they are needed."""

    def __init__(self, zh: list[Unit], en: list[Unit], evidence: Evidence, weights: Weights) -> None:
        import numpy as np

        self.np, self.zh, self.en, self.evidence, self.w = np, zh, en, evidence, weights
        self.n, self.m = len(zh), len(en)
        self.zh_size = np.array([unit.size for unit in zh])
        self.en_size = np.array([unit.size for unit in en])
        self.en_order = np.array([unit.order for unit in en])
        self.en_role = np.array([_ROLE_NUMBER[unit.role] for unit in en])
        self.en_sure = np.array([unit.sure for unit in en])
        self.chance = self._chance()
        self.alternation, self.forward_place, self.backward_place = self._place()
        self.types = [(a, b) for a, b in _TYPES if a <= self.n and b <= self.m]
        self.scores = {kind: self._scores(*kind) for kind in self.types}

    def _coverage(self, a: int, b: int) -> Row:
        """√(zh coverage × en coverage) of all beads of a type, shape (n - a + 1, m - b + 1)."""
        np, e, smooth = self.np, self.evidence, self.w.smooth
        rows, columns = self.n - a + 1, self.m - b + 1
        zh = sum(e.zh_shared[b - 1][k : k + rows, :columns] for k in range(a))
        en = sum(e.en_shared[a - 1][k : k + columns, :rows].T for k in range(b))
        zh_total = sum(e.zh_total[k : k + rows] for k in range(a))[:, None]
        en_total = sum(e.en_total[k : k + columns] for k in range(b))[None, :]
        return np.sqrt((zh + smooth * 0.3) / (zh_total + smooth) * (en + smooth * 0.3) / (en_total + smooth))

    def _chance(self) -> Row:
        """Coverage that two units reach on average, shape (n, m): what strangers share."""
        np = self.np
        all_pairs = self._coverage(1, 1)
        rows, columns = np.median(all_pairs, axis=1), np.median(all_pairs, axis=0)
        if min(self.n, self.m) < 4:  # too few strangers for a median
            rows, columns = np.full(self.n, 0.25), np.full(self.m, 0.25)
        return (rows[:, None] + columns[None, :]) / 2

    def _place(self) -> tuple[Row, float, float]:
        """How much the text alternates round each Chinese unit (0 to 1), and the weight of both orders of a pair."""
        np = self.np
        order = sorted((*self.zh, *self.en), key=lambda unit: unit.order)
        langs = [unit.blocks[0].lang for unit in order]
        switches = np.array([a != b for a, b in zip(langs, langs[1:], strict=False)] or [False], float)
        kernel = np.ones(2 * _WINDOW)
        local = np.convolve(switches, kernel, "same") / np.convolve(np.ones_like(switches), kernel, "same")
        alternation = np.array([local[min(unit.order, len(local) - 1)] for unit in self.zh])
        score = self._words(1, 1) + self._length(1, 1)
        number = {id(unit): index for index, unit in enumerate(self.zh)} | {id(unit): index for index, unit in enumerate(self.en)}
        support = [0.0, 0.0]
        for one, two in zip(order, order[1:], strict=False):
            if one.blocks[0].lang != two.blocks[0].lang:
                zh_first = one.blocks[0].lang == "zh"
                i, j = (number[id(one)], number[id(two)]) if zh_first else (number[id(two)], number[id(one)])
                support[0 if zh_first else 1] += max(float(score[i, j]), -2.0)
        if support[0] == support[1]:
            return alternation, 1.0, 1.0
        return (alternation, 1.0, self.w.against) if support[0] > support[1] else (alternation, self.w.against, 1.0)

    def _words(self, a: int, b: int) -> Row:
        np, e = self.np, self.evidence
        rows, columns = self.n - a + 1, self.m - b + 1
        chance = sum(self.chance[k : k + rows, x : x + columns] for k in range(a) for x in range(b)) / (a * b)
        gain = (self._coverage(a, b) - chance) / (1 - chance)
        zh_total = sum(e.zh_total[k : k + rows] for k in range(a))[:, None]
        en_total = sum(e.en_total[k : k + columns] for k in range(b))[None, :]
        mass = np.minimum(zh_total, en_total)
        return self.w.words * gain * mass / (mass + self.w.mass) * 2

    def _length(self, a: int, b: int) -> Row:
        np = self.np
        zh = sum(self.zh_size[k : k + self.n - a + 1] for k in range(a))[:, None]
        en = sum(self.en_size[k : k + self.m - b + 1] for k in range(b))[None, :]
        variance = self.w.spread**2 + self.w.spread_short / np.minimum(zh, en)
        wide = variance + self.w.strangers**2
        delta = np.log(en / zh)
        return 0.5 * np.log(wide / variance) - 0.5 * delta**2 * (1 / variance - 1 / wide)

    def _scores(self, a: int, b: int) -> Row:
        prior = {(1, 1): 0.0, (1, 2): self.w.one_two, (2, 1): self.w.one_two, (2, 2): self.w.two_two,
                 (1, 3): self.w.one_three, (3, 1): self.w.one_three}.get((a, b), self.w.larger)  # fmt: skip
        return prior + self._words(a, b) + self._length(a, b) + self._bonus(a, b) + self._kinds(a, b)

    def _bonus(self, a: int, b: int) -> Row:
        """Bonus of beads whose units stand together, by how much the text alternates there."""
        np = self.np
        columns = self.m - b + 1
        first, last = self.en_order[:columns], self.en_order[b - 1 :]
        together = last - first == b - 1
        found = np.zeros((self.n - a + 1, columns)) + self.w.parted * ~together[None, :]
        for i in range(self.n - a + 1):
            start, end = self.zh[i].order, self.zh[i + a - 1].order
            if end - start != a - 1:
                found[i] += self.w.parted
            else:
                share = self.w.place * self.alternation[i]
                found[i] += share * self.forward_place * (together & (first == end + 1))
                found[i] += share * self.backward_place * (together & (last == start - 1))
        return found

    def _kinds(self, a: int, b: int) -> Row:
        np, w = self.np, self.w
        columns = self.m - b + 1
        found = np.zeros((self.n - a + 1, columns))
        same_en = np.ones(columns, bool)
        for k in range(1, b):
            same_en &= self.en_role[k : k + columns] == self.en_role[:columns]
        small_en = np.isin(self.en_role, [_ROLE_NUMBER[role] for role in _SMALL])
        mixed_en = ~same_en if b > 1 else np.zeros(columns, bool)
        for i in range(self.n - a + 1):
            unit = self.zh[i]
            equal = self.en_role[:columns] == _ROLE_NUMBER[unit.role]
            special = unit.role in _SMALL or unit.role in _PAIRED_ONLY
            both_sure = self.en_sure[:columns] & unit.sure
            found[i] = np.where(equal, w.kind * special, np.where(both_sure, w.sure_other_kind, w.other_kind))
            if unit.role in _PAIRED_ONLY:
                found[i] = np.where(equal, w.kind, 2 * w.mixed)
            if any(other.role != unit.role for other in self.zh[i + 1 : i + a]):
                found[i] += w.mixed
            if a > 1 and unit.role in _SMALL or unit.role in ("label", "speaker") and b > 1:
                found[i] += w.mixed / 2
        found += w.mixed * mixed_en[None, :]
        if b > 1:
            found += w.mixed / 2 * (small_en[:columns] & same_en)[None, :]
        return found

    def solve(self) -> tuple[list[tuple[int, int, int, int]], list[float]]:
        """The best path as (i, j, a, b) and the posterior probability of each of its beads."""
        np = self.np
        best, back = self._run(np.maximum)
        path = self._path(best, back)
        forward, _ = self._run(np.logaddexp)
        backward = self._backward()
        total = forward[self.n, self.m]
        probabilities = []
        for i, j, a, b in path:
            score = self.w.empty if not (a and b) else float(self.scores[a, b][i, j])
            probabilities.append(float(np.exp(min(forward[i, j] + score + backward[i + a, j + b] - total, 0.0))))
        return path, probabilities

    def _run(self, combine: Any) -> tuple[Row, Row]:
        """Forward pass with maximum (best path) or log-sum-exp (total probability) over all ways to each cell."""
        np, empty = self.np, self.w.empty
        table = np.full((self.n + 1, self.m + 1), -np.inf)
        ramp = empty * np.arange(self.m + 1)
        for i in range(self.n + 1):
            row = np.full(self.m + 1, -np.inf)
            if i == 0:
                row[0] = 0.0
            else:
                row = combine(row, table[i - 1] + empty)
            for (a, b), scores in self.scores.items():
                if a <= i:
                    row[b:] = combine(row[b:], table[i - a, : self.m + 1 - b] + scores[i - a])
            # English units without counterpart: a running maximum (sum) along the row.
            table[i] = combine.accumulate(row - ramp) + ramp
        return table, table

    def _backward(self) -> Row:
        """Total log-likelihood ratio of all ways from each cell to the end."""
        np, empty = self.np, self.w.empty
        table = np.full((self.n + 1, self.m + 1), -np.inf)
        ramp = empty * np.arange(self.m, -1, -1)
        for i in range(self.n, -1, -1):
            row = np.full(self.m + 1, -np.inf)
            if i == self.n:
                row[self.m] = 0.0
            else:
                row = np.logaddexp(row, table[i + 1] + empty)
            for (a, b), scores in self.scores.items():
                if i + a <= self.n:
                    row[: self.m + 1 - b] = np.logaddexp(row[: self.m + 1 - b], table[i + a, b:] + scores[i])
            table[i] = (np.logaddexp.accumulate((row - ramp)[::-1]) + ramp[::-1])[::-1]
        return table

    def _path(self, best: Row, _back: Row) -> list[tuple[int, int, int, int]]:
        i, j = self.n, self.m
        found: list[tuple[int, int, int, int]] = []
        while i or j:
            a, b = self._step(best, i, j)
            i, j = i - a, j - b
            found.append((i, j, a, b))
        return found[::-1]

    def _step(self, best: Row, i: int, j: int) -> tuple[int, int]:
        """The bead that led to a cell: the one whose score explains its value best."""
        options = [((a, b), best[i - a, j - b] + scores[i - a, j - b]) for (a, b), scores in self.scores.items() if a <= i and b <= j]
        if i:
            options.append(((1, 0), best[i - 1, j] + self.w.empty))
        if j:
            options.append(((0, 1), best[i, j - 1] + self.w.empty))
        return max(options, key=lambda option: option[1])[0]


_ROLE_NUMBER = {role: number for number, role in enumerate(sorted(CONTENT_ROLES | _PAIRED_ONLY))}

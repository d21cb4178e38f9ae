"""Beads of one unit and more than three: a paragraph that the other language says in the lines of a list or a verse.

The tables of :mod:`bitext.scores` hold every bead of up to three units a side. Of the larger ones hardly any can be:
the lines stand in a row, with nothing of the other language between them, and are together about as long as the
paragraph. So only these are scored, one by one, by the same signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from bitext.evidence import MOST_MERGED
from bitext.model import LANGS, Lang
from bitext.scores import Scores, Table, Unit

_MOST_LINES = 16
_RATIO = 1.8
"""The longer side is at most so many times as long as the other: two deviations of the ratio of translations."""
_ROLE = "paragraph"
_CHOSEN = 8
"""Rows of lines that are looked at for each paragraph: those that share most of their words with it."""
_LEAST_SHARED = 0.15
"""Share of the words of the lines that the paragraph has, above chance, below which they are strangers."""
_OWN_LINES = 2
"""A list has its marks on each line: more of them say no more."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A bead of one unit and more than three: units i … i + a - 1 of the Chinese and j … j + b - 1 of the English."""

    i: int
    j: int
    a: int
    b: int
    score: float
    """In nats, as in the tables of :mod:`bitext.scores`."""
    words: float
    """The part of it that the words have."""

    def turned(self, n: int, m: int) -> Wide:
        """The same bead of texts of n and m units that are read backwards and have changed places.

        >>> Wide(0, 2, 1, 4, 3.5, 2.0).turned(5, 8)
        Wide(i=2, j=4, a=4, b=1, score=3.5, words=2.0)
        """
        return Wide(m - self.j - self.b, n - self.i - self.a, self.b, self.a, self.score, self.words)


def wide(model: Scores) -> list[Wide]:
    """The beads of one unit and more than three that are worth a look, in no order."""
    return [_scored(model, *place) for lang in LANGS for place in _places(model, lang)]


def _places(model: Scores, lang: Lang) -> Iterator[tuple[int, int, int, int]]:
    """Paragraphs of a language with rows of lines of the other that they may translate, as (i, j, a, b)."""
    e = model.evidence
    zh_first = lang == "zh"
    ones, lines = (model.zh, model.en) if zh_first else (model.en, model.zh)
    shared, totals = (e.en_shared[0], e.en_total) if zh_first else (e.zh_shared[0], e.zh_total)
    runs = [(run.start, _ends(model.np, lines[run])) for run in _runs(lines)]
    for number, one in enumerate(ones):
        found = []
        for row in chain.from_iterable(_fitting(model.np, one.size, *run) for run in runs if one.role == _ROLE):
            part = slice(row[0], sum(row))
            share = float(shared[part, number].sum() / (totals[part].sum() + 1))
            found += [(share, *row)] * (share > _LEAST_SHARED)
        for _, first, count in sorted(found, reverse=True)[:_CHOSEN]:
            yield (number, first, 1, count) if zh_first else (first, number, count, 1)


def _runs(lines: Sequence[Unit]) -> list[slice]:
    """Rows of more than three paragraphs with nothing of the other language between them."""
    starts = [
        at for at, line in enumerate(lines)
        if not at or line.order != lines[at - 1].order + 1 or {line.role, lines[at - 1].role} != {_ROLE}
    ]  # fmt: skip
    return [slice(*ends) for ends in pairwise((*starts, len(lines))) if ends[1] - ends[0] > MOST_MERGED]


def _ends(np: Any, lines: Sequence[Unit]) -> Table:
    """Size of all lines up to each end, from 0."""
    return np.concatenate(([0.0], np.cumsum([line.size for line in lines])))


def _fitting(np: Any, size: float, start: int, ends: Table) -> Iterator[tuple[int, int]]:
    """Rows of more than three lines that are together about as long as a paragraph: their first line, their number.

    :param size: of the paragraph.
    :param start: number of the first line.
    :param ends: of the lines.
    """
    least = MOST_MERGED + 1
    if (ends[least:] - ends[:-least]).min() > size * _RATIO:
        return
    numbers = np.arange(len(ends))
    few = np.maximum(np.searchsorted(ends, ends + size / _RATIO) - numbers, least)
    many = np.minimum(np.searchsorted(ends, ends + size * _RATIO, "right") - 1 - numbers, _MOST_LINES)
    for first in np.nonzero(many >= few)[0].tolist():
        yield from ((start + first, count) for count in range(int(few[first]), int(many[first]) + 1))


def _scored(model: Scores, i: int, j: int, a: int, b: int) -> Wide:
    words = _words(model, i, j, a, b)
    return Wide(i, j, a, b, model.w.widest + words + _rest(model, i, j, a, b), words)


def _words(model: Scores, i: int, j: int, a: int, b: int) -> float:
    e, rows, columns = model.evidence, slice(i, i + a), slice(j, j + b)
    if a == 1:
        shared = e.zh_held(i, j, b), float(e.en_shared[0][columns, i].sum())
        ends = [model.share(e.en_shared[0][at, i], e.en_total[at]) for at in (j, j + b - 1)]
    else:
        shared = float(e.zh_shared[0][rows, j].sum()), e.en_held(j, i, a)
        ends = [model.share(e.zh_shared[0][at, j], e.zh_total[at]) for at in (i, i + a - 1)]
    totals = float(e.zh_total[rows].sum()), float(e.en_total[columns].sum())
    chance = float(model.chance[rows, columns].mean())
    words = model.worth(shared, totals, chance) + model.unmatched(shared, totals)
    return float(words + model.w.weakest * (min(ends) - chance))


def _rest(model: Scores, i: int, j: int, a: int, b: int) -> float:
    """Score of lengths, kinds, place and of how the sides begin and end."""
    w, zh, en = model.w, model.zh_order[i : i + a], model.en_order[j : j + b]
    near = model.zh_first * (en[0] == zh[-1] + 1 and model.en_near[j])
    near += model.en_first * (zh[0] == en[-1] + 1 and model.zh_near[i])
    own = (model.zh_own[i + 1 : i + a] if a > 1 else model.en_own[j + 1 : j + b]).sum()
    found = model.of_length(model.zh_size[i : i + a].sum(), model.en_size[j : j + b].sum()) + model.kinds[i, j]
    found += w.place * model.alternation[i] * near + w.begins * min(own, _OWN_LINES)
    return float(found + model.openings[i, j] + model.endings[i + a - 1, j + b - 1])

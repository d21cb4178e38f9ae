"""The converter on labelled texts and on their perturbed copies: scores by name of a *run*.

A run is a set of texts in one form: as they are, or perturbed, in blocks or interleaved; with CC-CEDICT or without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tests.gold import corpus, perturb
from tests.gold.measure import Answers, Reviews, Score, beads_found, score

from bitext import explain, knowledge
from bitext.align import align
from bitext.lexicon import Lexicon
from bitext.model import Article, SourceText
from bitext.pipeline import understand

LEAST_BEADS = 3
"""Texts with fewer beads of two sides are not perturbed: there is nothing to align."""

SETS: Mapping[str, Callable[[], list[corpus.Case]]] = {
    "own": corpus.own, "field": corpus.field, "seeds": corpus.seeds,
}  # fmt: skip
"""The sets of labelled texts, in the order of the tables."""

WITHOUT_DICTIONARY = ("clean", "10 % deleted", "all")
"""Series that are measured without CC-CEDICT too."""


@dataclass(frozen=True, slots=True)
class Run:
    """A set of texts in one form."""

    texts: str
    """Name of a set: a key of :data:`SETS`."""
    layout: str = ""
    """``blocks`` or ``interleaved`` for perturbed copies, nothing for the texts as they are."""
    series: str = ""
    dictionary: bool = True
    """Whether CC-CEDICT is used beside the project's glossary."""
    aligner: bool = False
    """The aligner alone, given the true roles."""

    @property
    def name(self) -> str:
        """Name of the run in the table and among the floors."""
        parts = [self.texts, self.layout, self.series]
        parts += ["without CC-CEDICT"] * (not self.dictionary) + ["aligner alone"] * self.aligner
        return ", ".join(part for part in parts if part)


def runs(texts: str) -> Iterator[Run]:
    """All runs over a set of texts, in the order of the table; those of the field are measured as they are."""
    yield Run(texts)
    yield Run(texts, dictionary=False)
    if texts == "field":
        return
    for layout in ("blocks", "interleaved"):
        for series in perturb.SERIES:
            yield Run(texts, layout, series)
    for series in perturb.SERIES:
        yield Run(texts, "blocks", series, aligner=True)
    for series in WITHOUT_DICTIONARY:
        yield Run(texts, "blocks", series, dictionary=False)


def scores(wanted: Sequence[Run], workers: int = 2) -> dict[Run, Score]:
    """Score of each run.

    :param workers: processes; the figures do not depend on them.
    """
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(wanted, pool.map(measured, wanted), strict=True))


def measured(run: Run, seeds: Iterable[int] = perturb.REPORTED) -> Score:
    """Score of one run, summed over the seeds of its series; a series that changes nothing needs one."""
    if not run.layout:
        return sum((score(case.gold, predicted(case.source, run.dictionary)) for case in texts(run.texts)), Score())
    one = _aligned if run.aligner else _copied
    seeds = seeds if perturb.SERIES[run.series] != perturb.Shares() else (0,)
    return sum((one(run, beads, name, seed) for seed in seeds for name, beads in rows(run.texts)), Score())


def _copied(run: Run, beads: list[perturb.Pair], name: str, seed: int) -> Score:
    copy = perturb.perturb(beads, run.series, seed)
    source, gold = perturb.labelled(copy, name, interleaved=run.layout == "interleaved")
    return score(gold, predicted(source, run.dictionary))


def _aligned(run: Run, beads: list[perturb.Pair], _name: str, seed: int) -> Score:
    copy = perturb.perturb(beads, run.series, seed)
    blocks, want = perturb.blocks(copy, _knowledge(), interleaved=run.layout == "interleaved")
    have = {(_ids(bead.zh), _ids(bead.en)) for bead in align(blocks, _lexicon(run.dictionary), _knowledge())}
    return Score(bead=beads_found(want, have))


def _ids(blocks: Iterable[Any]) -> frozenset[str]:
    return frozenset(block.id for block in blocks)


def understood(source: SourceText) -> Article:
    """A text as the converter understands it, with the dictionary."""
    return understand(source, _knowledge(), _lexicon(True))


def predicted(source: SourceText, dictionary: bool = True) -> dict[str, Any]:
    """What the converter says of a text, in the form of ``--explain --json``."""
    return explain.record(understand(source, _knowledge(), _lexicon(dictionary)))


@cache
def texts(name: str) -> tuple[corpus.Case, ...]:
    """The labelled texts of a set."""
    return tuple(SETS[name]())


@cache
def rows(name: str) -> tuple[tuple[str, list[perturb.Pair]], ...]:
    """Beads of each text of a set that has enough of them."""
    found = ((case.id, perturb.pairs(case.source.lines, case.gold)) for case in texts(name))
    return tuple((name, beads) for name, beads in found if sum(map(all, beads)) >= LEAST_BEADS)


@cache
def _knowledge() -> knowledge.Knowledge:
    """What stands in ``data/``, but what people have corrected for single sources: that would measure the people."""
    return replace(knowledge.load(), overrides={})


@cache
def _lexicon(dictionary: bool) -> Lexicon:
    known = _knowledge()
    return Lexicon(known.glossary, known.english, dictionary=dictionary)


def figures(found: Score) -> dict[str, float]:
    """Measures of a score by name, 0 to 1, more is better; those that do not apply are left out."""
    reviews = found.reviews
    values: dict[str, float | None] = {
        "language": found.lang.value,
        "language, lines holding both": found.lang_both.value,
        "split": found.split.value,
        "role, strict": found.role.value,
        "role, alternatives allowed": found.role_allowed.value,
        "chrome precision": found.chrome.precision,
        "chrome recall": found.chrome.recall,
        "chrome F1": found.chrome.f1,
        "bead strict F1": found.bead.f1,
        "bead strict F1, unpaired included": found.bead_all.f1,
        "bead lax F1": found.bead_lax.f1,
        "title zh": found.title_zh.value,
        "title en": found.title_en.value,
        "date, acceptable": found.date.acceptable,
        "date, not invented": _not_invented(found.date),
        "source, acceptable": found.source.acceptable,
        "source, not invented": _not_invented(found.source),
        "topic primary": found.topic.value,
        "topic, acceptable": found.topic_allowed.value,
        "section starts F1": found.section.f1,
        "section topic, acceptable": found.section_topic.value,
        "beads not marked for review": 1 - reviews.marked / reviews.beads if reviews.beads else None,
        "wrong beads marked for review": _marked(reviews),
    }
    return {name: value for name, value in values.items() if value is not None}


def _marked(reviews: Reviews) -> float | None:
    """Share of the wrong beads that ask for a look; all of them where none is wrong."""
    if not reviews.beads:
        return None
    return reviews.wrong_marked / reviews.wrong if reviews.wrong else 1.0


def _not_invented(answers: Answers) -> float | None:
    return 1 - answers.invented / answers.of if answers.of else None

"""The quick part of ``make gold``: the labelled texts as they are, and one perturbed copy of each."""

from dataclasses import replace

import pytest
from tests.gold import corpus, evaluate
from tests.gold.evaluate import Run, figures
from tests.gold.gate import UPDATE, WRONG, Baseline, below, changed, reached
from tests.gold.measure import score

from bitext import knowledge
from bitext.lexicon import has_dictionary

pytestmark = pytest.mark.skipif(not has_dictionary(), reason="CC-CEDICT is not installed; the floors are with it")

NO_SEEDS = "the shared seeds are not at hand (../shared/seeds, ../shared/gold)"
SEEDS = corpus.seeds()

BARS = {
    "language": 1.0,
    "role, strict": 0.98,
    "chrome F1": 0.96,
    "bead strict F1": 0.985,
    "title zh": 1.0,
    "title en": 1.0,
    "date, acceptable": 1.0,
    "date, not invented": 1.0,
    "source, not invented": 1.0,
    "topic primary": 1.0,
    "section starts F1": 1.0,
}
"""What the project promises on the seeds, whatever its floors are."""

SHORT_ROUNDUPS = {"weekly-roundup"}
"""Without numbers, and of a paragraph or two for each story: on one page they are easier to read."""

BLOCKS_BAR = 0.97
"""The same for strict bead F1 on the seeds in blocks."""


def compared(run):
    """What fell below a floor, in one text with the command that tells more."""
    baseline = Baseline.load()
    told = list(below(reached({run: evaluate.measured(run)}), baseline))
    told = [line for line in told if line.startswith(f"{run.name}:")]
    return "\n".join([*told, WRONG]) if told else ""


def test_floors_are_for_the_cases_of_today():
    prints = {"own": corpus.fingerprint(corpus.own()), "field": corpus.fingerprint(corpus.field())}
    told = list(changed(prints, Baseline.load()))
    assert not told, "\n".join([*told, UPDATE])


@pytest.mark.parametrize("texts", ["own", "field"])
def test_our_cases_keep_their_floors(texts):
    told = compared(Run(texts))
    assert not told, told


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS, reason=NO_SEEDS)
def test_seeds_keep_their_floors_and_the_promises():
    told = compared(Run("seeds"))
    assert not told, told
    found = figures(evaluate.measured(Run("seeds")))
    assert {name: found[name] for name in BARS if found[name] < BARS[name]} == {}


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS, reason=NO_SEEDS)
def test_seeds_in_blocks_keep_the_promise():
    assert figures(evaluate.measured(Run("seeds", "blocks", "clean")))["bead strict F1"] >= BLOCKS_BAR


@pytest.mark.parametrize("texts", ["own", "field", pytest.param("seeds", marks=pytest.mark.seeds)])
def test_only_roundups_become_several_pages(texts):
    if texts == "seeds" and not SEEDS:
        pytest.skip(NO_SEEDS)
    cases = evaluate.texts(texts)
    several = {case.id for case in cases if evaluate.understood(case.source).split}
    roundups = {case.id for case in cases if case.gold["document"]["sections"]}
    assert several == {name for name in roundups if name not in SHORT_ROUNDUPS}


def test_one_perturbed_copy_of_the_own_cases_keeps_near_its_floor():
    run = Run("own", "blocks", "10 % deleted")
    floor = Baseline.load().floors[run.name]["bead strict F1"]
    # One copy of five: the figures of single copies spread by about 0.01 round that of all five.
    assert figures(evaluate.measured(run, seeds=[0]))["bead strict F1"] >= floor - 0.03


def test_corrections_by_people_are_not_measured():
    assert knowledge.load().overrides
    assert not evaluate._knowledge().overrides


def test_the_figures_are_those_of_the_converter():
    """With the languages of the lines exchanged, hardly anything is as labelled."""
    case = next(case for case in corpus.own() if case.id == "journalists-on-ten-years")
    lines = tuple(two for pair in zip(case.source.lines[1::2], case.source.lines[::2], strict=False) for two in pair)
    found = figures(score(case.gold, evaluate.predicted(replace(case.source, lines=lines, text="\n".join(lines)))))
    assert found["language"] < 0.5
    assert found["bead strict F1"] < 0.5

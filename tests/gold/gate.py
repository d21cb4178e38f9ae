"""Command: quality on the labelled texts, compared with the floors of ``baseline.json``, which only rise.

``make gold`` prints the tables and fails where a figure is below its floor; ``make gold ARGS=--quick`` leaves the
perturbed copies out and takes seconds instead of minutes. ``make gold ARGS=--update`` raises floors
to what is reached now; lowering one has to be asked for twice: ``make gold ARGS="--update --lower"``.
Exit codes: 0 fine, 1 below a floor or the cases have changed, 2 the cases cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.checks import inject
from tests.gold import corpus, evaluate
from tests.gold.evaluate import Run, figures
from tests.gold.measure import Score, differences
from tests.gold.table import tables, together

from bitext.checks import known
from bitext.lexicon import has_dictionary

BASELINE = Path(__file__).with_name("baseline.json")

TOLERANCE = 0.001
"""Play below a floor: floors have four decimals, and sums of 32-bit weights round differently from processor to
processor, which may turn a bead of the thousand of a series. A bead of the texts as they are weighs more, it shows."""

COMMAND = "make gold"
UPDATE = f"{COMMAND} ARGS=--update"
WRONG = f"{COMMAND} ARGS=--wrong"
LOWER = f'{COMMAND} ARGS="--update --lower"'

_NOT_KEPT = ("wrong beads marked for review", "beads not marked for review")
"""Calibration has floors for all copies together; single runs have too few wrong beads."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Floors by name of the run and of the measure, and the cases they were reached on."""

    cases: dict[str, str] = field(default_factory=dict)
    """Fingerprint of each set of texts."""
    floors: dict[str, dict[str, float]] = field(default_factory=dict)

    @staticmethod
    def load(path: Path = BASELINE) -> Baseline:
        """The baseline of a file; an empty one if there is none yet."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return Baseline(data.get("cases", {}), data.get("floors", {}))

    def save(self, path: Path = BASELINE) -> None:
        """Write the baseline, sorted by the order of the runs."""
        text = json.dumps({"cases": self.cases, "floors": self.floors}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


Reached = Mapping[str, Mapping[str, float]]
"""What was reached: figures by name of the run and of the measure."""


def reached(found: Mapping[Run, Score]) -> dict[str, dict[str, float]]:
    """Figures that have floors."""
    figured = {run.name: _kept(run, figures(score)) for run, score in found.items()}
    for texts in dict.fromkeys(run.texts for run in found if run.layout):
        whole = figures(together(found, texts))
        figured[f"{texts}, all copies"] = {name: round(whole[name], 4) for name in _NOT_KEPT if name in whole}
    return figured


def _kept(run: Run, values: Mapping[str, float]) -> dict[str, float]:
    names = ["bead strict F1"] if run.layout else [name for name in values if name not in _NOT_KEPT]
    return {name: round(values[name], 4) for name in names if name in values}


def below(now: Reached, baseline: Baseline) -> Iterator[str]:
    """Figures below their floors, in words."""
    for run, values in now.items():
        for measure, floor in baseline.floors.get(run, {}).items():
            value = values.get(measure)
            if value is None:
                yield f"{run}: {measure}: not measured any more, floor {floor:.4f}"
            elif value < floor - TOLERANCE:
                yield f"{run}: {measure}: {value:.4f}, floor {floor:.4f}"


def changed(prints: Mapping[str, str], baseline: Baseline) -> Iterator[str]:
    """Sets of texts that are no longer those on which the floors were reached."""
    for name, found in prints.items():
        if baseline.cases.get(name) != found:
            yield f"{name}: texts or labels have changed since the floors were set"


def raised(now: Reached, baseline: Baseline, prints: Mapping[str, str], *, lower: bool) -> Baseline:
    """The baseline with every floor at what is reached now, if that is more, or if ``lower``; the rest stays."""
    floors = dict(baseline.floors)
    for run, values in now.items():
        old = {} if lower else baseline.floors.get(run, {})
        floors[run] = {measure: max(value, old.get(measure, 0.0)) for measure, value in values.items()}
    return Baseline({**baseline.cases, **prints}, floors)


# ------------------------------------------------------------------ the command
def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.quick and options.update:
        parser.error("--quick measures a part; floors are raised by the whole")
    try:
        sets = {name: evaluate.texts(name) for name in evaluate.SETS}
    except corpus.StaleLabelsError as error:
        print(error, file=sys.stderr)
        return 2
    present = [name for name, found in sets.items() if found]
    if options.wrong:
        return _show_wrong(present)
    if not has_dictionary():
        print("CC-CEDICT is not installed, and the floors are for the converter with it: make setup", file=sys.stderr)
        return 2
    runs = [run for name in present for run in evaluate.runs(name) if not (options.quick and run.layout)]
    found = evaluate.scores(runs)
    print(tables(found, {name: f"{name} ({len(sets[name])} texts)" for name in present}))
    print("\nThe check of numbers: what it says of the texts as they are, and of mistakes put into them")
    for name, cases in (("own", corpus.own()), ("seeds", corpus.seeds())):
        if cases:
            print(f"\n{name}: {inject.measure(cases, known.load().words)}")
    if not sets["seeds"]:
        print("\nThe shared seeds are not at hand (../shared): their figures are not compared.")
    prints = {name: corpus.fingerprint(sets[name]) for name in present}
    return _update(found, prints, options.lower) if options.update else _compare(found, prints)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Quality on the labelled texts, and its floors.")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached now")
    parser.add_argument("--lower", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--quick", action="store_true", help="only the texts as they are, not their perturbed copies")
    parser.add_argument("--wrong", action="store_true", help="only list what is not found as labelled, text by text")
    return parser


def _show_wrong(present: Iterable[str]) -> int:
    for name in present:
        for case in evaluate.texts(name):
            for difference in differences(case.gold, evaluate.predicted(case.source)):
                print(f"{case.source.path.name}: {difference}")
    return 0


def _compare(found: Mapping[Run, Score], prints: Mapping[str, str]) -> int:
    baseline = Baseline.load()
    fallen, other = list(below(reached(found), baseline)), list(changed(prints, baseline))
    if fallen:
        _tell("Below a floor:", fallen, f"If the loss is meant: {LOWER}\nWhat is wrong, line by line:\n{WRONG}")
    elif other:
        _tell("The floors are for other cases:", other, UPDATE)
    return 1 if fallen or other else 0


def _update(found: Mapping[Run, Score], prints: Mapping[str, str], lower: bool) -> int:
    baseline, now = Baseline.load(), reached(found)
    fallen = list(below(now, baseline))
    if fallen and not lower:
        _tell("Not updated, floors would fall:", fallen, LOWER)
        return 1
    raised(now, baseline, prints, lower=lower).save()
    print(f"\nFloors written to {BASELINE.name}.")
    return 0


def _tell(heading: str, lines: Iterable[str], last: str) -> None:
    print("\n" + "\n    ".join([heading, *lines]) + f"\n{last}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

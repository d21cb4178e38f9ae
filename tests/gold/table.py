"""Scores as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tests.gold import perturb
from tests.gold.evaluate import Run, figures
from tests.gold.measure import STEPS, Answers, Confidence, Score

NONE = "–"
_FORMS = ("blocks", "interleaved", "blocks, without CC-CEDICT", "blocks, aligner alone")


def tables(found: Mapping[Run, Score], numbers: Mapping[str, str]) -> str:
    """All tables.

    :param numbers: for each set of texts, how many there are, in words.
    """
    names = list(dict.fromkeys(run.texts for run in found))
    parts = ["The texts as they are", _as_they_are(found, names, numbers)]
    copied = [name for name in names if any(run.layout for run in found if run.texts == name)]
    return "\n\n".join(parts + (_of_copies(found, copied) if copied else []))


def _of_copies(found: Mapping[Run, Score], names: Sequence[str]) -> list[str]:
    return [
        "Perturbed copies: bead strict F1 (lax F1), seeds 0 to 4, all the converter unless it says the aligner alone",
        _copies(found, names),
        "Beads marked for review, over all perturbed copies",
        _reviews(found, names),
        "Beads by the confidence stated (the exponential of minus the cost), over all perturbed copies",
        _curve(found, names),
    ]


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are set to the right.

    >>> print(markdown(["a", "b"], [["c", "1"]]))
    | a | b |
    | --- | ---: |
    | c | 1 |
    """
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))


def _as_they_are(found: Mapping[Run, Score], names: Sequence[str], numbers: Mapping[str, str]) -> str:
    columns = [(name, dictionary) for name in names for dictionary in (True, False)]
    values = {column: figures(found[Run(column[0], dictionary=column[1])]) for column in columns}
    measures = list(dict.fromkeys(measure for column in columns for measure in values[column]))
    head = ["measure", *(numbers[name] if dictionary else f"{name} without CC-CEDICT" for name, dictionary in columns)]
    rows = [[measure, *(_figure(values[column].get(measure)) for column in columns)] for measure in measures]
    for label, field in (("dates", "date"), ("sources", "source")):
        answers = (getattr(found[Run(name, dictionary=dictionary)], field) for name, dictionary in columns)
        rows.append([f"{label}: {_KINDS}", *map(_answers, answers)])
    return markdown(head, rows)


_KINDS = "right, rightly empty, wrong, missed, invented"


def _answers(answers: Answers) -> str:
    return ", ".join(map(str, (answers.right, answers.silent, answers.wrong, answers.missed, answers.invented)))


def _figure(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def _copies(found: Mapping[Run, Score], names: Sequence[str]) -> str:
    head = ["copy"]
    for name in names:
        head += [f"{name}, {form}" for form in _FORMS]
    rows = []
    for series in perturb.SERIES:
        runs = [run for name in names for run in _row(name, series)]
        rows.append([series, *(_beads(found.get(run)) for run in runs)])
    return markdown(head, rows)


def _row(name: str, series: str) -> list[Run]:
    """Runs of the columns of a set, in the order of :data:`_FORMS`."""
    whole = [Run(name, layout, series) for layout in ("blocks", "interleaved")]
    return [*whole, Run(name, "blocks", series, dictionary=False), Run(name, "blocks", series, aligner=True)]


def _beads(found: Score | None) -> str:
    if found is None:
        return NONE
    lax = found.bead_lax.f1
    return _figure(found.bead.f1) + (f" ({lax:.3f})" if lax is not None else "")


def _reviews(found: Mapping[Run, Score], names: Sequence[str]) -> str:
    head = ["texts", "beads", "wrong", "marked", "share marked", "wrong among the marked", "marked among the wrong"]
    return markdown(head, [_review(name, together(found, name)) for name in names])


def _review(name: str, found: Score) -> list[str]:
    r = found.reviews
    shares = [_share(r.marked, r.beads), _share(r.wrong_marked, r.marked), _share(r.wrong_marked, r.wrong)]
    return [name, *map(str, (r.beads, r.wrong, r.marked)), *shares]


def _curve(found: Mapping[Run, Score], names: Sequence[str]) -> str:
    """What a threshold of confidence would mark, and what part of the wrong beads it would catch."""
    head = ["confidence below"]
    head += [f"{name}, {what}" for name in names for what in ("share of beads", "wrong among them", "of all wrong")]
    sums = [together(found, name).confidence for name in names]
    rows = []
    for step in range(1, STEPS + 1):
        cells = (cell for one in sums for cell in _below(one, step))
        rows.append([f"{step / STEPS:.1f}", *cells])
    return markdown(head, rows)


def _below(found: Confidence, step: int) -> tuple[str, str, str]:
    beads, wrong = sum(found.beads[:step]), sum(found.wrong[:step])
    return _share(beads, sum(found.beads)), _share(wrong, beads), _share(wrong, sum(found.wrong))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else NONE


def together(found: Mapping[Run, Score], name: str) -> Score:
    """Sum over all perturbed copies of a set that went through the whole converter with all it knows."""
    runs = (run for run in found if run.texts == name and run.layout and run.dictionary and not run.aligner)
    return sum((found[run] for run in runs), Score())

"""A scorer that cannot fail is no scorer: every measure is right on tiny texts, and falls on spoiled ones."""

import copy
from dataclasses import asdict
from pathlib import Path

import pytest
from tests.gold import corpus
from tests.gold.evaluate import figures
from tests.gold.measure import Answers, Found, Score, Share, answer, differences, fold, score

from bitext import strict_yaml

FILE = Path(__file__).parents[1] / "cases/measure.yml"
DATA = strict_yaml.load(FILE.read_text("utf-8"), str(FILE))
SIX = [f"{n} paragraph {lang}" for n, lang in enumerate(["zh", "en"] * 3, start=1)]
TINY = [*DATA["lines"], *DATA["beads"]]


def line(text, ignore=()):
    head, _, pieces = text.partition(":")
    number, roles, langs = head.split()
    role, *role_alt = roles.split("|")
    lang, *lang_alt = langs.split("|")
    found = {"n": int(number), "role": role, "role_alt": role_alt, "lang": lang, "lang_alt": lang_alt}
    found["bead_ignore"] = int(number) in ignore
    return found | ({"segments": [segment(piece) for piece in pieces.split(",")]} if pieces else {})


def segment(text):
    name, lang, ends, *role = text.split()
    start, end = map(int, ends.split("-"))
    return {"id": name, "lang": lang, "start": start, "end": end} | ({"role": role[0]} if role else {})


def bead(text):
    zh, en = (side.replace("-", "").split() for side in text.removesuffix("?").split("="))
    return {"zh": zh, "en": en, "review": text.endswith("?")}


def labels(given):
    choice = {key: [bead(text) for text in given[key]] for key in ("instead_of", "accept") if key in given}
    alternatives = [{"instead_of": choice["instead_of"], "accept": [choice["accept"]]}] if choice else []
    lines = [line(text, given.get("ignore", ())) for text in given.get("lines", SIX)]
    return {"lines": lines, "beads": [bead(text) for text in given["beads"]], "bead_alternatives": alternatives}


@pytest.mark.parametrize("case", TINY, ids=[case["label"] for case in TINY])
def test_tiny_texts(case):
    found = figures(score(labels(case["gold"]), labels({**case["gold"], **case["said"]})))
    assert {name: round(found[name], 4) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", DATA["answers"], ids=[case["label"] for case in DATA["answers"]])
def test_answers(case):
    assert answer(case["gold"], case["said"], str) == Answers(**{case["verdict"]: 1})


@pytest.mark.parametrize("case", DATA["folds"], ids=[case["label"] for case in DATA["folds"]])
def test_folding(case):
    assert (fold(case["one"]) == fold(case["other"])) is case["same"]


def as_prediction(gold):
    """The labels as a converter without fault would say them."""
    document = gold["document"]
    facts = {name: document[name]["value"] for name in ("date", "source")}
    return copy.deepcopy({**gold, "document": {**document, **facts}})


OWN = corpus.own()


@pytest.mark.parametrize("case", OWN, ids=[case.id for case in OWN])
def test_labels_score_full_marks_against_themselves(case):
    said = as_prediction(case.gold)
    assert set(figures(score(case.gold, said)).values()) == {1.0}
    assert list(differences(case.gold, said)) == []


def spoil_lines(said):
    said["lines"][0]["lang"] = "none"
    said["lines"][-1]["role"] = "chrome" if said["lines"][-1]["role"] != "chrome" else "paragraph"


def spoil_pieces(said):
    for found in said["lines"]:
        for piece in found.get("segments", ()):
            piece["end"] -= 3


def spoil_beads(said):
    said["beads"].pop()


def spoil_document(said):
    document = said["document"]
    document.update(title_zh="?", title_en="?", date="1066", source="?", topics={"primary": "?"})
    document["sections"] = [{**section, "first_line": section["first_line"] + 1} for section in document["sections"]]


SPOILED = {
    spoil_lines: {"language", "role, strict", "role, alternatives allowed", "chrome F1"},
    spoil_pieces: {"split"},
    spoil_beads: {"bead strict F1, unpaired included", "bead strict F1", "bead lax F1"},
    spoil_document: {
        "title zh", "title en", "date, acceptable", "date, not invented", "source, acceptable", "source, not invented",
        "topic primary", "topic, acceptable", "section starts F1", "section topic, acceptable",
    },
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILED, ids=[spoil.__name__ for spoil in SPOILED])
def test_each_measure_falls_on_spoiled_copies_and_every_fault_is_named(spoil):
    before, after = Score(), Score()
    for case in OWN:
        said = as_prediction(case.gold)
        before += score(case.gold, said)
        spoil(said)
        named = list(differences(case.gold, said))
        mine = score(case.gold, said)
        assert bool(named) is (mine != score(case.gold, as_prediction(case.gold)))
        after += mine
    fallen = {name for name, value in figures(after).items() if value < figures(before).get(name, 1.0)}
    assert fallen >= SPOILED[spoil]


def test_scores_add_up():
    one, two = (score(case.gold, as_prediction(case.gold)) for case in OWN[:2])
    assert (one + two).lang == Share(one.lang.right + two.lang.right, one.lang.of + two.lang.of)
    assert asdict(one + Score()) == asdict(one)


@pytest.mark.parametrize(
    ("found", "f1"), [(Found(), None), (Found(said=1), 0.0), (Found(wanted=1), 0.0), (Found(1, 2, 1, 1), 2 / 3)]
)
def test_f1_of_little(found, f1):
    assert found.f1 == f1


def test_beads_are_counted_by_the_confidence_stated():
    gold = {"lines": [line(text) for text in SIX], "beads": [bead("1 = 2"), bead("3 = 4"), bead("5 = 6")]}
    costs = {"1 = 2": 0.0, "3 = 6": 0.1, "5 = 4": 3.0}
    beads = [bead(text) | {"cost": cost} for text, cost in costs.items()]
    found = score(gold, {"lines": gold["lines"], "beads": beads})
    assert found.confidence.beads == (1, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    assert found.confidence.wrong == (1, 0, 0, 0, 0, 0, 0, 0, 0, 1)


def test_an_empty_prediction_scores_nothing():
    found = figures(sum((score(case.gold, {}) for case in OWN), Score()))
    nothing = ("language", "role, strict", "bead strict F1", "chrome F1", "topic primary")
    assert {found[name] for name in nothing} == {0.0}

"""Floors only rise: a fallen figure, a changed case or a lost measure is told, and lowering is asked for twice."""

import json

import pytest
from tests.gold import corpus, gate
from tests.gold.evaluate import Run
from tests.gold.gate import TOLERANCE, Baseline, below, changed, raised, reached
from tests.gold.measure import Found, Reviews, Score, Share

FLOORS = Baseline({"own": "aaaa"}, {"own": {"split": 0.9, "language": 1.0}, "seeds": {"split": 1.0}})


def test_a_figure_below_its_floor_is_told():
    now = {"own": {"split": 0.8, "language": 1.0}}
    assert list(below(now, FLOORS)) == ["own: split: 0.8000, floor 0.9000"]


def test_a_figure_that_is_no_longer_measured_is_told():
    assert list(below({"own": {"split": 1.0}}, FLOORS)) == ["own: language: not measured any more, floor 1.0000"]


def test_what_is_absent_is_not_compared_and_rounding_is_no_loss():
    assert not list(below({"own": {"split": 0.9 - 0.9 * TOLERANCE, "language": 1.0}}, FLOORS))


def test_tolerance_hides_no_bead_of_the_texts_as_they_are():
    assert sum(len(case.gold["beads"]) for case in corpus.own()) < 1 / TOLERANCE


def test_changed_cases_are_told():
    assert not list(changed({"own": "aaaa"}, FLOORS))
    assert "changed" in next(changed({"own": "bbbb"}, FLOORS))


def test_floors_rise_and_do_not_fall():
    now = {"own": {"split": 0.95, "language": 0.9995}}
    found = raised(now, FLOORS, {"own": "bbbb"}, lower=False)
    assert found == Baseline({"own": "bbbb"}, {"own": {"split": 0.95, "language": 1.0}, "seeds": {"split": 1.0}})


def test_lowering():
    now = {"own": {"split": 0.5}}
    assert raised(now, FLOORS, {}, lower=True).floors == {"own": {"split": 0.5}, "seeds": {"split": 1.0}}


def test_a_fingerprint_tells_texts_and_labels_apart():
    one, two = corpus.own()[:2]
    spoiled = corpus.Case(one.source, {**one.gold, "beads": []})
    assert len({corpus.fingerprint(found) for found in ([one], [two], [one, two], [spoiled], [])}) == 5


# ------------------------------------------------------------------ the command, with figures made by hand
@pytest.fixture
def command(tmp_path, monkeypatch):
    """The command on one set of one text, with the given right beads of ten; its exit code."""
    path = tmp_path / "baseline.json"
    monkeypatch.setattr(gate, "BASELINE", path)
    monkeypatch.setattr(gate.evaluate, "texts", lambda name: tuple(corpus.own()[:1]) if name == "own" else ())
    monkeypatch.setattr(Baseline.load, "__defaults__", (path,))
    monkeypatch.setattr(Baseline.save, "__defaults__", (path,))

    def run(right, *arguments):
        score = Score(lang=Share(1, 1), bead=Found(right, 10, right, 10), reviews=Reviews(10, 10 - right, 1, 0))
        monkeypatch.setattr(gate.evaluate, "scores", lambda runs: dict.fromkeys(runs, score))
        return gate.main(list(arguments))

    return run


def test_the_first_run_asks_for_floors(command, capsys):
    assert command(9) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "make gold ARGS=--update"


def test_floors_hold_what_was_reached(command, capsys):
    assert command(9, "--update") == 0
    assert command(9) == 0
    assert command(10) == 0
    assert command(8) == 1
    told = capsys.readouterr()
    assert "own: bead strict F1: 0.8000, floor 0.9000" in told.err
    assert told.err.splitlines()[-1] == "make gold ARGS=--wrong"
    assert "The shared seeds are not at hand" in told.out


def test_lowering_is_asked_for_twice(command, capsys):
    command(9, "--update")
    assert command(8, "--update") == 1
    assert capsys.readouterr().err.splitlines()[-1] == 'make gold ARGS="--update --lower"'
    assert command(9) == 0
    assert command(8, "--update", "--lower") == 0
    assert command(8) == 0


def test_calibration_has_floors_for_all_copies_together():
    score = Score(reviews=Reviews(10, 2, 4, 1))
    runs = Run("own"), Run("own", "blocks", "all"), Run("own", "blocks", "all", aligner=True)
    found = reached(dict.fromkeys(runs, score))
    assert found["own"] == {}
    assert found["own, all copies"] == {"wrong beads marked for review": 0.5, "beads not marked for review": 0.6}


def test_stale_labels_are_an_error_of_one_line_and_a_step(monkeypatch, capsys):
    def stale(name):
        raise corpus.StaleLabelsError("a.json: changed\n    Correct it.")

    monkeypatch.setattr(gate.evaluate, "texts", stale)
    assert gate.main([]) == 2
    assert capsys.readouterr().err == "a.json: changed\n    Correct it.\n"


def test_labels_of_another_text_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text("one\n", "utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"text_sha256": "0"}), "utf-8")
    with pytest.raises(corpus.StaleLabelsError, match="not the text that was labelled"):
        list(corpus._load(tmp_path, [tmp_path]))


def test_labels_without_a_text_are_refused(tmp_path):
    (tmp_path / "a.json").write_text("{}", "utf-8")
    with pytest.raises(corpus.StaleLabelsError, match="no text"):
        list(corpus._load(tmp_path, [tmp_path]))

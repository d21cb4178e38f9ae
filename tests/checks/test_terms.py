"""Names are called by their names; cases in tests/cases/checks_terms.yml."""

import pytest
from tests.checks import inject
from tests.checks.pages import ALL, check, findings, page
from tests.gold import corpus
from tests.table import Table

from bitext.checks import terms
from bitext.checks.passages import Both, passage

TABLE = Table("checks_terms")
TIMES, EXPECTED = "\u00d7", "expected Lancang-Mekong"


def said(zh, en):
    both = Both("p1", passage([(1, zh)], "zh"), passage([(2, en)], "en"))
    return [f"{found.found}, expected {found.expected}" for found in terms.differences([both], ALL)]


@pytest.mark.parametrize("case", TABLE.cases("right", "wrong"))
def test_beads(case):
    assert said(case["zh"], case["en"]) == case.get("findings", [])


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("LMLCC", "LMLECC", True),
        ("abc", "acb", True),
        ("abc", "abd", True),
        ("aab", "ab", True),
        ("", "a", True),
        ("abc", "abc", False),
        ("abc", "xyz", False),
        ("abcd", "ab", False),
    ],
)
def test_one_letter_apart(first, second, near):
    assert terms.near(first, second) is near
    assert terms.near(second, first) is near


def test_one_body_with_two_abbreviations_on_two_pages(tmp_path):
    files = {}
    for name, short in (("a", "URWC"), ("b", "URWC"), ("c", "UWRC")):
        body = f"The Upper River Water Council ({short}) met.\n{{ #p1 }}\n"
        front = f"title: T\ntopics: [trade]\nsource_id: {name}\n"
        files |= {f"{lang}/trade/{name}.md": page(body, front) for lang in ("zh", "en")}
    assert [line for line in check(tmp_path, files) if ": terms: " in line] == [
        "docs/en/trade/c.md:7: terms: UWRC for upper river water council, expected URWC as in docs/en/trade/a.md:7"
    ]


def test_no_false_alarm_on_the_projects_own_texts():
    beads = [both for case in corpus.own() for both in inject.labelled(case)[0]]
    assert len(beads) > 400
    assert [(both.found, both.both.en.text) for both in terms.differences(beads, ALL)] == []


@pytest.mark.seeds
def test_the_seeds():
    if not (cases := corpus.seeds()):
        pytest.skip("the shared seeds are not at hand")
    found = [d for case in cases for d in terms.differences(inject.labelled(case)[0], ALL)]
    assert {"LMLCC", "Hongher"} <= {difference.found.partition(" ")[0] for difference in found}
    right = {2, 23, 159, 215}
    assert [difference for difference in found if not right & set(difference.both.zh.lines)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the Lancang-Mekong River", []),
        ("Lancang\u2013Mekong River, Lancang\u2013Mekong Week", [f"info Lancang\u2013Mekong, 2 {TIMES}, {EXPECTED}"]),
        ("the Laos- China Railway", [f"warning Laos- China, 1 {TIMES}, expected Laos-China"]),
        ("the Rhine\u2013Ruhr region", []),
    ],
)
def test_spellings_of_names(tmp_path, text, said):
    files = {f"{lang}/trade/a.md": page(f"{text}\n{{ #p1 }}\n") for lang in ("zh", "en")}
    found = [f"{f.severity} {f.found}, expected {f.expected}" for f in findings(tmp_path, files) if f.check == "terms"]
    assert found == said

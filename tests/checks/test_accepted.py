"""A difference that a person accepted is silent for its bead, and for nothing else."""

from dataclasses import replace

import pytest
from tests.checks.pages import KNOWN, page

from bitext.checks.accepted import load_accepted
from bitext.checks.gate import gate
from bitext.datafile import DataError

ENTRY = 'accepted:\n  - {page: trade/a.md, bead: p1, check: numbers, found: "3000 in Chinese", reason: rounded}\n'


def said(root, entry=ENTRY, bead="p1"):
    for lang, body in (("zh", "3000人"), ("en", "3,500 people")):
        file = root / f"docs/{lang}/trade/a.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(f"{body}\n{{ #{bead} }}\n"), encoding="utf-8")
    (root / "accepted.yml").write_text(entry, encoding="utf-8")
    known = replace(KNOWN, accepted=load_accepted(root / "accepted.yml"))
    return [f"{finding.check}: {finding.found}" for finding in gate(root / "docs", known)]


def test_silenced(tmp_path):
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("p1", "p2"), ("3000", "300 "), ("numbers", "terms"), ("trade/a.md", "trade/b.md"), ("trade", "rade")],
)
def test_an_entry_silences_its_own_difference_alone(tmp_path, old, new):
    found = said(tmp_path, ENTRY.replace(old, new, 1))
    assert sorted(line.partition(":")[0] for line in found) == ["accepted", "numbers"]


def test_another_bead(tmp_path):
    assert len(said(tmp_path, bead="p10")) == 2


def test_no_file(tmp_path):
    assert load_accepted(tmp_path / "none.yml") == ()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "1: accepted: no list, expected a list under 'accepted'"),
        ("other: []\n", "1: accepted: no list, expected a list under 'accepted'"),
        ("accepted: [a]\n", "1: accepted: no mapping, expected the keys page, bead, check, found, reason"),
        (ENTRY.replace(", reason: rounded", ""), "2: accepted: no key 'reason', expected"),
        (ENTRY.replace("rounded", '" "'), "2: accepted: reason is empty, expected text"),
        (ENTRY.replace("reason", "why"), "2: accepted: "),
        ("accepted: [\n", "2: accepted: "),
    ],
)
def test_mistakes(tmp_path, text, finding):
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_accepted(tmp_path / "a.yml")
    assert f"a.yml:{finding}" in str(error.value)

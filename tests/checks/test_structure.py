"""Blocks carry known marks, and every bead its id once."""

from pathlib import Path

import pytest
from tests.checks.pages import check, findings, page

from bitext import strict_yaml

FILE = Path(__file__).parents[1] / "cases/structure.yml"
CASES = strict_yaml.load(FILE.read_text("utf-8"), str(FILE))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(tmp_path, case):
    found = check(tmp_path, {"zh/trade/a.md": page(case["body"]), "en/trade/a.md": page(case.get("en", case["body"]))})
    assert [line for line in found if "docs/zh" in line.split(":")[0]] == [
        f"docs/zh/trade/a.md:{line}" if not line.startswith(":") else f"docs/zh/trade/a.md{line}"
        for line in case["findings"]
    ]


def test_a_missing_counterpart_is_a_note_and_no_error(tmp_path):
    found = findings(tmp_path, {"zh/trade/a.md": page(), "en/trade/a.md": page("One.\n{ #p1 }\n\nTwo.\n{ #p2 }\n")})
    assert [finding.severity for finding in found] == ["info"]


def test_a_page_without_a_body_waits_for_its_translation(tmp_path):
    assert check(tmp_path, {"zh/trade/a.md": page(""), "en/trade/a.md": page()}) == []


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("## One { #p1 }\n", "p1 is a heading of level 2, expected no heading as in docs/zh/trade/a.md:7"),
        ("Two.\n{ #p2 }\n\nOne.\n{ #p1 }\n", "p2 stands where docs/zh/trade/a.md has p1, expected one order in both"),
    ],
)
def test_what_both_languages_share_is_told_of_the_english_page(tmp_path, body, finding):
    zh = "One.\n{ #p1 }\n" if "p2" not in body else "One.\n{ #p1 }\n\nTwo.\n{ #p2 }\n"
    found = check(tmp_path, {"zh/trade/a.md": page(zh), "en/trade/a.md": page(body)})
    assert found == [f"docs/en/trade/a.md:7: structure: {finding}"]

"""Texts are clean; cases in tests/cases/checks_text.yml."""

import pytest
from tests.checks.pages import check, page
from tests.table import Table

TABLE = Table("checks_text")


def said(root, body, lang):
    """Findings of the check of texts on one page."""
    prefix = f"docs/{lang}/trade/a.md:7: text: "
    found = check(root, {f"{lang}/trade/a.md": page(f"{body}\n{{ #p1 }}\n")})
    return [line.removeprefix(prefix) for line in found if ": text: " in line]


@pytest.mark.parametrize("case", TABLE.cases("zh"))
def test_chinese(tmp_path, case):
    assert said(tmp_path, case["text"], "zh") == case["findings"]


@pytest.mark.parametrize("case", TABLE.cases("en"))
def test_english(tmp_path, case):
    assert said(tmp_path, case["text"], "en") == case["findings"]


def test_text_in_the_other_language_is_read_as_such(tmp_path):
    assert said(tmp_path, "会议开幕,代表发言", "en") == []
    found = check(tmp_path, {"en/trade/a.md": page("会议开幕,代表发言\n{ #p1 lang=zh }\n")})
    assert [line for line in found if ": text: " in line] == [
        "docs/en/trade/a.md:7: text: , in 会议开幕,代表发言, expected ，"
    ]

"""What acts or hides is refused with its line; cases in tests/cases/checks_markup.yml."""

import pytest
from tests.checks.pages import check, findings, page
from tests.table import Table

from bitext.markup import escape

TABLE = Table("checks_markup")
PLACE = "docs/en/trade/a.md:7: markup: "


@pytest.mark.parametrize("case", TABLE.cases("refused", "right"))
def test_cases(tmp_path, case):
    found = check(tmp_path, {"en/trade/a.md": page(f"{case['text']}\n{{ #p1 }}\n")})
    assert [line.removeprefix(PLACE) for line in found if ": markup: " in line] == case["findings"]


@pytest.mark.parametrize("case", TABLE.cases("refused"))
def test_what_the_converter_writes_is_never_refused(tmp_path, case):
    found = check(tmp_path, {"en/trade/a.md": page(f"{escape(case['text'])}\n{{ #p1 }}\n")})
    assert [line for line in found if ": markup: " in line] == []


def test_slips_are_warnings_and_what_can_do_harm_is_an_error(tmp_path):
    found = findings(tmp_path, {"en/trade/a.md": page("tofollow [x](javascript:y)\n{ #p1 }\n")})
    severities = {finding.check: finding.severity for finding in found if finding.check in ("text", "markup")}
    assert severities == {"text": "warning", "markup": "error"}

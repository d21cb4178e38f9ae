"""Tables and findings as people and programs read them."""

from bitext.model import Finding
from bitext.publish import Step
from bitext.report import Row, counted, status, table, written


def test_a_table_has_a_row_for_each_source_and_the_sum():
    assert table([Row("a", 2, 1, 1, 10, 2, 1, 3, 4), Row("老中铁路", 2, 0, 0, 5, 0, 0, 0, 0)]).split("\n") == [
        "source     pages  written  kept  1:1  n:m  1:0  lines removed  to review",
        "a              2        1     1   10    2    1              3          4",
        "老中铁路       2        0     0    5    0    0              0          0",
        "2 sources      4        1     1   15    2    1              3          4",
    ]


def test_of_many_sources_those_that_want_a_look_are_shown():
    rows = [Row(f"s{n}", 2) for n in range(100)] + [Row("odd", 2, review=1)]
    lines = table(rows).split("\n")
    assert [line.split()[0] for line in lines] == ["source", "odd", "101", "(100"]
    assert lines[-1] == "(100 further sources left out)"


def test_the_table_of_very_many_findings_stays_short():
    assert len(table([Row(f"s{n}", 2, review=1) for n in range(100)]).split("\n")) < 50


def test_an_annotation_holds_no_line_end_and_no_sign_of_its_own():
    finding = Finding("docs/a,b.md", "terms", "100%\nsure", "x", "Step.", 3, 2)
    assert written([finding], "github") == (
        "::warning file=docs/a%2Cb.md,line=3,col=2,title=terms::terms: 100%25\\nsure, expected x%0A    Step."
    )


def test_counts():
    kinds = ["error", "warning", "warning", "info"]
    assert counted(Finding("a", "b", "c", severity=kind) for kind in kinds) == "1 error, 2 warnings, 1 note"
    assert counted([]) == "no findings"


def test_status_has_one_row_for_each_page():
    steps = [Step("s", "zh", "zh/trade/a.md", "deleted"), Step("s", "en", "en/trade/ab.md", "replace")]
    assert status(steps).split("\n") == [
        "zh/trade/a.md   deleted   stays deleted",
        "en/trade/ab.md  as made   would be replaced",
    ]

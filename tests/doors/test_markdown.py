"""Markdown gives what its reader sees, on the lines where it stands."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext import doors
from bitext.read import SourceError

TABLE = Table("doors")


def read(text):
    return doors.source_text(text.encode(), Path("a.md"))


@pytest.mark.parametrize("case", TABLE.cases("markdown"))
def test_visible_text(case):
    assert [line for line in read(case["file"]).lines if line] == case["lines"]


def test_lines_stay_where_they_are():
    text = "---\ntitle: 一\n---\n\n# 二\n\n三\n四\n\n- 五\n\n| 六 |\n|---|\n| 七 |\n"
    assert read(text).lines == ("", "一", "", "", "二", "", "三", "四", "", "- 五", "", "六", "", "七", "")
    assert read(text.replace("\n", "\r\n")).lines == read(text).lines


def test_headings_are_handed_on():
    assert read("# 一\n\n三\n---\n\n#### 四").headings == ((1, 1), (3, 2), (6, 4))


def test_marks_are_recorded_where_they_stood():
    changes = read("# 一\n**二** [三](u)\n\n<!-- c -->\n***").changes
    assert [(change.rule, change.line, change.before) for change in changes] == [
        ("heading mark", 1, "#"), ("emphasis", 2, "**"), ("link target", 2, "u"), ("markup", 4, ""),
        ("mark", 4, "<!-- c -->"), ("mark", 5, "***"),
    ]  # fmt: skip


BOMBS = {
    "brackets": "[" * 20_000 + "x",
    "links": "[a](" * 20_000,
    "pictures": "![" * 20_000 + "x",
    "tags": "<a " * 20_000,
    "stars": "*a_" * 20_000,
    "ticks": "".join("`" * n + "a" for n in range(300)),
    "quotations": ">" * 20_000 + "x",
    "lists": "- " * 5_000 + "x",
    "references": "".join(f"[{n}]: x\n" for n in range(5_000)) + "\nx",
    "tables": "|" * 20_000 + "x\n" + "|-" * 20_000,
    "aliases": "---\na: &a [x]\nb: [*a, *a]\n---\n\nx",
    "deep yaml": "---\na: " + "[" * 5_000 + "\n---\n\nx",
    "entities": "&#x41;" * 20_000,
    "paragraphs": "x\n\n" * 20_000,
    "indents": "\n".join(" " * n + "- x" for n in range(1_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_time_grows_with_length(name):
    started = time.process_time()
    assert read(BOMBS[name]).lines
    assert time.process_time() - started < 5


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("水文ab1 \n\n-#*_`[]()<>!|>~&;:\\.\t+=0"), max_size=120))
def test_no_letter_is_lost_but_in_marks(text):
    try:
        source = read(text)
    except SourceError:
        return
    recorded = "".join(change.before for change in source.changes)
    for letter in "水文":
        assert source.text.count(letter) + recorded.count(letter) >= text.count(letter)
    assert len(source.lines) == len(text.split("\n"))

"""What a text says of itself is found, and nothing is invented."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import label, understood
from tests.table import Table

TABLE = Table("metadata")
BODY = (
    "\u4e0a\u6e38\u7684\u6c34\u6587\u7ad9\u5411\u516c\u4f17\u5f00\u653e\uff0c\u4e24\u4e2a\u9547\u5171\u6709\u516b\u5341\u4eba\u524d\u6765\u53c2\u89c2\uff0c\u7ad9\u957f\u674e\u6c5f\u4e3a\u5927\u5bb6\u4ecb\u7ecd\u4e86\u6c5f\u6c34\u7684\u6c34\u60c5\u3002\n"
    "The river station upstream opened its doors to visitors; eighty people from the two towns came to see it.\n"
)
HEAD = "\u6c34\u6587\u7ad9\u5411\u516c\u4f17\u5f00\u653e\nRiver Station Opens to Visitors\n"


def facts_of(line):
    return understood(f"{HEAD}{line}\n{BODY}").metadata


def value(fact):
    return fact and fact.value


@pytest.mark.parametrize(("line", "date"), TABLE.cases("datelines"))
def test_datelines(line, date):
    text = f"{HEAD}{line}\n{BODY}"
    blocks = [block for block in label(text) if block.line == 3]
    assert {block.role for block in blocks} <= {"dateline", "source"}
    found = understood(text).metadata.date
    assert (found.value, found.lines, found.basis) == (date, (3,), "stated")


@pytest.mark.parametrize("line", TABLE.cases("no dateline"))
def test_lines_with_a_date_that_are_no_datelines(line):
    roles = {block.role for block in label(f"{HEAD}{line}\n{BODY}") if block.line == 3}
    assert not roles & {"dateline", "source", "byline"}


@pytest.mark.parametrize(("line", "source"), TABLE.cases("sources"))
def test_sources(line, source):
    found = facts_of(line).source
    assert (found.value, found.lines) == (source, (3,))


@pytest.mark.parametrize(("line", "author"), TABLE.cases("authors"))
def test_authors(line, author):
    found = facts_of(line).byline
    assert (found.value, found.lines) == (author, (3,))


@pytest.mark.parametrize("case", TABLE.cases("documents"))
def test_documents(case):
    facts = understood(case["text"]).metadata
    assert [value(facts.date), value(facts.source), value(facts.byline)] == [
        case["date"],
        case["source"],
        case["byline"],
    ]
    assert (facts.date.basis if facts.date else None) == case.get("basis")


@pytest.mark.parametrize("case", TABLE.cases("documents"))
def test_an_inferred_date_names_both_lines(case):
    date = understood(case["text"]).metadata.date
    if date is not None and date.basis == "inferred":
        assert len(date.lines) == 2
        assert f"line {date.lines[1]} " in date.note


YEARLESS = st.lists(
    st.sampled_from(
        [
            "5\u67083\u65e5",
            "On 3 May they met.",
            "May 3",
            "\u4e94\u6708\u4e09\u65e5\u5f00\u4f1a\u3002",
            "08:20",
            "Monday",
            "12,345",
            "1,999 boats",
            "\u6765\u6e90",
            "Source",
            "\u4f5c\u8005",
            "By the river",
            "20245 boats",
            "3/5",
            "05-03",
            "\u4eca\u5e74\u4e94\u6708",
            "last year",
            BODY.strip(),
            "\u7b2c2024\u53f7",
        ]
    ),
    min_size=1,
    max_size=10,
)


@given(YEARLESS)
@settings(max_examples=60, deadline=None)
def test_no_year_source_or_author_is_invented(lines):
    facts = understood("\n".join(lines)).metadata
    assert (facts.date, facts.source, facts.byline) == (None, None, None)


@given(
    st.lists(
        st.sampled_from(
            [
                "2024-05-03",
                "2023\u5e748\u6708",
                "On 1 May 2022 they met.",
                *BODY.split("\n"),
                "\u6765\u6e90\uff1a\u6e14\u8baf\u7f51",
                "By Li Jiang",
            ]
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_what_is_found_stands_on_the_line_that_it_names(lines):
    try:
        facts = understood("\n".join(lines)).metadata
    except ValueError:  # nothing but blank lines
        return
    for fact in (facts.source, facts.byline):
        assert fact is None or fact.value in lines[fact.lines[0] - 1]
    if facts.date is not None:
        year = re.match(r"\d{4}", facts.date.value)[0]
        assert any(year in lines[number - 1] for number in facts.date.lines)

"""Front matter at the head of a plain text: furniture, but for the title it names."""

import pytest
from tests.reading import label, marked, roles_of, understood
from tests.table import Table

TABLE = Table("preamble")


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = marked(case["page"])
    assert roles_of(label(text)) == marks


@pytest.mark.parametrize("case", [case for case in TABLE.cases("pages") if "title" in case.values[0]])
def test_the_title_is_read_without_its_key(case):
    title = understood(marked(case["page"])[0]).metadata.title_zh
    assert title
    assert title.value == case["title"]


@pytest.mark.parametrize("case", [case for case in TABLE.cases("pages") if "title_en" in case.values[0]])
def test_a_title_in_both_languages_is_read_in_both(case):
    title = understood(marked(case["page"])[0]).metadata.title_en
    assert title
    assert title.value == case["title_en"]


@pytest.mark.parametrize("case", [case for case in TABLE.cases("pages") if "source" in case.values[0]])
def test_what_it_says_of_the_text_is_read(case):
    facts = understood(marked(case["page"])[0]).metadata
    assert facts.date
    assert facts.date.value == case["date"]
    assert facts.source
    assert facts.source.value == case["source"]

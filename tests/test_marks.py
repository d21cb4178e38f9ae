"""Marks of Markdown go when a page is composed, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.table import Table

from bitext.marks import unmarked
from bitext.model import Block

TABLE = Table("marks")
MARKED = st.text(st.sampled_from("#>*_[]()/ a\u6c34.:h"), min_size=1, max_size=40)


def block(text):
    return Block(3, 0, 2, 2 + len(text), text, "zh")


@pytest.mark.parametrize(("text", "shown"), TABLE.cases("go"))
def test_marks_go(text, shown):
    assert unmarked(block(text))[0] == shown


@pytest.mark.parametrize("text", TABLE.cases("stay"))
def test_what_is_no_mark_stays(text):
    assert unmarked(block(text)) == (text, ())


@given(MARKED)
def test_what_stays_and_what_goes_is_the_text(text):
    shown, removed = unmarked(block(text))
    left, at = "", 0
    for mark in removed:
        assert (mark.line, mark.text) == (3, text[mark.start - 2 : mark.end - 2])
        assert mark.start - 2 >= at
        left, at = left + text[at : mark.start - 2], mark.end - 2
    assert left + text[at:] == shown
    assert not any(map(str.isalpha, (m for mark in removed if mark.rule == "mark of Markdown" for m in mark.text)))

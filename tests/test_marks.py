"""Marks of Markdown go when a page is composed, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.table import Table

from bitext.marks import unmarked
from bitext.model import Block

TABLE = Table("marks")
MARKED = st.text(st.sampled_from("#>*_[]()/ a\u6c34.:h"), min_size=1, max_size=40)


def block(text, part=0):
    return Block(3, part, 2, 2 + len(text), text, "zh")


@pytest.mark.parametrize(("text", "shown"), TABLE.cases("go"))
def test_marks_go(text, shown):
    assert unmarked(block(text))[0] == shown


@pytest.mark.parametrize(("text", "shown"), TABLE.cases("halves"))
def test_half_a_mark_goes_from_a_piece_of_a_line_alone(text, shown):
    assert unmarked(block(text, part=1))[0] == shown
    assert unmarked(block(text)) == (text, ())


@pytest.mark.parametrize("text", TABLE.cases("stay"))
def test_what_is_no_mark_stays(text):
    assert unmarked(block(text)) == (text, ())


@given(MARKED, st.integers(0, 1))
def test_what_stays_and_what_goes_is_the_text(text, part):
    shown, removed = unmarked(block(text, part))
    left, at = "", 0
    for mark in removed:
        assert (mark.line, mark.text) == (3, text[mark.start - 2 : mark.end - 2])
        assert mark.start - 2 >= at
        left, at = left + text[at : mark.start - 2], mark.end - 2
    assert left + text[at:] == shown
    assert not any(map(str.isalpha, (m for mark in removed if mark.rule == "mark of Markdown" for m in mark.text)))

"""The form that rules and cues are compared in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext.plain import plain, simplify

TABLE = Table("languages")


@pytest.mark.parametrize(("text", "expected"), TABLE.cases("plain"))
def test_plain(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE.cases("simplified"))
def test_simplified(text, expected):
    assert simplify(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=100, deadline=None)
def test_offsets_stay_when_characters_are_simplified(text):
    found = simplify(text)
    assert len(found) == len(text)
    assert simplify(found) == found


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_the_plain_form_has_single_blanks_and_trimmed_ends(text):
    found = plain(text)
    assert found == found.strip()
    assert "  " not in found
    assert "\n" not in found

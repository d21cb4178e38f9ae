"""How units begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.table import Table

from bitext.edges import edges

TABLE = Table("edges")


@pytest.mark.parametrize("case", TABLE.cases("edges"))
def test_edges(case):
    assert tuple(edges(case["text"])) == (case["opening"], case["ending"])


@given(st.text(max_size=60))
def test_every_text_has_edges(text):
    found = edges(text)
    assert found.opening in ("", "entry", "turn", "quote", "rendering")
    assert found.ending in ("", "stop", "question", "open")

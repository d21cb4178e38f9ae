"""Rows of short words are known by the words that rules of chrome know, and by their shape."""

import pytest
from tests.reading import KNOWLEDGE
from tests.table import Table

from bitext import rows
from bitext.plain import plain

TABLE = Table("rows")
WHERE = {"whole": [True, True], "edge": [False, True], "not": [False, False]}


def cases(group):
    return TABLE.of([(f"{kind}: {row}", (kind, row)) for kind, found in TABLE[group].items() for row in found])


@pytest.mark.parametrize(("kind", "row"), cases("phrases"))
def test_rows_of_phrases(kind, row):
    found = [rows.is_row_of_phrases(plain(row), KNOWLEDGE, all_of_them=whole) for whole in (True, False)]
    assert found == WHERE[kind]


@pytest.mark.parametrize(("kind", "row"), cases("buttons"))
def test_rows_of_buttons(kind, row):
    found = [rows.is_row_of_buttons(row, KNOWLEDGE, anywhere=anywhere) for anywhere in (True, False)]
    assert found == WHERE[kind]

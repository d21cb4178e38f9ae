"""Lines with a label are known however the label is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.table import Table

from bitext import fields
from bitext.plain import plain

TABLE = Table("fields")


@pytest.mark.parametrize(("line", "forms"), TABLE.cases("forms"))
def test_forms(line, forms):
    assert list(fields.forms(line)) == forms


@pytest.mark.parametrize(("line", "parts"), TABLE.cases("parts"))
def test_parts(line, parts):
    assert list(fields.parts(line)) == parts


@pytest.mark.parametrize("line", TABLE.cases("credits"))
def test_credits(line):
    assert fields.is_credit(line)


@pytest.mark.parametrize("line", TABLE.cases("no credits"))
def test_lines_that_are_no_credits(line):
    assert not fields.is_credit(line)


@given(st.text("\u4f5c\u8005\u3000 :\uff1a/|AbB."))
def test_forms_are_plain_and_parts_are_of_the_line(line):
    assert all(form == plain(form) for form in fields.forms(line))
    assert all(part in line for part in fields.parts(line))

"""What says a fact of the text is known by what stands beside it; days that the text tells of are not."""

import pytest
from tests.reading import label, marked, roles_of, understood
from tests.table import Table

TABLE = Table("facts")


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = marked(case["page"])
    assert roles_of(label(text)) == marks


@pytest.mark.parametrize("case", TABLE.cases("dates"))
def test_dates(case):
    date = understood(case["text"]).metadata.date
    assert (date and date.value) == case["date"]

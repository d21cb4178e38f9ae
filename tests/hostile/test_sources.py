"""Sources that were once converted wrongly or took for ever: each is a named case of the table."""

import time

import pytest
from tests.hostile.proofs import converted
from tests.hostile.table import rows

SECONDS = 20.0
"""Of this process, for one source; each takes less than three, and took minutes or was lost in part."""
ROWS = rows("sources")


@pytest.mark.parametrize("row", ROWS, ids=[row["label"] for row in ROWS])
def test_it_is_converted_whole_and_in_time(row):
    text = row.get("text", "") + row.get("unit", "") * row.get("times", 0)
    start = time.process_time()
    converted(text.encode("utf-8", "surrogatepass"))
    assert time.process_time() - start < SECONDS

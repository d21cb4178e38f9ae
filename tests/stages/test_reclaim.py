"""What was taken for furniture and translates a line of the text."""

import pytest
from tests.reading import understood
from tests.table import Table

from bitext.model import Block
from bitext.reclaim import reclaimed

TABLE = Table("reclaim")


@pytest.mark.parametrize("case", TABLE.cases("reclaim"))
def test_reclaimed(case):
    article = understood(case["lines"])
    chrome = {block.line for block in article.blocks if block.role == "chrome"}
    assert chrome == set(case["furniture"])
    paired = {block.line for bead in article.beads if bead.zh and bead.en for block in bead.blocks}
    assert set(case["text"]) <= paired


@pytest.mark.parametrize("case", [case for case in TABLE.cases("reclaim") if case.values[0]["text"]])
def test_the_reason_names_the_line_that_it_translates(case):
    reasons = {block.line: block.reason for block in understood(case["lines"]).blocks}
    assert all("translates line" in reasons[line] for line in case["text"])


def test_nothing_is_aligned_again_where_there_is_nothing_to_try():
    blocks = (Block(1, 0, 0, 2, "大桥", "zh"), Block(2, 0, 0, 6, "Bridge", "en"))
    assert reclaimed(blocks, (), align=lambda _: pytest.fail("aligned again")) == (blocks, ())


@pytest.mark.parametrize("count", [3, 60])
def test_however_many_lines_sound_like_furniture(count):
    """A text may be about subscriptions, frauds or rights from beginning to end."""
    numbers = range(2, count + 2)
    zh = [TABLE["entry_zh"].format(number) for number in numbers]
    en = [TABLE["entry_en"].format(number) for number in numbers]
    first, last = TABLE["ends"]
    article = understood("\n".join([first[0], *zh, last[0], first[1], *en, last[1]]))
    assert not [block.line for block in article.blocks if block.role == "chrome"]
    assert all(bead.zh and bead.en for bead in article.beads)

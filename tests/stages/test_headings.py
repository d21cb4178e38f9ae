"""Levels of headings: what counts alike or translates each other stands on one level."""

import pytest
from tests.reading import KNOWLEDGE
from tests.table import Table

from bitext.headings import MARKED, even_levels
from bitext.model import Bead, Block

TABLE = Table("headings")


def beads_of(lines):
    for number, line in enumerate(lines, start=1):
        sides = {"zh": (), "en": ()}
        for part, piece in enumerate(line.split(" || "), start=1):
            level, lang, text = piece.split(" ", 2)
            reason = MARKED if text.startswith("#") else ""
            sides[lang] = (Block(number, part, 0, len(text), text, lang, "heading", reason, level=int(level)),)
        yield Bead(sides["zh"], sides["en"])


@pytest.mark.parametrize("case", TABLE.cases("levels"))
def test_levels(case):
    beads = list(beads_of(case["lines"]))
    blocks = tuple(block for bead in beads for block in bead.blocks)
    assert [block.level for block in even_levels(blocks, beads, KNOWLEDGE)] == case["found"]


def test_other_roles_have_no_level():
    blocks = (Block(1, 0, 0, 2, "\u6c34\u4f4d", "zh"), Block(2, 0, 0, 5, "Water", "en", "label"))
    assert even_levels(blocks, [Bead(blocks[:1], blocks[1:])], KNOWLEDGE) == blocks
    assert even_levels((), [], KNOWLEDGE) == ()

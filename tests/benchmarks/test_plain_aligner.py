"""The yardstick is a fair one: it finds what lengths can tell."""

import math

import numpy as np
import pytest
from tests.benchmarks import plain_aligner
from tests.benchmarks.plain_aligner import align

# Latin stands for Chinese as well: the yardstick measures lengths, and sees nothing else.
LONG, SHORT = "abcd " * 49, "abcd " * 10


@pytest.mark.parametrize(
    ("zh", "en", "beads"),
    [
        ([LONG, SHORT, LONG], [LONG, SHORT, LONG], [(1, 1), (1, 1), (1, 1)]),
        # What has no counterpart is taken for the half of something: lengths cannot tell.
        ([LONG, SHORT], [LONG, LONG, SHORT], [(1, 2), (1, 1)]),
        ([LONG, SHORT], ["abcd " * 29, "abcd " * 20, SHORT], [(1, 2), (1, 1)]),
        ([], [SHORT], [(0, 1)]),
        ([SHORT], [], [(1, 0)]),
        ([], [], []),
    ],
)
def test_beads_by_length(zh, en, beads):
    found = align(zh, en)
    assert [(len(a), len(b)) for a, b in found] == beads
    assert [i for a, _ in found for i in a] == list(range(len(zh)))
    assert [j for _, b in found for j in b] == list(range(len(en)))


def test_tails_of_the_normal_distribution():
    at = np.array([0.0, 0.5, 1.0, 2.0, 4.0])
    assert plain_aligner._two_tails(at) == pytest.approx([math.erfc(x / math.sqrt(2)) for x in at], abs=1e-6)

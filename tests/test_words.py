"""Words for comparing lines."""

import pytest
from tests.table import Table

from bitext.words import overlap, vocabulary, words

TABLE = Table("languages")


@pytest.mark.parametrize("case", TABLE.cases("words"))
def test_words(case):
    assert words(case["text"]) == set(case["words"])


def test_a_vocabulary_holds_the_words_of_all_texts():
    assert vocabulary(["the river", "every boat"]) == {"river", "every", "boat"}
    assert vocabulary([]) == frozenset()


def test_overlap_is_the_share_of_known_words():
    known = vocabulary(["river boat"])
    assert overlap("River boats", known) == 0.5
    assert overlap("river", known) == 1
    assert overlap("nothing here", known) == 0
    assert overlap("", known) == 0

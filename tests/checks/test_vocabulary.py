"""English words that are known."""

import pytest

from bitext.checks import vocabulary


@pytest.mark.parametrize("word", ["follow", "followed", "following", "countries", "larger", "quickly", "cooperating"])
def test_known(word):
    assert vocabulary.known(word)


@pytest.mark.parametrize("word", ["tofollow", "ofthe", "xqzt", "hongher"])
def test_unknown(word):
    assert word not in vocabulary.counts()


def test_words_of_ones_own():
    assert vocabulary.known("lancangs", {"lancang"})

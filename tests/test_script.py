"""What is Han, what is a Latin word, what ends a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext import script

TABLE = Table("languages")


@pytest.mark.parametrize("case", TABLE.cases("counts"))
def test_counts(case):
    assert (script.han_count(case["text"]), script.word_count(case["text"])) == (case["han"], case["words"])


@pytest.mark.parametrize("text", TABLE["ends of sentences"]["yes"])
def test_ends_of_sentences(text):
    assert script.ends_sentence(text)


@pytest.mark.parametrize("text", TABLE["ends of sentences"]["no"])
def test_what_ends_no_sentence(text):
    assert not script.ends_sentence(str(text))


@pytest.mark.parametrize("text", TABLE["addresses"]["yes"])
def test_addresses(text):
    assert script.address.fullmatch(text)


@pytest.mark.parametrize("text", TABLE["addresses"]["no"])
def test_what_is_no_address(text):
    assert not script.address.search(str(text))


def test_an_address_ends_where_chinese_begins():
    assert script.address.search("https://example.org/a\u6c34")[0] == "https://example.org/a"
    assert script.address.search("https://example.org/a\uff0c\u6c34")[0] == "https://example.org/a"


def test_both_languages_have_one_measure():
    assert script.size("\u6c34" * 10) == 10
    assert script.size("abc " * 41) == pytest.approx(40)
    assert script.size("") == script.size("12 ...") == 0


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_counts_add_up_over_a_line_break(one, other):
    both = f"{one}\n{other}"
    assert script.han_count(both) == script.han_count(one) + script.han_count(other)
    assert script.word_count(both) == script.word_count(one) + script.word_count(other)
    assert script.size(both) == pytest.approx(script.size(one) + script.size(other))

from __future__ import annotations

from pathlib import Path

import _search_terms
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import script, strict_yaml

CASES = strict_yaml.load(
    (Path(__file__).resolve().parents[1] / "cases" / "search_terms.yml").read_text(encoding="utf-8"), "search_terms.yml"
)
BY_LABEL = pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])


@BY_LABEL
def test_a_text_is_folded(case: dict[str, str]) -> None:
    assert _search_terms.fold(case["text"]) == case["fold"]


@BY_LABEL
def test_a_text_has_words_and_pairs(case: dict[str, list[str]]) -> None:
    expected = set()
    for piece in case["pieces"]:
        pairs = {piece[i : i + 2] for i in range(len(piece) - 1)} | {piece[-1]}
        expected |= pairs if script.han_character.match(piece) else {piece}
    assert set(_search_terms.terms([(str(case["text"]), 1)], ())) == expected


@given(st.text(st.sampled_from("ab1 2.,-_'\u2019\u4e2d\u00e9"), max_size=12))
def test_words_of_ascii_are_found_sooner_and_are_the_same(text: str) -> None:
    assert _search_terms._words(text) == _search_terms._WORD.findall(text)


def test_a_pair_inside_of_a_word_counts_more_than_one_across_words() -> None:
    found = _search_terms.terms([("打击电信诈骗", 1)], ())
    assert found["电信"] == found["诈骗"] == 1
    assert found["击电"] == found["信诈"] == _search_terms.ACROSS


def test_words_that_say_nothing_are_left_out_and_no_pair_runs_over_them() -> None:
    found = _search_terms.terms([("合作的成果 and the river", 1)], {"的", "and", "the"})
    assert set(found) == {"合作", "作", "成果", "果", "river"}


def test_such_a_character_inside_of_a_word_stays() -> None:
    assert "目的" in _search_terms.terms([("我们的目的", 1)], {"的"})


@given(st.text(alphabet="澜湄合作安保的和 a1,."), st.text(alphabet="澜湄合作安保", min_size=2, max_size=4), st.text())
def test_every_pair_of_a_text_can_be_found(before: str, word: str, after: str) -> None:
    found = _search_terms.terms([(f"{before}{word}{after}", 1)], ())
    assert all(word[i : i + 2] in found for i in range(len(word) - 1))


def test_each_text_has_its_weight_and_no_pair_runs_from_one_into_the_next() -> None:
    found = _search_terms.terms([("合作 river", 1), ("合作 fish", 6), ("river", 2)], ())
    assert found == {"合作": 7, "作": 7 * _search_terms.ACROSS, "river": 3, "fish": 6}


def test_a_longer_word_that_is_left_out_moves_no_weight() -> None:
    found = _search_terms.terms([("合作以及安保", 1), ("安保", 6)], {"以及"})
    assert found["安保"] == 7


def test_the_table_of_characters_has_pairs() -> None:
    table = _search_terms.simplifications()
    assert len(table) % 2 == 0
    assert dict(zip(table[::2], table[1::2], strict=True))["國"] == "国"

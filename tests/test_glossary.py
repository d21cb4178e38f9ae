"""The glossary as a whole; how its entries are read is tested with the module that reads them."""

import re
from collections import Counter

import pytest

from bitext.datafile import DATA
from bitext.plain import simplify
from bitext.strict_yaml import load

KINDS = {"body", "meeting", "place", "person", "programme", "project", "country", "media", "term"}
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def terms():
    return load((DATA / "glossary.yml").read_text(encoding="utf-8"), "data/glossary.yml")["terms"]


def wrong(terms, right):
    """Line and content of every entry that is not right: what a failed test shows."""
    return [f"data/glossary.yml:{term.line}: {term}" for term in terms if not right(term)]


def test_covers_what_the_region_needs(terms):
    assert len(terms) >= 400
    assert {term["kind"] for term in terms} == KINDS


def test_one_chinese_form_stands_in_one_entry(terms):
    forms = Counter(str(form) for term in terms for form in term["zh"])
    assert [form for form, count in forms.items() if count > 1] == []


def test_chinese_forms_are_simplified_and_longer_than_one_character(terms):
    assert not wrong(terms, lambda term: all(HAN.search(form) and len(form) > 1 for form in term["zh"]))
    assert not wrong(terms, lambda term: all(simplify(form) == form for form in term["zh"]))


def test_english_forms_are_english_and_none_stands_twice(terms):
    assert not wrong(terms, lambda term: term["en"] and not any(HAN.search(str(form)) for form in term["en"]))
    assert not wrong(terms, lambda term: len(set(term["en"])) == len(term["en"]))


@pytest.mark.parametrize(
    ("zh", "en"),
    [("\u654f\u6602\u83b1", "Min Aung Hlaing"), ("\u82cf\u6797", "To Lam"), ("\u4e07\u8c61", "Vientiane")],
    ids=["Myanmar", "Vietnam", "Laos"],
)
def test_names_that_no_sound_gives_away_are_known(terms, zh, en):
    assert any(zh in term["zh"] and en in term["en"] for term in terms)

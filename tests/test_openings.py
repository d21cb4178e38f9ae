"""Openings: what an expression may begin with, so that most rules are never asked of a line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.openings import Openings, opening


@pytest.mark.parametrize(
    ("expression", "whole", "expected"),
    [
        ("^a", False, "[a]"),
        ("a", False, None),  # it may stand anywhere
        ("a", True, "[a]"),
        ("^a?b", False, "[a]|[b]"),
        ("^a|b", False, None),
        ("^ab|^cd", False, "[a]|[c]"),
        ("^a?", False, None),  # nothing fits it too
        ("a?", True, "[a]"),
        (r"(a|[^\s\d])+x", True, r"[^\s\d]|[a]"),
        ("(a|.)x", True, None),
        (r"[a-c\W]{2}?", True, r"[a-c\W]"),
        ("(?=z)a", True, "[a]"),
        ("(?!z)(?<!y)a", True, "[a]"),
        ("(?>a)b", True, "[a]"),
        ("[^a]", True, "[^a]"),
        (r"[\]^-]", True, r"[\]\^\-]"),
        ("(?-i:A)b", True, "[A]"),
        ("(?i:a)b", True, None),  # with flags of its own that let it fit more
        (r"(?P<x>a)?(?P=x)", True, None),
        ("", True, None),
    ],
)
def test_opening(expression, whole, expected):
    found = opening(re.compile(expression, re.IGNORECASE), whole=whole)
    assert found == (expected and set(expected.split("|")))


def test_a_beginning_of_each_line_is_none_of_the_text():
    assert opening(re.compile("^a", re.MULTILINE), whole=False) is None


@given(st.text("abAB\u0130\u0131\u017f\u212ak1 ", max_size=4))
def test_what_fits_has_its_opening(text):
    expressions = ["a+b", "[a-k]1?", "i|s|k", "(A|b)*k?", r"\d| "]
    made = [re.compile(expression, re.IGNORECASE) for expression in expressions]
    bits = Openings([*((one, True) for one in made), (None, False)]).of(text[:1])
    assert all(bits >> number & 1 for number, one in enumerate(made) if one.fullmatch(text))
    assert bits >> len(made) & 1

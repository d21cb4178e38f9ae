"""English number words: what an independent writer writes is read back; the edges of a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.anchors.numbers import find_quantities, load_numerals

ROOT = Path(__file__).parents[2]
NUMERALS = load_numerals(ROOT / "data/numerals.yml")
UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
round_numbers = st.integers(1, 999).map(lambda number: number * 10**8)
integers = st.one_of(st.integers(10, 9999), st.integers(10_000, 10**12 - 1), round_numbers)


def found(text):
    return find_quantities(text, "en", NUMERALS)


def english(number):
    """A whole number below 10**12 in English."""
    for power, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= power:
            rest = f" {'and ' if power == 100 else ''}{english(number % power)}" if number % power else ""
            return f"{english(number // power)} {word}{rest}"
    if number < 20:
        return UNITS[number]
    return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(
    ("number", "text"),
    [(105, "one hundred and five"), (2225, "two thousand two hundred and twenty-five"), (40, "forty")],
)
def test_the_writer_writes_what_people_write(number, text):
    assert english(number) == text


@given(integers)
def test_english_words_are_read_back(number):
    assert [item.value for item in found(f"with {english(number)} people")] == [number]


@given(integers)
def test_capitals_and_blanks_change_nothing(number):
    text = english(number).replace("-", " ")
    assert [item.value for item in found(text.upper())] == [item.value for item in found(text.title())] == [number]


@pytest.mark.parametrize("text", ["tenant", "oneself", "freighter", "sixties", "secondary", "hundredweight"])
def test_a_number_word_ends_where_the_word_ends(text):
    assert found(text) == ()


@pytest.mark.parametrize("text", ["one-stop", "One Stop", "ONE-STOP", "No one"])
def test_idioms_are_skipped_in_any_spelling(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 20thCentury", [("20th", "ordinal")]),
        ("the 20THCentury", [("20TH", "ordinal")]),
        ("the 20thly", [("20", "number")]),
        ("\u0130stanbul has TWENTY mosques", [("TWENTY", "number")]),
        ("RMB 5 and rmb 5", [("RMB 5", "currency"), ("rmb 5", "currency")]),
    ],
)
def test_capitals_stay_where_they_are(text, expected):
    assert [(item.surface, item.kind) for item in found(text)] == expected

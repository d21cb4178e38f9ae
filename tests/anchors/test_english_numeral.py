"""Values of English number words by themselves."""

import pytest

from bitext.anchors.english_numeral import Sum, Word

WORDS = {
    "a": Word("article"), "and": Word("and"), "one": Word("unit", 1), "two": Word("unit", 2), "ten": Word("teen", 10),
    "twenty": Word("ten", 20), "hundred": Word("hundred", 100), "thousand": Word("scale", 1000),
    "million": Word("scale", 10**6), "dozen": Word("multiplier", 12), "first": Word("ordinal", 1),
    "tenth": Word("ordinal", 10), "hundredth": Word("ordinal", 100),
}  # fmt: skip


def taken(text):
    """Value of the words that make one number, and how many they are."""
    number = Sum()
    words = text.split()
    count = next((index for index, word in enumerate(words) if not number.take(WORDS[word])), len(words))
    return number.value, count


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two", 2), ("twenty two", 22), ("a hundred", 100), ("two hundred and two", 202), ("hundred", 100),
        ("two dozen", 24),
        ("two thousand two hundred", 2200), ("two million two thousand and twenty", 2_002_020), ("twenty first", 21),
        ("two hundredth", 200), ("two hundred and first", 201), ("tenth", 10), ("two hundred thousand", 200_000),
    ],
)  # fmt: skip
def test_one_number(text, value):
    assert taken(text) == (value, len(text.split()))


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [
        ("two two", 2, 1), ("ten two", 10, 1), ("two and two", 2, 1), ("first two", 1, 1), ("twenty tenth", 20, 1),
        ("two thousand million", 2000, 2), ("a two", 0, 1), ("hundredth", 0, 0), ("and two", 0, 0),
    ],
)  # fmt: skip
def test_a_number_ends_where_the_next_begins(text, value, count):
    assert taken(text) == (value, count)

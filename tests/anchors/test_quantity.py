"""Quantities: figures, keys, ranges."""

from fractions import Fraction

import pytest

from bitext.anchors.quantity import Quantity, Reading, figure_value, limit_before, spread_over_ranges


def reading(value, kind="number", start=0, unit="", scale=1):
    return Reading(Quantity(Fraction(value), kind, start, start + 1, "x", unit=unit), Fraction(scale))


@pytest.mark.parametrize(
    ("figure", "value"),
    [("7", "7"), ("85,403", "85403"), ("0.5", "1/2"), ("1,234.56", "1234.56"), ("７．８", "7.8")],
)
def test_figure_value(figure, value):
    assert figure_value(figure) == Fraction(value)


@pytest.mark.parametrize(
    ("kind", "family"),
    [(kind, "number") for kind in ("number", "ordinal", "year", "currency")]
    + [(kind, kind) for kind in ("percent", "vague")],
)
def test_key(kind, family):
    assert reading(3, kind).quantity.key == (family, 3)


def spread(*readings, joined=True):
    quantities = spread_over_ranges(list(readings), lambda _start, _end: joined)
    return [(item.value, item.kind, item.unit) for item in quantities]


def test_a_range_shares_what_is_printed_once():
    million = reading(5_000_000, scale=10**6, start=2)
    assert spread(reading(3), million) == [(3_000_000, "number", ""), (5_000_000, "number", "")]
    assert spread(reading(10), reading(15, "percent", 2)) == [(10, "percent", ""), (15, "percent", "")]
    dollars = spread(reading(3, "currency", unit="USD"), reading(5 * 10**9, scale=10**9, start=2))
    assert dollars == [(3 * 10**9, "currency", "USD"), (5 * 10**9, "currency", "USD")]


def test_nothing_is_shared_without_a_range_or_downwards():
    million = reading(5_000_000, scale=10**6, start=2)
    assert spread(reading(3), million, joined=False)[0] == (3, "number", "")
    assert spread(reading(7), million)[0] == (7, "number", "")
    assert spread(reading(2024, "year"), reading(15, "percent", 2))[0] == (2024, "year", "")


def test_the_longest_word_before_a_number_limits_it():
    words = {"近": "under", "最近": ""}
    assert limit_before("将近5", 2, words, (2, 1)) == "under"
    assert limit_before("最近5", 2, words, (2, 1)) == ""
    assert limit_before("5", 0, words, (2, 1)) == ""

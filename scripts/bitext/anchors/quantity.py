"""A quantity that a text states, in a form that does not depend on the language it is stated in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

MAX_DIGITS = 30
"""Digits of a figure: a longer run is no quantity, and the bound keeps the cost of any input linear."""

# Four figures in this range, without a separator, are a year where nothing says that they count something.
FIRST_YEAR, LAST_YEAR = 1900, 2099

FIGURE = (
    r"(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)|[\uff10-\uff19]{1,3}(?:\uff0c[\uff10-\uff19]{3}){1,8}(?!\d)|"
    rf"\d{{1,{MAX_DIGITS}}})(?:[.\uff0e]\d{{1,20}})?"
)
"""Pattern of digits with separators and decimals, half or full width."""

ONE = Fraction(1)

_SEPARATORS = re.compile(r"[^\d.]")

Kind = Literal["number", "percent", "ordinal", "year", "currency", "vague"]
"""``vague`` is a magnitude alone: "hundreds of" has the value 100."""

Approximate = Literal["", "over", "under", "about"]
"""How the text limits a value; ``over`` also says "at least", ``under`` also "nearly" and "up to"."""

FIXED_KINDS: tuple[Kind, ...] = ("number", "ordinal", "vague")
"""Kinds that a word with a value of its own can have."""

LIMITS: Mapping[str, Approximate] = {"over": "over", "under": "under", "about": "about", "none": ""}
"""Names under which a data file lists the words that limit a number; ``none`` for words that only look like them."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands."""

    value: Fraction
    """Exact; 30 for 30 %, 1/2 for a half."""
    kind: Kind
    start: int
    end: int
    """Code points, end exclusive; words like "over" stand outside, a currency inside."""
    surface: str
    approximate: Approximate = ""
    unit: str = ""
    """ISO 4217 code of a currency, else empty."""
    weak: bool = False
    """The words may be no count at all ("one of them", "the first to come"): a missing counterpart says nothing."""

    @property
    def key(self) -> tuple[str, Fraction]:
        """What both languages share.

        Percentages and magnitudes stand apart; numbers, ordinals, years and sums of money are one family, since the
        other language may well say "tenth anniversary" for ten years or leave the currency to the context.
        """
        family = self.kind if self.kind in {"percent", "vague"} else "number"
        return family, self.value


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity with what its neighbour in a range may borrow from it."""

    quantity: Quantity
    scale: Fraction = ONE
    """What the figure before it was multiplied by: 1 000 000 in "3 million"."""


def spread_over_ranges(readings: list[Reading], is_range: Callable[[int, int], bool]) -> tuple[Quantity, ...]:
    """Quantities in which both ends of a range have the scale, percent sign and currency that is printed once.

    :param is_range: whether the text between two offsets makes a range of what stands round it.
    """
    for index in range(len(readings) - 2, -1, -1):
        first, second = readings[index], readings[index + 1]
        if is_range(first.quantity.end, second.quantity.start):
            readings[index : index + 2] = _shared(first, second)
    return tuple([reading.quantity for reading in readings])


def _shared(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """Both ends of a range: "3-5 million", "10 to 15 percent", "$3-5 billion"."""
    low, high = first.quantity, second.quantity
    borrows = low.kind in {"number", "currency"} and first.scale == 1 < second.scale
    if borrows and low.value < high.value / second.scale:
        low, first = replace(low, value=low.value * second.scale), replace(first, scale=second.scale)
    if low.kind == "number" and high.kind in {"percent", "currency"}:
        low = replace(low, kind=high.kind, unit=high.unit)
    elif low.kind == "currency" and high.kind == "number":
        high = replace(high, kind="currency", unit=low.unit)
    return replace(first, quantity=low), replace(second, quantity=high)


def limit_before(text: str, start: int, words: Mapping[str, Approximate], lengths: Iterable[int]) -> Approximate:
    """What a word that ends at ``start`` says of the number after it.

    :param words: the words, each with what it says.
    :param lengths: their lengths, longest first.
    """
    for length in lengths:
        if length <= start and (found := words.get(text[start - length : start])) is not None:
            return found
    return ""


@lru_cache(maxsize=4096)
def figure_value(figure: str) -> Fraction:
    """Value of digits with separators, half or full width.

    >>> figure_value("85,403"), figure_value("７.８")
    (Fraction(85403, 1), Fraction(39, 5))
    """
    if figure.isdecimal():
        return Fraction(int(figure))
    whole, _, rest = _SEPARATORS.sub("", figure.replace("\uff0e", ".")).partition(".")
    return Fraction(int(whole + rest), 10 ** len(rest)) if rest else Fraction(int(whole))

"""What a text and its translation must share, in one form for both languages: quantities, dates, names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bitext.anchors.dates import DateMention, DateWords, find_dates, load_dates
from bitext.anchors.numbers import Numerals, Quantity, find_quantities, load_numerals
from bitext.model import Lang

__all__ = ["FactWords", "Facts", "find_facts", "load_fact_words"]


@dataclass(frozen=True, slots=True)
class FactWords:
    """How both languages write quantities and dates."""

    numerals: Numerals
    dates: DateWords


@dataclass(frozen=True, slots=True)
class Facts:
    """Quantities and dates of a text, each from left to right; no piece of text is in both."""

    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def load_fact_words(data: Path) -> FactWords:
    """Words from ``numerals.yml`` and ``dates.yml`` in the folder ``data``.

    :raises ValueError: for a wrong entry, beginning with ``path:line:``.
    :raises OSError: if a file cannot be read.
    """
    return FactWords(load_numerals(data / "numerals.yml"), load_dates(data / "dates.yml"))


def find_facts(text: str, lang: Lang, words: FactWords) -> Facts:
    """Quantities and dates of a text; a number that is part of a date is no quantity."""
    dates = find_dates(text, lang, words.dates)
    quantities = find_quantities(text, lang, words.numerals)
    if not dates:
        return Facts(quantities, dates)
    inside = {offset for date in dates for offset in range(date.start, date.end)}
    outside = (quantity for quantity in quantities if inside.isdisjoint(range(quantity.start, quantity.end)))
    return Facts(tuple(outside), dates)

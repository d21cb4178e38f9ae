"""Facts of a passage, one form for both languages: quantities, days, months and years, each with how much it proves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bitext.anchors import find_facts
from bitext.anchors.dates import DateMention
from bitext.anchors.numbers import Quantity
from bitext.checks.words import Words
from bitext.model import Lang

Family = Literal["number", "percent", "vague", "day", "month"]
"""Facts of different families are never the same; years are numbers."""

Kind = Literal["number", "ordinal", "percent", "currency", "year", "date", "time", "vague"]
"""What a fact is called; facts of one kind can contradict each other."""

NOTHING, WORD, FIGURE = 0, 1, 2
"""How much a fact proves: a word that may count nothing, a number in words or in a name, figures."""

_HALF = Fraction(1, 2)
_ALL = 100
"""Percent: the other language may well say "all"."""

Times = tuple[re.Pattern[str], re.Pattern[str]]
"""What stands behind the numbers of a time of day, and before the second of them."""

@dataclass(frozen=True, slots=True)
class Fact:
    """One fact and where it stands."""

    family: Family
    value: Fraction | str
    """A day is ``08-09`` or, without its month, ``-09``; a month is ``08``."""
    kind: Kind
    start: int
    end: int
    surface: str
    proof: int
    quantity: Quantity | None = None

def facts(text: str, lang: Lang, words: Words) -> tuple[Fact, ...]:
    """Facts of a text of one language, from left to right."""
    found = find_facts(text, lang, words.facts)
    times = words.clock[lang], words.inside_clock[lang]
    quantities = (_from_quantity(quantity, text, times) for quantity in found.quantities)
    dates = (fact for date in found.dates for fact in _from_date(date))
    return tuple(sorted((*quantities, *dates), key=lambda fact: fact.start))

def _from_quantity(found: Quantity, text: str, times: Times) -> Fact:
    family: Family = found.kind if found.kind in ("percent", "vague") else "number"
    if found.kind == "number" and _is_time(found, text, times):
        return Fact(family, found.value, "time", found.start, found.end, found.surface, WORD, found)
    return Fact(family, found.value, found.kind, found.start, found.end, found.surface, _proof(found, text), found)

def _is_time(found: Quantity, text: str, times: Times) -> bool:
    """Whether a number is part of a time of day; tables often print it once for both languages."""
    after, before = times
    return after.match(text, found.end) is not None or before.search(text, found.start - 2, found.start) is not None

def _proof(found: Quantity, text: str) -> int:
    figure = found.kind in ("percent", "currency") or any(map(str.isdigit, found.surface))
    if found.kind == "percent" and found.value == _ALL:
        return WORD
    if found.weak or found.kind == "vague" or (found.value == _HALF and not figure):
        return NOTHING
    return FIGURE if figure and not _in_name(found, text) else WORD

def _in_name(found: Quantity, text: str) -> bool:
    """Whether figures are part of a name or an address, such as G20, 5G or COVID-19."""
    before, after = text[max(found.start - 2, 0) : found.start], text[found.end : found.end + 1]
    glued = _latin(before[-1:]) or (before[-1:] in ("-", "_", "/", ".") and _latin(before[:1]))
    return found.kind in ("number", "year") and (glued or (_latin(after) and after.isupper()))

def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()

def _from_date(date: DateMention) -> Iterator[Fact]:
    last = (date.end_year, date.end_month, date.end_day)
    for year, month, day in ((date.year, date.month, date.day), last if any(last) else (None, None, None)):
        if month or day:
            value = (f"{month:02}" if month else "") + (f"-{day:02}" if day else "")
            yield Fact("day" if day else "month", value, "date", date.start, date.end, date.surface, FIGURE)
        if year:
            yield Fact("number", Fraction(year), "year", date.start, date.end, date.surface, FIGURE)

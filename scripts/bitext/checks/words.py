"""Words that the comparison of two languages needs, from ``data/comparison.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from bitext import strict_yaml
from bitext.anchors import FactWords
from bitext.model import LANGS, Lang

_WORDS_BETWEEN = 2
"""English words between a number and what it counts: five Mekong countries."""


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """So much of the Chinese unit is ``factor`` times as much of the English one."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    factor: Fraction

    @property
    def rounds(self) -> bool:
        """Whether a conversion leaves figures to round: hectares from mu, but not megawatts from kilowatts."""
        return not set(f"{self.factor.numerator}{self.factor.denominator}") <= {"0", "1"}


@dataclass(frozen=True, slots=True)
class Trap:
    """Two wordings with one number that do not say the same."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class LooseMoney:
    """Ways to print a sum that leave the currency to the context, and the currencies that may be meant."""

    pattern: re.Pattern[str]
    codes: frozenset[str]

    def fits(self, surface: str, code: str) -> bool:
        """Whether a sum as printed may be one in a currency."""
        return code in self.codes and self.pattern.search(surface) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """All that tells equal facts from different ones."""

    facts: FactWords
    years: Mapping[Lang, tuple[tuple[re.Pattern[str], int | None], ...]]
    """Words for a year by its distance; ``None`` for any year."""
    months: Mapping[Lang, re.Pattern[str]]
    days: Mapping[Lang, re.Pattern[str]]
    weekdays: Mapping[Lang, tuple[re.Pattern[str], ...]]
    """The days of the week, from Monday on."""
    clock: Mapping[Lang, re.Pattern[str]]
    inside_clock: Mapping[Lang, re.Pattern[str]]
    loose_money: Mapping[Lang, LooseMoney]
    shares: frozenset[str]
    doubled: frozenset[str]
    """Words that may well stand twice in a row."""
    words: frozenset[str]
    """Words that the dictionary lacks and that look like two."""
    units: tuple[MeasureUnit, ...]
    counted: tuple[Mapping[Lang, re.Pattern[str]], ...]
    """What is counted: nouns that stand behind a number in each language."""
    growth: re.Pattern[str]
    """Growth by a number of times in a Chinese text; the number is the group n."""
    loose_numbers: re.Pattern[str]
    """English numbers that mean "about so many"."""
    traps: tuple[Trap, ...]


def load_words(path: Path, facts: FactWords) -> Words:
    """Words from a file such as ``data/comparison.yml``.

    :param facts: how both languages write numbers and dates.

    :raises ValueError: for a wrong entry, beginning with ``path:``.
    :raises OSError: if a file cannot be read.
    """
    found = strict_yaml.load(path.read_text(encoding="utf-8"), str(path))
    try:
        return _words(found, facts)
    except (KeyError, TypeError, AttributeError, re.error, ZeroDivisionError) as error:
        raise ValueError(f"{path}: {error!r}, expected the lists of the project's own file") from error


def _words(data: Any, facts: FactWords) -> Words:
    return Words(
        facts,
        {lang: tuple(_years(data, lang)) for lang in LANGS},
        {lang: any_word(data["relative_month"][lang]) for lang in LANGS},
        {lang: any_word(data["relative_day"][lang]) for lang in LANGS},
        {lang: tuple(map(any_word, data["weekdays"][lang])) for lang in LANGS},
        {lang: re.compile(data["clock"][lang], re.IGNORECASE) for lang in LANGS},
        {lang: re.compile(data["inside_clock"][lang]) for lang in LANGS},
        {lang: _loose_money(data["loose_money"][lang]) for lang in LANGS},
        frozenset(data["share_between"]),
        frozenset(data["doubled"]),
        frozenset(data["words"]),
        tuple(_unit(entry) for entry in data["units"]),
        tuple(_counted(entry, "".join(data["more_before_counted"])) for entry in data["counted"]),
        re.compile(data["growth"]),
        any_word(data["loose_numbers"]["en"]),
        tuple(_trap(entry) for entry in data["traps"]),
    )


def _years(data: Any, lang: Lang) -> Iterable[tuple[re.Pattern[str], int | None]]:
    for word, distance in data["relative_year"][lang].items():
        yield any_word([word]), int(distance)
    yield any_word(data["any_year"][lang]), None


def _counted(entry: Any, more: str) -> Mapping[Lang, re.Pattern[str]]:
    between = rf"(?:[ -][A-Za-z-]+){{0,{_WORDS_BETWEEN}}}?"
    en = re.compile(rf"{between}[ -]?(?:{_either(entry['en'])})(?![A-Za-z])", re.IGNORECASE)
    return {"zh": re.compile(f"[{more}]?(?:{_either(entry['zh'])})"), "en": en}


def _trap(entry: Any) -> Trap:
    return Trap(re.compile(entry["zh"]), re.compile(entry["en"], re.IGNORECASE), entry["found"], entry["expected"])


def _loose_money(entry: Any) -> LooseMoney:
    return LooseMoney(re.compile(entry["regex"], re.IGNORECASE), frozenset(entry["codes"]))


def _unit(entry: Any) -> MeasureUnit:
    zh = re.compile(f"[ \u00a0]?(?:{_either(entry['zh'])})")
    en = re.compile(rf"[ \u00a0-]?(?:{_either(entry['en'])})(?![A-Za-z])")
    return MeasureUnit(zh, en, Fraction(str(entry["factor"])))


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Pattern for any of the words; Latin ones stand alone."""
    return re.compile(f"(?<![A-Za-z])(?:{_either(words)})(?![A-Za-z])", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(str(word)) for word in sorted(words, key=len, reverse=True))

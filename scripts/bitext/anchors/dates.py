"""Dates in running text, in one form for both languages.

A year alone is a quantity of kind ``year`` (:mod:`bitext.anchors.numbers`); a date has at least a month or, in Chinese,
a day. Nothing is inferred: what a text does not print is ``None``.

>>> from bitext.datafile import DATA
>>> words = load_dates(DATA / "dates.yml")
>>> [date.keys for date in find_dates("8月6日至7日，中心在昆明举行", "zh", words)]
[('08-06', '08-07')]
>>> [date.iso for date in find_dates("held on Friday, August 9, 2024 in Kunming", "en", words)]
['2024-08-09']
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from bitext.anchors.entries import Entries, alternation, starts
from bitext.model import Lang
from bitext.plain import simplify

Relative = Literal["last", "this", "next", ""]
"""Year named by its distance from the year of writing: 去年, this July."""

RELATIVES = ("last", "this", "next")

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years that a date may have."""

_BEFORE_ERA = 1911
"""The years that Taiwan counts begin after this one."""

# Printed after an English month without a comma, other four figures are rather a count: "on May 5 1500 people".
_ENGLISH_YEAR = r"(?:1[6-9]|2[01])\d\d(?!\d|,\d{3})"

_DAYS_OF_UNKNOWN_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Day = tuple[int | None, int | None, int | None]
"""Year, month, day."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a range of dates, and where it stands. Parts that are not printed are ``None``."""

    year: int | None
    month: int | None
    """``None`` where a Chinese text names the day alone (25日)."""
    day: int | None
    start: int
    end: int
    """Code points, end exclusive; a weekday and a time that belong to the date stand inside."""
    surface: str
    end_year: int | None = None
    end_month: int | None = None
    """The last day of a range; all three ``None`` if there is no range, else filled from the first where they agree."""
    end_day: int | None = None
    relative: Relative = ""
    has_time: bool = False
    """A time of day is printed, as in upload stamps."""

    @property
    def iso(self) -> str:
        """``2024-08-09`` or ``2024-08``, the first day of a range; empty if the year is not printed."""
        return f"{self.year:04}-{_month_and_day(self.month, self.day)}" if self.year and self.month else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What both languages share: ``08-09`` for a day, ``08`` for a month, both ends of a range."""
        first = _month_and_day(self.month, self.day)
        last = _month_and_day(self.end_month, self.end_day)
        return (first, last) if last else (first,)


def _month_and_day(month: int | None, day: int | None) -> str:
    """``08-09``, ``08`` or ``-25``."""
    return (f"{month:02}" if month else "") + (f"-{day:02}" if day else "")


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """How both languages write dates, compiled once from ``data/dates.yml``; equal to itself alone."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    numerals: Mapping[str, int]
    """Value of each Chinese character of a date; 10 for ten."""
    months: Mapping[str, int]
    """English names in small letters."""
    ambiguous: frozenset[str]
    month_after: re.Pattern[str]
    """Words, and the blank after them, that make a month of an ambiguous word."""
    relatives: Mapping[str, Relative]
    day_not_after: tuple[str, ...]


def load_dates(path: Path) -> DateWords:
    """Date words from a data file.

    :param path: ``data/dates.yml`` or a file of the same form.
    :raises ValueError: for a wrong entry or for what is not plain YAML, beginning with ``path:line:``.
    :raises OSError: if the file cannot be read.
    """
    entries = Entries.read(path)
    words = _Builder(entries.entries("zh"), entries.entries("en")).built()
    entries.finish()
    return words


@lru_cache(maxsize=1024)
def find_dates(text: str, lang: Lang, dates: DateWords) -> tuple[DateMention, ...]:
    """Dates that ``text`` prints, from left to right, none overlapping another.

    Impossible ones (2月30日, month 13) are left out, as are figures that can be read in two ways (09/08/2024).

    :param text: text of one language, of any length; the time taken grows with the length.
    """
    if lang == "en":
        found = [_english(match, dates) for match in dates.en.finditer(text)]
    else:
        found = [_chinese(match, dates) for match in dates.zh.finditer(simplify(text))]
    return tuple(replace(mention, surface=text[mention.start : mention.end]) for mention in found if mention)


def _chinese(match: re.Match[str], dates: DateWords) -> DateMention | None:
    """What a match of the Chinese pattern says."""
    if match["alone"]:
        return _day_alone(match, dates)
    if match["stamp_y"]:
        return _mention(match, (int(match["stamp_y"]), int(match["stamp_m"]), int(match["stamp_d"])), None)
    if match["era_y"]:
        return _mention(match, (_common(int(match["era_y"])), int(match["era_m"]), int(match["era_d"])), None)
    if match["m"] is None:
        return _numeric(match)
    year, month, day = (_number(match[name], dates) for name in ("y", "m", "d"))
    year2, month2, day2, day3 = (_number(match[name], dates) for name in ("y2", "m2", "d2", "d3"))
    year, year2 = _common(year), _common(year2)
    last = (year2, month2 or month, day2 or day3) if month2 or day3 else None
    return _mention(match, (year, month, day), last, dates.relatives.get(match["relative"] or "", ""))


def _common(year: int | None) -> int | None:
    """A year of the calendar that both languages share.

    >>> _common(112), _common(2023)
    (2023, 2023)
    """
    return year + _BEFORE_ERA if year and year < FIRST_YEAR else year


def _day_alone(match: re.Match[str], dates: DateWords) -> DateMention | None:
    """A day without its month, unless it is a length of time."""
    if match.string.endswith(dates.day_not_after, 0, match.start()):
        return None
    last = (None, None, int(match["alone_last"])) if match["alone_last"] else None
    return _mention(match, (None, None, int(match["alone"])), last)


def _english(match: re.Match[str], dates: DateWords) -> DateMention | None:
    """What a match of the English pattern says."""
    if match["mm"]:
        return _month_led(match, dates)
    return _day_led(match, dates) if match["dm"] else _numeric(match)


def _month_led(match: re.Match[str], dates: DateWords) -> DateMention | None:
    """``August 9, 2024``, ``September 24-25``, ``last November``."""
    month, month2 = _month(match["mm"], dates), _month(match["mm2"], dates)
    day, day2, year, year2 = (_whole(match[name]) for name in ("md", "md2", "my", "my2"))
    day2 = day2 or _whole(match["md3"])
    relative = dates.relatives.get((match["before"] or match["after"] or "").lower(), "")
    if not _is_month(match, dates, alone=not (day or year or year2 or relative)):
        return None
    last = (year2, month2 or month, day2) if month2 or day2 else None
    return _mention(match, (year, month, day), last, relative)


def _is_month(match: re.Match[str], dates: DateWords, *, alone: bool) -> bool:
    """The word is a month here: May in "in May", not in "we may" or "MAYBE"."""
    start, text = match.start("mm"), match.string
    glued = start > 0 and text[start - 1].isalpha()
    if not alone:
        return not glued or match["md"] is not None
    if glued:
        return False
    name = match["mm"].rstrip(".").lower()
    return name not in dates.ambiguous or bool(dates.month_after.search(text[max(start - 12, 0) : start]))


def _day_led(match: re.Match[str], dates: DateWords) -> DateMention | None:
    """``9 August 2024``, ``26 to 27 January``, ``26 January to 2 February 2026``."""
    month, month2 = _month(match["dm"], dates), _month(match["dm2"], dates)
    day0, day, day2, year, year2 = (_whole(match[name]) for name in ("dd0", "dd", "dd2", "dy", "dy2"))
    if day0:
        return _mention(match, (None, month, day0), (year, month, day))
    return _mention(match, (year, month, day), (year2, month2, day2) if month2 else None)


def _numeric(match: re.Match[str]) -> DateMention | None:
    """``2024-08-09``, ``2024-08``, ``25.08.2024``, and of an agency's pages ``2024 08/09 10:22``."""
    for form in ("iso", "far"):
        if match[f"{form}_y"]:
            year, month, day = (_whole(match[f"{form}_{part}"]) for part in "ymd")
            return _mention(match, (year, month, day), None)
    if match["ym_y"]:
        year, month = int(match["ym_y"]), int(match["ym_m"])
        return _mention(match, (year, month, None), None) if month <= year % 100 else None
    first, second, year = int(match["n1"]), int(match["n2"]), int(match["ny"])
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (second, first) if first > 12 else (first, second)
    return _mention(match, (year, month, day), None)


def _mention(match: re.Match[str], first: Day, last: Day | None, relative: Relative = "") -> DateMention | None:
    """The mention, if its first day can exist; a range whose last day cannot is its first day."""
    range_ = _filled(first, last) if last else None
    if range_:
        (year, month, day), (end_year, end_month, end_day) = range_
        return DateMention(
            year, month, day, match.start(), match.end(), match[0], end_year, end_month, end_day, relative,
            match["time"] is not None,
        )
    if not _exists(first):
        return None
    has_time = match["time"] is not None
    return DateMention(*first, match.start(), match.end(), match[0], relative=relative, has_time=has_time)


def _filled(first: Day, last: Day) -> tuple[Day, Day] | None:
    """Both ends of a range, with the year that is printed once; ``None`` if they are no range."""
    (year, month, day), (end_year, end_month, end_day) = first, last
    end_year = end_year or year
    if year is None and end_year is not None:
        year = end_year - ((month or 0, day or 0) > (end_month or 0, end_day or 0))
    first, last = (year, month, day), (end_year, end_month, end_day)
    if not (_exists(first) and _exists(last)):
        return None
    backwards = year is not None and (year, month or 0, day or 0) >= (end_year or 0, end_month or 0, end_day or 0)
    same_month = month == end_month and (end_day or 0) <= (day or 0) and (day or end_day or year == end_year)
    return None if backwards or (year == end_year and same_month) else (first, last)


def _exists(day: Day) -> bool:
    """The parts that are printed make a date that can exist."""
    year, month, number = day
    if (year is not None and not FIRST_YEAR <= year <= LAST_YEAR) or (month is not None and not 1 <= month <= 12):
        return False
    if number is None:
        return month is not None
    if month is None:
        return 1 <= number <= 31
    return 1 <= number <= (calendar.monthrange(year, month)[1] if year else _DAYS_OF_UNKNOWN_YEAR[month - 1])


def _whole(figures: str | None) -> int | None:
    return int(figures) if figures else None


def _month(name: str | None, dates: DateWords) -> int | None:
    return dates.months[name.rstrip(".").lower()] if name else None


def _number(text: str | None, dates: DateWords) -> int | None:
    """Value of figures or of Chinese numerals up to 99, or of four read one by one."""
    if not text:
        return None
    if text[0].isdecimal():
        return int(text)
    values = [dates.numerals[letter] for letter in text]
    if len(values) == 4:
        return int("".join(map(str, values))) if max(values) < 10 else None
    tens = [index for index, value in enumerate(values) if value == 10]
    if tens == [0] or tens == [1]:
        return (values[0] if tens == [1] else 1) * 10 + sum(values[tens[0] + 1 :])
    return values[0] if len(values) == 1 else (sum(values) if values[0] in {20, 30} else None)


_BLANK = "[ \u00a0\u3000]?"
_CLOCK = r"\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?(?!\d)"

# Figures alone: both languages print them alike. A fourth part makes it something else, such as an address.
_NUMERIC = (
    r"(?<![\d./\uff0e])(?P<iso_y>[12\uff11\uff12]\d{3})(?P<separator>[-/.\uff0d\uff0f\uff0e])(?P<iso_m>\d{1,2})"
    r"(?P=separator)(?P<iso_d>\d{1,2})(?![\d]|[-/.]\d)"
    r"|(?<![\d./-])(?P<ym_y>[12]\d{3})-(?P<ym_m>0[1-9]|1[0-2])(?![\d]|[-/.]\d)"
    r"|(?<![\d./-])(?P<n1>\d{1,2})(?P<n_separator>[-/.])(?P<n2>\d{1,2})(?P=n_separator)(?P<ny>[12]\d{3})"
    r"(?![\d]|[-/.]\d)"
    r"|(?<![\d./-])(?P<far_y>[12]\d{3})[ \u3000-](?P<far_m>0[1-9]|1[0-2])/(?P<far_d>[0-3]\d)(?= \d{1,2}:\d{2})"
)


_ERA_YEAR = r"1[0-3]\d"
_ERA = (
    rf"(?<![\d./-])(?P<era_y>{_ERA_YEAR})(?P<era_separator>[-/.])(?P<era_m>0[1-9]|1[0-2])(?P=era_separator)"
    r"(?P<era_d>[0-3]\d)(?![\d]|[-/.]\d)"
)
"""Years of three figures, as Taiwan counts them; months and days have two, so that they are no other numbers."""


class _Builder:
    """Builds both patterns from the entries."""

    def __init__(self, zh: Entries, en: Entries) -> None:
        self.zh, self.en = zh, en
        self.digits = _integers(zh.values("digits"))
        self.tens = dict.fromkeys(zh.words("ten"), 10) | _integers(zh.values("tens"))
        self.months = self._months()

    def _months(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, names in self.en.groups("months").items():
            if number not in _MONTH_NUMBERS:
                raise self.en.wrong("months", f"found {number!r}, expected a number from 1 to 12")
            found |= dict.fromkeys((name.lower() for name in names), int(number))
        return found

    def built(self) -> DateWords:
        zh, en = self.zh, self.en
        relatives = zh.labels("relative", RELATIVES) | en.labels("relative", RELATIVES)
        found = DateWords(
            zh=self.chinese(),
            en=self.english(),
            numerals=self.digits | self.tens,
            months=self.months,
            ambiguous=frozenset(name.lower() for name in en.words("ambiguous")),
            month_after=re.compile(rf"(?<![A-Za-z]){alternation(en.words('month_after'))} $", re.IGNORECASE),
            relatives=cast("dict[str, Relative]", relatives),
            day_not_after=zh.words("day_not_after"),
        )
        zh.finish()
        en.finish()
        return found

    def chinese(self) -> re.Pattern[str]:
        """Pattern of Chinese dates."""
        zh = self.zh
        relative = zh.labels("relative", RELATIVES)
        month, day = (f"{_BLANK}{alternation(zh.words(key))}" for key in ("month", "day"))
        range_ = f"{_BLANK}{alternation(zh.words('range'))}{_BLANK}"
        small = rf"(?:\d{{1,2}}|[{''.join((*self.digits, *self.tens))}]{{1,3}})"
        head = (
            rf"(?:{self.year('y')}|(?P<relative>{alternation(relative)}){_BLANK})?"
            rf"(?<![\d.])(?P<m>{small})(?:{month}|(?={range_}{small}{month}))"
            rf"(?:{_BLANK}(?P<d>{small})(?:{day}|(?={range_}{small}{day})))?"
        )
        month_tail = rf"(?:{self.year('y2')})?(?P<m2>{small}){month}(?:{_BLANK}(?P<d2>{small}){day})?"
        joining = f"(?:{range_}|{alternation(zh.words('joining'))})"
        tail = rf"(?:{range_}{month_tail}|{joining}(?P<d3>{small}){day})"
        first = rf"(?=[\d{''.join((*self.digits, *self.tens))}{starts(relative, zh.words('era'))}])"
        forms = f"{_NUMERIC}|{_ERA}|{self.stamp(month)}|{head}(?:{tail})?|{self.day_alone(range_)}"
        return re.compile(rf"{first}(?:{forms})(?:{self.clock()})?")

    def stamp(self, month: str) -> str:
        """What some blogs print over an entry: the month, the day in figures alone, the weekday, the year."""
        figures = rf"(?<![\d.])(?P<stamp_m>\d{{1,2}}){month}{_BLANK}(?P<stamp_d>\d{{1,2}})"
        return rf"{figures}{_BLANK}{self.weekday()}{_BLANK}(?P<stamp_y>[12]\d{{3}})(?!\d)"

    def year(self, name: str) -> str:
        """A year as group ``name``; the name of its era may stand before it, and before one of two figures has to."""
        figures = rf"[12\uff11\uff12]\d{{3}}|(?<![\d.]){_ERA_YEAR}|[{''.join(self.digits)}]{{4}}"
        era = rf"(?P<{name}_era>{alternation(self.zh.words('era'))}{_BLANK})?"
        named = rf"(?({name}_era)\d\d|(?!))"
        return f"{era}(?P<{name}>{figures}|{named}){_BLANK}{alternation(self.zh.words('year'))}{_BLANK}"

    def day_alone(self, range_: str) -> str:
        day = alternation(self.zh.words("day_alone"))
        last = rf"(?:{range_}(?P<alone_last>\d{{1,2}}){day})?"
        bracket = r"(?:(?:(?<=[(\uff08]\d)|(?<=[(\uff08]\d\d))[)\uff09])?"  # as newspapers print the day of a report
        not_before = alternation(self.zh.words("day_not_before"))
        return rf"(?<!\d)(?<!\d[.,])(?P<alone>\d{{1,2}}){bracket}{day}{last}(?!{not_before})"

    def clock(self) -> str:
        """A weekday, a part of the day and a time; the first two are kept only before a time."""
        zh = self.zh
        weekday = rf"{_BLANK}[(\uff08]?{self.weekday()}[)\uff09]?"
        spoken = rf"\d{{1,2}}{alternation(zh.words('hour'))}(?:\d{{1,2}}{alternation(zh.words('minute'))})?"
        part = alternation(zh.words("part_of_day"))
        return f"(?:{weekday})?[T \u3000]{{0,2}}{part}?{_BLANK}(?P<time>{_CLOCK}|{spoken})"

    def weekday(self) -> str:
        return f"{alternation(self.zh.words('weekday'))}{alternation(self.zh.words('weekdays'))}"

    def english(self) -> re.Pattern[str]:
        """Pattern of English dates."""
        weekday = rf"(?:(?<![A-Za-z]){alternation(self.en.words('weekdays'))}\.?,? )?"
        forms = f"{_NUMERIC}|{self.day_led()}|{self.month_led()}"
        return re.compile(f"{self.first_letters()}{weekday}(?:{forms})(?:{self.time()})?")

    def first_letters(self) -> str:
        """What any match begins with; looked at first, since most letters of a text begin none."""
        return rf"(?=[\d{starts(self.month_names(), self.en.words('weekdays'))}]|{self.relative()} )"

    def month_names(self) -> set[str]:
        names = {name for number in self.en.groups("months").values() for name in number}
        return names | {name.upper() for name in names}

    def month_led(self) -> str:
        en = self.en
        relative = self.relative()
        range_ = f" ?{alternation(set(en.words('range')) - set(en.words('joining')))} ?"
        joining = rf" {alternation(en.words('joining'))} (?=\d{{1,2}}(?:,? {_ENGLISH_YEAR}|[.;)]))"
        last_day = f"(?(md)(?:{range_}|{joining}){self.day('md3')}|(?!))"
        last = f"(?:{range_}{self.month('mm2')}(?: ?{self.day('md2')})?|{last_day}){self.english_year('my2')}"
        after = f"(?: (?:{alternation(en.words('of'))} )?(?P<after>{relative}) {alternation(en.words('year'))})?"
        first = f"(?:(?P<before>{relative}) )?{self.month('mm')}(?: ?{self.day('md')})?{self.english_year('my')}"
        return f"{first}(?:{last})?{after}"

    def day_led(self) -> str:
        of = rf"(?: ?{alternation(self.en.words('of'))} | ?-?)"
        range_ = f" ?{alternation(self.en.words('range'))} ?"
        first = rf"(?:{self.day('dd0')}{range_})?{self.day('dd')}{of}{self.month('dm')}{self.english_year('dy')}"
        last = f"{range_}{self.day('dd2')}{of}{self.month('dm2')}{self.english_year('dy2')}"
        return rf"(?<!\d)(?<![\d][.,:/]){first}(?:{last})?"

    def month(self, name: str) -> str:
        return rf"(?P<{name}>{alternation(self.month_names())}(?![A-Za-z])\.?)"

    def day(self, name: str) -> str:
        suffix = rf"(?:{alternation(self.en.words('ordinal_suffix'))}(?![a-z]))?"
        return rf"(?P<{name}>\d{{1,2}})(?!\d|[.:]\d|,(?!{_ENGLISH_YEAR})\d| ?%){suffix}"

    def english_year(self, name: str) -> str:
        return rf"(?:(?:,? ?|-)(?:{alternation(self.en.words('of'))} )?(?P<{name}>{_ENGLISH_YEAR}))?"

    def relative(self) -> str:
        words = self.en.labels("relative", RELATIVES)
        return rf"(?<![A-Za-z]){alternation([*words, *(word.capitalize() for word in words)])}"

    def time(self) -> str:
        en = self.en
        half = alternation([*en.words("half_days"), *(word.upper() for word in en.words("half_days"))])
        zone = rf"(?: ?(?:{alternation(en.words('zones'))}|Z|[+-]\d{{2}}:?\d{{2}}))?"
        return rf"(?:T|,? {{0,2}}(?:{alternation(en.words('at'))} )?)(?P<time>{_CLOCK}(?: ?{half})?{zone})"


_MONTH_NUMBERS = frozenset(map(str, range(1, 13)))


def _integers(values: Mapping[str, Fraction]) -> dict[str, int]:
    return {word: int(value) for word, value in values.items()}

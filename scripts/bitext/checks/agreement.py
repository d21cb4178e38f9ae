"""Whether two facts of two languages say the same, in all the ways in which a right translation may write them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bitext.checks.facts import WORD, Fact
from bitext.checks.words import Words

_SMALLEST_ROUNDED = 20
"""A rounded number below this is rather another number."""
_PLAY = Fraction(1, 20)
"""By which part a converted unit may be off: translators round."""
_BESIDE = 6
"""Characters between two days of which the second is printed without its month ("August 6 and 7")."""
MINUTES = re.compile(r"(?<=\d)[:\uff1a][0-5]\d")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two passages with their facts."""

    zh_text: str
    en_text: str
    zh: tuple[Fact, ...]
    en: tuple[Fact, ...]
    words: Words
    year: int | None
    """Year that the text is about, as far as known."""

    def agree(self, zh: Fact, en: Fact) -> bool:
        """Whether a fact of the Chinese text and one of the English say the same."""
        if zh.family == en.family and zh.value == en.value:
            return not (self._other_money(zh, en) or self._clock_in_words(zh, en) or self._hour_and_minutes(zh, en))
        if isinstance(zh.value, str) or isinstance(en.value, str):
            return _days_agree(zh, en) or self._second_day(zh, en)
        return (
            _shares_agree(zh, en)
            or _vague_agree(zh, en)
            or self._listed(zh, en)
            or _short_year(zh, en)
            or _rounded(zh, en)
            or self._clock(zh, en)
            or self._converted(zh, en)
            or self._grown(zh, en)
            or self._range(zh, en)
            or (self.words.loose_numbers.search(en.surface) is not None and _about(_number(zh), _number(en)))
        )

    def _other_money(self, zh: Fact, en: Fact) -> bool:
        """Whether both name a currency, and not the same. A bare dollar or yuan may be one of several."""
        first, second = (fact.quantity.unit if fact.quantity else "" for fact in (zh, en))
        if not first or not second or first == second:
            return False
        loose = self.words.loose_money
        return not (loose["zh"].fits(zh.surface, second) or loose["en"].fits(en.surface, first))

    def explains(self, fact: Fact, other: Fact) -> bool:
        """Whether the other fact says at least as much: a day of May says May, nine months say January to September."""
        if fact.family != "month":
            return False
        if other.family == "day":
            return str(other.value)[:2] == fact.value
        mine = self.zh if fact in self.zh else self.en
        months = [found.value for found in mine if found.start == fact.start and found.family == "month"]
        return other.family == "number" and months == ["01", str(other.value).zfill(2)]

    def _second_day(self, zh: Fact, en: Fact) -> bool:
        """A day that borrows its month from the date before it."""
        date, bare, beside = (zh, en, self.en) if zh.kind == "date" else (en, zh, self.zh)
        if bare.kind not in ("number", "ordinal") or not str(date.value).endswith(f"-{int(_number(bare)):02}"):
            return False
        return any(fact.kind == "date" and 0 <= bare.start - fact.end <= _BESIDE for fact in beside)

    def _listed(self, zh: Fact, en: Fact) -> bool:
        """A percentage whose sign is printed with one of several numbers ("5, 7 and 9 percent")."""
        if {zh.family, en.family} != {"percent", "number"} or zh.value != en.value:
            return False
        others = self.zh if zh.family == "number" else self.en
        return any(fact.family == "percent" for fact in others)

    def _clock(self, zh: Fact, en: Fact) -> bool:
        """Hours counted to 12 and to 24."""
        hours = (self.words.clock["zh"].match(self.zh_text, zh.end), self.words.clock["en"].match(self.en_text, en.end))
        return all(hours) and abs(_number(zh) - _number(en)) == 12

    def _clock_in_words(self, zh: Fact, en: Fact) -> bool:
        """Whether one is the hour of a time such as 12:00 and the other a number in words: twelve is not 12:00."""
        clock, count = (zh, en) if zh.kind == "time" else (en, zh)
        text = self.zh_text if clock is zh else self.en_text
        if (clock.kind, count.kind) != ("time", "number") or count.surface[-1:].isdigit():
            return False
        return MINUTES.match(text, clock.end) is not None

    def _hour_and_minutes(self, zh: Fact, en: Fact) -> bool:
        """Whether one is the hour of a time such as 10:00 and the other the minutes of one."""
        first, second = _part_of_time(self.zh_text, zh), _part_of_time(self.en_text, en)
        return bool(first and second) and first != second

    def _grown(self, zh: Fact, en: Fact) -> bool:
        """Growth by so many times, and the multiple that it grew to."""
        if _number(en) != _number(zh) + 1:
            return False
        return any(match.start("n") <= zh.start < match.end("n") for match in self.words.growth.finditer(self.zh_text))

    def _range(self, zh: Fact, en: Fact) -> bool:
        """A number that shares its scale with the next: two to three hundred."""
        place = self.en.index(en)
        if en.proof != WORD or en.kind == "time" or place + 1 == len(self.en) or not zh.proof:
            return False
        after = self.en[place + 1]
        if after.family != "number" or after.start - en.end > _BESIDE or not _number(en) or not _number(zh):
            return False
        scale = Fraction(10 ** (len(str(int(_number(after)))) - len(str(int(_number(en))))))
        return scale > 1 and _number(zh) == _number(en) * scale

    def _converted(self, zh: Fact, en: Fact) -> bool:
        for unit in self.words.units:
            if unit.zh.match(self.zh_text, zh.end) and unit.en.match(self.en_text, en.end):
                expected = _number(zh) * unit.factor
                if zh.family == en.family == "vague":
                    return _number(en) <= expected * 10 and expected <= _number(en) * 10
                if abs(expected - _number(en)) <= expected * (_PLAY if unit.rounds or _rough(zh, en) else 0):
                    return True
        return False


def _rough(zh: Fact, en: Fact) -> bool:
    """Whether one of two numbers may be the other, rounded; with the same limit on both sides neither is."""
    first, second = (fact.quantity.approximate if fact.quantity else "" for fact in (zh, en))
    return first != second or first == "about"


def _part_of_time(text: str, fact: Fact) -> str:
    if fact.start and MINUTES.match(text, fact.start - 1):
        return "minutes"
    return "hour" if MINUTES.match(text, fact.end) else ""


def _number(fact: Fact) -> Fraction:
    assert isinstance(fact.value, Fraction)
    return fact.value


def _days_agree(zh: Fact, en: Fact) -> bool:
    """A day without its month, a month without its day, and a day named by an ordinal ("the 19th")."""
    first, second = str(zh.value), str(en.value)
    if zh.kind == en.kind == "date":
        return "-" in (first[:1], second[:1]) and first[-3:] == second[-3:]
    day, other = (first, en) if zh.kind == "date" else (second, zh)
    return day[:1] == "-" and other.kind in ("ordinal", "number") and other.value == int(day[1:])


def _shares_agree(zh: Fact, en: Fact) -> bool:
    """A percentage and a fraction or a multiple: 50 % and a half, 150 % and 1.5 times."""
    if {zh.family, en.family} != {"percent", "number"}:
        return False
    percent, other = (zh, en) if zh.family == "percent" else (en, zh)
    return _number(percent) == _number(other) * 100


def _about(first: Fraction, second: Fraction) -> bool:
    return abs(first - second) * 4 <= max(first, second)


def _vague_agree(zh: Fact, en: Fact) -> bool:
    """A magnitude and the round number of it: hundreds and one hundred."""
    return {zh.family, en.family} == {"vague", "number"} and zh.value == en.value


def _short_year(zh: Fact, en: Fact) -> bool:
    """A year by its last two figures: '24, 24年, 2024-25."""
    (short, fact), (long, _) = sorted(((_number(zh), zh), (_number(en), en)), key=lambda pair: pair[0])
    printed = sum(map(str.isdigit, fact.surface)) == 2
    return printed and "year" in (zh.kind, en.kind) and 1900 <= long < 2100 and long % 100 == short


def _rounded(zh: Fact, en: Fact) -> bool:
    """One number is the other, rounded, and says so or has fewer figures ("nearly 4,000" for 3,995).

    A number that was cut instead of rounded is not: 19.397 is 19.4, and 19.39 is another number.
    """
    if zh.family != en.family or zh.quantity is None or en.quantity is None or zh.kind == "year":
        return False
    exact, round_ = (zh, en) if _figures(_number(zh)) > _figures(_number(en)) else (en, zh)
    if round_.quantity is None or exact.quantity is None or _number(round_) < _SMALLEST_ROUNDED:
        return False
    if exact.quantity.approximate or not round_.quantity.approximate:
        return False
    step = _step(_number(round_))
    direction = {"over": _number(exact) >= _number(round_), "under": _number(exact) <= _number(round_)}
    near = abs(_number(exact) - _number(round_)) * 2 <= step
    return near and direction.get(round_.quantity.approximate, True)


def _figures(value: Fraction) -> int:
    """Figures of a number that say something: 2 for 4300."""
    return len(_decimal(value).strip("0").replace(".", ""))


def _decimal(value: Fraction) -> str:
    text = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return text if "." in text else text.rstrip("0") or "0"


def _step(value: Fraction) -> Fraction:
    """Worth of the last figure that is not zero: 100 for 4300, 1/100 for 19.39."""
    step = Fraction(1)
    while value % step:
        step /= 10
        if step < Fraction(1, 10**6):
            return step
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def shares(facts: Sequence[Fact], text: str, between: frozenset[str]) -> tuple[Fact, ...]:
    """Facts in which "four in ten" is one fraction."""
    found = list(facts)
    for first, second in itertools.pairwise(facts):
        if text[first.end : second.start] in between and _counts(first) and _counts(second) and _number(second):
            share = _number(first) / _number(second)
            if share < 1:
                found = [fact for fact in found if fact not in (first, second)]
                surface = text[first.start : second.end]
                found.append(Fact("number", share, "number", first.start, second.end, surface, WORD))
    return tuple(sorted(found, key=lambda fact: fact.start))


def _counts(fact: Fact) -> bool:
    return fact.kind in ("number", "time") and fact.family == "number"

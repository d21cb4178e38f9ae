"""Quantities in Chinese text, simplified or traditional.

One pattern finds everything that may be a numeral; what it found is then read, or refused, by value and context. A
numeral of one character, or of powers of ten alone, is refused unless a counter, a currency or "more than" says that
it counts something: most such characters are parts of other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from bitext.anchors.entries import Entries, alternation, starts
from bitext.anchors.quantity import (
    FIGURE, FIRST_YEAR, FIXED_KINDS, LAST_YEAR, LIMITS, MAX_DIGITS, Approximate, Kind, Quantity, Reading, figure_value, limit_before,
    spread_over_ranges,
)

# A longer run of numerals is no quantity, and the bound keeps the cost of any input linear.
MAX_NUMERALS = 40

# A positional numeral (二〇二四) of fewer characters is one only if it holds a zero or stands before 年.
SHORTEST_POSITIONAL = 4

_BLANK = "[ \u00a0\u3000]?"


@dataclass(frozen=True, slots=True)
class Characters:
    """Values of the characters that Chinese numerals are made of."""

    digits: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    """Powers of ten below ten thousand."""
    big_scales: Mapping[str, int]
    """Powers of ten thousand."""

    def pieces(self, run: str) -> Iterator[tuple[int, int, Fraction]]:
        """Well-formed numerals in a run of numeral characters, each with its offsets and value.

        >>> characters = Characters({"零": 0, "一": 1, "二": 2, "三": 3, "五": 5}, {}, {"十": 10, "百": 100}, {"万": 10000})
        >>> [int(value) for _, _, value in characters.pieces("十万零一百")]
        [100100]
        >>> [int(value) for _, _, value in characters.pieces("十五五")]
        [15, 5]
        """
        start = 0
        while start < len(run):
            end, value = self._longest(run, start)
            yield start, end, Fraction(value)
            start = end

    def value(self, run: str) -> Fraction | None:
        """Value of a run that is one well-formed numeral."""
        end, value = self._longest(run, 0)
        return Fraction(value) if run and end == len(run) else None

    def positional(self, run: str) -> int | None:
        """Value of a run of digits read one by one, as years and telephone numbers are; ``None`` if it is no such run."""
        if run and all(letter in self.digits for letter in run):
            return int("".join(str(self.digits[letter]) for letter in run))
        return None

    def power(self, run: str) -> int:
        """Product of a run of powers of ten; 1 for an empty one."""
        product = 1
        for letter in run:
            product *= self.scales.get(letter) or self.big_scales[letter]
        return product

    def is_power(self, run: str) -> bool:
        """The run holds powers of ten alone."""
        return all(letter in self.scales or letter in self.big_scales for letter in run)

    def _longest(self, run: str, start: int) -> tuple[int, int]:
        """End and value of the longest well-formed numeral at ``start``."""
        sum_ = _Sum()
        for index in range(start, len(run)):
            if not self._take(sum_, run[index]):
                return index, sum_.value()
        return len(run), sum_.value()

    def _take(self, sum_: _Sum, letter: str) -> bool:
        """Whether ``letter`` goes on with the numeral; if it does, it is added."""
        if letter in self.digits:
            return sum_.digit(self.digits[letter])
        if letter in self.tens:
            return sum_.digit(self.tens[letter] // 10) and sum_.scale(10)
        if letter in self.scales:
            return sum_.scale(self.scales[letter])
        return sum_.big(self.big_scales[letter])


class _Sum:
    """A Chinese numeral while it is read: what is above ten thousand, what is below, and the digit not yet placed."""

    def __init__(self) -> None:
        self.total = self.section = 0
        self.pending: int | None = None
        self.room = 10**4
        """The next power of ten in this section must be smaller."""
        self.last = 0
        """Power of ten read last, 0 after a zero: 三万五 is 35 000, 三万零五 is 30 005."""
        self.empty = True

    def digit(self, digit: int) -> bool:
        if self.pending is not None:
            return False
        if digit == 0 and not self.empty:
            self.last = 0
        else:
            self.pending = digit
        self.empty = False
        return True

    def scale(self, scale: int) -> bool:
        if scale >= self.room or (self.pending is None and scale != 10 and self.section + self.total > 0) or self.pending == 0:
            return False
        self.section += (1 if self.pending is None else self.pending) * scale
        self.pending, self.room, self.last, self.empty = None, scale, scale, False
        return True

    def big(self, scale: int) -> bool:
        below = self.section + (self.pending or 0)
        if below == 0 and self.total == 0 and not self.empty:
            return False
        if 0 < self.total < scale:  # 一万亿: ten thousand times a hundred million
            self.total = (self.total + below) * scale
        elif below or self.total == 0:
            self.total += (below or 1) * scale
        else:
            return False
        self.section, self.pending, self.room, self.last, self.empty = 0, None, 10**4, scale, False
        return True

    def value(self) -> int:
        shorthand = self.last // 10 if self.pending and self.last >= 100 else 1
        return self.total + self.section + (self.pending or 0) * shorthand


@dataclass(frozen=True, slots=True)
class Chinese:
    """What Chinese numerals are made of, and the patterns built from it."""

    characters: Characters
    financial: Mapping[int, int]
    """Translation of the numerals of cheques into everyday ones."""
    pattern: re.Pattern[str]
    enumerator: re.Pattern[str]
    """Number of a heading or list item at the start of a text: no quantity."""
    counter: re.Pattern[str]
    ordinal_counter: re.Pattern[str]
    part: re.Pattern[str]
    """Figure and scale inside a compound such as 3亿5千万."""
    limit_after: re.Pattern[str]
    fixed: Mapping[str, tuple[Kind, Fraction]]
    per: Mapping[str, Fraction]
    percent: Mapping[str, Fraction]
    tenths: frozenset[str]
    money: Mapping[str, str]
    """Currency sign or name → ISO code."""
    limits: Mapping[str, Approximate]
    limit_lengths: tuple[int, ...]
    limits_after: Mapping[str, Approximate]
    ranges: frozenset[str]
    era_words: Mapping[str, int]
    vague_before_counter: tuple[str, ...]
    year: tuple[str, ...]

    def find(self, text: str) -> tuple[Quantity, ...]:
        """Quantities of a text, from left to right."""
        found: list[Reading] = []
        enumerator = self.enumerator.match(text)
        for match in self.pattern.finditer(text, enumerator.end() if enumerator else 0):
            if match.lastgroup != "skip":
                found.extend(_READERS[str(match.lastgroup)](_Finding(self, text, match)))
        return spread_over_ranges(found, lambda start, end: text[start:end] in self.ranges)


class _Finding:
    """One match of the pattern, to be read or refused."""

    def __init__(self, words: Chinese, text: str, match: re.Match[str]) -> None:
        self.words, self.text, self.match = words, text, match
        self.start, self.end = match.span()

    def fixed(self) -> Iterator[Reading]:
        """A word with a value of its own."""
        kind, value = self.words.fixed[self.match[0]]
        yield self._reading(kind, value, weak=value == 1)

    def era(self) -> Iterator[Reading]:
        """A decade: its first year."""
        century, decade = self.match["century"], self.match["decade"]
        if century is None:
            base = 1900
        elif (known := self.words.era_words.get(century)) is not None:
            base = known
        else:
            base = int(self._value(self.match["ordinal_century"]) or 0) * 100 - 100
        yield self._reading("year", base + (self._value(decade) or 0))

    def vague(self) -> Iterator[Reading]:
        """A magnitude without a figure: several hundred."""
        if self.match["prefix"] not in self.words.vague_before_counter or self._counted(self.end):
            yield self._reading("vague", Fraction(self.words.characters.power(self.match["power"])))

    def fraction(self) -> Iterator[Reading]:
        """Two thirds, printed denominator first."""
        below, above = self._value(self.match["below"]), self._value(self.match["above"])
        if below and above is not None:
            yield self._reading("number", above / below)

    def number(self) -> Iterator[Reading]:
        """A figure or a run of numerals, with all that belongs to it."""
        return self._figure() if self.match["figure"] else self._run()

    def cheque(self) -> Iterator[Reading]:
        """Numerals of cheques and contracts."""
        run = self.match["cheque_run"].translate(self.words.financial)
        for _, _, value in self.words.characters.pieces(run):
            yield self._measured(value, self.start, self.match["cheque_suffix"] or "")
            return

    def _figure(self) -> Iterator[Reading]:
        match, characters = self.match, self.words.characters
        value, scale = figure_value(match["figure"]), characters.power(match["scale"] or "")
        value *= scale
        for part in self.words.part.finditer(match["parts"] or ""):
            value += figure_value(part[1]) * characters.power(part[2])
        more = characters.power(match["more"] or "")
        yield self._finished(value * more, Fraction(scale * more), self.start)

    def _run(self) -> Iterator[Reading]:
        run, begin = self.match["run"], self.match.start("run")
        if self.match["ordinal"] is None and self.match["per"] is None and self.match["money"] is None and not self._counts(run):
            return
        if (pair := self._pair(run)) is not None:
            yield from pair
            return
        positional = self._positional(run)
        pieces = [(0, len(run), Fraction(positional))] if positional is not None else list(self.words.characters.pieces(run))
        for first, last, value in pieces[:-1]:
            kind: Kind = "ordinal" if self.match["ordinal"] and first == 0 else "number"
            yield self._reading(kind, value, start=begin + first if first else self.start, end=begin + last)
        first, _, value = pieces[-1]
        value = self._with_point(value) * self.words.characters.power(self.match["more"] or "")
        yield self._finished(value, Fraction(1), begin + first if first else self.start)

    def _counts(self, run: str) -> bool:
        """Whether a run of numerals without a prefix states a quantity."""
        match, characters = self.match, self.words.characters
        if match["over"] or match["suffix"] or match["point"] or match["half"]:
            return True
        if characters.is_power(run) and characters.scales.get(run[0]) != 10:
            return self._counted(self.end) if len(run) > 1 else bool(self._limit(self.start, self.end))
        if len(run) == 1:
            return self._counted(self.end)
        return characters.positional(run) is None or self._positional(run) is not None or (
            self._pair(run) is not None and self._counted(self.end)
        )

    def _positional(self, run: str) -> int | None:
        """Value of a run of digits that is read digit by digit."""
        value = self.words.characters.positional(run)
        long = len(run) >= SHORTEST_POSITIONAL or (len(run) > 1 and (0 in map(self.words.characters.digits.get, run)))
        return value if long or (len(run) > 1 and self._at_year()) else None

    def _pair(self, run: str) -> list[Reading] | None:
        """Both numbers of "two or three": 两三个, 二三十, 十七八."""
        characters, begin = self.words.characters, self.match.start("run")
        for index in range(len(run) - 1):
            low, high = characters.digits.get(run[index]), characters.digits.get(run[index + 1])
            if low and high == low + 1:
                first, second = characters.value(run[: index + 1] + run[index + 2 :]), characters.value(run[:index] + run[index + 1 :])
                if first is None or second is None:
                    return None
                more = characters.power(self.match["more"] or "")
                return [
                    self._reading("number", first * more, end=begin + index + 1),
                    self._finished(second * more, Fraction(1), begin + index + 1),
                ]
        return None

    def _with_point(self, value: Fraction) -> Fraction:
        """``value`` with its decimals: 三点一四."""
        decimals = (self.match["point"] or "")[1:]
        return value + Fraction(self.words.characters.positional(decimals) or 0, 10 ** len(decimals)) if decimals else value

    def _finished(self, value: Fraction, scale: Fraction, start: int) -> Reading:
        """The reading of a number whose value is known, by what stands before and after it."""
        match = self.match
        if match["per"]:
            return self._reading("percent", value * self.words.per[match["per"]], start=start)
        if match["ordinal"]:
            return self._reading("ordinal", value, start=start, weak=self._is_weak(value))
        if match["money"]:
            return self._reading("currency", value, scale, start=start, unit=self.words.money[match["money"].strip()])
        return self._measured(value, start, match["suffix"] or "", scale)

    def _measured(self, value: Fraction, start: int, suffix: str, scale: Fraction = Fraction(1)) -> Reading:
        """The reading of a number by its suffix."""
        words, suffix = self.words, suffix.strip(" \u00a0\u3000")
        if suffix in words.percent:
            return self._reading("percent", value * words.percent[suffix], start=start)
        if suffix and suffix[0] in words.tenths:
            return self._reading("percent", value * 10 + (5 if len(suffix) > 1 else 0), start=start)
        if suffix:
            return self._reading("currency", value, scale, start=start, unit=words.money[suffix])
        if self.match["half"]:
            return self._reading("number", value + Fraction(1, 2), start=start)
        return self._reading(self._kind(value), value, scale, start=start, weak=self._is_weak(value))

    def _kind(self, value: Fraction) -> Kind:
        """Kind of a number without prefix and suffix."""
        if self.words.ordinal_counter.match(self.text, self.end):
            return "ordinal"
        digits = self.end - self.start == 4 and value.denominator == 1 and not self.match["over"]
        if digits and 1000 <= value < 3000 and self._at_year():
            return "year"
        bare = digits and self.match["figure"] is not None and FIRST_YEAR <= value <= LAST_YEAR
        return "year" if bare and not self._counted(self.end) else "number"

    def _reading(
        self, kind: Kind, value: Fraction, scale: Fraction = Fraction(1), *, start: int = -1, end: int = -1, unit: str = "",
        weak: bool = False,
    ) -> Reading:
        start, end = self.start if start < 0 else start, self.end if end < 0 else end
        return Reading(Quantity(value, kind, start, end, self.text[start:end], self._limit(start, end), unit, weak), scale)

    def _limit(self, start: int, end: int) -> Approximate:
        words = self.words
        if self.match.lastgroup == "number" and self.match["over"] and end == self.end:
            return "over"
        if found := limit_before(self.text, start, words.limits, words.limit_lengths):
            return found
        after = words.limit_after.match(self.text, end)
        return words.limits_after[after[1]] if after else ""

    def _value(self, numeral: str) -> Fraction | None:
        return figure_value(numeral) if numeral[0].isdigit() else self.words.characters.value(numeral)

    def _counted(self, end: int) -> bool:
        return self.words.counter.match(self.text, end) is not None

    def _at_year(self) -> bool:
        return self.text.startswith(self.words.year, self.end)

    def _is_weak(self, value: Fraction) -> bool:
        return value == 1 and self.match["run"] is not None


_READERS: dict[str, Callable[[_Finding], Iterator[Reading]]] = {
    "fixed": _Finding.fixed, "era": _Finding.era, "vague": _Finding.vague, "fraction": _Finding.fraction,
    "number": _Finding.number, "cheque": _Finding.cheque,
}


def load(entries: Entries) -> Chinese:
    """Chinese numerals from their section of the data file.

    :raises bitext.anchors.entries.AnchorDataError: for a wrong entry.
    """
    return _Builder(entries).built()


class _Builder:
    """Builds the patterns from the entries."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.guards = {word: f"(?!{alternation(after)})" for word, after in entries.groups("not_before").items()}
        unless = entries.groups("skip_unless_before")
        self.skip_guards = {word: f"(?!{alternation(after)})" for word, after in unless.items()}
        self.skip = (*entries.words("skip"), *unless)
        self.behind = {word: f"(?<![{re.escape(before)}])" for word, before in entries.texts("not_after").items()}
        self.characters = Characters(
            *({word: int(value) for word, value in entries.values(key).items()} for key in ("digits", "tens", "scales", "big_scales"))
        )
        self.cheque_digits, self.cheque_scales = entries.values("financial_digits"), entries.values("financial_scales")
        self.per, self.percent = entries.values("percent_prefix"), entries.values("percent_suffix")
        self.money_before, self.money_after = _codes(entries, "currency_prefix"), _codes(entries, "currency_suffix")
        self.vague_words = (*entries.words("vague_prefix"), *entries.words("vague_before_counter"))
        self.era_words = {word: int(value) for word, value in entries.values("era_words").items()}
        self.fixed: dict[str, tuple[Kind, Fraction]] = {
            word: (kind, value)
            for kind in FIXED_KINDS
            for word, value in self._fixed(kind).items()
        }

    def _fixed(self, kind: str) -> dict[str, Fraction]:
        return self.entries.entries("fixed").values(kind)

    def any(self, *words: Iterable[str]) -> str:
        """Pattern for any of the words, guarded by what must not follow."""
        return alternation([word for group in words for word in group], self.guards)

    def number(self) -> str:
        """Pattern of a figure or a run of numerals with prefixes and suffixes."""
        entries, scale = self.entries, self.scale()
        loose = f"{self.any(entries.words('loose_suffix'))}(?={self.counters()})"
        suffix = self.any(self.percent, self.money_after)
        halves = alternation(entries.words("half"))
        half = f"{alternation(entries.words('half_after'))}{halves}"
        point = f"{alternation(entries.words('point'))}[{''.join(self.characters.digits)}]{{1,20}}(?!{self.numeral()}|{alternation(entries.words('no_point_before'))})"
        return (
            f"(?P<number>(?P<ordinal>{alternation(entries.words('ordinal_prefix'))}{_BLANK})?"
            f"(?P<money>{alternation(self.money_before)}{_BLANK})?(?P<per>{alternation(self.per)})?"
            f"(?:(?P<figure>{FIGURE})(?:{_BLANK}(?P<scale>{scale}{{1,4}})(?P<parts>(?:{FIGURE}{scale}{{1,4}}){{0,3}}))?"
            f"|(?P<run>{self.numeral()}{{1,{MAX_NUMERALS}}})(?P<point>{point})?)"
            f"(?P<over>{self.any(entries.words('over_suffix'))}|{loose})?(?P<more>{scale}{{1,3}})?"
            f"(?:(?P<half>{half})|(?P<suffix>{_BLANK}(?:{suffix}|{self.any(entries.words('tenths'))}{halves}?)))?)"
        )

    def numeral(self) -> str:
        """Pattern of one character of a numeral."""
        return self.any(self.characters.digits, self.characters.tens, self.characters.scales, self.characters.big_scales)

    def scale(self) -> str:
        return self.any(self.characters.scales, self.characters.big_scales)

    def counters(self) -> str:
        return alternation(self.entries.words("counters"))

    def era(self) -> str:
        era = self.entries.entries("era")
        century = f"(?P<ordinal_century>\\d{{1,2}}|{self.numeral()}{{1,3}}){alternation(era.words('century'))}"
        return (
            f"(?P<era>(?P<century>{century}|{alternation(self.era_words)})?"
            f"(?P<decade>\\d0|{self.numeral()}{{1,2}}){alternation(era.words('decade'))})"
        )

    def vague(self) -> str:
        words = "|".join(self.behind.get(word, "") + alternation([word]) for word in sorted(self.vague_words, key=len, reverse=True))
        return f"(?P<vague>(?P<prefix>{words})(?P<power>{self.scale()}{{1,3}}))"

    def fraction(self) -> str:
        value = f"\\d{{1,6}}|{self.numeral()}{{1,8}}"
        return f"(?P<fraction>(?P<below>{value}){alternation(self.entries.words('fraction'))}(?P<above>{value}))"

    def cheque(self) -> str:
        digits, scales = alternation(self.cheque_digits), alternation([*self.cheque_scales, *self.characters.big_scales])
        return (
            f"(?P<cheque>(?P<cheque_run>{digits}{scales}(?:{digits}|{scales}){{0,{MAX_NUMERALS}}})"
            f"(?P<cheque_suffix>{self.any(self.money_after)})?)"
        )

    def pattern(self) -> re.Pattern[str]:
        first = starts(
            self.characters.digits, self.characters.tens, self.characters.scales, self.characters.big_scales, self.skip, self.fixed,
            self.cheque_digits, self.money_before, self.per, self.vague_words, self.era_words, self.entries.words("ordinal_prefix"),
        )
        skip = (
            rf"(?P<skip>{alternation(self.skip, self.skip_guards)}|\d{{{MAX_DIGITS + 1},}}|"
            f"{self.numeral()}{{{MAX_NUMERALS + 1},}})"
        )
        fixed = f"(?P<fixed>{alternation(self.fixed)})"
        kinds = (fixed, skip, self.era(), self.vague(), self.per_or_fraction(), self.number(), self.cheque())
        return re.compile(rf"(?=[\d{first}])(?:{'|'.join(kinds)})")

    def per_or_fraction(self) -> str:
        return f"(?!{alternation(self.per)}){self.fraction()}"

    def enumerator(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[(\uff08]?(?:\d{{1,2}}|{self.numeral()}{{1,3}})[\u3001.\uff0e)\uff09](?!\d)")

    def built(self) -> Chinese:
        entries = self.entries
        approximate = entries.entries("approximate")
        limits = approximate.labels("before", LIMITS)
        limits_after = approximate.labels("after", LIMITS)
        found = Chinese(
            characters=self.characters,
            financial=self.financial(),
            pattern=self.pattern(),
            enumerator=self.enumerator(),
            counter=re.compile(f"{_BLANK}{self.counters()}"),
            ordinal_counter=re.compile(alternation(entries.words("ordinal_counters"))),
            part=re.compile(f"({FIGURE})({self.scale()}{{1,4}})"),
            limit_after=re.compile(f".{{0,3}}?({alternation(limits_after)})"),
            fixed=self.fixed,
            per=self.per,
            percent=self.percent,
            tenths=frozenset(entries.words("tenths")),
            money=self.money_before | self.money_after,
            limits=cast("dict[str, Approximate]", limits),
            limit_lengths=tuple(sorted({len(word) for word in limits}, reverse=True)),
            limits_after=cast("dict[str, Approximate]", limits_after),
            ranges=frozenset(entries.words("range")),
            era_words=self.era_words,
            vague_before_counter=entries.words("vague_before_counter"),
            year=entries.words("year"),
        )
        entries.finish()
        return found

    def financial(self) -> dict[int, int]:
        """Everyday character for each financial one, found by value."""
        everyday = {value: word for table in (self.characters.digits, self.characters.scales) for word, value in reversed(table.items())}
        values = self.cheque_digits | self.cheque_scales
        return {ord(word): ord(everyday[int(value)]) for word, value in values.items()}


def _codes(entries: Entries, key: str) -> dict[str, str]:
    """Name or sign of a currency → its ISO code."""
    return entries.labels(key)

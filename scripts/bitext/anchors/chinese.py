"""Quantities in Chinese text, simplified or traditional.

The text is simplified first, one character for one, so that the data has a single form of every word and offsets stay.
One pattern finds everything that may be a numeral; what it found is then read, or refused, by value and context. A
numeral of one character, or of powers of ten alone, is refused unless a counter, a currency or "more than" says that
it counts something: most such characters are parts of other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bitext.anchors.chinese_numeral import Characters
from bitext.anchors.entries import Entries, alternation, starts
from bitext.anchors.quantity import (
    FIGURE,
    FIRST_YEAR,
    FIXED_KINDS,
    LAST_YEAR,
    LIMITS,
    MAX_DIGITS,
    ONE,
    Approximate,
    Kind,
    Quantity,
    Reading,
    figure_value,
    limit_before,
    spread_over_ranges,
)
from bitext.plain import simplify

MAX_NUMERALS = 40
"""Characters of a numeral: a longer run is no quantity, and the bound keeps the cost of any input linear."""

# Numerals read digit by digit, as years are; a shorter run is one only if it holds a zero or the word for year follows.
SHORTEST_POSITIONAL = 4

_BRACKETS = {"()", "\uff08\uff09"}
_BLANK = "[ \u00a0\u3000]?"


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
    limit_ends: frozenset[str]
    """Last characters of these words."""
    limits_after: Mapping[str, Approximate]
    ranges: frozenset[str]
    era_words: Mapping[str, int]
    """Name of a century → its first year."""
    bare_decade: int
    """First year of the century of a decade that names none."""
    vague_before_counter: tuple[str, ...]
    year: tuple[str, ...]

    def find(self, text: str) -> tuple[Quantity, ...]:
        """Quantities of a text, from left to right."""
        found: list[Reading] = []
        plain = simplify(text)
        enumerator = self.enumerator.match(plain)
        for match in self.pattern.finditer(plain, enumerator.end() if enumerator else 0):
            if match.lastgroup != "skip":
                found.extend(_READERS[str(match.lastgroup)](_Finding(self, text, plain, match)))
        return spread_over_ranges(found, lambda start, end: plain[start:end] in self.ranges)


class _Finding:
    """One match of the pattern, to be read or refused."""

    def __init__(self, words: Chinese, printed: str, text: str, match: re.Match[str]) -> None:
        self.words, self.printed, self.text, self.match = words, printed, text, match
        self.start, self.end = match.span()

    def fixed(self) -> Iterator[Reading]:
        """A word with a value of its own."""
        kind, value = self.words.fixed[self.match[0]]
        yield self._reading(kind, value, weak=value == 1)

    def era(self) -> Iterator[Reading]:
        """A decade: its first year."""
        century, decade = self.match["century"], self.match["decade"]
        if century is None:
            base = Fraction(self.words.bare_decade)
        elif (known := self.words.era_words.get(century)) is not None:
            base = Fraction(known)
        else:
            base = (self._value(self.match["ordinal_century"]) or Fraction(1)) * 100 - 100
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
        if not (match["scale"] or match["parts"] or match["more"]):
            yield self._finished(figure_value(match["figure"]), ONE, self.start)
            return
        value, scale = figure_value(match["figure"]), characters.power(match["scale"] or "")
        value *= scale
        for part in self.words.part.finditer(match["parts"] or ""):
            value += figure_value(part[1]) * characters.power(part[2])
        more = characters.power(match["more"] or "")
        yield self._finished(value * more, Fraction(scale * more), self.start)

    def _run(self) -> Iterator[Reading]:
        run, begin = self.match["run"], self.match.start("run")
        if not (self.match["ordinal"] or self.match["per"] or self.match["money"] or self._counts(run)):
            return
        if (pair := self._pair(run)) is not None:
            yield from pair
            return
        if (positional := self._positional(run)) is not None:
            pieces = [(0, len(run), Fraction(positional))]
        else:
            pieces = list(self.words.characters.pieces(run))
        for first, last, value in pieces[:-1]:
            kind: Kind = "ordinal" if self.match["ordinal"] and first == 0 else "number"
            yield self._reading(kind, value, start=begin + first if first else self.start, end=begin + last)
        first, _, value = pieces[-1]
        value = self._with_point(value)
        if self.match["more"]:
            value *= self.words.characters.power(self.match["more"])
        yield self._finished(value, ONE, begin + first if first else self.start)

    def _counts(self, run: str) -> bool:
        """Whether a run of numerals without a prefix states a quantity."""
        match, characters = self.match, self.words.characters
        if match["over"] or match["suffix"] or match["point"] or match["half"]:
            return True
        if characters.is_power(run) and characters.scales.get(run[0]) != 10:
            return self._counted(self.end) if len(run) > 1 else bool(self._limit(self.start, self.end))
        if not any(characters.digits.get(letter, 1) for letter in run):
            return False
        if len(run) == 1:
            return self._counted(self.end) or self._bracketed()
        if characters.positional(run) is None or self._positional(run) is not None:
            return True
        return self._counted(self.end) and self._pair(run) is not None

    def _positional(self, run: str) -> int | None:
        """Value of a run of digits that is read digit by digit."""
        characters = self.words.characters
        if len(run) >= SHORTEST_POSITIONAL:
            return characters.positional(run)
        sure = len(run) > 1 and (self._at_year() or 0 in map(characters.digits.get, run))
        return characters.positional(run) if sure else None

    def _pair(self, run: str) -> list[Reading] | None:
        """Both numbers of "two or three": 两三个, 二三十, 十七八."""
        digits = self.words.characters.digits
        for index in range(len(run) - 1):
            low, high = digits.get(run[index]), digits.get(run[index + 1])
            if low and high == low + 1:
                return self._both(run, index)
        return None

    def _both(self, run: str, index: int) -> list[Reading] | None:
        """The numbers that ``run`` is with one or the other of the digits at ``index``."""
        characters, middle = self.words.characters, self.match.start("run") + index + 1
        first = characters.value(run[: index + 1] + run[index + 2 :])
        second = characters.value(run[:index] + run[index + 1 :])
        if first is None or second is None:
            return None
        more = characters.power(self.match["more"] or "")
        return [self._reading("number", first * more, end=middle), self._finished(second * more, ONE, middle)]

    def _with_point(self, value: Fraction) -> Fraction:
        """``value`` with its decimals: 三点一四."""
        if not self.match["point"]:
            return value
        decimals = self.match["point"][1:]
        return value + Fraction(self.words.characters.positional(decimals) or 0, 10 ** len(decimals))

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

    def _measured(self, value: Fraction, start: int, suffix: str, scale: Fraction = ONE) -> Reading:
        """The reading of a number by its suffix."""
        words, suffix = self.words, suffix.strip(" \u00a0\u3000")
        if suffix in words.percent:
            return self._reading("percent", value * words.percent[suffix], start=start)
        if suffix and suffix[0] in words.tenths:
            # After the tenths stands nothing, a digit, or the word for half.
            more = words.characters.digits.get(suffix[1], 5) if len(suffix) > 1 else 0
            return self._reading("percent", value * 10 + more, start=start)
        if suffix:
            return self._reading("currency", value, scale, start=start, unit=words.money[suffix])
        if self.match["half"]:
            return self._reading("number", value + Fraction(1, 2), start=start)
        return self._reading(self._kind(value), value, scale, start=start, weak=self._is_weak(value))

    def _kind(self, value: Fraction) -> Kind:
        """Kind of a number without prefix and suffix."""
        if self.words.ordinal_counter.match(self.text, self.end):
            return "ordinal"
        if self.end - self.start != 4 or value.denominator != 1 or self.match["over"]:
            return "number"
        if 1000 <= value.numerator < 3000 and self._at_year():
            return "year"
        bare = self.match["figure"] is not None and FIRST_YEAR <= value.numerator <= LAST_YEAR
        return "year" if bare and not self._counted(self.end) else "number"

    def _reading(
        self,
        kind: Kind,
        value: Fraction,
        scale: Fraction = ONE,
        *,
        start: int | None = None,
        end: int | None = None,
        unit: str = "",
        weak: bool = False,
    ) -> Reading:
        start, end = self.start if start is None else start, self.end if end is None else end
        surface, limit = self.printed[start:end], self._limit(start, end)
        return Reading(Quantity(value, kind, start, end, surface, limit, unit, weak), scale)

    def _limit(self, start: int, end: int) -> Approximate:
        words = self.words
        if self.match.lastgroup == "number" and self.match["over"] and end == self.end:
            return "over"
        ended = start and self.text[start - 1] in words.limit_ends
        if ended and (found := limit_before(self.text, start, words.limits, words.limit_lengths)):
            return found
        after = words.limit_after.match(self.text, end)
        return words.limits_after[after[1]] if after else ""

    def _value(self, numeral: str) -> Fraction | None:
        return figure_value(numeral) if numeral[0].isdigit() else self.words.characters.value(numeral)

    def _counted(self, end: int) -> bool:
        return self.words.counter.match(self.text, end) is not None

    def _at_year(self) -> bool:
        return self.text.startswith(self.words.year, self.end)

    def _bracketed(self) -> bool:
        """The number of a list item inside a line: （三）. The other language may well print a letter."""
        around = self.text[max(self.start - 1, 0) : self.start] + self.text[self.end : self.end + 1]
        return around in _BRACKETS

    def _is_weak(self, value: Fraction) -> bool:
        return self.match["run"] is not None and (value == 1 or self._bracketed())


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
        self.skip = (*entries.words("skip"), *unless)
        self.behind = {word: f"(?<![{re.escape(before)}])" for word, before in entries.texts("not_after").items()}
        digits, tens, scales, big = (_whole(entries.values(key)) for key in ("digits", "tens", "scales", "big_scales"))
        self.characters = Characters(digits, tens, scales, big)
        goes_on = f"(?!{self.numeral()})"
        self.skip_guards = {word: goes_on for word in self.skip if re.fullmatch(self.numeral(), word[-1])}
        for word, after in unless.items():
            self.skip_guards[word] = f"(?!{alternation(after)}){self.skip_guards.get(word, '')}"
        self.cheque_digits, self.cheque_scales = entries.values("financial_digits"), entries.values("financial_scales")
        self.per, self.percent = entries.values("percent_prefix"), entries.values("percent_suffix")
        self.money_before, self.money_after = entries.labels("currency_prefix"), entries.labels("currency_suffix")
        self.vague_words = (*entries.words("vague_prefix"), *entries.words("vague_before_counter"))
        self.era_words = _whole(entries.values("era_words"))
        fixed = entries.entries("fixed")
        self.fixed: dict[str, tuple[Kind, Fraction]] = {
            word: (kind, value) for kind in FIXED_KINDS for word, value in fixed.values(kind).items()
        }
        fixed.finish()

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
        no_point = alternation(entries.words("no_point_before"))
        digits = "".join(self.characters.digits)
        not_after_point = f"[{digits}]|{self.any(self.characters.scales)}|{no_point}"
        point = f"{alternation(entries.words('point'))}[{digits}]{{1,20}}(?!{not_after_point})"
        return (
            f"(?P<number>(?P<ordinal>{alternation(entries.words('ordinal_prefix'))}[ \u00a0\u3000(\uff08]?)?"
            f"(?P<money>{alternation(self.money_before)}{_BLANK})?(?P<per>{alternation(self.per)})?"
            f"(?:(?P<figure>{FIGURE})(?:{_BLANK}(?P<scale>{scale}{{1,4}})(?P<parts>(?:{FIGURE}{scale}{{1,4}}){{0,3}}))?"
            f"|(?P<run>{self.numeral()}{{1,{MAX_NUMERALS}}})(?P<point>{point})?)"
            f"(?P<over>{self.any(entries.words('over_suffix'))}|{loose})?(?P<more>{scale}{{1,3}})?"
            f"(?:(?P<half>{half})|(?P<suffix>{_BLANK}(?:{suffix}|{self.any(entries.words('tenths'))}(?:{halves}|[{digits}])?)))?)"
        )

    def numeral(self) -> str:
        """Pattern of one character of a numeral."""
        return self.any(*self.letters())

    def letters(self) -> tuple[Iterable[str], ...]:
        """Groups of the characters of numerals."""
        characters = self.characters
        return characters.digits, characters.tens, characters.scales, characters.big_scales

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
        longest_first = sorted(self.vague_words, key=len, reverse=True)
        words = "|".join(self.behind.get(word, "") + re.escape(word) for word in longest_first)
        return f"(?P<vague>(?P<prefix>{words})(?P<power>{self.scale()}{{1,3}}))"

    def fraction(self) -> str:
        value = f"\\d{{1,6}}|{self.numeral()}{{1,8}}"
        parts = alternation(self.entries.words("fraction"))
        return f"(?P<fraction>(?!{alternation(self.per)})(?P<below>{value}){parts}(?P<above>{value}))"

    def cheque(self) -> str:
        digits = alternation(self.cheque_digits)
        scales = alternation([*self.cheque_scales, *self.characters.big_scales])
        return (
            f"(?P<cheque>(?P<cheque_run>{digits}{scales}(?:{digits}|{scales}){{0,{MAX_NUMERALS}}})"
            f"(?P<cheque_suffix>{self.any(self.money_after)})?)"
        )

    def pattern(self) -> re.Pattern[str]:
        prefixes = (self.money_before, self.per, self.vague_words, self.era_words, self.entries.words("ordinal_prefix"))
        first = starts(*self.letters(), self.cheque_digits, self.skip, self.fixed, *prefixes)
        skip = (
            rf"(?P<skip>{alternation(self.skip, self.skip_guards)}|\d{{{MAX_DIGITS + 1},}}|"
            f"{self.numeral()}{{{MAX_NUMERALS + 1},}})"
        )
        fixed = f"(?P<fixed>{alternation(self.fixed)})"
        kinds = (skip, fixed, self.era(), self.vague(), self.fraction(), self.number(), self.cheque())
        return re.compile(rf"(?=[\d{first}])(?:{'|'.join(kinds)})")

    def enumerator(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[(\uff08]?(?:\d{{1,2}}|{self.numeral()}{{1,3}})[\u3001.\uff0e)\uff09](?!\d)")

    def built(self) -> Chinese:
        entries = self.entries
        approximate = entries.entries("approximate")
        limits, limits_after = approximate.labels("before", LIMITS), approximate.labels("after", LIMITS)
        approximate.finish()
        ordinal_counters = entries.words("ordinal_counters")
        found = Chinese(
            characters=self.characters,
            financial=self.financial(),
            pattern=self.pattern(),
            enumerator=self.enumerator(),
            counter=re.compile(f"{_BLANK}{self.counters()}"),
            ordinal_counter=re.compile(alternation(ordinal_counters)),
            part=re.compile(f"({FIGURE})({self.scale()}{{1,4}})"),
            limit_after=re.compile(f"[\\w%]{{0,3}}?({alternation(limits_after)})"),
            fixed=self.fixed,
            per=self.per,
            percent=self.percent,
            tenths=frozenset(entries.words("tenths")),
            money=self.money_before | self.money_after,
            limits={word: LIMITS[name] for word, name in limits.items()},
            limit_lengths=tuple(sorted({len(word) for word in limits}, reverse=True)),
            limit_ends=frozenset(word[-1] for word in limits),
            limits_after={word: LIMITS[name] for word, name in limits_after.items()},
            ranges=frozenset(entries.words("range")),
            era_words=self.era_words,
            bare_decade=entries.whole("bare_decade"),
            vague_before_counter=entries.words("vague_before_counter"),
            year=entries.words("year"),
        )
        entries.finish()
        return found

    def financial(self) -> dict[int, int]:
        """Everyday character for each financial one, found by value."""
        characters = self.characters
        everyday: dict[int, str] = {}
        for word, value in (*characters.digits.items(), *characters.scales.items()):
            everyday.setdefault(value, word)
        values = self.cheque_digits | self.cheque_scales
        return {ord(word): ord(everyday[int(value)]) for word, value in values.items()}


def _whole(values: Mapping[str, Fraction]) -> dict[str, int]:
    return {word: int(value) for word, value in values.items()}

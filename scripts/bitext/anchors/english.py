"""Quantities in English text: figures, number words and magnitudes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bitext.anchors.english_numeral import Part, Sum, Word
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
    spread_over_ranges,
)

MAX_WORDS = 24
"""Words of a numeral: the bound keeps the cost of any input linear."""

_BLANKS = re.compile(r"[\s-]+")
_GROWS = "\u0130"
"""The one letter that becomes two when it is made small."""


@dataclass(frozen=True, slots=True)
class English:
    """What English numbers are made of, and the patterns built from it."""

    words: Mapping[str, Word]
    needy: frozenset[str]
    """Words that need a number before them: "century" alone is none."""
    token: re.Pattern[str]
    pattern: re.Pattern[str]
    """Of a text in small letters: where capitals do not count, an expression takes three times as long."""
    ordinal_and_capital: re.Pattern[str]
    """Where a capital tells that an ordinal ends: 20thCentury."""
    enumerator: re.Pattern[str]
    """Number of a heading or list item at the start of a text: no quantity."""
    fixed: Mapping[str, tuple[Kind, Fraction]]
    scales: Mapping[str, int]
    """Scale words and abbreviations that follow figures."""
    vague: Mapping[str, int]
    denominators: Mapping[str, int]
    percent: Mapping[str, Fraction]
    money: Mapping[str, str]
    """Currency sign or name in small letters → ISO code."""
    limits: Mapping[str, Approximate]
    limit_before: re.Pattern[str]
    limit_ends: tuple[str, ...]
    """The words of ``limits``, each with the blank behind it: where none of them ends, none is looked for."""
    longest_limit: int
    """Length of the longest word of ``limits``, with a letter and a blank round it."""
    limits_after: Mapping[str, Approximate]
    limit_after: re.Pattern[str]
    ranges: frozenset[str]
    counted: re.Pattern[str]
    """Nouns before which four figures are a count and no year."""

    def find(self, text: str) -> tuple[Quantity, ...]:
        """Quantities of a text, from left to right."""
        found: list[Reading] = []
        enumerator = self.enumerator.match(text)
        for match in self.pattern.finditer(self._small(text), enumerator.end() if enumerator else 0):
            if match.lastgroup != "skip":
                found.extend(_READERS[str(match.lastgroup)](_Finding(self, text, match)))
        return spread_over_ranges(found, lambda start, end: text[start:end] in self.ranges)

    def _small(self, text: str) -> str:
        """The text in small letters, each where it was; capitals right after an ordinal are kept."""
        small = text.replace(_GROWS, "i").lower()
        if not self.ordinal_and_capital.search(text):
            return small
        letters = list(small)
        for match in self.ordinal_and_capital.finditer(text):
            letters[match.end() - 1] = text[match.end() - 1]
        return "".join(letters)


class _Finding:
    """One match of the pattern, to be read or refused."""

    def __init__(self, words: English, text: str, match: re.Match[str]) -> None:
        self.words, self.text, self.match = words, text, match
        self.start, self.end = match.span()

    def fixed(self) -> Iterator[Reading]:
        """A word with a value of its own."""
        kind, value = self.words.fixed[plain(self.match[0])]
        yield self._reading(kind, value, weak=value == 1)

    def vague(self) -> Iterator[Reading]:
        """A magnitude without a figure: tens of thousands."""
        value = 1
        for word in _BLANKS.split(self.match[0].lower()):
            value *= self.words.vague.get(word, 1)
        yield self._reading("vague", Fraction(value))

    def decade(self) -> Iterator[Reading]:
        """A decade, by its first year."""
        yield self._reading("year", Fraction(int(self.match["decade_year"])))

    def fraction(self) -> Iterator[Reading]:
        """Two thirds."""
        above, below = plain(self.match["above"]), plain(self.match["below"])
        yield self._reading("number", Fraction(max(self.words.words[above].value, 1), self.words.denominators[below]))

    def half_of(self) -> Iterator[Reading]:
        """Half a million."""
        yield self._reading("number", Fraction(self.words.words[plain(self.match["halved"])].value, 2))

    def ordinal(self) -> Iterator[Reading]:
        """Figures with an ordinal ending."""
        yield self._reading("ordinal", figure_value(self.match["ordinal_figure"]))

    def number(self) -> Iterator[Reading]:
        """Figures or number words, with all that belongs to them."""
        return self._run() if self.match["figures"] is None else self._figure()

    def _figure(self) -> Iterator[Reading]:
        """Figures with the scale, percent sign and currency that belong to them."""
        value, printed = figure_value(self.match["figures"]), self.match["scale"]
        if not printed:
            yield self._measured(value, self.start, ONE)
            return
        scale = math.prod(self.words.scales.get(word, 1) for word in _BLANKS.split(printed.lower()))
        yield self._measured(value * scale, self.start, Fraction(scale))

    def _run(self) -> Iterator[Reading]:
        """Number words; several numbers may follow each other ("six two-day courses")."""
        tokens = list(self.words.token.finditer(self.text, *self.match.span("run_words")))
        while tokens:
            sum_, length = self._longest(tokens)
            if length and not self._bare(tokens[:length]):
                yield self._words_read(tokens[:length], sum_, last=length == len(tokens))
            tokens = tokens[max(length, 1) :]

    def _longest(self, tokens: list[re.Match[str]]) -> tuple[Sum, int]:
        """The number at the start of ``tokens``, and how many of them it takes."""
        sum_, length = Sum(), 0
        for token in tokens:
            if not sum_.take(self.words.words[plain(token[0])]):
                break
            length += 1
        return sum_, length - (sum_.last == "and")

    def _bare(self, tokens: list[re.Match[str]]) -> bool:
        """A word such as "century" that needs a number before it, or an article alone."""
        first = self.words.words[plain(tokens[0][0])]
        return len(tokens) == 1 and (first.part == "article" or plain(tokens[0][0]) in self.words.needy)

    def _words_read(self, tokens: list[re.Match[str]], sum_: Sum, *, last: bool) -> Reading:
        start, value = tokens[0].start(), Fraction(sum_.value)
        weak = value == 1 or (len(tokens) == 1 and self.words.words[plain(tokens[0][0])].part in {"hundred", "scale"})
        if sum_.ordinal:
            return self._reading("ordinal", value, start=start, end=tokens[-1].end(), weak=weak)
        if not last:
            return self._reading("number", value, start=start, end=tokens[-1].end(), weak=weak)
        return self._measured(value, start, Fraction(sum_.scale), weak=weak)

    def _measured(self, value: Fraction, start: int, scale: Fraction, *, weak: bool = False) -> Reading:
        """The reading of a number by what stands before and after it."""
        words, printed, money = self.words, self.match["suffix"], self._money()
        suffix = plain(printed) if printed else ""
        if suffix in words.percent:
            return self._reading("percent", value * words.percent[suffix], start=start)
        if money or suffix:
            return self._reading("currency", value, scale, start=start, unit=money or words.money[suffix])
        if self.match["and_half"]:
            return self._reading("number", value + Fraction(1, 2), start=start)
        return self._reading("year" if self._is_year(value) else "number", value, scale, start=start, weak=weak)

    def _money(self) -> str:
        """Code of the currency printed before the figures; a later sign such as "yuan" agrees with it or is a slip."""
        before = self.match["money"]
        return self.words.money[plain(before)] if before else ""

    def _is_year(self, value: Fraction) -> bool:
        """Four figures that count nothing."""
        return (
            self.end - self.start == 4 and self.match["figures"] is not None and value.denominator == 1
            and FIRST_YEAR <= value.numerator <= LAST_YEAR and not self.words.counted.match(self.text, self.end)
            and not self._limit(self.start, self.end)
        )

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
        surface, limit = self.text[start:end], self._limit(start, end)
        return Reading(Quantity(value, kind, start, end, surface, limit, unit, weak), scale)

    def _limit(self, start: int, end: int) -> Approximate:
        words, said = self.words, self.text[max(start - self.words.longest_limit, 0) : start]
        if said.lower().endswith(words.limit_ends) and (before := words.limit_before.search(said)):
            return words.limits[before[1].lower()]
        after = words.limit_after.match(self.text, end)
        return words.limits_after[after[0].lower()] if after else ""


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words as the data file has them: small letters, one blank between two, none around."""
    return _BLANKS.sub(" ", words.lower()).strip()


_READERS: dict[str, Callable[[_Finding], Iterator[Reading]]] = {
    "fixed": _Finding.fixed, "vague": _Finding.vague, "decade": _Finding.decade, "fraction": _Finding.fraction,
    "half_of": _Finding.half_of, "ordinal": _Finding.ordinal, "number": _Finding.number,
}

_PARTS: dict[Part, str] = {
    "unit": "units",
    "teen": "teens",
    "ten": "tens",
    "scale": "scales",
    "multiplier": "multipliers",
    "ordinal": "ordinals",
}
_FILLERS: dict[Part, str] = {"article": "articles", "and": "and"}
_START = "(?<![A-Za-z])"
_END = "(?![A-Za-z])"
_GLUE = "[ -]"
_FIRST_LETTERS = 3
"""So many letters tell nearly all words of a text from those that a quantity may begin with."""
_BLANK_OR_HYPHEN = r"\\[ -]"  # as re.escape writes them


def load(entries: Entries) -> English:
    """English numbers from their section of the data file.

    :raises bitext.anchors.entries.AnchorDataError: for a wrong entry.
    """
    return _Builder(entries).built()


class _Builder:
    """Builds the patterns from the entries."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.words = {
            word: Word(part, int(value)) for part, key in _PARTS.items() for word, value in entries.values(key).items()
        }
        self.words |= {word: Word("hundred", 100) for word in entries.words("hundred")}
        self.fillers = {word: Word(part) for part, key in _FILLERS.items() for word in entries.words(key)}
        self.big = [word for word, kind in self.words.items() if kind.part in {"hundred", "scale", "multiplier"}]
        self.scales = {word: self.words[word].value for word in self.big}
        self.short, self.money_scales = _whole(entries.values("short_scales")), _whole(entries.values("money_scales"))
        self.plurals = _whole(entries.values("vague_plurals"))
        self.denominators = _whole(entries.values("denominators"))
        self.percent = entries.values("percent_suffix")
        self.money_before, self.money_after = (
            {word.lower(): code for word, code in entries.labels(key).items()}
            for key in ("currency_prefix", "currency_suffix")
        )
        fixed = entries.entries("fixed")
        self.fixed: dict[str, tuple[Kind, Fraction]] = {
            word: (kind, value) for kind in FIXED_KINDS for word, value in fixed.values(kind).items()
        }
        fixed.finish()

    def article(self) -> str:
        return f"{alternation(self.entries.words('articles'))}{_GLUE}"

    def number(self) -> str:
        """Figures or number words with prefix and suffix."""
        fold, seconds = any_of(self.entries.words("fold")), any_of(self.entries.words("second_units"))
        and_, half = alternation(self.entries.words("and")), any_of(self.entries.words("half"))
        and_half = f"{_GLUE}{and_}{_GLUE}{self.article()}{half}"
        tail = f"-?{fold}|{_GLUE}{seconds}|(?P<and_half>{and_half})|{self.suffix()}"
        return f"(?P<number>(?:{self.figure()}|{_START}(?P<run_words>{self.run()}))(?:{tail})?)"

    def figure(self) -> str:
        names = [word for word in self.money_before if word[0].isalpha()]
        signs = [word for word in self.money_before if not word[0].isalpha()]
        money = f"(?P<money>(?:{alternation(signs)}|(?<![A-Za-z]){alternation(names)}) ?)?"
        scale = f"(?:{_GLUE}?{any_of(self.scales, self.short)}){{1,2}}|(?(money){any_of(self.money_scales)}|(?!))"
        return f"{money}(?P<figures>{FIGURE})(?P<scale>{scale})?"

    def suffix(self) -> str:
        words = [word for word in (*self.percent, *self.money_after) if word[0].isalpha()]
        signs = [word for word in self.percent if not word[0].isalpha()]
        return f"(?P<suffix>{_GLUE}?{any_of(words)}| ?{alternation(signs)})"

    def word(self, words: Iterable[str]) -> str:
        """Pattern of one number word, which may have "fold" glued to it."""
        return f"{alternation(words)}(?:{_END}|(?={any_of(self.entries.words('fold'))}))"

    def run(self) -> str:
        link = f"(?:{_GLUE}(?:{alternation(self.entries.words('and'))}{_GLUE})?)"
        word = self.word(self.words)
        return f"(?:{self.article()}(?={any_of(self.big)}))?{word}(?:{link}{word}){{0,{MAX_WORDS}}}"

    def vague(self) -> str:
        many, nouns = alternation(self.entries.words("vague_quantifiers")), any_of(self.scales, self.plurals)
        plural = any_of(self.plurals)
        return f"(?P<vague>{many}{_GLUE}{nouns}(?:{_GLUE}{nouns})?|{plural}(?: of {plural})?)"

    def fraction(self) -> str:
        units = {word: kind.value for word, kind in self.words.items() if kind.part == "unit"}
        one = alternation(word for word, value in units.items() if value == 1)
        singular = any_of(word for word in self.denominators if not word.endswith("s"))
        plural = any_of(word for word in self.denominators if word.endswith("s"))
        above = f"{one}(?={_GLUE}{singular})|{alternation(units)}(?={_GLUE}{plural})"
        above += f"|{alternation(self.entries.words('articles'))}(?={_GLUE}{singular} of{_END})"
        return f"(?P<fraction>(?P<above>{above}){_GLUE}(?P<below>{any_of(self.denominators)}))"

    def half_of(self) -> str:
        half = alternation(self.entries.words("half"))
        return f"(?P<half_of>{half}{_GLUE}(?:{self.article()})?(?P<halved>{any_of(self.big)}))"

    def ordinal(self) -> str:
        ending = alternation(self.entries.words("ordinal_suffix"))
        return rf"(?P<ordinal>(?P<ordinal_figure>\d{{1,3}}(?:,\d{{3}}){{0,3}}|\d{{4,9}}){ending}(?![a-z]))"

    def pattern(self) -> re.Pattern[str]:
        skip = f"(?P<skip>{_START}{any_of(self.entries.words('skip'))}|\\d{{{MAX_DIGITS + 1},}})"
        decade = rf"(?P<decade>(?P<decade_year>1[89]\d0|20\d0)['\u2019]?s{_END})"
        fixed = f"(?P<fixed>{any_of(self.fixed)})"
        words = "|".join(_START + kind for kind in (self.vague(), self.half_of(), fixed, self.fraction()))
        kinds = "|".join((skip, words, decade, self.ordinal(), self.number()))
        return re.compile(f"{self.first_letters()}(?:{kinds})")

    def first_letters(self) -> str:
        """What any match begins with; looked at first, since most letters of a text begin none."""
        entries = self.entries
        listed = [word for key in ("skip", "vague_quantifiers", "articles", "half") for word in entries.words(key)]
        words = [*self.words, *self.fixed, *self.plurals, *self.money_before, *listed]
        letters = alternation({word[:_FIRST_LETTERS].lower() for word in words if word[0].isalpha()})
        signs = starts(word for word in words if not word[0].isalpha())
        return rf"(?=[\d{signs}]|{_START}{letters})"

    def built(self) -> English:
        entries = self.entries
        approximate = entries.entries("approximate")
        before, after = approximate.labels("before", LIMITS), approximate.labels("after", LIMITS)
        approximate.finish()
        every = self.words | self.fillers
        found = English(
            words=every,
            needy=frozenset(word for word, kind in self.words.items() if kind.part == "multiplier")
            - frozenset(entries.words("bare_multipliers")),
            token=re.compile(f"{_START}{self.word(every)}", re.IGNORECASE),
            pattern=self.pattern(),
            ordinal_and_capital=re.compile(rf"\d(?i:{alternation(entries.words('ordinal_suffix'))})[A-Z]"),
            enumerator=re.compile(r"\s*[(\uff08]?\d{1,2}[\u3001.\uff0e)\uff09](?!\d)"),
            fixed=self.fixed,
            scales=self.scales | self.short | self.money_scales,
            vague=self.scales | self.plurals,
            denominators=self.denominators,
            percent={plain(word): value for word, value in self.percent.items()},
            money={plain(word): code for word, code in (self.money_before | self.money_after).items()},
            limits={word: LIMITS[name] for word, name in before.items()},
            limit_before=re.compile(rf"{_START}({alternation(before)}) $", re.IGNORECASE),
            limit_ends=tuple(f"{word.lower()} " for word in before),
            longest_limit=max(map(len, before)) + 2,
            limits_after={word: LIMITS[name] for word, name in after.items()},
            limit_after=re.compile(rf"{alternation(after)}(?!\d)", re.IGNORECASE),
            ranges=frozenset(entries.words("range")),
            counted=re.compile(f"{_GLUE}{any_of(entries.words('counted'))}", re.IGNORECASE),
        )
        entries.finish()
        return found


def any_of(*words: Iterable[str]) -> str:
    """Pattern for any of the words, blanks or hyphens between their parts, ending where the word ends."""
    pattern = alternation([word for group in words for word in group])
    return f"{re.sub(_BLANK_OR_HYPHEN, _GLUE, pattern)}{_END}"


def _whole(values: Mapping[str, Fraction]) -> dict[str, int]:
    return {word: int(value) for word, value in values.items()}

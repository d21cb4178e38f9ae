"""Where a text and its translation state different facts.

Every fact of one language must be explained by one of the other. What is left over is paired: two facts of one kind
that nothing explains contradict each other; a fact alone was left out or added. Facts that only moved to a
neighbouring bead, or that a relative word of the other language stands for ("this year"), are no difference.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bitext.checks.agreement import MINUTES, Sides, shares
from bitext.checks.facts import FIGURE, NOTHING, WORD, Fact, facts
from bitext.checks.passages import Both, Difference
from bitext.checks.words import Words
from bitext.model import Lang, Severity

_NEIGHBOURS = 2
"""Beads to each side in which a fact may turn up: sentences move over paragraph borders."""
_ALONE_APART = 0.5
_WORDS_APART = 0.25
_OTHER_APART = 0.15
"""Parts of a text by which two numbers in words may stand apart and still be taken for each other's translation: the
only two that nothing explains, two among others, and two that may count different things."""
_MOST_STRANGERS = 3
"""With as many contradictions and nothing shared, the two texts do not translate each other."""
MOST_FACTS = 120
"""Figures of one side of a bead that are compared, each with each of the other side: 120 take a second; a paragraph of
a statistical bulletin has some forty."""

_LABEL = re.compile(r"\b[A-Z][a-z]+\.? $")

FactPair = tuple[tuple[Fact, ...], tuple[Fact, ...]]
"""Facts of the Chinese and of the English text."""


@dataclass(slots=True)
class _Rest:
    """Facts of a bead that nothing explains."""

    both: Both
    sides: Sides
    zh: list[Fact]
    en: list[Fact]
    agreed: int

    def counted(self, fact: Fact, lang: Lang) -> set[int]:
        """What a number counts: places in the list of such words."""
        text = self.both.side(lang).text
        return {number for number, words in enumerate(self.sides.words.counted) if words[lang].match(text, fact.end)}

    def exact(self, fact: Fact, lang: Lang) -> bool:
        """Whether a number is printed as nobody prints a count: with a point, a nought before it, in square brackets.

        So is one behind a word with a capital where the Chinese text has an ordinal too many: Article 1 for Article 4.
        """
        text = self.both.side(lang).text
        around = text[max(fact.start - 1, 0) : fact.start] + text[fact.end : fact.end + 1]
        numbers = lang == "en" and any(other.kind == "ordinal" for other in self.zh)
        label = numbers and _LABEL.search(text, 0, fact.start) is not None
        return "." in fact.surface or fact.surface.startswith("0") or around == "[]" or label


def differences(beads: Sequence[Both], words: Words, year: int | None = None) -> Iterator[Difference]:
    """Differences of the beads of one text, in their order.

    :param year: year of the text, if known; else the one it names most often.
    """
    found = [_facts(both, words) for both in beads]
    read = [pair if _figures(pair) <= MOST_FACTS else ((), ()) for pair in found]
    year = year or _usual_year(read)
    rests = [_rest(both, found, words, year) for both, found in zip(beads, read, strict=True)]
    for number, rest in enumerate(rests):
        _drop_moved(rest, rests[max(number - _NEIGHBOURS, 0) : number + _NEIGHBOURS + 1])
    for rest, pair in zip(rests, found, strict=True):
        if (count := _figures(pair)) > MOST_FACTS:
            told, expected = f"{count} figures in one paragraph, too many to compare", f"at most {MOST_FACTS}"
            yield Difference(rest.both, "number", "warning", told, expected)
        yield from _told(rest)


def _figures(pair: FactPair) -> int:
    """How many facts the richer side has."""
    return max(map(len, pair))


def _facts(both: Both, words: Words) -> FactPair:
    return _of_text(both.zh.text, "zh", words), _of_text(both.en.text, "en", words)


def _of_text(text: str, lang: Lang, words: Words) -> tuple[Fact, ...]:
    return shares(facts(text, lang, words), text, words.shares)


def _usual_year(read: Iterable[FactPair]) -> int | None:
    years = Counter(int(fact.value) for pair in read for side in pair for fact in side if fact.kind == "year")
    return years.most_common(1)[0][0] if years else None


def _rest(both: Both, found: FactPair, words: Words, year: int | None) -> _Rest:
    sides = Sides(both.zh.text, both.en.text, *found, words, year)
    zh = [fact for fact in sides.zh if not any(sides.agree(fact, o) or sides.explains(fact, o) for o in sides.en)]
    en = [fact for fact in sides.en if not any(sides.agree(o, fact) or sides.explains(fact, o) for o in sides.zh)]
    agreed = sum(fact.proof == FIGURE for fact in sides.zh) - sum(fact.proof == FIGURE for fact in zh)
    return _Rest(both, sides, zh, en, agreed)


def _drop_moved(rest: _Rest, around: Iterable[_Rest]) -> None:
    """Take out facts that stand, unexplained too, in the other language of a neighbouring bead."""
    for other in around:
        if other is not rest:
            _take_out(rest.zh, other.en)
            _take_out(rest.en, other.zh)


def _take_out(mine: list[Fact], theirs: list[Fact]) -> None:
    for fact in [fact for fact in mine if fact.proof == FIGURE]:
        if (moved := next((other for other in theirs if _same(fact, other)), None)) is not None:
            mine.remove(fact)
            theirs.remove(moved)


def _same(fact: Fact, other: Fact) -> bool:
    return (fact.family, fact.value) == (other.family, other.value)


# ------------------------------------------------------------------ pairing
def _told(rest: _Rest) -> Iterator[Difference]:
    yield from _traps(rest)
    pairs, zh, en = _paired(rest)
    if len(pairs) >= _MOST_STRANGERS and not rest.agreed:
        yield _strangers(rest, pairs)
        return
    for first, second in pairs:
        yield _contradiction(rest, first, second)
    if lone := [fact for fact in zh if _tells(fact, rest, "zh") and not _implied(fact, rest, "en")]:
        found = f"{_all(lone)} in Chinese, not in English"
        yield Difference(rest.both, _kind(lone[0]), "warning", found, zh_at=lone[0].start)
    if lone := [fact for fact in en if _tells(fact, rest, "en") and not _implied(fact, rest, "zh")]:
        found = f"{_all(lone)} in English, not in Chinese"
        yield Difference(rest.both, _kind(lone[0]), "warning", found, en_at=lone[0].start)


def _tells(fact: Fact, rest: _Rest, lang: Lang) -> bool:
    """Whether a fact alone is worth a word: one and two are also "a", "both" and "a pair", but not 2.0 and [1]."""
    small = fact.family == "number" and fact.value in (1, 2) and not rest.exact(fact, lang)
    return fact.proof == FIGURE and not small


def _strangers(rest: _Rest, pairs: Sequence[tuple[Fact, Fact]]) -> Difference:
    zh, en = _all([first for first, _ in pairs]), _all([second for _, second in pairs])
    found, expected = f"no number in common: {zh} and {en}", "translations of each other"
    return Difference(rest.both, "number", "warning", found, expected, pairs[0][0].start, pairs[0][1].start)


def _paired(rest: _Rest) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Contradictions, and what is left on each side; the nearest facts of one kind are paired first."""
    zh, en = list(rest.zh), list(rest.en)
    zh += [fact for fact in _surplus(rest.sides.zh, rest.sides.en) if fact not in zh and _wanted(fact, rest.en)]
    en += [fact for fact in _surplus(rest.sides.en, rest.sides.zh) if fact not in en and _wanted(fact, rest.zh)]
    possible = ((i, j) for i, a in enumerate(zh) for j, b in enumerate(en) if _may(a, b) and _near(a, b, rest))
    ranked = sorted(((_cost(zh[i], en[j], rest), i, j) for i, j in possible))
    used_zh: set[int] = set()
    used_en: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_zh and j not in used_en:
            used_zh.add(i)
            used_en.add(j)
            pairs.append((zh[i], en[j]))
    left_zh = [fact for i, fact in enumerate(zh) if i not in used_zh and fact in rest.zh]
    left_en = [fact for j, fact in enumerate(en) if j not in used_en and fact in rest.en]
    return pairs, left_zh, left_en


def _surplus(mine: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """Numbers in words of which one side has more than the other: one of them may stand for another number."""
    counts = Counter(fact.value for fact in mine)
    counts.subtract(fact.value for fact in theirs)
    return [fact for fact in mine if (fact.proof == WORD or fact.kind == "year") and counts[fact.value] > 0]


def _wanted(fact: Fact, rest: Iterable[Fact]) -> bool:
    """Whether a fact of which there are too many may stand for one of the other side; a year only for a single one."""
    return fact.kind != "year" or sum(other.kind == "year" for other in rest) == 1


def _may(zh: Fact, en: Fact) -> bool:
    """Whether two facts can contradict each other, rather than having nothing to do with each other."""
    if zh.value == en.value and zh.family == en.family and zh.kind != "currency":
        return False
    if NOTHING in (zh.proof, en.proof):
        return zh.kind == en.kind == "ordinal" and zh.proof != en.proof
    if zh.kind == en.kind:
        return True
    if {zh.kind, en.kind} == {"time", "number"}:
        return zh.proof == en.proof == WORD
    return zh.proof == en.proof == FIGURE and "date" not in (zh.kind, en.kind)


def _near(zh: Fact, en: Fact, rest: _Rest) -> bool:
    """Whether numbers in words count the same thing, or stand in about the same place of their texts."""
    if zh.proof == en.proof == FIGURE:
        return True
    if zh.kind == en.kind == "time" and _in_step(zh, en, rest.sides):
        return True
    first, second = rest.counted(zh, "zh"), rest.counted(en, "en")
    if first and second:
        return bool(first & second)
    alone = _only(rest.zh) == [zh] and _only(rest.en) == [en]
    if first or second or zh.kind != en.kind:
        return alone and _distance(zh, en, rest) <= _OTHER_APART
    strangers = (zh in rest.zh) + (en in rest.en)
    apart = _ALONE_APART if alone or zh.kind == "ordinal" else _WORDS_APART
    return strangers > 0 and _distance(zh, en, rest) <= apart


def _in_step(zh: Fact, en: Fact, sides: Sides) -> bool:
    """Whether both are the minutes of the same one of as many times."""
    first = [fact for fact in sides.zh if fact.start and MINUTES.match(sides.zh_text, fact.start - 1)]
    second = [fact for fact in sides.en if fact.start and MINUTES.match(sides.en_text, fact.start - 1)]
    return len(first) == len(second) and (zh, en) in zip(first, second, strict=True)


def _only(rest: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in rest if fact.proof]


def _distance(zh: Fact, en: Fact, rest: _Rest) -> float:
    return abs(zh.start / max(len(rest.both.zh.text), 1) - en.start / max(len(rest.both.en.text), 1))


def _cost(zh: Fact, en: Fact, rest: _Rest) -> float:
    """How far apart two facts stand, in parts of their texts; facts of different kinds last."""
    return _distance(zh, en, rest) + (zh.kind != en.kind) + (zh.proof != en.proof)


def _contradiction(rest: _Rest, zh: Fact, en: Fact) -> Difference:
    certain: Severity = "error" if zh.proof == en.proof == FIGURE and zh in rest.zh and en in rest.en else "warning"
    found = f"{_shown(zh)} in Chinese, {_shown(en)} in English"
    return Difference(rest.both, _kind(zh), certain, found, "the same in both", zh.start, en.start)


def _kind(fact: Fact) -> str:
    return "date" if fact.kind in ("date", "year") else "number"


def _shown(fact: Fact) -> str:
    """A fact as printed, with its value where it is printed in words or scaled."""
    if isinstance(fact.value, str) or fact.surface.isdigit():
        return fact.surface
    value = fact.value
    plain = f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.6g}"
    return fact.surface if plain in fact.surface or fact.kind == "year" else f"{fact.surface} ({plain})"


def _all(found: Sequence[Fact]) -> str:
    return ", ".join(dict.fromkeys(map(_shown, found)))


# ------------------------------------------------------------------ what needs no counterpart
def _implied(fact: Fact, rest: _Rest, lang: Lang) -> bool:
    """Whether a word of the other language stands for the fact."""
    text = rest.both.en.text if lang == "en" else rest.both.zh.text
    words = rest.sides.words
    if fact.kind == "year" and isinstance(fact.value, Fraction):
        year = rest.sides.year
        return fact.value == year or any(
            pattern.search(text) and (distance is None or year is None or fact.value == year + distance)
            for pattern, distance in words.years[lang]
        )
    if fact.family == "month" and words.months[lang].search(text):
        return True
    if fact.family not in ("day", "month"):
        return False
    return bool(words.days[lang].search(text)) or _on_a_named_weekday(fact, rest, lang)


def _on_a_named_weekday(fact: Fact, rest: _Rest, lang: Lang) -> bool:
    """Whether the other text names a day of the week that the fact may be; a date with its year is one and no other."""
    text = rest.both.side(lang).text
    named = {number for number, day in enumerate(rest.sides.words.weekdays[lang]) if day.search(text)}
    mine = rest.sides.zh if lang == "en" else rest.sides.en
    year = next((each.value for each in mine if each.kind == "year" and each.start == fact.start), None)
    if year is None or not re.fullmatch(r"\d\d-\d\d", str(fact.value)):
        return bool(named)
    month, day = map(int, str(fact.value).split("-"))
    return calendar.weekday(int(year), month, day) in named


def _traps(rest: _Rest) -> Iterator[Difference]:
    """Words that carry the same number and do not say the same."""
    sides = rest.sides
    for trap in sides.words.traps:
        for zh in trap.zh.finditer(sides.zh_text):
            for en in trap.en.finditer(sides.en_text):
                first, second = _within(sides.zh, *zh.span("n")), _within(sides.en, *en.span("n"))
                if first and second and first.value == second.value:
                    found = trap.found.format(zh=zh["n"], en=en[0])
                    yield Difference(rest.both, "number", "warning", found, trap.expected, zh.start(), en.start())


def _within(found: Iterable[Fact], start: int, end: int) -> Fact | None:
    """The fact that begins in a stretch of text."""
    return next((fact for fact in found if start <= fact.start < end), None)

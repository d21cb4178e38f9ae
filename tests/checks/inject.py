"""Mistakes put into right translations: how many of them the comparison of numbers finds.

Each mistake changes one number, date or word of one side that the other side has, in the way people get it wrong. A
mistake is found if the bead has a difference that it did not have before.
"""

from __future__ import annotations

import calendar
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tests.gold.corpus import Case

from bitext.checks.agreement import Sides
from bitext.checks.comparison import differences
from bitext.checks.facts import Fact, facts
from bitext.checks.passages import Both, Difference, Passage, passage
from bitext.checks.words import Words
from bitext.model import Lang

MONTHS = [calendar.month_name[number] for number in range(1, 13)]
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
SCALES = {"million": "billion", "billion": "million", "thousand": "million", "\u4e07": "\u4ebf", "\u4ebf": "\u4e07"}
HAN_NUMBERS = "\u4e24\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
MONEY = {
    "yuan": "dollars", "RMB": "USD", "US$": "HK$", "\u7f8e\u5143": "\u6b27\u5143", "\u4ebf\u5143": "\u4ebf\u7f8e\u5143",
}  # fmt: skip

CERTAIN = ("digit", "times ten", "scale", "day", "month", "year", "percent", "currency")
"""Classes of which at least 99 of 100 are to be found."""
SMALL = ("small word", "ordinal")
"""Classes of which at least 85 of 100 are to be found."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One changed text."""

    kind: str
    lang: str
    before: str
    after: str
    text: str


def mistakes(both: Both, words: Words, random_: random.Random) -> Iterator[Mistake]:
    """Mistakes that can be made in a bead: one of each class in each number that both sides have."""
    zh, en = both.zh.text, both.en.text
    sides = Sides(zh, en, facts(zh, "zh", words), facts(en, "en", words), words, None)
    for fact in {fact.start: fact for fact in sides.zh}.values():
        if any(sides.agree(fact, other) for other in sides.en):
            yield from _made(fact, "zh", both.zh.text, random_)
    for fact in {fact.start: fact for fact in sides.en}.values():
        if any(sides.agree(other, fact) for other in sides.zh):
            yield from _made(fact, "en", both.en.text, random_)


def _made(fact: Fact, lang: str, text: str, random_: random.Random) -> Iterator[Mistake]:
    for kind, surface in _wrong(fact, random_):
        if unicodedata.normalize("NFKC", surface) != unicodedata.normalize("NFKC", fact.surface):
            yield Mistake(kind, lang, fact.surface, surface, text[: fact.start] + surface + text[fact.end :])


def _wrong(fact: Fact, random_: random.Random) -> Iterator[tuple[str, str]]:
    surface = fact.surface
    if fact.quantity is None:
        yield from _wrong_date(surface, random_)
        return
    figures = re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", surface)
    if figures is None:
        yield from _wrong_words(surface, random_)
        return
    digits = figures[0]
    if fact.kind == "year":
        yield "year", surface.replace(digits, str(int(digits) + random_.choice((-2, -1, 1, 2))))
        return
    if fact.kind == "ordinal":
        yield "ordinal", surface.replace(digits, str(int(digits.replace(",", "")) + 1))
        return
    changed = _other_digit(digits, random_)
    yield {"percent": "percent", "currency": "currency"}.get(fact.kind, "digit"), surface.replace(digits, changed, 1)
    if digits.strip("0,."):  # ten times nothing is nothing
        yield "times ten", surface.replace(digits, digits + "0" if "." not in digits else digits.replace(".", ""), 1)
    yield from (("scale", surface.replace(old, new)) for old, new in SCALES.items() if old in surface)
    yield from (("currency", surface.replace(old, new)) for old, new in MONEY.items() if old in surface)


def _wrong_date(surface: str, random_: random.Random) -> Iterator[tuple[str, str]]:
    if day := re.search(r"(?<!\d)\d{1,2}(?!\d)(?!\s*\u6708)", surface):
        yield "day", surface[: day.start()] + str(int(day[0]) % 27 + 1) + surface[day.end() :]
    if month := re.search(r"\d{1,2}(?=\s*\u6708)", surface):
        yield "month", surface[: month.start()] + str(int(month[0]) % 12 + 1) + surface[month.end() :]
    if name := next((name for name in MONTHS if name in surface), None):
        yield "month", surface.replace(name, random_.choice([other for other in MONTHS if other not in (name, "May")]))
    if year := re.search(r"20\d\d", surface):
        yield "year", surface.replace(year[0], str(int(year[0]) + random_.choice((-1, 1))))


def _wrong_words(surface: str, random_: random.Random) -> Iterator[tuple[str, str]]:
    for names, kind in ((NUMBERS, "small word"), (ORDINALS, "ordinal")):
        if surface.lower() in names:
            yield kind, random_.choice([name for name in names if name != surface.lower()])
    for kind, lead in (("small word", ""), ("ordinal", "\u7b2c")):
        if surface.startswith(lead) and len(surface) == len(lead) + 1 and surface[-1] in HAN_NUMBERS:
            yield kind, lead + random_.choice([c for c in HAN_NUMBERS if c != surface[-1]])


def _other_digit(digits: str, random_: random.Random) -> str:
    at = random_.choice([i for i, c in enumerate(digits) if c.isdigit()])
    new = random_.choice([c for c in "123456789" if c != digits[at]])
    return digits[:at] + new + digits[at + 1 :]


def recall(
    texts: Iterable[tuple[Sequence[Both], int | None]], words: Words, seed: int = 1
) -> tuple[Counter[str], Counter[str], list[str]]:
    """Mistakes made and found by class, and those that were missed, in words."""
    random_ = random.Random(seed)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed = []
    for beads, year in texts:
        for at, both in enumerate(beads):
            left, right = beads[max(at - 2, 0) : at], beads[at + 1 : at + 3]
            before = _found([*left, both, *right], words, year)
            for mistake in mistakes(both, words, random_):
                side = both.zh if mistake.lang == "zh" else both.en
                changed = replace(both, **{mistake.lang: replace(side, text=mistake.text)})
                made[mistake.kind] += 1
                if _found([*left, changed, *right], words, year) - before:
                    found[mistake.kind] += 1
                else:
                    change = f"{mistake.kind}: {mistake.before} -> {mistake.after}"
                    missed.append(f"{change}\n  {both.zh.text}\n  {both.en.text}")
    return made, found, missed


def _found(beads: Sequence[Both], words: Words, year: int | None) -> Counter[tuple[str, str]]:
    return Counter((difference.both.bead, difference.found) for difference in differences(beads, words, year))


# ------------------------------------------------------------------ on labelled texts
@dataclass(frozen=True, slots=True)
class Figures:
    """What the comparison says of labelled texts, and of mistakes put into them."""

    beads: int
    differences: tuple[Difference, ...]
    made: Counter[str]
    found: Counter[str]
    missed: tuple[str, ...]

    def recall(self, kinds: Iterable[str]) -> float:
        """Share of the mistakes of some classes that were found."""
        return sum(self.found[kind] for kind in kinds) / max(sum(self.made[kind] for kind in kinds), 1)

    def __str__(self) -> str:
        errors = sum(difference.severity == "error" for difference in self.differences)
        warnings = len(self.differences) - errors
        head = f"{self.beads} beads, {errors} errors, {warnings} warnings; mistakes put in and found:"
        rows = [(kind, (kind,)) for kind in (*CERTAIN, *SMALL)]
        rows += [("all certain", CERTAIN), ("all small", SMALL)]
        return "\n".join([head, *(self._row(name, kinds) for name, kinds in rows)])

    def _row(self, name: str, kinds: Sequence[str]) -> str:
        found, made = (sum(counts[kind] for kind in kinds) for counts in (self.found, self.made))
        return f"{name:<12} {found:>5} of {made:>5}  {self.recall(kinds):7.1%}"


def measure(cases: Iterable[Case], words: Words) -> Figures:
    """Figures of labelled texts, their labels taken for the right beads."""
    texts = [labelled(case) for case in cases]
    found = tuple(difference for beads, year in texts for difference in differences(beads, words, year))
    made, right, missed = recall(texts, words)
    return Figures(sum(len(beads) for beads, _ in texts), found, made, right, tuple(missed))


def labelled(case: Case) -> tuple[tuple[Both, ...], int | None]:
    """Beads of a labelled text that have both sides and are translations, and its year."""
    lines = case.source.lines
    pieces = {
        piece["id"]: lines[line["n"] - 1][piece["start"] : piece["end"]]
        for line in case.gold["lines"] for piece in line.get("segments", ())
    }  # fmt: skip

    def side(units: Iterable[str], lang: Lang) -> Passage:
        numbered = ((int(unit.partition(".")[0]), unit) for unit in units)
        return passage([(line, pieces.get(unit) or lines[line - 1].strip()) for line, unit in numbered], lang)

    beads = (bead for bead in case.gold["beads"] if bead["zh"] and bead["en"] and not bead.get("loose"))
    date = (case.gold["document"].get("date") or {}).get("value")
    found = tuple(Both(bead["zh"][0], side(bead["zh"], "zh"), side(bead["en"], "en")) for bead in beads)
    return found, int(date[:4]) if date else None

"""What a text must hold for an expression to fit it: of the rules, only those are asked of a line that may fit.

`(?:print|share) this page` fits no text without "print" or "share": its *needles*, read from the expression as
:mod:`re` parses it. Looked for are letters within words (the words of a text come again, and what was found in one is
kept), two neighbouring characters of Chinese, single signs, and figures. To ask all rules for a line's length took
63 µs of CPU, 68 expressions; by ways with needles it takes 19 µs, 20 short expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from operator import add
from typing import Any

Needles = frozenset[str]
"""Of these a text that fits holds at least one: letters in a row, two characters of Chinese, a sign, or `DIGIT`."""

DIGIT = r"\d"
_LATIN = re.compile("[a-z]+")
_WORD = re.compile("[a-z]{2,}")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
"""A part of an expression: an escaped sign, a class, a bracket, a bar, others."""
_REFERENCE = re.compile(r"\\[^1-9]|(\\[1-9]|\(\?\(|^\(\?[a-zA-Z-]+\))", re.DOTALL)
"""An escaped sign; or a group that is spoken of by its number, or flags for all ways: these cannot be taken apart."""
_NAMED, _NAME = re.compile(r"\(\?P<(\w+)>"), re.compile(r"\(\?P=(\w+)\)")
_FOLDED = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters that are taken for i, s and k where capitals do not count, although they do not become them."""
_CHINESE = "\u2e7f"
"""Behind it stand Han characters and the signs among them."""
_LARGEST_CLASS = 30
_SHARES = {1: 1.0, 2: 0.5, 3: 0.15, 4: 0.05}
_ALL = 1.0
_LONG, _PAIR, _HAN, _FIGURE, _SIGN = 0.01, 0.003, 0.05, 0.4, 0.2
"""Roughly, share of lines that hold letters in a row (by their number), two characters of Chinese, one, a figure, a
sign: of two needles that both must be there, the rarer is looked for."""


def needles(expression: re.Pattern[str]) -> Needles | None:
    r"""Needles of an expression; ``None`` where it has none, as far as is seen, or some that nearly every line has.

    >>> sorted(needles(re.compile(r"(来源|出处)\s*[:/]|print \d")))
    ['print', '出处', '来源']
    """
    found = _of_row(parts(expression))
    return found if found is None or _share(found) < _ALL else None


def parts(expression: re.Pattern[str]) -> list[tuple[Any, Any]]:
    """The parts of an expression in their row, as :mod:`re` sees them; none where it does not tell."""
    try:
        # What re.compile itself is made of, and no promise of Python's: where it is not there, all rules are asked.
        parse: Any = import_module("re._parser").parse
    except (ImportError, AttributeError):
        return []
    return list(parse(expression.pattern, expression.flags))


def ways(expression: re.Pattern[str]) -> list[re.Pattern[str]]:
    """The ways that an expression has at its top, each by itself: a text fits if it fits one.

    >>> [way.pattern for way in ways(re.compile("print|share (this|that)|[|]"))]
    ['print', 'share (this|that)', '[|]']
    """
    found, depth = [""], 0
    for part in _PART.findall(expression.pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            found.append("")
        else:
            found[-1] += part
    apart = all(set(_NAME.findall(way)) <= set(_NAMED.findall(way)) for way in found)
    if len(found) < 2 or not apart or any(match[1] for match in _REFERENCE.finditer(expression.pattern)):
        return [expression]
    return [re.compile(way, expression.flags) for way in found]


def _of_row(row: Iterable[tuple[Any, Any]]) -> Needles | None:
    """Needles of parts that stand in a row: the rarest of them."""
    found: list[Needles] = []
    letters = ""
    for name, value in ((str(name), value) for name, value in (*row, ("END", None))):
        letter = _folded(value) if name == "LITERAL" else ""
        if letter:
            letters += letter
            continue
        found += (frozenset({needle}) for needle in _of_letters(letters))
        letters = ""
        if part := _of_part(name, value):
            found.append(part)
    return min(found, key=_share, default=None)


def _of_letters(letters: str) -> Iterator[str]:
    """Needles in letters that stand in a row: words, pairs of Chinese, single signs."""
    yield from _LATIN.findall(letters)
    for one, other in pairwise(letters):
        if max(one, other) >= _CHINESE and not _is_latin(one) and not _is_latin(other):
            yield one + other
    yield from (letter for letter in letters if not _is_latin(letter))


def _of_part(name: str, value: Any) -> Needles | None:
    if name == "BRANCH":
        ways = [_of_row(way) for way in value[1]]
        return frozenset().union(*(way or () for way in ways)) if all(ways) else None
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_row(value[2]) if value[0] else None
    if name in ("SUBPATTERN", "ASSERT", "ATOMIC_GROUP"):
        return _of_row(value if name == "ATOMIC_GROUP" else value[-1])
    return _of_class(value) if name == "IN" else None


def _of_class(members: Iterable[tuple[Any, Any]]) -> Needles | None:
    found: set[str] = set()
    for name, value in ((str(name), value) for name, value in members):
        if name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.add(DIGIT)
            continue
        first, last = value if name == "RANGE" else (value, value)
        if name not in ("LITERAL", "RANGE") or last - first > _LARGEST_CLASS:
            return None
        found |= {_folded(code) for code in range(first, last + 1)}
    return None if "" in found else frozenset(found)


def _folded(code: int) -> str:
    """A character in small letters; empty for one that others are taken for where capitals do not count."""
    letter = chr(code)
    if letter.isascii():
        return letter.lower()
    return letter if letter.lower() == letter == letter.upper() else ""


def _is_latin(letter: str) -> bool:
    return "a" <= letter <= "z"


def _share(found: Needles) -> float:
    return sum(map(_share_of, found))


def _share_of(needle: str) -> float:
    if needle[0] >= _CHINESE:
        return _PAIR if len(needle) > 1 else _HAN
    if _is_latin(needle[0]):
        return _SHARES.get(len(needle), _LONG)
    return _FIGURE if needle == DIGIT or needle.isdecimal() else 1.0 if needle == " " else _SIGN


class Haystack:
    """Which of several expressions may fit a text, as bits of an integer, the first one's the lowest.

    :param wanted: needles of each expression; ``None`` for one that may fit any text.
    """

    def __init__(self, wanted: Sequence[Needles | None]) -> None:
        self.always = sum(1 << number for number, found in enumerate(wanted) if found is None)
        self.all = (1 << len(wanted)) - 1
        self.bits: dict[str, int] = {}
        for number, found in enumerate(wanted):
            for needle in found or ():
                self.bits[needle] = self.bits.get(needle, 0) | 1 << number
        self.signs = frozenset(needle for needle in self.bits if len(needle) == 1)
        self.pairs = frozenset(needle for needle in self.bits if max(needle) >= _CHINESE and len(needle) > 1)
        self.letters: dict[str, list[str]] = {}
        for needle in self.bits.keys() - self.signs - self.pairs - {DIGIT}:
            self.letters.setdefault(needle[:2], []).append(needle)
        self.of_word = lru_cache(maxsize=65536)(self._of_word)
        self.of = lru_cache(maxsize=8192)(self._of)
        """Expressions that may fit a text."""

    def _of(self, text: str) -> int:
        if not text.isascii() and _FOLDED.search(text):
            return self.all
        text, bits = text.lower(), self.always
        for sign in self.signs.intersection(text):
            bits |= self.bits[sign]
        if not text.isascii():
            for pair in self.pairs.intersection(map(add, text, text[1:])):
                bits |= self.bits[pair]
        for word in _WORD.findall(text):
            bits |= self.of_word(word)
        return bits | self.bits.get(DIGIT, 0) if _DIGIT.search(text) else bits

    def _of_word(self, word: str) -> int:
        """Expressions of which a needle stands in a word."""
        starts = ((at, needle) for at in range(len(word) - 1) for needle in self.letters.get(word[at : at + 2], ()))
        bits = 0
        for at, needle in starts:
            bits |= self.bits[needle] if word.startswith(needle, at) else 0
        return bits

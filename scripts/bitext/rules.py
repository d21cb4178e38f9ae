"""Rules for lines: what fits one has a role.

Only those that may fit a line are asked of it (:mod:`bitext.needles`, :mod:`bitext.openings`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Literal

from bitext.model import Role
from bitext.needles import Haystack, needles, ways
from bitext.openings import Openings
from bitext.reasons import of_rule

Zone = Literal["", "edge", "foot"]
"""A part of a text: all of it, what stands before and after its running text, or what stands after."""
_EDGES = (
    " :>\u00bb\u203a<\u00ab#*\u00b7\u2022\u25cf\u25a0\u25c6\u25b6\u25ba\u2192\u2190\u2191|-_[]()\u3010\u3011.\u3000"
)


def bare(text: str) -> str:
    """A text in its plain form as phrases are compared: in small letters, without colons and bullets at its ends."""
    return text.strip(_EDGES).casefold()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that fits has a role: an entry of ``chrome.yml`` or ``roles.yml``."""

    name: str
    role: Role
    most: float
    phrases: frozenset[str] = frozenset()
    regex: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    whole: bool = False
    """The expression must fit the whole line."""
    opens: bool = False
    zone: Zone = ""
    """Where alone the rule holds."""
    headings: bool = True
    """A line that Markdown marks as a heading may be what the rule describes."""

    @property
    def reason(self) -> str:
        """Why a line that fits has its role."""
        return of_rule(self.name)

    def fits(self, text: str, length: float) -> bool:
        """Whether a line in its plain form, of a length in Han characters, is what the rule describes."""
        return length <= self.most and self.describes(text, bare(text))

    def describes(self, text: str, phrase: str) -> bool:
        """The same of a line that is not too long, of which ``phrase`` is the form of :func:`bare`."""
        if phrase in self.phrases:
            return True
        if self.regex is None:
            return False
        found = self.regex.fullmatch(text) if self.whole else self.regex.search(text)
        return found is not None and not (self.unless and self.unless.search(text))


_MOST_SIGNS = 50
"""Signs and figures of a line count as one letter each time: a long row of them is not short, and slow to look at."""
_FEW_LINES = 2000
"""To ask all rules of so many lines costs as much as taking them apart for their needles and beginnings: 0.25 s."""


class Rules(tuple[Rule, ...]):  # noqa: SLOT001 - what is looked up is kept
    """Rules in the order in which they are tried."""

    _lines = 0
    """How many lines they were asked for."""
    _sets: tuple[Rules, ...] = ()
    """They and others that are asked of the same lines."""

    @staticmethod
    def together(*sets: Rules) -> None:
        """Look for the needles of several sets of rules in one go: they are asked of the same lines."""
        for rules in sets:
            rules._sets = sets

    def possible(self, text: str, phrase: str, length: float) -> Iterator[Rule]:
        """The rules that may describe a line: those for its length and beginning with a needle in it, or its phrase.

        A rule may come in parts, each with one of the ways that its expression has.

        :param text: of the line, in its plain form.
        :param phrase: the form of :func:`bare`, or empty where phrases are not asked for.
        :param length: in Han characters or their equal.
        """
        self._lines += 1
        length = max(length, len(text) / _MOST_SIGNS)
        if self._lines <= _FEW_LINES:
            return (rule for rule in self if rule.most >= length)
        return self._holding(text, phrase, length)

    def _holding(self, text: str, phrase: str, length: float) -> Iterator[Rule]:
        (limits, allowed), (haystack, first) = self._within, self._haystack
        fitting = haystack.of(text) >> first & self._openings.of(text[:1])
        bits = allowed[bisect_left(limits, length)] & (fitting | self._of_phrase.get(phrase, 0))
        while bits:
            lowest = bits & -bits
            yield self._ways[lowest.bit_length() - 1]
            bits ^= lowest

    @cached_property
    def _ways(self) -> tuple[Rule, ...]:
        """The rules, one for each way of their expressions."""
        apart = ((rule, ways(rule.regex) if rule.regex else [None]) for rule in self)
        return tuple(replace(rule, regex=way) for rule, found in apart for way in found)

    @cached_property
    def _within(self) -> tuple[list[float], list[int]]:
        """Limits of length, and the ways for lines up to each, as bits: most do not describe long ones."""
        limits = sorted({rule.most for rule in self})
        return limits, [*(self._bits(rule.most >= limit for rule in self._ways) for limit in limits), 0]

    @cached_property
    def _haystack(self) -> tuple[Haystack, int]:
        """What tells the ways that may fit a line, and where these ways begin in it."""
        sets = self._sets or (self,)
        before = takewhile(lambda rules: rules is not self, sets)
        return _haystack(tuple(rules._ways for rules in sets)), sum(len(rules._ways) for rules in before)

    @cached_property
    def _openings(self) -> Openings:
        return Openings([(rule.regex, rule.whole) for rule in self._ways])

    @cached_property
    def _of_phrase(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, rule in enumerate(self._ways):
            for phrase in rule.phrases:
                found[phrase] = found.get(phrase, 0) | 1 << number
        return found

    @staticmethod
    def _bits(flags: Iterable[bool]) -> int:
        return sum(1 << number for number, flag in enumerate(flags) if flag)


@lru_cache(maxsize=2)
def _haystack(sets: tuple[tuple[Rule, ...], ...]) -> Haystack:
    return Haystack([needles(rule.regex) if rule.regex else frozenset() for rules in sets for rule in rules])

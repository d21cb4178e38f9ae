"""The value of a number written in English words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Part = Literal["unit", "teen", "ten", "hundred", "scale", "multiplier", "ordinal", "and", "article"]
"""``unit`` one to nine, ``teen`` ten to nineteen, ``ten`` twenty to ninety, ``multiplier`` a decade or a dozen."""

_NUMBER: frozenset[str] = frozenset({"unit", "teen", "ten", "hundred"})

# What may stand before each part; "" is the beginning of the number.
_AFTER: Mapping[Part, frozenset[str]] = {
    "unit": frozenset({"", "ten", "hundred", "scale", "and"}),
    "teen": frozenset({"", "hundred", "scale", "and"}),
    "ten": frozenset({"", "hundred", "scale", "and"}),
    "hundred": frozenset({"", "article", "unit", "teen", "ten"}),
    "scale": frozenset({"", "article", *_NUMBER}),
    "multiplier": frozenset({"", "article", "scale", *_NUMBER}),
    "ordinal": frozenset({"", "and", "scale", *_NUMBER}),
    "and": frozenset({"hundred", "scale"}),
    "article": frozenset({""}),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A number word: what it is and its value."""

    part: Part
    value: int = 0


class Sum:
    """An English number while it is read, word by word."""

    def __init__(self) -> None:
        self.total = self.below = 0
        """What is above the scale read last, and what is below it."""
        self.last: Part | Literal[""] = ""
        self.scale = 1
        """The scale read last, which the first number of a range borrows; 1 if there was none."""
        self.ordinal = False

    @property
    def value(self) -> int:
        """Value of the words taken so far."""
        return self.total + self.below

    def take(self, word: Word) -> bool:
        """Whether ``word`` goes on with the number; if it does, it is added.

        >>> number = Sum()
        >>> [number.take(word) for word in (Word("unit", 2), Word("hundred", 100), Word("and"), Word("unit", 5))]
        [True, True, True, True]
        >>> number.value, number.take(Word("unit", 3))
        (205, False)
        """
        fits = not self.ordinal and self.last in _AFTER[word.part] and self._fits(word)
        if fits:
            self._add(word)
            self.last = word.part
        return fits

    def _fits(self, word: Word) -> bool:
        """The sizes agree: "five thousand million" and "twenty tenth" are no numbers."""
        if word.part == "hundred":
            return self.below < 100
        if word.part == "scale":
            return self.scale == 1 or word.value < self.scale
        if word.part == "ordinal":
            return self._ordinal_fits(word.value)
        return True

    def _ordinal_fits(self, value: int) -> bool:
        if value >= 100:
            return self.last in _NUMBER
        return self.last not in {"unit", "teen"} and (self.last != "ten" or value < 10)

    def _add(self, word: Word) -> None:
        self.ordinal = word.part == "ordinal"
        if word.part == "multiplier":
            self.total, self.below = max(self.value, 1) * word.value, 0
        elif word.value >= 1000:
            self.total, self.below, self.scale = self.total + max(self.below, 1) * word.value, 0, word.value
        elif word.value >= 100:
            self.below = max(self.below, 1) * word.value
        else:
            self.below += word.value

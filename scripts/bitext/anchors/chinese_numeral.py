"""The value of a numeral written in Chinese characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction


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

        >>> characters = Characters({"零": 0, "一": 1, "五": 5}, {}, {"十": 10, "百": 100}, {"万": 10000})
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
        """Value of a run of digits read one by one, as years are; ``None`` if the run is no such thing."""
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
        begins = self.section + self.total == 0
        if scale >= self.room or self.pending == 0 or (self.pending is None and scale != 10 and not begins):
            return False
        self.section += (1 if self.pending is None else self.pending) * scale
        self.pending, self.room, self.last, self.empty = None, scale, scale, False
        return True

    def big(self, scale: int) -> bool:
        below = self.section + (self.pending or 0)
        if below == 0 and self.total == 0 and not self.empty:
            return False
        if 0 < self.total < scale:  # a scale of scales: ten thousand times a hundred million
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

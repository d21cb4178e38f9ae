"""Lever: terms of the glossary are looked for where one may begin, and arrays say where that is.

Of a thousand places in a text a term begins at thirty. A hash of the characters there, reckoned for all places at once,
tells most others; what is left is looked at as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bitext.checks.names import MORE, Glossary, Named
from bitext.plain import simplify
from bitext.script import han_character

if TYPE_CHECKING:  # slow to load
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]
    Flags = npt.NDArray[np.bool_]
    Indices = npt.NDArray[np.integer[Any]]

_LEAST, _MOST = 300, 100_000
"""Characters of a text for which arrays pay, and for which hashes can be reckoned."""
_CODES = 1 << 16
"""Characters that the tables know; a text with others is looked through without them."""
_USUAL = slice(0x4E00, 0xA000)
"""Characters of which it is known whether they are simplified; of texts with other Han characters it is asked."""
_FIRST, _SECOND = 40_503, 30_011
"""Odd numbers, by which the characters of a pair are multiplied."""
_BASE = 0x9E3779B1
"""The number whose powers characters of a word are multiplied by."""


class Places:
    """Where terms of a glossary may begin."""

    def __init__(self, glossary: Glossary) -> None:
        import numpy as np

        self._glossary = glossary
        self._powers = _powers(_BASE)
        self._back = _powers(pow(_BASE, -1, 1 << 32))
        characters = "".join(map(chr, range(_CODES)))
        self._letters = np.array([*map(str.isalnum, characters)])
        han = "".join(han_character.findall(characters))
        usual = characters[_USUAL]
        simple = {old for old, new in zip(usual, simplify(usual), strict=True) if old == new}
        self._traditional = _flags([ord(each) for each in han if each not in simple])
        self._pairs = _flags([_hash_of_pair(*pair) for pair in glossary.pairs])
        self._words = self._flags_of(word for word, forms in glossary.starts.items() if forms)
        self._going_on = self._flags_of(glossary.going_on)

    def _flags_of(self, words: Iterable[str]) -> Flags:
        """A table of the hashes of some words."""
        import numpy as np

        known = list(words)
        ends = np.cumsum([0, *map(len, known)])
        codes = _codes("".join(known))
        return _flags(self._hashes(self._sums(codes), ends[:-1], ends[1:]))

    def _sums(self, codes: Codes) -> Codes:
        """For each place the sum of the characters before it, each multiplied by the power of its place."""
        import numpy as np

        sums = np.zeros(len(codes) + 1, np.uint32)
        np.cumsum(codes * self._powers[: len(codes)], dtype=np.uint32, out=sums[1:])
        return sums

    def _hashes(self, sums: Codes, starts: Indices, ends: Indices) -> Indices:
        """Hashes of pieces of a text, the same wherever a piece stands."""
        import numpy as np

        return ((sums[ends] - sums[starts]) * self._back[starts]) // np.uint32(_CODES)

    def chinese(self, text: str) -> Iterator[Named]:
        """What the glossary finds in a Chinese text."""
        import numpy as np

        codes = _codes(text)
        if codes.max() >= _CODES or self._traditional[codes].any():
            text = simplify(text)
            codes = _codes(text)
        short = codes.astype(np.uint16)
        hits = np.flatnonzero(self._pairs[short[:-1] * _FIRST + short[1:] * _SECOND])
        return self._glossary.chinese_at(text, hits.tolist())

    def named(self, folded: str) -> Iterator[tuple[str, int]] | None:
        """What it finds in a folded English text; ``None`` if that has characters without a place in the tables."""
        import numpy as np

        codes = _codes(folded)
        if codes.max() >= _CODES:
            return None
        letters = np.zeros(len(codes) + 2, bool)
        letters[1:-1] = self._letters[codes]
        edges = np.flatnonzero(letters[1:] != letters[:-1])
        starts, ends, sums = edges[::2], edges[1::2], self._sums(codes)
        further = np.minimum(ends + MORE, len(codes))
        there = self._words[self._hashes(sums, starts, ends)] | self._going_on[self._hashes(sums, starts, further)]
        words = zip(starts[there].tolist(), ends[there].tolist(), strict=True)
        return self._glossary.named_at(folded, words)


def _codes(text: str) -> Codes:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _powers(base: int) -> Codes:
    import numpy as np

    return np.cumprod(np.array([1, *[base] * _MOST], np.uint32), dtype=np.uint32)


def _hash_of_pair(first: str, second: str) -> int:
    return (ord(first) * _FIRST + ord(second) * _SECOND) % _CODES


def _flags(numbers: Iterable[int] | Indices) -> Flags:
    """A table that says of each number whether it is one of these."""
    import numpy as np

    found = np.zeros(_CODES, bool)
    found[np.fromiter(numbers, np.int64)] = True
    return found


def pull() -> None:
    """Takes the place of what looks for terms in a text."""
    slow, slow_chinese = Glossary.named, Glossary.chinese
    known: dict[int, tuple[Glossary, Places]] = {}

    def places(glossary: Glossary) -> Places:
        if id(glossary) not in known:
            known[id(glossary)] = glossary, Places(glossary)
        return known[id(glossary)][1]

    def chinese(self: Glossary, text: str) -> Iterator[Named]:
        return places(self).chinese(text) if len(text) > _LEAST else slow_chinese(self, text)

    def named(self: Glossary, folded: str) -> Iterator[tuple[str, int]]:
        found = places(self).named(folded) if _LEAST < len(folded) < _MOST else None
        return slow(self, folded) if found is None else found

    Glossary.chinese, Glossary.named = chinese, named  # type: ignore[method-assign]

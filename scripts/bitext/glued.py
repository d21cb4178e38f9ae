"""English that lost the blanks between its words → the same with blanks, so that the aligner can read its words.

A page copied through a form that drops blanks prints ``Theferryleavesatsixandcomesbackatnight.`` The text stays as it
is printed; what it shares with its translation is looked for in the words that it is most likely made of: those whose
product of frequencies is the largest (Norvig, "Natural Language Corpus Data", 2009), by dynamic programming. How often
a word comes is counted in the English of the lexicon.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from functools import lru_cache

_LONGEST_WORD = 24
"""Letters of the longest word that prints: what is longer has lost its blanks."""
_MOST_LETTERS = 12
"""Mean length of the words of a text that has its blanks, at most; that of English is five letters."""
_LETTERS = re.compile(r"[A-Za-z]+")
_GLUED = re.compile(f"[A-Za-z]{{{_LONGEST_WORD},}}")
_PIECE = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""Of a run of letters what may be one word: a capital after a small letter begins another."""
_SHORT_FORM = re.compile(r"(?<=[A-Za-z])['\u2019](?:ll|re|ve|[sdmt])(?=[A-Za-z])")
"""What an apostrophe cut short, with the next word glued to it."""
_LETTERS_ALONE = frozenset("ai")
"""Letters that are words."""
_RARER = 8
"""A form with an ending of words that is not listed is taken to be so much rarer than the word without."""
_EACH = 15.0
"""Cost of any word, the logarithm of how often it comes taken off: some more than that of how many were counted."""
_UNKNOWN = 3.0
"""Cost of each letter of what is no word, and of it all."""

Count = Callable[[str], int]
"""How often a word in small letters comes in some English text."""


def is_glued(text: str) -> bool:
    """Whether an English text lost the blanks between its words: all of them, or nearly all.

    >>> is_glued("Theferryleavesatsixandcomesbackatnight."), is_glued("#LancangMekongCooperationWeek began in Jinghong")
    (True, False)
    """
    if not _GLUED.search(text):
        return False
    return sum(map(len, _LETTERS.findall(text))) > _MOST_LETTERS * len(text.split())


def with_blanks(text: str, count: Count, endings: Collection[str] = ()) -> str:
    """An English text that lost its blanks with blanks between the words that it is most likely made of.

    :param count: how often a word comes; time grows with the length of the text.
    :param endings: with which words have forms that need not be counted.

    >>> words = {"the": 9, "ferry": 2, "leaves": 1, "at": 9, "night": 2, "i": 5, "see": 2}
    >>> with_blanks("Theferryleavesatnight.Isee.", lambda word: words.get(word, 0))
    'The ferry leaves at night .I see .'
    """
    costs = _Costs(count, endings)
    apart = _SHORT_FORM.sub(lambda short: f"{short.group()} ", text)
    return _PIECE.sub(lambda piece: f"{' '.join(_words(piece.group(), costs))} ", apart).strip()


class _Costs:
    """What each word costs: less, the more often it comes; a string that is no word costs more, the longer it is."""

    def __init__(self, count: Count, endings: Collection[str]) -> None:
        self.count = count
        self.endings = endings
        self.of = lru_cache(maxsize=65536)(self._of)

    def _of(self, word: str) -> float:
        bases = (word.removesuffix(ending) for ending in self.endings if word.endswith(ending))
        found = self.count(word) or max(map(self.count, bases), default=0) // _RARER
        known = found and (len(word) > 1 or word in _LETTERS_ALONE)
        return _EACH - math.log(found) if known else _EACH + _UNKNOWN * (1 + len(word))


def _words(run: str, costs: _Costs) -> list[str]:
    """The words that a run of letters is most likely made of."""
    small = run.lower()
    best, came = [0.0], [0]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - _LONGEST_WORD), end)
        value, start = min((best[start] + costs.of(small[start:end]), start) for start in starts)
        best.append(value)
        came.append(start)
    found: list[str] = []
    at = len(run)
    while at:
        found.append(run[came[at] : at])
        at = came[at]
    return found[::-1]

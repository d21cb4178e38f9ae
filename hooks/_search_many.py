"""The terms of many articles at once, as rows from which ``_search_postings`` makes the index.

The same terms and levels as ``_search_entry.levels`` gives for one article. What an article says is a few thousand
characters, so that handing arrays of it about costs more than what is done with them: those of a hundred are one array.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from _search_entry import LEVELS, Said
from _search_postings import row
from _search_terms import ACROSS, words_and_runs

if TYPE_CHECKING:  # slow to load
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Found = tuple[Numbers, Numbers, npt.NDArray[np.float64]]
    """Where terms stand: their codes, the places of articles, what they count there."""

_AT_ONCE = 100
"""Articles whose terms are found at once."""
_CHARACTER, _PLACE, _WORTH = 18, 7, 5
"""Bits of a character, of the place of an article among these, and of what a term counts, in units of ``ACROSS``."""
_ALL = ~(-1 << _WORTH)
_BREAK = ord("\n")


class Rows:
    """Takes articles in; gives the rows of their terms.

    :param stop: words that are not looked for, folded.
    """

    def __init__(self, stop: Collection[str]) -> None:
        self._stop = frozenset(stop)
        self._names: defaultdict[str, int] = defaultdict()
        self._names.default_factory = self._names.__len__
        for word in self._stop:
            self._names[word]  # takes its place, before those of all that is looked for
        self._waiting: list[tuple[int, Said]] = []
        self._done: list[Numbers] = []

    def add(self, number: int, said: Said) -> None:
        """The next article.

        :param number: of its page.
        """
        self._waiting.append((number, said))
        if len(self._waiting) == _AT_ONCE:
            self._find()

    def done(self) -> tuple[Numbers, list[str]]:
        """All rows, and the names of the terms."""
        import numpy as np

        self._find()
        rows = np.concatenate(self._done)
        self._done.clear()
        return rows, list(self._names)

    def _find(self) -> None:
        """The rows of those that wait."""
        import numpy as np

        words, lines, place_of = array("q"), list[str](), self._names.__getitem__
        of_words, of_lines = list[tuple[int, int]](), list[tuple[int, int]]()
        for place, (_, said) in enumerate(self._waiting):
            for text, weight in said.fields():
                mark = place << _WORTH | int(weight / ACROSS)
                latin, chinese = words_and_runs(text)
                words.extend(map(place_of, latin))  # at once, while they are near at hand
                of_words.append((mark, len(latin)))
                if chinese:
                    lines.append("\n".join([*chinese, ""]))
                    of_lines.append((mark, len(lines[-1])))
        numbers = np.array([number for number, _ in self._waiting], np.int64)
        pivots = np.array([said.pivot() for _, said in self._waiting], np.float64)
        named = np.frombuffer(words, np.int64)
        found = self._words(named, _spread(of_words)), self._pairs("".join(lines), _spread(of_lines))
        for names, places, worth in found:
            level = (LEVELS * worth / (worth + pivots[places])).astype(np.int64)
            self._done.append(row(names, numbers[places], level))
        self._waiting.clear()

    def _words(self, names: Numbers, marks: Numbers) -> Found:
        there = names >= len(self._stop)
        return _summed(names[there], marks[there])

    def _pairs(self, lines: str, marks: Numbers) -> Found:
        """Pairs of neighbouring characters, and the last character of each run.

        :param lines: the runs, each with the end of its line.
        """
        import numpy as np
        import rjieba

        words = rjieba.cut(lines)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        left_out = np.fromiter(map(self._stop.__contains__, words), bool, len(words)).repeat(lengths)
        codes = np.frombuffer(lines.encode("utf-32-le"), np.uint32).astype(np.int64)
        there = (codes != _BREAK) & ~left_out
        marks = marks.copy()
        last = lengths.cumsum() - 1  # a pair that begins there stands across two words
        worth = marks & _ALL
        marks[last] += (worth[last] * ACROSS).astype(np.int64) - worth[last]
        pairs = codes << _CHARACTER
        pairs[:-1] |= codes[1:] * there[1:]
        pairs, places, sums = _summed(pairs[there], marks[there])
        begins = np.flatnonzero(np.diff(pairs, prepend=-1))
        names = np.fromiter(map(self._names.__getitem__, _written(pairs[begins])), np.int64, len(begins))
        return names.repeat(np.diff(begins, append=len(pairs))), places, sums


def _spread(marks: Sequence[tuple[int, int]]) -> Numbers:
    """A mark for each of the words or characters of some texts.

    :param marks: of each text, and how many it has.
    """
    import numpy as np

    each = np.array(marks, np.int64).reshape(-1, 2)
    return each[:, 0].repeat(each[:, 1])


def _summed(codes: Numbers, marks: Numbers) -> Found:
    """What each code counts in each article."""
    import numpy as np

    keys = codes << _PLACE + _WORTH | marks
    keys.sort()  # of whole numbers, ten times as fast as to find their order
    both = keys >> _WORTH
    begins = np.flatnonzero(np.diff(both, prepend=-1))
    units = np.add.reduceat(keys & _ALL, begins) if len(begins) else begins
    both = both[begins]
    return both >> _PLACE, both & ~(-1 << _PLACE), units.astype(np.float64) * ACROSS


def _written(pairs: Numbers) -> list[str]:
    """Pairs as text; a last character is a pair with nothing."""
    import numpy as np

    characters = np.empty((len(pairs), 2), np.uint32)
    characters[:, 0] = pairs >> _CHARACTER
    characters[:, 1] = pairs & ~(-1 << _CHARACTER)
    return characters.view("U2")[:, 0].tolist()  # type: ignore[no-any-return]

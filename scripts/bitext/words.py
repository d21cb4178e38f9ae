"""Words of a text for comparing lines: pairs of Han characters, and English words that carry meaning."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import add

from bitext import script
from bitext.plain import simplify

_SHORT_WORD = 3
_OWNED = ("'s", "\u2019s")


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Pairs of neighbouring Han characters, and Latin words of more than three letters in lower case, none possessive.

    >>> sorted(words("澜湄合作 and Cooperation's"))
    ['cooperation', '合作', '湄合', '澜湄']
    """
    latin = (word.lower() for word in script.latin_word.findall(text) if len(word) > _SHORT_WORD)
    found = {word[:-2] if word.endswith(_OWNED) else word for word in latin}
    for run in script.han_run.findall(simplify(text)):
        found.update(map(add, run, run[1:]))
    return frozenset(found)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Words of many texts."""
    return frozenset().union(*map(words, texts))


def overlap(text: str, known: frozenset[str]) -> float:
    """Share of the words of a text that are known, 0 to 1; 0 for a text without words."""
    mine = words(text)
    return len(mine & known) / len(mine) if mine else 0.0

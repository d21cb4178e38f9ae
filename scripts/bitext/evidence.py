"""What two pieces of text share: the words of one that the other translates, weighted by how rare they are.

A unit of Chinese text is read as a row of *terms* (words with a translation that occurs somewhere in the English text,
the longest first), a unit of English text as a row of *keys* (stems). Numbers, dates, Latin tokens and names read in
pinyin are terms with one key, itself. Rare terms weigh more: log((1 + n) / df) over the n units of the text, the
inverse document frequency of Spärck Jones (1972), so that what every paragraph says ties none of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from bitext import script
from bitext.anchors import FactWords, find_facts
from bitext.anchors.names import meet, read_aloud, spelled
from bitext.knowledge import Knowledge
from bitext.lexicon import Gloss, Lexicon, english_words
from bitext.model import Lang
from bitext.plain import plain, simplify

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float32]]

_Row = list[tuple[str, tuple[Gloss, ...]]]
"""Terms of a Chinese unit, each with its translations."""

_Found = list[tuple[float, int]]
"""Weight of each word of a unit, and the units of the other side that hold it, as bits."""

MOST_MERGED = 3
"""A bead holds at most this many units of a language."""

_LARGEST_BATCH = 500_000
"""Words × units of the other side whose weights are summed together: 2 MB, and a short text is one batch."""

_COMMON = 0.08
"""Weight of a word that stands in every unit: small, not zero, so that two texts of one unit each can be compared."""


_ITEM = "item "
_TOLD = ("number ", "percent ", "date ")
"""Keys that count even if the other text has them nowhere: a translation leaves words out, but hardly a number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tables of shared weight between the units of two texts, for one to three neighbouring units of the other side."""

    zh_total: Matrix
    """Weight of all terms of each Chinese unit, and of numbers and dates that the other text lacks; shape (n,)."""
    en_total: Matrix
    """Weight of all keys of each English unit that some term may translate, and of its numbers and dates; (m,)."""
    zh_shared: tuple[Matrix, ...]
    """``zh_shared[b - 1][i, j]``: weight of the terms of Chinese unit i found in English units j … j + b - 1."""
    en_shared: tuple[Matrix, ...]
    """``en_shared[a - 1][j, i]``: weight of the keys of English unit j that Chinese units i … i + a - 1 translate."""
    terms: tuple[tuple[tuple[str, tuple[Gloss, ...]], ...], ...]
    """Terms of each Chinese unit with their translations, for explanations."""
    keys: tuple[frozenset[str], ...]
    """Keys of each English unit."""
    frequency: dict[str, int]
    """In how many Chinese units each term stands."""
    hits: Mapping[str, int]
    """English units, as bits, that hold a translation of a term."""
    zh_found: tuple[_Found, ...]
    """Weight of each term of each Chinese unit, and the English units that hold it."""
    en_found: tuple[_Found, ...]
    """Weight of each key of each English unit, and the Chinese units that translate it."""
    zh_items: tuple[int, ...]
    """Number of each Chinese unit in a list, from 1; 0 for those without."""
    en_items: tuple[int, ...]

    def zh_held(self, i: int, j: int, count: int) -> float:
        """Weight of the terms of Chinese unit i found in English units j … j + count - 1."""
        return _held(self.zh_found[i], j, count)

    def en_held(self, j: int, i: int, count: int) -> float:
        """Weight of the keys of English unit j that Chinese units i … i + count - 1 translate."""
        return _held(self.en_found[j], i, count)


def _held(found: _Found, start: int, count: int) -> float:
    units = ((1 << count) - 1) << start
    return sum(weight for weight, hit in found if hit & units)


def gather(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon, knowledge: Knowledge) -> Evidence:
    """Evidence for all pairs of units of two texts; time and memory grow with their product, at 13 bytes a pair.

    :param zh: Chinese units, each at least one character.
    :param en: English units.
    """
    keys = [_english_keys(text, lexicon, knowledge) for text in en]
    index = _Postings(keys)
    wanted = frozenset().union(*(spelled(text) for text in en)) if en else frozenset()
    meet(zh, wanted)
    stated = [facts(text, "zh", knowledge) for text in zh]
    rows = [_chinese_terms(*unit, lexicon, index, wanted) for unit in zip(zh, stated, strict=True)]
    return _tables(rows, keys, index, tuple(map(_item_number, stated)), tuple(map(_item_number, keys)))


class _Postings:
    """In which English units each key stands, as bits of one integer."""

    def __init__(self, keys: Sequence[frozenset[str]]) -> None:
        self.units = len(keys)
        self.bits: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        """Units that hold a translation of each term that was asked for."""
        self.whole: dict[str, list[tuple[Gloss, int]]] = {}
        """Translations of a term that stand whole in some unit, and these units."""
        for number, unit in enumerate(keys):
            bit = 1 << number
            for key in unit:
                self.bits[key] = self.bits.get(key, 0) | bit
        self.keys = frozenset(self.bits)

    def hits(self, term: str, glosses: Iterable[Gloss]) -> int:
        """Units that hold all stems of at least one of the translations of a term, which are always the same."""
        if (found := self.terms.get(term)) is None:
            found = self.terms[term] = self._found(term, glosses)
        return found

    def _found(self, term: str, glosses: Iterable[Gloss]) -> int:
        found = 0
        for gloss in [gloss for gloss in glosses if gloss <= self.keys]:
            bits = -1
            for stem in gloss:
                bits &= self.bits[stem]
            if bits:
                self.whole.setdefault(term, []).append((gloss, bits))
                found |= bits
        return found


def _english_keys(text: str, lexicon: Lexicon, knowledge: Knowledge) -> frozenset[str]:
    keys = set(chain.from_iterable(map(lexicon.keys, script.latin_word.findall(text))))
    keys.update(f"name {word}" for word in spelled(text))
    keys.update(facts(text, "en", knowledge))
    return frozenset(keys)


def facts(text: str, lang: Lang, knowledge: Knowledge) -> set[str]:
    """Numbers, dates and the number of a list item that a text states, as keys that both languages share."""
    stated = find_facts(text, lang, FactWords(knowledge.numerals, knowledge.dates))
    keys = (quantity.key for quantity in stated.quantities if not quantity.weak)
    found = {f"{family} {value}" for family, value in keys}
    found |= {f"date {key}" for date in stated.dates for key in date.keys}
    item = max((style.number(plain(text)) for style in knowledge.numbering), default=0)
    return found | {f"{_ITEM}{item}"} if item else found


def _item_number(keys: Iterable[str]) -> int:
    """Number of the list item among what a unit states; 0 if there is none."""
    return max((int(key.removeprefix(_ITEM)) for key in keys if key.startswith(_ITEM)), default=0)


def _chinese_terms(
    text: str, stated: set[str], lexicon: Lexicon, index: _Postings, wanted: frozenset[str]
) -> _Row:
    """Terms of a unit that the English text may hold: the longest at each place, not overlapping."""
    simple = simplify(text)
    found = [term for run in script.han_run.findall(simple) for term in _listed(run, lexicon, index)]
    shared = stated | {f"name {word}" for word in read_aloud(simple, wanted)}
    found += [(fact, (frozenset({fact}),)) for fact in sorted(shared)]
    stems = ((word, lexicon.stem(word)) for word in english_words(text) if len(word) > 1)
    found += [(word, (frozenset({stem}),)) for word, stem in stems if stem]
    return [item for item in dict(found).items() if index.hits(*item) or item[0].startswith(_TOLD)]


def _listed(run: str, lexicon: Lexicon, index: _Postings) -> Iterator[tuple[str, tuple[Gloss, ...]]]:
    """Terms of the lexicon in a run of Han characters, of which the English text holds a translation."""
    at, end, starts, hits = 0, len(run), lexicon.starts, index.terms
    while at < end:
        length = 1
        for term in lexicon.matches(run, at) if run[at : at + 2] in starts else ():
            if hits[term] if term in hits else index.hits(term, lexicon.glosses(term)):
                yield term, lexicon.glosses(term)
                length = len(term)
                break
        at += length


def _weights(counts: Mapping[str, int], units: int) -> dict[str, float]:
    """Weight of each word by the number of units that hold it."""
    weight = {count: max(math.log((1 + units) / count), _COMMON) for count in set(counts.values())}
    return {word: weight[count] for word, count in counts.items()}


def _tables(
    rows: list[_Row], keys: list[frozenset[str]], index: _Postings, zh_items: tuple[int, ...], en_items: tuple[int, ...]
) -> Evidence:
    frequency = Counter(term for row in rows for term, _ in row)
    weights = _weights(frequency, len(rows))
    zh = [[(weights[term], index.terms[term]) for term, _ in row] for row in rows]
    zh_total, zh_shared = _sums(zh, len(keys))
    en = list(_translated(rows, keys, index))
    en_total, en_shared = _sums(en, len(rows))
    return Evidence(
        zh_total, en_total, zh_shared, en_shared, tuple(map(tuple, rows)), tuple(keys), dict(frequency), index.terms,
        tuple(zh), tuple(en), zh_items, en_items,
    )


def _translated(rows: Sequence[_Row], keys: list[frozenset[str]], index: _Postings) -> Iterator[_Found]:
    """The keys of each English unit that some term may translate."""
    single, several = _translating(rows, index)
    weights = _weights(Counter(chain.from_iterable(keys)), len(keys))
    for number, unit in enumerate(keys):
        more = several.get(number, {})
        hits = [(key, single.get(key, 0) | more.get(key, 0)) for key in sorted(unit)]
        yield [(weights[key], hit) for key, hit in hits if hit or key.startswith(_TOLD)]


_Several = dict[int, dict[str, int]]


def _translating(rows: Sequence[_Row], index: _Postings) -> tuple[dict[str, int], _Several]:
    """Chinese units, as bits, whose terms each key translates: alone, and in each English unit with others of its."""
    bits: dict[str, int] = {}
    for number, row in enumerate(rows):
        bit = 1 << number
        for term, _ in row:
            bits[term] = bits.get(term, 0) | bit
    single: dict[str, int] = {}
    several: _Several = defaultdict(dict)
    for term, where in bits.items():
        for gloss, units in index.whole.get(term, ()):
            if len(gloss) == 1:
                (key,) = gloss
                single[key] = single.get(key, 0) | where
                continue
            for unit in map(several.__getitem__, _numbers(units)):
                for key in gloss:
                    unit[key] = unit.get(key, 0) | where
    return single, several


def _numbers(bits: int) -> Iterator[int]:
    """Places of the bits of an integer."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _sums(found: Sequence[_Found], length: int) -> tuple[Matrix, tuple[Matrix, ...]]:
    """Weight of all words of each unit, and of those that one, two, three neighbouring units of the other side hold."""
    import numpy as np

    total = np.zeros(len(found), np.float32)
    shared = tuple(np.zeros((len(found), length), np.float32) for _ in range(MOST_MERGED))
    for some in _batches(found, length):
        weights = np.array([weight for number in some for weight, _ in found[number]], np.float32)
        starts = np.cumsum([0, *(len(found[number]) for number in some[:-1])])
        total[some] = np.add.reduceat(weights, starts)
        union = hits = _bits([hit for number in some for _, hit in found[number]], length)
        for width, table in enumerate(shared[:length], start=1):
            if width > 1:
                union = union[:, :-1] | hits[:, width - 1 :]
            table[some, : union.shape[1]] = np.add.reduceat(union * weights[:, None], starts)
    return total, shared


def _batches(units: Sequence[_Found], length: int) -> Iterator[list[int]]:
    """Numbers of the units that have words, so many together as memory allows."""
    some: list[int] = []
    size = 0
    for number, words in enumerate(units):
        if words:
            some.append(number)
            size += len(words) * length
            if size > _LARGEST_BATCH:
                yield some
                some, size = [], 0
    if some:
        yield some


def _bits(numbers: Sequence[int], length: int) -> Any:
    """The lowest bits of integers as rows of booleans."""
    import numpy as np

    width = length // 8 + 1
    raw = np.frombuffer(b"".join(number.to_bytes(width, "little") for number in numbers), np.uint8)
    return np.unpackbits(raw.reshape(-1, width), axis=1, count=length, bitorder="little").astype(bool)

"""Words of a text as the search index knows them: Latin words and numbers as they are, Chinese in overlapping pairs.

A pair of neighbouring characters is found wherever it stands, however a reader or a program would cut the sentence; so
no dictionary is needed to search. A dictionary tells what a pair is worth: inside of a word (rjieba) it counts in full,
across two words a little. ``overrides/assets/search-worker.js`` folds and cuts what a reader types in the same way;
``tests/cases/search_terms.yml`` holds both to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import _library  # noqa: F401 - makes bitext importable

from bitext.plain import simplify
from bitext.script import HAN

if TYPE_CHECKING:  # slow to load, and not needed where no Chinese was edited
    import numpy as np
    import numpy.typing as npt

ACROSS = 0.25
"""What a pair counts that stands across two words, or a last character; inside of a word it counts 1."""

_BLANK, _END = map(ord, " \t")
_RUN = re.compile(f"([{HAN}]+)")
_FAR = re.compile(f"[{chr(0x2E80)}-{chr(0x3FFFF)}]")
"""What may be Han; one range is looked for in a third of the time."""
_LETTER = rf"[^\W_{HAN}]"
_WORD = re.compile(rf"[a-z]++(?!{_LETTER})|[0-9]+\.[0-9]+|{_LETTER}+")
"""A number with its point, or letters and figures in a row; most are small letters alone, which are found soonest."""
_SIGNS = "\u2018\u2019\u201c\u201d\u2013\u2014"
_STOP = re.compile(r"\.(?:(?![0-9])|(?<![0-9]\.))")
"""A point that does not stand between two figures."""
_BLANKED = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "."}
_MARKS = re.compile("[\u0300-\u036f]")
_THOUSANDS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")


def fold(text: str) -> str:
    """Small letters without accents, simplified characters, half-width forms, no commas inside of numbers.

    >>> fold("Hải Phòng ＡＢＣ 8,012 兒童")
    'hai phong abc 8012 儿童'
    """
    bare = (text if text.isascii() else unicodedata.normalize("NFKD", text)).lower()
    if not bare.isascii():
        bare = _MARKS.sub("", bare).replace("đ", "d")
    if _FAR.search(bare) and _traditional().search(bare):
        bare = simplify(bare)
    return _THOUSANDS.sub("", bare)


@cache
def simplifications() -> str:
    """Pairs of a traditional character and the simplified one, for browsers, which have no such table."""
    block = "".join(map(chr, range(0x4E00, 0xA000)))
    return "".join(old + new for old, new in zip(block, simplify(block), strict=True) if old != new)


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{simplifications()[::2]}]")


def terms(fields: Iterable[tuple[str, float]], stop: Collection[str]) -> dict[str, float]:
    """Terms of some texts, each with what it counts: how often it stands in a text, times the weight of the text.

    :param fields: texts and their weights.
    :param stop: words that are left out, folded.

    >>> terms([("Telecom fraud, fraud", 1), ("fraud", 6)], ())
    {'telecom': 1, 'fraud': 8}
    >>> terms([("打击诈骗", 1)], ()) == {"打击": 1, "击诈": 0.25, "诈骗": 1, "骗": 0.25}
    True
    """
    found: dict[str, float] = {}
    runs: list[str] = []
    weights: list[float] = []
    for text, weight in fields:
        words, here = words_and_runs(text)
        for word, count in Counter(words).items():
            found[word] = found.get(word, 0) + count * weight
        if here:
            runs.append("\n".join(here))
            weights.append(weight)
    for word in stop:
        found.pop(word, None)
    return found | _pairs(runs, weights, stop) if runs else found


def words_and_runs(text: str) -> tuple[list[str], list[str]]:
    """Latin words and numbers of a text, and its runs of Chinese characters, folded.

    >>> words_and_runs("The 11th 合作 meeting")
    (['the', '11th', 'meeting'], ['合作'])
    """
    if (plain := _unsigned(text)).isascii():
        return _words(fold(plain)), []
    pieces = _RUN.split(fold(text))
    return _words(" ".join(pieces[::2])), pieces[1::2]


def _unsigned(text: str) -> str:
    """A text without the signs that alone keep most English texts from being ASCII."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


def _words(folded: str) -> list[str]:
    """Latin words and numbers; in a text of ASCII, but for signs, they are found in half the time."""
    folded = _unsigned(folded)
    if not folded.isascii():
        return _WORD.findall(folded)
    plain = _STOP.sub(" ", folded).translate(_BLANKED)
    if "." not in plain:
        return plain.split()
    return [word for piece in plain.split() for word in ((piece,) if "." not in piece else _WORD.findall(piece))]


def _pairs(texts: Sequence[str], weights: Sequence[float], stop: Collection[str]) -> dict[str, float]:
    """Pairs of neighbouring characters, and the last character of each run, so that one character is found too.

    :param texts: runs of Chinese of each text, a line each.
    """
    import numpy as np
    import rjieba

    words = [word if word not in stop else " " * len(word) for word in rjieba.cut("\n".join(texts))]
    codes = np.frombuffer("\t".join([*words, ""]).encode("utf-32-le"), np.uint32)
    ends = np.flatnonzero(codes == _END)
    codes = codes[codes != _END]
    worth = np.repeat(np.array(weights, float), [len(text) + 1 for text in texts])[:-1]
    worth[ends - np.arange(1, len(ends) + 1)] *= ACROSS  # what begins with the last of a word
    return _summed(codes, worth)


def _summed(codes: npt.NDArray[np.uint32], worth: npt.NDArray[np.float64]) -> dict[str, float]:
    """What each pair counts.

    :param codes: of characters, gaps among them.
    :param worth: what the pair counts that begins with each.
    """
    import numpy as np

    there = codes > _BLANK
    pairs = np.zeros((len(codes), 2), np.uint32)  # a last character is a pair with nothing
    pairs[:, 0] = codes
    pairs[:-1, 1] = codes[1:] * there[1:]
    keys = pairs.view(np.uint64)[there, 0]
    order = keys.argsort()
    keys = keys[order]
    begins = np.flatnonzero(np.diff(keys, prepend=np.uint64(0)))
    sums = np.add.reduceat(worth[there][order], begins)
    return dict(zip(keys[begins].view("U2").tolist(), sums.tolist(), strict=True))

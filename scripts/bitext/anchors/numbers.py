"""Quantities in running text, in one form for both languages: what "the same number" means in this project.

>>> from bitext.datafile import DATA
>>> numerals = load_numerals(DATA / "numerals.yml")
>>> zh = find_quantities("旅客超过5500万人次，货值逾630亿元", "zh", numerals)
>>> en = find_quantities("over 55 million passengers and 63 billion RMB", "en", numerals)
>>> [quantity.key for quantity in zh] == [quantity.key for quantity in en]
True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bitext.anchors import chinese, english
from bitext.anchors.entries import Entries
from bitext.anchors.quantity import Approximate, Kind, Quantity
from bitext.model import Lang

__all__ = ["Approximate", "Kind", "Numerals", "Quantity", "find_quantities", "load_numerals"]


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """How both languages write numbers, compiled once from ``data/numerals.yml``; equal to itself alone."""

    zh: chinese.Chinese
    en: english.English


def load_numerals(path: Path) -> Numerals:
    """Numerals from a data file.

    :param path: ``data/numerals.yml`` or a file of the same form.
    :raises ValueError: for a wrong entry or for what is not plain YAML, beginning with ``path:line:``.
    :raises OSError: if the file cannot be read.
    """
    entries = Entries.read(path)
    numerals = Numerals(chinese.load(entries.entries("zh")), english.load(entries.entries("en")))
    entries.finish()
    return numerals


@lru_cache(maxsize=1024)
def find_quantities(text: str, lang: Lang, numerals: Numerals) -> tuple[Quantity, ...]:
    """Quantities that ``text`` states, from left to right, none overlapping another.

    Every run of figures is found, except one of more than 30 digits and the number of a heading or list item at the
    start. The parts of a date are numbers like others here: :func:`bitext.anchors.find_anchors` takes them out.

    :param text: text of one language, of any length; the time taken grows with the length.
    """
    return numerals.zh.find(text) if lang == "zh" else numerals.en.find(text)

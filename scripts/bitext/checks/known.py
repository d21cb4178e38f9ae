"""What the checks know: ids of the taxonomy, the glossary, words for comparing, differences that people accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bitext import knowledge
from bitext.anchors import FactWords
from bitext.checks.accepted import Accepted, load_accepted
from bitext.checks.pages import Pair
from bitext.checks.words import Words, load_words
from bitext.knowledge import DATA, Knowledge, Term
from bitext.model import Finding


@dataclass(frozen=True, slots=True)
class Known:
    """Data that checks are given."""

    topics: frozenset[str]
    tags: frozenset[str]
    words: Words
    glossary: tuple[Term, ...] = ()
    accepted: tuple[Accepted, ...] = ()


Check = Callable[[Pair, Known], Iterator[Finding]]
"""A check of one page in both languages."""


def load(data: Path = DATA) -> Known:
    """What the checks know, from a data folder.

    :raises bitext.knowledge.DataError: for mistakes in the files.
    :raises ValueError: for a wrong entry in the words for comparing.
    """
    return known(knowledge.load(data), data)


def known(found: Knowledge, data: Path = DATA) -> Known:
    """What the checks know, where the rest of the data was loaded already."""
    tags = frozenset(tag.id for tag in found.tags)
    words = load_words(data / "comparison.yml", FactWords(found.numerals, found.dates))
    return Known(frozenset(found.topic_ids), tags, words, found.glossary, load_accepted(data / "accepted.yml"))

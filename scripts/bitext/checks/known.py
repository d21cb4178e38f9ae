"""What the checks know: ids of the taxonomy, the glossary, words for comparing, differences that people accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bitext import knowledge
from bitext.anchors import FactWords
from bitext.checks.accepted import Accepted, load_accepted
from bitext.checks.history import History
from bitext.checks.ids import Ids
from bitext.checks.names import Glossary, glossary
from bitext.checks.pages import Pair
from bitext.checks.words import Words, load_words
from bitext.datafile import DATA
from bitext.knowledge import Knowledge
from bitext.model import Finding, Term

_TWO_WORDS = re.compile(r"(?=\b([A-Z][a-z]+[- ][A-Z][a-z]+)\b)")


@dataclass(frozen=True, slots=True)
class Known(Ids):
    """Data that checks are given."""

    words: Words
    function_words: frozenset[str] = frozenset()
    """English words such as "of" and "the"."""
    glossary: Glossary = field(default_factory=lambda: glossary(()))
    names: frozenset[str] = frozenset()
    """Two words that stand together in a name of the glossary: Lancang-Mekong, Phnom Penh."""
    accepted: tuple[Accepted, ...] = ()
    history: History | None = None
    """What git knows of the pages; ``None`` where nobody asked."""


Check = Callable[[Pair, Known], Iterator[Finding]]
"""A check of one page in both languages."""


def load(data: Path = DATA) -> Known:
    """What the checks know, from a data folder.

    :raises bitext.datafile.DataError: for mistakes in the files.
    :raises ValueError: for a wrong entry in the words for comparing.
    """
    return known(knowledge.load(data), data)


def known(found: Knowledge, data: Path = DATA) -> Known:
    """What the checks know, where the rest of the data was loaded already."""
    words = load_words(data / "comparison.yml", FactWords(found.numerals, found.dates))
    accepted, terms, pairs = load_accepted(data / "accepted.yml"), glossary(found.glossary), _pairs(found.glossary)
    both = ids(found)
    return Known(both.topics, both.tags, words, found.english.stop_words, terms, pairs, accepted)


def ids(found: Knowledge) -> Ids:
    """Ids of the taxonomy."""
    return Ids(frozenset(found.topic_ids), frozenset(tag.id for tag in found.tags))


def _pairs(terms: tuple[Term, ...]) -> frozenset[str]:
    forms = (form for term in terms for form in term.en)
    return frozenset(match[1] for form in forms for match in _TWO_WORDS.finditer(form))

"""Terms of the glossary in both sides of a bead: which Chinese ones are there, and which of their English forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bitext.knowledge import Term
from bitext.plain import simplify

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc-]+")
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:'?s|es|n|ese)?(?![^\W_])")
"""How a form may go on and still be the form."""
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})


@dataclass(frozen=True, slots=True)
class Named:
    """A term, and where its Chinese form stands."""

    term: Term
    form: str
    start: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms, made ready for looking up."""

    forms: Mapping[str, Term]
    """By Chinese form."""
    lengths: Mapping[str, tuple[int, ...]]
    """Lengths of the forms that begin with two characters, longest first."""
    english: Mapping[str, tuple[Term, ...]]
    """By English form or abbreviation, folded."""
    starts: Mapping[str, tuple[str, ...]]
    """Folded forms by their first word, longest first."""
    words: frozenset[str]
    """Every word of an English form, in small letters."""
    abbreviations: frozenset[str]

    def chinese(self, text: str) -> Iterator[Named]:
        """Terms that a Chinese text names, the longest at each place."""
        plain = simplify(text)
        at = 0
        while at < len(plain) - 1:
            lengths = self.lengths.get(plain[at : at + 2], ())
            form = next((plain[at : at + length] for length in lengths if plain[at : at + length] in self.forms), "")
            if form:
                yield Named(self.forms[form], form, at)
            at += max(len(form), 1)

    def named(self, folded: str) -> Iterator[tuple[str, int]]:
        """English forms that a folded text names, the longest at each place, and where they begin."""
        end = 0
        for word in _WORD.finditer(folded):
            if word.start() >= end:
                for form in self.starts.get(word[0], ()):
                    if folded.startswith(form, word.start()) and _ENDING.match(folded, word.start() + len(form)):
                        yield form, word.start()
                        end = word.start() + len(form)
                        break


def glossary(terms: Iterable[Term]) -> Glossary:
    """Terms, made ready for looking up."""
    terms = tuple(terms)
    forms = {simplify(form): term for term in terms for form in term.zh}
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:2], set()).add(len(form))
    english: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        for form in {fold(form) for form in (*term.en, term.abbr) if form}:
            english[form] = (*english.get(form, ()), term)
    starts: dict[str, list[str]] = {}
    for form in sorted(english, key=len, reverse=True):
        if word := _WORD.match(form):
            starts.setdefault(word[0], []).append(form)
    words = frozenset(word.lower() for term in terms for form in term.en for word in re.findall(r"[^\W\d_]+", form))
    return Glossary(
        forms, {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}, english,
        {word: tuple(found) for word, found in starts.items()}, words,
        frozenset(term.abbr for term in terms if term.abbr),
    )  # fmt: skip


def fold(text: str) -> str:
    """English in the form in which names are compared: small letters, dashes and blanks alike, quotes straight."""
    return " ".join(_DASHES.sub(" ", text.translate(_QUOTES)).lower().split())


def stands(form: str, folded: str) -> bool:
    """Whether an English form, folded, stands in a folded text as a word of its own; endings of a plural may follow."""
    at = folded.find(form)
    while at >= 0:
        if not folded[max(at - 1, 0) : at].isalnum() and _ENDING.match(folded, at + len(form)):
            return True
        at = folded.find(form, at + 1)
    return False


def accepted_forms(term: Term) -> Iterable[str]:
    """English forms and abbreviation of a term, folded."""
    return (fold(form) for form in (*term.en, term.abbr) if form)

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
    chinese_forms: re.Pattern[str]
    """Any of these forms, the longest first."""
    english: Mapping[str, tuple[Term, ...]]
    """By English form or abbreviation, folded."""
    starts: Mapping[str, tuple[str, ...]]
    """Folded forms by their first word, longest first."""
    words: frozenset[str]
    """Every word of an English form, in small letters."""
    abbreviations: frozenset[str]

    def chinese(self, text: str) -> Iterator[Named]:
        """Terms that a Chinese text names, the longest at each place."""
        for found in self.chinese_forms.finditer(simplify(text)):
            yield Named(self.forms[found[0]], found[0], found.start())

    def named(self, folded: str) -> Iterator[tuple[str, int]]:
        """English forms that a folded text names, the longest at each place, and where they begin."""
        end = 0
        for word in _WORD.finditer(folded):
            if (forms := self.starts.get(word[0])) and word.start() >= end:
                for form in forms:
                    if folded.startswith(form, word.start()) and _ENDING.match(folded, word.start() + len(form)):
                        yield form, word.start()
                        end = word.start() + len(form)
                        break


def glossary(terms: Iterable[Term]) -> Glossary:
    """Terms, made ready for looking up."""
    terms = tuple(terms)
    forms = {simplify(form): term for term in terms for form in term.zh}
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
        forms, _any_of(form for form in forms if len(form) > 1), english,
        {word: tuple(found) for word, found in starts.items()}, words,
        frozenset(term.abbr for term in terms if term.abbr),
    )  # fmt: skip


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Forms under their first characters, so that few are tried at each place; of one beginning the longest first."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        groups.setdefault(form[0], []).append(re.escape(form[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) or r"(?!)")


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

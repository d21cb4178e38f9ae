"""Terms of the glossary in both sides of a bead: which Chinese ones are there, and which of their English forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress, count
from operator import add
from typing import NamedTuple

from bitext.model import Term
from bitext.plain import simplify

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc-]+")
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:'?s|es|n|ese)?(?![^\W_])")
"""How a form may go on and still be the form."""
MORE = 4
"""Characters after the first word of a form by which forms are told apart."""
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})


class Named(NamedTuple):
    """A term, and where its Chinese form stands."""

    term: Term
    form: str
    start: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms, made ready for looking up."""

    forms: Mapping[str, Term]
    """By Chinese form."""
    pairs: Mapping[str, tuple[str, ...]]
    """Chinese forms of two and more characters by their first two, the longest first."""
    english: Mapping[str, tuple[Term, ...]]
    """By English form or abbreviation, folded."""
    starts: Mapping[str, tuple[str, ...]]
    """Folded forms by their first word, longest first: those that hardly go on after it."""
    going_on: Mapping[str, tuple[str, ...]]
    """The others, by their first word and the :data:`MORE` characters after it: two thousand begin with "the"."""
    words: frozenset[str]
    """Every word of an English form, in small letters."""
    abbreviations: frozenset[str]

    def chinese(self, text: str) -> Iterator[Named]:
        """Terms that a Chinese text names, the longest at each place."""
        plain = simplify(text)
        # Of a thousand pairs of characters ten begin a form: to look each up takes an eighth of the time of a pattern.
        return self.chinese_at(plain, compress(count(), map(self.pairs.__contains__, map(add, plain, plain[1:]))))

    def chinese_at(self, plain: str, places: Iterable[int]) -> Iterator[Named]:
        """The same of a simplified text.

        :param places: where one may begin, in their order.
        """
        forms, pairs, end = self.forms, self.pairs, 0
        for start in places:
            for form in pairs.get(plain[start : start + 2], ()) if start >= end else ():
                if plain.startswith(form, start):
                    yield Named(forms[form], form, start)
                    end = start + len(form)
                    break

    def named(self, folded: str) -> Iterator[tuple[str, int]]:
        """English forms that a folded text names, the longest at each place, and where they begin."""
        starts = self.starts
        return self.named_at(folded, (word.span() for word in _WORD.finditer(folded) if word[0] in starts))

    def named_at(self, folded: str, words: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """The same.

        :param words: starts and ends of the words with which one may begin, in their order.
        """
        starts, going_on, end = self.starts, self.going_on, 0
        for start, stop in words:
            if start < end:
                continue
            for form in (*going_on.get(folded[start : stop + MORE], ()), *starts.get(folded[start:stop], ())):
                if folded.startswith(form, start) and _ENDING.match(folded, start + len(form)):
                    yield form, start
                    end = start + len(form)
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
    going_on: dict[str, list[str]] = {}
    for form in sorted(english, key=len, reverse=True):
        if word := _WORD.match(form):
            short = starts.setdefault(word[0], [])
            key = form[: word.end() + MORE]
            (short if len(key) < word.end() + MORE else going_on.setdefault(key, [])).append(form)
    words = frozenset(word.lower() for term in terms for form in term.en for word in re.findall(r"[^\W\d_]+", form))
    return Glossary(
        forms, _by_pairs(form for form in forms if len(form) > 1), english,
        {word: tuple(found) for word, found in starts.items()}, {key: tuple(found) for key, found in going_on.items()},
        words,
        frozenset(term.abbr for term in terms if term.abbr),
    )  # fmt: skip


def _by_pairs(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Forms under their first two characters, the longest first."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        groups.setdefault(form[:2], []).append(form)
    return {pair: tuple(found) for pair, found in groups.items()}


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

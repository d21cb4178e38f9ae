"""Terms of the glossary in the HTML of an article: the first of each becomes a link to its entry."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from _glossary_view import forms_of, ids_of
from _site import other

from bitext.checks.names import Glossary, fold, glossary
from bitext.model import Lang, Term
from bitext.script import ends_sentence

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_CLOSED = frozenset({"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements whose text is left as it is: there a link is forbidden, or would be in the way."""


class _Level(dict[int, str]):
    """A translation table that folds letter by letter, so that offsets stay; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = (fold(chr(code)) or " ")[0]
        return self[code]


_LEVEL = _Level()
_SIGNS = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
"""Signs of English that are folded as these are; a text of ASCII alone is folded in a fifth of the time."""


def _levelled(text: str) -> str:
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    return text.translate(_LEVEL)


@dataclass(frozen=True, slots=True)
class Mark:
    """A term where it stands in a text."""

    term: Term
    start: int
    end: int


Kept = tuple[Any, ...]
"""What :meth:`Marker.kept` gives."""


class Marker:
    """Finds and marks the terms of a glossary, in time that grows with the length of the text.

    :param terms: of two with the same English form the first one is meant.
    :param kept: what was kept of the marker of the same terms, if anything was.
    """

    def __init__(self, terms: Sequence[Term], kept: Kept | None = None) -> None:
        self._terms = terms
        if kept:
            ids, forms, pairs, starts, going_on, printed = kept
            self.ids: Mapping[Term, str] = dict(zip(terms, ids, strict=True))
            by_form = {form: terms[number] for form, number in forms.items()}
            self._glossary = Glossary(by_form, pairs, {}, starts, going_on, frozenset(), frozenset())
            self._printed = {form: [(each, terms[number]) for each, number in found] for form, found in printed.items()}
        else:
            self.ids, self._glossary, self._printed = ids_of(terms), glossary(terms), _printed(terms)

    def kept(self) -> Kept:
        """All that it has made of its terms, these by number, in the plain types of Python."""
        numbers = {term: number for number, term in enumerate(self._terms)}
        forms = {form: numbers[term] for form, term in self._glossary.forms.items()}
        printed = {form: [(each, numbers[term]) for each, term in found] for form, found in self._printed.items()}
        tables = dict(self._glossary.pairs), dict(self._glossary.starts), dict(self._glossary.going_on)
        return tuple(self.ids[term] for term in self._terms), forms, *tables, printed

    def mark(self, content: str, lang: Lang, address: str) -> tuple[str, tuple[Term, ...]]:
        """HTML with the first of each term made a link, and the terms in their order.

        :param content: HTML of an article as Python-Markdown writes it.
        :param lang: of its text.
        :param address: of the glossary as seen from the page.
        """
        seen: dict[Term, None] = {}
        pieces, closed = _TAG.split(content), 0
        for at, piece in enumerate(pieces):
            if at % 2:
                closed += _opened(piece)
            elif not closed and piece.strip():
                pieces[at] = self._marked(piece, lang, address, seen)
        return "".join(pieces), tuple(seen)

    def _marked(self, piece: str, lang: Lang, address: str, seen: dict[Term, None]) -> str:
        """A text between two tags; it stays the same letter for letter where no term is new."""
        text, end, done = html.unescape(piece), 0, []
        for mark in self.marks(text, lang):
            if mark.term not in seen:
                seen[mark.term] = None
                link = self._link(mark.term, lang, address)
                done += [_plain(text[end : mark.start]), link, _plain(text[mark.start : mark.end]), "</a>"]
                end = mark.end
        return "".join([*done, _plain(text[end:])]) if done else piece

    def _link(self, term: Term, lang: Lang, address: str) -> str:
        return f'<a class="bt-term" href="{address}#{self.ids[term]}" title="{html.escape(_hint(term, lang))}">'

    def marks(self, text: str, lang: Lang) -> Iterator[Mark]:
        """Terms of a language in a text, the longest at each place."""
        if lang == "zh":
            return (
                Mark(found.term, found.start, found.start + len(found.form)) for found in self._glossary.chinese(text)
            )
        return self._english(text)

    def _english(self, text: str) -> Iterator[Mark]:
        for form, start in self._glossary.named(_levelled(text)):
            end = start + len(form)
            if text[end : end + 1].isalnum():
                continue
            for printed, term in self._printed[form]:
                if _as_printed(text, start, end, printed):
                    yield Mark(term, start, end)
                    break


def _printed(terms: Iterable[Term]) -> dict[str, list[tuple[str, Term]]]:
    """English forms as they are printed, by what they are folded to."""
    found: dict[str, list[tuple[str, Term]]] = {}
    for term in terms:
        for form in filter(None, (*term.en, term.abbr)):
            found.setdefault(fold(form), []).append((form, term))
    return found


def _opened(tag: str) -> int:
    """1 where a tag opens an element that is left alone, -1 where it closes one."""
    name = _NAME.match(tag)
    return (-1 if name[1] else 1) if name and name[2] in _CLOSED else 0


def _as_printed(text: str, start: int, end: int, form: str) -> bool:
    """Whether a text has a form with its capitals: "rice" is no Ms Rice, "us" is no country; sentences begin large."""
    found, wanted = text[start:end], form
    if found != wanted:
        found, wanted = _letters(found), _letters(wanted)
    if found == wanted or found[:1] != wanted[:1].upper() or found[1:] != wanted[1:]:
        return found == wanted
    return not text[:start].strip() or ends_sentence(text[:start])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _hint(term: Term, lang: Lang) -> str:
    """The form that the other language prefers, with the abbreviation that both print."""
    name = forms_of(term, other(lang))[0]
    return f"{name} ({term.abbr})" if lang == "zh" and term.abbr not in ("", name) else name


def _plain(text: str) -> str:
    return html.escape(text, quote=False)

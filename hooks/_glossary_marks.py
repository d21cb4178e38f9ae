"""Terms of the glossary in the HTML of an article: the first of each becomes a link to its entry."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

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
_BREAK = "\x01"
"""Stands between texts: part of no term, and not folded to a blank."""
_SIGNS = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
"""Signs of English that are folded as these are; a text of ASCII alone is folded in a fifth of the time."""


def _levelled(text: str) -> str:
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    return text.translate(_LEVEL)


class Mark(NamedTuple):
    """A term where it stands."""

    number: int
    """Of the text."""
    term: Term
    start: int
    end: int


class Marked(NamedTuple):
    """An article and its terms, small: those of all articles of a language are in memory at once."""

    content: str
    """Its HTML."""
    places: tuple[tuple[int, int, Term], ...]
    """Where in it the first of each term begins and ends, in their order."""


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
            self._printed: _Printed = (
                {form: [(each, terms[number]) for each, number in found] for form, found in printed.items()}
            )
        else:
            self.ids, self._glossary, self._printed = ids_of(terms), glossary(terms), _printed(terms)

    def kept(self) -> Kept:
        """All that it has made of its terms, these by number, in the plain types of Python."""
        numbers = {term: number for number, term in enumerate(self._terms)}
        forms = {form: numbers[term] for form, term in self._glossary.forms.items()}
        printed = {form: [(each, numbers[term]) for each, term in found] for form, found in self._printed.items()}
        tables = dict(self._glossary.pairs), dict(self._glossary.starts), dict(self._glossary.going_on)
        return tuple(self.ids[term] for term in self._terms), forms, *tables, printed

    def find(self, content: str, lang: Lang) -> Marked:
        """Where the first of each term stands in the HTML of an article as Python-Markdown writes it.

        :param lang: of its text.
        """
        pieces = _TAG.split(content)
        closed = accumulate(map(_opened, pieces[1::2]), initial=0)
        places = [
            at
            for at, inside, piece in zip(range(0, len(pieces), 2), closed, pieces[::2], strict=True)
            if not inside and piece and not piece.isspace()
        ]
        texts = [html.unescape(pieces[at]) for at in places]
        seen: dict[Term, Mark] = {}
        for mark in self.marks(texts, lang):
            seen.setdefault(mark.term, mark)
        spelt = {places[number]: _plain(texts[number]) for number in {mark.number for mark in seen.values()}}
        if any(pieces[at] != text for at, text in spelt.items()):  # where a mark is, all is spelt in one way
            pieces = [spelt.get(at, piece) for at, piece in enumerate(pieces)]
            content = "".join(pieces)
        begins = list(accumulate(map(len, pieces), initial=0))
        return Marked(content, tuple([_place(mark, texts, begins[places[mark.number]]) for mark in seen.values()]))

    def marked(self, found: Marked, lang: Lang, address: str) -> str:
        """HTML with the first of each term made a link.

        :param address: of the glossary as seen from the page.
        """
        content, done, last = found.content, list[str](), 0
        for start, end, term in found.places:
            done += [content[last:start], self._link(term, lang, address), content[start:end], "</a>"]
            last = end
        return "".join([*done, content[last:]])

    def _link(self, term: Term, lang: Lang, address: str) -> str:
        return f'<a class="bt-term" href="{address}#{self.ids[term]}" title="{html.escape(_hint(term, lang))}">'

    def marks(self, texts: Sequence[str], lang: Lang) -> Iterator[Mark]:
        """Terms of a language in some texts, the longest at each place."""
        whole = _BREAK.join(texts)  # to look through one text costs less than to look through ten
        begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        if lang == "zh":
            for named, form, at in self._glossary.chinese(whole):
                number = bisect_right(begins, at) - 1
                start = at - begins[number]
                yield Mark(number, named, start, start + len(form))
            return
        for form, at in self._glossary.named(_levelled(whole)):
            number = bisect_right(begins, at) - 1
            text, start = texts[number], at - begins[number]
            end = start + len(form)
            term = None if text[end : end + 1].isalnum() else self._printed_as(form, text, start, end)
            if term is not None:
                yield Mark(number, term, start, end)

    def _printed_as(self, form: str, text: str, start: int, end: int) -> Term | None:
        """The first term of a folded form that has it as it is printed there."""
        for printed, term in self._printed[form]:
            if _as_printed(text, start, end, printed):
                return term
        return None


_Printed = dict[str, list[tuple[str, Term]]]
"""English forms as they are printed, by what they are folded to."""


def _printed(terms: Iterable[Term]) -> _Printed:
    found: _Printed = {}
    for term in terms:
        for form in filter(None, (*term.en, term.abbr)):
            found.setdefault(fold(form), []).append((form, term))
    return found


def _place(mark: Mark, texts: Sequence[str], begin: int) -> tuple[int, int, Term]:
    """A place in a text as one in the HTML in which the text begins there."""
    text = texts[mark.number]
    if "&" in text or ">" in text or "<" in text:
        return begin + len(_plain(text[: mark.start])), begin + len(_plain(text[: mark.end])), mark.term
    return begin + mark.start, begin + mark.end, mark.term


@lru_cache(maxsize=8192)
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

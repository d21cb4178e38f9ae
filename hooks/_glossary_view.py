"""The page of the glossary: every term in both languages, and the articles in which it stands."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from _shelf import Shelf
from _site import Site, other
from _views import NOTHING, ListView, Row
from markupsafe import Markup, escape

from bitext.model import Lang, Term

PATH = "glossary/index.md"
ROWS_ON_ENTRY = 5
"""Newest articles that an entry names; of the others it tells the number."""
_KIND = "kind_"
"""Begins the keys of the names of kinds among the words of the site; their order is that of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the page shows it."""

    id: str
    name: Markup
    """The form that is preferred in the page's language."""
    forms: tuple[Markup, ...]
    """The other forms that are accepted."""
    other_name: Markup
    other_forms: tuple[Markup, ...]
    abbr: Markup
    rows: tuple[Row, ...]
    more: int
    """Articles that are not named."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Entries under the name of their kind."""

    id: str
    name: Markup
    entries: tuple[Entry, ...]


def glossary_view(shelf: Shelf) -> ListView:
    """The page; its entries are added when it is written, since articles are looked through before that."""
    words = shelf.words
    return ListView(shelf.lang, PATH, "glossary.html", words["glossary"], description=words["glossary_intro"])


@cache
def _slug(text: str) -> str:
    from slugify import slugify  # a part build, which has kept the ids, does without

    return slugify(text)


def ids_of(terms: Sequence[Term]) -> dict[Term, str]:
    """Ids of entries, the same in both languages: the preferred English form, and for a second one the Chinese too.

    >>> one, two = Term(("总统",), ("president",)), Term(("主席",), ("President",))
    >>> list(ids_of([one, two]).values())
    ['president', 'president-zhu-xi']
    """
    ids: dict[Term, str] = {}
    taken: Counter[str] = Counter()
    for term in terms:
        found = _slug(term.en[0])
        if found in taken:
            found = f"{found}-{_slug(term.zh[0])}"
        taken[found] += 1
        ids[term] = found if taken[found] == 1 else f"{found}-{taken[found]}"
    return ids


def kinds_of(shelf: Shelf, ids: Mapping[Term, str], places: Mapping[str, Sequence[str]]) -> Iterator[Kind]:
    """The entries of the page in the order of its language, under their kinds.

    :param places: paths of the articles of this language in which a term stands, newest first, by the term's id.
    """
    groups: dict[str, list[Term]] = {kind: [] for kind in _kinds(shelf.site)}
    for term in sorted(shelf.site.glossary, key=lambda term: _order(term, shelf.lang)):
        groups.setdefault(term.kind, []).append(term)
    for kind, terms in groups.items():
        if terms:
            name = shelf.words.get(f"{_KIND}{kind}", escape(kind))
            entries = tuple(_entry(shelf, term, ids[term], places.get(ids[term], ())) for term in terms)
            yield Kind(f"{_KIND}{_slug(kind)}", name, entries)


def _kinds(site: Site) -> Iterator[str]:
    return (key.removeprefix(_KIND) for key in site.labels if key.startswith(_KIND))


def forms_of(term: Term, lang: Lang) -> tuple[str, ...]:
    """Forms of a term in one language, the preferred one first."""
    return term.zh if lang == "zh" else term.en


def _entry(shelf: Shelf, term: Term, key: str, places: Sequence[str]) -> Entry:
    name, *forms = map(escape, forms_of(term, shelf.lang))
    other_name, *other_forms = map(escape, forms_of(term, other(shelf.lang)))
    rows = tuple(shelf.rows[path] for path in places[:ROWS_ON_ENTRY])
    more = max(len(places) - ROWS_ON_ENTRY, 0)
    abbr = NOTHING if term.abbr in term.en else escape(term.abbr)
    return Entry(key, name, tuple(forms), other_name, tuple(other_forms), abbr, rows, more)


@cache  # of two thousand terms it takes a tenth of a second, and a page and its digest ask for it
def _order(term: Term, lang: Lang) -> tuple[str, ...]:
    """Chinese by its sounds, English by its letters."""
    if lang == "en":
        return tuple(_slug(term.en[0]).split("-"))
    # The phrases of pypinyin serve running text and take most of a second to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return (*lazy_pinyin(term.zh[0]), term.zh[0])

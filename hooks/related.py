"""What to read next, at the foot of an article: others that share tags and terms with it.

The terms are those that the glossary has found. Both languages name the same articles, so the Chinese terms count in
both; what a language does not have is left out there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import _library  # noqa: F401 - makes bitext importable
from _glossary_found import found_of
from _related import Item, related
from _run import place, run_of
from _shelf import Shelf
from _site import DEFAULT
from _views import ArticleView, Row
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

SHOWN = 3
SPARE = 3
"""More that are looked for, since a language may lack some."""
TAG, TERM = 2.0, 1.0
"""Weights: a tag says what an article is about, a term what it mentions."""

_KEY = "bitext_related"


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:  # noqa: ARG001
    """Gives the page of an article the rows of others."""
    lang, path = place(page.file.src_uri)
    view = run_of(config).views[lang][path]
    if isinstance(view, ArticleView):
        context["related"] = rows_of(run_of(config).shelves[lang], related_of(config)[path])
    return context


def related_of(config: MkDocsConfig) -> Mapping[str, tuple[str, ...]]:
    """Related articles of all, worked out when the first page is written: all have been looked through by then."""
    if _KEY not in config.extra:
        items = items_of(run_of(config).shelves[DEFAULT], found_of(config).terms[DEFAULT])
        config.extra[_KEY] = related(tuple(items), SHOWN + SPARE)
    return cast(Mapping[str, tuple[str, ...]], config.extra[_KEY])


def keep_related(config: MkDocsConfig, found: Mapping[str, tuple[str, ...]]) -> None:
    """Nothing has changed by which articles are compared."""
    config.extra[_KEY] = found


def items_of(shelf: Shelf, terms: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """Articles as they are compared.

    :param terms: ids of the terms that an article names, by its path.
    """
    beside = {
        one.path: frozenset(other.path for other in members[max(at - 1, 0) : at + 2])
        for members in shelf.by_topic.values()
        for at, one in enumerate(members)
    }
    for article in shelf.articles:
        meta, path = article.front_matter, article.path
        features = dict.fromkeys((f"tag {tag}" for tag in meta.tags), TAG)
        features |= dict.fromkeys((f"term {term}" for term in sorted(terms.get(path, ()))), TERM)
        series = shelf.by_series[meta.series.id] if meta.series else ()
        yield Item(path, features, beside[path] | {member.path for member in series})


def rows_of(shelf: Shelf, paths: tuple[str, ...]) -> tuple[Row, ...]:
    """The first of some articles that the language has."""
    rows = (shelf.rows[path] for path in paths)
    return tuple(row for row in rows if not row.stub)[:SHOWN]

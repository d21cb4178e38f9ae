"""What one run of MkDocs knows: the site, and the pages of the language it is building just now.

static-i18n builds the languages one after the other in one process, with one configuration and the same hooks. What is
known is therefore kept with the configuration, made once for the run and once for each language, never in a module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from _article_view import ArticleViews
from _downloads_view import PATH as DOWNLOADS
from _downloads_view import downloads_view
from _glossary_view import PATH as GLOSSARY
from _glossary_view import glossary_view
from _list_views import list_views
from _shelf import Shelf, shelf_of
from _site import DEFAULT, Site, read_site
from _views import ListView, View
from mkdocs.config.defaults import MkDocsConfig

from bitext.model import LANGS, Lang
from bitext.past import past

_KEY = "bitext"


class Views(Mapping[str, View]):
    """The view of every page of a language by path, articles first; each is made when it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._of_articles = ArticleViews(shelf)
        self._of_all = {DOWNLOADS: downloads_view(shelf), GLOSSARY: glossary_view(shelf)}

    @cached_property
    def lists(self) -> Mapping[str, ListView]:
        """Pages that have no file, by path."""
        return {**{view.path: view for view in list_views(self._shelf)}, **self._of_all}

    @property
    def _articles(self) -> Mapping[str, object]:
        return self._shelf.site.articles[self._shelf.lang]

    def __getitem__(self, path: str) -> View:
        if path in self._articles:
            return self._of_articles[path]
        return self._of_all[path] if path in self._of_all else self.lists[path]

    def __contains__(self, path: object) -> bool:
        return path in self._articles or path in self._of_all or path in self.lists

    def __iter__(self) -> Iterator[str]:
        yield from self._articles
        yield from self.lists

    def __len__(self) -> int:
        return len(self._articles) + len(self.lists)


@dataclass(frozen=True, slots=True)
class Run:
    """The site and the view of every page."""

    site: Site
    shelves: Mapping[Lang, Shelf]
    views: Mapping[Lang, Views]


def start(config: MkDocsConfig, data: Site) -> None:
    """Reads the site.

    :param data: what is known of it beside its pages.

    :raises BrokenSiteError: if a page or the data cannot be built.
    """
    docs = Path(config.docs_dir)
    begin(config, replace(read_site(docs, data), past=past(docs)))


def begin(config: MkDocsConfig, site: Site) -> Run:
    """Keeps a site with the configuration."""
    shelves = {lang: shelf_of(site, lang) for lang in LANGS}
    config.extra[_KEY] = run = Run(site, shelves, {lang: Views(shelf) for lang, shelf in shelves.items()})
    return run


def started(config: MkDocsConfig) -> bool:
    """Whether the site was read in this run."""
    return _KEY in config.extra


def run_of(config: MkDocsConfig) -> Run:
    """What :func:`start` has read."""
    return cast(Run, config.extra[_KEY])


def language(config: MkDocsConfig) -> Lang:
    """The language that is being built."""
    found = _i18n(config).current_language
    return cast(Lang, found) if found in LANGS else DEFAULT


def building_other_language(config: MkDocsConfig) -> bool:
    """static-i18n is in the middle of its run: at the end of the first language it builds the others."""
    return bool(_i18n(config).building)


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


def place(src_uri: str) -> tuple[Lang, str]:
    """Language and path of a page below ``docs/``.

    >>> place("en/trade/a.md")
    ('en', 'trade/a.md')
    """
    lang, _, path = src_uri.partition("/")
    return cast(Lang, lang), path

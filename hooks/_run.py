"""What one run of MkDocs knows: the site, and the pages of the language it is building just now.

static-i18n builds the languages one after the other in one process, with one configuration and the same hooks. What is
known is therefore kept with the configuration, made once for the run and once for each language, never in a module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from _article_view import article_views
from _downloads_view import downloads_view
from _glossary_view import glossary_view
from _list_views import list_views
from _shelf import Shelf, shelf_of
from _site import DEFAULT, Site, read_site
from _views import ListView, View
from mkdocs.config.defaults import MkDocsConfig

from bitext.model import LANGS, Lang
from bitext.past import past

_KEY = "bitext"


@dataclass(frozen=True, slots=True)
class Run:
    """The site and the view of every page."""

    site: Site
    shelves: Mapping[Lang, Shelf]
    views: Mapping[Lang, Mapping[str, View]]
    """Views of each language by path, articles and lists."""

    def lists(self, lang: Lang) -> tuple[ListView, ...]:
        """Pages of a language that have no file."""
        return tuple(view for view in self.views[lang].values() if isinstance(view, ListView))


def start(config: MkDocsConfig) -> None:
    """Reads the site.

    :raises BrokenSiteError: if a page or the data cannot be built.
    """
    docs = Path(config.docs_dir)
    site = replace(read_site(docs), past=past(docs))
    shelves = {lang: shelf_of(site, lang) for lang in LANGS}
    config.extra[_KEY] = Run(site, shelves, {lang: _views(shelf) for lang, shelf in shelves.items()})


def started(config: MkDocsConfig) -> bool:
    """Whether the site was read in this run."""
    return _KEY in config.extra


def _views(shelf: Shelf) -> dict[str, View]:
    lists = (*list_views(shelf), downloads_view(shelf), glossary_view(shelf))
    return {**article_views(shelf), **{view.path: view for view in lists}}


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

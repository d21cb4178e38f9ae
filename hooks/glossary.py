"""The glossary on the site: terms marked in articles, and the page to which the marks lead.

Every page is turned into HTML before the first one is written. So the terms are looked for when the HTML is made, which
tells the page of the glossary where they stand; the marks are put in after the search has read the text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import _library  # noqa: F401 - makes bitext importable
import jinja2
from _glossary_found import found_of
from _glossary_view import PATH, kinds_of
from _run import language, place, run_of
from _site import url
from _views import ArticleView
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from bitext.model import Lang


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    """The address of the glossary, for the foot of every page."""
    env.globals["glossary_url"] = url(language(config), PATH)
    return env


@cache
def _address(lang: Lang, folder: str) -> str:
    """Address of the glossary as seen from the articles of a folder."""
    return get_relative_url(url(lang, PATH), f"{folder}/article/")


@event_priority(-200)  # the text is as it will be shown
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Looks for the terms of an article; its HTML stays as it is until the search has read it."""
    lang, path = place(page.file.src_uri)
    view = run_of(config).views[lang][path]
    if isinstance(view, ArticleView):
        found = found_of(config)
        found.marked[page.file.src_uri] = here = found.marker.find(html, view.text_lang)
        found.terms[lang][path] = () if view.stub else tuple(found.marker.ids[term] for *_, term in here.places)
    return html


@event_priority(-200)  # after the search
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:  # noqa: ARG001
    """Puts the marks in; gives the page of the glossary its entries."""
    found, (lang, path) = found_of(config), place(page.file.src_uri)
    view, here = run_of(config).views[lang][path], found.marked.pop(page.file.src_uri, None)
    if here and isinstance(view, ArticleView):
        address = _address(lang, page.url.rpartition("/")[0].rpartition("/")[0])
        page.content = found.marker.marked(here, view.text_lang, address)
    if path == PATH:
        shelf = run_of(config).shelves[lang]
        places = found.places(lang, shelf.site.articles[lang])
        context["kinds"] = tuple(kinds_of(shelf, found.marker.ids, places))
    return context

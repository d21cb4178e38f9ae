"""The text of a page and the few keys of its front matter that the theme and its search read, escaped."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable
from _run import place, run_of
from _site import other
from _views import ArticleView
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page


@event_priority(100)  # before anything else reads the text
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Text as the library read it; on a stub, that of the other language."""
    lang, path = place(page.file.src_uri)
    run = run_of(config)
    view = run.views[lang][path]
    if not isinstance(view, ArticleView):
        page.meta = {"title": view.title, "template": view.template, "search": {"exclude": True}}
        return ""
    page.meta = {
        "title": view.title,
        "description": view.description,
        "search": {"exclude": True},  # from the theme's index; see search_index
    }
    return run.site.articles[other(lang) if view.stub else lang][path].body

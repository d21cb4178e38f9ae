"""The navigation: home, the topics in their order, tags. Articles are found through them."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable
from _run import language, run_of
from _site import nav_paths
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page


@event_priority(-200)  # after static-i18n, which sorts by title
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Puts the pages of the lists in place of what MkDocs made of its configuration."""
    lang = language(config)
    pages = [_page(files, config, f"{lang}/{path}") for path in nav_paths(run_of(config).site)]
    nav.items, nav.pages, nav.homepage = list(pages), pages, pages[0]
    return nav


def _page(files: Files, config: MkDocsConfig, src_uri: str) -> Page:
    file = files.src_uris[src_uri]
    return file.page or Page(None, file, config)

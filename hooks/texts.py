"""What is made of the texts of all articles: the files of the corpus and the index of the search.

Once in a run, before the first page is written. Both want an article taken apart into its blocks, which are large in
memory: so both take in one article after the other, and what was made of it is let go.
"""

from __future__ import annotations

from typing import Any

import _library  # noqa: F401 - makes bitext importable
from _corpus import corpus_of
from _exports import Exports
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from search_index import Indexes

from bitext.output.part import part_of

_KEY = "bitext-texts"


@event_priority(100)  # before pages tell how much there is
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:  # noqa: ARG001
    """With the first page; the folder of the site has then what MkDocs copies into it."""
    _through(config)
    return context


@event_priority(100)  # before static-i18n, which goes on to the next language
def on_post_build(config: MkDocsConfig) -> None:
    """Where no page had to be written."""
    _through(config)


def _through(config: MkDocsConfig) -> None:
    """Goes through all articles, newest first; a part build changes the index at its end."""
    if _KEY in config.extra:
        return
    config.extra[_KEY] = True
    corpus, exports = corpus_of(config), Exports(config)
    indexes = None if part_of(config) else Indexes(config)
    for path in corpus:
        exports.add(path)
        if indexes:
            indexes.add(path)
        corpus.let_go(path)
    exports.done()
    if indexes:
        indexes.done()

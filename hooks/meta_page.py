"""What a page says of itself to programs, and what it offers to researchers: given to its template as ``machine``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import _library  # noqa: F401 - makes bitext importable
import jinja2
from _citation import bibtex, gbt7714
from _corpus import FORMATS, WHOLE, corpus_of, endings_of, stem_of
from _downloads_view import PATH as DOWNLOADS
from _json_ld import news_article, script
from _run import Run, language, place, run_of
from _shelf import Shelf
from _site import Article, address, other, url
from _views import NOTHING, ArticleView, View
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from bitext.model import Lang

LOCALES = {"zh": "zh_CN", "en": "en_GB"}
"""Languages as Open Graph names them: with a territory."""
_FEEDS = {"feed.xml": ("RSS", "application/rss+xml"), "feed.json": ("JSON Feed", "application/feed+json")}


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that programs read. Texts are escaped."""

    title: Markup
    kind: str
    """Its format, for people."""
    type: str
    """Its media type; empty where nothing asks for it."""
    url: str
    """Below the root of the site."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is in the corpus."""

    articles: int
    units: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What a template prints; every text is escaped for the place where it stands."""

    feeds: tuple[FileLink, ...]
    open_graph: tuple[tuple[str, Markup], ...]
    address: Markup = NOTHING
    """Of an article that can be cited."""
    json_ld: Markup = NOTHING
    bibtex: Markup = NOTHING
    gbt7714: Markup = NOTHING
    files: tuple[FileLink, ...] = ()
    count: Count | None = None


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    """The address of the page of downloads, for the foot of every page."""
    env.globals["downloads_url"] = url(language(config), DOWNLOADS)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:  # noqa: ARG001
    """What the template of one page may use."""
    lang, path = place(page.file.src_uri)
    context["machine"] = machine(run_of(config), config, lang, path)
    return context


def machine(run: Run, config: MkDocsConfig, lang: Lang, path: str) -> Machine:
    """All that a page tells programs."""
    shelf, view = run.shelves[lang], run.views[lang][path]
    if isinstance(view, ArticleView):
        return _article_page(shelf, config, view)
    listed = tuple(_open_graph(config, view))
    if path != DOWNLOADS:
        return Machine(tuple(feed_links(shelf, config, view.topic)), listed)
    corpus = corpus_of(config)
    topics = ["", *(topic.id for topic in shelf.site.topics)]
    feeds = tuple(link for topic in topics for link in _feeds(shelf, config, topic))
    return Machine(feeds, listed, files=tuple(_files(WHOLE, corpus.endings())), count=Count(*corpus.total()))


def _article_page(shelf: Shelf, config: MkDocsConfig, view: ArticleView) -> Machine:
    """A page that waits for its translation has nothing of its own to cite or to announce."""
    article = shelf.site.articles[view.lang][view.path]
    feeds, graph = tuple(feed_links(shelf, config, view.topic)), tuple(_open_graph(config, view, article))
    corpus = corpus_of(config)
    files = tuple(_files(stem_of(view.path), endings_of([corpus.summary(view.path)])))
    if article.stub:
        return Machine(feeds, graph, files=files)
    root, licence = config.site_url or "", corpus.licence
    own = address(root, view.lang, view.path)
    node = news_article(shelf, article, config.site_name, root, licence.url if licence else "")
    return Machine(
        feeds,
        graph,
        escape(own),
        script(node),
        escape(bibtex(article.front_matter, view.lang, view.path, own, config.site_name)),
        escape(gbt7714(article.front_matter, own, config.site_name)),
        files,
    )


# ------------------------------------------------------------------ feeds and files
def feed_links(shelf: Shelf, config: MkDocsConfig, topic: str) -> Iterator[FileLink]:
    """Feeds that a page announces: that of its language and, within a topic, that of the topic."""
    yield from _feeds(shelf, config, "")
    if topic:
        yield from _feeds(shelf, config, topic)


def _feeds(shelf: Shelf, config: MkDocsConfig, topic: str) -> tuple[FileLink, ...]:
    """Both formats of the feed of a topic, or of the language."""
    name = f"{config.site_name} · {shelf.site.topic(topic).name[shelf.lang]}" if topic else config.site_name
    return _formats(name, url(shelf.lang, f"{topic}/index.md" if topic else "index.md").removeprefix("./"))


@cache
def _formats(name: str, folder: str) -> tuple[FileLink, ...]:
    """The same links for all pages that announce a feed."""
    return tuple(FileLink(escape(name), kind, media, folder + file) for file, (kind, media) in _FEEDS.items())


def _files(stem: str, endings: Iterable[str]) -> Iterator[FileLink]:
    """Files of one article, or of all.

    :param stem: their name without an ending.
    """
    for ending in endings:
        file = f"{stem}.{ending}"
        yield FileLink(escape(file.rpartition("/")[2]), FORMATS[ending][0], "", file)


# ------------------------------------------------------------------ Open Graph
def _open_graph(config: MkDocsConfig, view: View, article: Article | None = None) -> Iterator[tuple[str, Markup]]:
    """Properties of the Open Graph protocol (ogp.me) and their values; what is unknown is left out."""
    known = [
        ("og:type", "article" if article else "website"),
        ("og:title", config.site_name if view.path == "index.md" else view.title),
        ("og:url", address(config.site_url or "", view.lang, view.path)),
        ("og:site_name", config.site_name),
        ("og:description", view.description),
        ("og:locale", LOCALES[view.lang]),
        ("og:locale:alternate", "" if article and article.stub else LOCALES[other(view.lang)]),
        ("article:published_time", article.front_matter.date if article else ""),
    ]
    if isinstance(view, ArticleView):
        known += [("article:section", view.row.topic.name), *(("article:tag", tag.name) for tag in view.tags)]
    yield from ((name, escape(value)) for name, value in known if value)

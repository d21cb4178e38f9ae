"""Feeds of each language and each topic in it: ``feed.xml`` and ``feed.json`` beside the page that lists the same."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin

import _library  # noqa: F401 - makes bitext importable
from _feed import Feed, Item, content_of, json_feed, moment, rss
from _run import language, run_of
from _shelf import Shelf
from _site import Article, address, url
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from bitext.output.part import part_of
from bitext.page import parts

ITEMS = 30
"""Articles in a feed."""
_IDS = uuid.UUID("b1c5a6f0-6c9e-4d0e-9b43-3f2f6a0f2f57")
"""Namespace of the ids of items (RFC 9562, version 5); chosen once, never changed."""


@event_priority(100)  # before static-i18n, which goes on to the next language
def on_post_build(config: MkDocsConfig) -> None:
    """Writes the feeds of the language that was built just now."""
    shelf, part = run_of(config).shelves[language(config)], part_of(config)
    for folder, feed in feeds_of(shelf, config, part.paths if part and not part.whole else None):
        target = Path(config.site_dir) / folder
        target.mkdir(parents=True, exist_ok=True)
        (target / "feed.xml").write_text(rss(feed), encoding="utf-8", newline="\n")
        (target / "feed.json").write_text(json_feed(feed), encoding="utf-8", newline="\n")


def feeds_of(shelf: Shelf, config: MkDocsConfig, of: Collection[str] | None = None) -> Iterator[tuple[str, Feed]]:
    """Folder below the site and feed: first what is new in the language, without parts of roundups, then each topic.

    :param of: only feeds that hold one of these articles.
    """
    for path, title, description, articles in _contents(shelf, config):
        members = [article for article in articles if not article.stub][:ITEMS]
        if of is None or any(article.path in of for article in members):
            folder = url(shelf.lang, path)
            home = urljoin(config.site_url or "", folder)
            items = tuple(_item(shelf, article, config.site_url or "") for article in members)
            yield folder, Feed(shelf.lang, title, description, home, home, items)


def _contents(shelf: Shelf, config: MkDocsConfig) -> Iterator[tuple[str, str, str, Sequence[Article]]]:
    """Path of the page that lists the same, title, description and articles of each feed."""
    whole = [article for article in shelf.articles if not article.part]
    yield "index.md", config.site_name, config.site_description or "", whole
    for topic in shelf.site.topics:
        title = f"{config.site_name} · {topic.name[shelf.lang]}"
        yield f"{topic.id}/index.md", title, topic.description[shelf.lang], shelf.by_topic.get(topic.id, ())


def _item(shelf: Shelf, article: Article, root: str) -> Item:
    meta, lang = article.front_matter, article.lang
    return Item(
        item_id(article),
        meta.title,
        address(root, lang, article.path),
        moment(meta.date),
        meta.description,
        content_of(parts(article.body, lang)),
        tuple(shelf.site.tags.get(tag, {lang: tag})[lang] for tag in meta.tags),
    )


def item_id(article: Article) -> str:
    """Made from the id of the source, which stays when a page moves to another topic or the site to another host.

    Two pages with one ``source_id`` are a slip that ``check`` reports; a reader's program then shows one of them.
    """
    return uuid.uuid5(_IDS, f"{article.lang}:{article.front_matter.source_id}").urn

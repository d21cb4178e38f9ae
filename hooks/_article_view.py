"""An article as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from _shelf import Shelf, tag_link
from _site import Article, other
from _views import ArticleView, Row
from markupsafe import escape


def article_views(shelf: Shelf) -> dict[str, ArticleView]:
    """Views of all articles of a language, by path."""
    return {
        article.path: _view(shelf, article, newer, older)
        for members in shelf.by_topic.values()
        for newer, article, older in _with_neighbours(members)
    }


def _with_neighbours(members: tuple[Article, ...]) -> Iterator[tuple[Article | None, Article, Article | None]]:
    """Each article with the one before and the one after it."""
    return zip((None, *members[:-1]), members, (*members[1:], None), strict=True)


def _view(shelf: Shelf, article: Article, newer: Article | None, older: Article | None) -> ArticleView:
    meta, lang = article.front_matter, article.lang
    overview, parts = _series(shelf, article)
    return ArticleView(
        lang=lang,
        path=article.path,
        title=escape(meta.title),
        topic=article.topic,
        description=escape(meta.description),
        row=shelf.rows[article.path],
        tags=tuple(tag_link(shelf.site, tag, lang) for tag in meta.tags),
        source=escape(meta.source),
        source_url=escape(meta.source_url),
        derived=meta.title_derived,
        stub=article.stub,
        text_lang=other(lang) if article.stub else lang,
        overview=overview,
        parts=parts,
        newer=shelf.rows[newer.path] if newer else None,
        older=shelf.rows[older.path] if older else None,
        has_file=article.has_file,
    )


def _series(shelf: Shelf, article: Article) -> tuple[Row | None, tuple[Row, ...]]:
    """The overview that an article is a part of, or the parts of an overview."""
    series = article.front_matter.series
    members = shelf.by_series[series.id] if series else ()
    if article.part:
        return next(iter(shelf.rows_of(_overviews(members))), None), ()
    return None, shelf.rows_of(sorted((member for member in members if member.part), key=lambda member: member.part))


def _overviews(members: Iterable[Article]) -> Iterator[Article]:
    return (member for member in members if not member.part)

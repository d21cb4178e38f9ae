"""An article as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from _shelf import Shelf, tag_link
from _site import Article, other
from _views import ArticleView, Row
from markupsafe import escape


def article_views(shelf: Shelf) -> dict[str, ArticleView]:
    """Views of all articles of a language, by path."""
    beside = _beside(shelf)
    return {article.path: _view(shelf, article, *beside[article.path]) for article in shelf.articles}


def _beside(shelf: Shelf) -> dict[str, tuple[Row | None, Row | None]]:
    """The rows before and after each article of a topic; for the parts of a roundup, the parts before and after."""
    rows: dict[str, tuple[Row | None, Row | None]] = {}
    for members in shelf.by_topic.values():
        rows.update(_in_line(shelf, members))
    for members in shelf.by_series.values():
        rows.update(_in_line(shelf, _parts(members)))
    return rows


def _in_line(shelf: Shelf, members: Sequence[Article]) -> Iterator[tuple[str, tuple[Row | None, Row | None]]]:
    """The path of each article with the rows of the one before and the one after it."""
    rows = shelf.rows_of(members)
    for article, before, after in zip(members, (None, *rows[:-1]), (*rows[1:], None), strict=True):
        yield article.path, (before, after)


def _view(shelf: Shelf, article: Article, before: Row | None, after: Row | None) -> ArticleView:
    meta, lang = article.front_matter, article.lang
    overview, parts = _series(shelf, article)
    past = shelf.site.past
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
        paired=not any(shelf.site.articles[code][article.path].stub for code in (lang, other(lang))),
        overview=overview,
        parts=parts,
        part=article.part,
        before=before,
        after=after,
        has_file=article.has_file,
        behind=past.behind.get(article.path, {}).get(lang, ()),
        in_repository=f"{lang}/{article.path}" in past.pages,
        raw=past.source(meta.source_id),
    )


def _series(shelf: Shelf, article: Article) -> tuple[Row | None, tuple[Row, ...]]:
    """The overview that an article is a part of, or the parts of an overview."""
    series = article.front_matter.series
    members = shelf.by_series[series.id] if series else ()
    if article.part:
        overview = (member for member in members if not member.part)
        return next(iter(shelf.rows_of(overview)), None), ()
    return None, shelf.rows_of(_parts(members))


def _parts(members: Iterable[Article]) -> list[Article]:
    """Parts of a roundup in their order, without the overview."""
    return sorted((member for member in members if member.part), key=lambda member: member.part)

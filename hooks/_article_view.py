"""An article as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from _shelf import Shelf
from _site import Article, other
from _views import ArticleView, Row
from markupsafe import escape


class ArticleViews(dict[str, ArticleView]):
    """Views of the articles of a language by path, each made when it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._beside = shelf, _beside(shelf)

    def __missing__(self, path: str) -> ArticleView:
        before, after = (self._shelf.rows[near] if near else None for near in self._beside[path])
        self[path] = _view(self._shelf, self._shelf.site.articles[self._shelf.lang][path], before, after)
        return self[path]


Beside = tuple[str | None, str | None]


def _beside(shelf: Shelf) -> dict[str, Beside]:
    """The articles before and after each one of a topic; for the parts of a roundup, the parts before and after."""
    found: dict[str, Beside] = {}
    for members in shelf.by_topic.values():
        found.update(_in_line(members))
    for members in shelf.by_series.values():
        found.update(_in_line(_parts(members)))
    return found


def _in_line(members: Sequence[Article]) -> Iterator[tuple[str, Beside]]:
    """The path of each article with those of the one before and the one after it."""
    paths = [article.path for article in members]
    return zip(paths, zip((None, *paths[:-1]), (*paths[1:], None), strict=True), strict=True)


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
        tags=tuple(shelf.tags[tag] for tag in meta.tags),
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

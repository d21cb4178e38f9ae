"""The articles of one language in the order and the form in which pages show them, made once for a language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from _site import Article, Site, other, url
from _views import NOTHING, Link, Row
from babel.dates import format_date, format_skeleton
from markupsafe import Markup, escape

from bitext.model import Lang

_LOCALES: dict[Lang, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Articles of one language, newest first, with what templates print of them."""

    site: Site
    lang: Lang
    words: Mapping[str, Markup]
    """Words of the site."""
    tags: Mapping[str, Link]
    """Links to the pages of tags by id: one of each, since many pages have it in common."""
    rows: Mapping[str, Row]
    """By path."""
    by_topic: Mapping[str, tuple[Article, ...]]
    by_tag: Mapping[str, tuple[Article, ...]]
    by_series: Mapping[str, tuple[Article, ...]]

    @property
    def articles(self) -> Iterable[Article]:
        """All of them, newest first."""
        return self.site.articles[self.lang].values()

    def rows_of(self, articles: Iterable[Article]) -> tuple[Row, ...]:
        """Articles as rows of a list."""
        return tuple(self.rows[article.path] for article in articles)


class _Rows(dict[str, Row]):
    """Rows of articles by path, each made when it is asked for."""

    def __init__(self, site: Site, lang: Lang) -> None:
        self._site, self._lang = site, lang
        self._topics = {topic.id: topic_link(site, topic.id, lang) for topic in site.topics}

    def __missing__(self, path: str) -> Row:
        article = self._site.articles[self._lang][path]
        self[path] = _row(self._site, article, self._topics[article.topic])
        return self[path]


class _Tags(dict[str, Link]):
    """Links to the pages of tags by id, each made when it is asked for."""

    def __init__(self, site: Site, lang: Lang) -> None:
        self._site, self._lang = site, lang

    def __missing__(self, tag: str) -> Link:
        self[tag] = tag_link(self._site, tag, self._lang)
        return self[tag]


def shelf_of(site: Site, lang: Lang) -> Shelf:
    """The shelf of a language."""
    articles = site.articles[lang].values()
    words = words_of(site, lang)
    return Shelf(
        site,
        lang,
        words,
        tags=_Tags(site, lang),
        rows=_Rows(site, lang),
        by_topic=grouped((article.topic, article) for article in articles),
        by_tag=grouped((tag, article) for article in articles for tag in article.front_matter.tags),
        by_series=grouped((meta.id, article) for article in articles if (meta := article.front_matter.series)),
    )


def grouped(pairs: Iterable[tuple[str, Article]]) -> dict[str, tuple[Article, ...]]:
    """Articles under their keys, in the order in which they come."""
    groups: dict[str, list[Article]] = {}
    for key, article in pairs:
        groups.setdefault(key, []).append(article)
    return {key: tuple(members) for key, members in groups.items()}


def _row(site: Site, article: Article, topic: Link) -> Row:
    """An article in a list."""
    meta = article.front_matter
    return Row(
        title=escape(meta.title),
        title_lang=_title_lang(site, article),
        url=url(article.lang, article.path),
        topic=topic,
        date=escape(date_in_words(meta.date, article.lang)),
        iso_date=meta.date,
        description=NOTHING if article.stub else escape(meta.description),
        stub=article.stub,
        part=article.part,
        tags=meta.tags,
    )


def _title_lang(site: Site, article: Article) -> Lang:
    """Language of a title: that of its page, unless a stub bears the title of the other page."""
    twin = site.articles[other(article.lang)][article.path]
    borrowed = article.stub and article.front_matter.title == twin.front_matter.title
    return twin.lang if borrowed else article.lang


# ------------------------------------------------------------------ names, words and dates
def words_of(site: Site, lang: Lang) -> dict[str, Markup]:
    """Words of the site in one language."""
    return {key: escape(names[lang]) for key, names in site.labels.items()}


def topic_link(site: Site, topic_id: str, lang: Lang, count: int = 0) -> Link:
    """Link to a topic's page."""
    name = site.topic(topic_id).name
    return Link(topic_id, escape(name[lang]), url(lang, f"{topic_id}/index.md"), escape(name[other(lang)]), count)


def tag_link(site: Site, tag: str, lang: Lang, count: int = 0) -> Link:
    """Link to a tag's page; a tag that nobody has named goes by its id."""
    name = site.tags.get(tag, {lang: tag, other(lang): ""})
    return Link(tag, escape(name[lang]), url(lang, f"tags/{tag}.md"), escape(name[other(lang)]), count)


def year_name(words: Mapping[str, Markup], year: str) -> Markup:
    """A year as a heading; articles without a date stand under a heading that says so."""
    return Markup(words["year"].replace("{}", year)) if year else words["undated"]


@cache
def date_in_words(value: str, lang: Lang) -> str:
    """A date as readers write it; only what is known.

    >>> date_in_words("2024-08-09", "en"), date_in_words("2024-08", "en"), date_in_words("2024", "zh")
    ('9 August 2024', 'August 2024', '2024年')
    """
    if not value:
        return ""
    year, month, day = ([int(piece) for piece in value.split("-")] + [1, 1])[:3]
    date = datetime.date(year, month, day)
    if value.count("-") == 2:
        return format_date(date, format="long", locale=_LOCALES[lang])
    return format_skeleton("yMMMM" if "-" in value else "y", date, locale=_LOCALES[lang])

"""Every page that lists articles: home, topics, years of long topics, tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from _shelf import Shelf, tag_link, topic_link, year_name
from _site import Article, url
from _views import Link, ListView, TopicCard, Year
from markupsafe import escape

ROWS_ON_INDEX = 40
"""Articles on the first page of a list; a longer list has a page for each year."""
ROWS_ON_HOME = 9
ROWS_ON_CARD = 2


def list_views(shelf: Shelf) -> tuple[ListView, ...]:
    """Home first, then topics in their order, then tags."""
    return (_home(shelf), *_topic_pages(shelf), *_tag_pages(shelf))


def _home(shelf: Shelf) -> ListView:
    """What is new in this language, without the parts of a roundup, which its overview leads to; and the topics."""
    whole = [article for article in shelf.articles if not article.part and not article.stub]
    return ListView(
        shelf.lang,
        "index.md",
        "home.html",
        title=shelf.words["home"],
        latest=shelf.rows_of(whole[:ROWS_ON_HOME]),
        cards=tuple(_cards(shelf)),
        count=len(whole),
    )


def _cards(shelf: Shelf) -> Iterator[TopicCard]:
    for topic in shelf.site.topics:
        members = shelf.by_topic.get(topic.id, ())
        link = topic_link(shelf.site, topic.id, shelf.lang, len(members))
        yield TopicCard(link, escape(topic.description[shelf.lang]), shelf.rows_of(members[:ROWS_ON_CARD]))


def _topic_pages(shelf: Shelf) -> Iterator[ListView]:
    for topic in shelf.site.topics:
        link = topic_link(shelf.site, topic.id, shelf.lang)
        first = ListView(
            shelf.lang,
            f"{topic.id}/index.md",
            "list.html",
            title=link.name,
            other_title=link.other_name,
            description=escape(topic.description[shelf.lang]),
            topic=topic.id,
        )
        yield from _pages_of_list(shelf, first, topic.id, shelf.by_topic.get(topic.id, ()))


def _tag_pages(shelf: Shelf) -> Iterator[ListView]:
    """The page of all tags that are used, in the order of the data, and a page for each of them."""
    known = [tag for tag in shelf.site.tags if tag in shelf.by_tag]
    order = [*known, *sorted(set(shelf.by_tag) - set(known))]
    links = tuple(tag_link(shelf.site, tag, shelf.lang, len(shelf.by_tag[tag])) for tag in order)
    words = shelf.words
    yield ListView(shelf.lang, "tags/index.md", "tags.html", words["tags"], description=words["tags_intro"], tags=links)
    for link in links:
        first = ListView(shelf.lang, f"tags/{link.id}.md", "list.html", link.name, other_title=link.other_name)
        yield from _pages_of_list(shelf, first, f"tags/{link.id}", shelf.by_tag[link.id])


def _pages_of_list(shelf: Shelf, first: ListView, folder: str, members: Sequence[Article]) -> Iterator[ListView]:
    """One page, or, for a long list, a page of its newest articles and a page for each year."""
    first = replace(first, count=len(members))
    if len(members) <= ROWS_ON_INDEX:
        yield replace(first, years=tuple(_years(shelf, members)))
        return
    years = {year: tuple(group) for year, group in groupby(members, key=_year)}
    links = tuple(_year_link(shelf, folder, year, len(group)) for year, group in years.items())
    yield replace(first, years=tuple(_years(shelf, members[:ROWS_ON_INDEX])), archive=links)
    for link in links:
        marked = tuple(replace(each, current=each == link) for each in links)
        path = _year_path(folder, link.id)
        shown = tuple(_years(shelf, years[link.id]))
        yield replace(first, path=path, years=shown, archive=marked, first_page=url(first.lang, first.path))


def _year(article: Article) -> str:
    return article.front_matter.date[:4]


def _years(shelf: Shelf, members: Sequence[Article]) -> Iterator[Year]:
    """Articles under the headings of their years; they come newest first and stay so."""
    for year, group in groupby(members, key=_year):
        yield Year(year_name(shelf.words, year), shelf.rows_of(group))


def _year_path(folder: str, year: str) -> str:
    """No article can stand there: articles are one folder deep."""
    return f"{folder}/archive/{year or 'undated'}.md"


def _year_link(shelf: Shelf, folder: str, year: str, count: int) -> Link:
    return Link(year, year_name(shelf.words, year), url(shelf.lang, _year_path(folder, year)), count=count)

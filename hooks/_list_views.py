"""Every page that lists articles: home, topics, years of long topics, tags."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from _shelf import Shelf, grouped, tag_link, topic_link, year_name
from _site import Article, url
from _timeline import timeline
from _views import Facet, Link, ListView, TopicCard, Year
from _years import ROWS_ON_INDEX, UNDATED, year_path
from markupsafe import escape

ROWS_ON_PAGE = 100
"""Articles on a page of one year."""
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
        timeline=timeline(shelf),
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
        members = shelf.by_topic.get(topic.id, ())
        yield from _pages_of_list(shelf, replace(first, facets=tuple(_facets(shelf, members))), topic.id, members)


def _facets(shelf: Shelf, members: Sequence[Article]) -> Iterator[Facet]:
    """Tags of some articles, with the number of those that have them, the most frequent first."""
    counts: dict[str, Counter[str]] = {}
    for article in members:
        for tag in article.front_matter.tags:
            counts.setdefault(tag, Counter())[_year(article)] += 1
    for tag in sorted(counts, key=lambda tag: (-counts[tag].total(), tag)):
        yield Facet(tag_link(shelf.site, tag, shelf.lang, counts[tag].total()), _counted(counts[tag]))


def _counted(years: Mapping[str, int]) -> str:
    """Numbers of articles by year, as the script of a list reads them."""
    return " ".join(f"{year or UNDATED}:{count}" for year, count in years.items())


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
    """One page, or, for a long list, a page of its newest articles and pages for each year."""
    years = {year: tuple(group) for year, group in groupby(members, key=_year)}
    first = replace(first, count=len(members), first_page=url(first.lang, first.path))
    if len(members) <= ROWS_ON_INDEX:
        places = {year: f"{first.first_page}#{_anchor(year)}" for year in years}
        yield replace(first, years=tuple(_years(shelf, members)), archive=_year_links(shelf, years, places))
        return
    links = _year_links(shelf, years, {year: url(shelf.lang, year_path(folder, year)) for year in years})
    newest = tuple(_years(shelf, members[:ROWS_ON_INDEX]))
    yield replace(first, years=newest, archive=links, long=True)
    for year, link in zip(years, links, strict=True):
        marked = tuple(replace(each, current=each == link) for each in links)
        yield from _pages_of_year(shelf, replace(first, archive=marked, long=True), folder, year, years[year])


def _pages_of_year(
    shelf: Shelf, view: ListView, folder: str, year: str, members: Sequence[Article]
) -> Iterator[ListView]:
    """The articles of a year, so many to a page."""
    count = -(-len(members) // ROWS_ON_PAGE)
    numbers = range(1, count + 1)
    paths = [year_path(folder, year, number) for number in numbers]
    links = [Link(path, escape(number), url(shelf.lang, path)) for number, path in zip(numbers, paths, strict=True)]
    for at, path in enumerate(paths):
        shown = members[at * ROWS_ON_PAGE : (at + 1) * ROWS_ON_PAGE]
        pages = tuple(replace(link, current=link.id == path) for link in links) if count > 1 else ()
        yield replace(view, path=path, years=tuple(_years(shelf, shown)), pages=pages)


def _year(article: Article) -> str:
    return article.front_matter.date[:4]


def _anchor(year: str) -> str:
    return f"y{year or UNDATED}"


def _years(shelf: Shelf, members: Sequence[Article]) -> Iterator[Year]:
    """Articles under the headings of their years; they come newest first and stay so."""
    for year, group in groupby(members, key=_year):
        yield Year(year or UNDATED, year_name(shelf.words, year), shelf.rows_of(group))


def _year_links(shelf: Shelf, years: Mapping[str, Sequence[Article]], places: Mapping[str, str]) -> tuple[Link, ...]:
    """A link for each year, with the number of its articles."""
    return tuple(
        Link(year or UNDATED, year_name(shelf.words, year), places[year], count=len(group))
        for year, group in years.items()
    )


def filter_files(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Files that a long list asks for when its reader chooses a tag: where they stand, and what they say.

    They are scripts, not JSON, so that they can be read from a folder too. One holds so many articles as a page does;
    ``data-years`` of a tag tells how many there are.
    """
    for topic, members in shelf.by_topic.items():
        if len(members) <= ROWS_ON_INDEX:
            continue
        folder = url(shelf.lang, f"{topic}/index.md")
        for tag, tagged in grouped((tag, article) for article in members for tag in article.front_matter.tags).items():
            for start in range(0, len(tagged), ROWS_ON_PAGE):
                records = [_record(shelf, folder, article) for article in tagged[start : start + ROWS_ON_PAGE]]
                rows = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
                yield f"{folder}by-tag/{tag}.{start // ROWS_ON_PAGE}.js", f"btRows({rows});\n"


def _record(shelf: Shelf, folder: str, article: Article) -> tuple[str, str, str, str, str, str, int]:
    """A row as the script of the list reads it; nothing of it is escaped, since that makes text of it, never HTML.

    Address below the list's, title, language of the title if it is not that of the page, date, date in words,
    description, 1 for a stub.
    """
    row, meta = shelf.rows[article.path], article.front_matter
    lang = "" if row.title_lang == shelf.lang else row.title_lang
    date, text = row.date.unescape(), row.description.unescape()
    return row.url.removeprefix(folder), meta.title, lang, meta.date, date, text, int(row.stub)

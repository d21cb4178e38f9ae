"""The timeline of the home page: how many articles each topic has of each year, as bars that lead to them.

It is drawn in a box of as many columns as there are years, which the page stretches to its width; names and years stand
beside it as text. So it grows with years and topics, never with articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from _shelf import Shelf, topic_link, year_name
from _views import Bar, Column, Lane, Timeline
from _years import year_url
from markupsafe import Markup

YEARS = 24
"""Years that have a column of their own; what is older stands together in one."""
NAMES_ON_PHONE = 7
"""Names of years that fit beside each other in 300 pixels."""
COLUMN, LANE, TALLEST, SMALLEST = 10, 32, 22, 2
"""Units of the drawing: width of a column, height of a topic's lane, of its tallest bar and of that of one article."""

Counts = Mapping[tuple[str, str], int]
"""Articles by topic and year; the year of undated ones is empty."""


def timeline(shelf: Shelf) -> Timeline | None:
    """The timeline of a language; none without articles."""
    counts = Counter((article.topic, article.front_matter.date[:4]) for article in shelf.articles)
    if not counts:
        return None
    columns = tuple(_columns(shelf, sorted({year for _, year in counts})))
    topics = [topic.id for topic in shelf.site.topics]
    most = max(_count(counts, topic, column) for topic in topics for column in columns)
    lanes = tuple(
        Lane(
            topic_link(shelf.site, topic, shelf.lang, len(shelf.by_topic.get(topic, ()))),
            tuple(_bar(shelf, topic, column, _count(counts, topic, column), most) for column in columns),
        )
        for topic in topics
    )
    return Timeline(columns, lanes, COLUMN, LANE, _summary(shelf, counts))


def _count(counts: Counts, topic: str, column: Column) -> int:
    return sum(counts.get((topic, year), 0) for year in column.years)


def _columns(shelf: Shelf, years: Sequence[str]) -> Iterator[Column]:
    """Every year from the first to the last, also those without articles; what has no date comes at the end."""
    dated = [int(year) for year in years if year]
    first = max(dated[0], dated[-1] - YEARS + 1) if dated else 0
    if older := tuple(year for year in years if year and int(year) < first):
        yield Column(older, Markup(shelf.words["earlier"].replace("{}", str(first))))
    span = range(first, dated[-1] + 1) if dated else range(0)
    step = -(-len(span) // NAMES_ON_PHONE)
    for year in span:
        yield Column((f"{year:04}",), Markup(f"{year:04}"), minor=(span[-1] - year) % step > 0)
    if "" in years:
        yield Column(("",), shelf.words["undated"])


def _bar(shelf: Shelf, topic: str, column: Column, count: int, most: int) -> Bar:
    """The bar of a topic in a column; one of several years leads to the whole list."""
    if len(column.years) > 1:
        return Bar(column.name, count, topic_link(shelf.site, topic, shelf.lang).url, _height(count, most))
    year = column.years[0]
    return Bar(year_name(shelf.words, year), count, year_url(shelf, topic, year), _height(count, most))


def _height(count: int, most: int) -> int:
    """Height of a bar: in proportion, but never too small to be seen.

    >>> _height(50, 100), _height(1, 5000), _height(0, 9)
    (11, 2, 0)
    """
    return max(round(TALLEST * count / most), SMALLEST) if count else 0


def _summary(shelf: Shelf, counts: Counts) -> Markup:
    """What the picture shows, in a line of words."""
    words, dated = shelf.words, sorted(year for _, year in counts if year)
    undated, pieces = sum(count for (_, year), count in counts.items() if not year), []
    if dated:
        span = dated[0] if dated[0] == dated[-1] else f"{dated[0]}–{dated[-1]}"
        count = str(sum(counts.values()) - undated)
        pieces.append(words["timeline_dated"].replace("{years}", span).replace("{count}", count))
    if undated:
        pieces.append(words["timeline_undated"].replace("{}", str(undated)))
    return Markup(words["timeline_joint"].join(pieces))

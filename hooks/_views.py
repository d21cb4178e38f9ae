"""What templates see. Every text in a view is escaped, since neither MkDocs nor the theme does it.

A view holds :class:`markupsafe.Markup`, addresses made by the site itself and numbers, so that a template can print any
of it as it stands. Views are made in ``_shelf``, ``_list_views`` and ``_article_view`` only.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bitext.model import Lang

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere on this site."""

    id: str
    name: Markup
    url: str
    """Below the root of the site."""
    other_name: Markup = NOTHING
    """The same name in the other language, for pages that show both."""
    count: int = 0
    """Number of articles behind it."""
    current: bool = False
    """It leads to the page it stands on."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list."""

    title: Markup
    title_lang: Lang
    url: str
    topic: Link
    date: Markup
    """In words; empty if undated."""
    iso_date: str
    description: Markup
    stub: bool
    part: int
    """Place in a roundup, 0 elsewhere."""
    tags: tuple[str, ...] = ()
    """Ids."""


@dataclass(frozen=True, slots=True)
class Year:
    """Rows of one year under their heading."""

    id: str
    """The year, or "undated"."""
    heading: Markup
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic on the home page."""

    link: Link
    description: Markup
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A tag by which the articles of a topic can be filtered."""

    link: Link
    """To the tag's page; its count is that of the topic's articles."""
    years: str
    """Articles of each year, newest first: ``2024:3 undated:1``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the timeline."""

    years: tuple[str, ...]
    """One year, or several old ones; empty text for "undated"."""
    name: Markup
    minor: bool = False
    """Its name is left out where there is little room."""

    @property
    def undated(self) -> bool:
        """It holds what has no date."""
        return self.years == ("",)


@dataclass(frozen=True, slots=True)
class Bar:
    """Articles of one topic in one column of the timeline; without articles it is not drawn."""

    name: Markup
    """Of its column, in full."""
    count: int
    url: str
    height: int
    """In units of the drawing."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of a topic, one for each column."""

    topic: Link
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many articles each topic has of each year."""

    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    column: int
    """Width of a column, in units of the drawing."""
    lane: int
    """Height of a lane."""
    summary: Markup
    """The same in a line of words."""

    @property
    def rows(self) -> list[tuple[Column, tuple[Bar, ...]]]:
        """The same as a table, newest first and undated last."""
        bars = zip(*(lane.bars for lane in self.lanes), strict=True)
        found = list(zip(self.columns, bars, strict=True))[::-1]
        return sorted(found, key=lambda row: row[0].undated)


@dataclass(frozen=True, slots=True)
class ListView:
    """A page that lists articles (home, topic, year of a topic, tag), or the page of all tags."""

    lang: Lang
    path: str
    """Below the language's folder, as that of an article."""
    template: str
    title: Markup
    other_title: Markup = NOTHING
    description: Markup = NOTHING
    topic: str = ""
    """Id of the topic whose tab is lit."""
    count: int = 0
    latest: tuple[Row, ...] = ()
    years: tuple[Year, ...] = ()
    archive: tuple[Link, ...] = ()
    """Where the articles of each year stand."""
    long: bool = False
    """The list is too long for one page: each year has pages of its own."""
    first_page: str = ""
    """Address of the list's first page."""
    pages: tuple[Link, ...] = ()
    """Pages of a year that is too long for one."""
    cards: tuple[TopicCard, ...] = ()
    timeline: Timeline | None = None
    tags: tuple[Link, ...] = ()
    """All tags, on their page."""
    facets: tuple[Facet, ...] = ()
    """Tags of a topic's articles, the most frequent first."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that an article's page shows beside its text."""

    lang: Lang
    path: str
    title: Markup
    topic: str
    description: Markup
    row: Row
    tags: tuple[Link, ...]
    source: Markup
    source_url: Markup
    derived: bool
    """The source prints no title."""
    stub: bool
    text_lang: Lang
    """Language of the text: on a stub, the other one."""
    paired: bool
    """Both languages have a text, so that they can be read side by side."""
    overview: Row | None
    """The roundup that the article is a part of."""
    parts: tuple[Row, ...]
    """The parts of the roundup that the article is the overview of."""
    part: int
    """Place in the roundup; 0 for its overview and for articles that belong to none."""
    before: Row | None
    """What a reader may read instead: the part before, else the newer article of the topic."""
    after: Row | None
    """The part after, else the older article of the topic."""
    has_file: bool
    behind: tuple[str, ...] = ()
    """Beads that have not followed a change of the other language."""
    in_repository: bool = False
    """The repository has the page."""
    raw: str = ""
    """The text as received: its path in the repository, empty if it is not there."""


View = ArticleView | ListView

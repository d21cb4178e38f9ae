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


@dataclass(frozen=True, slots=True)
class Year:
    """Rows of one year under their heading."""

    heading: Markup
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic on the home page."""

    link: Link
    description: Markup
    rows: tuple[Row, ...]


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
    """Pages of the years, where the list is too long for one page."""
    first_page: str = ""
    """Address of the list's first page, on the page of a year."""
    cards: tuple[TopicCard, ...] = ()
    tags: tuple[Link, ...] = ()


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


View = ArticleView | ListView

"""A feed: what is new in one language, or in one topic of it, as RSS 2.0 and as JSON Feed 1.1."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import groupby
from xml.etree import ElementTree

import _library  # noqa: F401 - makes bitext importable
from markupsafe import escape

from bitext.model import Lang, Part

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
ElementTree.register_namespace("atom", _ATOM)
ElementTree.register_namespace("content", _CONTENT)

_TAGS = {"heading2": "h2", "heading3": "h3", "item": "li"}


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a feed. Texts are plain; what is unknown is empty."""

    id: str
    """The same for as long as the article exists, wherever it moves."""
    title: str
    address: str
    date: datetime.datetime | None
    summary: str
    content: str
    """HTML."""
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, its items newest first."""

    lang: Lang
    title: str
    description: str
    home: str
    """Address of the page that shows the same."""
    folder: str
    """Address below which ``feed.xml`` and ``feed.json`` stand; ends with a slash."""
    items: tuple[Item, ...]


def moment(date: str) -> datetime.datetime | None:
    """A day as a moment; ``None`` unless the day is known.

    Both formats want a time of day. At noon UTC it is this day wherever clocks differ from it by less than twelve
    hours, so that readers are shown the day that is known.

    >>> moment("2024-08-09").isoformat(), moment("2024-08")
    ('2024-08-09T12:00:00+00:00', None)
    """
    if date.count("-") != 2:
        return None
    day = datetime.date.fromisoformat(date)
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def content_of(parts: Iterable[Part]) -> str:
    """The text of an article as HTML that holds nothing but headings, paragraphs and lists.

    >>> content_of([Part("heading2", "A & B"), Part("item", "one"), Part("item", "two")])
    '<h2>A &amp; B</h2><ul><li>one</li><li>two</li></ul>'
    """
    pieces: list[str] = []
    for tag, group in groupby(parts, key=lambda part: _TAGS.get(part.kind, "p")):
        html = "".join(_html(tag, part) for part in group)
        pieces.append(f"<ul>{html}</ul>" if tag == "li" else html)
    return "".join(pieces)


def _html(tag: str, part: Part) -> str:
    lang = f' lang="{part.lang}"' if part.lang else ""
    return f"<{tag}{lang}>{escape(part.text)}</{tag}>"


# ------------------------------------------------------------------ RSS 2.0
def rss(feed: Feed) -> str:
    """A feed after the RSS 2.0 Specification (RSS Advisory Board)."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, title=feed.title, link=feed.home, description=feed.description, language=feed.lang)
    own = {"href": f"{feed.folder}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{_ATOM}}}link", own)
    for item in feed.items:
        _rss_item(ElementTree.SubElement(channel, "item"), item)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _rss_item(element: ElementTree.Element, item: Item) -> None:
    date = format_datetime(item.date) if item.date else ""
    _add(element, title=item.title, link=item.address, description=item.summary)
    ElementTree.SubElement(element, "guid", isPermaLink="false").text = item.id
    _add(element, pubDate=date)
    for tag in item.tags:
        _add(element, category=tag)
    _add(element, **{f"{{{_CONTENT}}}encoded": item.content})


def _add(parent: ElementTree.Element, **texts: str) -> None:
    """Adds an element for each text that is not empty."""
    for name, text in texts.items():
        if text:
            ElementTree.SubElement(parent, name).text = text


# ------------------------------------------------------------------ JSON Feed 1.1
def json_feed(feed: Feed) -> str:
    """A feed after JSON Feed Version 1.1 (Simmons and Reece, 7 August 2020)."""
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.folder}feed.json",
        "description": feed.description,
        "language": feed.lang,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(top, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: Item) -> dict[str, str | Sequence[str]]:
    known = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "date_published": item.date.isoformat() if item.date else "",
        "tags": item.tags,
    }
    return {key: value for key, value in known.items() if value}

"""What JSON Feed Version 1.1 asks of a feed, written from its specification."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

VERSION = "https://jsonfeed.org/version/1.1"


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _address(value: Any) -> bool:
    return _text(value) and urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).netloc)


def _moment(value: Any) -> bool:
    """RFC 3339: with a time and an offset."""
    try:
        return datetime.datetime.fromisoformat(value).tzinfo is not None and "T" in value
    except (TypeError, ValueError):
        return False


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


TOP: dict[str, Callable[[Any], bool]] = {
    "version": VERSION.__eq__,
    "title": _text,
    "home_page_url": _address,
    "feed_url": _address,
    "description": _text,
    "language": _text,
    "items": lambda value: isinstance(value, list),
}
ITEM: dict[str, Callable[[Any], bool]] = {
    "id": _text,
    "url": _address,
    "title": _text,
    "summary": _text,
    "content_html": _text,
    "content_text": _text,
    "date_published": _moment,
    "tags": _texts,
}
"""The keys that our feeds use; the specification has more."""


def mistakes(feed: dict[str, Any]) -> list[str]:
    """What is wrong with a feed; empty if nothing is."""
    return list(_found(feed))


def _found(feed: dict[str, Any]) -> Iterator[str]:
    yield from (f"no {key}" for key in ("version", "title", "items") if key not in feed)
    yield from _wrong("feed", feed, TOP)
    items = feed.get("items", [])
    for item in items:
        name = str(item.get("id"))
        yield from _wrong(name, item, ITEM)
        if "id" not in item or not {"content_html", "content_text"} & set(item):
            yield f"{name}: an item needs an id and a content"
    if len({item.get("id") for item in items}) < len(items):
        yield "two items with one id"


def _wrong(name: str, found: dict[str, Any], known: dict[str, Callable[[Any], bool]]) -> Iterator[str]:
    yield from (f"{name}: unknown {key}" for key in found if key not in known)
    yield from (f"{name}: {key} is {found[key]!r}" for key in found if key in known and not known[key](found[key]))

"""Where the articles of one year stand: on pages of their own where a list is long, else on the list's only page."""

from __future__ import annotations

from _shelf import Shelf
from _site import url

ROWS_ON_INDEX = 40
"""Articles on the first page of a list; a longer list has pages for each year."""
UNDATED = "undated"
"""Stands in addresses for articles without a date."""


def year_path(folder: str, year: str, page: int = 1) -> str:
    """Path of a page of a year. No article can stand there: articles are one folder deep.

    >>> year_path("trade", "2024"), year_path("trade", "", 2)
    ('trade/archive/2024.md', 'trade/archive/undated-2.md')
    """
    return f"{folder}/archive/{year or UNDATED}{f'-{page}' if page > 1 else ''}.md"


def year_url(shelf: Shelf, topic: str, year: str) -> str:
    """Address of a topic's articles of one year; a list of one page is asked to show these alone."""
    if len(shelf.by_topic.get(topic, ())) > ROWS_ON_INDEX:
        return url(shelf.lang, year_path(topic, year))
    return f"{url(shelf.lang, f'{topic}/index.md')}?year={year or UNDATED}"

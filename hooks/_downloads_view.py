"""The page of downloads and feeds."""

from __future__ import annotations

from _shelf import Shelf
from _views import ListView

FOLDER = "downloads"
"""Folder of the files, and of the page that names them."""
PATH = f"{FOLDER}/index.md"


def downloads_view(shelf: Shelf) -> ListView:
    """The page; what it counts is added when it is written."""
    words = shelf.words
    return ListView(shelf.lang, PATH, "downloads.html", words["downloads"], description=words["downloads_intro"])

"""Addresses as the filter ``url`` of MkDocs prints them, seen from a page, without taking both apart each time.

From all pages of a folder an address looks the same, but that of the page itself and of what stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mkdocs.utils import normalize_url

FOLDERS = re.compile(r"(?:[\w-]+/)*")
"""Addresses of pages in folders, with nothing in them that stands for another folder."""
_REGULAR = re.compile(r"(?=.)(?:[\w-]+/)*(?:[\w-]+(?:\.[\w-]+)+)?")
"""The same, and of files, which have a dot."""
_KNOWN = 4096
"""Addresses that are known as seen from a folder."""


class _Folder(dict[str, str]):
    """Addresses as seen from the pages of a folder, each worked out once."""

    def __init__(self, folder: str) -> None:
        names = folder.split("/")[:-1]
        self.page: Any = None
        above = ("".join(f"{name}/" for name in names[:depth]) for depth in range(len(names), -1, -1))
        self.above = [(each, "../" * up) for up, each in enumerate(above, 1)]

    def __missing__(self, address: str) -> str:
        if not _REGULAR.fullmatch(address):
            return normalize_url(address, self.page)
        if len(self) > _KNOWN:
            self.clear()
        above, up = next(each for each in self.above if address.startswith(each[0]))
        self[address] = up + address[len(above) :]
        return self[address]


class Seen:
    """What the filter makes of addresses."""

    def __init__(self) -> None:
        self._known: dict[str, _Folder] = {}

    def from_page(self, page: Any, addresses: Iterable[str]) -> list[str]:
        """Addresses as seen from a page."""
        own = page.url
        if not own.endswith("/") or not FOLDERS.fullmatch(own):
            return [normalize_url(address, page) for address in addresses]
        folder = own[: own.rfind("/", 0, -1) + 1]
        if folder not in self._known:
            self._known[folder] = _Folder(folder)
        known = self._known[folder]
        known.page = page
        return [normalize_url(each, page) if each.startswith(own) else known[each] for each in addresses]

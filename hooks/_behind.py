"""Marks in the HTML of an article: the blocks that have not followed a change of the other language."""

from __future__ import annotations

import re
from collections.abc import Collection

NOTICE = "bt-behind"
"""Id of the notice that the marks are described by."""
_BLOCK = re.compile(r'<[a-z][a-z0-9]*\b[^<>]*\bid="([^"]*)"[^<>]*>')
_CLASS = re.compile(r'\bclass="')


def marked(html: str, beads: Collection[str]) -> str:
    """The same HTML with the first block of each bead marked.

    >>> marked('<p id="p1">A</p><p class="caption" id="p2">B</p>', ["p2"])
    '<p id="p1">A</p><p aria-describedby="bt-behind" class="bt-is-behind caption" id="p2">B</p>'
    """
    return _BLOCK.sub(lambda tag: _mark(tag[0]) if tag[1] in beads else tag[0], html) if beads else html


def _mark(tag: str) -> str:
    if not _CLASS.search(tag):
        tag = re.sub(r"^<[a-z0-9]+", r'\g<0> class=""', tag)
    tag = _CLASS.sub(r"\g<0>bt-is-behind ", tag, count=1).replace('bt-is-behind "', 'bt-is-behind"')
    return re.sub(r"^<[a-z0-9]+", rf'\g<0> aria-describedby="{NOTICE}"', tag)

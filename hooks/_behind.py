"""Marks in the HTML of an article: the blocks that have not followed a change of the other language."""

from __future__ import annotations

import re
from collections.abc import Collection

_BLOCK = re.compile(r'<[a-z][a-z0-9]*\b[^<>]*\bid="([^"]*)"[^<>]*>')
_NAME = re.compile(r"^<[a-z0-9]+")
_CLASS = re.compile(r'\bclass="')


def marked(html: str, beads: Collection[str], hint: str) -> str:
    """The same HTML with the first block of each bead marked.

    :param hint: what the mark means, escaped. It stands at each block, since the parallel view takes blocks along.

    >>> marked('<p id="p1">A</p><p class="caption" id="p2">B</p>', ["p2"], "old")
    '<p id="p1">A</p><p title="old" class="bt-is-behind caption" id="p2">B</p>'
    """
    return _BLOCK.sub(lambda tag: _mark(tag[0], hint) if tag[1] in beads else tag[0], html) if beads else html


def _mark(tag: str, hint: str) -> str:
    if _CLASS.search(tag):
        tag = _CLASS.sub(r"\g<0>bt-is-behind ", tag, count=1)
    else:
        tag = _NAME.sub(r'\g<0> class="bt-is-behind"', tag)
    return _NAME.sub(lambda name: f'{name[0]} title="{hint}"', tag)

"""Block[] → Block[]: the front matter that a plain text begins with is furniture, but for the title it names.

What it says of date, author and source is read from there all the same (``metadata`` looks at furniture above the
text). Files that are Markdown by their name come without it (``doors.markdown``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.model import Block
from bitext.roles import TITLE_MARK

FRONT_MATTER = "front matter of the source"
"""Reason of the lines that hold it."""

_MOST_LINES = 80
_RULE = re.compile(r"\ufeff?---\s*")
_ENTRY = re.compile(r"[A-Za-z][\w-]*:(?:\s|$)|\s+\S|-\s|#|\s*$")
_TITLE = re.compile(r"title(?:_zh|_en)?:\s+[\"']?(?=\S)")


def mark(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks with the lines of front matter marked; the block of a title begins after its key.

    :param lines: of the source.
    """
    last = _last(lines)
    return tuple(_marked(block, lines[block.line - 1]) if block.line <= last else block for block in blocks)


def _last(lines: Sequence[str]) -> int:
    """Number of the line that closes the front matter; 0 if there is none.

    >>> _last(("---", "title: A", "---", "text")), _last(("---", "Some text.", "---"))
    (3, 0)
    """
    if not lines or not _RULE.fullmatch(lines[0]):
        return 0
    for number, line in enumerate(lines[1:_MOST_LINES], start=2):
        if _RULE.fullmatch(line):
            return number if number > 2 else 0
        if not _ENTRY.match(line):
            return 0
    return 0


def _marked(block: Block, line: str) -> Block:
    key = _TITLE.match(line)
    if key is None or block.end <= key.end() or block.lang == "none":
        return replace(block, role="chrome", sure=True, reason=FRONT_MATTER)
    start, end = max(block.start, key.end()), block.end
    end -= line[end - 1] == line[key.end() - 1] and line[end - 1] in "\"'"
    title = replace(block, start=start, end=end, text=line[start:end])
    return replace(title, role="heading", sure=True, level=2, reason=TITLE_MARK)

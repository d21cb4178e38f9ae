"""Block[] → Block[]: the front matter that a plain text begins with is furniture, but for the title it names.

What it says of date, author and source is read from there all the same (``metadata`` looks at furniture above the
text). Files that are Markdown by their name come without it (``doors.markdown``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from bitext.model import Block
from bitext.pieces import pieces
from bitext.reasons import FRONT_MATTER, TITLE_MARK

_MOST_LINES = 80
_RULES = {
    "---": re.compile(r"[A-Za-z][\w-]* ?:(?:\s|$)|\s+\S|-\s|#|\s*$"),
    "+++": re.compile(r"[A-Za-z][\w-]*\s*=\s*\S|\s+\S|\[|\]|[\"']|#|\s*$"),
}
"""What stands above and below front matter, in YAML and in TOML, and how its lines begin."""
_TITLES = tuple(
    re.compile(rf"{key}(?: ?:\s+|\s*=\s*)(?:([\"'])\s*)?(?=\S)", re.IGNORECASE)
    for key in (r"title(?:[_-]?(?:zh|en|cn)(?:[_-](?:cn|tw|hk|hans|hant|us|gb))?)?", "name")
)
"""Keys of a title; what has a name and no title goes by its name."""
_BARE_KEY = re.compile(r"[A-Za-z][\w-]*\s*[:=]?")
_KEY = re.compile(
    r"(Title|Date|Modified|Authors?|Tags|Category|Slug|Summary|Status|Lang|Template|Keywords|Source): ?", re.IGNORECASE
)
_SMALL_KEY = re.compile(r"([a-z][\w-]*) ?: ?\S")
_NAMES = frozenset({"title", "name"})
_FEWEST_KEYS = 3


def mark(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks with the lines of front matter marked; the block of a title begins after its key.

    :param lines: of the source.
    """
    last = _last(lines)
    titled = next((key for key in _TITLES if any(map(key.match, lines[:last]))), _TITLES[0])
    found: list[Block] = []
    for line, group in groupby(blocks, key=lambda block: block.line):
        key = titled.match(lines[line - 1]) if line <= last else None
        title = _title(line, lines[line - 1], key) if key else []
        rest = list(group)
        found += title or (list(map(_furniture, _with_key(rest, lines))) if line <= last else rest)
    return tuple(found)


def _with_key(line: list[Block], lines: Sequence[str]) -> list[Block]:
    """The pieces of a line, the first of them, if it is nothing but a key, made one with the value behind it."""
    if len(line) < 2 or not _BARE_KEY.fullmatch(line[0].text):
        return line
    key, value = line[:2]
    text = lines[key.line - 1][key.start : value.end]
    return [replace(value, part=0 if len(line) == 2 else value.part, start=key.start, text=text), *line[2:]]


def _title(number: int, line: str, key: re.Match[str]) -> list[Block]:
    """The title that a line of front matter names, as pieces of one language each, without the quotes round it."""
    start, value = key.end(), line[key.end() :].rstrip()
    value = value[:-1].rstrip() if key[1] and value.endswith(key[1]) else value
    found = [(start + first, start + last, lang) for lang, first, last in pieces(value)] if value else []
    return [
        Block(number, part if len(found) > 1 else 0, first, last, line[first:last], lang, "heading", TITLE_MARK,
              level=2, sure=True)
        for part, (first, last, lang) in enumerate(found, start=1)
    ]  # fmt: skip


def _last(lines: Sequence[str]) -> int:
    """Number of the line that closes the front matter; 0 if there is none. Blank lines may stand above it.

    >>> _last(("---", "title: A", "---", "text")), _last(("---", "Some text.", "---"))
    (3, 0)
    >>> _last(("", "+++", 'title = "A"', "+++", "text")), _last(("+++", "Some text.", "+++"))
    (4, 0)
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    rule = lines[first].lstrip("\ufeff").rstrip() if first < len(lines) else ""
    if rule not in _RULES:
        return _last_key(lines)
    for number, line in enumerate(lines[first + 1 : first + _MOST_LINES], start=first + 2):
        if line.rstrip() == rule:
            return number if number > first + 2 else 0
        if not _RULES[rule].match(line):
            return 0
    return 0


def _last_key(lines: Sequence[str]) -> int:
    """Number of the last of the keys that a text begins with without rules, as Pelican and MultiMarkdown have them.

    They are keys that are known, or any in small letters that a blank line ends.

    >>> _last_key(("Title: A", "Date: 2024-08-09", "Tags: b", "", "text")), _last_key(("Title: A", "text"))
    (3, 0)
    >>> _last_key(("name : A", "level : 2", "path : b", "", "text")), _last_key(("name : A", "level : 2", "x : b", "c"))
    (3, 0)
    """
    for form in (_KEY, _SMALL_KEY):
        keys = [form.match(line) for line in takewhile(form.match, lines[:_MOST_LINES])]
        names = {key.group(1).lower() for key in keys if key}
        ended = form is _KEY or not "".join(lines[len(keys) : len(keys) + 1]).strip()
        if names & _NAMES and len(names) >= _FEWEST_KEYS and ended:
            return len(keys)
    return 0


def _furniture(block: Block) -> Block:
    return replace(block, role="chrome", sure=True, reason=FRONT_MATTER)

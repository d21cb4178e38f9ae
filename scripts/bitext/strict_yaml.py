"""YAML as this project reads it: plain data, with the line of every key, and nothing clever.

Shared by the files of ``data/`` and the front matter of pages. Refused, each with its line: duplicate keys, anchors,
aliases, tags, merge keys and keys that are not text. Scalars follow YAML 1.2's core sense of the word: only ``true``
and ``false`` are booleans (``no`` stays text, as does ``2024-08-09``), so that what a person typed is what we get.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

Value = Any
"""``str``, ``int``, ``float``, ``bool``, ``None``, :class:`Map` or :class:`Seq`."""

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

MAX_DEPTH = 12
"""Deeper nesting than any file of ours has; the parser itself would fail only at Python's recursion limit."""

# The C parser is some ten times faster; both give the same events. It is absent where PyYAML was built without libyaml.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlError(ValueError):
    """A file that cannot be read as plain YAML: ``path``, ``line`` (from 1), ``column`` (from 1) and a reason."""

    def __init__(self, path: str, line: int, column: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: yaml: {reason}")
        self.path, self.line, self.column, self.reason = path, line, column, reason


class Map(dict[str, Value]):
    """A mapping that knows its own line (``line``) and that of each key (``lines``)."""

    line: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Seq(list[Value]):
    """A sequence that knows its own line (``line``) and that of each item (``lines``)."""

    line: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class _Reader:
    """Turns the events of one document into plain data."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.events = yaml.parse(text, Loader=_Loader)

    def fail(self, mark: Any, reason: str) -> YamlError:
        return YamlError(self.path, mark.line + self.first_line, mark.column + 1, reason)

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def next(self) -> Any:
        event: Any = next(self.events)
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise self.fail(mark, f"alias *{event.anchor}: write the value out instead")
        if getattr(event, "anchor", None):
            raise self.fail(mark, f"anchor &{event.anchor}: write the value out instead")
        if getattr(event, "tag", None):
            raise self.fail(mark, f"tag {event.tag}: remove it, tags are not read")
        return event

    def value(self, event: Any, depth: int = 0) -> Value:
        if depth > MAX_DEPTH:
            raise self.fail(event.start_mark, f"nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return event.value if event.style else _plain(event.value)

    def mapping(self, start: Any, depth: int) -> Map:
        found = Map()
        found.line = self.line(start)
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fail(event.start_mark, "a key must be a word, found a list or a mapping")
            key, line = event.value, self.line(event)
            if key == "<<":
                raise self.fail(event.start_mark, "merge key <<: write the values out instead")
            if key in found:
                raise self.fail(event.start_mark, f"key {key!r} again, first in line {found.lines[key]}")
            found[key], found.lines[key] = self.value(self.next(), depth + 1), line
        return found

    def sequence(self, start: Any, depth: int) -> Seq:
        found = Seq()
        found.line = start.start_mark.line + self.first_line
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.lines.append(event.start_mark.line + self.first_line)
            found.append(self.value(event, depth + 1))
        return found

    def document(self) -> Value:
        self.next()  # start of the stream
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        found = self.value(self.next())
        self.next()  # end of the document
        if not isinstance(event := self.next(), yaml.StreamEndEvent):
            raise self.fail(event.start_mark, "a second document begins here, one is read")
        return found


def _plain(text: str) -> Value:
    """Value of a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) < 19:
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) and len(text) < 40 else text


def load(text: str, path: str, first_line: int = 1) -> Value:
    r"""Data of a YAML text; ``None`` for an empty one.

    :param text: the YAML.
    :param path: the file's name, for messages.
    :param first_line: number of the text's first line in that file (front matter begins at 2).
    :raises YamlError: for everything that is not plain data, with line and column in the file.

    >>> load("topics: [trade]\ndate: 2024-08-09\nyes: no", "a.md")
    {'topics': ['trade'], 'date': '2024-08-09', 'yes': 'no'}
    """
    reader = _Reader(text, path, first_line)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise YamlError(path, line + first_line, column + 1, error.problem or "not YAML") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) if isinstance(error.position, int) else 0
        raise YamlError(
            path,
            line + first_line,
            1,
            f"character U+{ord(error.character):04X} is not allowed"
            if isinstance(error.character, str)
            else error.reason,
        ) from None

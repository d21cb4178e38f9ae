"""One file of ``data/``: its entries read strictly, its mistakes gathered, so that all are told at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bitext import strict_yaml
from bitext.anchors.entries import AnchorDataError
from bitext.model import Finding
from bitext.strict_yaml import Map, Seq, Value

DATA = Path(__file__).resolve().parents[2] / "data"
"""The project's own data folder."""

_T = TypeVar("_T")


class DataError(ValueError):
    """Mistakes in data files, each a :class:`Finding`."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


@lru_cache(maxsize=1)
def _read(text: str, path: str) -> Value:
    """Data of a file; not to be changed. Who reads it in parts asks for it again and again."""
    return strict_yaml.load(text, path)


class DataFile:
    """One data file being read; mistakes are gathered, not raised."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name if folder == DATA else str(folder / name)
        self.path = folder / name
        self.findings: list[Finding] = []

    def wrong(self, line: int, found: str, expected: str) -> None:
        """Tell a mistake in a line; 0 for the file as a whole."""
        self.findings.append(
            Finding(f"data/{self.name}" if "/" not in self.name else self.name, "data", found, expected,
                    "Correct the file.", line, severity="error")
        )  # fmt: skip

    def shapeless(self, found: str, expected: str) -> None:
        """Tell that the file as a whole holds something else, unless it could not be read at all."""
        if not self.findings:
            self.wrong(1, found, expected)

    def load(self) -> Value:
        """Data of the file; ``None`` where it cannot be read, which is told."""
        try:
            return _read(self.path.read_text(encoding="utf-8"), str(self.path))
        except strict_yaml.YamlError as error:
            self.wrong(error.line, error.reason, "plain YAML")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(0, f"cannot be read: {error}", "a readable file in UTF-8")
        return None

    def parsed(self, load: Callable[[Path], _T]) -> _T | None:
        """What another module reads from the file; ``None`` where it finds a mistake, which is told."""
        try:
            return load(self.path)
        except (AnchorDataError, strict_yaml.YamlError) as error:
            self.wrong(error.line, str(error).partition(": ")[2], "what the head of the file asks for")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(0, f"cannot be read: {error}", "a readable file in UTF-8")
        return None

    def entries(self, key: str, keys: tuple[str, ...], required: tuple[str, ...]) -> Iterator[Map]:
        """Mappings of the list under ``key``, those with unknown or missing keys told and left out."""
        data = self.load()
        if not isinstance(data, Map) or not isinstance(data.get(key), Seq):
            self.shapeless("no list", f"a list under {key!r}")
            return
        for entry, line in zip(data[key], data[key].lines, strict=True):
            if not isinstance(entry, Map):
                self.wrong(line, f"{entry!r}", "a mapping")
            elif self.known(entry, keys, required):
                yield entry

    def known(self, entry: Map, keys: tuple[str, ...], required: tuple[str, ...]) -> bool:
        """Whether an entry has the keys it needs and no others; what it has wrong is told."""
        good = True
        for key in entry:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                self.wrong(entry.lines[key], f"unknown key {key!r}", f"{near[0]!r}" if near else f"one of {keys}")
                good = False
        for key in required:
            if key not in entry:
                self.wrong(entry.line, f"no key {key!r}", f"the keys {required}")
                good = False
        return good

    def text(self, entry: Map, key: str) -> str:
        """The text under a key; told and empty where a list, a mapping or nothing stands there."""
        value = entry[key]
        if isinstance(value, (list, dict)) or value is None or value == "":
            self.wrong(entry.lines[key], f"{key}: {value!r}", "a text")
            return ""
        return str(value)

    def choice(self, entry: Map, key: str, allowed: tuple[Value, ...]) -> Value:
        """The value under a key, one of a few; ``None`` where the key is absent or the value told."""
        value = entry.get(key)
        if key in entry and value not in allowed:
            self.wrong(entry.lines[key], f"{key}: {value!r}", " or ".join(str(word).lower() for word in allowed))
            return None
        return value

    def twice(self, entry: Map, key: str, seen: Container[str]) -> bool:
        """Whether the text under a key was there before; then it is told."""
        if str(entry[key]) in seen:
            self.wrong(entry.lines[key], f"{key} {entry[key]!r} again", "each once")
            return True
        return False

    def words(self, entry: Map, key: str) -> tuple[str, ...]:
        """The texts under a key: a list, or one text."""
        value = entry.get(key, Seq())
        found = value if isinstance(value, list) else [value]
        if any(isinstance(word, (list, dict)) or word is None for word in found):
            self.wrong(entry.lines.get(key, entry.line), f"{key}: {value!r}", "a list of texts")
            return ()
        return tuple(str(word) for word in found)

    def regex(self, entry: Map, key: str) -> re.Pattern[str] | None:
        """The expression under a key, or the list of those of which one fits, as one; a wrong one is told.

        :returns: ``None`` where there is none, or a wrong one.
        """
        ways = self.words(entry, key)
        lines = getattr(entry.get(key), "lines", [entry.lines[key]] if key in entry else [])
        whole = _compiled("|".join(ways))
        for way, line in zip(ways, lines, strict=False):
            open_ended = way.count("(") != way.count(")")  # what opens in one and closes in another compiles as a whole
            if (isinstance(whole, str) or open_ended) and isinstance(error := _compiled(way), str):
                self.wrong(line, f"{key}: {error}", "a regular expression")
        return whole if ways and isinstance(whole, re.Pattern) else None

    def number(self, entry: Map, key: str, default: float) -> float:
        """The number under a key, or the default where the key is absent or the value told."""
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.wrong(entry.lines[key], f"{key}: {value!r}", "a number")
            return default
        return float(value)


def _compiled(expression: str) -> re.Pattern[str] | str:
    """An expression as those of data are compared, or what is wrong with it."""
    try:
        return re.compile(expression, re.IGNORECASE)
    except re.error as error:
        return str(error)

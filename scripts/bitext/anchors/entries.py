"""Entries of the anchors' data files, read strictly: a wrong one is named with its file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from bitext import strict_yaml

_FRACTION = re.compile(r"\d{1,18}(?:/[1-9]\d{0,17})?")


class AnchorDataError(ValueError):
    """An entry that cannot be used; the message is ``path:line: anchors: key: found, expected``."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: anchors: {problem}")
        self.path, self.line = path, line


class Entries:
    """One mapping of a data file, asked for each key by the kind of value it must have.

    :param found: the mapping as :func:`bitext.strict_yaml.load` gives it.
    :param path: name of the file, for messages.
    :param line: line of the mapping's own key, for messages about a value that is no mapping.
    :raises AnchorDataError: here and in every method, for a missing key or a value of another kind.
    """

    def __init__(self, found: object, path: str, line: int = 1) -> None:
        if not isinstance(found, strict_yaml.Map):
            raise AnchorDataError(path, line, f"found {type(found).__name__}, expected keys with values")
        self.map, self.path = found, path
        self._asked: set[str] = set()

    @classmethod
    def read(cls, path: Path) -> Entries:
        """Entries of a file.

        :raises bitext.strict_yaml.YamlError: if it is not plain YAML.
        :raises OSError: if it cannot be read.
        """
        return cls(strict_yaml.load(path.read_text(encoding="utf-8"), str(path)), str(path))

    def wrong(self, key: str, problem: str, line: int = 0) -> AnchorDataError:
        """The error for a wrong value of ``key``."""
        return AnchorDataError(self.path, line or self.map.lines.get(key, self.map.line), f"{key}: {problem}")

    def _value(self, key: str) -> object:
        if key not in self.map:
            raise self.wrong(key, "missing")
        self._asked.add(key)
        value: object = self.map[key]
        return value

    def entries(self, key: str) -> Entries:
        """The mapping under ``key``."""
        return Entries(self._value(key), self.path, self.map.lines.get(key, self.map.line))

    def words(self, key: str) -> tuple[str, ...]:
        """The list of words under ``key``, none empty."""
        found = self._value(key)
        if not isinstance(found, strict_yaml.Seq):
            raise self.wrong(key, f"found {found!r}, expected a list of words")
        for word, line in zip(found, found.lines, strict=True):
            if not isinstance(word, str) or not word:
                raise self.wrong(key, f"found {word!r}, expected a word (in quotes if it looks like a number)", line)
        return tuple(found)

    def letters(self, key: str) -> str:
        """The text under ``key``, each letter of which means something by itself."""
        found = self._value(key)
        if not isinstance(found, str) or not found:
            raise self.wrong(key, f"found {found!r}, expected a text")
        return found

    def whole(self, key: str) -> int:
        """The whole number under ``key``."""
        return int(self._number(key))

    def values(self, key: str) -> dict[str, Fraction]:
        """Words with their values: whole numbers, or fractions such as 1/2."""
        section = self.entries(key)
        return {word: section._number(word) for word in section.map}

    def _number(self, word: str) -> Fraction:
        found = self._value(word)
        if isinstance(found, bool) or not isinstance(found, int | str) or not _FRACTION.fullmatch(str(found)):
            raise self.wrong(word, f"found {found!r}, expected a whole number or a fraction such as 1/2")
        return Fraction(found)

    def groups(self, key: str) -> dict[str, tuple[str, ...]]:
        """Names with a list of words each."""
        section = self.entries(key)
        return {name: section.words(name) for name in section.map}

    def labels(self, key: str, allowed: Collection[str] = ()) -> dict[str, str]:
        """Word → name, from names with a list of words each; only ``allowed`` names, if any are given."""
        section = self.entries(key)
        for name in section.map:
            if allowed and name not in allowed:
                raise section.wrong(name, f"unknown, expected one of {', '.join(sorted(allowed))}")
        return {word: name for name in section.map for word in section.words(name)}

    def texts(self, key: str) -> dict[str, str]:
        """Words with a text each."""
        section = self.entries(key)
        return {word: section.letters(word) for word in section.map}

    def finish(self) -> None:
        """Raise for the first key that nobody asked for: it is a slip of the pen."""
        for key in self.map:
            if key not in self._asked:
                raise self.wrong(key, f"unknown key, known here are {', '.join(sorted(self._asked))}")


def alternation(words: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """Pattern for any of ``words``, the longest first, grouped by first letter so that most fail at once.

    :param guards: pattern that must hold after a word.

    >>> alternation(["an", "a", "bc"])
    '(?:a(?:n|)|b(?:c))'
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]) + (guards or {}).get(word, ""))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(tails.items())) + ")"


def starts(*groups: Iterable[str]) -> str:
    """Inside of a character class: the first letters of all words of all groups.

    >>> starts(["an", "b"], ["a-"])
    'ab'
    """
    return "".join(re.escape(letter) for letter in sorted({word[0] for words in groups for word in words}))

"""With which characters a text may begin for an expression to fit it: most rules for lines look at the beginning first.

Of the rules that a line has needles for (:mod:`bitext.needles`), half cannot fit it, since it begins otherwise:
`^(by|from) .` fits no line that begins with a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from bitext.needles import parts

_First = tuple[frozenset[str], bool]
"""Classes of characters that something may begin with, and whether it may be nothing at all."""

_NOTHING: _First = frozenset(), True
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def opening(expression: re.Pattern[str], *, whole: bool) -> frozenset[str] | None:
    """Classes of characters of which the first one of a text that fits is in one; ``None`` where it may be any.

    :param whole: the expression has to fit the whole text.

    >>> sorted(opening(re.compile("^(来源|by )?[1-9]"), whole=False)), opening(re.compile("来源"), whole=False)
    (['[1-9]', '[b]', '[来]'], None)
    """
    if expression.flags & re.MULTILINE or not (whole or expression.pattern.startswith("^")):
        return None
    row = parts(expression)
    first = _of_row(row) if whole or (row and str(row[0][1]) == "AT_BEGINNING") else None
    return first[0] if first and first[0] and (whole or not first[1]) else None


class Openings:
    """Which of several expressions may fit a text by its first character, as bits of an integer.

    :param expressions: each with whether it has to fit the whole text; ``None`` for one that fits no text.
    """

    def __init__(self, expressions: Sequence[tuple[re.Pattern[str] | None, bool]]) -> None:
        self.all = (1 << len(expressions)) - 1
        self.always = 0
        classes: dict[tuple[str, int], int] = {}
        for number, (expression, whole) in enumerate(expressions):
            first = opening(expression, whole=whole) if expression else None
            self.always |= 0 if first else 1 << number
            for found in first or ():
                key = found, expression.flags if expression else 0
                classes[key] = classes.get(key, 0) | 1 << number
        self.classes = [(re.compile(*key), bits) for key, bits in classes.items()]
        self.of = lru_cache(maxsize=4096)(self._of)
        """By the first character of a text; that of an empty text is empty."""

    def _of(self, character: str) -> int:
        fitting = (bits for found, bits in self.classes if found.match(character))
        return reduce(or_, fitting, self.always) if character else self.all


def _of_row(row: Iterable[tuple[Any, Any]]) -> _First | None:
    found: frozenset[str] = frozenset()
    for name, value in row:
        part = _of_part(str(name), value)
        if part is None:
            return None
        found |= part[0]
        if not part[1]:
            return found, False
    return found, True


def _of_part(name: str, value: Any) -> _First | None:
    """What a part begins with; ``None`` where that may be anything, or is not known."""
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NOTHING
    if name in ("LITERAL", "NOT_LITERAL"):
        return frozenset({f"[{'^' * (name != 'LITERAL')}{re.escape(chr(value))}]"}), False
    if name == "IN":
        return frozenset({f"[{''.join(map(_of_member, value))}]"}), False
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        inner = _of_row(value[2])
        return inner and (inner[0], inner[1] or not value[0])
    if name == "BRANCH":
        return _of_ways([_of_row(way) for way in value[1]])
    if name == "SUBPATTERN" and not value[1]:  # else it has flags that let it fit more
        return _of_row(value[-1])
    return _of_row(value) if name == "ATOMIC_GROUP" else None


def _of_ways(ways: Sequence[_First | None]) -> _First | None:
    known = [way for way in ways if way]
    if len(known) < len(ways):
        return None
    return frozenset().union(*(signs for signs, _ in known)), any(empty for _, empty in known)


def _of_member(member: tuple[Any, Any]) -> str:
    """A member of a class of characters as an expression has it."""
    name, value = str(member[0]), member[1]
    if name == "NEGATE":
        return "^"
    if name == "RANGE":
        return "-".join(re.escape(chr(code)) for code in value)
    return re.escape(chr(value)) if name == "LITERAL" else _CATEGORIES[str(value)]

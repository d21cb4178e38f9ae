"""Numbers and bullets that a word processor computes, and the levels of its headings: styles.xml and numbering.xml."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from bitext import strict_yaml
from bitext.datafile import DATA
from bitext.doors.ooxml import child, local, value
from bitext.markup import wide

_MOST_ANCESTORS = 12
_BULLET = "- "
_PLACE = re.compile(r"%([1-9])")
_HEADING = re.compile(r"heading ([1-6])|(title)", re.IGNORECASE)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of a paragraph."""

    level: int = 0
    """Of a heading, from 1; 0 for text."""
    number: str = ""
    """Id of its numbering."""
    depth: int = 0
    """Level of the list, from 0."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """The numbering of one document; it counts as paragraphs are asked for in their order."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._styles = _by_id(styles, "style", "styleId")
        self._lists = {
            name: _levels(found) for name, found in _by_id(numbering, "abstractNum", "abstractNumId").items()
        }
        self._numbers = {
            name: _value(found, "abstractNumId") for name, found in _by_id(numbering, "num", "numId").items()
        }
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * 10)
        self._known: dict[str, Style] = {}

    def style(self, properties: Any) -> Style:
        """What a paragraph's own properties say; where they are silent, its style and those that it is based on."""
        own = Style(_outline(properties), *_numbered(properties))
        return _over(own, self._named(_value(properties, "pStyle")))

    def _named(self, name: str) -> Style:
        if name not in self._known:
            found, base = Style(), name
            for _ in range(_MOST_ANCESTORS):
                if (style := self._styles.get(base)) is None:
                    break
                own = child(style, "pPr")
                found = _over(found, Style(_heading(style) or _outline(own), *_numbered(own)))
                base = _value(style, "basedOn")
            self._known[name] = found
        return self._known[name]

    def marker(self, style: Style) -> str:
        """Bullet or number of the next paragraph of a style, a blank after it; empty if it has none."""
        abstract = self._numbers.get(style.number, "")
        level = self._lists.get(abstract, {}).get(style.depth)
        if level is None or level.form == "none":
            return ""
        counts = self._counts[abstract]
        counts[style.depth] = counts[style.depth] + 1 if counts[style.depth] else level.start
        counts[style.depth + 1 :] = [0] * (len(counts) - style.depth - 1)
        if level.form == "bullet":
            return _BULLET
        text = _PLACE.sub(lambda place: self._number(abstract, int(place[1]) - 1, counts), level.text)
        return text if not text or wide(text[-1]) else f"{text} "

    def _number(self, abstract: str, depth: int, counts: list[int]) -> str:
        level = self._lists[abstract].get(depth, _Level("decimal", "", 1))
        return _formed(counts[depth] or level.start, level.form)


def _by_id(part: Any, name: str, key: str) -> dict[str, Any]:
    return {value(found, key) or "": found for found in (() if part is None else part) if local(found) == name}


def _value(parent: Any, name: str) -> str:
    found = child(parent, name)
    return (value(found) or "") if found is not None else ""


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else default


def _numbered(properties: Any) -> tuple[str, int]:
    number = child(properties, "numPr")
    return _value(number, "numId"), min(_integer(_value(number, "ilvl"), 0), 8)


def _outline(properties: Any) -> int:
    level = _integer(_value(properties, "outlineLvl"), 9)
    return level + 1 if level < 6 else 0


def _heading(style: Any) -> int:
    match = _HEADING.fullmatch(_value(style, "name"))
    return int(match[1] or 1) if match else 0


def _over(own: Style, base: Style) -> Style:
    """A style where it says something, else the one it is based on."""
    numbered = own if own.number else base
    return Style(own.level or base.level, numbered.number, numbered.depth)


def _levels(abstract: Any) -> dict[int, _Level]:
    return {
        _integer(value(found, "ilvl") or "", 0): _Level(
            _value(found, "numFmt"), _value(found, "lvlText"), _integer(_value(found, "start"), 1)
        )
        for found in abstract
        if local(found) == "lvl"
    }


def _formed(number: int, form: str) -> str:
    """A number in a form of ECMA-376, 17.18.59; forms that are not known here become figures.

    >>> [_formed(14, form) for form in ("decimal", "upperRoman", "lowerLetter", "chineseCounting")]
    ['14', 'XIV', 'n', '十四']
    """
    if form.endswith("Roman") and number < 4000:
        return _cased(_roman(number), form)
    if form.endswith("Letter"):
        return _cased(chr(ord("a") + (number - 1) % 26) * min((number + 25) // 26, 9), form)
    if ("hinese" in form or form.startswith(("taiwanese", "japanese", "ideograph"))) and number < 100:
        return _counted(number)
    return str(number)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    found = ""
    for amount, letters in _ROMAN:
        found += letters * (number // amount)
        number %= amount
    return found


def _counted(number: int) -> str:
    signs = _signs()
    tens, ones = divmod(number, 10)
    if not tens:
        return signs[ones]
    return (signs[tens] if tens > 1 else "") + signs[10] + (signs[ones] if ones else "")


@cache
def _signs() -> tuple[str, ...]:
    """Signs of zero to ten; few texts need them, so they are read when the first does."""
    path = DATA / "counting.yml"
    found: Any = strict_yaml.load(path.read_text(encoding="utf-8"), str(path))
    return tuple(map(str, found["counting"]))

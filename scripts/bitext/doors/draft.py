"""A text on its way out of a container: lines are added, what is left behind is recorded, numbers come last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bitext.model import Change

_Dropped = tuple[str, str]
"""Kind of a thing that was left behind, and its text if it had any."""


@dataclass(slots=True)
class Line:
    """One line of the text to be."""

    text: str
    level: int = 0
    """Level of a heading, from 1; 0 for all else."""
    apart: bool = True
    """A blank line stands before it."""
    dropped: list[_Dropped] = field(default_factory=list)
    """What was left behind between the line before and this one."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a door hands over."""

    text: str
    changes: tuple[Change, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    encoding: str = "utf-8"


class Draft:
    """Lines in the order of the container. Cells of a table are collected apart (:meth:`open`, :meth:`close`)."""

    def __init__(self) -> None:
        self._open: list[list[Line]] = [[]]
        self._dropped: list[_Dropped] = []

    @property
    def lines(self) -> list[Line]:
        """Lines that are being collected now."""
        return self._open[-1]

    def add(self, text: str, *, level: int = 0, apart: bool = True) -> None:
        """One more line, unless it is blank; ``apart``: a blank line stands before it."""
        if text.strip():
            self.lines.append(Line(text, level, apart, self._dropped))
            self._dropped = []

    def retract(self, text: str) -> None:
        """Take the last line back if it begins so; it is recorded as left behind."""
        if not self.lines or not self.lines[-1].text.startswith(text):
            return
        line = self.lines.pop()
        self._dropped = [*line.dropped, ("repeated words of a picture", line.text), *self._dropped]

    def drop(self, kind: str, text: str = "") -> None:
        """Put on record that something was left behind."""
        self._dropped.append((kind, text))

    def open(self) -> None:
        """Collect lines apart from here on."""
        self._open.append([])

    def close(self) -> list[Line]:
        """Lines collected since the last :meth:`open`."""
        return self._open.pop()

    def row(self, cells: Sequence[Sequence[Line]]) -> None:
        """A row of a table: one line if each cell has one, else the lines of its cells: such a table is a layout."""
        full = [cell for cell in cells if cell]
        if any(len(cell) > 1 for cell in full):
            self.lines.extend(line for cell in full for line in cell)
        elif full:
            dropped = [thing for cell in full for thing in cell[0].dropped]
            level = full[0][0].level if len(full) == 1 else 0
            self.lines.append(Line(" | ".join(cell[0].text for cell in full), level, dropped=dropped))

    def text(self, encoding: str = "utf-8") -> Text:
        """The lines as a text, with the number of each heading and of each line before which something is missing."""
        found: list[str] = []
        changes: list[Change] = []
        headings: list[tuple[int, int]] = []
        for line in self.lines:
            found += ["", line.text] if line.apart and found else [line.text]
            changes += _changes(line.dropped, len(found))
            headings += [(len(found), line.level)] if line.level else []
        changes += _changes(self._dropped, max(len(found), 1))
        return Text("\n".join(found), tuple(changes), tuple(headings), encoding)


def _changes(dropped: Sequence[_Dropped], line: int) -> Iterator[Change]:
    for kind, text in dropped:
        yield Change(kind, line, 0, text, "")

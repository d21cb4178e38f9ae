"""A page that a person edited, and a new text for it: both brought together, or the reasons why not.

git does the merging; it is taken only with a certificate (:func:`_flaw`), for a merge without conflict can still drop
or double a line. Nothing here reads or writes a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bitext import git
from bitext.model import Finding
from bitext.page import read

Gate = Callable[[str, str], Sequence[Finding]]
"""Text of a page and its path below ``docs/`` → what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both sides changed."""

    line: int
    """Where they begin on the page, from 1."""
    page: tuple[str, ...]
    """As a person left them."""
    base: tuple[str, ...]
    """As they were after the last conversion."""
    made: tuple[str, ...]
    """As the source gives them now."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of it: a text, or a reason and the conflicts."""

    text: str | None
    reason: str = ""
    conflicts: tuple[Conflict, ...] = ()


def readable(text: str, path: str) -> tuple[Finding, ...]:
    """The least that a merged page must be: one that can be read."""
    return read(text, path)[1]


def merge(page: str, base: str, made: str, path: str, gate: Gate) -> Merge:
    """Bring together what a person typed (page against base) and what the source says now (made against base)."""
    clean, text = git.merge_file(page, base, made)
    if not clean:
        return Merge(None, "the person and the source changed the same lines", tuple(_conflicts(text)))
    flaw = _flaw(page, base, made, text) or _fault(text, made, path, gate)
    return Merge(None, flaw) if flaw else Merge(text)


def _flaw(page: str, base: str, made: str, text: str) -> str:
    """Why a merge has no certificate; empty if it has.

    Every line that a side added is there as often as on that side, less what the other side removed; and no line that a
    person removed is back, unless the source adds one. Blank lines do not count.

    >>> _flaw("a mine", "a", "a b", "a b")
    "a line that the person wrote would be lost: 'a mine'"
    """
    mine, old, new, merged = (Counter(filter(str.strip, side.split("\n"))) for side in (page, base, made, text))
    for side, other, words in ((mine, new, "the person wrote"), (new, mine, "the source gives")):
        wanted = side - (old - other)
        if lost := [line for line in side - old if merged[line] < wanted[line]]:
            return f"a line that {words} would be lost: {lost[0]!r}"
    allowed = mine + (new - old)
    back = [line for line in old - mine if merged[line] > allowed[line]]
    return f"a line that the person removed would come back: {back[0]!r}" if back else ""


def _fault(text: str, made: str, path: str, gate: Gate) -> str:
    """Why a merged page cannot be published; empty if it can."""
    for finding in gate(text, path):
        if finding.severity == "error":
            return f"the merged page would not pass the checks: {finding.check}: {finding.found}"
    ours, theirs = (read(side, path)[0] for side in (text, made))
    if ours and theirs and ours.front_matter.source_id != theirs.front_matter.source_id:
        return "the merged page would have the source_id of another"
    return ""


def _conflicts(text: str) -> Iterator[Conflict]:
    """Conflicts of a merged text with markers, with their lines on the person's page."""
    sides: tuple[list[str], ...] = ([], [], [])
    number, side = 1, -1
    for line in text.split("\n"):
        if line[: git.MARKER] in _MARKERS:
            side = _MARKERS.index(line[: git.MARKER])
            if side == len(sides):
                page, base, made = map(tuple, sides)
                yield Conflict(number, page, base, made)
                number += len(page)
                sides, side = ([], [], []), -1
        elif side >= 0:
            sides[side].append(line)
        else:
            number += 1


_MARKERS = tuple(sign * git.MARKER for sign in "<|=>")

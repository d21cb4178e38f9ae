"""What only all pages together can show: two pages with one ``source_id``, one body with two abbreviations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.checks.known import Known
from bitext.checks.pages import Pair
from bitext.model import Finding


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a page says and that other pages must agree with."""

    kind: str
    key: str
    value: str
    path: str
    line: int


Gather = Callable[[Pair, Known], Iterator[Note]]
Judge = Callable[[Sequence[Note]], Iterator[Finding]]


def source_ids(pair: Pair, _: Known) -> Iterator[Note]:
    """The source of each page of a pair."""
    for copy in pair.copies:
        if copy.page:
            value = copy.page.front_matter.source_id
            yield Note("source_id", f"{copy.lang} {value}", value, str(copy.path), copy.lines.get("source_id", 1))


def twins(notes: Iterable[Note]) -> Iterator[Finding]:
    """No two pages of one language have one source_id: the converter could not tell which is which."""
    first: dict[str, Note] = {}
    for note in notes:
        if note.kind == "source_id" and (other := first.setdefault(note.key, note)) is not note:
            step = "Delete one of them, or give it a source_id of its own."
            found = f"{note.value} is that of {other.path}"
            yield Finding(note.path, "source_id", found, "an id of its own", step, note.line, severity="error")

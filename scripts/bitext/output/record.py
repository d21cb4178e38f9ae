"""What a site was built from and what it was then: what is still the same need not be built.

Of settings, data, hooks, templates, the library, the names of the installed packages with their versions, and what git
knows of the pages, the content is hashed each time. Pages and the finished site are many; of each file is kept what
the system says of it (times of the last change of content and of state, size, number), and only a page of which it says
something else is read. The time of the last change of state cannot be set by anybody, and the clock has gone on when it
is noted. So a site that was touched is built again, and a record that is damaged, or is of another site, is as good as
none.

What is kept is written as Python writes its compiled modules (``marshal``), in an eighth of the time that JSON takes,
and read by the same Python alone, once its hash has been compared.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import re
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bitext.checks.history import git
from bitext.model import LANGS
from bitext.stamps import ODD, Stamp, below, content_of, folders_of, stamp, walk
from bitext.state import STATE_FOLDER

SETTINGS = ("DOCS_DIR", "LANG", "LC_ALL")
"""Variables of the environment on which a build may depend."""
_CHUNK = 1 << 20
_TICK = 0.02
"""Seconds in which a file system's clock surely goes on: Linux counts in 1/100 s at most."""
_SEAL = 16
"""Bytes of the hash at the beginning of a file."""
_ARTICLE = re.compile(rf"(?:{'|'.join(LANGS)})/[^/]+/[^/]+\.md")
_MOST = 0.2
"""Share of the pages that may have changed for a part build to be worth it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that goes into a site."""

    settings: str
    """Hash of all but the pages and what is known of them."""
    history: str
    """Hash of what git knows of the pages."""
    locks: Mapping[str, Stamp]
    """Stamps of the locks, from which old addresses come."""
    epoch: str
    """``SOURCE_DATE_EPOCH``."""
    pages: Mapping[str, tuple[str, Stamp]]
    """Hash and stamp of each file below ``docs/``, by name."""

    def said(self) -> tuple[object, ...]:
        """All of it but the stamps."""
        return self.settings, self.history, self.locks, self.epoch, {name: each[0] for name, each in self.pages.items()}


@dataclass(frozen=True, slots=True)
class Record:
    """What went into a site and what came out."""

    inputs: Inputs
    site: Mapping[str, Stamp]
    """Its files."""
    folders: Mapping[str, Stamp]
    """Its folders, each name with a slash at its end: where one is as it was, no file has come or gone."""
    where: str
    """Folder of the site."""
    scripts: Mapping[str, int] = field(default_factory=dict)
    """Scripts that stand in its pages, and in how many."""
    made: bytes = b""
    """Hash of what the hooks have kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """Pages that are other than before, by name below ``docs/``."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def inputs(root: Path, docs: Path, settings: Mapping[str, str], before: Record | None = None) -> Inputs:
    """Everything that a build reads.

    :param root: the project's folder.
    :param docs: folder of the pages.
    :param settings: options of the command.
    :param before: a record, whose pages are believed where the system says that they are as they were.
    :raises OSError: if something cannot be read; whoever builds will say what.
    """
    found = hashlib.sha256()
    said = {**settings, **{name: os.environ.get(name, "") for name in SETTINGS}, "python": sys.version}
    found.update(json.dumps(said, sort_keys=True).encode())
    found.update("\0".join(_packages()).encode())
    for folder in (root / name for name in ("data", "hooks", "overrides", "scripts")):
        _take(found, folder)
    for name in ("mkdocs.yml", "requirements.txt"):
        _take_file(found, name, root / name)
    known = before.inputs.pages if before else {}
    pages = {name: _page(docs, name, now, known.get(name)) for name, now in look(docs).items()}
    locks, history = look(docs.parent / STATE_FOLDER / "lock"), _known_to_git(docs)
    return Inputs(found.hexdigest(), history, locks, os.environ.get("SOURCE_DATE_EPOCH", ""), pages)


def change(before: Inputs, now: Inputs) -> Change | None:
    """Which articles have changed; ``None`` if a part build would not do, or not pay."""
    if before.settings != now.settings:
        return None
    changed = tuple(name for name, each in now.pages.items() if before.pages.get(name, (None,))[0] != each[0])
    gone = tuple(name for name in before.pages if name not in now.pages)
    many = len(changed) + len(gone) > max(_MOST * len(now.pages), 2)
    return None if many or not all(map(_ARTICLE.fullmatch, (*changed, *gone))) else Change(changed, gone)


def look(folder: Path) -> dict[str, Stamp]:
    """The stamp of every file below a folder, by name; none if there is no folder.

    :raises OSError: if it cannot be read.
    """
    found = below(folder)
    newest = max((each[1] for each in found.values()), default=0)
    if newest > time.time_ns() - _TICK * 1e9:
        time.sleep(_TICK)
        return below(folder)
    return found


def look_again(
    folder: Path, before: Mapping[str, Stamp], put: Iterable[str], removed: Iterable[str]
) -> dict[str, Stamp]:
    """The same after some files were put into a folder and others taken away; only these are looked at."""
    gone = frozenset(removed)
    time.sleep(_TICK)
    return {**{name: each for name, each in before.items() if name not in gone}, **_stamps(folder, put)}


def folders(site: Path) -> dict[str, Stamp]:
    """The stamps of all folders of a site, by name with a slash at its end."""
    time.sleep(_TICK)
    start = len(f"{site}/")
    return _stamps(site, (f"{place[start:].replace(os.sep, '/') or '.'}/" for place, _, _ in os.walk(site)))


def folders_again(
    site: Path, before: Mapping[str, Stamp], put: Iterable[str], removed: Iterable[str]
) -> dict[str, Stamp]:
    """The same after some files were put into a site and others taken away."""
    touched = folders_of((*put, *removed))
    kept = {name: each for name, each in before.items() if name not in touched}
    return {**kept, **_stamps(site, (name for name in touched if (site / name).is_dir()))}


def _stamps(folder: Path, names: Iterable[str]) -> dict[str, Stamp]:
    return {name: stamp(f"{folder}/{name}") for name in names}


def _page(docs: Path, name: str, now: Stamp, known: tuple[str, Stamp] | None) -> tuple[str, Stamp]:
    if known and known[1] == now:
        return known
    if name.endswith(ODD):
        return str(now), now
    return hashlib.blake2b(content_of(f"{docs}/{name}"), digest_size=16).hexdigest(), now


# ------------------------------------------------------------------ files
def read(path: Path) -> Record | None:
    """The record of an earlier build; ``None`` if there is none that can be read."""
    try:
        found, _ = _read(path)
        return Record(**{**found, "inputs": Inputs(**found["inputs"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def read_made(path: Path, record: Record) -> dict[str, Any] | None:
    """What the hooks have kept; ``None`` unless it belongs to the record."""
    try:
        found, seal = _read(_made(path))
    except (OSError, ValueError):
        return None
    return found if seal == record.made and isinstance(found, dict) else None


def write(path: Path, record: Record, made: Mapping[str, Any] | None = None) -> None:
    """Keeps a record, whole or not at all.

    :param made: what the hooks want to keep.
    :raises OSError: if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {each.name: getattr(record.inputs, each.name) for each in fields(Inputs)}
    kept = {**{each.name: getattr(record, each.name) for each in fields(Record)}, "inputs": values}
    _write(path, {**kept, "made": _write(_made(path), made or {})})


def forget_others(path: Path) -> None:
    """Takes the records of sites away that are no longer there."""
    for other in set(path.parent.glob(f"*{path.suffix}")) - {path}:
        found = read(other)
        if found is None or not Path(found.where).is_dir():
            other.unlink(missing_ok=True)
            _made(other).unlink(missing_ok=True)


def _read(path: Path) -> tuple[Any, bytes]:
    """What a file holds, and its hash.

    :raises ValueError: if it is not as it was written, or was written by another Python.
    """
    content = memoryview(path.read_bytes())
    if content[:_SEAL] != _seal(content[_SEAL:]):
        raise ValueError(path)
    return marshal.loads(content[_SEAL:]), bytes(content[:_SEAL])


def _write(path: Path, values: Mapping[str, Any]) -> bytes:
    """Writes a file at once; its hash."""
    content = marshal.dumps(dict(values))
    beside, seal = path.with_name(f"{path.name}.{os.getpid()}"), _seal(content)
    with beside.open("wb") as file:
        file.writelines((seal, content))
    beside.replace(path)
    return seal


def _seal(content: bytes | memoryview) -> bytes:
    python = sys.version.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    return hashlib.blake2b(content, digest_size=_SEAL, key=python).digest()


def place(root: Path, site: Path) -> Path:
    """Where the record of a site is kept: one for each place at which sites are built."""
    return root / "build" / "cache" / f"{hashlib.sha256(str(site).encode()).hexdigest()[:16]}.record"


def _made(path: Path) -> Path:
    return path.with_suffix(".made")


# ------------------------------------------------------------------ hashing
def _take(found: hashlib._Hash, folder: Path) -> None:
    """Takes in a folder: names, kinds and content in the order of the names."""
    for name, entry in sorted(walk(folder), key=lambda each: each[0]):
        if entry.is_symlink():
            found.update(f"\1{name}\0{Path(entry.path).readlink()}\0".encode(errors="surrogateescape"))
        elif entry.is_file():
            _take_file(found, name, entry.path)
        else:
            found.update(f"\2{name}\0".encode(errors="surrogateescape"))


def _take_file(found: hashlib._Hash, name: str, path: str | Path) -> None:
    """Takes in a file: its name, how long it is and what it holds."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        found.update(f"\3{name}\0{os.fstat(number).st_size}\0".encode(errors="surrogateescape"))
        while chunk := os.read(number, _CHUNK):
            found.update(chunk)
    finally:
        os.close(number)


def _packages() -> Iterable[str]:
    """Installed packages; the name of the folder of metadata says the version."""
    folders = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    return sorted(entry.name for folder in folders for entry in os.scandir(folder) if entry.name.endswith("-info"))


def _known_to_git(docs: Path) -> str:
    """Hash of what git knows of the pages: commit and files that it has, from which pages say what is behind."""
    head = git(docs, "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD") or ""
    files = git(Path(head.split()[0]), "ls-files", "-s") if head else ""
    return hashlib.sha256(f"{head}\0{files or ''}".encode(errors="surrogateescape")).hexdigest()

"""What a site was built from and what it was then: where both are still the same, there is nothing to build.

Everything is read and hashed, on both sides: pages, data, hooks, templates, the library, the names of the installed
packages with their versions, what git knows of the pages, the settings; and every file of the finished site. No clock
and no date of a file is believed. So a site that was touched is built again, and a record that is damaged, or is of
another site, is as good as none. That costs a hundredth of a build.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bitext.checks.history import git

SETTINGS = ("SOURCE_DATE_EPOCH", "DOCS_DIR", "LANG", "LC_ALL")
"""Variables of the environment on which a build may depend."""
_LEFT_OUT = frozenset({"__pycache__", ".git"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """Hashes of what went into a site and of what came out; hexadecimal SHA-256."""

    inputs: str
    site: str
    where: str
    """Folder of the site."""


def inputs(root: Path, docs: Path, settings: Mapping[str, str]) -> str:
    """Hash of all that a build reads.

    :param root: the project's folder.
    :param docs: folder of the pages.
    :param settings: options of the command.
    :raises OSError: if something cannot be read; whoever builds will say what.
    """
    found = hashlib.sha256()
    said = {**settings, **{name: os.environ.get(name, "") for name in SETTINGS}, "python": sys.version}
    found.update(json.dumps(said, sort_keys=True).encode())
    found.update("\0".join(_packages()).encode())
    found.update(_known_to_git(docs).encode())
    for folder in (docs, *(root / name for name in ("data", "hooks", "overrides", "scripts"))):
        _take(found, folder)
    for name in ("mkdocs.yml", "requirements.txt"):
        _take_file(found, name, root / name)
    return found.hexdigest()


def output(site: Path) -> str:
    """Hash of every file of a site.

    :raises OSError: if it is not there or cannot be read.
    """
    found = hashlib.sha256()
    _take(found, site)
    return found.hexdigest()


def read(path: Path) -> Record | None:
    """The record of an earlier build; ``None`` if there is none that can be read."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(path: Path, record: Record) -> None:
    """Keeps a record, whole or not at all, and forgets those of sites that are no longer there.

    :raises OSError: if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(asdict(record)), encoding="utf-8")
    beside.replace(path)
    for other in path.parent.glob("*.json"):
        found = read(other)
        if found is None or not Path(found.where).is_dir():
            other.unlink(missing_ok=True)


def place(root: Path, site: Path) -> Path:
    """Where the record of a site is kept: one for each place at which sites are built."""
    return root / "build" / "cache" / f"{hashlib.sha256(str(site).encode()).hexdigest()[:16]}.json"


# ------------------------------------------------------------------ hashing
def _take(found: hashlib._Hash, folder: Path) -> None:
    """Takes in a folder: names, kinds and content in the order of the names."""
    for name, entry in _walk(str(folder), ""):
        if entry.is_symlink():
            found.update(f"\1{name}\0{Path(entry.path).readlink()}\0".encode(errors="surrogateescape"))
        elif entry.is_dir():
            found.update(f"\2{name}\0".encode(errors="surrogateescape"))
        elif entry.is_file():
            _take_file(found, name, entry.path)
        else:
            found.update(f"\3{name}\0".encode(errors="surrogateescape"))


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        ordered = sorted((entry for entry in entries if entry.name not in _LEFT_OUT), key=lambda entry: entry.name)
    for entry in ordered:
        name = f"{below}/{entry.name}"
        yield name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, name)


def _take_file(found: hashlib._Hash, name: str, path: str | Path) -> None:
    """Takes in a file: its name, how long it is and what it holds."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        found.update(f"\4{name}\0{os.fstat(number).st_size}\0".encode(errors="surrogateescape"))
        while chunk := os.read(number, _CHUNK):
            found.update(chunk)
    finally:
        os.close(number)


def _packages() -> Iterable[str]:
    """Installed packages; the name of the folder of metadata says the version."""
    folders = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    return sorted(entry.name for folder in folders for entry in os.scandir(folder) if entry.name.endswith("-info"))


def _known_to_git(docs: Path) -> str:
    """What git knows of the pages: the commit and the files that it has, from which pages say what is behind."""
    head = git(docs, "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD") or ""
    return f"{head}\0{git(Path(head.split()[0]), 'ls-files', '-s') or '' if head else ''}"

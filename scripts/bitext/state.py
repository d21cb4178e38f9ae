"""What the converter remembers of its last run, and the only way it writes files.

The state folder stands beside the pages (``docs/`` → ``.convert/``, ``build/docs`` → ``build/.convert``) and is kept in
git, but for what its own ``.gitignore`` names::

    .convert/lock/<source id>.json   pages of one source: path and hash of the text that was last written or adopted
    .convert/base/<sha256>.md        that text, named by its hash
    .convert/pending/…               proposals that wait for a person's decision (not in git)

One lock file for each source, so that two pull requests do not collide. Every write is a temporary file in the same
folder, ``fsync`` and ``os.replace``: whoever looks finds a whole file, the one before or the one after.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from bitext.front_matter import valid_source_id

STATE_FOLDER = ".convert"
_TEMPORARY = ".bitext-"
_IGNORED = "# Proposals and the mark of a running conversion are nobody else's.\n/pending/\n/running\n"


class StateError(Exception):
    """The state or a place to write is not what it must be; nothing was written. ``path`` and ``reason`` say what."""

    def __init__(self, path: Path | str, reason: str, next_step: str) -> None:
        super().__init__(f"{path}: {reason}\n    {next_step}")
        self.path, self.reason, self.next_step = path, reason, next_step


class Folder:
    """A folder that files are read from and written to, and never left: no ``..``, no symbolic link below it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, relative: str) -> Path:
        """Path of a file below the folder.

        :raises StateError: if the name leads out of the folder, a part of it is a symbolic link, or what stands there
            is no regular file.
        """
        parts = PurePosixPath(relative).parts
        if not parts or relative.startswith("/") or ".." in parts or "\\" in relative or "\0" in relative:
            raise StateError(self.root / relative, "leads out of its folder", "Choose a name without '..' and '/'.")
        path = self.root
        for part in parts:
            path = path / part
            if path.is_symlink():
                raise StateError(path, "is a symbolic link", "Put a real file or folder in its place.")
        return path

    def read(self, relative: str) -> bytes | None:
        """Content of a file; ``None`` if there is none."""
        path = self.place(relative)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise StateError(path, "is not a regular file", "Move it away.")
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, relative: str, content: bytes) -> None:
        """Put a whole file in its place, folders included."""
        path = self.place(relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def sweep(self) -> None:
        """Remove the temporary files that a killed run has left."""
        for path in self.root.rglob(f"{_TEMPORARY}*.tmp"):
            path.unlink(missing_ok=True)

    def remove(self, relative: str) -> None:
        """Remove a file, if it is there."""
        self.place(relative).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a rename last; not every system can open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass(frozen=True, slots=True)
class LockedPage:
    """A page that the converter wrote or adopted."""

    path: str
    """Below ``docs/``: ``zh/trade/a.md``. Chosen once; it changes only if a person moves the file."""
    base: str
    """SHA-256 of the text last written or adopted."""
    former: tuple[str, ...] = ()
    """Paths before a person moved it, oldest first."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What is remembered of one source."""

    source: str
    sha256: str = ""
    encoding: str = ""
    pages: dict[str, LockedPage] = field(default_factory=dict)
    """By language and part: ``zh``, ``en``, ``zh#3`` …"""


class State:
    """The state folder."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder(root)

    def locks(self) -> Iterator[Lock]:
        """All locks, by name."""
        for path in sorted((self.folder.root / "lock").glob("*.json")):
            if lock := self.lock(path.stem):
                yield lock

    def lock(self, source_id: str) -> Lock | None:
        """Lock of a source; ``None`` if it was never published.

        :raises StateError: if the file cannot be understood.
        """
        relative = _lock_name(source_id)
        content = self.folder.read(relative)
        if content is None:
            return None
        try:
            return _lock_from(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError):
            step = "Restore it from git (git checkout -- FILE); without it nobody can tell whose text a page holds."
            raise StateError(self.folder.root / relative, "is not a lock file", step) from None

    def write_lock(self, lock: Lock) -> None:
        """Remember a lock; a file that says so already is not touched."""
        text = json.dumps(_plain(lock), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if self.folder.read(_lock_name(lock.source)) != text.encode():
            self.folder.write(_lock_name(lock.source), text.encode())

    def base(self, sha256: str) -> bytes | None:
        """A remembered text; ``None`` if it is missing or is not what its name says."""
        content = self.folder.read(_base_name(sha256))
        return content if content is not None and digest(content) == sha256 else None

    def write_base(self, content: bytes) -> str:
        """Remember a text; its name comes back."""
        name = digest(content)
        if self.base(name) is None:
            self.folder.write(_base_name(name), content)
        return name

    def forget_base(self, sha256: str) -> None:
        """Remove a text that no lock names any more."""
        self.folder.remove(_base_name(sha256))

    def put_aside(self, path: str, content: bytes) -> Path:
        """Keep a proposal for a person to look at."""
        self.folder.write(f"pending/{path}", content)
        return self.folder.root / "pending" / path

    def settle(self, path: str) -> None:
        """Remove the proposal for a page, if there is one."""
        self.folder.remove(f"pending/{path}")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """No other conversion writes meanwhile.

        :raises StateError: if one is running.
        """
        if self.folder.read(".gitignore") != _IGNORED.encode():
            self.folder.write(".gitignore", _IGNORED.encode())
        with self.folder.place("running").open("a") as file:
            if not _flocked(file):
                raise StateError(self.folder.root, "another conversion is running", "Wait for it to end, then rerun.")
            yield


def _flocked(file: Any) -> bool:
    """Whether the file could be locked; where the system has no such lock, it counts as locked."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _lock_name(source_id: str) -> str:
    if not valid_source_id(source_id):
        step = "Rename the source: letters, digits, blanks and _ - . ( ), at most 100 characters."
        raise StateError(source_id, "cannot be the id of a source", step)
    return f"lock/{source_id}.json"


def _base_name(sha256: str) -> str:
    return f"base/{sha256}.md"


def _plain(lock: Lock) -> dict[str, Any]:
    pages = {
        key: {"path": page.path, "base": page.base} | ({"former": list(page.former)} if page.former else {})
        for key, page in lock.pages.items()
    }
    return {"source": lock.source, "sha256": lock.sha256, "encoding": lock.encoding, "pages": pages}


def _lock_from(data: dict[str, Any]) -> Lock:
    pages = {
        str(key): LockedPage(_text(page["path"]), _hex(page["base"]), tuple(map(_text, page.get("former", ()))))
        for key, page in data["pages"].items()
    }
    return Lock(_text(data["source"]), _text(data["sha256"]), _text(data["encoding"]), pages)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _hex(value: Any) -> str:
    if len(_text(value)) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError(value)
    return str(value)

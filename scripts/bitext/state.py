"""What the converter remembers of its last run, and the only way it writes files.

The state folder stands beside the pages (``docs/`` → ``.convert/``, ``build/docs`` → ``build/.convert``) and is kept in
git, but for what its own ``.gitignore`` names::

    .convert/lock/<source id>.json   pages of one source: path, hash of the text that was last written or adopted
    .convert/base/<sha256>.md        that text, named by its hash
    .convert/pending/…               proposals that wait for a person's decision (not in git)
    .convert/cache/…                 what need not be done again (not in git): :mod:`bitext.remembered`

One lock file for each source, so that two pull requests do not collide. Every write is a temporary file in the same
folder, ``fsync`` and ``os.replace``: whoever looks finds a whole file, the one before or the one after.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bitext.front_matter import valid_source_id
from bitext.model import spelt
from bitext.page import place_of

STATE_FOLDER = ".convert"
_TEMPORARY = ".bitext-"
_IGNORED = (
    "# Proposals, the mark of a running conversion and what it remembers are nobody else's.\n"
    "/cache/\n/pending/\n/running\n"
)


class StateError(Exception):
    """The state or a place to write is not what it must be; nothing was written. ``path`` and ``reason`` say what."""

    def __init__(self, path: Path | str, reason: str, next_step: str) -> None:
        super().__init__(f"{spelt(f'{path}: {reason}')}\n    {next_step}")
        self.path, self.reason, self.next_step = path, reason, next_step


class DiskError(StateError):
    """The system refused to read or write a file."""

    def __init__(self, path: Path, deed: str, error: OSError) -> None:
        step = "Every file is whole, as it was or as it is to be. Make room or mend the permissions, then rerun."
        super().__init__(path, f"cannot be {deed}: {error.strerror or error}", step)


class Folder:
    """A folder that files are read from and written to, and never left: no ``..``, no symbolic link below it.

    :param most: bytes of the largest file that is read.
    """

    def __init__(self, root: Path, most: int = sys.maxsize) -> None:
        self.root, self.most = root, most

    def place(self, relative: str) -> Path:
        """Path of a file below the folder.

        :raises StateError: if the name leads out of the folder, a part of it is a symbolic link, or what stands there
            is no regular file.
        """
        parts = [part for part in relative.split("/") if part not in ("", ".")]
        if not parts or relative.startswith("/") or ".." in parts or "\\" in relative or "\0" in relative:
            raise StateError(self.root / relative, "leads out of its folder", "Choose a name without '..' and '/'.")
        path = str(self.root)
        for part in parts:
            path = os.path.join(path, part)  # noqa: PTH118 - asked for twenty times a source
            if os.path.islink(path):  # noqa: PTH114
                raise StateError(path, "is a symbolic link", "Put a real file or folder in its place.")
        return Path(path)

    def read(self, relative: str) -> bytes | None:
        """Content of a file; ``None`` if there is none."""
        path = self.place(relative)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise StateError(path, "is not a regular file", "Move it away.")
            if (size := path.stat().st_size) > self.most:
                raise StateError(path, f"has {size} bytes, more than {self.most}", "Move it away, or split it.")
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise DiskError(path, "read", error) from None

    def write(self, relative: str, content: bytes) -> None:
        """Put a whole file in its place, folders included; one that says so already is not touched."""
        if self.read(relative) != content:
            self._put(relative, content, lambda: True)

    def swap(self, relative: str, before: bytes | None, after: bytes) -> bool:
        """As :meth:`write`, but only if the file is still what it was before; whether it was."""
        return self._put(relative, after, lambda: self.read(relative) == before)

    def _put(self, relative: str, content: bytes, unless_changed: Callable[[], bool]) -> bool:
        """The condition is looked at last of all, when only the renaming is left to do."""
        path = self.place(relative)
        try:
            temporary = _temporary(path.parent, content)
            if not _renamed(temporary, path, unless_changed):
                return False
            _sync(path.parent)
        except OSError as error:
            raise DiskError(path, "written", error) from None
        return True

    def remove(self, relative: str) -> None:
        """Remove a file, if it is there."""
        path = self.place(relative)
        try:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
                _sync(path.parent)
        except OSError as error:
            raise DiskError(path, "removed", error) from None

    def sweep(self) -> None:
        """Remove the temporary files that a killed run has left."""
        for path in self.root.rglob(f"{_TEMPORARY}*.tmp"):
            _forget(path)


def _temporary(folder: Path, content: bytes) -> Path:
    """A file in the folder, which may have to be made, that holds the content, safe on the disk."""
    handle, name = _opened(folder)
    try:
        while content:
            content = content[os.write(handle, content) :]
        os.fchmod(handle, 0o644)
        os.fsync(handle)
    except OSError:
        _forget(Path(name))
        raise
    finally:
        os.close(handle)
    return Path(name)


def _opened(folder: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=folder)
    except (FileNotFoundError, NotADirectoryError):
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=folder)


def _renamed(temporary: Path, path: Path, unless_changed: Callable[[], bool]) -> bool:
    """Whether the temporary file took the place of the other; else it is gone."""
    try:
        if unless_changed():
            os.replace(temporary, path)  # noqa: PTH105 - this module speaks to the system itself
            return True
    except BaseException:
        _forget(temporary)
        raise
    _forget(temporary)
    return False


def _forget(path: Path) -> None:
    """Remove a temporary file; if that fails, the next run sweeps."""
    with contextlib.suppress(OSError):
        path.unlink()


def _sync(folder: Path) -> None:
    """Make a rename last; not every system can open a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run is about to do to a page: written before the page, gone after it. Hashes; empty for "no file"."""

    before: str
    """Of the file as it is found."""
    after: str
    """Of the file as it will be."""
    base: str
    """Of the text that will then be remembered."""


@dataclass(frozen=True, slots=True)
class LockedPage:
    """A page that the converter knows."""

    path: str
    """Below ``docs/``: ``zh/trade/a.md``. Chosen once; it changes only if a person moves the file."""
    base: str = ""
    """SHA-256 of the text last written or adopted; empty for a page that is about to be made or was pruned."""
    former: tuple[str, ...] = ()
    """Paths before a person moved it, oldest first."""
    intent: Intent | None = None
    """Only while a run writes the page, or after it was interrupted."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What is remembered of one source."""

    source: str
    sha256: str = ""
    encoding: str = ""
    pages: dict[str, LockedPage] = field(default_factory=dict)
    """By language and part: ``zh``, ``en``, ``zh#3`` …"""
    was: tuple[str, ...] = ()
    """Ids before the file was renamed, oldest first."""


class State:
    """The state folder.

    :raises StateError: from every method, if the folder is not what it must be.
    """

    def __init__(self, root: Path) -> None:
        if root.is_symlink():
            raise StateError(root, "is a symbolic link", "Put a real folder in its place, or remove it.")
        self.folder = Folder(root)

    def locks(self, known: Mapping[str, Lock] = MappingProxyType({})) -> Iterator[Lock]:
        """All locks, by name.

        :param known: those that need not be read, since their files are as they were.
        """
        for name in self.names():
            if lock := known.get(name) or self.lock(name):
                yield lock

    def names(self) -> list[str]:
        """Ids of the sources that have a lock."""
        return sorted(path.stem for path in (self.folder.root / "lock").glob("*.json"))

    def lock(self, source_id: str) -> Lock | None:
        """Lock of a source; ``None`` if it was never published.

        :raises StateError: if the file cannot be understood.
        """
        relative = lock_name(source_id)
        content = self.folder.read(relative)
        if content is None:
            return None
        try:
            return lock_from(json.loads(content), source_id)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            step = "Restore it from git (git checkout -- FILE); without it nobody can tell whose text a page holds."
            raise StateError(self.folder.root / relative, "is not a lock file", step) from None

    def write_lock(self, lock: Lock) -> None:
        """Remember a lock."""
        self.folder.write(lock_name(lock.source), lock_text(lock))

    def remove_lock(self, source_id: str) -> None:
        """Forget a source that has another name now."""
        self.folder.remove(lock_name(source_id))

    def base(self, sha256: str) -> bytes | None:
        """A remembered text; ``None`` if it is missing or is not what its name says."""
        content = self.folder.read(_base_name(sha256))
        return content if content is not None and digest(content) == sha256 else None

    def write_base(self, content: bytes) -> str:
        """Remember a text; its name comes back."""
        name = digest(content)
        self.folder.write(_base_name(name), content)
        return name

    def forget_bases(self) -> None:
        """Remove the texts that no lock names any more."""
        pages = [page for lock in self.locks() for page in lock.pages.values()]
        named = {page.base for page in pages} | {page.intent.base for page in pages if page.intent}
        for path in sorted((self.folder.root / "base").glob("*.md")):
            if path.stem not in named:
                self.folder.remove(f"base/{path.name}")

    def put_aside(self, path: str, content: bytes, report: str) -> None:
        """Keep a proposal, and what is to be decided about it, for a person to look at."""
        self.folder.write(f"pending/{path}", content)
        self.folder.write(report_name(path), report.encode())

    def settle(self, path: str) -> None:
        """Remove the proposal for a page, if there is one."""
        self.folder.remove(f"pending/{path}")
        self.folder.remove(report_name(path))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """No other conversion writes meanwhile.

        :raises StateError: if one is running.
        """
        self.folder.write(".gitignore", _IGNORED.encode())
        with self.folder.place("running").open("a") as file:
            if not _flocked(file):
                raise StateError(self.folder.root, "another conversion is running", "Wait for it to end, then rerun.")
            yield


def redirects(docs: Path, state: State | None = None) -> dict[str, str]:
    """Where readers of an old address should go: old path → path of a page, both below ``docs/``.

    A page that was moved leads to its new place, a file; one that was pruned to the page of its topic, which the build
    makes. An old path where a file stands again is not listed.

    :raises StateError: if a lock cannot be read.
    """
    found: dict[str, str] = {}
    state = state or State(docs.resolve().parent / STATE_FOLDER)
    for page in (page for lock in state.locks() for page in lock.pages.values()):
        target = page.path if page.base else f"{page.path.rpartition('/')[0]}/index.md"
        old = page.former if page.base else (*page.former, page.path)
        if not page.base or (docs / target).is_file():
            found |= {path: target for path in old if not (docs / path).exists()}
    return found


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


def digest(content: bytes | None) -> str:
    """SHA-256 in hexadecimal; empty for a file that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def report_name(path: str) -> str:
    """Where the words about a proposal stand, below the state folder."""
    return f"pending/{path.removesuffix('.md')}.txt"


def lock_name(source_id: str) -> str:
    """Where the lock of a source stands, below the state folder."""
    if not valid_source_id(source_id):
        step = "Rename the source: letters, digits, blanks and _ - . ( ), at most 100 characters."
        raise StateError(source_id, "cannot be the id of a source", step)
    return f"lock/{source_id}.json"


def _base_name(sha256: str) -> str:
    return f"base/{sha256}.md"


# ------------------------------------------------------------------ a lock as JSON
def lock_text(lock: Lock) -> bytes:
    """A lock as its file has it."""
    return (json.dumps(_plain(lock), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _plain(lock: Lock) -> dict[str, Any]:
    pages = {key: _plain_page(page) for key, page in lock.pages.items()}
    found = {"source": lock.source, "sha256": lock.sha256, "encoding": lock.encoding, "pages": pages}
    return found | ({"was": list(lock.was)} if lock.was else {})


def _plain_page(page: LockedPage) -> dict[str, Any]:
    found: dict[str, Any] = {"path": page.path, "base": page.base}
    if page.former:
        found["former"] = list(page.former)
    if page.intent:
        found["intent"] = {"from": page.intent.before, "result": page.intent.after, "next": page.intent.base}
    return found


def lock_from(data: dict[str, Any], name: str) -> Lock:
    """A lock from its JSON; what no conversion could have written is refused, for the file may come from anybody."""
    if data["source"] != name:
        raise ValueError(data["source"])
    pages = {str(key): _page_from(str(key), page) for key, page in data["pages"].items()}
    return Lock(name, _text(data["sha256"]), _text(data["encoding"]), pages, tuple(map(_text, data.get("was", ()))))


def _page_from(key: str, page: dict[str, Any]) -> LockedPage:
    intent = page.get("intent")
    plan = Intent(_hex(intent["from"]), _hex(intent["result"]), _hex(intent["next"])) if intent else None
    former = tuple(_path(key, path) for path in page.get("former", ()))
    return LockedPage(_path(key, page["path"]), _hex(page["base"]), former, plan)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _path(key: str, value: Any) -> str:
    """A place where the page may stand: ``<lang>/<topic>/<slug>.md``, in the language of its key."""
    lang, topic, _ = _text(value).split("/")
    if not place_of(value) or lang != key[:2] or topic in ("", ".", ".."):
        raise ValueError(value)
    return str(value)


def _hex(value: Any) -> str:
    if value and (len(_text(value)) != 64 or set(value) - set("0123456789abcdef")):
        raise ValueError(value)
    return _text(value)

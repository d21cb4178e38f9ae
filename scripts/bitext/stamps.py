"""What the system says of a file, by which one that was changed is told without reading it, and the walk over many.

The time of the last change of state cannot be set by anybody, so a file that was put back, or whose date was, is told
too (the method of git's index, Documentation/technical/racy-git).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Times of the last change of content and of state, in nanoseconds since 1970; size in bytes; number of the inode."""
ODD = "\0"
"""Ends the names of what is no plain file: no page and no file of a site has such a name."""
_LEFT_OUT = frozenset({"__pycache__", ".git"})


def stamp(path: str | Path) -> Stamp:
    """The stamp of a file; a link is taken for itself.

    :raises OSError: if nothing is there.
    """
    return _stamp(os.lstat(path))


def below(folder: Path) -> dict[str, Stamp]:
    """The stamp of every file below a folder, by name; none if there is no folder.

    :raises OSError: if it cannot be read.
    """
    found: dict[str, Stamp] = {}
    for name, entry in walk(folder) if folder.is_dir() else ():
        own = entry.stat(follow_symlinks=False)
        found[name if stat.S_ISREG(own.st_mode) else f"{name}{ODD}"] = _stamp(own)
    return found


def folders_of(names: Iterable[str]) -> set[str]:
    """The folders in which some files stand, and those above them, each with a slash at its end.

    >>> sorted(folders_of(["a/b/c", "d"]))
    ['./', 'a/', 'a/b/']
    """
    found, waiting = {"./"}, {name[: name.rfind("/") + 1] for name in names}
    while waiting := waiting - found - {""}:
        found |= waiting
        waiting = {name[: name.rfind("/", 0, -1) + 1] for name in waiting}
    return found


def stand(folder: Path, stamps: Mapping[str, Stamp]) -> bool:
    """Whether files and folders are as they were; no other ones can have come to a folder that is as it was."""
    place = -1
    try:
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # seen from there, paths are short
        return all(_stamp(os.stat(name, dir_fd=place, follow_symlinks=False)) == each for name, each in stamps.items())
    except (OSError, ValueError):  # not there, or what is no plain file
        return False
    finally:
        if place >= 0:
            os.close(place)


def content_of(path: str) -> bytes:
    """What a file holds; ``Path.read_bytes`` takes twice as long to open it.

    :raises OSError: if it cannot be read.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - of a path that is text
        return file.read()


def walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Name below a folder and entry of all that is no folder, in any order.

    No link is followed; what Python and git leave in folders is left out.
    """
    waiting = [("", str(folder))]
    while waiting:
        before, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                name = f"{before}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    yield name, entry
                elif entry.name not in _LEFT_OUT:
                    waiting.append((f"{name}/", entry.path))


def _stamp(own: os.stat_result) -> Stamp:
    return own.st_mtime_ns, own.st_ctime_ns, own.st_size, own.st_ino

"""How files of the site are written: an article has ten, and Python's own way asks the system thrice for each."""

from __future__ import annotations

import os


def put(path: str, content: bytes) -> None:
    """Writes a file; the folders above it are made.

    :raises OSError: if that cannot be done.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        _make_folder(path.rpartition(os.sep)[0])
        file = os.open(path, flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _make_folder(path: str) -> None:
    """Nearly always only the last folder is missing."""
    try:
        os.mkdir(path)  # noqa: PTH102 - of a path that is text
    except OSError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def put_text(path: str, text: str) -> None:
    """Writes a text, its line ends as they are.

    :raises OSError: as above.
    """
    put(path, text.encode())

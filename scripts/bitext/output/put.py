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
        os.makedirs(path.rpartition(os.sep)[0], exist_ok=True)  # noqa: PTH103 - of a path that is text
        file = os.open(path, flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def put_text(path: str, text: str) -> None:
    """Writes a text, its line ends as they are.

    :raises OSError: as above.
    """
    put(path, text.encode())

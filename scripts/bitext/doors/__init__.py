"""Files as editors have them → SourceText.

Each ending has a door, a module that turns bytes into lines; from there on all texts go the same way.

The text of a source is what its reader sees: what a container holds besides is recorded by kind (``changes``), and the
headings that it marks as such are handed on (``headings``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bitext.model import SourceText
from bitext.read import SourceError, normalised
from bitext.read import source_text as plain_text

if TYPE_CHECKING:
    from bitext.doors.draft import Text

_DOORS: Mapping[str, str] = {".docx": "docx", ".htm": "html", ".html": "html", ".md": "markdown", ".txt": ""}
"""Ending of a file → module of this package; plain text needs none."""
SUFFIXES = tuple(_DOORS)
"""Endings of the files that are read."""
NEXT_STEP = "Export it as .docx, .html or .txt."

_SIGNS = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office document"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Rich Text document"),
)
"""First bytes of formats that go by a wrong name more often than others."""
_STEPS = {".docx": "Open it in your word processor and save it as .docx, without a password."}


def is_source(path: Path) -> bool:
    """Whether a file of a folder is meant as a source: not hidden, no lock of a word processor, no README."""
    name = path.name
    return not name.startswith((".", "~$")) and not name.lower().startswith("readme") and not path.is_dir()


def source_text(data: bytes, path: Path, encoding: str | None = None, *, punctuation: bool = True) -> SourceText:
    """The source, by the door for its ending; a name without an ending is plain text.

    :param encoding: a codec that the editor named; a container that knows its own pays no heed to it.
    :param punctuation: restore full-width punctuation between Han characters.
    :raises SourceError: for an ending that has no door, and for whatever cannot be read, in one line.
    """
    suffix = path.suffix.lower()
    if suffix and suffix not in _DOORS:
        raise SourceError(path, f"cannot be read: {suffix} is none of {', '.join(SUFFIXES)}", NEXT_STEP)
    _look(data, path, suffix)
    door = _DOORS.get(suffix)
    if not door:
        return plain_text(data, path, encoding, punctuation=punctuation)
    contents = cast("Callable[[bytes, Path, str | None], Text]", import_module(f"bitext.doors.{door}").contents)
    found = contents(data, path, encoding)
    sha256 = hashlib.sha256(data).hexdigest()
    source = SourceText(path.stem, path, found.text, (), found.encoding, sha256, found.changes, found.headings)
    return normalised(source, punctuation=punctuation)


def _look(data: bytes, path: Path, suffix: str) -> None:
    """Refuse bytes that are plainly something else than the name says."""
    kind = next((kind for sign, kind in _SIGNS if data.startswith(sign)), "")
    if suffix == ".docx":
        if kind != _SIGNS[0][1]:
            raise SourceError(path, f"is {kind or 'no archive'}, expected a Word document", _STEPS[suffix])
    elif kind:
        raise SourceError(path, f"is {kind}, expected a text", NEXT_STEP)

"""Files below ``docs/`` stand where the site can use them, under names that every system and every address can bear.

Looked at before anything is opened: a link may lead out of the project, a pipe never ends, and of two files with one
address only one would be published.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from bitext.front_matter import SLUG
from bitext.model import LANGS, Finding

CHECK = "place"
ASSETS = "assets"
"""Folder of pictures, shared by both languages."""
MAX_NAME = 100
"""Characters of a page's name with its date; the converter keeps to 80, most systems allow 255 bytes."""
PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Files that may stand in :data:`ASSETS`. SVG is none of them: opened by itself, it may run scripts."""
THEME = frozenset({"external", "fonts", "images", "javascripts", "stylesheets"})
"""Folders of :data:`ASSETS` that are the theme's: a file there would take the place of one of its own."""

# Left behind by systems and tools; MkDocs passes over them.
_HARMLESS = frozenset({".DS_Store", ".gitkeep"})
_ASSET = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
# "Naming Files, Paths, and Namespaces", Microsoft Learn: these are devices in every folder, with any ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_KINDS = (
    (stat.S_ISLNK, "a symbolic link", "Put the file itself here; a link may lead out of the project."),
    (stat.S_ISFIFO, "a named pipe", "Remove it: reading it would never end."),
    (stat.S_ISSOCK, "a socket", "Remove it."),
    (stat.S_ISCHR, "a device", "Remove it."),
    (stat.S_ISBLK, "a device", "Remove it."),
)


def check(
    docs: Path, topics: Collection[str], among: Collection[PurePosixPath] = (PurePosixPath(),)
) -> Iterator[tuple[PurePosixPath, Finding]]:
    """Every file and folder below ``docs`` that must not be there, with what is to be said of it.

    No link is followed and nothing below a refused folder is looked at. Names that pass are of small ASCII letters and
    of one depth, so that no two of them are one file on any system or one address on the site.

    :param topics: folders of the languages.
    :param among: look only at what stands at, above or below one of these places.
    """
    return _walk(docs, PurePosixPath(), topics, () if PurePosixPath() in among else among)


def near(place: PurePosixPath, others: Iterable[PurePosixPath]) -> bool:
    """Whether a place is at, above or below one of the others."""
    return any(place.is_relative_to(one) or one.is_relative_to(place) for one in others)


Reason = tuple[str, str, str]
"""What was found, what was expected, the next step."""


def _walk(
    docs: Path, below: PurePosixPath, topics: Collection[str], among: Collection[PurePosixPath]
) -> Iterator[tuple[PurePosixPath, Finding]]:
    """What must not be there below a folder.

    :param among: as above; if there are none, everything is looked at.
    """
    try:
        entries = sorted(os.scandir(docs / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        return  # removed meanwhile
    except OSError as error:
        yield below, _finding(docs, below, f"cannot be read: {error.strerror}", "", "Check its permissions.")
        return
    for entry in entries:
        path = below / entry.name
        if among and not near(path, among):
            continue
        if reason := _reason(path, entry, topics):
            yield path, _finding(docs, path, *reason)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(docs, path, topics, among)


def _finding(docs: Path, path: PurePosixPath, found: str, expected: str, step: str) -> Finding:
    name = os.fsencode(docs / path).decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return Finding(shown, CHECK, found, expected, step, severity="error")


def _printable(name: str) -> bool:
    return name.isprintable()  # a byte that is no UTF-8 comes as a surrogate, which is not


def _reason(path: PurePosixPath, entry: os.DirEntry[str], topics: Collection[str]) -> Reason | None:
    """Why a file or folder is refused."""
    try:
        return _kind(entry) or _name(path.name) or (
            _folder(path, topics) if entry.is_dir(follow_symlinks=False) else _file(path, topics)
        )  # fmt: skip
    except OSError as error:
        return f"cannot be read: {error.strerror}", "", "Check its permissions."


def _kind(entry: os.DirEntry[str]) -> Reason | None:
    state = entry.stat(follow_symlinks=False)
    for is_kind, name, step in _KINDS:
        if is_kind(state.st_mode):
            return name, "a file or a folder", step
    if stat.S_ISREG(state.st_mode) and state.st_nlink > 1:
        step = "Copy it: an edit of one would change the other."
        return f"a file with {state.st_nlink} names (hard links)", "one name", step
    return None


def _name(name: str) -> Reason | None:
    """Names that systems or addresses cannot bear, wherever they stand."""
    if not _printable(name):
        return "a name with bytes or characters that cannot be printed", "a-z, 0-9 and -", "Rename it."
    if name.startswith(".") and name not in _HARMLESS:
        return "a hidden file", "a name without a dot in front", "Remove or rename it: the site would lack it."
    if _DEVICE.fullmatch(name):
        return "the name of a device on Windows", "another name", "Rename it: nobody could check it out there."
    return None


def _folder(path: PurePosixPath, topics: Collection[str]) -> Reason | None:
    parts = path.parts
    if parts[0] == ASSETS:
        return _asset(path)
    if parts[0] not in LANGS:
        expected = f"the folder of a language ({', '.join(LANGS)}) or {ASSETS}"
        return "an unknown folder", expected, "Remove it; a language is added in mkdocs.yml and the code."
    if len(parts) == 2 and parts[1] not in topics:
        expected = f"a topic ({', '.join(sorted(topics))})"
        return "an unknown folder", expected, "Move its pages; a topic is added in data/topics.yml."
    return _misplaced(path, topics) if len(parts) > 2 else None


def _file(path: PurePosixPath, topics: Collection[str]) -> Reason | None:
    parts = path.parts
    if path.name in _HARMLESS:
        return None
    if parts[0] == ASSETS and len(parts) > 1:
        return _asset(path) or _picture(path)
    if len(parts) != 3 or parts[0] not in LANGS or parts[1] not in topics or path.suffix != ".md":
        return _misplaced(path, topics)
    if path.name == "index.md":
        step = "Remove it; home, topic and tag pages are made by the build."
        return "no article can stand here", "another name", step
    if not SLUG.fullmatch(path.stem):
        expected = "small Latin letters and digits with single hyphens between them"
        return f"the file is called {path.name}", expected, "Rename it in both languages."
    return _length(path.stem)


def _length(name: str) -> Reason | None:
    return (f"a name of {len(name)} characters", f"at most {MAX_NAME}", "Shorten it.") if len(name) > MAX_NAME else None


def _misplaced(path: PurePosixPath, topics: Collection[str]) -> Reason:
    lang = path.parts[0] if path.parts[0] in LANGS else "<language>"
    expected = f"{lang}/<topic>/<name>.md, the topic one of {', '.join(sorted(topics))}, the name of a-z, 0-9 and -"
    return "no article can stand here", expected, "Move or rename it; pictures go to assets/, sources to sources/."


def _asset(path: PurePosixPath) -> Reason | None:
    if not _ASSET.fullmatch(path.name):
        return f"a name such as {path.name}", "a-z, 0-9 and single - _ .", "Rename it."
    if len(path.parts) > 1 and path.parts[1] in THEME:
        return f"{ASSETS}/{path.parts[1]} is the theme's", "another folder", "Rename the folder."
    return _length(path.name)


def _picture(path: PurePosixPath) -> Reason | None:
    if path.suffix in PICTURES:
        return None
    return f"a file ending in {path.suffix or 'nothing'}", f"a picture ({' '.join(sorted(PICTURES))})", "Remove it."

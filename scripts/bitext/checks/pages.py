"""Pages as the checks see them: every file of ``docs/``, what could be read of it and where its keys stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from os.path import lexists
from pathlib import Path, PurePosixPath

from bitext import front_matter, markup, strict_yaml
from bitext.checks.passages import Both, passage
from bitext.model import LANGS, Finding, Lang, Severity
from bitext.page import BEAD_ID, FACTS, Head, RawBlock, blocks, head
from bitext.stamps import walk

MAX_PAGE = 256 * 1024
"""Bytes. The longest page of the first sources has 20 KiB; a page of 1 MB holds a browser for eight seconds."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a page in one language."""

    path: Path
    """As shown to people."""
    lang: Lang
    short: str
    """Path below the language's folder."""
    text: str = ""
    """The file as read, line ends made line feeds; empty if it could not be read."""
    page: Head | None = None
    """Its front matter and its body, of which the blocks are read below."""
    blocks: tuple[RawBlock, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each key of the front matter."""
    findings: tuple[Finding, ...] = ()
    """Why it could not be read."""

    def finding(self, check: str, found: str, expected: str = "", step: str = "", key: str = "") -> Finding:
        """An error of this file, at the line of a key if one is named."""
        line = self.lines.get(key, 1)
        return Finding(str(self.path), check, found, expected, step, line, severity="error")

    def at(
        self, line: int, check: str, found: str, expected: str = "", step: str = "", severity: Severity = "error"
    ) -> Finding:
        """A finding at a line of this file."""
        return Finding(str(self.path), check, found, expected, step, line, severity=severity)

    def beads(self) -> dict[str, list[tuple[int, str]]]:
        """Visible text of every bead, in pieces with their lines; blocks in the other language are left out."""
        found: dict[str, list[tuple[int, str]]] = {}
        bead = ""
        for block in self.blocks:
            own = bead_of(block)
            bead = own or bead
            if (own or block.kind not in FACTS) and not any(word.startswith("lang=") for word in block.attributes):
                found.setdefault(bead, []).append((block.line, markup.unescape(block.markdown)))
        return {bead: pieces for bead, pieces in found.items() if bead}


@dataclass(frozen=True, slots=True)
class Pair:
    """Both languages of a page, as far as they are there."""

    short: str
    zh: Copy | None = None
    en: Copy | None = None

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The files that are there."""
        return tuple(copy for copy in (self.zh, self.en) if copy)

    @property
    def both(self) -> tuple[Copy, Copy] | None:
        """Both files, Chinese first, if both are there."""
        return (self.zh, self.en) if self.zh and self.en else None

    @property
    def year(self) -> int | None:
        """Year of the page's date."""
        dates = (copy.page.front_matter.date for copy in self.copies if copy.page)
        return next((int(date[:4]) for date in dates if date), None)

    def beads(self) -> tuple[Both, ...]:
        """Titles and beads that both languages have, in the order of the Chinese page."""
        if not self.both:
            return ()
        zh, en = self.both
        mine, theirs = _texts(zh), _texts(en)
        shared = (bead for bead in mine if bead in theirs)
        return tuple(Both(bead, passage(mine[bead], "zh"), passage(theirs[bead], "en")) for bead in shared)


def _texts(copy: Copy) -> dict[str, list[tuple[int, str]]]:
    """Beads of a page and its title, unless that is an extract of them."""
    front = copy.page.front_matter if copy.page else None
    title = {"title": [(copy.lines.get("title", 1), front.title)]} if front and not front.title_derived else {}
    return title | copy.beads()


def bead_of(block: RawBlock) -> str:
    """Id of the bead that a block opens; empty if it opens none."""
    return next((word[1:] for word in block.attributes if word[0] == "#" and BEAD_ID.fullmatch(word[1:])), "")


def find(docs: Path, paths: Iterable[Path] = ()) -> tuple[Found, ...]:
    """Files below the folders of the languages, both languages of a page together, in the order of their names.

    :param paths: files and folders; pages of which one language stands there. All pages if there are none.
    """
    shorts = {short for path in paths or [docs] for short in _shorts(docs, path)}
    return tuple((short, _files(docs, short)) for short in sorted(shorts))


Found = tuple[str, dict[Lang, Path]]
"""Path of a page below its language's folder, and its file in each language."""


def _shorts(docs: Path, path: Path) -> Iterator[str]:
    """Pages of which one language stands at or below a path; nothing else is looked through."""
    place = below(docs, path)
    for lang in LANGS:
        folder = docs / lang
        if place is not None and place.parts[:1] in ((), (lang,)):
            start = docs / place if place.parts else folder
            inside = f"{start.as_posix()}/"[len(f"{folder.as_posix()}/") :]
            names = (f"{inside}{name}" for name, _ in walk(start)) if _is_folder(start) else [inside.removesuffix("/")]
            yield from (name for name in names if name.endswith(".md"))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _files(docs: Path, short: str) -> dict[Lang, Path]:
    return {lang: Path(name) for lang in LANGS if lexists(name := f"{docs}/{lang}/{short}")}


def below(docs: Path, path: Path) -> PurePosixPath | None:
    """Where a path is below the folder of the pages: empty for the folder and what is above it, ``None`` elsewhere.

    A link is taken for itself, not for what it leads to.
    """
    real = path.is_dir() and not path.is_symlink()
    root, place = docs.resolve(), path.resolve() if real else path.parent.resolve() / path.name
    if root.is_relative_to(place):
        return PurePosixPath()
    return PurePosixPath(place.relative_to(root).as_posix()) if place.is_relative_to(root) else None


def load(found: Found) -> Pair:
    """Both files of a page, read."""
    short, files = found
    return Pair(short, **{lang: read_copy(path, lang, short) for lang, path in files.items()})


def read_copy(path: Path, lang: Lang, short: str) -> Copy:
    """What can be read of a file."""
    found = Copy(path, lang, short)
    try:
        if reason := _unfit(path):
            return replace(found, findings=(found.finding("file", *reason),))
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        reason = f"cannot be read: {error.strerror}", "a text file", "Check its permissions and the disk."
        return replace(found, findings=(found.finding("file", *reason),))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        finding = Finding(
            str(path), "encoding", f"byte {error.start} is not UTF-8", "UTF-8", "Save the file as UTF-8.", line,
            severity="error",
        )  # fmt: skip
        return replace(found, findings=(finding,))
    return parse_copy(found, text)


def parse_copy(found: Copy, text: str) -> Copy:
    """A copy with what its text says."""
    page, findings = head(text, found.path.as_posix())
    return replace(found, text=text, page=page, blocks=_blocks(text), lines=_key_lines(text), findings=findings)


def _unfit(path: Path) -> tuple[str, str, str] | None:
    """Why a file is not opened at all: what was found, what was expected, the next step."""
    if any(part.is_symlink() for part in (path, *path.parents[:2])):
        return "a symbolic link", "a file of its own", "Put the text in its place; a link may lead out of the project."
    if not path.is_file():
        return "not a regular file", "a text file", "Remove it."
    if (size := path.stat().st_size) > MAX_PAGE:
        return too_large(size)
    return None


def too_large(size: int) -> tuple[str, str, str]:
    """What is said of a page of so many bytes."""
    return f"{size} bytes", f"at most {MAX_PAGE}", "Split the page."


def _blocks(text: str) -> tuple[RawBlock, ...]:
    pieces = front_matter.split(text)
    return tuple(blocks(pieces[1], pieces[2])) if pieces else ()


def _key_lines(text: str) -> dict[str, int]:
    try:
        pieces = front_matter.split(text)
        data = front_matter.data_of(pieces[0]) if pieces else None
    except strict_yaml.YamlError:
        return {}
    return data.lines if isinstance(data, strict_yaml.Map) else {}

"""Pages as the checks see them: every file of ``docs/``, what could be read of it and where its keys stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bitext import front_matter, strict_yaml
from bitext.model import Finding, Lang, Page
from bitext.page import LANGS, RawBlock, blocks, read

MAX_PAGE = 256 * 1024
"""Bytes. The longest page of the first sources has 20 KiB; a page of 1 MB holds a browser for eight seconds."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Ids that pages may name."""

    topics: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a page in one language."""

    path: Path
    """As shown to people."""
    lang: Lang
    short: str
    """Path below the language's folder."""
    page: Page | None = None
    blocks: tuple[RawBlock, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each key of the front matter."""
    findings: tuple[Finding, ...] = ()
    """Why it could not be read."""

    def finding(self, check: str, found: str, expected: str = "", step: str = "", key: str = "") -> Finding:
        """An error of this file, at the line of a key if one is named."""
        line = self.lines.get(key, 1)
        return Finding(str(self.path), check, found, expected, step, line, severity="error")


def copies(docs: Path) -> Iterator[Copy]:
    """All Markdown files below the folders of the languages, in the order of their names."""
    for lang in LANGS:
        folder = docs / lang
        for path in sorted(folder.rglob("*.md")):
            yield _copy(path, lang, path.relative_to(folder).as_posix())


def _copy(path: Path, lang: Lang, short: str) -> Copy:
    """What can be read of a file."""
    found = Copy(path, lang, short)
    if reason := _unfit(path):
        return replace(found, findings=(found.finding("file", *reason),))
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        finding = Finding(
            str(path), "encoding", f"byte {error.start} is not UTF-8", "UTF-8", "Save the file as UTF-8.", line,
            severity="error",
        )  # fmt: skip
        return replace(found, findings=(finding,))
    page, findings = read(text, path.as_posix())
    return replace(found, page=page, blocks=_blocks(text), lines=_key_lines(text), findings=findings)


def _unfit(path: Path) -> tuple[str, str, str] | None:
    """Why a file is not opened at all: what was found, what was expected, the next step."""
    if any(part.is_symlink() for part in (path, *path.parents[:2])):
        return "a symbolic link", "a file of its own", "Put the text in its place; a link may lead out of the project."
    if not path.is_file():
        return "not a regular file", "a text file", "Remove it."
    if (size := path.stat().st_size) > MAX_PAGE:
        return f"{size} bytes", f"at most {MAX_PAGE}", "Split the page."
    return None


def _blocks(text: str) -> tuple[RawBlock, ...]:
    pieces = front_matter.split(text)
    return tuple(blocks(pieces[1], pieces[2])) if pieces else ()


def _key_lines(text: str) -> dict[str, int]:
    try:
        pieces = front_matter.split(text)
        data = strict_yaml.load(pieces[0], "", first_line=2) if pieces else None
    except strict_yaml.YamlError:
        return {}
    return data.lines if isinstance(data, strict_yaml.Map) else {}

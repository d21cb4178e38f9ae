"""A word processor's document (.docx, ECMA-376) → its visible text, one paragraph or row of a table per line.

Only the parts that hold text are unpacked, each up to a limit; nothing is written, run or fetched. Left behind, each on
record: deleted and hidden text, field codes, comments, headers and footers of pages, pictures, macros, targets of
links. Numbers and bullets that the document stores as numbering are written out; notes stand at the end.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from bitext.doors.draft import Draft, Line, Text
from bitext.doors.numbering import Numbering
from bitext.doors.ooxml import flag, local, value
from bitext.read import SourceError

MAX_MEMBERS = 10_000
"""Files in the archive: one for each picture; books have some hundreds."""
MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes of all files unpacked, as the archive states them: 32 times the largest source that is read."""
MAX_PART = 32 * 1024 * 1024
"""Bytes of one part that is unpacked; a book of 500 pages has 10 MB."""
MAX_RATIO = 200
"""Unpacked over packed size; text of word processors packs to a tenth, long empty tables to a hundredth."""
RATIO_FROM = 1024 * 1024
"""Below this size no ratio is harmful."""
MAX_TAGS = 1_000_000
"""In one part; each takes about a hundred bytes while it is read. A book of 500 pages has half as many."""

_EXPORT = "Save it again in your word processor as .docx, or export it as .html or .txt."
_SKIPPED = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "rubyPr", "rt", "delInstrText"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_GONE = {"del": "deleted text", "moveFrom": "deleted text", "instrText": "field code", "altChunk": "embedded document"}
_BESIDE = {"header": "header or footer", "footer": "header or footer", "comments": "comments", "vbaProject": "macros"}
"""Parts of the archive that are not read, by the beginning of their names."""


def contents(data: bytes, path: Path, encoding: str | None) -> Text:  # noqa: ARG001
    """Visible text of a document; ``encoding`` says nothing here: XML names its own.

    :raises SourceError: if it is no such document, or is broken, encrypted, or larger than the limits.
    """
    with _told(path):
        archive = zipfile.ZipFile(io.BytesIO(data))
    _sizes(archive.infolist(), path)
    package = _Package(archive, path)
    draft = Draft()
    for name in archive.namelist():
        stem = name.rpartition("/")[2]
        if kind := next((kind for start, kind in _BESIDE.items() if stem.startswith(start)), ""):
            draft.drop(kind)
    _Walk(draft, package).document()
    return draft.text()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever the archive's reader stumbles over is told in one line; each way of packing has errors of its own."""
    try:
        yield
    except Exception as error:
        raise SourceError(path, f"is a broken archive: {_one_line(error)}", _EXPORT) from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or "it ends too early"


def _sizes(members: list[zipfile.ZipInfo], path: Path) -> None:
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS:
        raise SourceError(path, f"holds {len(members)} files, more than {MAX_MEMBERS}", _EXPORT)
    if (total := sum(member.file_size for member in members)) > MAX_UNPACKED:
        raise SourceError(path, f"unpacks to {total} bytes, more than {MAX_UNPACKED}", _EXPORT)
    if len(set(names)) < len(names):
        raise SourceError(path, "holds two files of one name", _EXPORT)
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(path, "is encrypted", "Save it without a password.")


class _Package:
    """Parts of a document."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.archive, self.path = archive, path
        self.main = self._main()
        if self.main not in archive.namelist():
            raise SourceError(path, "is an archive without a Word document in it", _EXPORT)

    def _main(self) -> str:
        """Name of the part with the text: ``word/document.xml`` in all but a few documents."""
        relations = self.read("_rels/.rels")
        for relation in () if relations is None else relations:
            kind, mode = value(relation, "Type") or "", value(relation, "TargetMode")
            if kind.endswith("/officeDocument") and mode != "External":
                return (value(relation, "Target") or "").lstrip("/")
        return "word/document.xml"

    def beside(self, name: str) -> Any:
        """A part in the folder of the text; ``None`` if there is none."""
        return self.read(f"{self.main.rpartition('/')[0]}/{name}.xml".lstrip("/"))

    def read(self, name: str) -> Any:
        """Root element of a part; ``None`` if there is no such part.

        :raises SourceError: if it is larger than the limits, is not XML, or has a DTD (which ECMA-376 forbids).
        """
        try:
            member = self.archive.getinfo(name)
        except KeyError:
            return None
        if member.file_size > MAX_PART:
            raise SourceError(self.path, f"{name} unpacks to {member.file_size} bytes, more than {MAX_PART}", _EXPORT)
        if member.file_size > max(RATIO_FROM, MAX_RATIO * member.compress_size):
            raise SourceError(self.path, f"{name} unpacks to more than {MAX_RATIO} times its size", _EXPORT)
        with _told(self.path):
            data = self.archive.read(member)
        return self._parsed(name, data)

    def _parsed(self, name: str, data: bytes) -> Any:
        if data.count(b"<") > 2 * MAX_TAGS:
            raise SourceError(self.path, f"{name} has more than {MAX_TAGS} tags", _EXPORT)
        reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                                 remove_pis=True)  # fmt: skip
        try:
            root = etree.fromstring(data, reader)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError(self.path, f"{name} is not XML: {_one_line(error)}", _EXPORT) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError(self.path, f"{name} has a document type, which such a file may not have", _EXPORT)
        return root


class _Walk:
    """Goes over a document from first to last and adds its lines to a draft. XML deeper than 256 was refused before."""

    def __init__(self, draft: Draft, package: _Package) -> None:
        self.draft, self.package = draft, package
        self.numbering = Numbering(package.beside("styles"), package.beside("numbering"))
        self.notes: dict[tuple[str, str], int] = {}
        """Notes in the order of their marks in the text: kind and id, and the number they get."""
        self.apart: list[Any] = []
        """Text boxes of the paragraph that is being read."""
        self.pictures: list[str] = []

    def document(self) -> None:
        """Body, then notes."""
        self.blocks(self.package.read(self.package.main))
        parts: Mapping[str, dict[str, Any]] = {
            kind: {value(note, "id") or "": note for note in part}
            for kind in ("footnote", "endnote")
            if (part := self.package.beside(f"{kind}s")) is not None
        }
        for (kind, name), number in tuple(self.notes.items()):
            if (note := parts.get(kind, {}).get(name)) is not None:
                self.note(note, number)

    def note(self, note: Any, number: int) -> None:
        """The lines of a note, its number first."""
        self.draft.open()
        self.blocks(note)
        for place, line in enumerate(self.draft.close()):
            text = line.text.lstrip()
            self.draft.add(text if place else f"[{number}] {text}")

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables of a body, a cell, a text box, or of what is wrapped round them."""
        for element in parent:
            name = local(element)
            if name == "p":
                self.paragraph(element)
            elif name == "tr":
                self.draft.row([self.cell(cell) for cell in element if local(cell) == "tc"])
            elif name in _GONE:
                self.draft.drop(_GONE[name], _text(element))
            elif name == "AlternateContent":
                self.blocks(element[:1])  # what follows the first is the same again for older programs
            elif name not in _SKIPPED:
                self.blocks(element)

    def cell(self, cell: Any) -> list[Line]:
        """Lines of a cell."""
        self.draft.open()
        self.blocks(cell)
        return self.draft.close()

    def paragraph(self, element: Any) -> None:
        """A paragraph's line, or lines if it holds line ends; then the text of the pictures and boxes tied to it."""
        outer, self.apart = self.apart, []
        properties = next((child for child in element if local(child) == "pPr"), None)
        style = self.numbering.style(properties)
        lines = "".join(self.pieces(element)).split("\n")
        if any(line.strip() for line in lines):
            lines[0] = self.numbering.marker(style) + lines[0].lstrip(" ")
        for place, line in enumerate(lines):
            self.draft.add(line.rstrip(), level=style.level, apart=not place)
        for words in self.pictures:
            self.draft.add(words)
        self.pictures, boxes, self.apart = [], self.apart, outer
        for box in boxes:
            self.blocks(box)

    def pieces(self, parent: Any) -> Iterator[str]:
        """Text of a paragraph, in order."""
        for element in parent:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in ("footnoteReference", "endnoteReference"):
                yield self.mark(name.removesuffix("Reference"), value(element, "id") or "")
            elif name == "sym":
                yield _symbol(value(element, "char"))
            elif name == "txbxContent":
                self.apart.append(element)
            elif name in _GONE or _is_hidden(element):
                self.draft.drop(_GONE.get(name, "hidden text"), _text(element))
            elif name not in _SKIPPED:
                self.seen(name, element)
                yield from self.pieces(element[:1] if name == "AlternateContent" else element)

    def seen(self, name: str, element: Any) -> None:
        """Put on record what of an element is not text; keep the words that stand for a picture."""
        if name == "hyperlink":
            self.draft.drop("link target")
        elif name in ("docPr", "shape") and (words := value(element, "descr") or value(element, "alt")):
            self.pictures.append(" ".join(words.split()))
        elif name in ("drawing", "pict", "object"):
            self.draft.drop("picture or drawing")

    def mark(self, kind: str, name: str) -> str:
        """Mark of a note: brackets keep its number apart from a figure before it."""
        return f"[{self.notes.setdefault((kind, name), len(self.notes) + 1)}]"


def _is_hidden(element: Any) -> bool:
    properties = element[0] if local(element) == "r" and len(element) and local(element[0]) == "rPr" else ()
    return any(local(child) == "vanish" and flag(child) for child in properties)


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _symbol(code: str | None) -> str:
    """A character of a symbol font; codes of the private area say nothing without the font."""
    try:
        found = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return found if found.isprintable() and not "\ue000" <= found <= "\uf8ff" else ""

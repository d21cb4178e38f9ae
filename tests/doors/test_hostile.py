"""Containers that are broken or mean harm: each is refused in one line, in little time, and the others go on."""

import contextlib
import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from tests.doors import office
from tests.doors.office import W, packed, paragraph, part

import convert
from bitext import doors
from bitext.doors import docx
from bitext.read import SourceError

GOOD = (
    "中国与老挝贸易创下新高\nTrade between China and Laos hits a new high\n2024年8月9日\n"
    "商务部公布,双方上半年贸易额达到47亿美元,增长12%。\n"
    "Two-way trade reached 4.7 billion US dollars in the first half of the year, up 12 percent, the ministry said.\n"
)
DOCUMENT = office.document(paragraph("水文站" * 40))
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def with_doctype(inner: str, text: str = "x") -> bytes:
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [{inner}]><w:document {W}>{paragraph("X").replace("X", text)}</w:document>'
    )
    return packed({"word/document.xml": body})


def xml(content: str | bytes) -> bytes:
    return packed({"word/document.xml": content})


def patched(data: bytes, offset: int, form: str, value: int, name: bytes = b"word/document.xml") -> bytes:
    """The archive with one field of a file's entry in the central directory (APPNOTE 4.3.12) overwritten."""
    found = bytearray(data)
    entry = found.rindex(b"PK\x01\x02", 0, found.rindex(name))
    struct.pack_into(form, found, entry + offset, value)
    return bytes(found)


def damaged(data: bytes) -> bytes:
    at = data.index(b"word/document.xml") + len("word/document.xml") + 8
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 20]) + data[at + 20 :]


def doubled() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", part(paragraph("一")))
        archive.writestr("word/documenu.xml", part(paragraph("二")))
    return out.getvalue().replace(b"documenu", b"document")


def nested(depth: int) -> str:
    return "<w:sdt>" * depth + paragraph("x") + "</w:sdt>" * depth


CASES: dict[str, tuple[bytes, str]] = {
    # --- not what the name says
    "empty.docx": (b"", "is no archive, expected a Word document"),
    "text.docx": ("水文站".encode(), "is no archive"),
    "page.docx": (b"<p>x", "is no archive"),
    "pdf.docx": (b"%PDF-1.7\n", "is a PDF"),
    "rtf.docx": (b"{\\rtf1 x}", "is a Rich Text document"),
    "password.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old or an encrypted Office document"),
    "zip.html": (DOCUMENT, "is a zip archive, expected a text"),
    "zip.md": (DOCUMENT, "is a zip archive, expected a text"),
    "pdf.htm": (b"%PDF-1.7\n", "is a PDF, expected a text"),
    "rtf.txt": (b"{\\rtf1 x}", "is a Rich Text document, expected a text"),
    "old.html": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old or an encrypted Office document"),
    "archive.html": (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<p>x",
        "is a web archive (MHTML)",
    ),
    "report.pdf": (b"%PDF-1.7\n", "cannot be read: .pdf is none of .docx, .htm, .html, .md, .txt"),
    "report-2.doc": (b"\xd0\xcf\x11\xe0", "cannot be read: .doc is none of"),
    "sheet.docx": (packed({"xl/workbook.xml": "<x/>"}), "is an archive without a Word document in it"),
    "open.docx": (packed({"content.xml": "<x/>", "mimetype": "x"}), "is an archive without a Word document in it"),
    # --- broken archives
    "cut.docx": (DOCUMENT[: len(DOCUMENT) // 2], "is a broken archive: File is not a zip file"),
    "tail.docx": (b"PK\x03\x04" + bytes(500), "is a broken archive"),
    "checksum.docx": (patched(DOCUMENT, 16, "<I", 1), "is a broken archive: Bad CRC-32"),
    "stream.docx": (damaged(DOCUMENT), "is a broken archive: Error"),
    "method.docx": (patched(DOCUMENT, 10, "<H", 99), "is a broken archive: That compression method is not supported"),
    "offset.docx": (patched(DOCUMENT, 42, "<I", 9_999_999), "is a broken archive"),
    "locked.docx": (patched(DOCUMENT, 8, "<H", 1), "is encrypted"),
    "twice.docx": (doubled(), "holds two files of one name"),
    "relation.docx": (
        packed({"_rels/.rels": "<r><x Type='/officeDocument' Target='../../etc/passwd'/></r>"}),
        "is an archive without a Word document in it",
    ),
    # --- bombs
    "members.docx": (packed({f"a{n}": "" for n in range(10_001)}), "holds 10001 files, more than 10000"),
    "total.docx": (patched(DOCUMENT, 24, "<I", 1 << 30), "unpacks to 1073741824 bytes, more than 536870912"),
    "part.docx": (xml(b" " * (33 << 20)), "word/document.xml unpacks to 34603008 bytes, more than 33554432"),
    "ratio.docx": (xml(b" " * (2 << 20)), "word/document.xml unpacks to more than 200 times its size"),
    "liar.docx": (patched(DOCUMENT, 24, "<I", 20), "is a broken archive"),
    "styles.docx": (
        packed({"word/document.xml": part(paragraph("x")), "word/styles.xml": " " * (2 << 20)}),
        "word/styles.xml unpacks to more than 200 times its size",
    ),
    "tags.docx": (
        packed({"word/document.xml": "<a/>" * 2_000_001}, zipfile.ZIP_STORED),
        "word/document.xml has more than 1000000 tags",
    ),
    "deep.docx": (xml(part(nested(3000))), "word/document.xml is not XML: Excessive depth in document"),
    "deep.html": (b"<div>" * 1500 + b"x", "nests more than 1000 elements"),
    "elements.html": (b"<b></b>" * 200_001, "has more than 200000 elements"),
    # --- XML
    "laughs.docx": (with_doctype('<!ENTITY e0 "ha">' + LAUGHS, "&e9;"), "word/document.xml"),
    "external.docx": (with_doctype('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), "has a document type"),
    "parameter.docx": (with_doctype('<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;'), "has a document type"),
    "elsewhere.docx": (
        xml('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x"><d/>'), "word/document.xml has a document type"
    ),
    "notes.docx": (
        packed({"word/document.xml": part(paragraph("x")), "word/numbering.xml": "<!DOCTYPE d><d/>"}),
        "word/numbering.xml has a document type",
    ),
    "wide.docx": (
        xml(f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE d><w:document {W}/>'.encode("utf-16")),
        "has a document type",
    ),
    "tag.docx": (xml("<w:document>"), "word/document.xml is not XML"),
    "bytes.docx": (xml(b"\x00\x01\x02"), "word/document.xml is not XML"),
    "codec.docx": (xml("<?xml version='1.0' encoding='x-nobody'?><d/>"), "word/document.xml is not XML"),
    "nul.docx": (xml(part(paragraph("a\x00b"))), "word/document.xml is not XML"),
    # --- nothing to read
    "blank.docx": (office.document(""), "is empty"),
    "deleted.docx": (office.document("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"), "is empty"),
    "script.html": (b"<script>document.write('x')</script>", "is empty"),
    "hidden.html": (b"<div hidden>x</div>", "is empty"),
    "frames.html": (b"<frameset><frame src=a></frameset>", "is empty"),
    "nothing.html": (b"", "is empty"),
    "comment.md": (b"<!-- x -->\n", "is empty"),
    "front.md": (b"---\nlayout: post\n---\n", "is empty"),
    # --- encodings
    "stated.html": (b"<meta charset=x-nobody><p>x", "states the unknown encoding 'x-nobody'"),
    "seven.html": (b"<meta charset=utf-7><p>+ADw-script+AD4-", "states the unknown encoding 'utf-7'"),
    "wrong.html": (b"<meta charset=gb2312><p>\xff", ":1: byte 24 is not gb18030"),
    "silent.html": ("<p>水文站".encode("gbk"), ":1: byte 5 is not utf-8"),
    "nulls.html": ("<p>x".encode("utf-16-le"), ":1: holds NUL"),
    "picture.md": (b"\x89PNG\r\n\x1a\n", ":1: byte 0 is not utf-8"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What one run says of all of them, and its folder; a good source is among them."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "sources").mkdir()
    (folder / "sources" / "good.txt").write_text(GOOD, "utf-8")
    for name, (data, _) in CASES.items():
        stem, dot, ending = name.rpartition(".")
        (folder / "sources" / f"{stem}-{ending}{dot}{ending}").write_bytes(data)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = convert.main(["--sources", "sources", "--docs", "docs"])
    return code, err.getvalue(), folder


@pytest.mark.parametrize("name", CASES)
def test_each_is_refused_in_one_line_with_a_next_step(told, name):
    stem, _, ending = name.rpartition(".")
    lines = told[1].split("\n")
    own = [number for number, line in enumerate(lines) if line.startswith(f"sources/{stem}-{ending}.{ending}:")]
    assert len(own) == 1
    assert CASES[name][1] in lines[own[0]]
    assert lines[own[0] + 1].startswith("    ")


def test_the_others_go_on(told, capsys):
    code, err, folder = told
    with capsys.disabled():
        print(f"\nhostile: {len(CASES)} kinds of bad containers, floor 40")
    assert code == 2
    assert "Traceback" not in err
    assert len(CASES) >= 40
    pages = sorted(path.name for path in (folder / "docs").rglob("*.md"))
    assert pages == ["2024-08-09-trade-between-china-and-laos-hits-a-new-high.md"] * 2


@pytest.mark.parametrize("name", CASES)
def test_none_takes_long(name):
    started = time.process_time()
    with pytest.raises(SourceError):
        doors.source_text(CASES[name][0], Path(name))
    assert time.process_time() - started < 3


def test_no_entity_is_read_from_outside(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    with pytest.raises(SourceError) as error:
        doors.source_text(with_doctype(f'<!ENTITY e SYSTEM "{secret.as_uri()}">', "&e;"), Path("a.docx"))
    assert "has a document type" in str(error.value)


def test_limits_leave_room_for_books():
    """A document of 500 pages: 10,000 paragraphs of 300 characters."""
    data = office.document("".join(paragraph(f"{n} " + "水文站测量" * 60) for n in range(10_000)))
    started = time.process_time()
    assert len(doors.source_text(data, Path("a.docx")).lines) == 2 * 10_000 - 1
    assert time.process_time() - started < 10
    assert docx.MAX_RATIO >= 200


@pytest.mark.parametrize("words", ["x ", "x\n", "水\n", "<b>x </b>", "x&nbsp;", "<br>x", "x<!-- -->"])
def test_time_grows_with_the_length_of_a_page(words):
    """A paragraph of a million characters; it took half a minute when each blank looked at all text before it."""
    data = ("<p>" + words * (1_000_000 // len(words) if "<" not in words else 60_000)).encode()
    started = time.process_time()
    assert doors.source_text(data, Path("a.html")).lines
    assert time.process_time() - started < 5

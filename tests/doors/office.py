"""Documents of a word processor, made by hand: only what ECMA-376 asks for."""

import html
import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def numbered(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{_cells(row)}</w:tr>' for row in rows)}</w:tbl>"


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"<w:tc>{''.join(map(paragraph, cell.split(chr(10))))}</w:tc>" for cell in row)


def part(body: str, root: str = "document") -> str:
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {W}>{inner}</w:{root}>'


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def document(body: str, **parts: str) -> bytes:
    """A .docx; further parts by the names of their root elements: `numbering`, `styles`, `footnotes`."""
    files = {"word/document.xml": part(body)}
    return packed(files | {f"word/{name}.xml": part(content, name) for name, content in parts.items()})

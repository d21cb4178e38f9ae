"""A page ⇄ its Markdown file: the contract between the converter, the people who edit pages, the checks and the site.

::

    ---
    title: …                      front matter, see bitext.front_matter
    ---

    Paragraph text, escaped.
    { #p4 }

    ## Heading { #p5 }

    Caption text
    { #p6 .caption }

    Text that continues the bead p6 before it
    { .caption }

A block carries at most one bead id (``#p4``), one class that names its kind and, where its text is not in the language
of the page, ``lang=en``. A block without an id goes on with the bead before it; lines of the kinds ``dateline``,
``source`` and ``byline`` without an id stand outside all beads. List items of a source stay paragraphs that begin with
their bullet, so that what readers see is what the source says; ``- item`` is for people who edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bitext import front_matter, markup
from bitext.model import FACT_ROLES, LANGS, Finding, FrontMatter, Lang, Page, Part, PartKind

CLASSES: tuple[PartKind, ...] = ("caption", "speaker", "label", "dateline", "source", "byline")
"""Kinds of a block that its class names."""
FACTS: frozenset[PartKind] = frozenset(FACT_ROLES)
"""Kinds that belong to a bead only if they carry its id."""
BEAD_ID = re.compile(r"p[0-9]+[a-z]{0,2}")
"""``p4``; a paragraph that a person puts between p4 and p5 becomes ``p4a``."""

_HEADINGS: dict[PartKind, str] = {"heading2": "##", "heading3": "###"}
# As in Python-Markdown's attr_list: after a blank, and with no escaped brace, which is text.
_ATTRIBUTES = re.compile(r"(?<![^ \t])\{:?[ \t]*([^{}\n]*?)[ \t]*(?<!\\)\}[ \t]*$")
_HEADING_LINE = re.compile(r"(#{1,6})[ \t]+(.*)")
_ITEM_LINE = re.compile(r"[ ]{0,3}(?:[-*+]|\d+\.)[ \t]+(.*)")


class PageError(ValueError):
    """A page that cannot be read; ``findings`` says why, each with its line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One block of a body as it stands in the file."""

    line: int
    """Number of its first line in the file."""
    kind: PartKind
    markdown: str
    """Its text in Markdown, on one line, without marks of a heading or item and without attributes."""
    attributes: tuple[str, ...] = ()
    """Words of its attribute list: ``#p4``, ``.caption``, ``lang=en`` …"""
    level: int = 0
    """Number of ``#`` of a heading."""


# ------------------------------------------------------------------ writing
def render(page: Page) -> str:
    """The Markdown file of a page. Parts without visible text are left out."""
    parts = [part for part in page.parts if markup.visible(part.text)]
    return front_matter.write(page.front_matter) + "".join(map(_render_part, parts, [None, *parts]))


def _render_part(part: Part, before: Part | None) -> str:
    """A block with its line end, after a blank line unless it is the next item of a list."""
    text, attributes = markup.escape(part.text), _render_attributes(part)
    if part.kind in _HEADINGS:
        return f"\n{_HEADINGS[part.kind]} {text} {attributes}".rstrip() + "\n"
    if part.kind != "item":
        return f"\n{text}\n{attributes}".rstrip() + "\n"
    lead = "" if before and before.kind == "item" else "\n"
    return f"{lead}- {text}\n  {attributes}".rstrip() + "\n"


def _render_attributes(part: Part) -> str:
    words = [f"#{part.bead}"] if part.bead else []
    words += [f".{part.kind}"] if part.kind in CLASSES else []
    words += [f"lang={part.lang}"] if part.lang else []
    return f"{{ {' '.join(words)} }}" if words else ""


# ------------------------------------------------------------------ reading
def parse(text: str, path: str) -> Page:
    """A page from its file: ``parse(render(page), path) == page`` for every page whose texts are ``visible``.

    :param text: the file's text.
    :param path: its path, ending in ``<lang>/<topic>/<slug>.md``.
    :raises PageError: if the path or the front matter is not that of a page.
    """
    page, findings = read(text, path)
    if page is None:
        raise PageError(findings)
    return page


def read(text: str, path: str) -> tuple[Page | None, tuple[Finding, ...]]:
    """As :func:`parse`, but returns the findings; the page is ``None`` if there is one."""
    found, findings = head(text, path)
    if found is None:
        return None, findings
    return Page(found.lang, found.path, found.front_matter, parts(found.body, found.lang, found.line)), findings


@dataclass(frozen=True, slots=True)
class Head:
    """A page whose body is not read yet."""

    lang: Lang
    path: str
    """Below the language's folder."""
    front_matter: FrontMatter
    body: str
    line: int
    """Number of the body's first line in the file."""


def head(text: str, path: str) -> tuple[Head | None, tuple[Finding, ...]]:
    """As :func:`read`, without looking at the body."""
    text = text.replace("\r\n", "\n")
    if (place := place_of(path)) is None:
        return None, (_error(path, 0, "not the place of a page", "<lang>/<topic>/<slug>.md"),)
    if (pieces := front_matter.split(text)) is None:
        step = "Let the file begin with a line ---, then the keys, then a line ---."
        return None, (_error(path, 1, "no front matter", "--- in the first line and again after the keys", step),)
    yaml, body, line = pieces
    found, findings = front_matter.read(yaml, path)
    if found is None:
        return None, findings
    return Head(*place, found, body, line), findings


def place_of(path: str) -> tuple[Lang, str] | None:
    """Language and path below its folder, or ``None`` where no article can stand (index pages among them).

    >>> place_of("docs/zh/trade/a-b.md")
    ('zh', 'trade/a-b.md')
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")][-3:]
    if len(parts) < 3 or not parts[2].endswith(".md") or parts[2] == "index.md":
        return None
    for lang in LANGS:
        if parts[0] == lang:
            return lang, f"{parts[1]}/{parts[2]}"
    return None


def _error(path: str, line: int, found: str, expected: str, step: str = "") -> Finding:
    return Finding(path, front_matter.CHECK, found, expected, step, line, severity="error")


def parts(body: str, lang: Lang, first_line: int = 1) -> tuple[Part, ...]:
    """Blocks of the body of a page in a language, without Markdown."""
    return tuple(_part(block, lang) for block in blocks(body, first_line))


@lru_cache(maxsize=4)
def blocks(body: str, first_line: int = 1) -> tuple[RawBlock, ...]:
    """Blocks of a body in order, with their lines in the file; who reads a page asks for them and for their texts.

    A blank line, a heading and the mark of a list item each begin a new block; an attribute list ends one.
    """
    return tuple(_blocks(body, first_line))


def _blocks(body: str, first_line: int) -> Iterator[RawBlock]:
    held: list[str] = []
    start = first_line
    for number, line in enumerate([*body.split("\n"), ""], first_line):
        opens = _HEADING_LINE.match(line) or _ITEM_LINE.match(line)
        if held and (opens or not line.strip() or _HEADING_LINE.match(held[-1])):
            yield _block(held, start)
            held = []
        if line.strip():
            start = start if held else number
            held.append(line)


def _block(lines: list[str], start: int) -> RawBlock:
    """One block from its lines."""
    if heading := _HEADING_LINE.match(lines[0]):
        attributes = _ATTRIBUTES.search(heading[2])
        text = heading[2][: attributes.start()] if attributes else heading[2]
        level = len(heading[1])
        return RawBlock(start, "heading2" if level <= 2 else "heading3", text.strip(), _words(attributes), level)
    attributes = _ATTRIBUTES.match(lines[-1].strip()) if len(lines) > 1 else None
    lines = lines[:-1] if attributes else lines
    item = _ITEM_LINE.match(lines[0])
    text = " ".join([item[1] if item else lines[0], *lines[1:]]).strip()
    return RawBlock(start, "item" if item else _kind(_words(attributes)), text, _words(attributes))


def _words(match: re.Match[str] | None) -> tuple[str, ...]:
    return tuple(match[1].split()) if match else ()


def _kind(words: tuple[str, ...]) -> PartKind:
    return next((kind for kind in CLASSES if f".{kind}" in words), "paragraph")


def _part(block: RawBlock, lang: Lang) -> Part:
    bead = next((word[1:] for word in block.attributes if BEAD_ID.fullmatch(word[1:]) and word[0] == "#"), "")
    other = next((code for code in LANGS if code != lang and f"lang={code}" in block.attributes), None)
    return Part(block.kind, markup.unescape(block.markdown), bead, other)

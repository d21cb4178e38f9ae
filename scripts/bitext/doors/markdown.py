"""Markdown → the text that a reader of it sees, each line on the line of the file where it stands.

Read by markdown-it-py (CommonMark and tables). Lines are kept, not paragraphs: Chinese texts often have no blank line
between two paragraphs, which Markdown would make one of; a later stage knows hard-wrapped lines. Items keep their
bullet or number, code keeps its fences. Left behind, each on record: marks of emphasis, headings and quotations,
targets of links, pictures but for their words, raw HTML but for its text, and the front matter but for what it says of
the text: title, date, author and source become lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bitext import front_matter, strict_yaml
from bitext.doors import html
from bitext.doors.draft import Text
from bitext.model import Change
from bitext.read import decode

MAX_MARKS = 400
"""``[``, ``<``, ``*``, ``_``, `````` and ``!`` in a block that is read as Markdown: the parser's time grows with the
square of their number, half a second at 4,000; a paragraph has a dozen. A block with more is taken as it stands."""
MAX_NESTING = 20
"""The parser leaves out what is nested deeper."""

_BARE = ("title", "title_zh", "title_en", "subtitle", "date")
_NAMED = ("author", "source")
"""Keys of front matter that say something of the text: shown bare, or with their name, as such lines are printed."""
_MARKS = re.compile(r"[\[<*_`!]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LETTER = re.compile(r"\w")
_KINDS = {
    "em_open": "emphasis", "strong_open": "emphasis", "s_open": "emphasis", "code_inline": "code mark",
    "link_open": "link target", "html_inline": "markup", "image": "picture", "text_special": "escape",
}  # fmt: skip


def contents(data: bytes, path: Path, encoding: str | None) -> Text:
    """Visible text of a Markdown file; line numbers stay those of the file.

    :raises SourceError: if it does not decode.
    """
    text, used, marked = decode(data, path, encoding)
    page = _Page(text.replace("\r\n", "\n"), path)
    page.read()
    first = [Change("bom", 1, 0, "\ufeff", "")] if marked else []
    return Text("\n".join(page.out), (*first, *page.changes), tuple(sorted(page.headings.items())), used)


@cache
def _reader() -> Any:
    """A parser of blocks only: inline text is read block by block, within limits."""
    from markdown_it import MarkdownIt

    options = {"maxNesting": MAX_NESTING, "html": True}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).disable(["inline", "text_join"])


class _Page:
    """One file on its way: what each of its lines shows."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.out = [""] * len(self.lines)
        self.seen: set[int] = set()
        """Indexes of the lines that the parser has given a meaning."""
        self.changes: list[Change] = []
        self.headings: dict[int, int] = {}
        self.env: dict[str, Any] = {}
        self.prefix = ""
        self.level = 0
        self.cells: list[str] | None = None
        """Of the row that is being read, which stands on the line ``row``."""
        self.row = 0

    def read(self) -> None:
        """Fill ``out``; a line that the parser says nothing of stays as it is, if it holds a word."""
        body = self.front_matter()
        for token in _reader().parse("\n" * body + "\n".join(self.lines[body:]), self.env):
            if take := getattr(self, f"_{token.type}", None):
                take(token)
        for reference in (*self.env.get("references", {}).values(), *self.env.get("duplicate_refs", ())):
            self.seen.update(range(*reference["map"]))
        for index, line in enumerate(self.lines):
            if index in self.seen and line.strip() and not self.out[index]:
                self.drop("mark", index, line)
            elif index not in self.seen and _LETTER.search(line):
                self.out[index] = line.strip()

    def drop(self, kind: str, index: int, text: str = "") -> None:
        """Put on record what a line does not show."""
        self.changes.append(Change(kind, index + 1, 0, text, ""))

    def put(self, index: int, text: str) -> None:
        """Show a text on a line, after what stands there."""
        text = text.strip(" ")
        self.out[index] = f"{self.out[index]}\t{text}" if self.out[index] and text else self.out[index] or text

    def place(self, lines: Sequence[str], span: Sequence[int]) -> None:
        """Show lines on those of a span; if they are too many, the last takes the rest."""
        for number, line in enumerate(lines):
            self.put(min(span[0] + number, max(span[0], span[1] - 1)), line)
        self.seen.update(range(*span))

    # -------------------------------------------------------------- front matter
    def front_matter(self) -> int:
        """Show what the front matter says of the text; number of its lines."""
        found = front_matter.split("\n".join(self.lines))
        if found is None:
            return 0
        yaml, _, first = found
        try:
            data = strict_yaml.load(yaml, str(self.path), first_line=2)
        except strict_yaml.YamlError:
            data = None
        if not isinstance(data, strict_yaml.Map):
            return 0  # a rule above text, not front matter
        self.seen.update(range(first - 1))
        for key, line in data.lines.items():
            if shown := _shown(key, data[key]):
                self.out[line - 1] = shown
        for index in range(first - 1):
            if not self.out[index]:
                self.drop("front matter of the source", index, self.lines[index])
        return first - 1

    # -------------------------------------------------------------- blocks, by the names of the parser's tokens
    def _heading_open(self, token: Any) -> None:
        self.level = int(token.tag[1])
        self.drop("heading mark", token.map[0], token.markup)

    def _heading_close(self, _: Any) -> None:
        self.level = 0

    def _blockquote_open(self, token: Any) -> None:
        self.drop("quotation mark", token.map[0], token.markup)

    def _list_item_open(self, token: Any) -> None:
        self.prefix = f"{token.info}{token.markup} " if token.info else "- "

    def _list_item_close(self, _: Any) -> None:
        self.prefix = ""

    def _hr(self, token: Any) -> None:
        self.seen.update(range(*token.map))

    def _fence(self, token: Any) -> None:
        fences = [token.markup + token.info, *token.content.removesuffix("\n").split("\n"), token.markup]
        closed = token.map[1] - token.map[0] == len(fences)
        self.place(fences if closed else fences[:-1], token.map)

    def _code_block(self, token: Any) -> None:
        self.place([line.strip() for line in token.content.removesuffix("\n").split("\n")], token.map)

    def _html_block(self, token: Any) -> None:
        draft = html.extract(token.content, self.path)
        self.place([line.text for line in draft.lines], token.map)
        self.drop("markup", token.map[0])

    def _tr_open(self, token: Any) -> None:
        self.cells, self.row = [], token.map[0]

    def _tr_close(self, _: Any) -> None:
        self.out[self.row] = " | ".join(cell for cell in self.cells or () if cell.strip())
        self.cells = None

    def _table_open(self, token: Any) -> None:
        self.seen.update(range(*token.map))

    def _inline(self, token: Any) -> None:
        first, last = token.map
        lines = list(self.visible(token.content, first, last))
        if self.cells is None:
            lines[0] = self.prefix + lines[0] if lines[0].strip() else lines[0]
            self.place(lines, token.map)
            self.headings |= {first + 1: self.level} if self.level else {}
            self.prefix = ""
        else:
            self.cells.append(" ".join(lines).strip())

    # -------------------------------------------------------------- inline text
    def visible(self, content: str, first: int, last: int) -> Iterator[str]:
        """Lines of the inline text of a block as they are seen."""
        if len(_MARKS.findall(content)) > MAX_MARKS:
            yield from content.split("\n")
            return
        tokens: list[Any] = []
        _reader().inline.parse(content, _reader(), self.env, tokens)
        line, index = "", first
        for token in tokens:
            if kind := _KINDS.get(token.type):
                target = token.attrGet("href") or token.attrGet("src") or token.markup or token.content
                self.drop(kind, index, str(target))
            if token.type in ("softbreak", "hardbreak"):
                yield line
                line, index = "", min(index + 1, last - 1)
            elif token.type == "html_inline":
                line += "\t" if _BREAK.fullmatch(token.content) else ""
            else:
                line += token.content
        yield line


def _shown(key: str, value: Any) -> str:
    """The line that a key of front matter becomes; empty if it says nothing of the text."""
    values = value if isinstance(value, list) else [value]
    text = ", ".join(str(one) for one in values if isinstance(one, (str, int)) and not isinstance(one, bool))
    text = " ".join(text.split())
    if not text:
        return ""
    name = key.lower()
    return text if name in _BARE else f"{key}: {text}" if name in _NAMED else ""

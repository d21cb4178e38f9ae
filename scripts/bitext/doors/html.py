"""A saved page → its visible text, one block element per line.

Parsed by lxml (libxml2): the time it takes grows with the length of the page. Parsers that build the tree of the HTML
standard to the letter copy every open formatting element into every block, so that 50 KB can become nine million
nodes. The text is the same, letter for letter, on pages made at random of forty kinds of tags; what differs is the
place of text that stands in a table outside its cells.

Kept is what a reader sees before any script runs: navigation, header and footer too, for telling furniture from the
article is the work of a later stage, which gives its reasons. Left behind, each on record: markup, scripts, styles,
comments, hidden elements, form controls, embedded media, the targets of links.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as parser

from bitext.doors.draft import Draft, Text
from bitext.markup import wide
from bitext.read import SourceError, decode
from bitext.script import CLOSERS, SENTENCE_END

MAX_ELEMENTS = 200_000
"""The largest saved pages have some 20,000; each takes about half a kilobyte while it is read."""
MAX_DEPTH = 1000
"""Pages nest 20 to 60 deep; libxml2 leaves out all that lies deeper than 2,048."""

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "option", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "xmp",
])  # fmt: skip
"""HTML standard, "Rendering", 15.3: elements with a box of their own."""
_UNSEEN = {
    **dict.fromkeys(("script", "style", "template", "noscript"), "script or style"),
    **dict.fromkeys(("head", "title"), "head of the page"),
    **dict.fromkeys(("input", "select", "datalist", "textarea", "progress", "meter"), "form control"),
    **dict.fromkeys(("svg", "iframe", "object", "embed", "audio", "video", "canvas", "noframes"), "embedded medium"),
    **dict.fromkeys(("rt", "rp"), "reading aid"),
}
"""Elements whose text is not part of what stands on the page, or says how a character is read."""
_PRESERVED = frozenset({"pre", "listing", "xmp", "plaintext"})
_MENU_ITEMS = 3
_MENU_ITEM = 24
"""Characters; names of the parts of a site are shorter, headlines longer."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\f\r]+")
# Browsers pay no heed to the end of the body: what comes after it is shown. libxml2 leaves it out.
_END_OF_BODY = re.compile(r"</(?:body|html)\b[^<>]*>", re.IGNORECASE)

_HEAD = 8192  # bytes in which a page states its encoding; the standard asks for 1,024, saved pages have more before it
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_STATED = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# Encoding standard (WHATWG), 4.2: names that stand for a larger set; UTF-16 cannot be true of a page in ASCII letters.
_MEANT = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "csgb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
}
# Python knows codecs that no page may name: UTF-7 hides markup, others run code points together.
_ALLOWED = re.compile(
    r"utf-8|gb18030|gbk|big5hkscs|cp(874|125\d|949|932)|iso8859-\d+|koi8-[ru]|euc_\w+|shift_jis|tis-620"
)


def contents(data: bytes, path: Path, encoding: str | None) -> Text:
    """Visible text of a page.

    :param encoding: named by the editor; without it a byte order mark decides, then what the page states, then UTF-8.
    :raises SourceError: if the page does not decode, states an unknown encoding, or has no end of elements.
    """
    if b"multipart/related" in data[:_HEAD] and b"MIME-Version:" in data[:_HEAD]:
        raise SourceError(path, "is a web archive (MHTML)", "Save the page again, as HTML.")
    text, used, _ = decode(data, path, encoding or _stated(data, path))
    return extract(text, path).text(used)


def _stated(data: bytes, path: Path) -> str | None:
    """Encoding that the page itself names."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    match = _STATED.search(_COMMENT.sub(b"", data[:_HEAD]))
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        found = codecs.lookup(_MEANT.get(name, name)).name
    except LookupError:
        found = ""
    if _ALLOWED.fullmatch(found):
        return found
    step = "Save the page as UTF-8, or name the true encoding with --encoding."
    raise SourceError(path, f"states the unknown encoding {name!r}", step)


def extract(text: str, path: Path) -> Draft:
    """Lines of a page, or of a piece of one.

    :raises SourceError: if it has too many elements, or elements nested too deep.
    """
    draft = Draft()
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise SourceError(path, f"has more than {MAX_ELEMENTS} elements", "Save the article alone, or split the page.")
    if (root := _parsed(text)) is not None:
        _Walk(draft, path).over(root)
    return draft


def _parsed(text: str) -> Any:
    """Root of the page; ``None`` for a page without anything on it."""
    reader = parser.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return parser.document_fromstring(_END_OF_BODY.sub("", text).encode("utf-8", "replace"), parser=reader)
    except etree.ParserError:
        return None


class _Walk:
    """Goes over a page from first to last and adds its lines to a draft."""

    def __init__(self, draft: Draft, path: Path) -> None:
        self.draft, self.path = draft, path
        self.inline: list[str] = []
        """Pieces of the line that is being read."""
        self.apart = True
        self.level = 0
        self.preserved = 0
        """Open elements that keep their blanks."""
        self.marker = ""
        self.pictures: list[str] = []
        """Words that stand for the pictures in the line that is being read."""
        self.words_of_picture = ""
        """The same of the line before, if it has nothing else."""
        self.lists: list[int | None] = []
        """Number of the last item of each open list; ``None`` where items have bullets."""
        self.rows: list[list[Any]] = []
        """Cells of each open row."""

    def over(self, root: Any) -> None:
        """Read all of a tree, without recursion: pages may nest deeper than Python's stack."""
        steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        depth = 0
        for event, element in steps:
            if event == "start":
                depth += 1
                if depth > MAX_DEPTH:
                    step = "Save the page again from a browser, or paste its text into a .txt file."
                    raise SourceError(self.path, f"nests more than {MAX_DEPTH} elements", step)
                if self.unseen(element):
                    steps.skip_subtree()
                else:
                    self.start(element)
                continue
            if event == "end":
                depth -= 1
                self.end(element)
            else:
                self.draft.drop("comment")
            self.words(element.tail)
        self.line()

    def unseen(self, element: Any) -> bool:
        """Whether a reader does not see what the element holds; it is put on record."""
        kind = _kind(element)
        if kind:
            self.draft.drop(kind, "" if kind == "script or style" else _BLANKS.sub(" ", "".join(element.itertext())))
        return bool(kind)

    def start(self, element: Any) -> None:
        """An element begins."""
        tag = element.tag
        if tag in _BLOCKS:
            self.block()
        if opens := getattr(self, f"_start_{_HANDLED.get(tag, '')}", None):
            opens(element)
        self.draft.drop("markup")
        self.preserved += tag in _PRESERVED
        self.words(element.text)

    def end(self, element: Any) -> None:
        """An element ends; of one that is not seen only what follows it counts."""
        tag = element.tag
        if _kind(element):
            return
        if tag in _BLOCKS:
            self.block()
        self.preserved -= tag in _PRESERVED
        if ends := getattr(self, f"_end_{_HANDLED.get(tag, '')}", None):
            ends(element)

    # -------------------------------------------------------------- lines
    def words(self, text: str | None) -> None:
        """Text between tags."""
        if not text:
            return
        first, *others = text.split("\n") if self.preserved else [text]
        self.inline.append(first)
        for other in others:
            self.line()
            self.inline.append(other)

    def line(self) -> None:
        """The line that is being read ends."""
        text = "".join(self.inline)
        text = text.rstrip() if self.preserved else _folded(text)
        self.inline = []
        if not text.strip():
            self.apart = True
            return
        if self.words_of_picture and self.words_of_picture in text:
            self.draft.retract(self.words_of_picture)  # the words under the picture say it again
        self.draft.add(self.marker + text, level=self.level, apart=self.apart)
        self.apart, self.marker, self.words_of_picture = False, "", ""

    def block(self) -> None:
        """A block begins or ends: so does a line, and the words of the pictures in it follow."""
        if self.inline:
            self.line()
        for words in self.pictures:
            self.draft.add(words)
            self.words_of_picture = words.rstrip(CLOSERS + SENTENCE_END)
        self.pictures, self.apart = [], True

    # -------------------------------------------------------------- elements
    def _start_break(self, _: Any) -> None:
        self.line()

    def _start_heading(self, element: Any) -> None:
        self.level = int(element.tag[1])

    def _end_heading(self, _: Any) -> None:
        self.level = 0

    def _start_link(self, element: Any) -> None:
        if target := element.get("href"):
            self.draft.drop("link target", target)

    def _start_picture(self, element: Any) -> None:
        """Words that stand for a picture are a line of their own; a picture as small as a letter has one letter."""
        words = _folded(element.get("alt") or "")
        if len(words) == 1:
            self.inline.append(words)
        elif words:
            self.pictures.append(words)
        self.draft.drop("picture")

    def _start_bullets(self, element: Any) -> None:
        self.lists.append(None)
        if _is_menu(element):
            self.draft.open()

    def _end_bullets(self, element: Any) -> None:
        """A menu is one line, as pages show it."""
        self.lists.pop()
        if _is_menu(element):
            self.draft.row([[line] for line in self.draft.close()])

    def _start_numbers(self, element: Any) -> None:
        self.lists.append(_integer(element.get("start"), 1) - 1)

    def _end_numbers(self, _: Any) -> None:
        self.lists.pop()

    def _start_item(self, element: Any) -> None:
        """A bullet or a number; an item that is a link and nothing else is navigation, which shows none."""
        last = self.lists[-1] if self.lists else None
        if last is None:
            self.marker = "" if _is_link(element) else "- "
            return
        self.lists[-1] = _integer(element.get("value"), last + 1)
        self.marker = f"{self.lists[-1]}. "

    def _end_item(self, _: Any) -> None:
        self.marker = ""

    def _start_row(self, _: Any) -> None:
        self.rows.append([])

    def _end_row(self, _: Any) -> None:
        self.draft.row(self.rows.pop())

    def _start_cell(self, element: Any) -> None:
        if _in_row(element):
            self.draft.open()

    def _end_cell(self, element: Any) -> None:
        if _in_row(element):
            self.rows[-1].append(self.draft.close())

    def _start_raised(self, element: Any) -> None:
        """The number of a note would become a digit of the figure before it."""
        self.inline.append("[" if _is_note(element) else "")

    def _end_raised(self, element: Any) -> None:
        self.inline.append("]" if _is_note(element) else "")


_HANDLED = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "menu", "dir"), "bullets"),
    **dict.fromkeys(("td", "th"), "cell"),
    "br": "break", "a": "link", "img": "picture", "ol": "numbers", "li": "item", "tr": "row", "sup": "raised",
}  # fmt: skip


def _kind(element: Any) -> str:
    """Why a reader does not see an element; empty for one that is seen."""
    if kind := _UNSEEN.get(element.tag):
        return kind
    closed = element.tag == "dialog" and element.get("open") is None
    hidden = closed or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
    return "hidden element" if hidden else ""


def _folded(text: str) -> str:
    r"""Blanks as a browser shows them: a run is one; a line end between characters that are set solid is none.

    CSS Text 3, 4.1.3: https://www.w3.org/TR/css-text-3/#line-break-transform

    >>> _folded(" 水文\n站 on  the\nriver ")
    '水文站 on the river'
    """
    return _BLANKS.sub(_blank, text).strip(" ")


def _blank(match: re.Match[str]) -> str:
    if "\n" not in match[0]:
        return " "
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return "" if before and after and wide(before) and wide(after) else " "


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else default


def _is_link(item: Any) -> bool:
    """Whether an item of a list is one link."""
    return len(item) == 1 and item[0].tag == "a" and not (item.text or "").strip() and not (item[0].tail or "").strip()


def _is_menu(element: Any) -> bool:
    """Whether a list holds nothing but short links, three or more."""
    return len(element) >= _MENU_ITEMS and all(
        item.tag == "li" and _is_link(item) and 0 < len(_folded("".join(item[0].itertext()))) <= _MENU_ITEM
        for item in element
    )


def _in_row(cell: Any) -> bool:
    row = cell.getparent()
    return row is not None and row.tag == "tr"


def _is_note(raised: Any) -> bool:
    return len(raised) == 1 and raised[0].tag == "a" and "".join(raised.itertext()).strip().isdigit()

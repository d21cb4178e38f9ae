"""What pages of one shell say to programs: the shell is parsed once, of each page only its texts are looked at.

A shell is a page with holes for texts (``bitext.fast.shells``). An HTML5 parser reads it with two kinds of text in its
holes, harmless ones and ones that hold every sign that is to be allowed there; if both give one tree, no text without
the other signs can be anything but text or a part of a value, whatever the template did or forgot. A page with another
text, or whose body is more than text, lists, sections and links, is parsed as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bitext.output.document import Document, parse, running

_TOKEN = "a\ue000{}\ue001"
"""Begins with a letter, so that it could be the name of an element."""
_TOKENS = re.compile("a\ue000([0-9]+)\ue001")
_IN_TEXT, _IN_VALUE = "\"'-->&\ue002", "<'-->&\ue002"
"""Signs that may stand in a text and between the quotes of a value: all but ``<`` and but a double quote."""
_BODY = (
    '<section><p id="\ue003" class="b">c<a href="d"></a><span></span></p><h2>e</h2><h3>f</h3>'
    "<ul><li></li></ul><details><summary></summary></details></section>\ue002"
)
_PROBED = re.compile(f"({_TOKENS.pattern})(?:(?:\"|<|&lt;)'--(?:>|&gt;)(?:&|&amp;)|{re.escape(_BODY[:-1])})\ue002")
_TAG = re.compile(r"<[^>]*>")
_NAMES = r"p|h[1-6]|ul|ol|li|section|header|nav|div|span|small|time|details|summary|a"
"""Elements that may stand in a body: none of them reads what is in it, or what follows, in another way."""
_VALUES = r"class|id|href|title|lang|role|rel|datetime|(?:data|aria)-[a-z-]+"
_OPENS = re.compile(rf'<(?P<name>{_NAMES})(?P<values>(?: (?:{_VALUES})(?:="[^"<>\x00\r]*")?)*)>')
_CLOSES = re.compile(rf"</(?:{_NAMES})>")
_SPELT = re.compile(r' (href|id)(?:="([^"]*)")?')
_CLONED = frozenset({"a", "small"})
"""Of these a parser makes another one where they are not closed; an id would stand twice."""
_MADE_AGAIN = _CLONED | {"b", "big", "code", "em", "font", "i", "nobr", "s", "strike", "strong", "tt", "u"}
_SPELT_OTHERWISE = re.compile("[&\r\x00]")
"""What a parser reads as something else than what stands there."""

KINDS = ("text", "value", "body")
"""Where a hole can be."""

Spelt = tuple[str, ...]
"""Pieces of a value, between them the numbers of texts."""


@dataclass(frozen=True, slots=True)
class Values:
    """Values of attributes, most of which hold one text."""

    fixed: tuple[str, ...]
    one: tuple[tuple[str, int, str], ...]
    """What stands before a text, its number, what stands behind it."""
    more: tuple[Spelt, ...]

    def filled(self, texts: Sequence[str]) -> list[str]:
        """All of them."""
        one = [before + texts[number] + behind for before, number, behind in self.one]
        return [*self.fixed, *one, *(_filled(spelt, texts) for spelt in self.more)]


def _filled(spelt: Spelt, texts: Sequence[str]) -> str:
    return "".join([texts[int(each)] if at % 2 else each for at, each in enumerate(spelt)])


def _values(spelt: Sequence[Spelt]) -> Values:
    """Values from their pieces."""
    one = ((each[0], int(each[1]), each[2]) for each in spelt if len(each) == 3)
    fixed, more = (each[0] for each in spelt if len(each) == 1), (each for each in spelt if len(each) > 3)
    return Values(tuple(fixed), tuple(one), tuple(more))


@dataclass(frozen=True, slots=True)
class Look:
    """What the pages of a shell say."""

    shared: tuple[str, ...]
    """Addresses that lead from all pages beside each other to the same place."""
    addresses: Values
    ids: Values
    scripts: tuple[str, ...]
    in_text: tuple[int, ...]
    in_value: tuple[int, ...]
    spelt: tuple[int, ...]
    """Numbers of the texts that are parts of addresses or ids."""
    body: int
    """Number of the text that is HTML."""

    def document(self, texts: Sequence[str], path: Path) -> Document | None:
        """What a page with these texts says; ``None`` if it has to be parsed."""
        if (
            "<" in "".join([texts[number] for number in self.in_text])
            or '"' in "".join([texts[number] for number in self.in_value])
            or _SPELT_OTHERWISE.search("".join([texts[number] for number in self.spelt]))
            or (inside := _of_body(texts[self.body])) is None
        ):
            return None
        addresses, ids = (*self.addresses.filled(texts), *inside[0]), (*self.ids.filled(texts), *inside[1])
        return Document(path, addresses, ids, self.scripts, tuple(running(addresses)), self.shared)


def look(pieces: Sequence[str], holes: Sequence[int], body: int) -> Look | None:
    """What is to be looked at in the pages of a shell; ``None`` if they have to be parsed.

    :param pieces: of its HTML.
    :param holes: between them, the numbers of texts.
    :param body: the number of the text that is HTML.
    """
    kinds = list(_kinds(pieces, holes, body))
    quiet, probed = (_page(pieces, holes, kinds, probe=probe) for probe in (False, True))
    if kinds.count("body") != 1 or not _harmless(
        quiet, probed, [hole for hole, kind in zip(holes, kinds, strict=True) if kind == "value"]
    ):
        return None
    found = parse(quiet, Path())
    shared = tuple(each for each in found.addresses if each.startswith(("../", "https://")) and "\ue000" not in each)
    addresses, ids = (
        [tuple(_TOKENS.split(each)) for each in some if each not in shared] for some in (found.addresses, found.ids)
    )
    spelt = [each for each in (*addresses, *ids) if len(each) > 1]
    if found.acting or any("\ue000" in each for each in found.scripts) or any("&" in "".join(each) for each in spelt):
        return None
    numbers = {kind: tuple({hole for hole, one in zip(holes, kinds, strict=True) if one == kind}) for kind in KINDS}
    parts = tuple({int(number) for each in spelt for number in each[1::2]})
    return Look(shared, _values(addresses), _values(ids), found.scripts, numbers["text"], numbers["value"], parts, body)


def _harmless(quiet: str, probed: str, values: list[int]) -> bool:
    """Whether a page is the same tree with all signs that its texts may hold.

    :param values: numbers of the texts that seem to stand in values.
    """
    one, two = LexborHTMLParser(quiet), LexborHTMLParser(probed)
    said = (value or "" for node in one.css("*") for value in node.attributes.values())
    found = Counter(int(number) for value in said if "\ue000" in value for number in _TOKENS.findall(value))
    return (
        found == Counter(values)
        and [*map(_plain, two.css('p[id="\ue003"]'))] == [True]
        and _PROBED.sub(r"\1", two.html or "") == one.html
    )


def _plain(node: LexborNode) -> bool:
    """Whether a body stands in nothing that a parser would make again after it."""
    above = node.parent
    while above:
        if above.tag in _MADE_AGAIN:
            return False
        above = above.parent
    return True


def _kinds(pieces: Sequence[str], holes: Sequence[int], body: int) -> Iterator[str]:
    """Whether each hole seems to be in a text or a value; if it seems wrong, the trees will differ."""
    inside = False
    for piece, hole in zip(pieces, holes, strict=False):
        opens, closes = piece.rfind("<"), piece.rfind(">")
        inside = opens > closes if opens != closes else inside
        yield "value" if inside else "body" if hole == body else "text"


def _page(pieces: Sequence[str], holes: Sequence[int], kinds: Sequence[str], *, probe: bool) -> str:
    probes = {"text": _IN_TEXT, "value": _IN_VALUE, "body": _BODY} if probe else {}
    texts = [_TOKEN.format(hole) + probes.get(kind, "") for hole, kind in zip(holes, kinds, strict=True)]
    return "".join(piece + text for piece, text in zip(pieces, [*texts, ""], strict=True))


def _of_body(html: str) -> tuple[list[str], list[str]] | None:
    """Addresses and ids of a body; ``None`` if there is more in it than text, lists, sections and links."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<"):
        return None
    said = [found for tag in tags if (found := _said(tag)) is not None]
    if len(said) < len(tags):
        return None
    return [address for each in said for address in each[0]], [name for each in said for name in each[1]]


@lru_cache(maxsize=8192)
def _said(tag: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Address and id of a tag; ``None`` if it is none that is known."""
    if _CLOSES.fullmatch(tag):
        return (), ()
    found = _OPENS.fullmatch(tag)
    values = _SPELT.findall(found["values"]) if found else []
    names = [name for name, _ in values]
    if not found or len(set(names)) < len(names) or any(_SPELT_OTHERWISE.search(value) for _, value in values):
        return None
    if "id" in names and found["name"] in _CLONED:
        return None
    addresses, ids = (tuple(intern(value) for name, value in values if name == each) for each in ("href", "id"))
    return addresses, ids

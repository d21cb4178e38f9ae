"""Both pages of an article → its units: what stands under one bead id, in each language.

A unit keeps the id of its bead, so that a file of the corpus, a page and a link to a paragraph speak of the same thing.
The titles are a unit too, under the id ``title``, unless the source prints none and the page shows an extract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from bitext.model import LANGS, FrontMatter, Lang, Page, Part, PartKind
from bitext.page import FACTS

TITLE = "title"
"""Id of the unit of the titles; no bead can have it (``bitext.page.BEAD_ID``)."""

Texts = Mapping[Lang, tuple[str, ...]]
"""Blocks of each language that has any."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms under which the texts may be used."""

    id: str
    """As SPDX has it, such as ``CC-BY-4.0``."""
    url: str


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A bead: its texts in one language or in both."""

    id: str
    kind: PartKind | None
    """Kind of its first block; ``None`` for the titles."""
    texts: Texts

    @property
    def paired(self) -> bool:
        """Both languages are there."""
        return len(self.texts) == len(LANGS)

    def text(self, lang: Lang) -> str:
        """The blocks of one language, one on each line; empty if there are none."""
        return "\n".join(self.texts.get(lang, ()))


@dataclass(frozen=True, slots=True)
class Bitext:
    """An article in both languages, or in the one that it has."""

    path: str
    """Below the language's folder, without an ending: ``security/2024-08-09-seagull``."""
    topics: tuple[str, ...]
    units: tuple[TranslationUnit, ...]
    addresses: Mapping[Lang, str]
    """Of the pages, in the languages that have a text."""
    date: str = ""
    source: str = ""
    source_url: str = ""
    licence: Licence | None = None
    """``None`` where nobody has said under which terms the text stands."""

    @property
    def pairs(self) -> tuple[TranslationUnit, ...]:
        """Units that both languages have."""
        return tuple(unit for unit in self.units if unit.paired)

    @property
    def source_lang(self) -> Lang:
        """The first language of the site that has a text; a tool translates from it."""
        return next((lang for lang in LANGS if lang in self.addresses), LANGS[0])

    @property
    def facts(self) -> dict[str, str]:
        """What is known of the article, in words that TMX and XLIFF take for names; what is unknown is left out."""
        known = {
            "path": self.path,
            "topics": " ".join(self.topics),
            "date": self.date,
            "source": self.source,
            "source-url": self.source_url,
            "licence": self.licence.id if self.licence else "",
        }
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True, slots=True)
class Form:
    """A format of files: what a file begins and ends with, and what each bitext adds.

    So a file of all articles can be made of what each of them adds, and changed where one of them has changed.
    """

    head: str
    piece: Callable[[Bitext], str]
    """What a bitext adds; nothing if it has nothing that the format can say."""
    end: str = ""

    def __call__(self, bitexts: Iterable[Bitext]) -> str:
        """A file of some bitexts; it may have none."""
        return "".join([self.head, *map(self.piece, bitexts), self.end])


def bitext(pages: Sequence[Page], addresses: Mapping[Lang, str], licence: Licence | None = None) -> Bitext:
    """What both pages of an article say, bead by bead.

    :param pages: those that have a text, one or two, of one path; a fact that both state is taken from the first.
    :param addresses: of these pages.
    """
    metas = [page.front_matter for page in pages]
    return Bitext(
        pages[0].path.removesuffix(".md"),
        metas[0].topics,
        tuple(_units({page.lang: page for page in pages})),
        addresses,
        date=_first(metas, "date"),
        source=_first(metas, "source"),
        source_url=_first(metas, "source_url"),
        licence=licence,
    )


def _first(metas: Sequence[FrontMatter], key: str) -> str:
    return next((value for meta in metas if (value := str(getattr(meta, key)))), "")


def _units(pages: Mapping[Lang, Page]) -> list[TranslationUnit]:
    """Titles, then the beads in the order of the first page."""
    titles = {lang: (page.front_matter.title,) for lang, page in pages.items() if not page.front_matter.title_derived}
    beads = {lang: _beads(page.parts) for lang, page in pages.items()}
    units = [TranslationUnit(TITLE, None, titles)] if titles else []
    for bead in _order([list(each) for each in beads.values()]):
        sides = {lang: each[bead] for lang, each in beads.items() if bead in each}
        kind = next(iter(sides.values()))[0].kind
        texts = {lang: tuple(part.text for part in side) for lang, side in sides.items()}
        units.append(TranslationUnit(bead, kind, texts))
    return units


def _beads(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Blocks of each bead, without those in the other language and the facts that stand outside all beads."""
    found: dict[str, list[Part]] = {}
    bead = ""
    for part in parts:
        bead = part.bead or bead
        if bead and part.text and part.lang is None and (part.bead or part.kind not in FACTS):
            found.setdefault(bead, []).append(part)
    return found


def _order(sides: Sequence[Sequence[str]]) -> list[str]:
    """Every id once, in the order of the first side; what only another has stands after what it follows there.

    >>> _order([["p1", "p2", "p4"], ["p0", "p1", "p3", "p4"]])
    ['p0', 'p1', 'p2', 'p3', 'p4']
    """
    order = list(sides[0])
    for side in sides[1:]:
        at, there = 0, set(side)
        for bead in side:
            if bead not in order:
                while at < len(order) and order[at] not in there and _number(order[at]) <= _number(bead):
                    at += 1  # beads of the first side alone, counted before this one
                order.insert(at, bead)
            at = order.index(bead) + 1
    return order


def _number(bead: str) -> int:
    return int(bead.rstrip(ascii_lowercase)[1:])

"""Which block of a source stands on which page.

Every block that is not chrome goes to one page: to that of its side in its bead, else of its own language, else
(digits, rules, bare addresses) of the block before it. What is of no language and stands right above a pair (an hour, a
number, a rule, an address) stands on the pages of both, once as itself and once as a copy. In a roundup the part of a
block is the section of its bead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.front_matter import MAX_TITLE
from bitext.marks import unmarked
from bitext.markup import visible, wide
from bitext.model import CONTENT_ROLES, LANGS, Article, Block, Lang, Removal

_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block on its way to a page."""

    block: Block
    lang: Lang
    """Language of the page."""
    section: int
    """Part of the roundup; 0 for a text of one piece."""
    bead: int
    """Number of its bead, from 1; 0 for a block outside beads."""
    copy: bool = False
    """The block stands on the page of the other language too."""


@dataclass(frozen=True, slots=True)
class Side:
    """One page in the making: its printed title and the blocks of its body."""

    title: str
    title_units: tuple[PageBlock, ...]
    body: tuple[PageBlock, ...]
    undone: tuple[Removal, ...] = ()
    """Hyphens at line ends of the title, and its marks."""

    @property
    def content(self) -> tuple[PageBlock, ...]:
        """Blocks that make this a page of its own and not a stand-in for the other language."""
        return tuple(unit for unit in self.body if is_content(unit.block))


def is_content(block: Block) -> bool:
    """Whether the block is text of a language, not a fact about it, a rule or a number."""
    return block.role in CONTENT_ROLES and block.lang != "none"


def units_of(article: Article) -> list[PageBlock]:
    """Every block but chrome, in the order of the source, with its language, part and bead."""
    owner = _owners(article)
    parts = _bead_parts(article)
    blocks = [block for block in article.blocks if block.role != "chrome"]
    units: list[PageBlock] = []
    last_part: dict[str, int] = {}
    near: Lang = next((owner[block.id][1] for block in blocks if block.id in owner), "zh")
    for block, below, second in zip(blocks, [*blocks[1:], None], [*blocks[2:], None, None], strict=False):
        bead, lang = owner.get(block.id, (0, near if block.lang == "none" else block.lang))
        section = parts.get(block.id, last_part.get(lang, last_part.get("", 0)))
        last_part[lang] = last_part[""] = section
        if block.lang == "none" and below and second and _is_pair(owner.get(below.id), owner.get(second.id)):
            lang = owner[below.id][1]
            section = parts.get(below.id, section)
            units.append(PageBlock(block, LANGS[lang == LANGS[0]], section, bead, copy=True))
        near = lang
        units.append(PageBlock(block, lang, section, bead))
    return units


def _is_pair(one: tuple[int, Lang] | None, other: tuple[int, Lang] | None) -> bool:
    """Whether two blocks, by bead and side, translate each other."""
    return one is not None and other is not None and one[0] == other[0] > 0 and one[1] != other[1]


def _owners(article: Article) -> dict[str, tuple[int, Lang]]:
    """Number of the bead and side of each block; beads of titles alone have the number 0."""
    owner: dict[str, tuple[int, Lang]] = {}
    number = 0
    for bead in article.beads:
        counted = any(block.role != "title" for block in bead.blocks)
        number += counted
        for lang in LANGS:
            owner |= {block.id: (number if counted else 0, lang) for block in bead.side(lang)}
    return owner


def _bead_parts(article: Article) -> dict[str, int]:
    """Part of the roundup for every block of a section's bead; empty for a text of one piece."""
    found: dict[str, int] = {}
    part = 0
    for section in article.sections if article.split else ():
        part += section.heading is not None
        number = part if section.heading else 0
        found |= {block.id: number for bead in section.beads for block in bead.blocks}
    return found


def sides_of(article: Article, units: list[PageBlock], number: int) -> tuple[dict[Lang, Side], tuple[Removal, ...]]:
    """Both pages of a part, and further prints of their titles, which are left out.

    A page without content of its own gives its small lines to the other.
    """
    own = {lang: [unit for unit in units if unit.lang == lang] for lang in LANGS}
    sides = {lang: _opened(article, own[lang], lang) if number == 0 else _headed(article, own[lang], number)
             for lang in LANGS}  # fmt: skip
    repeated = [removal for lang in LANGS for removal in _repeated(own[lang], sides[lang])]
    for lang, other in (LANGS, LANGS[::-1]):
        if not sides[lang].content and sides[other].content:
            both = (unit for unit in sides[lang].body + sides[other].body if not unit.copy)
            sides[other] = replace(sides[other], body=_in_order(both))
            sides[lang] = replace(sides[lang], body=())
    return {lang: replace(side, body=_grouped(side.body)) for lang, side in sides.items()}, tuple(repeated)


def _in_order(units: Iterable[PageBlock]) -> tuple[PageBlock, ...]:
    return tuple(sorted(units, key=lambda unit: (unit.block.line, unit.block.part)))


def _opened(article: Article, units: list[PageBlock], lang: Lang) -> Side:
    """Side of a text with the title that its metadata found in print."""
    fact = article.metadata.title(lang)
    title = visible(fact.value) if fact else ""
    if len(title) > MAX_TITLE:
        title = ""
    rest, chosen = _folded(title), []
    lines = fact.lines if fact else ()
    for unit in sorted(units, key=lambda unit: unit.block.line not in lines):  # where it was found, before other prints
        text = _folded(unmarked(unit.block)[0])
        if unit.block.role == "title" and text and text in rest:
            rest = rest.replace(text, "", 1)
            chosen.append(unit)
    # A title that says more than the blocks it was read from: they stay where they stand.
    side = _side(title, [] if rest else chosen, units)
    return replace(side, undone=tuple(mark for unit in side.title_units for mark in unmarked(unit.block)[1]))


def _headed(article: Article, units: list[PageBlock], number: int) -> Side:
    """Side of a section, whose heading is the title of its page."""
    heading = [section.heading for section in article.sections if section.heading][number - 1]
    ids = {block.id for block in heading.blocks if block.role == "heading"}
    chosen = [unit for unit in units if unit.block.id in ids]
    text, hyphens = joined([unit.block for unit in chosen])
    return replace(_side(text, chosen, units), undone=hyphens) if len(text) <= MAX_TITLE else _side("", [], units)


def _side(title: str, chosen: list[PageBlock], units: list[PageBlock]) -> Side:
    taken = {unit.block.id for unit in chosen}
    again = _folded(title)
    body = tuple(u for u in units if u.block.id not in taken and not _repeats(u.block, again))
    return Side(title, tuple(chosen), body)


def _folded(text: str) -> str:
    """Text for the comparison of titles: blanks and case do not count."""
    return "".join(visible(text).split()).casefold()


def _repeats(block: Block, title: str) -> bool:
    """Whether a block prints a title, given folded."""
    return block.role == "title" and bool(title) and _folded(unmarked(block)[0]) == title


def _repeated(units: Iterable[PageBlock], side: Side) -> Iterator[Removal]:
    """Further prints of the title: it stands once."""
    kept = {unit.block.id for unit in side.title_units + side.body}
    for block in (unit.block for unit in units if unit.block.id not in kept):
        yield Removal(block.line, block.start, block.end, block.text, "repeated title")


def _grouped(units: Sequence[PageBlock]) -> tuple[PageBlock, ...]:
    """Units in the order of the source, but those of one bead together where its first one stands."""
    order: dict[object, list[PageBlock]] = {}
    for unit in units:
        order.setdefault(unit.bead or unit.block.id, []).append(unit)
    return tuple(unit for group in order.values() for unit in group)


def runs(units: Sequence[PageBlock]) -> Iterator[list[PageBlock]]:
    """Units that make one paragraph: a block and the hard-wrapped lines that go on with it."""
    run: list[PageBlock] = []
    for unit in units:
        if run and not (unit.block.joined and unit.bead == run[0].bead and unit.block.role == run[0].block.role):
            yield run
            run = []
        run.append(unit)
    if run:
        yield run


def joined(blocks: Sequence[Block]) -> tuple[str, tuple[Removal, ...]]:
    """Text of hard-wrapped lines without marks of Markdown; these, and the hyphens that were undone.

    A blank joins Latin words, nothing joins Han characters; a hyphen at a line end goes only if a small letter follows.
    """
    text = ""
    removed: list[Removal] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        bare, marks = unmarked(block)
        piece = visible(bare)
        if before and _HYPHEN.search(before.text.rstrip()) and _HYPHEN.search(text) and piece[:1].islower():
            end = before.start + len(before.text.rstrip())
            removed.append(Removal(before.line, end - 1, end, text[-1], "hyphen at a line end"))
            text = text[:-1] + piece
        else:
            text += _glue(text, piece, block) + piece
        removed += marks
    return text, tuple(removed)


def _glue(text: str, piece: str, block: Block) -> str:
    """What stands between two lines of a paragraph."""
    if not text or not piece or text.endswith(("-", "\u2010")):
        return ""
    ends = text[-1] + piece[0]
    return "" if any(map(wide, ends)) or (block.lang == "zh" and not ends.isascii()) else " "

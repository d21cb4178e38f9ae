"""The values that pass from stage to stage.

Every type is frozen and holds tuples, so that a stage returns new values and changes none. Offsets count Unicode code
points, the end is exclusive, line numbers start at 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Literal

_PLACE = attrgetter("line", "part")
# Controls, line ends, bidirectional overrides and halves of characters.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def spelt(text: str) -> str:
    r"""A text for a message: what a terminal would obey, or a reader not see, is spelt out.

    >>> print(spelt("a\x1b[31m\nb"))
    a\x1b[31m\nb
    """
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


Lang = Literal["zh", "en"]
"""A language of the site."""

LANGS: tuple[Lang, Lang] = ("zh", "en")
"""Both languages, that of the site's root first."""

BlockLang = Literal["zh", "en", "none"]
"""Language of a block; ``none`` for digits, rules and bare addresses."""

Role = Literal["title", "heading", "paragraph", "caption", "speaker", "label", "dateline", "source", "byline", "chrome"]
"""What a block is. The first six are content, the next three are facts about the text, ``chrome`` is page furniture."""

CONTENT_ROLES: frozenset[str] = frozenset({"title", "heading", "paragraph", "caption", "speaker", "label"})
"""Roles whose blocks stand in exactly one bead each."""

FACT_ROLES: frozenset[Literal["dateline", "source", "byline"]] = frozenset({"dateline", "source", "byline"})
"""Roles whose blocks say something about the text; they stand in a bead only where both languages have them."""

SUBTITLE_LEVEL = 3
"""Level on its page of a heading below others: their level is 2, that of the title 1."""

Severity = Literal["error", "warning", "info"]
"""``error`` stops a build or a conversion, ``warning`` wants a look, ``info`` only tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change made to the characters of a source while reading it."""

    rule: str
    """Name of the rule, such as ``bom``, ``crlf``, ``nbsp`` or ``punctuation``."""
    line: int
    column: int
    """Offset in the line, in code points of the line as kept."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source, decoded; joining ``lines`` with a line feed gives ``text``."""

    id: str
    """Stem of the file's name: constant, never shown to readers."""
    path: Path
    text: str
    lines: tuple[str, ...]
    encoding: str
    sha256: str
    """Hash of the bytes as they were read."""
    changes: tuple[Change, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    """Lines that the file itself calls headings, and their levels from 1; empty for plain text, which cannot say so."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of one line of a source: one language, one role."""

    line: int
    part: int
    """0 if the block is all of its line, else 1, 2, … from left to right."""
    start: int
    end: int
    text: str
    """``lines[line - 1][start:end]``; blanks and separators round the piece stay outside."""
    lang: BlockLang
    role: Role = "paragraph"
    reason: str = ""
    """Which rule or sign gave the role, in words for people."""
    joined: bool = False
    """The block goes on with the paragraph of the block of its language before it (a hard-wrapped line)."""
    wrapped: bool = False
    """A line of a hard-wrapped paragraph: its first one, or one that goes on with it."""
    sure: bool = False
    """The words of the line prove its role; neighbours do not change it."""
    level: int = 0
    """Level of a heading: 2 or 3 on the page; 0 for other roles."""

    @property
    def id(self) -> str:
        """Name of the block in beads and in ``--explain``: ``"12"``, or ``"12.1"`` on a line of several blocks."""
        return f"{self.line}.{self.part}" if self.part else str(self.line)


@dataclass(frozen=True, slots=True)
class Bead:
    """Blocks of one language and the blocks of the other that translate them; one side may be empty."""

    zh: tuple[Block, ...]
    en: tuple[Block, ...]
    cost: float = 0.0
    """Minus the logarithm of the probability that the bead is right: 0 is certain, 0.7 an even chance."""
    review: bool = False
    """The aligner is unsure: a person should look."""
    anchors: tuple[str, ...] = ()
    """What tied the two sides, for people: ``number 12``, ``date 09-02``, ``name Vientiane`` …"""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Blocks of both sides in the order of the source."""
        return tuple(sorted(self.zh + self.en, key=_PLACE))

    def side(self, lang: Lang) -> tuple[Block, ...]:
        """Blocks of one language, in the order of the source."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a source says of itself, and where it says so."""

    value: str
    lines: tuple[int, ...]
    basis: Literal["stated", "inferred"] = "stated"
    """``inferred``: the text proves it without printing it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title pair, date and origin of a source; what the text does not say is ``None``."""

    title_zh: Fact | None = None
    title_en: Fact | None = None
    date: Fact | None = None
    """Value ``2024``, ``2024-08`` or ``2024-08-09``: only what is known."""
    source: Fact | None = None
    """Where the text is from, by the first line that says so."""
    source_en: Fact | None = None
    """The same in the words of an English line, where there is one."""
    byline: Fact | None = None

    def title(self, lang: Lang) -> Fact | None:
        """Title in one language."""
        return self.title_zh if lang == "zh" else self.title_en

    def origin(self, lang: Lang) -> Fact | None:
        """Source in the words of one language where the text has them, else in the other's."""
        return self.source_en or self.source if lang == "en" else self.source


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue term that was found, and what it counted for."""

    term: str
    lang: Lang
    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Topics:
    """Where a text belongs, and why."""

    primary: str | None
    """Slug of a topic; ``None`` if no cue was found at all."""
    acceptable: tuple[str, ...] = ()
    """Primary first, then every topic with a share of at least a quarter."""
    shares: tuple[tuple[str, float], ...] = ()
    """Share of each topic, 0 to 1, largest first."""
    cues: tuple[tuple[str, tuple[Cue, ...]], ...] = ()
    """Cues found for each topic."""
    review: bool = False
    """The margin between the first two topics is small."""


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level part of a roundup: its heading and all that follows up to the next."""

    first_line: int
    last_line: int
    heading: Bead | None
    """``None`` for what stands before the first heading."""
    beads: tuple[Bead, ...]
    """All beads of the section, its heading first."""
    topics: Topics
    tags: tuple[str, ...] = ()
    """Ids of tags of the section, the strongest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know, in one line that helps."""

    path: str
    check: str
    found: str
    expected: str = ""
    next_step: str = ""
    line: int = 0
    """0 where the finding is about the whole file."""
    column: int = 0
    severity: Severity = "warning"

    def __str__(self) -> str:
        """``path:line: check: found, expected`` and the next step, indented, on a line of its own."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{place}: {self.check}: {self.found}"
        if self.expected:
            text += f", expected {self.expected}"
        text = spelt(text)
        return f"{text}\n    {self.next_step}" if self.next_step else text


@dataclass(frozen=True, slots=True)
class Removal:
    """Characters of a source that stand on no page, and the rule that took them away."""

    line: int
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """A source, understood: what the pages are made from."""

    source: SourceText
    blocks: tuple[Block, ...]
    """Every piece of every non-blank line, chrome included, in the order of the source."""
    metadata: Metadata
    beads: tuple[Bead, ...]
    """Translation units in text order; every content block is in exactly one."""
    topics: Topics
    sections: tuple[Section, ...] = ()
    """Sections of a roundup; empty for a text of one piece."""
    split: bool = False
    """The sections become pages of their own."""
    tags: tuple[str, ...] = ()
    """Ids of tags, the strongest first."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Place of a page in a roundup."""

    id: str
    """``source_id`` of the roundup."""
    part: int
    """0 for the overview, 1, 2, … for its parts."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The closed list of keys that a page may have; see ``page.py`` for their rules."""

    title: str
    topics: tuple[str, ...]
    source_id: str
    title_derived: bool = False
    date: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    source_url: str = ""
    description: str = ""
    series: Series | None = None


PartKind = Literal[
    "paragraph", "heading2", "heading3", "caption", "speaker", "label", "dateline", "source", "byline", "item"
]
"""Kind of a block on a page: ``item`` is a list item, the others are the roles of the source."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a page's body: its text without Markdown, its kind and, if it opens a bead, the bead's id."""

    kind: PartKind
    text: str
    bead: str = ""
    """Id shared by both languages, such as ``p4``; empty if the block goes on with the bead before it."""
    lang: Lang | None = None
    """Set only where the text is not in the language of its page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a person reads and edits it."""

    lang: Lang
    path: str
    """Relative to the language's folder, the same in both languages: ``security/2024-08-09-seagull.md``."""
    front_matter: FrontMatter
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: forms of one name or term in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    abbr: str = ""
    kind: str = "term"
    note: str = ""

"""What is compared: the texts of both languages of one bead, each place of which knows its line."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.model import Article, Block, Lang, Severity

_FULL_WIDTH = {0x3000: 0x20} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_UNREAD = re.compile(r"</?[A-Za-z][^<>]{0,200}>|https?://[!-~]+")
"""Tags and addresses: their figures state nothing."""
_JOINED: dict[Lang, str] = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of one language in one bead."""

    text: str
    starts: tuple[int, ...] = ()
    """Where each piece begins in the text."""
    lines: tuple[int, ...] = ()
    """Line of each piece in its file."""

    def line(self, offset: int) -> int:
        """Line of a place of the text; 0 in an empty one."""
        return self.lines[max(bisect.bisect_right(self.starts, offset) - 1, 0)] if self.lines else 0


@dataclass(frozen=True, slots=True)
class Both:
    """A bead as it is compared."""

    bead: str
    zh: Passage
    en: Passage

    def side(self, lang: Lang) -> Passage:
        """Passage of one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Difference:
    """What one bead says in two ways."""

    both: Both
    kind: str
    severity: Severity
    found: str
    expected: str = ""
    zh_at: int = 0
    """Offset in the Chinese passage."""
    en_at: int = 0


def passage(pieces: Iterable[tuple[int, str]], lang: Lang) -> Passage:
    """A passage from its pieces, each with its line.

    Full-width letters, figures and blanks of an English text are made ASCII, tags and addresses blank, one for one.
    """
    text, starts, lines = "", [], []
    for line, piece in pieces:
        text += _JOINED[lang] if text else ""
        starts.append(len(text))
        lines.append(line)
        text += _UNREAD.sub(lambda match: " " * len(match[0]), piece)
    return Passage(text.translate(_FULL_WIDTH) if lang == "en" else text, tuple(starts), tuple(lines))


def of_article(article: Article) -> Sequence[Both]:
    """Beads of an article that have both sides and that the aligner is sure of; lines are those of the source."""
    return tuple(_beads(article))


def _beads(article: Article) -> Iterator[Both]:
    for number, bead in enumerate(article.beads, start=1):
        if bead.zh and bead.en and not bead.review:
            yield Both(f"p{number}", _of_blocks(bead.zh, "zh"), _of_blocks(bead.en, "en"))


def _of_blocks(blocks: Iterable[Block], lang: Lang) -> Passage:
    return passage([(block.line, block.text) for block in blocks], lang)

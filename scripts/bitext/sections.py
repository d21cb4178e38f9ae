"""Bead[] → Section[]: the parts of a roundup, by the numbers of its headings in either language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bitext.classify import classify, strength, wording
from bitext.classify import tags as find_tags
from bitext.knowledge import Knowledge
from bitext.model import Bead, Section, SourceText
from bitext.plain import plain

FEWEST = 3
"""A text of fewer sections is no roundup."""

_FEWEST_TOPICS = 2
_OVER_ONE = 2
"""Beads of a heading over one paragraph."""
_FEWEST_BEADS = 3
"""Sections without numbers are pages only if each has a heading and two paragraphs: shorter ones are subheads."""
_CLEAR = 12.0
"""Score from which on a section speaks of its topic. Sections of roundups have 22 and more, those of contracts, lessons
and white papers, which hold some word of a topic by chance, 11 at most."""


def sections(beads: tuple[Bead, ...], knowledge: Knowledge) -> tuple[Section, ...]:
    """Sections of a roundup in their order, what stands before the first heading as a section without heading.

    The headings of the top level are those whose numbers count 1, 2, 3 … in one style (`一、`, `I.`, `1.`), and, after
    the last of them, further headings without a number that stand on a line of their own in both languages. A text
    without such numbers has the pairs of headings that both languages print.
    """
    starts = _starts(beads, knowledge)
    if len(starts) < FEWEST:
        return ()
    bounds = [0, *starts] if starts[0] else starts
    found = []
    for start, end in zip(bounds, [*bounds[1:], len(beads)], strict=True):
        part = beads[start:end]
        heading = part[0] if start in starts else None
        lines = [block.line for bead in part for block in bead.blocks]
        title = [block.text for block in heading.blocks] if heading else []
        blocks = [block for bead in part for block in bead.blocks]
        words = wording(blocks, title)
        topics, tags = classify(words, knowledge), find_tags(words, knowledge)
        found.append(Section(min(lines), max(lines), heading, part, topics, tags))
    return tuple(found)


def is_collection(parts: Sequence[Section]) -> bool:
    """Whether the sections speak of so many topics that each has its own; the chapters of a law speak of one thing."""
    return len(_topics([part for part in parts if part.heading])) >= FEWEST


def _topics(parts: Sequence[Section]) -> set[str]:
    """Topics of sections; none if most of them hardly speak of any."""
    clear = [part.topics for part in parts if strength(part.topics) >= _CLEAR]
    return {topics.primary for topics in clear if topics.primary} if 2 * len(clear) >= len(parts) else set()


def is_roundup(
    parts: Sequence[Section], titles: Sequence[str], source: SourceText, knowledge: Knowledge
) -> bool:
    """Whether the sections become pages of their own: three numbered ones or more in both languages, of several topics.

    `split: always` or `never` for the source in `data/overrides.yml` goes before.

    :param titles: of the text: what calls itself a law, a contract or a notice is read whole.
    """
    wish = knowledge.override(source.id).split
    if wish is not None:
        return wish and bool(parts)
    if any(kind.search(plain(title)) for title in titles for kind in knowledge.undivided):
        return False
    headed = [part for part in parts if part.heading and part.heading.zh and part.heading.en]
    topics = len(_topics(headed))
    if len(headed) < FEWEST or topics < _FEWEST_TOPICS:
        return False
    if _is_numbered(headed, knowledge):
        return True
    return topics >= FEWEST and all(len(part.beads) >= _FEWEST_BEADS for part in headed)


def _is_numbered(parts: Sequence[Section], knowledge: Knowledge) -> bool:
    """Whether the first section has the number of a first section, in either language."""
    blocks = parts[0].heading.blocks if parts[0].heading else ()
    return any(style.number(plain(block.text)) == 1 for block in blocks for style in knowledge.numbering)


def _starts(beads: Sequence[Bead], knowledge: Knowledge) -> list[int]:
    """Indexes of the beads that open a top-level section."""
    best: list[int] = []
    headings = [
        (index, [plain(block.text) for block in (*bead.zh, *bead.en) if block.role == "heading"])
        for index, bead in enumerate(beads)
    ]
    headings = [(index, texts) for index, texts in headings if texts]
    for style in knowledge.numbering:
        found: list[int] = []
        for index, texts in headings:
            if any(style.number(text) == len(found) + 1 for text in texts):
                found.append(index)
        if len(found) > len(best):
            best = found
    if len(best) >= FEWEST:
        return best + _closing(beads, best[-1], knowledge)
    return _pairs(beads)


def _pairs(beads: Sequence[Bead]) -> list[int]:
    """Indexes of the heading pairs of the upper level, each followed by text of its own.

    Headings that all stand over a single paragraph are subheads.
    """
    found = [
        index
        for index, (bead, after) in enumerate(pairwise(beads))
        if bead.zh and bead.en and all(block.role == "heading" and block.level == 2 for block in (*bead.zh, *bead.en))
        and not all(block.role == "heading" for block in (*after.zh, *after.en))
    ]  # fmt: skip
    longest = max((end - start for start, end in pairwise([*found, len(beads)])), default=0)
    return found if len(found) >= FEWEST and longest > _OVER_ONE else []


def _closing(beads: Sequence[Bead], last: int, knowledge: Knowledge) -> list[int]:
    """Headings after the last number, in both languages and without a number of their own, that open a last part."""
    return [index for index in range(last + 1, len(beads)) if _is_plain_heading(beads[index], knowledge)]


def _is_plain_heading(bead: Bead, knowledge: Knowledge) -> bool:
    if not (bead.zh and bead.en) or any(block.role != "heading" for block in bead.blocks):
        return False
    return not any(style.number(plain(block.text)) for block in bead.blocks for style in knowledge.numbering)

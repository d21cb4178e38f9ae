"""Values for the tests of the later stages, made by hand from short lines.

A line of a case is ``lang role bead flags | text``: ``zh paragraph 3 | …``. The bead is a number that both sides share
or ``-``; flags are ``joined`` and ``level3``. Several pieces on one line of the source are separated by `` || ``.
"""

from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

from bitext.model import Article, Bead, Block, Fact, Metadata, Section, SourceText, Topics

TOPIC_IDS = ("security", "trade", "connectivity", "culture")


def knowledge(**facts: str) -> SimpleNamespace:
    """What composing asks of the data: the four topics, and facts as corrections of every source."""
    return SimpleNamespace(topic_ids=TOPIC_IDS, override=lambda _: SimpleNamespace(facts=tuple(facts.items())))


def article(lines, *, topic="trade", split=False, section_topics=(), **facts) -> Article:
    """An article from its lines; facts are titles, date and so on."""
    texts, blocks, beads = [], [], {}
    for number, line in enumerate(lines, start=1):
        text = ""
        pieces = line.split(" || ")
        for part, piece in enumerate(pieces, start=1):
            head, _, words = piece.partition("| ")
            text += " / " if text else ""
            lang, role, bead, *flags = head.split() or ["none", "chrome", "-"]
            if words:
                block = Block(
                    number, part if len(pieces) > 1 else 0, len(text), len(text) + len(words), words, lang, role,
                    joined="joined" in flags, level=3 if "level3" in flags else 2 * (role == "heading"),
                )  # fmt: skip
                blocks.append(block)
                if bead != "-":
                    beads.setdefault(int(bead), []).append(block)
            text += words
        texts.append(text)
    made = [_bead(found) for found in beads.values()]
    return Article(
        source=SourceText("s1", Path("sources/s1.txt"), "\n".join(texts), tuple(texts), "utf-8", "0" * 64),
        blocks=tuple(blocks),
        metadata=Metadata(**{name: Fact(str(value), (1,)) for name, value in facts.items()}),
        beads=tuple(made),
        topics=Topics(topic, (topic,) if topic else ()),
        sections=tuple(_sections(made, section_topics)),
        split=split,
    )


def _bead(blocks) -> Bead:
    return Bead(tuple(b for b in blocks if b.lang == "zh"), tuple(b for b in blocks if b.lang != "zh"))


def _sections(beads, topics):
    """A section for each heading, with the topics in turn; none without topics."""
    starts = [n for n, bead in enumerate(beads) if topics and any(block.role == "heading" for block in bead.blocks)]
    if starts and starts[0]:
        yield _section(None, beads[: starts[0]], None)
    for start, end, topic in zip(starts, [*starts[1:], None], cycle(topics), strict=False):
        yield _section(beads[start], beads[start:end], topic)


def _section(heading, beads, topic):
    lines = [block.line for bead in beads for block in bead.blocks]
    return Section(min(lines), max(lines), heading, tuple(beads), Topics(topic, (topic,) if topic else ()))

"""Texts, read and understood with the project's own data: what the tests of the stages share."""

from functools import cache
from pathlib import Path

from bitext import knowledge, pipeline, read
from bitext.lexicon import Lexicon
from bitext.model import Article, Block, SourceText

KNOWLEDGE = knowledge.load()


@cache
def lexicon(*, dictionary: bool = True) -> Lexicon:
    """Translations of words, with or without the dictionary that may be installed."""
    return Lexicon(KNOWLEDGE.glossary, KNOWLEDGE.english, dictionary=dictionary)


def source(text: str, name: str = "a.txt") -> SourceText:
    """A source of a text, as if read from a file."""
    return read.source_text(text.encode(), Path(name))


def label(text: str) -> tuple[Block, ...]:
    """Blocks of a text with language and role."""
    return pipeline.label(source(text), KNOWLEDGE, lexicon())


def understood(text: str, **changed: object) -> Article:
    """A text as an article; `changed` replaces parts of the knowledge."""
    return pipeline.understand(source(text), replaced(**changed), lexicon())


def replaced(**changed: object) -> knowledge.Knowledge:
    """The project's knowledge with some parts of it changed."""
    names = KNOWLEDGE.__dataclass_fields__
    return knowledge.Knowledge(**{name: getattr(KNOWLEDGE, name) for name in names} | changed)


def marked(page: str) -> tuple[str, list[str]]:
    """A text and what each line that is not blank should be, from lines of the form `what it is | the line`."""
    lines, marks = [], []
    for line in page.rstrip("\n").split("\n"):
        mark, bar, text = line.partition("| ")
        lines.append(text if bar else line)
        marks += [mark.strip()] if bar else []
    return "\n".join(lines), marks


def roles_of(blocks: tuple[Block, ...]) -> list[str]:
    """Role of each line; roles of the pieces of one line joined by a plus where they differ."""
    found: dict[int, list[str]] = {}
    for block in blocks:
        found.setdefault(block.line, []).append(block.role)
    return ["+".join(dict.fromkeys(roles)) for _, roles in sorted(found.items())]


def beads_of(article: Article) -> list[str]:
    """Beads in the form `1 = 2 3`: ids of the Chinese blocks, an equals sign, ids of the English ones."""
    return [" ".join([*(b.id for b in bead.zh), "=", *(b.id for b in bead.en)]) for bead in article.beads]

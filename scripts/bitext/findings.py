"""Article → Finding[]: what an editor should know of a text before trusting its pages."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.model import CONTENT_ROLES, Article, Finding

_SNIPPET = 24


def findings(article: Article) -> tuple[Finding, ...]:
    """What is absent, inferred or unsure in an article, in the order of its lines."""
    found = [*_facts(article), *_languages(article), *_beads(article), *_topics(article)]
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.check)))


def _note(article: Article, check: str, found: str, next_step: str, line: int = 0, expected: str = "") -> Finding:
    return Finding(str(article.source.path), check, found, expected, next_step, line)


_OVERRIDE = "If you know it, add it to data/overrides.yml with a reason."


def _facts(article: Article) -> Iterator[Finding]:
    facts = article.metadata
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        if facts.title(lang) is None:  # type: ignore[arg-type]
            yield _note(
                article, "title", f"no {name} title is printed", f"The page shows the text's first words. {_OVERRIDE}"
            )
    if facts.date is None:
        yield _note(article, "date", "no date with a year is printed", f"The page says undated. {_OVERRIDE}")
    elif facts.date.basis == "inferred":
        line = facts.date.lines[0]
        yield _note(
            article, "date", f"{facts.date.value} is inferred: {facts.date.note}", "Check it against the text.", line
        )
    if facts.source is None:
        yield _note(article, "source", "no source is named", f"The page names none. {_OVERRIDE}")


def _languages(article: Article) -> Iterator[Finding]:
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        if not any(block.lang == lang and block.role in CONTENT_ROLES - {"title"} for block in article.blocks):
            yield _note(
                article, "language", f"no {name} text", "Its page shows the other language and asks for a translation."
            )


def _beads(article: Article) -> Iterator[Finding]:
    for bead in article.beads:
        if bead.review:
            first = bead.blocks[0]
            sides = (
                "+".join(block.id for block in bead.zh) or "nothing",
                "+".join(block.id for block in bead.en) or "nothing",
            )
            found = f"unsure whether zh {sides[0]} and en {sides[1]} translate each other ({first.text[:_SNIPPET]} …)"
            yield _note(article, "alignment", found, "Compare the two on the page.", first.line)


def _topics(article: Article) -> Iterator[Finding]:
    topics = article.topics
    if topics.primary and topics.review and not article.split:
        near = ", ".join(f"{topic} {share:.2f}" for topic, share in topics.shares[:2])
        yield _note(article, "topic", f"close: {near}", "Check the folder; topic in data/overrides.yml decides.")

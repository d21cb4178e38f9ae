"""Corrections that a person made for one source in ``data/overrides.yml``: they go before what the stages found."""

from __future__ import annotations

from dataclasses import replace

from bitext.knowledge import Knowledge
from bitext.model import Block, Fact, Metadata, SourceText, Topics
from bitext.reasons import GIVEN

_FACTS = ("title_zh", "title_en", "date", "source", "source_en")


def correct_roles(blocks: tuple[Block, ...], source: SourceText, knowledge: Knowledge) -> tuple[Block, ...]:
    """Blocks with the roles that a person gave their lines."""
    given = dict(knowledge.override(source.id).roles)
    return tuple(
        replace(
            block,
            role=given[block.line],
            sure=True,
            reason=GIVEN,
            level=2 * (given[block.line] == "heading"),
        )
        if block.line in given
        else block
        for block in blocks
    )


def correct_facts(facts: Metadata, source: SourceText, knowledge: Knowledge) -> Metadata:
    """Facts of a text with those that a person stated."""
    for name, value in knowledge.override(source.id).facts:
        if name in _FACTS:
            facts = replace(facts, **{name: Fact(value, (), note=GIVEN)})
    return facts


def correct_topics(topics: Topics, source: SourceText, knowledge: Knowledge) -> Topics:
    """Topics with the one that a person chose first."""
    given = dict(knowledge.override(source.id).facts).get("topic")
    if given is None:
        return topics
    return replace(
        topics, primary=given, acceptable=(given, *(t for t in topics.acceptable if t != given)), review=False
    )

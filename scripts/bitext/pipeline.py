"""The order of the stages, on one screen."""

from __future__ import annotations

from dataclasses import replace

from bitext import chrome, doubtful, facts, headings, metadata, preamble, roles, segment, speeches, titles, wrap
from bitext.align import align, renewed
from bitext.classify import classify, wording
from bitext.classify import tags as find_tags
from bitext.findings import findings
from bitext.knowledge import Knowledge
from bitext.lexicon import Lexicon
from bitext.model import Article, Bead, Block, Metadata, SourceText
from bitext.overrides import correct_facts, correct_roles, correct_topics
from bitext.reclaim import reclaimed
from bitext.sections import is_collection, is_roundup, sections


def understand(source: SourceText, knowledge: Knowledge, lexicon: Lexicon) -> Article:
    """A source as an article: its blocks with language and role, its facts, its beads, its topics.

    Nothing here fails on content: what a stage cannot decide is a finding of the article.
    """
    blocks = label(source, knowledge, lexicon)
    blocks, beads = reclaimed(blocks, align(blocks, lexicon, knowledge), lambda all_: align(all_, lexicon, knowledge))
    blocks = headings.even_levels(roles.agree(blocks, beads), beads, knowledge)
    beads = renewed(beads, blocks)
    said = correct_facts(metadata.extract(blocks, knowledge), source, knowledge)
    return _article(source, blocks, said, beads, knowledge)


def label(source: SourceText, knowledge: Knowledge, lexicon: Lexicon) -> tuple[Block, ...]:
    """Blocks of a source with language and role."""
    blocks = roles.turns(preamble.mark(segment.segment(source), source.lines))
    blocks = chrome.known(blocks, source.lines, knowledge)
    blocks = roles.headed(blocks, source.headings)
    blocks = wrap.join(blocks, source.lines, knowledge)
    blocks = roles.assign(blocks, source.lines, knowledge)
    blocks = metadata.datelines(blocks, knowledge)
    blocks = facts.spread(blocks, knowledge)
    blocks = titles.mark(blocks, source.lines, knowledge, lexicon)
    blocks = metadata.institutions(speeches.mark(blocks, knowledge), knowledge)
    blocks = doubtful.mark(blocks, knowledge)
    return correct_roles(blocks, source, knowledge)


def _article(
    source: SourceText, blocks: tuple[Block, ...], said: Metadata, beads: tuple[Bead, ...], knowledge: Knowledge
) -> Article:
    content = [block for bead in beads for block in bead.blocks]
    title = [fact.value for fact in (said.title_zh, said.title_en) if fact]
    words = wording(content, title)
    topics = correct_topics(classify(words, knowledge), source, knowledge)
    parts = sections(beads, knowledge)
    split = is_roundup(parts, title, source, knowledge)
    article = Article(source, blocks, said, beads, topics, parts if split or is_collection(parts) else (), split)
    article = replace(article, tags=find_tags(words, knowledge))
    return replace(article, findings=findings(article))

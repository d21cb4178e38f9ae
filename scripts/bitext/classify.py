"""Bead[] → topics and tags, with the cue terms that decided.

Three votes: the Chinese text, the English text and the title. In each, a topic's score is the sum over its cue groups
of weight × (1 + log hits); shares of the votes are averaged, the title counting as a full vote. A small margin
between the first two topics asks for a person's look.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bitext.knowledge import CueGroup, Knowledge
from bitext.model import Block, Cue, Lang, Topics
from bitext.plain import plain

ACCEPTABLE_SHARE = 0.25
REVIEW_MARGIN = 0.1
_TAG_SCORE = 2.0
_MOST_TAGS = 5


def classify(blocks: Iterable[Block], title: Sequence[str], knowledge: Knowledge) -> Topics:
    """Topics of a text.

    :param blocks: its content.
    :param title: its titles, in either language.
    """
    texts = _texts(blocks)
    votes = [_vote(texts["zh"], "zh", knowledge), _vote(texts["en"], "en", knowledge)]
    both = [_vote(plain(text).casefold(), lang, knowledge) for text in title for lang in ("zh", "en")]
    votes.append([tuple(cue for vote in both for cue in vote[index]) for index in range(len(knowledge.topics))])
    shares = _shares(votes)
    cues = tuple(
        (topic.id, tuple(cue for vote in votes[:2] for cue in vote[index]))
        for index, topic in enumerate(knowledge.topics)
    )
    if not any(shares):
        return Topics(None, cues=cues, review=True)
    ranked = sorted(zip(knowledge.topic_ids, shares, strict=True), key=lambda pair: -pair[1])
    acceptable = [topic for topic, share in ranked if share >= ACCEPTABLE_SHARE] or [ranked[0][0]]
    margin = ranked[0][1] - ranked[1][1]
    rounded = tuple((topic, round(share, 3)) for topic, share in ranked)
    return Topics(ranked[0][0], tuple(acceptable), rounded, cues, margin < REVIEW_MARGIN)


def tags(blocks: Iterable[Block], title: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Tags of a text, the strongest first, at most five."""
    texts = _texts(blocks)
    head = plain(" ".join(title)).casefold()
    found = []
    for tag in knowledge.tags:
        score = sum(
            math.log1p(len(_pattern(tag.cues, lang).findall(texts[lang]))) for lang in texts if _words(tag.cues, lang)
        )
        score += sum(
            bool(_words(tag.cues, lang)) and _pattern(tag.cues, lang).search(head) is not None for lang in texts
        )
        if score >= _TAG_SCORE:
            found.append((-score, tag.id))
    return tuple(tag for _, tag in sorted(found)[:_MOST_TAGS])


def _texts(blocks: Iterable[Block]) -> dict[Lang, str]:
    texts: dict[Lang, list[str]] = {"zh": [], "en": []}
    for block in blocks:
        if block.lang != "none":
            texts[block.lang].append(plain(block.text).casefold())
    return {lang: "\n".join(parts) for lang, parts in texts.items()}


def _vote(text: str, lang: Lang, knowledge: Knowledge) -> list[tuple[Cue, ...]]:
    """Cues of each topic found in a text."""
    return [tuple(cue for group in topic.cues if (cue := _cue(text, lang, group))) for topic in knowledge.topics]


def _cue(text: str, lang: Lang, group: CueGroup) -> Cue | None:
    words = _words(group, lang)
    hits = _pattern(group, lang).findall(text) if words and text else []
    if not hits:
        return None
    return Cue(max(set(hits), key=lambda hit: (hits.count(hit), hit)), lang, len(hits), group.weight)


def _words(group: CueGroup, lang: Lang) -> tuple[str, ...]:
    return group.zh if lang == "zh" else group.en


@lru_cache(maxsize=4096)
def _pattern(group: CueGroup, lang: Lang) -> re.Pattern[str]:
    """Any wording of a cue group; an English one from the start of a word."""
    any_of = "|".join(re.escape(word) for word in sorted(_words(group, lang), key=len, reverse=True))
    return re.compile(any_of if lang == "zh" else rf"(?<![a-z])(?:{any_of})")


def _shares(votes: Sequence[Sequence[Sequence[Cue]]]) -> list[float]:
    """Share of each topic, averaged over the votes that found a cue at all."""
    totals = [0.0] * len(votes[0])
    counted = 0
    for vote in votes:
        scores = [sum(cue.weight * (1 + math.log(cue.count)) for cue in cues) for cues in vote]
        if whole := sum(scores):
            counted += 1
            totals = [total + score / whole for total, score in zip(totals, scores, strict=True)]
    return [total / counted for total in totals] if counted else totals

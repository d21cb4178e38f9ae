"""Bead[] → topics and tags, with the cue terms that decided.

Three votes: the Chinese text, the English text and the title. In each, a topic's score is the sum over its cue groups
of weight × (1 + log hits); shares of the votes are averaged, a vote with few cues counting for less: one ordinary word
in a title must not outvote two texts. A small margin between the first two topics asks for a person's look.
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
_HALF_TRUST = 4.0
"""Score at which a vote counts half of a full one: that of one cue of the highest weight."""
_TAG_SCORE = 2.0
_MOST_TAGS = 5
_NO_LETTER = re.compile("[^a-z0-9]+")
LANGS: tuple[Lang, Lang] = ("zh", "en")


def classify(blocks: Iterable[Block], title: Sequence[str], knowledge: Knowledge) -> Topics:
    """Topics of a text.

    :param blocks: its content.
    :param title: its titles, in either language.
    """
    texts = _texts(blocks)
    votes = [_vote(texts["zh"], "zh", knowledge), _vote(texts["en"], "en", knowledge)]
    both = [_vote(_counted(text, lang), lang, knowledge) for text in title for lang in LANGS]
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
    heads = {lang: _counted(" ".join(title), lang) for lang in texts}
    found = []
    for tag in knowledge.tags:
        score = sum(math.log1p(sum(_counts(texts[lang], lang, tag.cues).values())) for lang in texts)
        score += sum(bool(_counts(heads[lang], lang, tag.cues)) for lang in texts)
        if score >= _TAG_SCORE:
            found.append((-score, tag.id))
    return tuple(tag for _, tag in sorted(found)[:_MOST_TAGS])


def _texts(blocks: Iterable[Block]) -> dict[Lang, str]:
    """The text of each language in the form in which cues are counted."""
    texts: dict[Lang, list[str]] = {"zh": [], "en": []}
    for block in blocks:
        if block.lang != "none":
            texts[block.lang].append(block.text)
    return {lang: _counted("\n".join(parts), lang) for lang, parts in texts.items()}


def _counted(text: str, lang: Lang) -> str:
    """A text as cues are counted in it: its last word ends like any other, for cues that end a word."""
    return _form(text, lang) + " "


@lru_cache(maxsize=4096)
def _form(text: str, lang: Lang) -> str:
    """A text or cue as it is counted: plain; in English, each word with one blank before it."""
    folded = plain(text).casefold()
    return folded if lang == "zh" else " " + _NO_LETTER.sub(" ", folded).lstrip()


def _vote(text: str, lang: Lang, knowledge: Knowledge) -> list[tuple[Cue, ...]]:
    """Cues of each topic found in a text."""
    return [tuple(cue for group in topic.cues if (cue := _cue(text, lang, group))) for topic in knowledge.topics]


def _cue(text: str, lang: Lang, group: CueGroup) -> Cue | None:
    counts = _counts(text, lang, group)
    if not counts:
        return None
    term = max(counts, key=lambda word: (counts[word], word))
    return Cue(term.strip(), lang, sum(counts.values()), group.weight)


def _counts(text: str, lang: Lang, group: CueGroup) -> dict[str, int]:
    """How often each wording of a cue group stands in a text; an English one from the start of a word."""
    return {word: count for word in _wordings(group, lang) if (count := text.count(word))}


@lru_cache(maxsize=4096)
def _wordings(group: CueGroup, lang: Lang) -> tuple[str, ...]:
    """Wordings of a group that no other wording of it begins or holds, so that nothing is counted twice."""
    words = {_form(word, lang) for word in (group.zh if lang == "zh" else group.en)}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def _shares(votes: Sequence[Sequence[Sequence[Cue]]]) -> list[float]:
    """Share of each topic, averaged over the votes, each trusted by how much it found."""
    totals = [0.0] * len(votes[0])
    trusted = 0.0
    for vote in votes:
        scores = [sum(cue.weight * (1 + math.log(cue.count)) for cue in cues) for cues in vote]
        enough = sum(scores) + _HALF_TRUST
        trusted += sum(scores) / enough
        totals = [total + score / enough for total, score in zip(totals, scores, strict=True)]
    return [total / trusted for total in totals] if trusted else totals

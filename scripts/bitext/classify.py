"""Bead[] → topics and tags, with the cue terms that decided.

Three votes: the Chinese text, the English text and the title. In each, a topic's score is the sum over its cue groups
of weight × (1 + log hits); shares of the votes are averaged, a vote with few cues counting for less: one ordinary word
in a title must not outvote two texts. A small margin between the first two topics asks for a person's look.

A cue inside a longer one of another topic, or inside a name, is not meant: telecom fraud is no telecommunications.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from bitext.knowledge import CueGroup, Knowledge
from bitext.model import LANGS, Block, Cue, Lang, Topics
from bitext.plain import plain

ACCEPTABLE_SHARE = 0.25
REVIEW_MARGIN = 0.1
_HALF_TRUST = 8.0
"""Score at which a vote counts half of a full one: that of two cues of the highest weight."""
_TAG_SCORE = 2.0
_MOST_TAGS = 5
_NO_LETTER = re.compile("[^a-z0-9]+")
_LONGEST_START: Mapping[Lang, int] = {"zh": 2, "en": 5}
"""Characters of a wording by which it is looked for: some ten Chinese words begin with the same two, as many English
ones with the same five."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text in the form in which cues are counted."""

    texts: Mapping[Lang, str]
    titles: Sequence[Mapping[Lang, str]]
    """Its titles, each as if it were of either language."""


def wording(blocks: Iterable[Block], titles: Iterable[str]) -> Wording:
    """The words of a text, which are the same for its topics and its tags.

    :param blocks: its content.
    :param titles: its titles, in either language.
    """
    return Wording(_texts(blocks), [{lang: _counted([title], lang) for lang in LANGS} for title in titles])


def classify(words: Wording, knowledge: Knowledge) -> Topics:
    """Topics of a text."""
    votes = [_vote(words.texts[lang], lang, knowledge) for lang in LANGS]
    both = [_vote(title[lang], lang, knowledge) for title in words.titles for lang in LANGS]
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


def strength(topics: Topics) -> float:
    """Score of what speaks for the primary topic in both texts, from 0; a cue of the highest weight gives 4."""
    return sum(_score(cues) for topic, cues in topics.cues if topic == topics.primary)


def _score(cues: Iterable[Cue]) -> float:
    return sum(cue.weight * (1 + math.log(cue.count)) for cue in cues)


def tags(words: Wording, knowledge: Knowledge) -> tuple[str, ...]:
    """Tags of a text, the strongest first, at most five."""
    same = _Same(knowledge)
    counts = {lang: _groups(same, lang, text) for lang, text in words.texts.items()}
    heads = {lang: set().union(*(_groups(same, lang, title[lang]) for title in words.titles)) for lang in LANGS}
    found = []
    for place, tag in enumerate(knowledge.tags, start=len(knowledge.topics)):
        score = sum(math.log1p(sum(counts[lang].get((place, 0), {}).values())) for lang in LANGS)
        score += sum((place, 0) in heads[lang] for lang in LANGS)
        if score >= _TAG_SCORE:
            found.append((-score, tag.id))
    return tuple(tag for _, tag in sorted(found)[:_MOST_TAGS])


def _texts(blocks: Iterable[Block]) -> dict[Lang, str]:
    """The text of each language in the form in which cues are counted."""
    texts: dict[Lang, list[str]] = {"zh": [], "en": []}
    for block in blocks:
        if block.lang != "none":
            texts[block.lang].append(block.text)
    return {lang: _counted(parts, lang) for lang, parts in texts.items()}


def _counted(pieces: Iterable[str], lang: Lang) -> str:
    """Pieces of a text as cues are counted in them: the last word ends like any other, for cues that end a word."""
    return _form(" ".join(filter(None, map(plain, pieces))), lang) + " "


def _form(text: str, lang: Lang) -> str:
    """A plain text or cue as it is counted: in English, each word with one blank before it."""
    folded = text.casefold()
    return folded if lang == "zh" else " " + _NO_LETTER.sub(" ", folded).lstrip()


def _vote(text: str, lang: Lang, knowledge: Knowledge) -> list[tuple[Cue, ...]]:
    """Cues of each topic found in a text."""
    found: list[list[Cue]] = [[] for _ in knowledge.topics]
    groups = _groups(_Same(knowledge), lang, text)
    for topic, group in sorted(place for place in groups if place[0] < len(found)):
        counts = groups[topic, group]
        term = max(counts, key=lambda word: (counts[word], word))
        weight = knowledge.topics[topic].cues[group].weight
        found[topic].append(Cue(term.strip(), lang, sum(counts.values()), weight))
    return [tuple(cues) for cues in found]


class _Index:
    """Wordings by how they begin: a text is asked only for those that begin as something in it does.

    A text has some hundred beginnings and the data some thousand wordings, of which a text holds some dozen.

    :param topics: for each topic its groups.
    :param tags: the same; they come after the topics in the numbers of owners.
    :param names: what hides the cues of topics inside it.
    """

    def __init__(
        self, topics: Sequence[Sequence[CueGroup]], tags: Sequence[Sequence[CueGroup]], names: CueGroup, lang: Lang
    ) -> None:
        self.lang = lang
        self.topics = len(topics)
        self.places: dict[str, list[tuple[int, int]]] = {word: [] for word in _wordings(names, lang)}
        """Numbers of owner and group of each wording."""
        self.by_start: dict[str, list[str]] = {}
        for owner, groups in enumerate([*topics, *tags]):
            for number, group in enumerate(groups):
                for word in _wordings(group, lang):
                    self.places.setdefault(word, []).append((owner, number))
        self.holders = self._holders()
        for word in self.places:
            self.by_start.setdefault(self.start(word), []).append(word)
        self.short = self.by_start.pop("", [])
        self.lengths = sorted(set(map(len, self.by_start)))
        self.starts = lru_cache(maxsize=32768)(self._starts)

    def start(self, word: str) -> str:
        """What a wording begins with: two to five characters of its first word; empty for one that has fewer."""
        found = (word if self.lang == "zh" else word[1:])[: _LONGEST_START[self.lang]].partition(" ")[0]
        return found if len(found) > 1 else ""

    def groups(self, text: str) -> dict[tuple[int, int], dict[str, int]]:
        """How often each wording of a cue group stands in a text; an English one from the start of a word."""
        found: dict[tuple[int, int], dict[str, int]] = {}
        counts = {word: text.count(word) for word in self.short}
        for start, offsets in self._beginnings(text).items():
            for word in self.by_start[start]:
                counts[word] = _count(text, word, offsets)
        for word, count in counts.items():
            for place in self.places[word] if count else ():
                free = count - self._hidden(word, place[0], counts)
                if free > 0:
                    found.setdefault(place, {})[word] = free
        return found

    def _holders(self) -> dict[str, list[tuple[str, int]]]:
        """For each wording the shortest longer ones that hold it, and how often; those of tags hide nothing."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in sorted(self.places, key=len):
            if self.places[word] and all(owner >= self.topics for owner, _ in self.places[word]):
                continue
            for part in self._parts(word):
                if not any(other in word for other, _ in found[part]):
                    found[part].append((word, word.count(part)))
        return dict(found)

    def _parts(self, word: str) -> set[str]:
        """Other wordings that stand in one."""
        starts = [at for at, sign in enumerate(word) if self.lang == "zh" or sign == " "]
        parts = {word[at:end] for at in starts for end in range(at + 1, len(word) + 1)}
        return {part for part in parts if part in self.places} - {word}

    def _hidden(self, word: str, owner: int, counts: Mapping[str, int]) -> int:
        """How often a wording of a topic stands inside names and longer wordings of other topics."""
        if owner >= self.topics:
            return 0
        holders = self.holders.get(word, ())
        return sum(
            times * counts.get(holder, 0)
            for holder, times in holders
            if all(other != owner for other, _ in self.places[holder])
        )

    def _beginnings(self, text: str) -> dict[str, list[int]]:
        """Where in a text something begins as a wording does, by how that begins."""
        found: dict[str, list[int]] = defaultdict(list)
        if self.lang == "zh":
            for at, start in enumerate(map(add, text, text[1:])):  # pairs cut one by one take twice as long
                if start in self.by_start:
                    found[start].append(at)
            return found
        blank = -1
        for word in text.split(" "):
            for start in self.starts(word[: self.lengths[-1]]):
                found[start].append(blank)
            blank += 1 + len(word)
        return found

    def _starts(self, word: str) -> tuple[str, ...]:
        """Beginnings of wordings that a word begins with."""
        starts = (word[:length] for length in self.lengths if length <= len(word))
        return tuple(start for start in starts if start in self.by_start)


def _count(text: str, word: str, offsets: Iterable[int]) -> int:
    """How often a word stands at some of the offsets of a text, without overlapping itself."""
    count = end = 0
    for at in offsets:
        if at >= end and text.startswith(word, at):
            count, end = count + 1, at + len(word)
    return count


class _Same:
    """Knowledge as a key: the same object, not an equal one, for to hash all of it takes longer than to use it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __hash__(self) -> int:
        return id(self.knowledge)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.knowledge is self.knowledge


@lru_cache(maxsize=4)
def _index(same: _Same, lang: Lang) -> _Index:
    """Of the topics, and after them of the tags."""
    known = same.knowledge
    return _Index([topic.cues for topic in known.topics], [(tag.cues,) for tag in known.tags], known.names, lang)


@lru_cache(maxsize=8)
def _groups(same: _Same, lang: Lang, text: str) -> Mapping[tuple[int, int], Mapping[str, int]]:
    """As :meth:`_Index.groups`; topics and tags ask for the same texts, one right after the other."""
    return _index(same, lang).groups(text)


def _wordings(group: CueGroup, lang: Lang) -> tuple[str, ...]:
    """Wordings of a group that no other wording of it begins or holds, so that nothing is counted twice."""
    words = {_form(plain(word), lang) for word in (group.zh if lang == "zh" else group.en)}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def _shares(votes: Sequence[Sequence[Sequence[Cue]]]) -> list[float]:
    """Share of each topic, averaged over the votes, each trusted by how much it found."""
    totals = [0.0] * len(votes[0])
    trusted = 0.0
    for vote in votes:
        scores = [_score(cues) for cues in vote]
        enough = sum(scores) + _HALF_TRUST
        trusted += sum(scores) / enough
        totals = [total + score / enough for total, score in zip(totals, scores, strict=True)]
    return [total / trusted for total in totals] if trusted else totals

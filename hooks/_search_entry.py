"""What one article puts into the search index. It depends on the article and on the data files, on nothing else."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import _library  # noqa: F401 - makes bitext importable
from _search_terms import terms
from _site import Article, url

from bitext.model import Lang
from bitext.page import parts

LEVELS = 8
"""Steps of the weight of a term on a page."""
TITLE, TAG, HEADING = 6.0, 3.0, 2.0
"""What a word there counts; in the text it counts 1."""

_SATURATION, _SLOPE = 1.2, 0.6
"""k1 and b of BM25 (Robertson and Zaragoza, 2009), b a little lower for digests of much the same length."""
_LENGTH: Mapping[Lang, int] = {"zh": 1000, "en": 3600}
"""Characters of a usual page. It is not the mean of the site: then each new article would change the weights of all."""


@dataclass(frozen=True, slots=True)
class Levels:
    """How much each term says about an article, small: an archive holds millions of them in memory."""

    terms: str
    """With a blank between them."""
    steps: bytes
    """One for each term, 0 to ``LEVELS - 1``."""

    @classmethod
    def of(cls, steps: Mapping[str, int]) -> Levels:
        """From a mapping."""
        return cls(" ".join(steps), bytes(steps.values()))

    def items(self) -> dict[str, int]:
        """As a mapping.

        >>> Levels.of({"river": 7, "a": 0}).items()
        {'river': 7, 'a': 0}
        """
        return dict(zip(self.terms.split(), self.steps, strict=True))


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of an article by which it is found."""

    lang: Lang
    words: str
    headings: str = ""
    title: str = ""
    tags: str = ""

    def fields(self) -> tuple[tuple[str, float], ...]:
        """Those that are not empty, each with what a word there counts."""
        every = ((self.words, 1.0), (self.headings, HEADING), (self.title, TITLE), (self.tags, TAG))
        return tuple([field for field in every if field[0]])

    def pivot(self) -> float:
        """What a term has to count to have half of the weight that a term can have."""
        return _SATURATION * (1 - _SLOPE + _SLOPE * (len(self.words) / _LENGTH[self.lang]))


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the index."""

    path: str
    """Below the folder of its language: ``trade/a.md``."""
    page: str
    """JSON that a reader's browser fetches to show the article among the results: address, title, tags, passages."""
    said: Said


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Passage = tuple[str, str, bool]
"""Bead id, text, whether it is a heading. Before the first bead the id is empty: the top of the page."""


def entry(article: Article, tags: Collection[str]) -> Entry:
    """What an article is found by.

    :param tags: names of its tags in its language.
    """
    title, passages = article.front_matter.title, tuple(_passages(article))
    return Entry(article.path, _page(article, tags, passages), _said(article.lang, title, tags, passages))


def said_by(page: str, lang: Lang) -> Said:
    """The texts of an entry, from its page alone."""
    shown = json.loads(page)
    passages = tuple((bead, text, bool(heading)) for bead, text, *heading in shown["text"])
    return _said(lang, shown["title"], shown["tags"], passages)


def _said(lang: Lang, title: str, tags: Collection[str], passages: Sequence[Passage]) -> Said:
    words = "\n".join([text for _, text, heading in passages if not heading])
    headings = "\n".join([text for _, text, heading in passages if heading])
    return Said(lang, words, headings, title, "\n".join(tags))


def levels(said: Said, stop: Collection[str]) -> Levels:
    """How much each term says about an article: BM25 without its idf, which the browser knows with the postings.

    :param stop: words that are not looked for.
    """
    weights, pivot = terms(said.fields(), stop), said.pivot()
    level = {weight: int(LEVELS * weight / (weight + pivot)) for weight in set(weights.values())}
    return Levels(" ".join(weights), bytes(map(level.__getitem__, weights.values())))


def _passages(article: Article) -> Iterator[Passage]:
    """Beads of a body in order, each on one line; blocks without an id go on with the bead before them."""
    held: Passage | None = None
    for part in parts(article.body, article.lang):
        heading = part.kind.startswith("heading")
        if held and not held[2] and not heading and part.bead in ("", held[0]):
            held = (held[0], f"{held[1]} {part.text}", False)
            continue
        if held:
            yield held
        held = (part.bead or (held[0] if held else ""), part.text, heading)
    if held:
        yield held


def _page(article: Article, tags: Collection[str], passages: tuple[Passage, ...]) -> str:
    shown = {
        "url": url("zh", article.path),
        "title": article.front_matter.title,
        "tags": list(tags),
        "text": [[bead, text, 1] if heading else [bead, text] for bead, text, heading in passages],
    }
    return _json(shown)

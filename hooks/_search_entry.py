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
class Entry:
    """An article in the index."""

    path: str
    """Below the folder of its language: ``trade/a.md``."""
    page: str
    """JSON that a reader's browser fetches to show the article among the results: address, title, tags, passages."""
    levels: Levels


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Passage = tuple[str, str, bool]
"""Bead id, text, whether it is a heading. Before the first bead the id is empty: the top of the page."""


def entry(article: Article, tags: Collection[str], stop: Collection[str]) -> Entry:
    """What an article is found by.

    :param tags: names of its tags in its language.
    :param stop: words that are not looked for.
    """
    title, passages = article.front_matter.title, tuple(_passages(article))
    return Entry(article.path, _page(article, tags, passages), _levels(article.lang, title, tags, passages, stop))


def levels_of(page: str, lang: Lang, stop: Collection[str]) -> Levels:
    """The levels of an entry, from its page alone."""
    shown = json.loads(page)
    passages = tuple((bead, text, bool(heading)) for bead, text, *heading in shown["text"])
    return _levels(lang, shown["title"], shown["tags"], passages, stop)


def _levels(
    lang: Lang, title: str, tags: Collection[str], passages: Sequence[Passage], stop: Collection[str]
) -> Levels:
    words = "\n".join(text for _, text, heading in passages if not heading)
    headings = "\n".join(text for _, text, heading in passages if heading)
    fields = ((words, 1.0), (headings, HEADING), (title, TITLE), ("\n".join(tags), TAG))
    weights = terms([field for field in fields if field[0]], stop)
    return _steps(weights, len(words) / _LENGTH[lang])


def _steps(weights: Mapping[str, float], length: float) -> Levels:
    """Weight of each term: BM25 without its idf, which the browser knows when it has the postings.

    :param length: of the article, 1 for a usual one.
    """
    pivot = _SATURATION * (1 - _SLOPE + _SLOPE * length)
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

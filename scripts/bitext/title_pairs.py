"""What the dictionary says of the lines that could be the titles: which of them translate each other.

A page has more short lines above its text than its titles: names of sites, of columns, subtitles. The line that says in
the other language what a line says is worth more than one that merely stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bitext import script
from bitext.evidence import gather
from bitext.knowledge import Knowledge
from bitext.lexicon import Lexicon
from bitext.model import Block
from bitext.title_candidates import Candidate, pair_score
from bitext.title_shape import PAGE_TITLE_SIZE, could_be

Pair = tuple[Candidate | None, Candidate | None]
Shares = Mapping[tuple[int, int], float]
"""Share of the English words of a line that a Chinese one translates, by their indexes; 0 to 1."""

NO_SHARES: Shares = MappingProxyType({})
_WORD_SIZE = 2.2
"""Han characters a word that carries meaning, particles included."""
_TRANSLATED = 1.0
"""Less for two titles one of which has no word of the other, where another line has all of them."""
_ON_ONE_LINE = 0.5
"""Two titles on one line are as good as if one had half the words of the other."""
_SURE = 0.4
"""Two lines of which one translates this share of the words of the other say the same."""
_HALF, _FEWEST_WORDS, _LONGER = 0.5, 2, 1.4
"""Of the second line of a title the Chinese one translates this share of the words, and so many; both lines are at
most so many times as long as it."""


def translated(zh: Sequence[Candidate], en: Sequence[Candidate], lexicon: Lexicon, knowledge: Knowledge) -> Shares:
    """Shares of all pairs of candidates, those on one line as good as translated; nothing where there is no choice."""
    if not zh or not en or len(zh) * len(en) == 1:
        return NO_SHARES
    texts = [[one.block.text for one in side] for side in (zh, en)]
    shares = _shares(texts[0], texts[1], lexicon, knowledge)
    return {
        (one.index, other.index): max(shares[i][j], _ON_ONE_LINE * (one.block.line == other.block.line))
        for i, one in enumerate(zh)
        for j, other in enumerate(en)
    }


def _shares(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon, knowledge: Knowledge) -> list[list[float]]:
    """Share of the words of each English text that each Chinese one translates: ``[i][j]`` for Chinese i, English j.

    Where the Chinese has more words, it is a share of these: a name of two words is no translation of a long title.
    """
    counts = [len(set(lexicon.stems(text))) for text in en]
    return [
        [min(1.0, one / max(count, script.size(text) / _WORD_SIZE)) for one, count in zip(row, counts, strict=True)]
        for text, row in zip(zh, _held(zh, en, lexicon, knowledge), strict=True)
    ]


def _held(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon, knowledge: Knowledge) -> list[list[int]]:
    """How many words of each English text each Chinese one translates: ``[i][j]`` for Chinese i, English j."""
    evidence = gather(zh, en, lexicon, knowledge)
    return [[sum(hit >> i & 1 for _, hit in found) for found in evidence.en_found] for i in range(len(zh))]


def score(pair: Pair, shares: Shares) -> float:
    """How well a title of each language, or of one alone, would serve; above 0 if better than none at all.

    Two lines are the less likely both titles, the better another line translates one of them.
    """
    zh, en = pair
    if zh is None or en is None or not shares:
        return pair_score(pair)
    mine = shares[zh.index, en.index]
    rivals = (share for (i, j), share in shares.items() if i == zh.index or j == en.index)
    return pair_score(pair) - _TRANSLATED * (max(rivals) - mine)


def topmost(best: Pair, zh: Sequence[Candidate], en: Sequence[Candidate], shares: Shares) -> Pair:
    """The pair right above the best one, if both are translations of their like: below a title stands its subtitle.

    The words of a column are shorter than a title.
    """
    if best[0] is None or best[1] is None or shares.get((best[0].index, best[1].index), 0.0) < _SURE:
        return best
    top = min(best[0].index, best[1].index)
    for one in zh:
        for other in en:
            beside = {one.index, other.index} == {top - 1, top - 2} and one.block.line != other.block.line
            long = min(script.size(one.block.text), script.size(other.block.text)) >= PAGE_TITLE_SIZE
            if beside and long and shares.get((one.index, other.index), 0.0) >= _SURE:
                return one, other
    return best


def second_half(blocks: Sequence[Block], zh: int, en: int, lexicon: Lexicon, knowledge: Knowledge) -> int:
    """Index of the line below the English title that the Chinese one translates too: its second half; -1 for none.

    :param zh: index of the Chinese title.
    :param en: that of the English one.
    """
    title, first = blocks[zh], blocks[en]
    below = blocks[en + 1] if en + 1 < len(blocks) else first
    if below.lang != "en" or below.line != first.line + 1 or first.part or below.part or not could_be(below):
        return -1
    if script.size(first.text) + script.size(below.text) > _LONGER * script.size(title.text):
        return -1  # the first line is as long as the Chinese title: what stands below says more
    held = _held([title.text], [below.text], lexicon, knowledge)[0][0]
    return en + 1 if held >= max(_FEWEST_WORDS, _HALF * len(set(lexicon.stems(below.text)))) else -1

"""How likely a bead is wrong: the aligner's own probability, corrected by what that probability cannot see.

The lattice takes its signs for independent and its texts for translations, so it is too sure of a stranger in the place
of a missing translation; and it knows nothing of what lines without a translation are like. Two logistic regressions
mend that, one for beads of both languages, one for beads of one. They were fitted on 34 792 beads that the converter
makes of the labelled texts, of real pages that are not kept (all these with twice the weight) and of perturbed copies
(seeds 100 and 101), 1.8 % of them wrong; their weights stand below. Cross-validated by text, the eighth of the beads
with the most doubt holds 81 % of the wrong ones of copies (81 % before) and 65 % of those of pages (37 %); the others
are mostly lines that were read wrongly before they came. Boosted trees with 40 signs of a bead, its rivals and its
neighbours, on 114 768 beads (seeds 100 to 107), find 70 % of the wrong ones of copies of our own texts in the most
doubtful twentieth, these regressions 63 %; on copies of real texts the regressions are ahead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# Logistic regressions of scikit-learn 1.9 with its standard L2 penalty, on features as computed here: of a pair …
_INTERCEPT = -0.444
_REST = 0.547
_WORDS = -0.337
_MERGED = 1.167
_RATIO = 1.974
_TINY = -4.134
# … and of a bead of one language.
_ALONE = -1.977
_ALONE_REST = 0.213
_SMALL = -0.548
_ODD = 1.301
_LEAST = 1e-4
"""What is left to all other ways through the lattice is not taken for less."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a bead."""

    probability: float
    """Of the lattice, 0 to 1."""
    words: float = 0.0
    """Score of the shared words, in nats (:mod:`bitext.scores`); 0 for an empty side."""
    zh_size: float = 0.0
    en_size: float = 0.0
    """Sizes of the sides in Han characters or their equal; 0 for an empty side."""
    merged: bool = False
    """More than one unit on a side."""
    small: bool = False
    """Of one language: a title, a label, a caption or the name of who speaks, which often lack a translation."""
    odd: bool = False
    """Of one language: a short line above or below the running text, where nearly all others have their translation;
    it may be furniture, or a part of its neighbour."""


def doubt(signs: Signs) -> float:
    """Probability that a bead is wrong, 0 to 1.

    >>> round(doubt(Signs(0.9999, 6.0, 60, 55)), 2), round(doubt(Signs(0.6, -0.5, 60, 20)), 2)
    (0.0, 0.77)
    >>> round(doubt(Signs(0.99, small=True)), 2), round(doubt(Signs(0.99, odd=True)), 2)
    (0.03, 0.16)
    """
    rest = math.log(max(1 - signs.probability, _LEAST))
    if signs.zh_size and signs.en_size:
        ratio = abs(math.log(signs.en_size / signs.zh_size))
        tiny = 1 / max(1.0, min(signs.zh_size, signs.en_size))
        score = _INTERCEPT + _REST * rest + _WORDS * signs.words + _MERGED * signs.merged
        score += _RATIO * ratio + _TINY * tiny
    else:
        score = _ALONE + _ALONE_REST * rest + _SMALL * signs.small + _ODD * signs.odd
    return 1 / (1 + math.exp(-score))

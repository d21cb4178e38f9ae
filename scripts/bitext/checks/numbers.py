"""Both sides of a bead state the same quantities: numbers by value, percentages, sums of money, dates and years."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.comparison import differences
from bitext.checks.known import Known
from bitext.checks.pages import Copy, Pair
from bitext.checks.passages import Difference
from bitext.model import Finding

CHECK = "numbers"
STEP = "If it is meant, accept it in data/accepted.yml with the reason."


def check(pair: Pair, known: Known) -> Iterator[Finding]:
    """The two sides of a bead state the same quantities, dates and years, however each language writes them."""
    if pair.both:
        for difference in differences(pair.beads(), known.words, pair.year):
            yield told(difference, *pair.both, CHECK)


def told(difference: Difference, zh: Copy, en: Copy, check: str) -> Finding:
    """A difference as a finding of the English page."""
    both = difference.both
    step = f"Compare {zh.path}:{both.zh.line(difference.zh_at)}. {STEP}"
    line = both.en.line(difference.en_at)
    return en.at(line, check, f"{difference.found} ({both.bead})", difference.expected, step, difference.severity)

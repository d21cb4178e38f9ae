"""The text of a document as libraries of documents print it below its pictures: in numbered pieces of one size.

Each piece begins with its number and breaks off where it is full, most often amid a word: the number is none of the
text, and what follows it goes on with the piece above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext import script

_NUMBER = re.compile("\\s*(\\d{1,3})\u3001\\s*(?=\\S)")
_FEWEST = 3
_SHORTEST = 20.0
"""Size of a piece, the last one apart; pieces have some hundreds of characters."""
_BROKEN = 0.4
"""So much of the breaks is amid an English sentence, as no entry of a list ends and begins."""


def numbers(lines: Sequence[str]) -> dict[int, int]:
    """Where the text of each piece begins on its line, by the number of the line; empty if a text has no such pieces.

    >>> text = "The ferry leaves at six and comes back when it is full, which takes an hour. The rest is at the pi"
    >>> lines = (f"1、{text}", "", f"2、er. {text}", f"3、er. {text}er.")
    >>> numbers(lines), numbers(lines[:3])
    ({1: 2, 3: 2, 4: 2}, {})
    """
    shown = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    found: list[tuple[int, str, int]] = []
    for number, line in shown:
        match = _NUMBER.match(line)
        if match and int(match[1]) == len(found) + 1:
            found.append((number, line, match.end()))
        elif found:
            break
    long = [script.size(line) >= _SHORTEST for _, line, _ in found[:-1]]
    breaks = [_is_amid(before, below[start:]) for (_, before, _), (_, below, start) in pairwise(found)]
    if len(found) < _FEWEST or not all(long) or sum(breaks) < _BROKEN * len(breaks):
        return {}
    return {number: start for number, _, start in found}


def _is_amid(line: str, below: str) -> bool:
    """Whether English breaks off at the end of a line, and goes on below with a small letter."""
    last = line.rstrip()[-1]
    return last.isascii() and (last.isalnum() or last == ",") and below[0].isascii() and below[0].islower()

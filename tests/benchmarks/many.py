"""Archives of any size to measure on: sources and pages whose every paragraph is a text of its own.

Beads of the project's own labelled texts in a random row, each with a number that no other has: nothing that is
remembered by its text helps with the next.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.benchmarks.texts import numbered, single
from tests.gold import corpus
from tests.gold.perturb import Pair, pairs

from bitext.model import LANGS, FrontMatter, Page, Part
from bitext.page import render

SOURCE = 6_000
"""Bytes of a source."""
TOPICS = ("security", "trade", "connectivity", "culture")
_RECORD = "\u6cbf\u6c5f\u89c1\u95fb\u8bb0\u5f55"
"""The words of the English titles."""
_FIRST = datetime.date(2016, 3, 23)


@cache
def _beads() -> tuple[Pair, ...]:
    found = (bead for case in corpus.own() for bead in pairs(case.source.lines, case.gold))
    return tuple(bead for bead in found if all(single(side) and side[0].role == "paragraph" for side in bead))


def _row(number: int, seed: int, size: int) -> list[tuple[str, str]]:
    """Paragraphs of one text in both languages, until it has so many bytes."""
    rng = random.Random(f"{seed} {number}")
    found: list[tuple[str, str]] = []
    while sum(len(text.encode()) for row in found for text in row) < size:
        (zh,), (en,) = numbered(rng.choice(_beads()), number * 100 + len(found))
        found.append((zh.text, en.text))
    return found


def _date(number: int) -> datetime.date:
    return _FIRST + datetime.timedelta(days=number % 3_600)


def sources(folder: Path, number: int, seed: int = 0) -> int:
    """Write so many sources of about 6 KB, every other one in blocks; the bytes of all of them.

    The same number and seed give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return sum(_written(folder / f"text-{at:06}.txt", _source(at, seed)) for at in range(number))


def _source(number: int, seed: int) -> str:
    row = _row(number, seed, SOURCE - 100)
    zh, en, day = f"{_RECORD}{number}", f"Record {number}: Along the River", _date(number).isoformat()
    if number % 2:
        return "\n".join([zh, en, day, *(text for pair in row for text in pair), ""])
    return "\n".join([zh, day, *(text for text, _ in row), en, *(text for _, text in row), ""])


def docs(folder: Path, number: int, seed: int = 0) -> int:
    """Write so many pairs of pages, their beads numbered; the bytes of all of them."""
    return sum(_written(folder / name, text) for at in range(number) for name, text in _pages(at, seed))


def _pages(number: int, seed: int) -> Iterator[tuple[str, str]]:
    row = _row(number, seed, SOURCE - 500)
    topic = TOPICS[number % len(TOPICS)]
    for side, lang in enumerate(LANGS):
        front = FrontMatter(f"{number}", (topic,), f"text-{number:06}", date=_date(number).isoformat())
        parts = tuple(Part("paragraph", pair[side], f"p{at}") for at, pair in enumerate(row, 1))
        short = f"{topic}/{_date(number).isoformat()}-record-{number}.md"
        yield f"{lang}/{short}", render(Page(lang, short, front, parts))


def _written(path: Path, text: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(text.encode())

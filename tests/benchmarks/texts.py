"""Texts to measure speed on, made from the project's own sources and, where they are at hand, the shared seeds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.gold import corpus
from tests.gold.perturb import Pair, labelled, pairs

from bitext import read
from bitext.model import SourceText

LARGE = "003_f1e44591df7b45bd"
"""The seed that is a roundup of 96 KB."""

DOCUMENT = 5_000
"""A document is made of sources until it has so many bytes; it then has 6 KB on average."""


def source(text: str, name: str) -> SourceText:
    """A text as if it had been read from a file."""
    return read.source_text(text.encode(), Path(f"{name}.txt"))


def own() -> list[str]:
    """The project's sources."""
    return [path.read_text("utf-8") for path in sorted((corpus.ROOT / "sources").glob("*.txt"))]


def large() -> tuple[str, SourceText]:
    """What it is, and the largest text at hand: the large seed, else all own sources in a row."""
    path = corpus.SHARED / "seeds" / f"{LARGE}.txt"
    if path.is_file():
        return "the seed of 96 KB", source(path.read_text("utf-8"), LARGE)
    return "all own sources in a row", source("\n".join(own()), "own")


def documents() -> list[SourceText]:
    """Own sources, joined to documents of about 6 KB."""
    return [source(text, f"document-{number}") for number, text in enumerate(_joined())]


def _joined() -> Iterator[str]:
    found = ""
    for text in own():
        found += text + "\n"
        if len(found.encode()) >= DOCUMENT:
            yield found
            found = ""


def paragraphs(number: int, seed: int = 0) -> SourceText:
    """A text of so many beads in blocks: beads of the own cases in a random row, each with a number of its own."""
    beads = [bead for case in corpus.own() for bead in pairs(case.source.lines, case.gold) if all(map(single, bead))]
    rng = random.Random(seed)
    row = [numbered(rng.choice(beads), rng.randrange(10_000)) for _ in range(number)]
    return labelled(row, f"{number}-paragraphs", interleaved=False)[0]


def single(side: tuple[object, ...]) -> bool:
    """Whether a side of a bead is one paragraph."""
    return len(side) == 1


def numbered(bead: Pair, number: int) -> Pair:
    """A bead of one paragraph a side, with a number that both end in."""
    zh, en = ((replace(piece, text=f"{piece.text} {number}"),) for (piece,) in bead)
    return zh, en

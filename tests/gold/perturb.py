"""Perturbed copies of labelled texts: some paragraphs deleted, merged or split, in blocks or interleaved.

A text becomes a row of beads of plain paragraphs; the operations change paragraphs and keep the beads true. Each
strikes a share of the beads, as near as whole beads allow, on a side that is drawn for each. The same seed gives the
same copy. Tuning uses seeds from 100 on, reports use 0 to 4: nothing is reported on what it was tuned on.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bitext.knowledge import Knowledge
from bitext.model import CONTENT_ROLES, Block, BlockLang, Role, SourceText
from bitext.role_rules import by_words


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the beads, 0 to 1, that lose a paragraph, are merged with the next bead, have a paragraph split."""

    deleted: float = 0.0
    merged: float = 0.0
    split: float = 0.0


SERIES: dict[str, Shares] = {
    "clean": Shares(),
    "5 % deleted": Shares(deleted=0.05),
    "10 % deleted": Shares(deleted=0.10),
    "20 % deleted": Shares(deleted=0.20),
    "30 % deleted": Shares(deleted=0.30),
    "10 % merged": Shares(merged=0.10),
    "20 % split": Shares(split=0.20),
    "all": Shares(deleted=0.10, merged=0.10, split=0.20),
}
"""The copies that are measured."""

REPORTED = range(5)
"""Seeds of reported figures; tuning keeps to 100 and more."""

_LARGEST = 3
"""Merging and splitting leave at most so many paragraphs on a side: larger beads are not made by people."""

_GLUE = ("", " ")
"""What stands between two sentences of a Chinese and of an English paragraph."""

_CLOSER = "\u201d\u2019\u300d\u300f\uff09"
_SENTENCE = re.compile(
    f"(?:(?<=[\u3002\uff01\uff1f])|(?<=[\u3002\uff01\uff1f][{_CLOSER}]))(?![{_CLOSER}\uff0c\u3001\uff1b\uff1a])(?=.)"
    "|(?<=[a-z][.!?]) (?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of one side of a bead."""

    text: str
    role: Role
    seams: tuple[int, ...] = ()
    """Offsets where paragraphs of different beads were glued."""
    whole: bool = True
    """Whether it translates one paragraph, as labelled, and not one of several or several at once."""


Side = tuple[Piece, ...]
Pair = tuple[Side, Side]
"""A bead: its Chinese and its English paragraphs."""


# ------------------------------------------------------------------ from a labelled text
def pairs(lines: Sequence[str], gold: dict[str, Any]) -> list[Pair]:
    """Beads of a labelled text, in text order; the lines of a hard-wrapped paragraph are joined."""
    pieces = dict(_pieces(lines, gold))
    wrapped = "hard_wrapped" in gold.get("tags", ())
    found = []
    for bead in gold["beads"]:
        zh, en = (tuple(pieces[unit] for unit in bead[side] if unit in pieces) for side in ("zh", "en"))
        if zh or en:
            found.append(_known((_joined(zh, 0), _joined(en, 1)) if wrapped else (zh, en)))
    return found


def _known(bead: Pair) -> Pair:
    """A bead whose pieces know whether they are all of their side."""
    whole = all(len(side) <= 1 for side in bead)
    zh, en = (tuple(replace(piece, whole=whole) for piece in side) for side in bead)
    return zh, en


def _pieces(lines: Sequence[str], gold: dict[str, Any]) -> Iterator[tuple[str, Piece]]:
    for line in gold["lines"]:
        text = lines[line["n"] - 1]
        if line["role"] in CONTENT_ROLES:
            yield str(line["n"]), Piece(text.strip(), line["role"])
        for segment in line.get("segments", ()):
            role = segment.get("role", line["role"])
            if role in CONTENT_ROLES:
                yield segment["id"], Piece(text[segment["start"] : segment["end"]], role)


def _joined(pieces: Side, side: int) -> Side:
    return (replace(pieces[0], text=_GLUE[side].join(piece.text for piece in pieces)),) if pieces else ()


# ------------------------------------------------------------------ the operations
def perturb(beads: Sequence[Pair], series: str, seed: int) -> list[Pair]:
    """A perturbed copy of a row of beads.

    :param series: a key of :data:`SERIES`.
    """
    shares, rng = SERIES[series], random.Random(f"{series} {seed}")
    return list(_alone(_split(_merge(_delete(beads, shares.deleted, rng), shares.merged, rng), shares.split, rng)))


def _alone(beads: Iterable[Pair]) -> Iterator[Pair]:
    """The beads, a paragraph without counterpart in one of its own, as labels have it."""
    for zh, en in beads:
        if zh and en:
            yield zh, en
        else:
            yield from [((piece,), ()) for piece in zh] + [((), (piece,)) for piece in en]


def _struck(able: Sequence[int], of: int, share: float, rng: random.Random) -> frozenset[int]:
    """So many of the indexes as make a share of a number of beads; the fraction of a bead is left to chance."""
    number = int(share * of + rng.random()) if share else 0
    return frozenset(rng.sample(able, min(number, len(able))))


def _delete(beads: Sequence[Pair], share: float, rng: random.Random) -> list[Pair]:
    """Drop a paragraph of one side of the beads that are struck; a bead of which nothing is left is gone."""
    struck = _struck(range(len(beads)), len(beads), share, rng)
    found = []
    for index, (zh, en) in enumerate(beads):
        side = rng.randrange(2) if index in struck else -1
        found.append((_without_one(zh, rng) if side == 0 else zh, _without_one(en, rng) if side == 1 else en))
    return [bead for bead in found if any(bead)]


def _without_one(side: Side, rng: random.Random) -> Side:
    gone = rng.randrange(len(side)) if side else 0
    return side[:gone] + side[gone + 1 :]


def _merge(beads: Sequence[Pair], share: float, rng: random.Random) -> list[Pair]:
    """Glue the last paragraph of a bead that is struck to the first of the next, on one side: they become one."""
    able = [index for index in range(len(beads) - 1) if _mergeable(beads[index], beads[index + 1])]
    struck = _struck(able, len(beads), share, rng)
    found: list[Pair] = []
    for index, bead in enumerate(beads):
        if index - 1 in struck and found and _mergeable(found[-1], bead):
            found[-1] = _glued(found[-1], bead, rng.randrange(2))
        else:
            found.append(bead)
    return found


def _mergeable(one: Pair, two: Pair) -> bool:
    """Whether both beads have running text on both sides, and together make no larger bead than people do."""
    running = all(side and all(piece.role == "paragraph" for piece in side) for side in (*one, *two))
    return running and all(len(a) + len(b) <= _LARGEST for a, b in zip(one, two, strict=True))


def _glued(one: Pair, two: Pair, side: int) -> Pair:
    glued = (*one[side][:-1], _joint(one[side][-1], two[side][0], _GLUE[side]), *two[side][1:])
    other = one[1 - side] + two[1 - side]
    return (glued, other) if side == 0 else (other, glued)


def _joint(before: Piece, after: Piece, glue: str) -> Piece:
    seams = (*before.seams, len(before.text), *(len(before.text) + len(glue) + seam for seam in after.seams))
    return replace(before, text=glue.join((before.text, after.text)), seams=seams, whole=before.whole and after.whole)


def _split(beads: Sequence[Pair], share: float, rng: random.Random) -> list[Pair]:
    """Cut a paragraph of the beads that are struck in two, after one of its sentences."""
    able = [index for index, bead in enumerate(beads) if any(map(_splittable, bead))]
    struck = _struck(able, len(beads), share, rng)
    return [_cut(bead, rng) if index in struck else bead for index, bead in enumerate(beads)]


def _splittable(side: Side) -> bool:
    return len(side) < _LARGEST and any(_places(piece) for piece in side)


def _places(piece: Piece) -> list[int]:
    """Offsets between the sentences of a paragraph; a cut at a seam would give back the two beads that were glued.

    So might a cut of a paragraph that translates several: nobody has labelled which of its sentences translate which.
    """
    found = _SENTENCE.finditer(piece.text) if piece.role == "paragraph" and piece.whole else ()
    return [match.start() for match in found if match.start() not in piece.seams]


def _cut(bead: Pair, rng: random.Random) -> Pair:
    side = rng.choice([number for number in (0, 1) if _splittable(bead[number])])
    index = rng.choice([number for number, piece in enumerate(bead[side]) if _places(piece)])
    piece = bead[side][index]
    at = rng.choice(_places(piece))
    halves = (replace(piece, text=piece.text[:at].strip()), replace(piece, text=piece.text[at:].strip()))
    cut = bead[side][:index] + halves + bead[side][index + 1 :]
    return (cut, bead[1]) if side == 0 else (bead[0], cut)


# ------------------------------------------------------------------ to a text again
@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the copy."""

    bead: int
    side: int
    piece: Piece

    @property
    def lang(self) -> BlockLang:
        return "en" if self.side else "zh"


def _rows(beads: Sequence[Pair], *, interleaved: bool) -> list[_Row]:
    rows = [_Row(n, side, piece) for n, bead in enumerate(beads) for side in (0, 1) for piece in bead[side]]
    return rows if interleaved else sorted(rows, key=lambda row: row.side)


def labelled(beads: Sequence[Pair], name: str, *, interleaved: bool) -> tuple[SourceText, dict[str, Any]]:
    """A row of beads as a source of one paragraph a line, with its labels: lines and beads, nothing of the document."""
    rows = _rows(beads, interleaved=interleaved)
    lines = tuple(row.piece.text for row in rows)
    source = SourceText(name, Path(f"{name}.txt"), "\n".join(lines), lines, "utf-8", "")
    labels = [{"n": n, "role": row.piece.role, "lang": row.lang} for n, row in enumerate(rows, start=1)]
    made = [{"zh": _ids(rows, n, 0), "en": _ids(rows, n, 1)} for n in range(len(beads))]
    return source, {"id": name, "lines": labels, "beads": made}


def _ids(rows: Sequence[_Row], bead: int, side: int) -> list[str]:
    return [str(line) for line, row in enumerate(rows, start=1) if (row.bead, row.side) == (bead, side)]


def blocks(
    beads: Sequence[Pair], knowledge: Knowledge, *, interleaved: bool
) -> tuple[tuple[Block, ...], set[tuple[frozenset[str], frozenset[str]]]]:
    """A row of beads as blocks with their true roles, and its two-sided beads as ids: the aligner alone, for tuning."""
    rows = _rows(beads, interleaved=interleaved)
    found = []
    for line, row in enumerate(rows, start=1):
        block = Block(line, 0, 0, len(row.piece.text), row.piece.text, row.lang)
        named = by_words(block, knowledge.roles)
        found.append(replace(named, role=row.piece.role, sure=named.sure and named.role == row.piece.role))
    keys = {(frozenset(_ids(rows, n, 0)), frozenset(_ids(rows, n, 1))) for n in range(len(beads))}
    return tuple(found), {key for key in keys if all(key)}


def copies(cases: Sequence[tuple[Sequence[str], dict[str, Any]]], series: str, seed: int) -> Iterator[list[Pair]]:
    """A perturbed copy of each case, given as the lines of its text and its labels."""
    for lines, gold in cases:
        yield perturb(pairs(lines, gold), series, seed)

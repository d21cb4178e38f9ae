"""Predictions against labels: how much of a text was understood.

The labels are the JSON files of ``tests/gold/cases``; a prediction is one record of ``convert.py --explain --json``,
which has the same keys. README.md says what each measure means. A score is a sum over lines, pieces, beads and texts:
scores of several texts add up (micro-average).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from bitext.script import HAN

Record = Mapping[str, Any]
"""Labels or a prediction of one text, or a part of it."""

Key = tuple[frozenset[str], frozenset[str]]
"""A bead: ids of its Chinese and of its English units."""

PLAY = 2
"""Characters by which the end of a piece may be off: a quote and a blank."""

SAME_PIECE = 0.5
"""Two pieces are one if they share at least this part of the stretch that they cover together."""

_QUOTES = {ord(mark): '"' for mark in "\u201c\u201d\u201e\u300c\u300d\u300e\u300f\u300a\u300b"}
_QUOTES |= {ord(mark): "'" for mark in "\u2018\u2019\u02bc`"}
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u30fc-]+")
_BESIDE_HAN = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")


# ------------------------------------------------------------------ sums
@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things are right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        """Share of the right ones, 0 to 1; ``None`` of nothing."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Found:
    """What was said against what is to be found; what counts as right may differ between the two (lax beads)."""

    right: int = 0
    said: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def precision(self) -> float | None:
        """Share of what was said that is right; ``None`` if nothing was said."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Share of what is to be found that was found; ``None`` if there is nothing."""
        return self.found / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; ``None`` where nothing was to be found and nothing said."""
        if not self.said and not self.wanted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to a question that a text may leave open."""

    right: int = 0
    silent: int = 0
    """Rightly left empty."""
    wrong: int = 0
    """Another value than the one that the text gives."""
    missed: int = 0
    """Left empty although the text gives it."""
    invented: int = 0
    """A value, where the text gives none, that cannot be concluded from it."""

    def __add__(self, other: Answers) -> Answers:
        return Answers(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def of(self) -> int:
        """Number of texts that were asked."""
        return self.right + self.silent + self.wrong + self.missed + self.invented

    @property
    def acceptable(self) -> float | None:
        """Share of right answers, silence where it is right among them."""
        return (self.right + self.silent) / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Reviews:
    """Whether the beads that ask for a person's look are the wrong ones."""

    beads: int = 0
    wrong: int = 0
    marked: int = 0
    wrong_marked: int = 0

    def __add__(self, other: Reviews) -> Reviews:
        return Reviews(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


STEPS = 10
"""Steps of confidence, from 0 to 1, in which beads are counted."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """Beads, and the wrong ones among them, by the confidence that the converter states."""

    beads: tuple[int, ...] = (0,) * STEPS
    wrong: tuple[int, ...] = (0,) * STEPS

    def __add__(self, other: Confidence) -> Confidence:
        beads = (a + b for a, b in zip(self.beads, other.beads, strict=True))
        return Confidence(tuple(beads), tuple(a + b for a, b in zip(self.wrong, other.wrong, strict=True)))


@dataclass(frozen=True, slots=True)
class Score:
    """All measures of one text, or their sum over several."""

    lang: Share = field(default_factory=Share)
    lang_both: Share = field(default_factory=Share)
    split: Share = field(default_factory=Share)
    role: Share = field(default_factory=Share)
    role_allowed: Share = field(default_factory=Share)
    chrome: Found = field(default_factory=Found)
    bead: Found = field(default_factory=Found)
    bead_all: Found = field(default_factory=Found)
    bead_lax: Found = field(default_factory=Found)
    title_zh: Share = field(default_factory=Share)
    title_en: Share = field(default_factory=Share)
    date: Answers = field(default_factory=Answers)
    source: Answers = field(default_factory=Answers)
    topic: Share = field(default_factory=Share)
    topic_allowed: Share = field(default_factory=Share)
    section: Found = field(default_factory=Found)
    section_topic: Share = field(default_factory=Share)
    reviews: Reviews = field(default_factory=Reviews)
    confidence: Confidence = field(default_factory=Confidence)

    def __add__(self, other: Score) -> Score:
        return Score(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


def score(gold: Record, predicted: Record) -> Score:
    """Score of one text.

    :param gold: its labels; without ``document`` only lines and beads are scored.
    :param predicted: what the converter says; whatever is missing counts as not found.
    """
    lines = {line["n"]: line for line in gold["lines"]}
    guesses = {line["n"]: line for line in predicted.get("lines", ())}
    want, have, marked = _keys(gold, lines, lines), _keys(predicted, lines, guesses), _marked(predicted, lines, guesses)
    want = _with_alternatives(want, have, gold.get("bead_alternatives", ()))
    return Score(
        **_line_shares(lines, guesses),
        chrome=_chrome(lines, guesses),
        bead=beads_found(want, have),
        bead_all=_same(want, have),
        bead_lax=_touching(want, have),
        reviews=Reviews(len(have), len(have - want), len(marked), len(marked - want)),
        confidence=_confidence(predicted, want, lines, guesses),
        **(_document(gold["document"], predicted.get("document") or {}) if "document" in gold else {}),
    )


# ------------------------------------------------------------------ lines
def _line_shares(lines: Mapping[int, Record], guesses: Mapping[int, Record]) -> dict[str, Any]:
    total = {name: Share() for name in ("lang", "lang_both", "split", "role", "role_allowed")}
    for number, line in lines.items():
        guess = guesses.get(number, {})
        good = guess.get("lang") in (line["lang"], *line.get("lang_alt", ()))
        strict = guess.get("role") == line["role"]
        total["lang"] += _one(good)
        total["role"] += _one(strict)
        total["role_allowed"] += _one(strict or guess.get("role") in line.get("role_alt", ()))
        if line["lang"] == "both":
            total["lang_both"] += _one(good)
            total["split"] += _split(line, guess)
    return total


def _one(right: bool) -> Share:
    return Share(int(right), 1)


def _split(line: Record, guess: Record) -> Share:
    """Pieces of a line of two languages whose ends were found."""
    wanted = [piece for piece in _pieces(line) if piece["lang"] in ("zh", "en")]
    found = sum(any(_same_ends(piece, mine) for mine in guess.get("segments", ())) for piece in wanted)
    return Share(found, len(wanted))


def _pieces(line: Record) -> list[Record]:
    """Pieces of a line that are not chrome."""
    return [piece for piece in line.get("segments", ()) if piece.get("role", line["role"]) != "chrome"]


def _same_ends(one: Record, other: Record) -> bool:
    return one["lang"] == other["lang"] and all(abs(one[end] - other[end]) <= PLAY for end in ("start", "end"))


def _chrome(lines: Mapping[int, Record], guesses: Mapping[int, Record]) -> Found:
    """Lines marked as chrome; a line that may be chrome or not counts neither way when it is taken for the other."""
    total = Found()
    for number, line in lines.items():
        role, guess = line["role"], guesses.get(number, {}).get("role")
        allowed = {role, *line.get("role_alt", ())}
        is_chrome, says_chrome = role == "chrome", guess == "chrome"
        if is_chrome != says_chrome and guess in allowed:
            continue
        both = int(is_chrome and says_chrome)
        total += Found(both, int(says_chrome), both, int(is_chrome))
    return total


# ------------------------------------------------------------------ beads
def _keys(record: Record, lines: Mapping[int, Record], pieces: Mapping[int, Record]) -> set[Key]:
    """Beads in the names of the labels, without the lines that are not scored.

    :param pieces: lines, by number, whose pieces the beads of the record name.
    """
    found = (_key(bead, lines, pieces) for bead in record.get("beads", ()))
    return {key for key in found if any(key)}


def _marked(record: Record, lines: Mapping[int, Record], guesses: Mapping[int, Record]) -> set[Key]:
    found = (_key(bead, lines, guesses) for bead in record.get("beads", ()) if bead.get("review"))
    return {key for key in found if any(key)}


def _confidence(
    predicted: Record, want: set[Key], lines: Mapping[int, Record], guesses: Mapping[int, Record]
) -> Confidence:
    """Beads by confidence: the cost that a record gives is the negative logarithm of a probability."""
    beads, wrong = [0] * STEPS, [0] * STEPS
    for bead in predicted.get("beads", ()):
        key = _key(bead, lines, guesses)
        step = min(int(math.exp(-bead.get("cost", 0.0)) * STEPS), STEPS - 1)
        beads[step] += any(key)
        wrong[step] += any(key) and key not in want
    return Confidence(tuple(beads), tuple(wrong))


def _key(bead: Record, lines: Mapping[int, Record], pieces: Mapping[int, Record]) -> Key:
    def side(name: str) -> frozenset[str]:
        units = (str(unit) for unit in bead.get(name, ()))
        return frozenset(unit_name(unit, lines, pieces) for unit in units if not _ignored(unit, lines))

    return side("zh"), side("en")


def _ignored(unit: str, lines: Mapping[int, Record]) -> bool:
    return bool(lines.get(int(unit.partition(".")[0]), {}).get("bead_ignore"))


def unit_name(unit: str, lines: Mapping[int, Record], guesses: Mapping[int, Record]) -> str:
    """Name that the labels give to a predicted unit; with a question mark before it if it is none of theirs.

    :param unit: ``"12"`` for a line, ``"12.1"`` for its first piece.
    :param lines: labelled lines by number.
    :param guesses: predicted lines by number.
    """
    number = int(unit.partition(".")[0])
    line = lines.get(number)
    if line is None:
        return f"?{unit}"
    pieces = line.get("segments", ())
    if not pieces:
        return str(number)
    mine = next((piece for piece in guesses.get(number, {}).get("segments", ()) if piece["id"] == unit), None)
    if mine is None:  # the line was not cut: it stands for its only piece
        content = _pieces(line)
        return str(content[0]["id"]) if len(content) == 1 else f"?{unit}"
    best = max(pieces, key=lambda piece: _shared(piece, mine))
    return str(best["id"]) if _shared(best, mine) >= SAME_PIECE else f"?{unit}"


def _shared(one: Record, other: Record) -> float:
    """Part of the stretch covered by two pieces together that both cover."""
    both = min(one["end"], other["end"]) - max(one["start"], other["start"])
    either = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(both, 0) / either if either else 0.0


def _with_alternatives(want: set[Key], have: set[Key], choices: Sequence[Record]) -> set[Key]:
    """The labelled beads, with another right answer in place of the first where that other was given."""
    for choice in choices:
        first = keys(choice["instead_of"])
        if first <= want and not first <= have:
            given = next((other for other in map(keys, choice["accept"]) if other <= have), first)
            want = want - first | given
    return want


def keys(beads: Sequence[Record]) -> set[Key]:
    """Beads as labels write them, as keys."""
    return {(frozenset(bead["zh"]), frozenset(bead["en"])) for bead in beads}


def beads_found(want: set[Key], have: set[Key]) -> Found:
    """Beads with both sides that are exactly as labelled (the strict measure)."""
    return _same({key for key in want if all(key)}, {key for key in have if all(key)})


def _same(want: set[Key], have: set[Key]) -> Found:
    both = len(want & have)
    return Found(both, len(have), both, len(want))


def _touching(want: set[Key], have: set[Key]) -> Found:
    """Beads with both sides that share a unit on either side with one of the other set (Vecalign's lax measure)."""
    want, have = ({key for key in side if all(key)} for side in (want, have))
    hits = sum(_touches(key, want) for key in have), sum(_touches(key, have) for key in want)
    return Found(hits[0], len(have), hits[1], len(want))


def _touches(key: Key, others: set[Key]) -> bool:
    return any(key[0] & zh and key[1] & en for zh, en in others)


# ------------------------------------------------------------------ the text as a whole
def _document(gold: Record, said: Record) -> dict[str, Any]:
    topics = gold.get("topics") or {}
    primary = (said.get("topics") or {}).get("primary")
    known, clear = bool(topics.get("primary")), not topics.get("ambiguous")
    return {
        "title_zh": _title(gold, said, "title_zh"),
        "title_en": _title(gold, said, "title_en"),
        "date": answer(gold["date"], said.get("date"), str),
        "source": answer(gold["source"], said.get("source"), fold),
        "topic": _one(primary == topics["primary"]) if known and clear else Share(),
        "topic_allowed": _one(primary in topics["acceptable"]) if known else Share(),
        **_sections(gold.get("sections") or (), said.get("sections") or ()),
    }


def _title(gold: Record, said: Record, name: str) -> Share:
    allowed = {fold(title) for title in (gold[name], *gold.get(f"{name}_acceptable", ()))}
    return _one(fold(said.get(name)) in allowed)


def fold(text: str | None) -> str | None:
    """A text for comparison: its width, case, quotes, dashes and blanks do not count.

    >>> fold("老中铁路 “安保”——2025 年"), fold("Laos\u2013China  ‘Railway’")
    ('老中铁路"安保"-2025年', "laos-china 'railway'")
    """
    if text is None:
        return None
    even = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _BESIDE_HAN.sub("", " ".join(_DASHES.sub("-", even).split())).casefold()


def answer(gold: Record, said: str | None, same: Callable[[str], str | None]) -> Answers:
    """Verdict on one answer.

    :param gold: ``value``, and in ``acceptable`` other right answers, ``None`` among them if silence is right.
    :param same: the form in which values are compared.
    """
    right = {gold["value"], *gold.get("acceptable", ())}
    if said is None:
        return Answers(silent=1) if None in right else Answers(missed=1)
    if same(said) in {same(value) for value in right if value is not None}:
        return Answers(right=1)
    return Answers(invented=1) if None in right else Answers(wrong=1)


def _sections(gold: Sequence[Record], said: Sequence[Record]) -> dict[str, Any]:
    """Starts of sections, and their topics; every section of a text without sections is one too many."""
    guesses = {section["first_line"]: section for section in said}
    starts = {section["first_line"] for section in gold}
    both = len(starts & set(guesses))
    topics = sum((_section_topic(section, guesses.get(section["first_line"])) for section in gold), Share())
    return {"section": Found(both, len(guesses), both, len(starts)), "section_topic": topics}


def _section_topic(gold: Record, said: Record | None) -> Share:
    topics = (said or {}).get("topics") or {}
    return _one(topics.get("primary") in gold["topics"]["acceptable"])


# ------------------------------------------------------------------ for people
def differences(gold: Record, predicted: Record) -> Iterator[str]:
    """What was not found as labelled, one line each: ``line 12: role heading, expected paragraph``."""
    guesses = {line["n"]: line for line in predicted.get("lines", ())}
    for line in gold["lines"]:
        guess = guesses.get(line["n"], {})
        for name in ("lang", "role"):
            if guess.get(name) not in (line[name], *line.get(f"{name}_alt", ())):
                yield f"line {line['n']}: {name} {guess.get(name)}, expected {line[name]}"
        if line["lang"] == "both" and _split(line, guess).right < _split(line, guess).of:
            yield f"line {line['n']}: cut at {_ends(guess)}, expected {_ends(line)}"
    yield from _bead_differences(gold, predicted, guesses)
    yield from _document_differences(gold["document"], predicted.get("document") or {})


def _ends(line: Record) -> str:
    return " ".join(f"{piece['start']}-{piece['end']}" for piece in line.get("segments", ())) or "no place"


def _bead_differences(gold: Record, predicted: Record, guesses: Mapping[int, Record]) -> Iterator[str]:
    lines = {line["n"]: line for line in gold["lines"]}
    have = _keys(predicted, lines, guesses)
    want = _with_alternatives(_keys(gold, lines, lines), have, gold.get("bead_alternatives", ()))
    marked = _marked(predicted, lines, guesses)
    for key in sorted(have - want, key=_place):
        yield f"bead {_shown(key)}: not labelled{', marked for review' if key in marked else ''}"
    for key in sorted(want - have, key=_place):
        yield f"bead {_shown(key)}: not found"


def _place(key: Key) -> tuple[float, ...]:
    return tuple(sorted(float(unit.lstrip("?")) for side in key for unit in side))


def _shown(key: Key) -> str:
    zh, en = (" ".join(sorted(side, key=lambda unit: float(unit.lstrip("?")))) or "-" for side in key)
    return f"{zh} = {en}"


def _document_differences(gold: Record, said: Record) -> Iterator[str]:
    for name in ("title_zh", "title_en"):
        if not _title(gold, said, name).right:
            yield f"{name}: {said.get(name)!r}, expected {gold[name]!r}"
    for name, same in (("date", str), ("source", fold)):
        verdict = answer(gold[name], said.get(name), same)
        if not verdict.acceptable:
            kind = next(f.name for f in fields(verdict) if getattr(verdict, f.name))
            yield f"{name}: {said.get(name)!r} is {kind}, expected {gold[name]['value']!r}"
    topics, primary = gold.get("topics") or {}, (said.get("topics") or {}).get("primary")
    right = topics.get("acceptable", []) if topics.get("ambiguous") else [topics.get("primary")]
    if topics.get("primary") and primary not in right:
        yield f"topic: {primary}, expected {topics['primary']}"
    starts = [[section["first_line"] for section in record.get("sections") or ()] for record in (said, gold)]
    if starts[0] != starts[1]:
        yield f"sections: start in lines {starts[0]}, expected {starts[1]}"

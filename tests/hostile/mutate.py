"""Texts that went wrong on their way: flipped bits, lost ends, spliced files, signs that mean something elsewhere."""

import random
from collections.abc import Sequence

NASTY = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0c", b"\x1b[31m", b"\xe2\x80\xa8",
    b"\xc2\x85", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xe2\x80\x8b", b"\xc2\xad", b"\xee\x80\x81", b"\xe3\x80\x80",
    b"\xc2\xa0", b"[" * 60, b"](", b"![a](b)", b"[a]: javascript:x", b"<script>alert(1)</script>", b"<!--", b"-->",
    b"&#106;", b"&lt;", b"&", b"{ #p1 }", b"{ #__config onclick=x }", b"{{ config }}", b"{% raw %}", b"---\n",
    b"\n---\n", b"title: x\n", b"# ", b"## ", b"> ", b"- ", b"1. ", b"2025. ", b"    ", b"\t", b"***", b"___",
    b"===\n", b"```\n", b"~~~\n", b"|a|b|\n|-|-|\n", b"\\", b"\\\\[", b"<<<<<<< HEAD\n", b"=======\n",
    b">>>>>>> x\n", b"[TOC]\n", b"*[HTML]: x\n", b"[^1]", b"[^1]: x\n", b"!!! note\n", b"::: x\n",
    b"../../etc/passwd", b"%2e%2e/", b"con", b"9" * 40, b"1e999", b"\xc2\xb2", b"\xef\xbc\x91",
    b"\xf0\x9f\x87\xa8\xf0\x9f\x87\xb3", b"e\xcc\x81", b"\xcc\x81" * 30, b"\xf0\x9d\x94\x98", b"\xd8\xa7",
    b"\xe0\xb8\xab", b"\xf3\xa0\x80\x81", b"\xf4\x8f\xbf\xbf",
)  # fmt: skip
"""What is put in: control and invisible characters, wrong bytes, Markdown, YAML, HTML, templates, names, numbers."""


def slices(texts: Sequence[bytes], lines: int = 10) -> list[bytes]:
    """Pieces of texts, some lines each, so that a mutant is quick to convert."""
    found = []
    for text in texts:
        rows = text.split(b"\n")
        found += [b"\n".join(rows[at : at + lines]) for at in range(0, max(len(rows) - 3, 1), lines)]
    return found


def mutant(dice: random.Random, pieces: Sequence[bytes]) -> bytes:
    """One piece after one to four accidents."""
    text = bytearray(dice.choice(pieces))
    for _ in range(dice.randint(1, 4)):
        dice.choice(ACCIDENTS)(dice, text, pieces)
    return bytes(text[:6000])


def _flip(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    if text:
        text[dice.randrange(len(text))] ^= 1 << dice.randrange(8)


def _cut(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    del text[dice.randrange(len(text) + 1) :]


def _lose(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    at = dice.randrange(len(text) + 1)
    del text[at : at + dice.choice((1, 3, 40, 400))]


def _splice(dice: random.Random, text: bytearray, pieces: Sequence[bytes]) -> None:
    other = dice.choice(pieces)
    at, start = dice.randrange(len(text) + 1), dice.randrange(len(other) + 1)
    text[at:at] = other[start : start + 600]


def _insert(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    at = dice.randrange(len(text) + 1)
    text[at:at] = dice.choice(NASTY) * dice.choice((1, 1, 1, 2, 20))


def _begin(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    """At the beginning of a line, where Markdown looks."""
    ends = [at + 1 for at, code in enumerate(text) if code == 10] or [0]
    at = dice.choice(ends)
    text[at:at] = dice.choice(NASTY)


def _lines(dice: random.Random, text: bytearray, _: Sequence[bytes]) -> None:
    """Lines in another order, twice, or run together."""
    rows = bytes(text).split(b"\n")
    if dice.random() < 0.5:
        dice.shuffle(rows)
    else:
        rows.insert(dice.randrange(len(rows) + 1), dice.choice(rows))
    text[:] = dice.choice((b"\n", b"\n", b"\n\n", b" ", b"\r\n")).join(rows)


ACCIDENTS = (_flip, _cut, _lose, _splice, _insert, _insert, _begin, _lines)

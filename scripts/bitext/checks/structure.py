"""The body of a page is made of blocks with known marks, and every bead has its id once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.ids import Ids
from bitext.checks.pages import Copy, Pair, bead_of
from bitext.markup import unescape
from bitext.model import LANGS, Finding, Severity
from bitext.page import BEAD_ID, CLASSES, FACTS, RawBlock

CHECK = "structure"
_SNIPPET = 40
_CONFLICT = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?: |$)")
_CLASS_WORDS = frozenset(f".{kind}" for kind in CLASSES)
_LANG_WORDS = frozenset(f"lang={lang}" for lang in LANGS)


def check(pair: Pair, _: Ids) -> Iterator[Finding]:
    """Marks are known, ids stand once and in one order, headings agree, and no bead stands on one side only."""
    for copy in pair.copies:
        yield from _alone(copy)
    if pair.both:
        yield from _together(*pair.both)


def _alone(copy: Copy) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for block in copy.blocks:
        yield from _marks(copy, block)
        yield from _conflict(copy, block)
        yield from _ids(copy, block, seen)


def _together(zh: Copy, en: Copy) -> Iterator[Finding]:
    """A page without a body awaits its translation and lacks nothing."""
    if zh.blocks and en.blocks:
        first, second = _heads(zh), _heads(en)
        yield from _lacking(zh, first, en, second)
        yield from _lacking(en, second, zh, first)
        yield from _levels(en, second, zh, first)
        yield from _order(en, list(second), zh, list(first))


def _heads(copy: Copy) -> dict[str, RawBlock]:
    """First block of every bead."""
    found: dict[str, RawBlock] = {}
    for block in copy.blocks:
        if bead := bead_of(block):
            found.setdefault(bead, block)
    return found


def _lacking(copy: Copy, own: dict[str, RawBlock], other: Copy, theirs: dict[str, RawBlock]) -> Iterator[Finding]:
    """Beads that one language lacks, told on the page that lacks them, where they would stand."""
    line = 0
    for bead, block in theirs.items():
        if bead in own:
            line = own[bead].line
            continue
        found = f"no {bead}; {other.path}:{block.line} has it: {_beginning(block)}"
        yield _finding(copy, line, found, "", "Translate it, or leave it: readers see that it is missing.", "info")


def _beginning(block: RawBlock) -> str:
    text = unescape(block.markdown)
    return text if len(text) <= _SNIPPET else f"{text[:_SNIPPET].rstrip()} …"


def _levels(copy: Copy, own: dict[str, RawBlock], other: Copy, theirs: dict[str, RawBlock]) -> Iterator[Finding]:
    """A heading is a heading of the same level in the other language."""
    for bead, block in own.items():
        if bead in theirs and block.level != (level := theirs[bead].level):
            found, expected = _level(block.level), f"{_level(level)} as in {other.path}:{theirs[bead].line}"
            yield _finding(copy, block.line, f"{bead} is {found}", expected, "Make both the same.")


def _level(level: int) -> str:
    return f"a heading of level {level}" if level else "no heading"


def _order(copy: Copy, own: list[str], other: Copy, theirs: list[str]) -> Iterator[Finding]:
    """Beads that both have stand in one order; the first that does not is told."""
    shared = [bead for bead in theirs if bead in own]
    mine = [bead for bead in own if bead in theirs]
    for expected, found in zip(shared, mine, strict=True):
        if expected != found:
            line = next(block.line for block in copy.blocks if bead_of(block) == found)
            step = "Move the paragraph, or mend its id: a reader who changes the language lands on the wrong one."
            yield _finding(copy, line, f"{found} stands where {other.path} has {expected}", "one order in both", step)
            return


def _finding(copy: Copy, line: int, found: str, expected: str, step: str, severity: Severity = "error") -> Finding:
    return Finding(str(copy.path), CHECK, found, expected, step, line, severity=severity)


def _marks(copy: Copy, block: RawBlock) -> Iterator[Finding]:
    """Words in braces that mean nothing here; a heading of another level than 2 or 3."""
    for word in block.attributes:
        if word.startswith("#"):
            if not BEAD_ID.fullmatch(word[1:]):
                step = "Name it after the one before it, p4a after p4, in both languages; or #new, then check.py --fix."
                yield _finding(copy, block.line, f"id {word}", "#p and a number", step)
        elif word not in _CLASS_WORDS | _LANG_WORDS:
            expected = f"#p4, {', '.join(sorted(_CLASS_WORDS))} or lang=zh, lang=en"
            yield _finding(copy, block.line, f"{word} in braces", expected, "Remove it; a page has no other marks.")
    if block.level not in (0, 2, 3):
        step = "The title is the only heading of level 1; sections are ## and ###."
        yield _finding(copy, block.line, f"a heading of level {block.level}", "2 or 3", step)


def _conflict(copy: Copy, block: RawBlock) -> Iterator[Finding]:
    """What two versions of a page left behind."""
    if _CONFLICT.match(block.markdown):
        step = "Decide which of the two texts is right, and remove the marks."
        yield _finding(copy, block.line, "a conflict marker", "text", step)


def _ids(copy: Copy, block: RawBlock, seen: dict[str, int]) -> Iterator[Finding]:
    """An id that stands twice; text before the first id."""
    bead = bead_of(block)
    if bead in seen:
        step = "Two paragraphs of one bead: only the first has the id. A new one gets a new id, such as p4a."
        yield _finding(copy, block.line, f"id #{bead} again, first in line {seen[bead]}", "each id once", step)
    elif bead:
        seen[bead] = block.line
    elif not seen and block.kind not in FACTS and not any(word.startswith("#") for word in block.attributes):
        step = "Give it the id of its counterpart, or a new one such as p0 in both languages."
        yield _finding(copy, block.line, "text before the first id", "{ #p… } below it", step, "info")

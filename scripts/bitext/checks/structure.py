"""The body of a page is made of blocks with known marks, and every bead has its id once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.pages import Copy
from bitext.markup import MAX_BRACKETS, UNSHOWABLE
from bitext.model import Finding, Severity
from bitext.page import BEAD_ID, CLASSES, FACTS, LANGS, RawBlock

CHECK = "structure"
MAX_LINE = 16 * 1024
"""Characters of a block. The longest of the first sources has 1,700."""
_CONFLICT = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?: |$)")
_CLASS_WORDS = frozenset(f".{kind}" for kind in CLASSES)
_LANG_WORDS = frozenset(f"lang={lang}" for lang in LANGS)


def check(copy: Copy) -> Iterator[Finding]:
    """One page by itself."""
    seen: dict[str, int] = {}
    for block in copy.blocks:
        yield from _marks(copy, block)
        yield from _text(copy, block)
        yield from _ids(copy, block, seen)


def check_pair(zh: Copy, en: Copy) -> Iterator[Finding]:
    """Beads that one language lacks, told on the page that lacks them; a page without a body awaits its translation."""
    for copy, other in ((zh, en), (en, zh)):
        own = {bead for block in copy.blocks if (bead := _bead(block))}
        for block in other.blocks if copy.blocks else ():
            bead = _bead(block)
            if bead and bead not in own:
                found = f"no {bead}; {other.path}:{block.line} has it"
                yield Finding(str(copy.path), CHECK, found, severity="info")


def _bead(block: RawBlock) -> str:
    return next((word[1:] for word in block.attributes if word[0] == "#" and BEAD_ID.fullmatch(word[1:])), "")


def _finding(copy: Copy, line: int, found: str, expected: str, step: str, severity: Severity = "error") -> Finding:
    return Finding(str(copy.path), CHECK, found, expected, step, line, severity=severity)


def _marks(copy: Copy, block: RawBlock) -> Iterator[Finding]:
    """Words in braces that mean nothing here; a heading of another level than 2 or 3."""
    for word in block.attributes:
        if word.startswith("#"):
            if not BEAD_ID.fullmatch(word[1:]):
                step = "Name a new paragraph after the one before it: p4a after p4, the same in both languages."
                yield _finding(copy, block.line, f"id {word}", "#p and a number", step)
        elif word not in _CLASS_WORDS | _LANG_WORDS:
            expected = f"#p4, {', '.join(sorted(_CLASS_WORDS))} or lang=zh, lang=en"
            yield _finding(copy, block.line, f"{word} in braces", expected, "Remove it; a page has no other marks.")
    if block.level not in (0, 2, 3):
        step = "The title is the only heading of level 1; sections are ## and ###."
        yield _finding(copy, block.line, f"a heading of level {block.level}", "2 or 3", step)


def _text(copy: Copy, block: RawBlock) -> Iterator[Finding]:
    """What a page cannot show, or what would hold the build up."""
    if _CONFLICT.match(block.markdown):
        step = "Decide which of the two texts is right, and remove the marks."
        yield _finding(copy, block.line, "a conflict marker", "text", step)
    if bad := UNSHOWABLE.search(block.markdown):
        yield _finding(copy, block.line, f"character U+{ord(bad[0]):04X}", "text that can be shown", "Remove it.")
    if len(block.markdown) > MAX_LINE:
        found = f"a block of {len(block.markdown)} characters"
        yield _finding(copy, block.line, found, f"at most {MAX_LINE}", "Split it with a blank line.")
    if block.markdown.count("[") - block.markdown.count("\\[") > MAX_BRACKETS:
        yield _finding(copy, block.line, "a run of [", f"at most {MAX_BRACKETS}", "Remove them, or write \\[ each.")


def _ids(copy: Copy, block: RawBlock, seen: dict[str, int]) -> Iterator[Finding]:
    """An id that stands twice; text before the first id."""
    bead = _bead(block)
    if bead in seen:
        step = "Two paragraphs of one bead: only the first has the id. A new one gets a new id, such as p4a."
        yield _finding(copy, block.line, f"id #{bead} again, first in line {seen[bead]}", "each id once", step)
    elif bead:
        seen[bead] = block.line
    elif not seen and block.kind not in FACTS and not any(word.startswith("#") for word in block.attributes):
        step = "Give it the id of its counterpart, or a new one such as p0 in both languages."
        yield _finding(copy, block.line, "text before the first id", "{ #p… } below it", step, "info")

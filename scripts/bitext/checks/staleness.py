"""One language was changed after the other: what git knows of the lines of a bead."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.checks.history import NOT_YET, History, git
from bitext.checks.known import Known
from bitext.checks.pages import Copy, Pair, bead_of
from bitext.model import Finding
from bitext.past import behind_of

CHECK = "staleness"


@dataclass(frozen=True, slots=True)
class Commit:
    """Who changed a line last."""

    id: str
    time: int
    """Seconds since 1970."""

    def __str__(self) -> str:
        if self.id == NOT_YET:
            return "now (not committed)"
        day = datetime.datetime.fromtimestamp(self.time, datetime.UTC).date()
        return f"{self.id[:10]} of {day.isoformat()}"


def check(pair: Pair, known: Known) -> Iterator[Finding]:
    """What one language says was not changed after the other language said it."""
    if pair.both is None or known.history is None:
        return
    zh, en = pair.both
    commits = [known.history.last.get(f"{copy.lang}/{pair.short}") for copy in pair.both]
    if None in commits or commits[0] == commits[1]:
        return
    late = behind_of(known.history.docs, pair.short)
    for old, new in ((zh, en), (en, zh)):
        beads = late.get(old.lang, ())
        mine, other = (_beads(copy, known.history) if beads else {} for copy in (old, new))
        for bead in beads:
            if bead in mine and bead in other:
                (line, before), (place, after) = mine[bead], other[bead]
                found = f"{bead} was last changed by {before}, {new.path}:{place} after it by {after}"
                step = "Does it still say the same? If it does, nothing is to be done."
                yield old.at(line, CHECK, found, "", step, "info")


def _beads(copy: Copy, past: History) -> dict[str, tuple[int, Commit]]:
    """Line of every bead of a page, and the last commit that changed one of its lines."""
    commits, texts = _blame(copy, past), copy.text.split("\n")
    found: dict[str, tuple[int, Commit]] = {}
    blocks, bead = list(copy.blocks), ""
    for number, block in enumerate(blocks):
        bead = bead_of(block) or bead
        end = blocks[number + 1].line if number + 1 < len(blocks) else len(texts)
        mine = [commits[line] for line in range(block.line, end) if line in commits and texts[line - 1].strip()]
        if bead and mine:
            newest = max([*mine, *([found[bead][1]] if bead in found else [])], key=lambda commit: commit.time)
            found[bead] = (found[bead][0] if bead in found else block.line, newest)
    return found


def _blame(copy: Copy, past: History) -> dict[int, Commit]:
    """The last commit of every line."""
    text = git(past.docs, "blame", "--porcelain", "--", f"{copy.lang}/{copy.short}") or ""
    times: dict[str, int] = {}
    lines: dict[int, str] = {}
    commit = ""
    for row in text.split("\n"):
        words = row.split(" ")
        if len(words[0]) == 40 and len(words) in (3, 4) and words[2].isdigit():
            commit, lines[int(words[2])] = words[0], words[0]
        elif words[0] == "committer-time":
            times[commit] = int(words[1])
    return {line: Commit(id_, times[id_]) for line, id_ in lines.items()}

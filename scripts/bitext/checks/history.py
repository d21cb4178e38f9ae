"""What git knows of a folder of pages."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NOT_YET = "0" * 40
"""How git names the commit of lines that are not committed."""


@dataclass(frozen=True, slots=True)
class History:
    """What one look at the history of a folder of pages says."""

    docs: Path
    last: Mapping[str, str] = field(default_factory=dict)
    """Commit that changed each file last, by path below the folder."""


def history(docs: Path, shorts: Sequence[str] = ()) -> History | None:
    """History of the pages below a folder; ``None`` where there is no git, no checkout or no commit.

    :param shorts: look at these pages alone, by their path below the language's folder.
    """
    paths = [f"{lang}/{short}" for short in shorts for lang in ("zh", "en")] or ["."]
    log = git(docs, "log", "--format=%x01%H", "--name-only", "--relative", "--no-renames", "--", *paths)
    if not log:
        return None
    last: dict[str, str] = {}
    for entry in log.split("\x01")[1:]:
        commit, *files = entry.split("\n")
        for file in filter(None, files):
            last.setdefault(file, commit)
    changed = git(docs, "diff", "--name-only", "--relative", "HEAD", "--", *paths) or ""
    return History(docs, last | dict.fromkeys(filter(None, changed.split("\n")), NOT_YET))


def git(docs: Path, *arguments: str) -> str | None:
    """What a command of git says; ``None`` where it fails or there is no git."""
    command = ["git", "-C", str(docs), "-c", "core.quotepath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

"""The two things that are asked of git: bring three texts together, and say whether a file is committed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from bitext.state import StateError

MARKER = 61
"""Length of a conflict marker in :func:`merge_file`: no text has such a run of signs by itself."""
_SIDES = ("page", "last conversion", "new text")
_TAKEN = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""Set while a hook of git runs; here they would point to the wrong repository."""


def merge_file(page: str, base: str, made: str) -> tuple[bool, str]:
    """Three texts brought together: whether without conflict, and the text, with markers where there is one.

    Not the same again after the result took the place of the page: see :class:`bitext.state.Intent`.

    :raises StateError: if git is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="bitext-", ignore_cleanup_errors=True) as folder:
        for name, text in zip(_SIDES, (page, base, made), strict=True):
            Path(folder, name).write_bytes(text.encode())
        labels = [word for name in _SIDES for word in ("-L", name)]
        command = ["merge-file", "--stdout", "--diff3", f"--marker-size={MARKER}", *labels, *_SIDES]
        done = _git(command, Path(folder), {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull})
    return done.returncode == 0, done.stdout.decode()


def committed(path: Path) -> bool:
    """Whether git has the file as it is now, so that removing it loses nothing; without a repository it has not."""
    done = _git(["status", "--porcelain", "--ignored", "--", path.name], path.parent)
    return done.returncode == 0 and not done.stdout


def _git(
    arguments: list[str], folder: Path, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in _TAKEN} | (settings or {})
    command = ["git", "--literal-pathspecs", *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        step = "Install git, then rerun: pages that people have edited need it."
        raise StateError("git", "is not installed", step) from None

"""What a branch changed, and what depends on it: a pull request waits for no page that it has nothing to do with."""

from __future__ import annotations

from pathlib import Path

from bitext.checks.history import git
from bitext.datafile import DATA

CODE = Path(__file__).parents[1]
"""With the data, what all pages depend on."""


class UnknownStateError(ValueError):
    """Git does not know what a branch is to be compared with."""


def changed(docs: Path, since: str) -> list[Path] | None:
    """Files below the folder of the pages that are not as they were; ``None`` if all pages have to be looked at.

    Deleted files count, for their other language, and so do those that are not committed.

    :param since: a commit, branch or tag; what was changed there since is not counted.
    :raises UnknownStateError: if git does not have it.
    """
    base = (git(docs, "merge-base", since, "HEAD") or "").strip()
    top = (git(docs, "rev-parse", "--show-toplevel") or "").strip()
    if not base or not top:
        raise UnknownStateError(f"{since}: no commit of this repository\n    Name a branch, a tag or a commit.")
    differing = git(docs, "diff", "--name-only", "--no-renames", "-z", base) or ""
    new = git(Path(top), "ls-files", "--others", "--exclude-standard", "-z") or ""
    paths = [Path(top, name) for name in (differing + new).split("\0") if name]
    if any(path.is_relative_to(shared.resolve()) for path in paths for shared in (DATA, CODE)):
        return None
    return [docs / path.relative_to(docs.resolve()) for path in paths if path.is_relative_to(docs.resolve())]

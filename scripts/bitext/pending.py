"""What a person reads who must decide between a page as it is and the text that the source gives now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import PurePath

from bitext.merge import Conflict

_HEAD = """\
{path}

The page was left as it is: {reason}.
The text that the source gives now stands beside this note: {name}

To settle it: put that text in place of the page and convert; then put back what should stay of the page as it was
(the lines below, or git) and convert again. From then on it counts as an edit of the new text.
"""


def words(path: str, reason: str, conflicts: Sequence[Conflict], found: bytes, made: bytes) -> str:
    """The note that is put beside a proposal.

    :param path: of the page, below ``docs/``.
    :param reason: why nothing was written.
    :param conflicts: lines that both sides changed; if there are none, the note shows all that differs.
    :param found: the page.
    :param made: the proposal.
    """
    head = _HEAD.format(path=path, reason=reason, name=PurePath(path).name)
    body = [line for conflict in conflicts for line in _sides(conflict)] or _differences(found, made)
    return "\n".join([head, *body, ""])


def _sides(conflict: Conflict) -> Iterator[str]:
    """One conflict: the same lines three times."""
    last = conflict.line + len(conflict.page) - 1
    yield f"Lines {conflict.line} to {last}" if last > conflict.line else f"Line {conflict.line}"
    sides = (("page", conflict.page), ("last conversion", conflict.base), ("new text", conflict.made))
    for name, lines in sides:
        yield f"  {name}:"
        yield from (f"    | {line}".rstrip() for line in lines or ("(nothing)",))
    yield ""


def _differences(found: bytes, made: bytes) -> list[str]:
    """All that differs, as a diff."""
    page, new = (side.decode("utf-8", "replace").replace("\r\n", "\n").split("\n") for side in (found, made))
    return list(unified_diff(page, new, "page", "new text", lineterm="", n=1))

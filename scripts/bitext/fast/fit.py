"""Lever: plain pages pass the gate without each check looking at each of their blocks.

What makes a page plain (``plain``) rules out nearly all that the checks look for: HTML, links, braces, unknown marks,
nested lists. What is left is asked of the body as a whole. A page of which anything could be said takes the long way,
which finds the words for it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bitext import page
from bitext.checks import front_matter as keys
from bitext.checks import gate
from bitext.checks.ids import Ids
from bitext.checks.limits import MAX_BLOCK, MAX_ESCAPES, MAX_HEADINGS, MAX_RUN
from bitext.checks.markup import hides
from bitext.checks.pages import MAX_PAGE, Copy, Found, Pair
from bitext.fast.plain import AHEAD, Plain, plain
from bitext.model import Finding, Lang
from bitext.page import Head, place_of
from bitext.stamps import content_of


def fit(body: str) -> Plain | None:
    r"""A plain body as it will be shown, if no check of bodies can find an error in it.

    >>> fit("One\n{ #p1 }\n\nTwo\n{ #p2 }").ids, fit("One\n{ #p1 }\n\nTwo\n{ #p1 }"), fit("[One](two)")
    (('p1', 'p2'), None, None)
    """
    found = plain(body)
    fits = (
        found is not None
        and len(set(found.ids)) == len(found.ids)
        and len(found.headings) <= MAX_HEADINGS
        and len(body) <= MAX_BLOCK
        and body.count("\\") <= MAX_ESCAPES
        and "~" * MAX_RUN not in body
        and not hides(body)
    )
    return found if fits else None


def pull() -> None:
    """Takes the place of what the gate says of the files of a page; what it has read is handed on."""
    slow, slow_head = gate.errors_of_page, page.head
    heads: dict[str, Head] = {}

    @cache
    def real(folder: str) -> bool:
        return not Path(folder).is_symlink() and not Path(folder).parent.is_symlink()

    def passes(path: Path, lang: Lang, short: str, known: Ids) -> bool:
        name = path.as_posix()
        state = os.lstat(name)
        if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_PAGE or not real(name.rpartition("/")[0]):
            return False
        text = content_of(name).decode().replace("\r\n", "\n")
        front, findings = slow_head(text, name)
        found = fit(front.body) if front else None
        copy = Copy(path, lang, short, text, front, findings=findings)
        if not front or not found or any(keys.check(Pair(short, **{lang: copy}), known)):
            return False
        heads[text] = front
        AHEAD[front.body] = found
        return True

    def head(text: str, path: str) -> tuple[Head | None, tuple[Finding, ...]]:
        """Whoever reads a page after the gate takes what that has read."""
        found = heads.pop(text, None)
        return (found, ()) if found and place_of(path) == (found.lang, found.path) else slow_head(text, path)

    def errors_of_page(page: Found, known: Ids) -> Iterator[Finding]:
        short, files = page
        try:
            if all(passes(path, lang, short, known) for lang, path in files.items()):
                return
        except (OSError, UnicodeDecodeError):
            pass  # whoever takes the long way says so
        yield from slow(page, known)

    gate.errors_of_page, page.head = errors_of_page, head

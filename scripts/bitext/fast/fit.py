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

from bitext import front_matter
from bitext.checks import front_matter as keys
from bitext.checks import gate
from bitext.checks.ids import Ids
from bitext.checks.limits import MAX_BLOCK, MAX_ESCAPES, MAX_HEADINGS, MAX_RUN
from bitext.checks.markup import hides
from bitext.checks.pages import MAX_PAGE, Copy, Found, Pair
from bitext.fast.plain import outline
from bitext.model import Finding, Lang
from bitext.page import head
from bitext.stamps import content_of


def fit(body: str) -> bool:
    r"""Whether no check of bodies can find an error in one.

    >>> fit("One\n{ #p1 }\n\nTwo\n{ #p2 }"), fit("One\n{ #p1 }\n\nTwo\n{ #p1 }"), fit("[One](two)")
    (True, False, False)
    """
    found = outline(body)
    return (
        found is not None
        and len(set(found[0])) == len(found[0])
        and len(found[1]) <= MAX_HEADINGS
        and len(body) <= MAX_BLOCK
        and body.count("\\") <= MAX_ESCAPES
        and "~" * MAX_RUN not in body
        and not hides(body)
    )


def pull() -> None:
    """Takes the place of what the gate says of the files of a page."""
    slow = gate.errors_of_page

    @cache
    def real(folder: str) -> bool:
        return not Path(folder).is_symlink() and not Path(folder).parent.is_symlink()

    def passes(path: Path, lang: Lang, short: str, known: Ids) -> bool:
        name = path.as_posix()
        state = os.lstat(name)
        if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_PAGE or not real(name.rpartition("/")[0]):
            return False
        text = content_of(name).decode().replace("\r\n", "\n")
        pieces = front_matter.split(text)
        if not pieces or not fit(pieces[1]):
            return False
        front, findings = head(text, name)
        copy = Copy(path, lang, short, text, front, findings=findings)
        return not any(keys.check(Pair(short, **{lang: copy}), known))

    def errors_of_page(page: Found, known: Ids) -> Iterator[Finding]:
        short, files = page
        try:
            if all(passes(path, lang, short, known) for lang, path in files.items()):
                return
        except (OSError, UnicodeDecodeError):
            pass  # whoever takes the long way says so
        yield from slow(page, known)

    gate.errors_of_page = errors_of_page

"""What a page must not have before it is built, from its text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bitext.checks import front_matter, limits, markup, structure
from bitext.checks.ids import Ids
from bitext.checks.pages import MAX_PAGE, Copy, Pair, parse_copy, too_large
from bitext.model import Finding
from bitext.page import place_of

BUILD: Mapping[str, Callable[[Pair, Ids], Iterator[Finding]]] = {
    "front matter": front_matter.check,
    "structure": structure.check,
    "markup": markup.check,
    "limits": limits.check,
}
"""Checks whose errors keep the site from being built, because it would lose, hide or run something."""


def unbuildable(markdown: str, path: str, known: Ids) -> list[Finding]:
    """Errors for which a page, from its text, would stop the build; what a page must not have before it is written."""
    lang, short = place_of(path) or ("zh", path)
    copy = parse_copy(Copy(Path(path), lang, short), markdown)
    found = [] if (size := len(markdown.encode())) <= MAX_PAGE else [copy.at(0, "file", *too_large(size))]
    return [*found, *errors_of(copy, known)]


def errors_of(copy: Copy, known: Ids) -> Iterator[Finding]:
    """The same, from a page that was read."""
    pair = Pair(copy.short, **{copy.lang: copy})
    return (finding for check in BUILD.values() for finding in check(pair, known) if finding.severity == "error")

"""A page has a counterpart in the other language."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.known import Known
from bitext.checks.pages import Pair
from bitext.model import Finding


def check(pair: Pair, _: Known) -> Iterator[Finding]:
    """A page stands in both languages; readers of the missing one are told, and may be translators."""
    if len(pair.copies) == 1 and (copy := pair.copies[0]).page:
        found = f"no page in the other language at {copy.short}"
        step = "Readers of the other language get this text with an invitation to translate it."
        yield Finding(str(copy.path), "pair", found, "", step, severity="info")

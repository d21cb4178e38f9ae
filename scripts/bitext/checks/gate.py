"""All checks over all pages: what ``check.py`` says, and what a merged page must pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bitext.checks import front_matter, structure
from bitext.checks.pages import Copy, Taxonomy, copies
from bitext.model import Finding, Lang


def gate(docs: Path, taxonomy: Taxonomy) -> tuple[Finding, ...]:
    """Findings of every page below ``docs``, by file and line.

    :param taxonomy: topics and tags that pages may name.
    """
    found = list(copies(docs))
    pairs: dict[str, dict[Lang, Copy]] = defaultdict(dict)
    for copy in found:
        pairs[copy.short][copy.lang] = copy
    findings = [*_alone(found, taxonomy), *_together(pairs.values()), *_twins(found)]
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line, finding.check, finding.found)))


def _alone(found: Iterable[Copy], taxonomy: Taxonomy) -> Iterator[Finding]:
    for copy in found:
        yield from front_matter.check(copy, taxonomy)
        yield from structure.check(copy)


def _together(pairs: Iterable[dict[Lang, Copy]]) -> Iterator[Finding]:
    for pair in pairs:
        if len(pair) == 2:
            yield from front_matter.check_pair(pair["zh"], pair["en"])
            yield from structure.check_pair(pair["zh"], pair["en"])
        else:
            yield from (_lonely(copy) for copy in pair.values() if copy.page)


def _lonely(copy: Copy) -> Finding:
    """A page without a counterpart: readers are told so, and may be translators."""
    found = f"no page in the other language at {copy.short}"
    step = "Readers of the other language get this text with an invitation to translate it."
    return Finding(str(copy.path), "pair", found, "", step, severity="info")


def _twins(all_copies: Iterable[Copy]) -> Iterator[Finding]:
    """Two pages of one language with one ``source_id``: the converter could not tell which is which."""
    first: dict[tuple[Lang, str], Copy] = {}
    for copy in all_copies:
        if copy.page is None:
            continue
        source_id = copy.page.front_matter.source_id
        other = first.setdefault((copy.lang, source_id), copy)
        if other is not copy:
            step = "Delete one of them, or give it a source_id of its own."
            found = f"{source_id} is that of {other.path}"
            yield copy.finding("source_id", found, "an id of its own", step, "source_id")

"""All checks over all pages: what ``check.py`` says, and what a merged page must pass."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from bitext.checks import accepted, comparison, corpus, front_matter, lonely, numbers, staleness, structure, terms, text
from bitext.checks.corpus import Gather, Judge, Note
from bitext.checks.history import history
from bitext.checks.known import Check, Known
from bitext.checks.pages import Copy, Found, Pair, find, load, parse_copy
from bitext.checks.passages import Difference, of_article
from bitext.model import Article, Finding
from bitext.page import place_of

CHECKS: Mapping[str, Check] = {
    "front matter": front_matter.check,
    "pair": lonely.check,
    "structure": structure.check,
    "numbers": numbers.check,
    "terms": terms.check,
    "text": text.check,
    "staleness": staleness.check,
}
"""Checks of one page in both languages, by the name that findings carry; CONTRIBUTING.md has a section for each."""

ALONE = ("front matter", "structure", "text")
"""Checks that a page must pass whatever the other language says."""

CORPUS: Mapping[str, tuple[Gather, Judge]] = {
    "source_id": (corpus.source_ids, corpus.twins),
    "terms": (terms.gather, terms.judge),
}
"""Checks of all pages together: what each page says, and whether they agree."""

_FEW = 64
"""Pages for which further processes do not pay: each takes a third of a second to start."""

Result = tuple[list[Finding], list[Note]]


def gate(docs: Path, known: Known, paths: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Findings of the pages below ``docs``, by file and line.

    :param paths: check only these files and folders, each page together with its other language.
    """
    pages = find(docs, paths)
    known = replace(known, history=history(docs, [short for short, _ in pages] if paths else ()))
    findings, notes = _looked_at(pages, known)
    for _, judge in CORPUS.values():
        findings.extend(judge(notes))
    kept, used = _unaccepted(findings, known)
    if not paths:
        kept.extend(accepted.unneeded(known.accepted, used))
    return tuple(sorted(kept, key=lambda finding: (finding.path, finding.line, finding.check, finding.found)))


def look_at(pair: Pair, known: Known) -> Result:
    """Findings of one page in both languages, and what other pages must agree with."""
    findings = [finding for check in CHECKS.values() for finding in check(pair, known)]
    return findings, [note for gather, _ in CORPUS.values() for note in gather(pair, known)]


def differences(article: Article, known: Known) -> Iterator[Difference]:
    """Where the two languages of a text do not say the same: what the checks will say of its pages."""
    date = article.metadata.date
    beads = of_article(article)
    yield from comparison.differences(beads, known.words, int(date.value[:4]) if date else None)
    yield from terms.differences(beads, known)


def faults(markdown: str, path: str, known: Known) -> list[Finding]:
    """What is wrong with one page in one language, from its text: what a page that was merged must not have.

    :param path: its path, ending in ``<lang>/<topic>/<slug>.md``.
    """
    lang, short = place_of(path) or ("zh", path)
    pair = Pair(short, **{lang: parse_copy(Copy(Path(path), lang, short), markdown)})
    return [finding for name in ALONE for finding in CHECKS[name](pair, known)]


def _looked_at(pages: Sequence[Found], known: Known) -> Result:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, len(pages) // _FEW)
    results = _in_processes(pages, known, workers) if workers > 1 else (look_at(load(page), known) for page in pages)
    findings: list[Finding] = []
    notes: list[Note] = []
    for found, noted in results:
        findings += found
        notes += noted
    return findings, notes


_known: Known | None = None


def _in_processes(pages: Sequence[Found], known: Known, workers: int) -> Iterable[Result]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (known,)) as pool:
        yield from pool.map(_of_page, pages, chunksize=_FEW // 4)


def _start(known: Known) -> None:
    global _known  # noqa: PLW0603 - what a process is given once
    _known = known


def _of_page(page: Found) -> Result:
    assert _known is not None
    return look_at(load(page), _known)


def _unaccepted(findings: Iterable[Finding], known: Known) -> tuple[list[Finding], set[accepted.Accepted]]:
    """Findings but those that a person accepted, and the entries that did so."""
    kept: list[Finding] = []
    used: set[accepted.Accepted] = set()
    for finding in findings:
        silent = [entry for entry in known.accepted if entry.silences(finding)]
        used.update(silent)
        kept += [] if silent else [finding]
    return kept, used

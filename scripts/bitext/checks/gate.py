"""All checks over all pages: what ``check.py`` says, and what a merged page must pass."""

from __future__ import annotations

import multiprocessing
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath

from bitext.checks import (
    accepted,
    comparison,
    corpus,
    lonely,
    numbers,
    places,
    staleness,
    terms,
    text,
)
from bitext.checks.corpus import Gather, Judge, Note
from bitext.checks.history import history
from bitext.checks.ids import Ids
from bitext.checks.known import Check, Known
from bitext.checks.pages import Copy, Found, Pair, below, find, load, parse_copy
from bitext.checks.passages import Difference, of_article
from bitext.checks.unfit import BUILD, errors_of
from bitext.model import LANGS, Article, Finding
from bitext.page import place_of
from bitext.workers import cores, serve

CHECKS: Mapping[str, Check] = {
    **BUILD,
    "pair": lonely.check,
    "numbers": numbers.check,
    "terms": terms.check,
    "text": text.check,
    "staleness": staleness.check,
}
"""Checks of one page in both languages, by the name that findings carry; CONTRIBUTING.md has a section for each."""

ALONE = (*BUILD, "text")
"""Checks that a page must pass whatever the other language says."""

CORPUS: Mapping[str, tuple[Gather, Judge]] = {
    "source_id": (corpus.source_ids, corpus.twins),
    "terms": (terms.gather, terms.judge),
}
"""Checks of all pages together: what each page says, and whether they agree."""

_FEW = 64
"""Pages for which further processes do not pay: each takes a third of a second to start."""

Result = tuple[list[Finding], list[Note]]


def gate(docs: Path, known: Known, paths: Sequence[Path] = (), *, whole: bool = False) -> tuple[Finding, ...]:
    """Findings of the pages below ``docs``, by file and line.

    :param paths: check only these files and folders, each page together with its other language.
    :param whole: with paths: ask all other pages too whether they agree with these.
    """
    pages, findings = _placed(docs, known, paths)
    known = replace(known, history=history(docs, [short for short, _ in pages] if paths else ()))
    found, notes = _looked_at(pages, known)
    findings += found
    if paths and whole:
        # The others come first: of two pages with one id it is the changed one that is told.
        notes = [*_noted(docs, known, {short for short, _ in pages}), *notes]
    for _, judge in CORPUS.values():
        findings.extend(judge(notes))
    kept, used = _unaccepted(findings, known)
    if not paths:
        kept.extend(accepted.unneeded(known.accepted, used))
    return _sorted(kept)


def _noted(docs: Path, known: Known, but: Container[str]) -> Iterator[Note]:
    """What all pages say that others must agree with, but some."""
    for page in _placed(docs, known)[0]:
        if page[0] not in but:
            pair = load(page)
            yield from (note for gather, _ in CORPUS.values() for note in gather(pair, known))


def unfit(docs: Path, known: Ids) -> tuple[Finding, ...]:
    """Errors for which no site can be made of the pages below ``docs``; what a build must ask before all else."""
    pages, findings = _placed(docs, known)
    findings += [finding for page in pages for finding in errors_of_page(page, known)]
    return _sorted(finding for finding in findings if finding.severity == "error")


def errors_of_page(page: Found, known: Ids) -> Iterator[Finding]:
    """Errors of both files of a page."""
    return (finding for copy in load(page).copies for finding in errors_of(copy, known))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line, finding.check, finding.found)))


def _placed(docs: Path, known: Ids, paths: Sequence[Path] = ()) -> tuple[tuple[Found, ...], list[Finding]]:
    """Pages that stand where pages may stand, and findings about the files that do not."""
    asked = [place for path in paths if (place := below(docs, path)) is not None] if paths else [PurePosixPath()]
    refused = dict(places.check(docs, known.topics, [*asked, *_twins(asked)]))
    pages: list[Found] = []
    for short, files in find(docs, paths):
        fit = {lang: path for lang, path in files.items() if not (refused and _within(docs, path, refused))}
        pages += [(short, fit)] if fit else []
    return tuple(pages), [finding for place, finding in refused.items() if places.near(place, asked)]


def _twins(asked: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    """The same places in all languages."""
    return (PurePosixPath(lang, *place.parts[1:]) for place in asked if place.parts[:1] != () for lang in LANGS)


def _within(docs: Path, path: Path, refused: Container[PurePath]) -> bool:
    place = PurePosixPath(path.relative_to(docs))
    return any(one in refused for one in (place, *place.parents))


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
    return _alone(parse_copy(Copy(Path(path), lang, short), markdown), known, ALONE)


def _alone(copy: Copy, known: Known, names: Iterable[str]) -> list[Finding]:
    pair = Pair(copy.short, **{copy.lang: copy})
    return [finding for name in names for finding in CHECKS[name](pair, known)]


def _looked_at(pages: Sequence[Found], known: Known) -> Result:
    workers = min(cores(), len(pages) // _FEW)
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
    serve()
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

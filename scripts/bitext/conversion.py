"""One run of the converter: every source through the stages, then publishing, then the report.

A source that cannot be read is told and left out; its pages stay as they are, and the others go on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bitext import doors, explain, front_matter, knowledge, page, read, report
from bitext.checks import gate, known
from bitext.compose import compose
from bitext.datafile import DataError
from bitext.lexicon import Lexicon
from bitext.model import Article, Finding, SourceText
from bitext.pipeline import understand
from bitext.publish import NEEDS_DECISION, Plan, Proposal, Publisher, Step, renames
from bitext.state import Lock, StateError, digest

FINE, FINDINGS, BROKEN, DECIDE = 0, 1, 2, 3
STOPPED = 130
"""Of a run that was stopped from the keyboard, as shells have it."""
_UNFIT = "Split the text, or mend it; expected"
_FEW = 5  # sources that need no progress bar


@dataclass(frozen=True, slots=True)
class Made:
    """A source that went through the stages: its figures and its pages."""

    row: report.Row
    proposal: Proposal
    findings: tuple[Finding, ...]


def run(options: argparse.Namespace) -> int:
    """Do what the command line says; the exit code.

    :param options: ``source``, ``sources``, ``docs``, ``encoding``, ``explain``, ``json``, ``status`` and ``prune``.
    """
    report.speak_utf8()
    try:
        return Run(options).do()
    except DataError as error:
        _complain(str(finding) for finding in error.findings)
    except StateError as error:
        _complain([str(error)])
    except KeyboardInterrupt:
        _complain(["stopped: every file is as it was before or as it is to be; rerun to go on"])
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python must not try to flush it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        step = "Check the folder and its permissions."
        _complain([f"{error.filename or 'files'}: {error.strerror or error}\n    {step}"])
    return BROKEN


def _complain(messages: Iterable[str]) -> None:
    for message in messages:
        print(message, file=sys.stderr)


class Run:
    """What one run knows; data files and the lexicon are read once, when the first source needs them."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.publisher = Publisher(options.docs, gate=self.faults)
        self.broken = 0

    @cached_property
    def knowledge(self) -> knowledge.Knowledge:
        """All that stands in ``data/``."""
        return knowledge.load()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The bilingual word list of the aligner."""
        return Lexicon(self.knowledge.glossary, self.knowledge.english)

    def do(self) -> int:
        """The exit code of the mode that was asked for."""
        paths = list(self.paths())
        if self.options.explain:
            self.explain(paths)
            return BROKEN if self.broken else FINE
        if not paths:
            return BROKEN
        with contextlib.nullcontext() if self.options.status else self.publisher.alone():
            made = [found for path in _progress(paths) if (found := self.make(path))]
            plan = self.plan(made)
            if self.options.status:
                print(report.status(plan.steps))
                return self.code(made, plan.steps)
            steps = self.publisher.carry_out(plan)
        self.tell(made, steps)
        return self.code(made, steps)

    def plan(self, made: Iterable[Made]) -> Plan:
        """What is to be done with the pages; nothing is pruned while a source cannot be read: it may be theirs."""
        whole = not self.options.source
        prune = whole and self.options.prune and not self.broken
        if self.options.prune and not prune:
            _complain(["nothing was pruned\n    Mend the sources that cannot be read, then rerun with --prune."])
        return self.publisher.plan((found.proposal for found in made), self.present, whole=whole, prune=prune)

    @cached_property
    def checked(self) -> known.Known:
        """What the checks know."""
        return known.known(self.knowledge)

    def faults(self, text: str, path: str) -> Sequence[Finding]:
        """What the checks say of a page that was merged."""
        return gate.faults(text, path, self.checked)

    # -------------------------------------------------------------- sources
    def paths(self) -> Iterator[Path]:
        """Sources of this run; one whose id another has already, or that is no id, is told and left out.

        Of two in the folder neither is taken: a page keeps the text of the source it came from.
        """
        seen: dict[str, Path] = {}
        listed = [] if self.options.source else self.listed()
        ids = Counter(path.stem.casefold() for path in listed)
        for path in self.options.source or listed:
            step = "Rename the file: letters, digits, blanks and _ - . ( ), at most 100 characters."
            if not front_matter.valid_source_id(path.stem) and not path.is_dir():
                self.refuse(f"{path}: its name cannot become the id of a page", step)
            elif (other := seen.setdefault(path.stem.casefold(), path)) is not path:
                self.refuse(f"{path}: has the id of {other}", "Keep one of them, or give each a name of its own.")
            elif ids[path.stem.casefold()] < 2:
                yield path

    def listed(self) -> list[Path]:
        """Sources of the folder, by name."""
        folder: Path = self.options.sources
        if not folder.is_dir():
            self.refuse(f"{folder}: no such folder", "Name the folder of the source texts: --sources DIR.")
            return []
        found = _texts(folder)
        if not found:
            self.refuse(f"{folder}: no source text", f"Put texts there, ending in {', '.join(doors.SUFFIXES)}.")
        return found

    @cached_property
    def present(self) -> frozenset[str] | None:
        """Ids of all sources there are; ``None`` if the folder of the sources is not there."""
        if not self.options.sources.is_dir():
            return None
        named: Sequence[Path] = self.options.source
        return frozenset(path.stem for path in (*named, *_texts(self.options.sources)))

    def refuse(self, message: str, next_step: str) -> None:
        """Tell why a source is left out."""
        self.broken += 1
        _complain([f"{message}\n    {next_step}"])

    def understood(self, path: Path) -> Article | None:
        """The article of a source; ``None`` if it cannot be read, which is told."""
        try:
            return understand(self.source_text(path), self.knowledge, self.lexicon)
        except read.SourceError as error:
            self.broken += 1
            _complain([str(error)])
            return None

    def source_text(self, path: Path) -> SourceText:
        """A source, decoded as the command line or the lock of an earlier run says."""
        punctuation = self.knowledge.override(path.stem).punctuation
        return doors.source_text(read.load(path), path, self.encoding(path), punctuation=punctuation)

    def encoding(self, path: Path) -> str | None:
        """Encoding that a person named for this source, now or in an earlier run."""
        if self.options.encoding:
            return str(self.options.encoding)
        lock = self.publisher.state.lock(path.stem) or self.former(path)
        return lock.encoding or None if lock else None

    def former(self, path: Path) -> Lock | None:
        """Lock of a source that was renamed."""
        locks = self.left
        old = renames(locks, {path.stem: digest(read.load(path))}, ()) if locks else {}
        return locks[old[path.stem]] if old else None

    @cached_property
    def left(self) -> dict[str, Lock]:
        """Locks of sources that are not there any more."""
        if (present := self.present) is None:
            return {}
        return {lock.source: lock for lock in self.publisher.state.locks() if lock.source not in present}

    # -------------------------------------------------------------- modes
    def explain(self, paths: Sequence[Path]) -> None:
        """Account for every line of the sources."""
        for number, path in enumerate(paths):
            if article := self.understood(path):
                if self.options.json:
                    print(json.dumps(explain.record(article, self.checked), ensure_ascii=False), flush=True)
                else:
                    print(("\n" if number else "") + explain.account(article), flush=True)

    def make(self, path: Path) -> Made | None:
        """Pages of one source; ``None`` if there are none, which is told."""
        if (article := self.understood(path)) is None:
            return None
        try:
            made = compose(article, self.knowledge)
        except ValueError as error:
            self.refuse(f"{path}: {error}", "Rename the file or name a title in data/overrides.yml.")
            return None
        for one in made.pages:
            if wrong := gate.unbuildable(page.render(one), f"{one.lang}/{one.path}", self.checked):
                found = f"{path}: the site could not show its page: {wrong[0].found}"
                self.refuse(found, f"{_UNFIT} {wrong[0].expected}.")
                return None
        findings = article.findings + made.findings
        source = article.source
        proposal = Proposal(source.id, source.sha256, self.encoding(path) or "", made.pages)
        return Made(report.row(article, len(made.pages), made.removals, findings), proposal, findings)

    def tell(self, made: Sequence[Made], steps: Sequence[Step]) -> None:
        """Findings, then the table."""
        state = self.publisher.state.folder.root
        told = [told for step in steps if (told := report.tell(step, self.options.docs, _near(state)))]
        findings = [finding for found in made for finding in found.findings if finding.severity != "info"]
        shown = report.ordered(findings + told)
        _complain([report.written(shown, "text")] if shown else [])
        if made:
            by_source = _grouped(steps)
            print(report.table([report.with_steps(m.row, by_source[m.proposal.source_id]) for m in made]))

    def code(self, made: Sequence[Made], steps: Sequence[Step]) -> int:
        """Exit code: a broken source goes before a kept edit, and that before findings."""
        actions = {step.action for step in steps}
        if self.broken or "refused" in actions:
            return BROKEN
        if actions & NEEDS_DECISION:
            return DECIDE
        return FINDINGS if any(f.severity == "error" for found in made for f in found.findings) else FINE


def _texts(folder: Path) -> list[Path]:
    """Sources of a folder, by name."""
    return sorted(path for path in folder.iterdir() if doors.is_source(path))


def _grouped(steps: Iterable[Step]) -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.source_id].append(step)
    return found


def _near(path: Path) -> Path:
    """The path as seen from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _progress(paths: Sequence[Path]) -> Iterable[Path]:
    """The paths, with a bar on a terminal if there are many."""
    if len(paths) <= _FEW or not sys.stderr.isatty():
        return paths
    from tqdm import tqdm  # type: ignore[import-untyped, unused-ignore]

    bar: Iterable[Path] = tqdm(paths, desc="converting", unit="source", file=sys.stderr, leave=False)
    return bar

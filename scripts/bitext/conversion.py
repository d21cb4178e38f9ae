"""One run of the converter: every source through the stages, then publishing, then the report.

A source that cannot be read is told and left out; its pages stay as they are, and the others go on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pickle
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from bitext import doors, engines, explain, front_matter, read, report
from bitext.checks import gate
from bitext.datafile import DataError
from bitext.model import Article, Finding, spelt
from bitext.publish import NEEDS_DECISION, Outset, Publisher, Step, Turn, renames
from bitext.remembered import Left, Memory, Record, left
from bitext.state import Lock, StateError, digest
from bitext.whereabouts import carried_ids, listed
from bitext.workshop import Job, Made, Refusal, Workshop

FINE, FINDINGS, BROKEN, DECIDE = 0, 1, 2, 3
STOPPED = 130
"""Of a run that was stopped from the keyboard, as shells have it."""
_FEW = 5  # sources that need no progress bar
_MANY = 24
"""Sources from which on several are written at once."""
_WRITERS = 16
_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of converted sources that wait in memory; more wait in a file without a name."""


@dataclass(slots=True)
class Told:
    """What is said of the sources of a run when all is done, each by its id."""

    rows: dict[str, report.Row] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    """Without their texts."""
    left: dict[str, Left] = field(default_factory=dict)
    """What need not be done again."""

    def actions(self) -> set[str]:
        """What was done to any page."""
        return {step.action for steps in self.steps.values() for step in steps}


def run(options: argparse.Namespace) -> int:
    """Do what the command line says; the exit code.

    :param options: ``source``, ``sources``, ``docs``, ``encoding``, ``explain``, ``json``, ``status``, ``prune``,
        ``engine``, ``scheduler`` and ``jobs``.
    """
    report.speak_utf8()
    try:
        return Run(options).do()
    except DataError as error:
        _complain(str(finding) for finding in error.findings)
    except (StateError, engines.EngineError) as error:
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
    """What one run knows."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.workshop = Workshop()
        self.publisher = Publisher(options.docs, gate=self.faults)
        self.memory = Memory(self.publisher.state, self.publisher.docs)
        self.broken = 0

    def do(self) -> int:
        """The exit code of the mode that was asked for."""
        paths = list(self.paths())
        if self.options.explain:
            self.explain(paths)
            return BROKEN if self.broken else FINE
        if not paths:
            return BROKEN
        with contextlib.nullcontext() if self.options.status else self.publisher.alone():
            told = self.convert(paths)
        if self.options.status:
            print(report.status([step for name in sorted(told.steps) for step in told.steps[name]]))
        else:
            self.tell(told, [path.stem for path in paths])
        return self.code(told)

    def faults(self, text: str, path: str) -> Sequence[Finding]:
        """What the checks say of a page that was merged."""
        return gate.faults(text, path, self.workshop.checked)

    # -------------------------------------------------------------- converting
    def convert(self, paths: Sequence[Path]) -> Told:
        """Convert what has changed, publish it, and say what there is to tell of all sources."""
        self.memory.load()
        carried = carried_ids(self.publisher.docs, self.memory.carried(listed(self.publisher.docs)))
        sources = {path.stem: path for path in paths}
        settled = self.memory.settled(sources, carried, self.options.encoding or "")
        todo = {name: path for name, path in sorted(sources.items()) if name not in settled}
        told = Told()
        for name, record in settled.items():
            told.rows[name], told.findings[name] = record.row, record.findings
            told.steps[name] = [Step(name, *step) for step in record.steps]  # type: ignore[arg-type]
        with Shelf(self.outcomes(list(todo.values())), whole=self.ahead) as shelf:
            prune = self.prune
            found = self.publisher.open(
                shelf.sha256 or dict.fromkeys(todo, ""), self.present, whole=not self.options.source,
                settled={name: record.lock for name, record in settled.items()}, carried=carried,
            )  # fmt: skip
            turns = ((self.publisher.turn(made.proposal, found, prune=prune), made) for made in shelf)
            for turn, made, steps, lock in self.carried_out(turns, many=len(todo) > _MANY):
                self.note(told, turn.lock.source, steps)
                path = sources[made.proposal.source_id]
                told.rows[path.stem], told.findings[path.stem] = made.row, made.findings
                if done := left(path, lock, steps, made.row, made.findings):
                    told.left[path.stem] = done
        self.finish(found, told, settled, idle=not todo)
        return told

    def carried_out(
        self, turns: Iterator[tuple[Turn, Made]], *, many: bool
    ) -> Iterator[tuple[Turn, Made, Sequence[Step], Lock]]:
        """What is to be done for each source, done, in their order.

        Each source is written step by step; with many, several are at it at once: a disk that is asked to make sure of
        something takes as long for one file as for sixteen.
        """
        if not many or self.options.status:
            for turn, made in turns:
                yield turn, made, *self.carry_out(turn)
            return
        underway = deque[tuple[Turn, Made, Future[tuple[Sequence[Step], Lock]]]]()
        with ThreadPoolExecutor(_WRITERS) as pool:
            try:
                for turn, made in turns:
                    underway.append((turn, made, pool.submit(self.carry_out, turn)))
                    if len(underway) > 2 * _WRITERS:
                        yield _done(*underway.popleft())
                yield from (_done(*first) for first in underway)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def carry_out(self, turn: Turn) -> tuple[Sequence[Step], Lock]:
        """Do what is to be done for one source, unless only its state was asked for."""
        return (turn.steps, turn.lock) if self.options.status else self.publisher.carry_out_turn(turn)

    def note(self, told: Told, name: str, steps: Iterable[Step]) -> None:
        """Keep of the steps what is told of them."""
        told.steps[name] = [step.in_short for step in steps]

    def finish(self, found: Outset, told: Told, settled: Mapping[str, Record], *, idle: bool) -> None:
        """What comes after the last source: pages of those that are gone, texts nobody needs, the memory."""
        for turn in self.publisher.gone(found, prune=self.prune):
            self.note(told, turn.lock.source, self.carry_out(turn)[0])
        if self.options.status or (idle and not found.gone and not found.obsolete):
            return
        self.publisher.close(found.obsolete)
        new = {name: record for name, done in told.left.items() if (record := self.memory.record(done))}
        known = {name: record for name, record in self.memory.records.items() if name in (self.present or ())}
        stale = told.steps.keys() - settled.keys()
        self.memory.save({name: one for name, one in known.items() if name not in stale} | new)

    @property
    def ahead(self) -> bool:
        """Whether all sources have to be converted before the first page is written.

        A source without a lock may be one that lost its name, and which, only all together tell; and nothing is pruned
        if one of them cannot be read.
        """
        return bool(self.options.prune or self.left)

    @property
    def prune(self) -> bool:
        """Whether orphans go; not while a source cannot be read: they may be its own."""
        return bool(self.options.prune and not self.options.source and not self.broken)

    def outcomes(self, paths: Sequence[Path]) -> Iterator[tuple[Made, bytes]]:
        """What became of sources, in their order, as it is and pickled; those without pages are told and left out."""
        engine = engines.engine(
            self.options.engine, self.options.scheduler, self.options.jobs, len(paths), self.workshop
        )
        bar = _progress(len(paths))
        for packed in engine.outcomes(self.jobs(paths)):
            bar.update()
            made: Made | Refusal = pickle.loads(packed)
            if isinstance(made, Refusal):
                self.refused(made.message)
            else:
                yield made, packed
        bar.close()
        if self.options.prune and self.broken:
            _complain(["nothing was pruned\n    Mend the sources that cannot be read, then rerun with --prune."])

    def jobs(self, paths: Iterable[Path]) -> Iterator[Job]:
        """Jobs for sources; those that cannot be read are told and left out."""
        for path in paths:
            try:
                yield self.job(path)
            except read.SourceError as error:
                self.refused(str(error))

    def job(self, path: Path) -> Job:
        """What it takes to convert a source.

        :raises bitext.read.SourceError: if there is no file that could be read.
        """
        return Job(str(path), read.load(path), self.encoding(path))

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
            if not self.options.source and _leads_out(path):
                reason = f"{path}: is a symbolic link that leads out of its folder"
                self.refuse(reason, "Put the text itself there: a page must not publish what stands elsewhere.")
            elif not front_matter.valid_source_id(path.stem) and not path.is_dir():
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
        """Tell why a source is left out, and what to do."""
        self.refused(f"{spelt(message)}\n    {next_step}")

    def refused(self, message: str) -> None:
        """Tell why a source is left out."""
        self.broken += 1
        _complain([message])

    def understood(self, path: Path) -> Article | None:
        """The article of a source; ``None`` if it cannot be read, which is told."""
        try:
            return self.workshop.article(self.job(path))
        except read.SourceError as error:
            self.refused(str(error))
            return None

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
        state = self.publisher.state
        return {name: lock for name in state.names() if name not in present and (lock := state.lock(name))}

    # -------------------------------------------------------------- modes
    def explain(self, paths: Sequence[Path]) -> None:
        """Account for every line of the sources."""
        for number, path in enumerate(paths):
            if article := self.understood(path):
                if self.options.json:
                    print(json.dumps(explain.record(article, self.workshop.checked), ensure_ascii=False), flush=True)
                else:
                    account = "\n".join(map(spelt, explain.account(article).split("\n")))
                    print(f"\n{account}" if number else account, flush=True)

    def tell(self, told: Told, order: Iterable[str]) -> None:
        """Findings, then the table."""
        state = _near(self.publisher.state.folder.root)
        steps = (step for steps in told.steps.values() for step in steps)
        said = [found for step in steps if (found := report.tell(step, self.options.docs, state))]
        findings = [found for name in told.findings for found in told.findings[name] if found.severity != "info"]
        shown = report.ordered(findings + said)
        _complain([report.written(shown, "text")] if shown else [])
        if rows := [report.with_steps(told.rows[name], told.steps[name]) for name in order if name in told.rows]:
            print(report.table(rows))

    def code(self, told: Told) -> int:
        """Exit code: a broken source goes before a kept edit, and that before findings."""
        actions = told.actions()
        if self.broken or "refused" in actions:
            return BROKEN
        if actions & NEEDS_DECISION:
            return DECIDE
        errors = (found.severity == "error" for findings in told.findings.values() for found in findings)
        return FINDINGS if any(errors) else FINE


def _done(turn: Turn, made: Made, end: Future[tuple[Sequence[Step], Lock]]) -> tuple[Turn, Made, Sequence[Step], Lock]:
    return turn, made, *end.result()


class Shelf:
    """Converted sources on their way to be published: one after the other, or all of them first."""

    def __init__(self, outcomes: Iterator[tuple[Made, bytes]], *, whole: bool) -> None:
        self.outcomes, self.sha256 = outcomes, dict[str, str]()
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when this is left
        for made, packed in outcomes if whole else ():
            self.sha256[made.proposal.source_id] = made.proposal.sha256
            self.file.write(packed)
        self.file.seek(0)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __iter__(self) -> Iterator[Made]:
        for _ in self.sha256:
            yield pickle.load(self.file)
        yield from (made for made, _ in self.outcomes)


def _texts(folder: Path) -> list[Path]:
    """Sources of a folder, by name."""
    return sorted(path for path in folder.iterdir() if doors.is_source(path))


def _leads_out(path: Path) -> bool:
    """Whether a file of a folder is a link to something that lies elsewhere."""
    target = Path(os.path.realpath(path))  # resolve() gives up on links in a circle
    return path.is_symlink() and not target.is_relative_to(path.parent.resolve())


def _near(path: Path) -> Path:
    """The path as seen from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


class _NoBar:
    def update(self) -> None:
        """Nothing to show."""

    close = update


def _progress(sources: int) -> Any:
    """A bar on a terminal if there are many sources."""
    if sources <= _FEW or not sys.stderr.isatty():
        return _NoBar()
    from tqdm import tqdm  # type: ignore[import-untyped, unused-ignore]

    return tqdm(total=sources, desc="converting", unit="source", file=sys.stderr, leave=False)

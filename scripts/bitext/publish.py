"""Pages → files under ``docs/``: the only module that writes there, and it never writes over a person's work.

N is the text made now, B the one that was last written or adopted, C the file on disk, – no such file. The file is
looked for by its ``source_id``: where a person moved it, the lock follows.

=================================================  ===========  ======================================================
what is found                                      action       what happens                                 exit code
=================================================  ===========  ======================================================
no B, C = –                                        create       N is written
C = N ≠ B                                          adopt        N becomes B, the file is not touched
C = N = B                                          same         nothing
no B (or not what its hash says), C ≠ N            foreign      C stays, N is put aside                           3
C = B ≠ N                                          replace      N is written
C ≠ B = N                                          kept         C stays
all differ, the merge has its certificate          merged       the merge is written, N becomes B
all differ, it has none                            conflict     C stays, N is put aside                           3
B, C = –                                           deleted      a person removed it: stays so
two files claim to be the page                     twins        both stay                                         3
an earlier run was stopped, C is neither what it   interrupted  C stays, N is put aside                           3
found nor what it was about to write
the source, or what it gives, is gone              orphan       C stays
the same with ``--prune``, C = B and committed     pruned       C is removed, a redirect remembered
its place is not safe to write                     refused      nothing                                           2
=================================================  ===========  ======================================================

A source that cannot be read is in no plan: its pages, texts and lock stay as they are. :meth:`Publisher.plan` looks and
decides, :meth:`Publisher.carry_out` writes, for each source in this order: the texts that will be B, the lock with its
intents, the pages, the lock. Whenever it is stopped, the next run comes to the same end.
(A page whose making was stopped and that a person removed before the next run is made again: nothing tells it from one
that was never there.)
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from bitext import git, pending
from bitext.extract import SLUG_LENGTH
from bitext.merge import Conflict, Gate, merge, readable
from bitext.model import LANGS, Page
from bitext.page import render
from bitext.read import MAX_BYTES
from bitext.state import STATE_FOLDER, Folder, Intent, Lock, LockedPage, State, StateError, digest
from bitext.whereabouts import Whereabouts, follow

Action = Literal[
    "create", "adopt", "same", "foreign", "replace", "kept", "merged", "conflict", "deleted", "twins", "interrupted",
    "orphan", "pruned", "refused",
]  # fmt: skip
"""What becomes of a page: the table above."""

WRITTEN: frozenset[Action] = frozenset({"create", "replace", "merged"})
ACCEPTED: frozenset[Action] = WRITTEN | {"adopt", "same"}
"""N is B from now on."""
EDITED: frozenset[Action] = frozenset({"kept", "merged", "conflict", "foreign", "twins", "interrupted"})
NEEDS_DECISION: frozenset[Action] = frozenset({"conflict", "foreign", "twins", "interrupted"})
PUT_ASIDE: frozenset[Action] = NEEDS_DECISION - {"twins"}
ORPHAN_EDITED = "a person edited it"
_WHY: dict[Action, str] = {
    "foreign": "a file stands here that the converter did not write",
    "interrupted": "a conversion was stopped while it wrote the page, and the page was edited since",
}
_SUFFIX = 6  # hexadecimal digits that tell apart two sources with one title


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pages of one source as they are made now."""

    source_id: str
    sha256: str
    encoding: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one page."""

    source_id: str
    key: str
    """Language and part: ``zh``, ``en#3``."""
    path: str
    """Below ``docs/``."""
    action: Action
    made: bytes = b""
    """N, empty for an orphan."""
    found: bytes | None = None
    """C."""
    result: bytes | None = None
    """C after the step; ``None``: no file."""
    entry: LockedPage | None = None
    """What is remembered of the page before the step, at the place where it is now."""
    others: tuple[str, ...] = ()
    """Further files that claim to be this page."""
    moved_from: str = ""
    reason: str = ""
    """Why there is no merge, why it was refused, why an orphan was not pruned."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether a file under ``docs/`` changes."""
        return self.result != self.found

    @property
    def settled(self) -> Action | None:
        """What the next run would do if nothing changed, where that is nothing; ``None`` where it is something."""
        if self.action in ACCEPTED:
            return "same" if _plain(self.result) == self.made else "kept"
        return "kept" if self.action == "kept" else None

    @property
    def in_short(self) -> Step:
        """The step without its texts: what is told of it."""
        return replace(self, made=b"", found=None, result=None, conflicts=())

    @property
    def after(self) -> LockedPage | None:
        """What is remembered of the page after the step; ``None``: nothing."""
        entry = self.entry or LockedPage(self.path)
        if self.action in ACCEPTED or self.action == "pruned":
            return replace(entry, base=digest(self.made) if self.made else "", intent=None)
        return entry if entry != LockedPage(self.path) else None

    @property
    def underway(self) -> LockedPage | None:
        """What is remembered of the page while the step is done."""
        if not self.writes or not (after := self.after):
            return self.entry
        intent = Intent(digest(self.found), digest(self.result), after.base)
        return replace(self.entry or LockedPage(self.path), intent=intent)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be done for one source."""

    lock: Lock
    """As it will be, but for its pages: those are as they were."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Outset:
    """What stands where before anything is done."""

    locks: Mapping[str, Lock]
    desk: Whereabouts
    taken: dict[str, str]
    """Paths that a new page cannot have; each new page takes its own."""
    gone: tuple[str, ...]
    """Ids of locks whose source is there no more."""
    obsolete: tuple[str, ...]
    """Ids whose lock goes away, since the source has another name now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be done in a run; making it writes nothing."""

    turns: tuple[Turn, ...]
    obsolete: tuple[str, ...] = ()
    """Ids whose lock goes away, since the source has another name now."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Steps of all sources."""
        return tuple(step for turn in self.turns for step in turn.steps)


def decide(made: bytes, base: bytes | None, found: bytes | None, *, locked: bool) -> Action:
    """The heart of the table: N, B, C and whether the lock knows the page. ``conflict`` is for the merge to settle.

    >>> decide(b"new", b"old", b"old", locked=True), decide(b"new", b"old", b"mine", locked=True)
    ('replace', 'conflict')
    """
    if found is None:
        return "deleted" if locked else "create"
    if found == made:
        return "same" if base == made else "adopt"
    if base is None:
        return "foreign"
    if found == base:
        return "replace"
    return "kept" if base == made else "conflict"


class Publisher:
    """Plans and carries out the writing of pages below one ``docs`` folder.

    :param docs: the folder.
    :param state: the state folder; beside ``docs`` if it is not named.
    :param gate: what is wrong with a page; one that has an error is not merged.
    :raises StateError: from all methods, if the state cannot be read or the disk refuses.
    """

    def __init__(self, docs: Path, state: Path | None = None, gate: Gate = readable) -> None:
        self.docs = Folder(docs, MAX_BYTES)
        self.state = State(state or docs.resolve().parent / STATE_FOLDER)
        self.gate = gate

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """No other conversion runs meanwhile; what a killed one left behind is swept away."""
        with self.state.alone():
            self.docs.sweep()
            self.state.folder.sweep()
            yield

    # -------------------------------------------------------------- planning
    def plan(
        self,
        proposals: Iterable[Proposal],
        present: Collection[str] | None = None,
        *,
        whole: bool = False,
        prune: bool = False,
    ) -> Plan:
        """What would be done, in the order of sources and pages; the order of the proposals does not matter.

        :param present: ids of all sources there are, readable or not; ``None`` if that is not known.
        :param whole: the run is over all of them, so that pages of others are orphans.
        :param prune: remove orphans.
        """
        made = {proposal.source_id: proposal for proposal in sorted(proposals, key=lambda p: p.source_id)}
        found = self.open({name: one.sha256 for name, one in made.items()}, present, whole=whole)
        turns = [self.turn(proposal, found, prune=prune) for proposal in made.values()]
        return Plan((*turns, *self.gone(found, prune=prune)), found.obsolete)

    def open(
        self,
        sources: Mapping[str, str],
        present: Collection[str] | None = None,
        *,
        whole: bool = False,
        settled: Mapping[str, Lock] = MappingProxyType({}),
        carried: Mapping[str, str] | None = None,
    ) -> Outset:
        """What stands where before anything is done.

        :param sources: SHA-256 of each source of the run by its id; asked for only where a lock has lost its source.
        :param present: as in :meth:`plan`, and so is ``whole``.
        :param settled: locks of sources with which nothing has changed and that are no part of the run.
        :param carried: ids of the pages, if they are known.
        """
        here = None if present is None else frozenset(present) | frozenset(sources)
        locks, obsolete = _renamed({lock.source: lock for lock in self.state.locks(settled)}, sources, here)
        desk = Whereabouts(self.docs, locks, sources, carried)
        gone = sorted(locks.keys() - here) if here is not None and whole else []
        return Outset(locks, desk, _taken(locks, desk), tuple(gone), obsolete)

    def turn(self, proposal: Proposal, found: Outset, *, prune: bool = False) -> Turn:
        """What would be done for one source; sources have to come in the order of their ids."""
        lock = found.locks.get(proposal.source_id, Lock(proposal.source_id))
        return self._turn(proposal, lock, found.desk, found.taken, prune)

    def gone(self, found: Outset, *, prune: bool = False) -> Iterator[Turn]:
        """What would be done for the sources that are there no more."""
        for name in found.gone:
            yield Turn(found.locks[name], tuple(self._orphans(found.locks[name], set(), found.desk, prune)))

    def _turn(self, proposal: Proposal, lock: Lock, desk: Whereabouts, taken: dict[str, str], prune: bool) -> Turn:
        """Steps of one source."""
        lock = replace(lock, sha256=proposal.sha256, encoding=proposal.encoding)
        steps = [self._step(page, path, lock, desk) for page, path in _placed(proposal, lock, desk, taken)]
        made = {step.key for step in steps}
        return Turn(lock, (*steps, *self._orphans(lock, made, desk, prune)))

    def _step(self, page: Page, path: str, lock: Lock, desk: Whereabouts) -> Step:
        """Decision for one page, which has its place at the path unless a person moved it."""
        step = self._found(lock, key_of(page), f"{page.lang}/{path}", desk)
        made = render(at_path(page, _short(step.path))).encode()
        step = replace(step, made=made)
        if step.action in ("twins", "refused"):
            return step
        entry = step.entry or LockedPage(step.path)
        base = self.state.base(entry.base) if entry.base else None
        action = decide(made, base, _plain(step.found), locked=bool(entry.base))
        if entry.intent and action not in ("adopt", "same", "deleted"):
            action = "interrupted"
        if action == "conflict" and base is not None:
            return self._merged(step, base)
        result = made if action in WRITTEN else step.found
        return replace(step, action=action, result=result, reason=_WHY.get(action, ""))

    def _found(self, lock: Lock, key: str, path: str, desk: Whereabouts) -> Step:
        """A step that knows where its page is and what stands there; decided only if nothing can be done."""
        files = desk.files(lock, key, path)
        entry = lock.pages.get(key)
        if len(files) > 1:
            here = path if path in files else files[0]
            others = tuple(file for file in files if file != here)
            return Step(lock.source, key, here, "twins", entry=entry, others=others)
        moved_from = path if files and files[0] != path else ""
        path = files[0] if files else path
        entry = follow(entry, path) if entry else None
        try:
            there = self.docs.read(path)
        except StateError as error:
            return Step(lock.source, key, path, "refused", entry=entry, reason=error.reason)
        found = there if files else None  # what stands at its place may be the page of another source
        entry = _settled(entry, found) if entry else None
        return Step(lock.source, key, path, "same", b"", found, found, entry, (), moved_from)

    def _merged(self, step: Step, base: bytes) -> Step:
        """The step with a merge, or with the reason why there is none."""
        try:
            page, old, new = ((_plain(side) or b"").decode("utf-8") for side in (step.found, base, step.made))
        except UnicodeDecodeError:
            return replace(step, action="conflict", reason="the page is not UTF-8")
        merged = merge(page, old, new, step.path, self.gate)
        if merged.text is None:
            return replace(step, action="conflict", reason=merged.reason, conflicts=merged.conflicts)
        result = merged.text.encode()
        return replace(step, action="merged", result=step.found if result == _plain(step.found) else result)

    def _orphans(self, lock: Lock, made: set[str], desk: Whereabouts, prune: bool) -> Iterator[Step]:
        """Pages that were made before and are made no more."""
        for key, page in sorted(lock.pages.items()):
            if key in made or not (page.base or page.intent):
                continue
            step = self._found(lock, key, page.path, desk)
            if step.action in ("twins", "refused"):
                yield replace(step, action="orphan", reason=step.reason or "two files claim to be this page")
            elif step.found is not None or prune:
                yield self._pruned(step) if prune else replace(step, action="orphan")

    def _pruned(self, step: Step) -> Step:
        """An orphan that goes, or the reason why it stays."""
        base = step.entry.base if step.entry else ""
        if step.found is not None:
            if digest(_plain(step.found)) != base:
                return replace(step, action="orphan", reason=ORPHAN_EDITED)
            if not git.committed(self.docs.place(step.path)):
                return replace(step, action="orphan", reason="git does not have it as it is")
        return replace(step, action="pruned", result=None)

    # -------------------------------------------------------------- writing
    def carry_out(self, plan: Plan) -> tuple[Step, ...]:
        """Do what the plan says; the steps as they were done come back.

        A file that changed since the plan was made is left alone: its step comes back as ``conflict``.
        """
        done = [step for turn in plan.turns for step in self.carry_out_turn(turn)[0]]
        self.close(plan.obsolete)
        return tuple(done)

    def carry_out_turn(self, turn: Turn) -> tuple[list[Step], Lock]:
        """One source, in the order that makes every stop recoverable; the steps as they were done, and its lock."""
        for step in turn.steps:
            if step.action in ACCEPTED:
                self.state.write_base(step.made)
        if any(step.writes for step in turn.steps):
            self._remember(turn.lock, {step.key: step.underway for step in turn.steps})
        done = [self._write(step) for step in turn.steps]
        for step in done:
            self._put_aside(step)
        return done, self._remember(turn.lock, {step.key: step.after for step in done})

    def close(self, obsolete: Iterable[str]) -> None:
        """What is left to do after the last source."""
        for source_id in obsolete:
            self.state.remove_lock(source_id)
        self.state.forget_bases()

    def _write(self, step: Step) -> Step:
        """One page, if it is still what the plan found."""
        if not step.writes:
            return step
        if step.result is None:
            fits = self.docs.read(step.path) == step.found
            if fits:
                self.docs.remove(step.path)
        else:
            fits = self.docs.swap(step.path, step.found, step.result)
        reason = "the page was changed while the conversion ran"
        kept: Action = "orphan" if step.action == "pruned" else "conflict"
        return step if fits else replace(step, action=kept, result=step.found, reason=reason)

    def _put_aside(self, step: Step) -> None:
        """The proposal and the words about it, where a person must decide; else none."""
        if step.action in PUT_ASIDE:
            note = pending.words(step.path, step.reason, step.conflicts, step.found or b"", step.made)
            self.state.put_aside(step.path, step.made, note)
        elif step.action != "refused":
            self.state.settle(step.path)
        if step.moved_from:
            self.state.settle(step.moved_from)
        # A run that was stopped may have remembered the move and not have come here; another page may stand there now.
        for old in step.entry.former if step.entry else ():
            if not (self.docs.root / old).exists():
                self.state.settle(old)

    def _remember(self, lock: Lock, pages: Mapping[str, LockedPage | None]) -> Lock:
        """Write the lock of a source that has pages."""
        found = replace(lock, pages={key: page for key, page in {**lock.pages, **pages}.items() if page})
        if found.pages:
            self.state.write_lock(found)
        return found


def _plain(found: bytes | None) -> bytes | None:
    """A file without the line ends of Windows: an editor that changes those has changed no word."""
    return found if found is None else found.replace(b"\r\n", b"\n")


def _settled(page: LockedPage, found: bytes | None) -> LockedPage:
    """What is remembered of a page, once it is known how far an interrupted run came.

    The intent stays only if the file is neither what that run found nor what it was about to write. Where that run
    found nothing and a file is there now, the run wrote it, whatever a person has typed into it since.
    """
    if page.intent is None:
        return page
    if digest(found) == page.intent.after or (found is not None and not page.intent.before):
        return replace(page, base=page.intent.base, intent=None)
    return replace(page, intent=None) if digest(found) == page.intent.before else page


def _renamed(
    locks: dict[str, Lock], made: Mapping[str, str], present: frozenset[str] | None
) -> tuple[dict[str, Lock], tuple[str, ...]]:
    """Locks under the names that the sources have now, and the names that are no more."""
    left = {old for lock in locks.values() for old in lock.was if _is_copy(locks.get(old), lock)}
    found = {name: lock for name, lock in locks.items() if name not in left}
    new = {name: sha256 for name, sha256 in made.items() if name not in found}
    pairs = renames(found, new, present) if present is not None else {}
    for name, old in pairs.items():
        found[name] = replace(found[old], source=name, was=(*found[old].was, old))
    return {name: found[name] for name in sorted(found) if name not in pairs.values()}, (*sorted(left), *pairs.values())


def _is_copy(old: Lock | None, new: Lock) -> bool:
    """Whether a lock is what a run left that was stopped while it renamed the source."""
    places = {path for page in new.pages.values() for path in (*page.former, page.path)}
    return old is not None and {page.path for page in old.pages.values()} <= places


def renames(locks: Mapping[str, Lock], new: Mapping[str, str], present: Collection[str]) -> dict[str, str]:
    """Sources without a lock that are, byte for byte, a source whose name is gone: new id → old id.

    :param new: SHA-256 of each source without a lock.
    :param present: ids of all sources there are.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    for name in sorted(locks.keys() - set(present)):
        gone[locks[name].sha256].append(name)
    return {name: gone[sha256].pop(0) for name, sha256 in sorted(new.items()) if gone.get(sha256)}


# ------------------------------------------------------------------ paths
def key_of(page: Page) -> str:
    """Name of a page in the lock of its source.

    >>> from bitext.model import FrontMatter
    >>> key_of(Page("zh", "trade/a.md", FrontMatter("t", ("trade",), "s1#3")))
    'zh#3'
    """
    _, mark, part = page.front_matter.source_id.rpartition("#")
    return page.lang + (mark + part if mark else "")


def at_path(page: Page, path: str) -> Page:
    """The page at another path; the topic of its folder becomes the first."""
    topic = path.partition("/")[0]
    topics = (topic, *(other for other in page.front_matter.topics if other != topic))
    return replace(page, path=path, front_matter=replace(page.front_matter, topics=topics))


def _placed(proposal: Proposal, lock: Lock, desk: Whereabouts, taken: dict[str, str]) -> Iterator[tuple[Page, str]]:
    """Pages and the paths that the lock has for them; for new ones that of their counterpart, or one that is free."""
    for page in proposal.pages:
        key, owner = key_of(page), page.front_matter.source_id
        path = _known_path(lock, key, desk) or _free(page.path, owner, taken)
        taken[path] = owner
        yield page, path


def _known_path(lock: Lock, key: str, desk: Whereabouts) -> str:
    """Path below the language's folder: of the page itself, else where its counterpart is now; empty for new ones."""
    own = lock.pages.get(key)
    if own and (own.base or own.intent):
        return _short(own.path)
    for other in (lang + key[2:] for lang in LANGS):
        page = lock.pages.get(other)
        if page and other != key and (page.base or page.intent):
            files = desk.files(lock, other, page.path)
            return _short(files[0] if len(files) == 1 else page.path)
    return _short(own.path) if own and not desk.known(desk.carried.get(own.path, "")) else ""


def _taken(locks: Mapping[str, Lock], desk: Whereabouts) -> dict[str, str]:
    """Paths that a new page cannot have, with the id of the page that has or had them."""
    found: dict[str, str] = {}
    for lock in locks.values():
        for key, page in lock.pages.items():
            found |= {_short(path): lock.source + key[2:] for path in (*page.former, page.path)}
    return found | {_short(path): owner for path, owner in desk.carried.items() if desk.known(owner)}


def _short(path: str) -> str:
    """Path below the language's folder."""
    return path.partition("/")[2]


def _free(path: str, owner: str, taken: Mapping[str, str]) -> str:
    """The path, or, if another text has it, one that ends in a few digits of the hash of its ``source_id``."""
    if taken.get(path, owner) == owner:
        return path
    mark = hashlib.sha256(owner.encode()).hexdigest()[:_SUFFIX]
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.removesuffix('.md')[: SLUG_LENGTH - _SUFFIX - 1].rstrip('-')}-{mark}.md"

"""Pages → files under ``docs/``: the only module that writes there, and it never writes over a person's work.

For every page there are three texts: N, made now; B, written or adopted last time; C, on disk. :func:`decide` is the
whole table. Where all three differ, C stays byte for byte and N is put aside; a three-way merge will have its place
there. The path of a page is chosen once and kept in the lock; if a person moves the file, the lock follows.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bitext import front_matter, strict_yaml
from bitext.extract import SLUG_LENGTH
from bitext.model import Finding, Page
from bitext.page import LANGS, render
from bitext.state import STATE_FOLDER, Folder, Lock, LockedPage, State, StateError, digest

Action = Literal[
    "create", "replace", "adopt", "same", "kept", "deleted", "conflict", "foreign", "twins", "orphan", "refused"
]
"""What becomes of a page. ``create`` and ``replace`` write it, ``adopt`` only remembers it; ``same`` has nothing to do;
``kept``: a person edited it and the source says nothing new; ``deleted``: a person removed it; ``conflict``: a person
edited it and the source has changed; ``foreign``: a file stands there that the converter did not write; ``twins``: two
files claim to be this page; ``orphan``: the source no longer gives it; ``refused``: its place is not safe to write."""

WRITTEN: frozenset[Action] = frozenset({"create", "replace"})
EDITED: frozenset[Action] = frozenset({"kept", "conflict", "foreign", "twins"})
NEEDS_DECISION: frozenset[Action] = frozenset({"conflict", "foreign", "twins"})
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
    others: tuple[str, ...] = ()
    """Further files that claim to be this page, or the path it was moved from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a run; making it writes nothing."""

    steps: tuple[Step, ...]
    proposals: dict[str, Proposal] = field(default_factory=dict)


def decide(made: bytes, base: bytes | None, found: bytes | None, *, locked: bool) -> Action:
    """The table: N, B, C and whether the lock knows the page.

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
    """Plans and carries out the writing of pages below one ``docs`` folder."""

    def __init__(self, docs: Path, state: Path | None = None) -> None:
        self.docs = Folder(docs)
        self.state = State(state or docs.resolve().parent / STATE_FOLDER)

    # -------------------------------------------------------------- planning
    def plan(self, proposals: Iterable[Proposal]) -> Plan:
        """What would be done, in the order of sources and pages; the order of the proposals does not matter.

        :raises StateError: if the state itself cannot be read.
        """
        ordered = {proposal.source_id: proposal for proposal in sorted(proposals, key=lambda p: p.source_id)}
        locks = {lock.source: lock for lock in self.state.locks()}
        taken = {
            _short(page.path): lock.source + _part(key) for lock in locks.values() for key, page in lock.pages.items()
        }
        claims = self._claims()
        steps: list[Step] = []
        for source_id, proposal in ordered.items():
            lock = locks.get(source_id, Lock(source_id))
            pages = _stuck(proposal, lock, taken)
            steps += [self._step(proposal, page, lock, claims) for page in pages]
            steps += _orphans(proposal, lock)
        return Plan(tuple(steps), ordered)

    def _claims(self) -> dict[tuple[str, str], list[str]]:
        """Files by language and the ``source_id`` that they carry."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for lang in LANGS:
            for path in sorted((self.docs.root / lang).glob("*/*.md")):
                relative = path.relative_to(self.docs.root).as_posix()
                if path.name != "index.md" and (source_id := self._source_id(relative)):
                    found[lang, source_id].append(relative)
        return found

    def _source_id(self, relative: str) -> str:
        """``source_id`` of a file; empty if it cannot be read, which is for the checks to say."""
        try:
            content = self.docs.read(relative) or b""
            pieces = front_matter.split(content.decode("utf-8").replace("\r\n", "\n"))
            data = strict_yaml.load(pieces[0], relative) if pieces else None
        except (StateError, OSError, UnicodeDecodeError, strict_yaml.YamlError):
            return ""
        return str(data.get("source_id", "")) if isinstance(data, dict) else ""

    def _step(self, proposal: Proposal, page: Page, lock: Lock, claims: dict[tuple[str, str], list[str]]) -> Step:
        """Decision for one page."""
        key = key_of(page)
        locked = lock.pages.get(key)
        path = f"{page.lang}/{page.path}"
        others = tuple(claim for claim in claims[page.lang, page.front_matter.source_id] if claim != path)
        made = render(page).encode()
        try:
            found = self.docs.read(path)
            if found is None and len(others) == 1 and locked:
                return self._moved(proposal, page, lock, others[0])
        except StateError as error:
            return Step(proposal.source_id, key, path, "refused", made, None, (error.reason,))
        if others:
            return Step(proposal.source_id, key, path, "twins", made, found, others)
        base = self.state.base(locked.base) if locked else None
        return Step(proposal.source_id, key, path, decide(made, base, found, locked=bool(locked)), made, found)

    def _moved(self, proposal: Proposal, page: Page, lock: Lock, path: str) -> Step:
        """Decision for a page that a person moved: the lock follows."""
        page = at_path(page, _short(path))
        made, found = render(page).encode(), self.docs.read(path)
        locked = lock.pages[key_of(page)]
        action = decide(made, self.state.base(locked.base), found, locked=True)
        return Step(proposal.source_id, key_of(page), path, action, made, found, (locked.path,))

    # -------------------------------------------------------------- writing
    def carry_out(self, plan: Plan) -> tuple[Step, ...]:
        """Do what the plan says; the steps as they were done come back.

        A file that changed since the plan was made is left alone: its step comes back as ``conflict``.
        """
        if not plan.steps:
            return ()
        done: list[Step] = []
        with self.state.alone():
            self.docs.sweep()
            self.state.folder.sweep()
            for source_id, proposal in plan.proposals.items():
                own = [self._do(step) for step in plan.steps if step.source_id == source_id]
                self._remember(proposal, own)
                done += own
        return tuple(done)

    def _do(self, step: Step) -> Step:
        """One page: its text is remembered first, then the file is written."""
        if step.action in NEEDS_DECISION:
            self.state.put_aside(step.path, step.made)
            return step
        if step.action in WRITTEN:
            if self.docs.read(step.path) != step.found:
                return self._do(replace(step, action="conflict"))
            self.state.write_base(step.made)
            self.docs.write(step.path, step.made)
        if step.action == "adopt":
            self.state.write_base(step.made)
        if step.action not in ("orphan", "refused"):
            self.state.settle(step.path)
        return step

    def _remember(self, proposal: Proposal, steps: Sequence[Step]) -> None:
        """Write the lock of a source after its pages, then drop the texts that it no longer names."""
        before = self.state.lock(proposal.source_id) or Lock(proposal.source_id)
        pages = dict(before.pages)
        for step in steps:
            if page := _locked(step, before.pages.get(step.key)):
                pages[step.key] = page
        if pages:
            self.state.write_lock(Lock(proposal.source_id, proposal.sha256, proposal.encoding, pages))
        for base in {page.base for page in before.pages.values()} - {page.base for page in pages.values()}:
            self.state.forget_base(base)


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


def _locked(step: Step, before: LockedPage | None) -> LockedPage | None:
    """Entry of a page in the new lock; ``None`` leaves the old one as it is."""
    former = (*before.former, before.path) if before and before.path != step.path else before.former if before else ()
    if step.action in WRITTEN or step.action in ("adopt", "same"):
        return LockedPage(step.path, digest(step.made), former)
    if before and step.action in ("kept", "conflict") and before.path != step.path:
        return LockedPage(step.path, before.base, former)
    return None


def _stuck(proposal: Proposal, lock: Lock, taken: dict[str, str]) -> Iterator[Page]:
    """Pages at the paths that the lock has for them or for their counterpart, new ones at a path that is free."""
    for page in proposal.pages:
        key, owner = key_of(page), page.front_matter.source_id
        locked = next((lock.pages[k] for k in (key, *(lang + _part(key) for lang in LANGS)) if k in lock.pages), None)
        path = _short(locked.path) if locked else _free(page.path, owner, taken)
        taken[path] = owner
        yield at_path(page, path)


def _short(path: str) -> str:
    """Path below the language's folder."""
    return path.partition("/")[2]


def _part(key: str) -> str:
    """What a key of the lock adds to the source's id: nothing, or ``#3``."""
    return key[2:]


def _free(path: str, owner: str, taken: dict[str, str]) -> str:
    """The path, or, if another text has it, one that ends in a few digits of the hash of its ``source_id``."""
    if taken.get(path, owner) == owner:
        return path
    mark = hashlib.sha256(owner.encode()).hexdigest()[:_SUFFIX]
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.removesuffix('.md')[: SLUG_LENGTH - _SUFFIX - 1].rstrip('-')}-{mark}.md"


def _orphans(proposal: Proposal, lock: Lock) -> Iterator[Step]:
    """Pages that the source gave before and gives no more: they stay, and are told."""
    made = {key_of(page) for page in proposal.pages}
    for key, page in sorted(lock.pages.items()):
        if key not in made:
            yield Step(proposal.source_id, key, page.path, "orphan")


# ------------------------------------------------------------------ telling
def tell(step: Step, docs: Path, state: Path) -> Finding | None:
    """What a person should know of a step; ``None`` where all went its way."""
    pending = state / "pending" / step.path
    look = f"Compare it with {pending}, take over what you want, then rerun."
    words: dict[Action, tuple[str, str]] = {
        "conflict": ("edited by a person, and the source now gives another text; the page was left as it is", look),
        "foreign": ("a file stands here that the converter did not write; it was left as it is", look),
        "twins": (
            f"claims to be the page of {step.source_id}, and so does {', '.join(step.others)}; both were left",
            "Delete one of them, or give it a source_id of its own.",
        ),
        "orphan": (f"{step.source_id} no longer gives this page; it stays", "Delete it if it is not needed."),
        "refused": (f"not written: {', '.join(step.others)}", "Put a regular file or folder in its place."),
    }
    if step.action not in words:
        return None
    found, next_step = words[step.action]
    severity: Literal["error", "warning"] = "error" if step.action == "refused" else "warning"
    return Finding(str(docs / step.path), "publish", found, "", next_step, severity=severity)

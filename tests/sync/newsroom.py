"""A small newsroom, played by chance: sources change, people edit pages, conversions run, are killed and run again.

The newsroom remembers what people typed, removed, moved and deleted, and after every conversion it looks whether all of
that is still so. Each word that somebody types is one of a kind, so that a lost or doubled word is seen.
"""

import random
import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.sync.faults import counted, killed, quick

from bitext.model import LANGS, FrontMatter, Page, Part
from bitext.publish import NEEDS_DECISION, WRITTEN, Proposal, Publisher
from bitext.state import State, digest, redirects

TOPICS = ("trade", "culture")
OPENING = 4  # paragraphs of a new source


@dataclass
class Source:
    """What a source says: paragraphs by their number, each in some version."""

    id: str
    paragraphs: dict[int, int] = field(default_factory=dict)
    title: int = 0
    sides: tuple[str, ...] = LANGS
    broken: bool = False

    @property
    def sha256(self) -> str:
        return digest(repr((sorted(self.paragraphs.items()), self.title, self.sides)).encode())

    def proposal(self, generator: int) -> Proposal:
        """Its pages, as a version of the converter makes them."""
        return Proposal(self.id, self.sha256, "", tuple(self.page(lang, generator) for lang in self.sides))

    def page(self, lang: str, generator: int) -> Page:
        parts = [
            Part("paragraph", f"k{k} v{v} g{generator // (k % 3 + 1)} {lang}", f"p{k}")
            for k, v in self.paragraphs.items()
        ]
        front = FrontMatter(f"Title {self.title}", ("trade",), self.id, tags=(f"g{generator}",))
        return Page(lang, f"trade/title-{self.title % 3}.md", front, tuple(parts))


@dataclass
class Sheet:
    """What people did to one page."""

    path: str
    """Where it is now, below docs/."""
    typed: set[str] = field(default_factory=set)
    """Words that must be on it, each once."""
    removed: set[int] = field(default_factory=set)
    """Paragraphs that must not be on it."""
    pristine: bool = True
    """Nobody edited it: it is what the source gives."""
    deleted: bytes | None = None
    """What stood there when a person removed it."""
    announced: bool = True
    """A run that came to its end told of it."""
    copies: list[str] = field(default_factory=list)
    """Copies that a person made and that still carry its id."""


class Newsroom:
    """Docs, sources, people and a converter below one folder.

    :param seed: decides everything that happens.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.docs = root, root / "docs"
        self.chance = random.Random(seed)
        self.sources: dict[str, Source] = {}
        self.sheets: dict[tuple[str, str], Sheet] = {}
        self.generator = self.words = self.names = self.keys = 0
        self.counts: Counter[str] = Counter()
        self.docs.mkdir(parents=True)
        (root / "mine.txt").write_text("not the converter's")
        for _ in range(3):
            self.new_source()

    # ------------------------------------------------------------------ the play
    def play(self, steps: int) -> None:
        """So many things happen, one after the other."""
        deeds = [deed for deed, weight in _WEIGHTS.items() for _ in range(weight)]
        with quick():
            for _ in range(steps):
                deed = self.chance.choice(deeds)
                self.counts["steps"] += 1
                getattr(self, deed)()
            self.convert()

    # ------------------------------------------------------------------ sources
    def new_source(self) -> None:
        if len(self.sources) < 6:
            self.names += 1
            source = Source(f"s{self.names}", {}, self.chance.randrange(9), self.chance.choice((LANGS, LANGS, ("zh",))))
            for _ in range(OPENING):
                self.add_to(source)
            self.sources[source.id] = source

    def add_to(self, source: Source) -> None:
        self.keys += 1
        items = list(source.paragraphs.items())
        items.insert(self.chance.randint(0, len(items)), (self.keys, 0))
        source.paragraphs = dict(items)

    def any_source(self) -> Source:
        return self.chance.choice(list(self.sources.values()))

    def change_source(self) -> None:
        source = self.any_source()
        deed = self.chance.randrange(6)
        if deed == 0:
            self.add_to(source)
        elif deed == 1 and len(source.paragraphs) > 2:
            del source.paragraphs[self.chance.choice(list(source.paragraphs))]
        elif deed == 2:
            source.title += 1
        elif deed == 3:
            source.sides = LANGS
        else:
            source.paragraphs[self.chance.choice(list(source.paragraphs))] += 1
        self.counts["source changes"] += 1

    def change_generator(self) -> None:
        self.generator += 1
        self.counts["generator changes"] += 1

    def break_source(self) -> None:
        source = self.any_source()
        source.broken = not source.broken

    def rename_source(self) -> None:
        source = self.any_source()
        if any(
            lock.source == source.id and lock.sha256 == source.sha256 for lock in State(self.root / ".convert").locks()
        ):
            self.names += 1
            del self.sources[source.id]
            for old, sheet in [item for item in self.sheets.items() if item[0][0] == source.id]:
                del self.sheets[old]
                self.sheets[f"s{self.names}", old[1]] = sheet
            source.id, source.broken = f"s{self.names}", False
            self.sources[source.id] = source
            self.counts["renames"] += 1
            self.convert()

    def lose_source(self) -> None:
        if len(self.sources) > 2:
            source = self.any_source()
            del self.sources[source.id]
            self.counts["sources lost"] += 1

    # ------------------------------------------------------------------ people
    def any_sheet(self) -> tuple[Sheet, Path] | None:
        """A page that is there."""
        there = [sheet for sheet in self.sheets.values() if (self.docs / sheet.path).is_file()]
        sheet = self.chance.choice(there) if there else None
        return (sheet, self.docs / sheet.path) if sheet else None

    def word(self) -> str:
        self.words += 1
        return f"typed{self.words}x"

    def edit(self) -> None:
        """A person changes something on a page."""
        if found := self.any_sheet():
            sheet, path = found
            text = path.read_bytes().decode().replace("\r\n", "\n")
            text = self.chance.choice((self._correct, self._correct, self._add, self._remove, self._retitle))(
                sheet, text
            )
            if self.chance.random() < 0.1:
                text = text.replace("\n", "\r\n")
            path.write_bytes(text.encode())
            sheet.pristine = False
            self.counts["edits"] += 1

    def _correct(self, sheet: Sheet, text: str) -> str:
        lines = text.split("\n")
        number = self.chance.choice(
            [n for n, line in enumerate(lines) if re.match(r"k\d|typed", line)] or [len(lines) - 1]
        )
        lines[number] += f" {self._typed(sheet)}"
        return "\n".join(lines)

    def _add(self, sheet: Sheet, text: str) -> str:
        head, blank, body = text.partition("\n\n")
        blocks = body.split("\n\n")
        blocks.insert(self.chance.randint(0, len(blocks)), self._typed(sheet))
        return head + (blank or "\n\n") + "\n\n".join(blocks)

    def _remove(self, sheet: Sheet, text: str) -> str:
        head, blank, body = text.partition("\n\n")
        blocks = body.split("\n\n")
        gone = blocks.pop(self.chance.randrange(len(blocks))) if len(blocks) > 1 else ""
        sheet.removed |= {int(key) for key in re.findall(r"\bk(\d+) v", gone)}
        sheet.typed -= set(re.findall(r"typed\d+x", gone))
        return head + blank + "\n\n".join(blocks)

    def _retitle(self, sheet: Sheet, text: str) -> str:
        return re.sub(r"^(title: .*)$", rf"\1 {self._typed(sheet)}", text, count=1, flags=re.MULTILINE)

    def _typed(self, sheet: Sheet) -> str:
        word = self.word()
        sheet.typed.add(word)
        return word

    def move_page(self) -> None:
        if found := self.any_sheet():
            sheet, path = found
            self.names += 1
            new = self.docs / sheet.path[:2] / self.chance.choice(TOPICS) / f"moved-{self.names}.md"
            new.parent.mkdir(parents=True, exist_ok=True)
            path.rename(new)
            sheet.path = new.relative_to(self.docs).as_posix()
            self.counts["moves"] += 1

    def delete_page(self) -> None:
        """Not one whose making was killed: whether it was never there or is there no more, nobody could tell."""
        found = self.any_sheet()
        if found and found[0].announced and not found[0].copies and self.chance.random() < 0.5:
            sheet, path = found
            sheet.deleted = path.read_bytes()
            path.unlink()
            self.counts["deletions"] += 1

    def restore_page(self) -> None:
        for sheet in self.sheets.values():
            if sheet.deleted is not None and self.chance.random() < 0.5:
                path = self.docs / sheet.path
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    path.write_bytes(sheet.deleted)
                    sheet.deleted, sheet.pristine = None, False

    def copy_page(self) -> None:
        if found := self.any_sheet():
            sheet, path = found
            self.names += 1
            copy = path.with_name(f"copy-{self.names}.md")
            shutil.copy(path, copy)
            sheet.copies.append(copy.relative_to(self.docs).as_posix())

    def remove_copies(self) -> None:
        for sheet in self.sheets.values():
            for copy in sheet.copies:
                (self.docs / copy).unlink()
            sheet.copies.clear()

    def take_proposal(self) -> None:
        """A person settles a conflict: the new text goes in, theirs goes out."""
        for sheet in self.sheets.values():
            proposal = self.root / ".convert/pending" / sheet.path
            if proposal.exists() and (self.docs / sheet.path).exists():
                shutil.copy(proposal, self.docs / sheet.path)
                sheet.typed.clear()
                sheet.removed.clear()
                self.counts["decisions"] += 1

    # ------------------------------------------------------------------ conversions
    def run(self, root: Path | None = None) -> list:
        """One conversion over all sources; the steps it did."""
        publisher = Publisher((root or self.root) / "docs")
        proposals = [source.proposal(self.generator) for source in self.sources.values() if not source.broken]
        self.chance.shuffle(proposals)
        with publisher.alone():
            return list(publisher.carry_out(publisher.plan(proposals, set(self.sources), whole=True)))

    def convert(self) -> None:
        """A conversion that nobody disturbs."""
        before, aside = self.files("docs"), self.files(".convert/pending")
        steps = self.run()
        self.counts["conversions"] += 1
        news = [step for step in steps if aside.get(f".convert/pending/{step.path}") != step.made]
        self.counts.update(_COUNTED[step.action] for step in news if step.action in _COUNTED)
        self._learn(steps)
        self._check(before, steps)
        if self.chance.random() < 0.3:
            after = self.files()
            assert not [step for step in self.run() if step.writes]
            assert self.files() == after, "twice is not once"

    def crash(self) -> None:
        """A conversion that is killed at some point; mostly it is run again at once, sometimes people work first."""
        twin = self.root.with_name(self.root.name + "-twin")
        shutil.copytree(self.root, twin)
        before = self.files()
        state = self.chance.getstate()
        points = counted(lambda: self.run(twin))
        after = self.files(root=twin)
        shutil.rmtree(twin)
        self.chance.setstate(state)
        if not points or not killed(self.run, self.chance.randrange(points)):
            return  # there was nothing to write
        self.counts["kills"] += 1
        found = self.files("docs")
        torn = [
            name
            for name, content in found.items()
            if not name.endswith(".tmp") and content not in (before.get(name), after.get(name))
        ]
        assert not torn, f"neither before nor after: {torn}"
        intents = any(page.intent for lock in State(self.root / ".convert").locks() for page in lock.pages.values())
        self.counts["recoveries"] += intents
        if self.chance.random() < 0.7:
            self.convert()
            assert self.files() == after, "killed and rerun is not the same as an uninterrupted run"
        else:
            self._learn_from(found)
            self.counts["crashes with work before the rerun"] += 1

    def files(self, below: str = "", root: Path | None = None) -> dict[str, bytes]:
        """All files, but for the mark of a running conversion."""
        root = root or self.root
        paths = [path for path in (root / below).rglob("*") if path.is_file() and path.name != "running"]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}

    # ------------------------------------------------------------------ what must be so
    def _learn(self, steps: list) -> None:
        """Pages that are new."""
        for step in steps:
            if step.action == "create":
                self.sheets[step.source_id, step.key] = Sheet(step.path)
            sheet = self.sheets.get((step.source_id, step.key))
            if sheet:
                sheet.announced = True
            if sheet and step.action in ("adopt", "same"):
                sheet.pristine = True

    def _learn_from(self, found: dict[str, bytes]) -> None:
        """Pages that a killed run has written and that no step tells of."""
        known = {f"docs/{sheet.path}" for sheet in self.sheets.values()}
        for lock in State(self.root / ".convert").locks():
            for key, page in lock.pages.items():
                name = f"docs/{page.path}"
                if name in found and name not in known and (lock.source, key) not in self.sheets:
                    self.sheets[lock.source, key] = Sheet(page.path, announced=False)

    def _check(self, before: dict[str, bytes], steps: list) -> None:
        now = self.files("docs")
        for step in steps:
            name = f"docs/{step.path}"
            if step.action not in WRITTEN:
                assert now.get(name) == before.get(name), f"{step.action} wrote {name}"
            if step.action in NEEDS_DECISION - {"twins"}:
                assert (self.root / ".convert/pending" / step.path).read_bytes() == step.made
        for sheet in self.sheets.values():
            self._check_sheet(sheet, now.get(f"docs/{sheet.path}"))
        assert not [name for name, content in now.items() if b"<<<<<<<" in content]
        assert not [name for name in self.files() if name.endswith(".tmp")]
        assert (self.root / "mine.txt").read_text() == "not the converter's"
        assert set(self.files()) - set(now) - {"mine.txt"} == {n for n in self.files() if n.startswith(".convert/")}
        self._check_state()
        self._check_pristine(steps, now)

    def _check_sheet(self, sheet: Sheet, content: bytes | None) -> None:
        if sheet.deleted is not None:
            assert content is None, f"{sheet.path} was deleted and is back"
            return
        assert content is not None, f"{sheet.path} is gone"
        words = Counter(re.findall(r"typed\d+x", content.decode()))
        assert words == Counter(sheet.typed), f"{sheet.path}: lost, doubled or strange words {words} {sheet.typed}"
        assert not sheet.removed & set(map(int, re.findall(r"\bk(\d+) v", content.decode()))), "removed and back"
        self.counts["looks at a page"] += 1
        self.counts["words found again"] += len(words)

    def _check_state(self) -> None:
        """Every text that a lock names is there and is what its name says; redirects lead to pages."""
        state = State(self.root / ".convert")
        named = {page.base for lock in state.locks() for page in lock.pages.values() if page.base}
        assert all(state.base(name) is not None for name in named)
        stored = {path.stem for path in (self.root / ".convert/base").glob("*.md")}
        intents = {p.intent.base for lock in state.locks() for p in lock.pages.values() if p.intent}
        assert stored == named | (intents & stored)
        for old, new in redirects(self.docs).items():
            assert (self.docs / new).is_file() or (new.count("/") == 2 and new.endswith("/index.md"))
            assert not (self.docs / old).exists()

    def _check_pristine(self, steps: list, now: dict[str, bytes]) -> None:
        """A page that nobody edited is what its source gives: the converter that never writes is wrong too."""
        for step in steps:
            sheet = self.sheets.get((step.source_id, step.key))
            if sheet and sheet.pristine and sheet.deleted is None and not sheet.copies and step.made:
                content = now[f"docs/{step.path}"].replace(b"\r\n", b"\n")
                assert content == step.made, f"{step.path} is not what its source gives"
                self.counts["pages that follow their source"] += 1


_COUNTED = {
    "merged": "merges",
    "conflict": "conflicts",
    "twins": "twins",
    "deleted": "deletions kept",
    "orphan": "orphans",
    "interrupted": "interrupted",
    "kept": "kept",
    "replace": "replaced",
    "foreign": "foreign",
}
_WEIGHTS = {
    "edit": 30,
    "change_source": 14,
    "change_generator": 2,
    "convert": 14,
    "crash": 17,
    "move_page": 3,
    "delete_page": 2,
    "restore_page": 2,
    "copy_page": 1,
    "remove_copies": 3,
    "take_proposal": 4,
    "break_source": 1,
    "rename_source": 2,
    "lose_source": 1,
    "new_source": 2,
}

"""Tiny pages made by hand, and a converter for them."""

import subprocess
from pathlib import Path

from bitext.model import FrontMatter, Page, Part
from bitext.publish import Proposal, Publisher

ZH, EN = "docs/zh/trade/a.md", "docs/en/trade/a.md"


def page(lang="zh", text="One.", source_id="s1", path="trade/a.md", topics=("trade",)):
    parts = (Part("paragraph", f"{text} ({lang})", "p1"), Part("paragraph", "Last.", "p2"))
    return Page(lang, path, FrontMatter("T", topics, source_id), parts)


def proposal(text="One.", source_id="s1", path="trade/a.md", parts=("",), sha256="0" * 64):
    pages = [page(lang, f"{text}{part}", source_id + part, path) for part in parts for lang in ("zh", "en")]
    return Proposal(source_id, sha256, "utf-8", tuple(pages))


class Site:
    """A docs folder and its converter."""

    def __init__(self, root: Path) -> None:
        self.root, self.docs = root, root / "docs"

    def run(self, *proposals, **options):
        """A conversion; the actions by source and key."""
        return {f"{step.source_id}/{step.key}": step.action for step in self.steps(*proposals, **options)}

    def steps(self, *proposals, **options):
        publisher = Publisher(self.docs)
        with publisher.alone():
            return publisher.carry_out(publisher.plan(proposals, **options))

    def all(self, *proposals, prune=False, broken=()):
        """A conversion over all sources there are."""
        present = {*(p.source_id for p in proposals), *broken}
        return self.run(*proposals, present=present, whole=True, prune=prune)

    def commit(self):
        """Let git have all files."""
        git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
        for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
            subprocess.run([*git, *words], cwd=self.root, check=True)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def edit(self, name, old, new):
        """A person replaces words on a page."""
        text = (self.root / name).read_bytes().decode()
        assert old in text
        self.write(name, text.replace(old, new))

    def move(self, old, new):
        path = self.root / new
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(path)

    def files(self):
        """All files but git's, the mark of a running conversion and what it remembers to save itself work."""
        paths = {path.relative_to(self.root): path for path in self.root.rglob("*") if path.is_file()}
        return {
            name.as_posix(): path.read_bytes()
            for name, path in paths.items()
            if name.parts[0] != ".git" and name.parts[:2] not in ((".convert", "running"), (".convert", "cache"))
        }

    def pages(self):
        return {name: content.decode() for name, content in self.files().items() if name.startswith("docs/")}

"""Conversions in which much happens at once: the stage for killing them and for failing disks."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.sync.site import Site, proposal

from bitext.model import Part
from bitext.publish import Proposal
from bitext.state import digest

SCENES = {
    "edits": (("merge", "again", "conflict", "old-name"), {"merged", "conflict", "replace"}),
    "pages": (("kept", "replace", "moved", "deleted", "new"), {"kept", "same", "replace", "deleted", "create"}),
    "strangers": (
        ("twins", "foreign", "adopt", "gone"),
        {"twins", "replace", "foreign", "adopt", "orphan", "pruned"},
    ),
}
"""Sources, and what the conversion does with their pages. What is done to each source stands in :func:`build`."""


def proposals(names: tuple[str, ...]) -> list[Proposal]:
    """What the sources give now; all but two have changed, one has another name, one is gone."""
    same = ("kept", "adopt", "new")
    return [_one(name, "One." if name in same else "Two.") for name in names if name != "gone"]


def _one(name: str, text: str) -> Proposal:
    """A source; the one with another name is known by its hash."""
    sha256, path = digest(name.encode()), f"trade/{name}.md"
    if name == "again":
        return _repeating(proposal(text, name, path, sha256=sha256), "AA" if text == "One." else "BA")
    return proposal(text, "new-name" if (name, text) == ("old-name", "Two.") else name, path, sha256=sha256)


def _repeating(made: Proposal, letters: str) -> Proposal:
    """Pages of paragraphs that repeat: merged with a person's ABA they are BBA; merged once more, a conflict."""
    parts = tuple(Part("paragraph", letter) for letter in letters)
    return replace(made, pages=tuple(replace(page, parts=parts) for page in made.pages))


def build(root: Path, names: tuple[str, ...]) -> Site:
    """Pages as they stand before that conversion, people's work included."""
    site = Site(root)
    site.all(*(_one(name, "One.") for name in names if name != "new"))
    for name in {"merge", "kept", "old-name"} & {*names}:
        site.edit(f"docs/zh/trade/{name}.md", "Last.", "Mine.")
    for name in {"foreign", "adopt"} & {*names}:
        (root / f".convert/lock/{name}.json").unlink()
    if "conflict" in names:
        site.edit("docs/zh/trade/again.md", "\nA\n\nA\n", "\nA\n\nB\n\nA\n")
        site.edit("docs/zh/trade/conflict.md", "One.", "Mine.")
    if "moved" in names:
        site.move("docs/zh/trade/moved.md", "docs/zh/culture/moved.md")
        (root / "docs/zh/trade/deleted.md").unlink()
    if "gone" in names:
        site.edit("docs/en/trade/gone.md", "Last.", "Mine.")
        site.write("docs/zh/trade/twin.md", site.pages()["docs/zh/trade/twins.md"])
        site.write("docs/zh/trade/index.md", "topic")
        site.commit()
    return site


def convert(site: Site, names: tuple[str, ...]) -> set[str]:
    """That conversion; the actions it took."""
    return set(site.all(*proposals(names), prune=True).values())


def copy(site: Site, root: Path) -> Site:
    """The same pages elsewhere."""
    shutil.copytree(site.root, root)
    return Site(root)

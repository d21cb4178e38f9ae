"""Command: how long the checks take over archives of growing size, and over one changed page of each.

``make bench-check`` takes about a minute; ``make bench-check ARGS=--full`` goes up to 10 000 pairs of pages. Nothing
here fails on a figure: README.md keeps those of one machine, with their date.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import many
from tests.benchmarks.running import Cost, machine, run
from tests.gold.corpus import ROOT
from tests.gold.table import markdown

SMALL, FULL = (250, 500, 1_000), (1_000, 2_500, 5_000, 10_000)
REPEATS = 3
"""The best of so many runs over one page is given."""
_HEAD = ("pairs of pages", "MB", "all, s", "CPU, s", "ms of CPU a pair", "peak of all processes, MB", "one page, s")


def row(root: Path, number: int) -> list[str]:
    """Figures of one size."""
    docs = root / f"docs-{number}"
    size = many.docs(docs, number)
    _commit(root, docs)
    whole = checked(docs)
    page = next((docs / "en").rglob("*.md"))
    one = min((checked(docs, page) for _ in range(REPEATS)), key=lambda cost: cost.wall)
    each = whole.cpu / number * 1000
    return [
        f"{number:,}".replace(",", "\u00a0"), f"{size / 1e6:.0f}", f"{whole.wall:.1f}", f"{whole.cpu:.1f}",
        f"{each:.2f}", f"{whole.peak:.0f}", f"{one.wall:.2f}",
    ]  # fmt: skip


def checked(docs: Path, *paths: Path) -> Cost:
    """Cost of a run of the command, its start included."""
    return run([sys.executable, str(ROOT / "scripts/check.py"), "--docs", str(docs), *map(str, paths)], ends={0, 1})


def _commit(root: Path, docs: Path) -> None:
    """Staleness asks git: the pages are in a repository, as in life."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "gc.auto=0"]
    for words in (["init", "-q"], ["add", docs.name], ["commit", "-qm", docs.name]):
        subprocess.run([*git, *words], cwd=root, check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="make bench-check", description="How fast the checks are.")
    parser.add_argument("--full", action="store_true", help="up to 10 000 pairs of pages")
    sizes = FULL if parser.parse_args(arguments).full else SMALL
    print(machine("make bench-check") + "\n")
    with tempfile.TemporaryDirectory() as folder:
        print(markdown(_HEAD, [row(Path(folder), number) for number in sizes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Command: how long it takes to convert many sources with all cores, and to run again when nothing or one has changed.

``make bench-convert`` takes about a minute; ``make bench-convert ARGS=--full`` converts 10 000 sources. Nothing here
fails on a figure: README.md keeps those of one machine, with their date.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import many
from tests.benchmarks.running import Cost, machine, run
from tests.gold.corpus import ROOT
from tests.gold.table import markdown

SMALL, FULL = (100, 400), (1_000, 10_000)
_HEAD = ("sources", "run", "wall, s", "CPU, s", "a second", "a second of CPU", "of the first's wall, CPU", "peak, MB")


def rows(root: Path, number: int) -> list[list[str]]:
    """Figures for so many sources."""
    size = many.sources(root / "sources", number)
    first = converted(root)
    again = min((converted(root) for _ in range(2)), key=lambda cost: cost.wall)
    text = next((root / "sources").glob("*.txt"))
    text.write_text(text.read_text("utf-8") + "\nOne more.\n", "utf-8")
    one = converted(root)
    name = f"{number:,}".replace(",", "\u00a0") + f" of {size / number / 1000:.1f} KB"
    return [
        [name, "first", *_cells(first, number, first)],
        [name, "nothing changed", *_cells(again, number, first)],
        [name, "one changed", *_cells(one, number, first)],
    ]


def converted(root: Path) -> Cost:
    """Cost of a run of the command, its start included."""
    command = [sys.executable, str(ROOT / "scripts/convert.py"), "--sources", "sources", "--docs", "docs"]
    return run(command, ends={0, 1}, cwd=root)


def _cells(cost: Cost, number: int, first: Cost) -> list[str]:
    share = f"{cost.wall / first.wall:.1%}, {cost.cpu / first.cpu:.1%}"
    speeds = f"{number / cost.wall:.0f}", f"{number / cost.cpu:.0f}"
    return [f"{cost.wall:.1f}", f"{cost.cpu:.1f}", *speeds, share, f"{cost.peak:.0f}"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="make bench-convert", description="How fast many sources are converted.")
    parser.add_argument("--full", action="store_true", help="10 000 sources")
    sizes = FULL if parser.parse_args(arguments).full else SMALL
    print(machine("make bench-convert") + "\n")
    found = []
    for number in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found += rows(Path(folder), number)
    print(markdown(_HEAD, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

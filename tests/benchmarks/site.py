"""Command: what the build of the site costs, beside stock MkDocs with the same plugins and beside Hugo.

``make bench-site`` takes a minute or two (100 articles), ``make bench-full`` an hour (100, 1,000 and 5,000). All builds
of a run are made of the same articles, one after the other, each into an empty folder and in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks import articles
from tests.gold.table import markdown

from bitext import front_matter

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
MEGABYTE = 1_000_000
EDITS, TITLES = 11, 5
PATIENCE = 300.0
"""Seconds after which an edit should be shown."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu: float
    """Seconds of CPU, user and system, with all child processes."""
    wall: float
    peak: float
    """Largest resident memory, in MB."""
    size: float = 0.0
    """Of what it made, in MB."""


@dataclass(slots=True)
class Bench:
    """One number of articles in a folder of its own."""

    folder: Path
    count: int
    rows: dict[str, Cost] = field(default_factory=dict)

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    def measure(self, name: str, command: Sequence[str | Path], target: Path, **environment: str) -> None:
        """Runs a command that makes ``target``."""
        self.rows[name] = _run(command, {**os.environ, "SOURCE_DATE_EPOCH": "0", **environment}, target)
        print(f"{self.count:6} {name:34} {_shown(self.rows[name])}", file=sys.stderr, flush=True)


def _run(command: Sequence[str | Path], environment: Mapping[str, str], target: Path) -> Cost:
    """A process of its own that runs one command, so that its children's usage is the command's."""
    script = (
        "import resource,subprocess,sys;s=subprocess.run(sys.argv[1:],stdout=2).returncode;"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss);sys.exit(s)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, command)], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    cpu, peak = map(float, done.stdout.split())
    return Cost(cpu, wall, peak * 1024 / MEGABYTE, _size(target))


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


def _shown(cost: Cost) -> str:
    return f"CPU {cost.cpu:7.2f} s  wall {cost.wall:7.2f} s  peak {cost.peak:6.0f} MB  site {cost.size:6.0f} MB"


# ------------------------------------------------------------------ the others
def stock(bench: Bench) -> None:
    """MkDocs, Material and static-i18n as they come, the same articles in folders, lists of articles as Markdown."""
    docs = bench.folder / "stock" / "docs"
    shutil.copytree(bench.docs, docs)
    for lang in ("zh", "en"):
        (docs / lang / "index.md").write_text("# Home\n", encoding="utf-8")
        for topic in articles.TOPICS:
            rows = [f"- [{_title(path)}]({path.name})" for path in sorted((docs / lang / topic).glob("*.md"))]
            (docs / lang / topic / "index.md").write_text(f"# {topic}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    config = bench.folder / "stock" / "mkdocs.yml"
    shutil.copy(HERE / "stock.yml", config)
    site = bench.folder / "stock" / "site"
    command = [Path(sys.executable).parent / "mkdocs", "build", "-q", "-f", config, "-d", site]
    bench.measure("stock", command, site, PYTHONPATH=str(ROOT / "build" / "bench"))


def hugo(bench: Bench) -> None:
    """Hugo with a plain theme of its own: articles, lists by topic and tag, a feed and a JSON index."""
    folder = bench.folder / "hugo"
    shutil.copytree(HERE / "hugo", folder)
    shutil.copytree(bench.docs, folder / "content")
    site = folder / "public"
    bench.measure("hugo", ["hugo", "--quiet", "--source", folder, "--destination", site], site)


def _title(path: Path) -> str:
    pieces = front_matter.split(path.read_text(encoding="utf-8"))
    found, _ = front_matter.read(pieces[0], "") if pieces else (None, ())
    return found.title.replace("[", "(").replace("]", ")") if found else path.stem


# ------------------------------------------------------------------ ours
def ours(bench: Bench) -> None:
    """The build command: with nothing there, with nothing changed, with one article edited, and with another one."""
    site = bench.folder / "site"
    bench.measure("ours", _build(bench, "site"), site)
    bench.measure("ours, nothing changed", _build(bench, "site"), site)
    _edit(bench, 0)
    bench.measure("ours, one article edited", _build(bench, "site"), site)
    _edit(bench, 1)
    bench.measure("ours, another one edited", _build(bench, "site"), site)


def _build(bench: Bench, name: str) -> list[str | Path]:
    return [sys.executable, ROOT / "scripts" / "build.py", "--docs", bench.docs, "--site", bench.folder / name]


def without_levers(bench: Bench) -> None:
    """The build command with ``FAST=0``."""
    bench.measure("ours, FAST=0", _build(bench, "slow"), bench.folder / "slow", FAST="0")


def _edit(bench: Bench, number: int) -> tuple[str, str]:
    """Adds a line to a text; the address of its page and the line."""
    paths = sorted((bench.docs / "en" / "trade").glob("*.md"))
    path = paths[number % len(paths)]
    line = f"Edit {number} of {bench.count}."
    text = path.read_text(encoding="utf-8").replace("{ #p1 }", f"{line}\n{{ #p1 }}", 1)
    path.write_text(text, encoding="utf-8")
    return f"en/trade/{path.stem}/", line


def serve(bench: Bench) -> Iterator[str]:
    """Milliseconds from saving an edit to a page showing it, as the server of ``make serve`` gives it out."""
    address = "127.0.0.1:8799"
    command = [sys.executable, ROOT / "scripts" / "serve.py", "--docs", bench.docs, "--address", address]
    with subprocess.Popen(list(map(str, command)), cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        while "Serving" not in server.stdout.readline():
            if server.poll() is not None:
                raise SystemExit("the site is not served")
        time.sleep(1)
        for what, edit, edits in (("a text", _edit, EDITS), ("a title", _retitle, TITLES)):
            waits = sorted(_until_seen(edit(bench, number), address) for number in range(1, edits + 1))
            yield f"{what}: {statistics.median(waits):.0f} (of {edits}: {waits[0]:.0f} to {waits[-1]:.0f})"
        server.terminate()


def _retitle(bench: Bench, number: int) -> tuple[str, str]:
    """Changes a title; the address of the list that shows it and the new one."""
    path = max((bench.docs / "en" / "trade").glob("*.md"))
    title = f"Title {number} of {bench.count}"
    text = re.sub(r"^title: .*$", f"title: {title}", path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return "en/trade/", title


def _until_seen(edited: tuple[str, str], address: str) -> float:
    page, line = edited
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        with urlopen(f"http://{address}/{page}") as answer:
            if line in answer.read().decode():
                return (time.perf_counter() - start) * 1000
        time.sleep(0.005)
    raise SystemExit(f"{page}: the edit is not shown")


# ------------------------------------------------------------------ the table
def table(benches: Sequence[Bench]) -> Iterator[Sequence[str]]:
    """Rows: articles, what, figures, and the CPU beside that of stock and of Hugo."""
    for bench in benches:
        for name, cost in bench.rows.items():
            ratios = [
                f"{cost.cpu / bench.rows[other].cpu:.3f}" if other in bench.rows else "–" for other in ("stock", "hugo")
            ]
            figures = (f"{cost.cpu:.2f}", f"{cost.wall:.2f}", f"{cost.peak:.0f}", f"{cost.size:.1f}")
            yield f"{bench.count}", name, *figures, *ratios


HEAD = ("articles", "build", "CPU, s", "wall, s", "peak, MB", "site, MB", "of stock", "of Hugo")


def growth(benches: Sequence[Bench]) -> Iterator[str]:
    """How CPU and memory grow between two sizes."""
    for one, two in pairwise(benches):
        for name in one.rows.keys() & two.rows.keys():
            first, second = one.rows[name], two.rows[name]
            more = (second.peak - first.peak) * 1000 / (two.count - one.count)
            per = (second.cpu - first.cpu) * 1000 / (two.count - one.count)
            yield (
                f"- {name}, {one.count} → {two.count}: CPU × {second.cpu / first.cpu:.2f}; "
                f"each article more {per:.2f} ms and {more:.0f} KB of memory"
            )


RUNS: Mapping[str, Callable[[Bench], None]] = {
    "ours": ours, "levers": without_levers, "stock": stock, "hugo": hugo,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[100], help="numbers of articles (100)")
    parser.add_argument("--without", nargs="*", default=[], choices=list(RUNS), help="leave these out")
    parser.add_argument("--serve", action="store_true", help="also measure edits under make serve")
    options = parser.parse_args(arguments)
    benches: list[Bench] = []
    waits: dict[int, list[str]] = {}
    for count in options.counts or [100]:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), count)
            articles.write(bench.docs, count)
            for name, run in RUNS.items():
                if name not in options.without and (name != "hugo" or shutil.which("hugo")):
                    run(bench)
            if options.serve:
                waits[count] = list(serve(bench))
            benches.append(bench)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}:\n")
    print(markdown(HEAD, list(table(benches))))
    print("\n".join(sorted(growth(benches))))
    for count, wait in ((count, wait) for count, each in waits.items() for wait in each):
        print(f"- make serve, {count} articles, ms until an edit is shown, {wait}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

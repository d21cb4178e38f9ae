"""Command: how fast the converter is, beside an aligner that knows nothing but lengths, as a Markdown table.

``make bench`` takes about a minute. ``make bench ARGS=--profile`` says where the time of the largest text goes. Nothing
here fails on a figure: machines differ. README.md keeps the figures of one machine, with their date.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from tests.benchmarks import plain_aligner, texts
from tests.gold import evaluate, perturb
from tests.gold.corpus import ROOT
from tests.gold.evaluate import Run
from tests.gold.measure import Found, beads_found, keys
from tests.gold.table import markdown

from bitext import knowledge, lexicon, script
from bitext.compose import compose
from bitext.model import SourceText
from bitext.pipeline import understand

REPEATS = 5
"""The best of so many runs is given: what else the machine does can only slow a run down."""

_PASSES = 10
"""Of the documents: in the first their words are new, and in one of the next the rules are taken apart (0.2 s, once a
process)."""

PARAGRAPHS = 2000
SERIES = ("clean", "10 % deleted")
"""Perturbed copies on which the beads of both aligners are compared."""

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took."""

    cpu: float
    """Seconds of CPU."""
    wall: float
    """Seconds on the clock."""
    peak: float = 0.0
    """Largest resident memory of its process, in MB; 0 where it was not measured."""


Rows = list[tuple[str, str]]


def best(work: Callable[[], object], repeats: int = REPEATS) -> Cost:
    """The cheapest of several runs, by CPU."""
    return min((_timed(work) for _ in range(repeats)), key=lambda cost: cost.cpu)


def _timed(work: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


# ------------------------------------------------------------------ what is measured
def starting() -> Rows:
    """The command that only says how it is used, and the loading of what every conversion needs."""
    command = [sys.executable, str(ROOT / "scripts/convert.py"), "--help"]
    cost = min((_child(command) for _ in range(REPEATS)), key=lambda cost: cost.wall)
    data = best(knowledge.load, 3)
    return [
        ("`convert.py --help`", f"{cost.wall:.2f} s, CPU {cost.cpu:.2f} s"),
        ("loading data/*.yml", f"CPU {data.cpu:.2f} s"),
        ("loading the lexicon with CC-CEDICT", f"CPU {_alone(_load_lexicon).cpu:.2f} s"),
    ]


def _child(command: Sequence[str]) -> Cost:
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - wall)


def _load_lexicon() -> Cost:
    known = knowledge.load()
    return _timed(lambda: lexicon.Lexicon(known.glossary, known.english))


def converting() -> Rows:
    """Whole conversions, from the decoded text to the pages, on one core after starting."""
    name, large = texts.large()
    documents = texts.documents()
    convert(documents[0])  # modules that are imported when they are first needed
    first, again = _timed(lambda: convert(large)), best(lambda: convert(large), 3)
    size = len(large.text.encode()) / _MEGABYTE
    many = best(lambda: [convert(document) for document in documents], _PASSES)
    mean = sum(len(document.text.encode()) for document in documents) / len(documents) / 1000
    return [
        (f"{name}, the first time", f"CPU {first.cpu:.2f} s, {size / first.cpu:.2f} MB/s"),
        (f"{name}, again", f"CPU {again.cpu:.2f} s, {size / again.cpu:.2f} MB/s"),
        (f"documents of {mean:.1f} KB", f"{len(documents) / many.cpu:.0f} a second"),
    ]


def convert(source: SourceText) -> object:
    """All stages but reading and publishing, which are the disk's."""
    known, words = _tools()
    return compose(understand(source, known, words), known)


@cache
def _tools() -> tuple[knowledge.Knowledge, lexicon.Lexicon]:
    known = knowledge.load()
    return known, lexicon.Lexicon(known.glossary, known.english)


def aligning() -> Rows:
    """Many paragraphs: the whole converter and the plain aligner, each in a process of its own."""
    ours, plain = _alone(_ours), _alone(_plain)
    of = f"{PARAGRAPHS:,} × {PARAGRAPHS:,} paragraphs".replace(",", "\u00a0")
    ratio = f"{ours.cpu / plain.cpu:.1f} × the time, {ours.peak / plain.peak:.1f} × the memory"
    return [
        (f"{of}, the whole converter", f"CPU {ours.cpu:.1f} s, {ours.wall:.1f} s, peak {ours.peak:.0f} MB"),
        (f"{of}, plain length-based aligner", f"CPU {plain.cpu:.1f} s, {plain.wall:.1f} s, peak {plain.peak:.0f} MB"),
        ("the converter over the plain aligner", ratio),
    ]


def quality() -> Rows:
    """What the time is spent for: beads that both aligners find when given the true paragraphs, in blocks."""
    sets = [name for name in ("own", "seeds") if evaluate.texts(name)]
    pairs = [(name, series) for name in sets for series in SERIES]
    return [(f"bead strict F1, {name}, {series}", _quality(name, series)) for name, series in pairs]


def _quality(name: str, series: str) -> str:
    ours = evaluate.measured(Run(name, "blocks", series, aligner=True), seeds=[0]).bead
    plain = sum((_plain_beads(perturb.perturb(beads, series, 0)) for _, beads in evaluate.rows(name)), Found())
    return f"aligner {ours.f1:.3f}, plain aligner {plain.f1:.3f}"


def _plain_beads(beads: list[perturb.Pair]) -> Found:
    source, gold = perturb.labelled(beads, "copy", interleaved=False)
    zh, en = ([line["n"] for line in gold["lines"] if line["lang"] == lang] for lang in ("zh", "en"))
    found = plain_aligner.align(*([source.lines[n - 1] for n in side] for side in (zh, en)))
    named = [{"zh": [str(zh[i]) for i in a], "en": [str(en[j]) for j in b]} for a, b in found]
    return beads_found(keys(gold["beads"]), keys(named))


def _ours() -> Cost:
    known, words = _tools()
    source = texts.paragraphs(PARAGRAPHS)
    return _with_peak(lambda: understand(source, known, words))


def _plain() -> Cost:
    lines = texts.paragraphs(PARAGRAPHS).lines
    zh, en = ([line for line in lines if bool(script.han_count(line)) is side] for side in (True, False))
    return _with_peak(lambda: plain_aligner.align(zh, en))


def _with_peak(work: Callable[[], object]) -> Cost:
    cost = _timed(work)
    return Cost(cost.cpu, cost.wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _alone(work: Callable[[], Cost]) -> Cost:
    """Cost of a piece of work in a new process: its memory is its own, and nothing is loaded yet."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work).result()


# ------------------------------------------------------------------ the command
def rows() -> Iterator[tuple[str, str]]:
    """All measurements, as they are made."""
    for group in (starting, converting, aligning, quality):
        yield from group()


def machine() -> str:
    """Where and when."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    today = time.strftime("%Y-%m-%d", time.gmtime())
    return f"`make bench`, {today}, {cores} cores, Python {platform.python_version()}{load} when started"


def profile(most: int = 25) -> None:
    """Where the time of the largest text goes."""
    name, large = texts.large()
    convert(texts.documents()[0])
    profiler = cProfile.Profile()
    profiler.runcall(convert, large)
    print(f"{name}, by time inside each function and what it calls:")
    pstats.Stats(profiler).strip_dirs().sort_stats("cumulative").print_stats(most)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="make bench", description="How fast the converter is.")
    parser.add_argument("--profile", action="store_true", help="where the time of the largest text goes")
    if parser.parse_args(arguments).profile:
        profile()
        return 0
    print(machine() + "\n")
    print(markdown(["work", "cost"], list(rows())))
    return 0


if __name__ == "__main__":
    sys.exit(main())

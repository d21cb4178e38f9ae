"""Command: CPU of this code and of another checkout, text by text in turn: what else the machine does slows both.

``python -m tests.benchmarks.turns ../other`` takes two minutes. A ratio below 1 says that this code is quicker.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import many, texts
from tests.gold import corpus
from tests.gold.table import markdown

_WORKER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from bitext.workshop import Job, Workshop
workshop = Workshop()
workshop.knowledge, workshop.lexicon
for line in sys.stdin:
    job = Job(line.strip(), Path(line.strip()).read_bytes())
    before = time.process_time()
    workshop.make(job)
    print(time.process_time() - before, flush=True)
"""
_WARM, _SOURCES = 60, 200
_AGAIN = 4


class Worker:
    """A process that converts with the code of one checkout."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-c", _WORKER, str(root.resolve() / "scripts")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, path: Path) -> float:
        """CPU of converting a file."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def rows(here: Worker, other: Worker, folder: Path) -> Iterator[list[str]]:
    """Figures of each set of texts, as they are made."""
    for name, paths in _sets(folder):
        ours = theirs = 0.0
        for number, path in enumerate(paths):
            for worker in (here, other) if number % 2 else (other, here):
                taken = worker.seconds(path)
                ours, theirs = (ours + taken, theirs) if worker is here else (ours, theirs + taken)
        both = (f"{1000 * seconds / len(paths):.1f}" for seconds in (theirs, ours))
        yield [name, str(len(paths)), *both, f"{ours / theirs:.2f}"]


def _sets(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    many.sources(folder, _WARM + _SOURCES)
    sources = sorted(folder.glob("*.txt"))
    documents = list(_written(folder / "documents", texts.documents()))
    large = list(_written(folder / "large", [texts.large()[1]]))
    yield "sources, the first ones", sources[:_WARM]
    yield "sources, further ones", sources[_WARM:]
    yield "labelled texts", list(_written(folder / "own", [case.source for case in corpus.own()]))
    yield "documents of 6 KB, the first time", documents
    yield "documents of 6 KB, again", documents * _AGAIN
    yield f"{texts.large()[0]}, the first time", large
    yield f"{texts.large()[0]}, again", large * _AGAIN


def _written(folder: Path, sources: Sequence[texts.SourceText]) -> Iterator[Path]:
    folder.mkdir()
    for source in sources:
        path = folder / f"{source.id}.txt"
        path.write_text(source.text, "utf-8")
        yield path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.turns", description="This code beside another.")
    parser.add_argument("other", type=Path, help="folder of another checkout")
    other = parser.parse_args(arguments).other
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        workers = [Worker(root) for root in (corpus.ROOT, other)]
        for worker in workers:
            stack.callback(worker.process.kill)
        head = ("texts", "number", "other, ms of CPU each", "this, ms of CPU each", "this over other")
        print(markdown(head, list(rows(*workers, Path(folder)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())

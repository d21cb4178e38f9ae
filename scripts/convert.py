#!/usr/bin/env python3
"""Command: sources/ → docs/. Reads source texts, writes pages in both languages, never over a person's edit.

Exit codes: 0 fine · 1 findings that are errors · 2 a source or the run is broken (other sources proceed) · 3 a person's
edit was kept and needs a decision.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="convert.py",
        description="Turn source texts in Chinese and English into pages of the site.",
        epilog="Exit codes: 0 fine, 1 findings, 2 broken source, 3 a person's edit was kept and needs a decision.",
    )
    found.add_argument("source", nargs="*", type=Path, metavar="SOURCE", help="source files (all of --sources)")
    found.add_argument("--sources", type=Path, metavar="DIR", help="folder of the source texts (sources)")
    found.add_argument("--docs", type=Path, metavar="DIR", help="folder of the pages (docs)")
    found.add_argument("--encoding", metavar="NAME", help="encoding of the named sources, such as gb18030")
    found.add_argument("--explain", action="store_true", help="write nothing; say what was made of each line, and why")
    found.add_argument("--json", action="store_true", help="with --explain: one JSON object per source and line")
    found.add_argument("--status", action="store_true", help="write nothing; one row per page: edited? would change?")
    found.add_argument("--prune", action="store_true", help="remove pages whose source is gone, if git has them")
    found.add_argument("--jobs", type=int, default=0, metavar="N", help="processes that convert (one for each core)")
    found.add_argument("--engine", choices=("local", "dask"), default="local", help="where to convert (local)")
    found.add_argument("--scheduler", default="", metavar="ADDRESS", help="with --engine dask: of a running cluster")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    command = parser()
    options = command.parse_args(arguments)
    if options.json and not options.explain:
        command.error("--json goes with --explain")
    if options.explain and options.status:
        command.error("--explain and --status are two questions; ask one")
    if options.prune and (options.explain or options.source):
        command.error("--prune goes over all sources of the folder; name none")
    if options.encoding and not options.source:
        command.error("--encoding goes with named sources; a folder may hold texts in several encodings")
    if (options.engine == "dask") != bool(options.scheduler):
        command.error("--engine dask and --scheduler ADDRESS go together")
    if options.jobs < 0:
        command.error("--jobs is a number of processes")
    from bitext import conversion

    options.sources = options.sources or _default("sources")
    options.docs = options.docs or _default("docs")
    return conversion.run(options)


def _default(name: str) -> Path:
    """A folder of the project, named as seen from here where that is shorter."""
    folder = ROOT / name
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


if __name__ == "__main__":
    from bitext.packages import needed

    # Whoever ends the process politely is answered as from the keyboard: nothing half done, nothing left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(needed(main))

#!/usr/bin/env python3
"""Command: docs/ → findings. Writes nothing, unless told to --fix; people and pull requests read the same lines.

Exit codes: 0 fine (notes do not count) · 1 findings · 2 cannot run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="check.py",
        description="Say what is wrong with the pages below docs/.",
        epilog="Exit codes: 0 fine, 1 findings, 2 cannot run.",
    )
    found.add_argument("path", nargs="*", type=Path, metavar="PATH", help="pages or folders (all of --docs)")
    found.add_argument("--docs", type=Path, metavar="DIR", help="folder of the pages (docs)")
    found.add_argument("--changed", metavar="REF", help="pages changed since REF, and all if code or data changed")
    found.add_argument("--fix", action="store_true", help="first number #new beads, order keys, strip blanks at ends")
    found.add_argument("--format", choices=("text", "json", "github"), default="text", help="form of findings (text)")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    command = parser()
    options = command.parse_args(arguments)
    if options.changed and options.path:
        command.error("--changed asks git for the pages; name none")
    from bitext import report
    from bitext.checks import known
    from bitext.checks.changed import changed
    from bitext.checks.gate import gate
    from bitext.datafile import DataError
    from bitext.state import StateError

    report.speak_utf8()
    docs = options.docs or _near(ROOT / "docs")
    absent = [path for path in (docs, *options.path) if not path.exists()]
    for path in absent:
        print(f"{path}: no such file or folder\n    Check the name.", file=sys.stderr)
    if absent:
        return 2
    try:
        paths = changed(docs, options.changed) if options.changed else options.path
        if options.changed and paths == []:
            print(f"{docs}: no page was changed since {options.changed}", file=sys.stderr)
            return 0
        if options.fix:
            _fix(docs, paths or [])
        findings = gate(docs, known.load(), paths or (), whole=bool(options.changed))
    except (StateError, DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or docs}: {error.strerror}\n    Check its permissions and the disk.", file=sys.stderr)
        return 2
    if findings:
        print(report.written(findings, options.format))
    print(f"{docs}: {report.counted(findings)}", file=sys.stderr)
    return 1 if any(finding.severity != "info" for finding in findings) else 0


def _fix(docs: Path, paths: list[Path]) -> None:
    """Repair what needs no judgement; a file that changes meanwhile is left as it is."""
    from bitext.checks.pages import find, load
    from bitext.checks.repair import repaired
    from bitext.state import Folder

    for page in find(docs, paths):
        for copy, text in repaired(load(page)):
            before = copy.path.read_bytes()
            if Folder(docs).swap(f"{copy.lang}/{copy.short}", before, text.encode("utf-8")):
                print(f"{copy.path}: repaired", file=sys.stderr)


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    from bitext.packages import needed

    sys.exit(needed(main))

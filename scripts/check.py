#!/usr/bin/env python3
"""Command: docs/ → findings. Writes nothing; people and pull requests read the same lines.

Exit codes: 0 fine (notes do not count) · 1 findings · 2 cannot run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bitext.checks.pages import Taxonomy
    from bitext.model import Finding

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
    found.add_argument("--format", choices=("text", "json", "github"), default="text", help="form of findings (text)")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    options = parser().parse_args(arguments)
    from bitext import report
    from bitext.checks.gate import gate
    from bitext.knowledge import DataError

    report.speak_utf8()
    docs = options.docs or _near(ROOT / "docs")
    absent = [path for path in (docs, *options.path) if not path.exists()]
    for path in absent:
        print(f"{path}: no such file or folder\n    Check the name.", file=sys.stderr)
    if absent:
        return 2
    try:
        findings = _chosen(gate(docs, _taxonomy()), options.path)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    if findings:
        print(report.written(findings, options.format))
    print(f"{docs}: {report.counted(findings)}", file=sys.stderr)
    return 1 if any(finding.severity != "info" for finding in findings) else 0


def _taxonomy() -> Taxonomy:
    from bitext import knowledge
    from bitext.checks.pages import Taxonomy

    known = knowledge.load()
    return Taxonomy(frozenset(known.topic_ids), frozenset(tag.id for tag in known.tags))


def _chosen(findings: tuple[Finding, ...], paths: list[Path]) -> list[Finding]:
    """Findings of the files and folders that were named; all if none was."""
    wanted = [path.resolve() for path in paths]
    return [f for f in findings if not wanted or any(Path(f.path).resolve().is_relative_to(path) for path in wanted)]


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())

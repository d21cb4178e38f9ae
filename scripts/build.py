"""Command: docs/ → site/. Builds into a fresh folder beside the site, looks the result over, then swaps the two.

A build that fails, is stopped or killed leaves the site of before as it was.
Exit codes: 0 built · 1 findings (a warning is one) · 2 cannot run.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = _options().parse_args(arguments)
    from bitext.output.stage import CannotStageError, stage

    os.environ.setdefault("SOURCE_DATE_EPOCH", _commit_time())
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING, stream=sys.stderr)
    site = Path(options.site).resolve()
    try:
        with stage(site, keep_off=(ROOT, Path(options.docs).resolve())) as staged:
            before = _inputs(options)
            if _unchanged(site, before):
                print(f"{_count(site)} pages in {os.path.relpath(site)}{os.sep}, nothing has changed")
                return 0
            if status := _build(options, staged.new) or _finish(staged.new, options.address):
                return status
            staged.swap()
        _keep(options, site, before)
    except CannotStageError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or site}: {error.strerror}\n    The site of before is as it was.", file=sys.stderr)
        return 2
    print(f"{_count(site)} pages in {os.path.relpath(site)}{os.sep}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("--docs", default=os.environ.get("DOCS_DIR", "docs"), help="folder of the pages (docs)")
    parser.add_argument("--site", default="site", help="folder of the finished site (site)")
    parser.add_argument("--site-url", help="address at which the site will be published")
    return parser


def _inputs(options: argparse.Namespace) -> str:
    """Hash of all that the build reads; empty if it is to be made whatever has changed."""
    from bitext import fast
    from bitext.output import record

    settings = {"site-url": options.site_url or "", "docs": str(Path(options.docs).resolve())}
    try:
        return record.inputs(ROOT, Path(options.docs).resolve(), settings) if fast.wanted() else ""
    except OSError:
        return ""  # the build will say what cannot be read


def _unchanged(site: Path, before: str) -> bool:
    """Whether the site stands there as it would be built."""
    from bitext.output import record

    kept = record.read(record.place(ROOT, site)) if before else None
    try:
        return kept is not None and kept.inputs == before and kept.site == record.output(site)
    except OSError:
        return False


def _keep(options: argparse.Namespace, site: Path, before: str) -> None:
    """Keeps what the site was built from, unless that has changed in the meantime; a site is complete without it."""
    from bitext.output import record

    with suppress(OSError):
        if before and before == _inputs(options):
            record.write(record.place(ROOT, site), record.Record(before, record.output(site), str(site)))


def _build(options: argparse.Namespace, target: Path) -> int:
    """Lets MkDocs build into a folder; the exit code."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    from bitext import fast

    fast.pull()
    settings: dict[str, Any] = {"docs_dir": str(Path(options.docs).resolve()), "site_dir": str(target), "strict": True}
    if options.site_url:
        settings["site_url"] = options.site_url
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), **settings)
    except ConfigurationError as error:
        print(f"mkdocs.yml: {error}", file=sys.stderr)
        return 2
    options.address = config.site_url
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort as error:  # what is wrong has been said
        logging.getLogger(__name__).info(error.message)
        return 1
    finally:
        config.plugins.on_shutdown()
    return 0


def _finish(target: Path, address: str | None) -> int:
    """Looks the new site over and gives its pages their policy; the exit code."""
    from bitext.output.verify import finish

    findings = finish(target, address or "")
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def _commit_time() -> str:
    """Seconds of the last commit, so that one state of the repository always gives the same bytes; 0 outside git."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "0"
    except OSError:
        return "0"


def _count(site: Path) -> int:
    return sum(1 for _ in site.rglob("index.html"))


if __name__ == "__main__":
    sys.exit(main())

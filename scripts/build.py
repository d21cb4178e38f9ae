"""Command: docs/ → site/. Builds into a fresh folder beside the site, looks the result over, then swaps the two.

A build that fails, is stopped or killed leaves the site of before as it was.
Exit codes: 0 built · 1 findings (a warning is one) · 2 cannot run.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from bitext.output.part import Part
    from bitext.output.record import Inputs, Record
    from bitext.output.stage import Stage
    from bitext.output.verify import Looked
    from bitext.stamps import Stamp

    Names = Mapping[str, Stamp]
    """Files of the site and what the system says of them."""

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
            return _Builder(options, site, staged).run()
    except CannotStageError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or site}: {error.strerror}\n    The site of before is as it was.", file=sys.stderr)
        return 2


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("--docs", default=os.environ.get("DOCS_DIR", "docs"), help="folder of the pages (docs)")
    parser.add_argument("--site", default="site", help="folder of the finished site (site)")
    parser.add_argument("--site-url", help="address at which the site will be published")
    return parser


class _Builder:
    """One run: nothing is built, or a part, or all."""

    def __init__(self, options: argparse.Namespace, site: Path, staged: Stage) -> None:
        from bitext.output import record

        self.options, self.site, self.staged = options, site, staged
        self.docs = Path(options.docs).resolve()
        self.place = record.place(ROOT, site)
        self.before = record.read(self.place) if _may_keep() else None
        self.now = self._inputs(self.before)
        self.address, self.made, self.scripts = "", cast(Mapping[str, Any], {}), Counter[str]()
        self.folders: Names = {}
        self.looked: Looked | None = None

    def run(self) -> int:
        """Does what is needed; returns the exit code."""
        from bitext.output import record

        names = self._standing()
        if names is not None and self.before and self.now and self.now.said() == self.before.inputs.said():
            return self._say(names, ", nothing has changed")
        found = self._part(names) if names is not None else None
        if found is None:
            if status := self._whole():
                return status
            self.folders = record.folders(self.site)
            found = record.look(self.site), ""
        self._keep(found[0])
        return self._say(*found)

    def _inputs(self, before: Record | None) -> Inputs | None:
        """All that the build reads; nothing if the site is to be made whatever has changed."""
        from bitext.output import record

        settings = {"site-url": self.options.site_url or "", "docs": str(self.docs)}
        try:
            return record.inputs(ROOT, self.docs, settings, before) if _may_keep() else None
        except OSError:
            return None  # the build will say what cannot be read

    def _standing(self) -> Names | None:
        """Files of the site, if it stands as it was built."""
        from bitext.stamps import stand

        before = self.before
        there = before and stand(self.site, before.folders) and stand(self.site, before.site)
        return before.site if before and there else None

    def _part(self, names: Names) -> tuple[Names, str] | None:
        """Makes what has changed; the files that stand there then and what to say, or nothing if all has to be made."""
        from bitext.output import record
        from bitext.output.part import Part

        change = record.change(self.before.inputs, self.now) if self.before and self.now else None
        made = record.read_made(self.place, self.before) if self.before and change else None
        if not (self.before and self.now and change and made):
            return None
        same = [getattr(self.now, each) == getattr(self.before.inputs, each) for each in ("history", "locks", "epoch")]
        part = Part(self.site, names, made, change.changed, change.gone, same[0], whole=not all(same))
        with _quiet():
            scripts = None if self._mkdocs(part) else self._finish_part(part)
        if scripts is None:
            shutil.rmtree(self.staged.new, ignore_errors=True)
            return None
        self.scripts = scripts
        self._leave_out_what_is_there(names)
        put = self.staged.patch(part.removed)
        now = record.look_again(self.site, names, put, part.removed)
        self.folders = record.folders_again(self.site, self.before.folders, put, part.removed)
        return now, f", {len(part.pages)} of them made"

    def _finish_part(self, part: Part) -> Counter[str] | None:
        from bitext.output.verify import finish_part

        scripts = Counter(self.before.scripts if self.before else {})
        return finish_part(self.staged.new, self.site, part.names, part.removed, scripts, self.address)

    def _leave_out_what_is_there(self, names: Names) -> None:
        """Takes files out of what was made that say what those of the site say."""
        for path in [path for path in self.staged.new.rglob("*") if path.is_file()]:
            name = path.relative_to(self.staged.new).as_posix()
            size = path.stat().st_size
            if name in names and names[name][2] == size and path.read_bytes() == (self.site / name).read_bytes():
                path.unlink()

    def _whole(self) -> int:
        """Makes all; the exit code."""
        from bitext.output import record
        from bitext.output.verify import finish

        gc.enable()
        record.forget_others(self.place)
        if status := self._mkdocs(None):
            return status
        findings, self.scripts = finish(self.staged.new, self.address, self.looked)
        for finding in findings:
            print(finding, file=sys.stderr)
        if findings:
            return 1
        self.staged.swap()
        return 0

    def _mkdocs(self, part: Part | None) -> int:
        """Lets MkDocs build into the stage; the exit code."""
        from mkdocs.commands import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import Abort, ConfigurationError

        from bitext import fast
        from bitext.output.part import made_of, shown, want
        from bitext.output.verify import look_while_writing

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads, of which nothing here makes use
        fast.pull(but=("memory", "fit", "terms", "shells", "pages") if part else ())
        settings: dict[str, Any] = {"docs_dir": str(self.docs), "site_dir": str(self.staged.new), "strict": True}
        if self.options.site_url:
            settings["site_url"] = self.options.site_url
        try:
            config = load_config(str(ROOT / "mkdocs.yml"), **settings)
        except ConfigurationError as error:
            print(f"mkdocs.yml: {error}", file=sys.stderr)
            return 2
        self.address = config.site_url or ""
        if self.now:
            want(config)
        if not part:
            self.looked = look_while_writing(config)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            with shown(config, part) if part else nullcontext():
                build.build(config)
        except Abort as error:  # what is wrong has been said
            logging.getLogger(__name__).info(error.message)
            return 1
        finally:
            config.plugins.on_shutdown()
        self.made = made_of(config)
        return 0

    def _keep(self, names: Names) -> None:
        """Keeps what the site was built from; a site is complete without it.

        What has changed since it was looked at, before the build, is seen to be other than that by the next build.
        """
        from bitext.output import record

        with suppress(OSError):
            if self.now:
                found = record.Record(self.now, names, self.folders, str(self.site), dict(self.scripts))
                record.write(self.place, found, self.made)

    def _say(self, names: Names, more: str = "") -> int:
        pages = sum(1 for name in names if name.endswith("index.html"))
        print(f"{pages} pages in {os.path.relpath(self.site)}{os.sep}{more}")
        return 0


def _may_keep() -> bool:
    from bitext import fast

    return fast.wanted()


@contextmanager
def _quiet() -> Iterator[None]:
    """A part build that fails says nothing: the build of all will."""
    handlers = [(handler, handler.level) for handler in logging.getLogger().handlers]
    for handler, _ in handlers:
        handler.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for handler, level in handlers:
            handler.setLevel(level)


def _commit_time() -> str:
    """Seconds of the last commit, so that one state of the repository always gives the same bytes; 0 outside git."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "0"
    except OSError:
        return "0"


def _end(status: int) -> None:
    """Ends the process at once: to take apart all that it holds would take a fifth of the time of a part build."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    from bitext.packages import needed

    gc.disable()  # what a part build makes is needed to its end
    _end(needed(main))

"""Command: the site on this machine, each edit in the browser as soon as it is saved.

The process keeps the site that it has built. Where only the text of an article was changed, its two pages are made
again, in the time that two pages take, however many there are; search, feeds, downloads and the marks of what another
language has not followed wait for the next edit of another kind. After that (of a title, a tag, a topic; a page that is
new or gone) a part build is made. After a change of data, templates or code all is built.
Exit codes: 0 ended by Ctrl+C · 1 the first build failed · 2 cannot run.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bitext.stamps import Stamp

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ("data", "hooks", "overrides", "scripts", "mkdocs.yml")
"""What else than pages a site is made of."""

def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = _options().parse_args(arguments)
    from mkdocs.exceptions import Abort, ConfigurationError

    from bitext import fast

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING, stream=sys.stderr)
    fast.pull()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="bitext-serve-") as folder:
        try:
            _serve(options, Path(folder))
        except KeyboardInterrupt:
            return 0
        except Abort:  # what is wrong has been said
            return 1
        except (ConfigurationError, OSError) as error:
            print(error, file=sys.stderr)
            return 2
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Serve the site and build it again at every edit.")
    parser.add_argument("--docs", default=os.environ.get("DOCS_DIR", "docs"), help="folder of the pages (docs)")
    parser.add_argument("--address", default="127.0.0.1:8000", help="host and port (127.0.0.1:8000)")
    return parser


def _serve(options: argparse.Namespace, site: Path) -> None:
    """Builds the site, then serves it until it is stopped.

    :raises Abort: if the first build fails.
    :raises OSError: if the port is taken.
    """
    from bitext.workbench.server import Server

    host, _, port = options.address.rpartition(":")
    docs = Path(options.docs).resolve()
    watched = (docs, *(ROOT / name for name in WATCHED))
    bench = _Bench(docs, site, f"http://{options.address}/", watched)
    bench.build()
    seen: set[str] = set()
    settings = {"host": host or "127.0.0.1", "port": int(port), "root": str(site), "polling_interval": 1}
    server = Server(seen, builder=lambda: bench.changed(seen), **settings)
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    for path in watched:
        server.watch(str(path))
    print(f"Serving on {server.url}", flush=True)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()


class _Bench:
    """The site as it was built last, and what it was built from."""

    def __init__(self, docs: Path, site: Path, address: str, watched: Iterable[Path]) -> None:
        self.docs, self.site, self.address, self.watched = docs, site, address, tuple(watched)
        self.warm: Any = None
        self.stamps: dict[str, Stamp] = {}

    def build(self) -> None:
        """Builds all."""
        from bitext.workbench.warm import Warm

        start = time.monotonic()
        self.warm, self.stamps = None, dict(_stamps(self.watched))
        self.warm = Warm.build(ROOT / "mkdocs.yml", self.docs, self.site, self.address)
        print(f"Built in {time.monotonic() - start:.1f} s", flush=True)

    def changed(self, seen: set[str]) -> None:
        """Builds what has changed.

        :param seen: paths at which something has happened; they are taken out.
        """
        start = time.monotonic()
        paths = sorted({path for path in (seen.pop() for _ in range(len(seen))) if not _passing(Path(path))})
        now = {path: dict(_stamps([Path(path)])).get(path) for path in paths}
        edited = [path for path, stamp in now.items() if self.stamps.get(path) != stamp]
        if not edited:
            return
        texts = all(now[path] and path in self.stamps for path in edited)
        self.stamps = {path: stamp for path, stamp in (self.stamps | now).items() if stamp}
        if self.warm and self._made_again([Path(path) for path in edited], texts):
            names = ", ".join(Path(path).name for path in edited)
            print(f"{names}: {1000 * (time.monotonic() - start):.0f} ms", flush=True)
        else:
            self.build()

    def _made_again(self, paths: list[Path], texts: bool) -> bool:
        """Whether it was enough to make some pages again.

        :param texts: they may be files in which only the text was edited.
        """
        return (texts and all(map(self.warm.edited, paths))) or self.warm.changed(paths)


def _passing(path: Path) -> bool:
    """Whether a file is one that editors and Python put beside a file for a while."""
    return path.name.startswith((".", "#", "4913")) or path.name.endswith(("~", ".tmp", ".pyc"))


def _stamps(paths: Iterable[Path]) -> Iterator[tuple[str, Stamp]]:
    """Every file below some paths."""
    from bitext import stamps

    for path in paths:
        if path.is_dir():
            yield from ((f"{path}/{name}", found) for name, found in stamps.below(path).items())
        elif path.is_file():
            yield str(path), stamps.stamp(path)


if __name__ == "__main__":
    from bitext.packages import needed

    sys.exit(needed(main))

"""Command: does ProperDocs, the fork that goes on with MkDocs 1.6, build the same site from the same mkdocs.yml?

Both build the pages below docs/; addresses, titles and ids of every page are compared.
Exit codes: 0 the same · 1 differences · 2 cannot run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[2]
Seen = Mapping[str, tuple[str, tuple[str, ...]]]
"""Title and ids of each page by its address."""


def seen(site: Path) -> Seen:
    """What a built site says of itself."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        title = tree.css_first("title")
        ids = tuple(sorted(node.attributes.get("id") or "" for node in tree.css("[id]")))
        found[path.relative_to(site).as_posix()] = (title.text() if title else "", ids)
    return found


def differences(ours: Seen, theirs: Seen) -> Iterator[str]:
    """A line for every address that one lacks or that says something else."""
    for address in sorted({*ours, *theirs}):
        if address not in theirs or address not in ours:
            yield f"{address}: only by {'MkDocs' if address in ours else 'ProperDocs'}"
        elif ours[address] != theirs[address]:
            yield f"{address}: {ours[address]} by MkDocs, {theirs[address]} by ProperDocs"


def main(mkdocs: str, properdocs: str) -> int:
    """Builds with both commands and compares."""
    with tempfile.TemporaryDirectory() as folder:
        sites = []
        for command in (mkdocs, properdocs):
            site = Path(folder) / str(len(sites))
            words = [command, "build", "--quiet", "-f", str(ROOT / "mkdocs.yml"), "-d", str(site)]
            done = subprocess.run(words, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": "0"}, check=False)
            if done.returncode:
                print(f"{command} failed; see above", file=sys.stderr)
                return 2
            sites.append(seen(site))
    found = list(differences(*sites))
    print("\n".join([*found, f"{len(sites[0])} pages by MkDocs, {len(sites[1])} by ProperDocs, {len(found)} differ"]))
    return 1 if found or not sites[0] else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

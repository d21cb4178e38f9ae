"""Command: docs/ → a zip of the site that opens from a folder, without a server, with search in both languages.

The site is built as ever and then made fit for ``file://``: an address that a server would complete (``trade/``) names
its file (``trade/index.html``), and what may not be read from a folder, the index of the search and the page in the
other language, stands in scripts beside it.
Exit codes: 0 written · 1 findings · 2 cannot run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import build

NAME = "lancang-mekong"
"""Folder in the zip."""
SHIM = Path(__file__).with_suffix(".js")
LEFT_OUT = ("404.html", "sitemap.xml", "sitemap.xml.gz", "*.map", "_headers", ".htaccess")
"""What only a server and its visitors need."""

_TAG = re.compile(r"<(?:a|area|link|img|script|source|iframe)\s[^>]*>")
_ADDRESS = re.compile(r'(\s(?:href|src)=")([^"]*)(?=")')
_ARTICLE = '<div class="bt-text"'
"""In the pages that the parallel view reads."""
_MOVED = '<meta http-equiv="refresh"'
"""In the pages of old addresses, which nobody has of a folder."""
_BUNDLE = re.compile(r'<script src="([^"]*)assets/javascripts/bundle\.[^"]*">')


class UnknownThemeError(RuntimeError):
    """The theme's pages are not made as they were when this command was written."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = _options().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        site, out = Path(folder) / NAME, Path(options.out)
        with contextlib.redirect_stdout(io.StringIO()):  # it would tell of a folder that is gone at the end
            status = build.main(["--docs", options.docs, "--site", str(site)])
        if status:
            return status
        try:
            unserved(site)
            pack(site, out)
        except UnknownThemeError as error:
            print(f"offline: {error}", file=sys.stderr)
            return 2
        except OSError as error:
            print(f"{error.filename or out}: {error.strerror}\n    The zip of before is as it was.", file=sys.stderr)
            return 2
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB. Unpack it and open {NAME}/index.html")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the site as a zip that opens without a server.")
    parser.add_argument("--docs", default=os.environ.get("DOCS_DIR", "docs"), help="folder of the pages (docs)")
    parser.add_argument("--out", default="build/offline.zip", help="the zip to write (build/offline.zip)")
    return parser


# ------------------------------------------------------------------ a site without a server
def unserved(site: Path) -> None:
    """Makes a built site fit for ``file://``.

    :raises UnknownThemeError: if a page does not load the theme's script as is expected here.
    """
    for index in sorted(site.rglob("search/search_index.json")):
        for path in sorted(path for path in index.parent.rglob("*") if path.is_file()):
            _scripted(path)
    for pattern in LEFT_OUT:
        for path in sorted(site.rglob(pattern)):
            path.unlink()
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        if _MOVED in html:
            page.unlink()
            continue
        html = offline_page(html)
        page.write_text(html, encoding="utf-8")
        if _ARTICLE in html:
            _beside(page, html)
    (site / "assets" / "offline.js").write_bytes(SHIM.read_bytes())


def _scripted(path: Path) -> None:
    """Puts a script in the place of a file of the search; that of the settings is as the theme wants it."""
    text = path.read_text(encoding="utf-8")
    path.unlink()
    if path.name == "search_index.json":
        path.with_suffix(".js").write_text(f"var __index={_as_script(json.loads(text))}", encoding="utf-8")
    else:
        _beside(path, offline_result(text) if path.parent.name == "pages" else text)


def _beside(path: Path, text: str) -> None:
    """Writes the script that hands a file's text to who asks for the file."""
    path.with_name(f"{path.name}.js").write_text(f"offlinePage({_as_script(text)})", encoding="utf-8")


def _as_script(value: object) -> str:
    """JSON as a script may hold it; compact."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def offline_result(page: str) -> str:
    """What the search knows of a page, its address leading to a file."""
    found = json.loads(page)
    return json.dumps({**found, "url": file_of(found["url"])}, ensure_ascii=False, separators=(",", ":"))


def offline_page(html: str) -> str:
    """A page whose links lead to files and whose search needs no server."""
    from bitext.output import policy

    html = policy.without(html)
    html, count = _BUNDLE.subn(r'<script src="\1assets/offline.js"></script>\n\g<0>', html)
    if count != 1:
        raise UnknownThemeError(f"{count} scripts of the theme on a page, expected 1; search would fail from a folder")
    return _TAG.sub(lambda tag: _ADDRESS.sub(lambda found: found[1] + file_of(found[2]), tag[0]), html)


def file_of(address: str) -> str:
    """An address within the site with the file that a server would find there; any other as it is.

    >>> file_of("../trade/#p4"), file_of(".."), file_of("a.css"), file_of("https://x.example/")
    ('../trade/index.html#p4', '../index.html', 'a.css', 'https://x.example/')
    """
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    if re.match(r"[a-z][a-z0-9+.-]*:|/", address, re.IGNORECASE) or not re.search(r"(?:^|/)\.{0,2}$", path) or not path:
        return address
    slash = "" if path.endswith("/") else "/"
    return f"{path}{slash}index.html{address[len(path) :]}"


# ------------------------------------------------------------------ the zip
def pack(site: Path, out: Path) -> None:
    """Writes a zip with one folder; the same site gives the same bytes.

    :raises OSError: and the zip of before is as it was.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted(path for path in site.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(f"{NAME}/{path.relative_to(site).as_posix()}", _moment())
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
        fresh.replace(out)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink()


def _moment() -> tuple[int, int, int, int, int, int]:
    """Time of the last commit, which the build has put into the environment; zips know no time before 1980."""
    seconds = max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315_532_800)
    return time.gmtime(seconds)[:6]


if __name__ == "__main__":
    from bitext.packages import needed

    sys.exit(needed(main))

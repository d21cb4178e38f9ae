"""Content-Security-Policy: what a page may run and load, said to the browser by the page itself and by the server.

Scripts run if they are files of the site or if their hash is named; the hashes are taken from the pages as they were
built, so no ``unsafe-inline`` is needed. Even text that slipped through all other guards would do nothing. A page
carries the policy in a ``meta`` element; ``_headers`` and ``.htaccess`` give it, and what only a header can say, to
hosts that read them (Netlify and Cloudflare Pages; Apache).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bitext.output.document import Document, parse

_RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are data in its style sheets
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
HEADERS = ("_headers", ".htaccess")
"""Files that say the policy to hosts."""
_HEADER_ONLY = "frame-ancestors 'none'"
_MORE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)
_META = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')


class NoPlaceError(ValueError):
    """A page without the element behind which the policy goes."""


def policy(scripts: Iterable[str]) -> str:
    """The policy of pages that hold these scripts.

    >>> "'sha256-" in policy(["let a"]), "unsafe" in policy(["let a"])
    (True, False)
    """
    hashes = sorted({_hash(script) for script in scripts})
    rules = {**_RULES, "script-src": " ".join([_RULES["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@cache
def _policy(scripts: tuple[str, ...]) -> str:
    """The same; most pages hold the same scripts."""
    return policy(scripts)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def apply(path: Path) -> Document:
    """Writes its policy into a page; returns what the page says.

    :raises NoPlaceError: if the page does not name its character set first.
    """
    html = path.read_text(encoding="utf-8")
    document = parse(html, path)
    path.write_text(governed(html, document), encoding="utf-8")
    return document


def governed(html: str, document: Document) -> str:
    """A page with its policy.

    :param document: what it says.
    :raises NoPlaceError: as above.
    """
    if (found := governed_by(document.scripts, html)) is None:
        wanted = "<meta charset> that the policy could stand behind; see overrides/main.html"
        raise NoPlaceError(f"{document.path}: no {wanted}")
    return found


def governed_by(scripts: tuple[str, ...], html: str) -> str | None:
    """A page, or the beginning of one, with the policy for these scripts; ``None`` if it has no place for it."""
    found = _CHARSET.search(html)
    if not found:
        return None
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">'
    return html[: found.end()] + meta + html[found.end() :]  # before anything that the policy is about


def write_headers(site: Path, scripts: Iterable[str]) -> None:
    """Writes the files of headers, which are for all pages.

    :param scripts: that stand in pages, whatever their number.
    """
    headers = _headers(policy(scripts))
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    (site / HEADERS[0]).write_text(f"/*\n{lines}", encoding="utf-8")
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    (site / HEADERS[1]).write_text(f"<IfModule mod_headers.c>\n{lines}</IfModule>\n", encoding="utf-8")


def without(html: str) -> str:
    """A page without its policy: one that is opened from a folder, where browsers disagree what its own files are."""
    return _META.sub("", html, count=1)


def _headers(rules: str) -> dict[str, str]:
    return {"Content-Security-Policy": f"{rules}; {_HEADER_ONLY}", **_MORE}

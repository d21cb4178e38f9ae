"""Command: pictures of a built site: each kind of page and view, both languages and palettes, a desk and a phone.

python tests/site/screenshots.py [--site DIR] [--out DIR] [ADDRESS…]
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent))
from driving import DESKTOP, PHONE, chromium, serving

PREFIX = {"zh": "", "en": "en/"}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
MARKS = {
    "home": '<section class="bt-hero"',
    "topic": '<section class="bt-year"',
    "tags": '<ul class="bt-alltags"',
    "article": '<div class="bt-text">',
    "stub": '<aside class="bt-stub"',
    "overview": '<nav class="bt-series bt-series--parts"',
    "glossary": '<section class="bt-glossary"',
}
"""What only pages of a kind have in their HTML."""
LOST = "no-such-page/"
WORDS = {"zh": "澜湄", "en": "Mekong"}
"""What is searched for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown, and where it is."""

    name: str
    address: str
    searches: bool = False
    whole: bool = True
    """The page down to its end; a glossary is long, and a search lies over the window."""


def main() -> None:
    """Takes the pictures."""
    options = _options().parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    named = [Picture(address.strip("/").replace("/", "-") or "home", address) for address in options.addresses]
    pictures = named or all_pictures(Path(options.site))
    with serving(Path(options.site)) as root, chromium() as browser:
        for (size, viewport), scheme in itertools.product(SIZES.items(), ("light", "dark")):
            page = browser.new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
            for picture, (lang, prefix) in itertools.product(pictures, PREFIX.items()):
                page.goto(f"{root}/{prefix}{picture.address}", wait_until="networkidle")
                if picture.searches:
                    search(page, WORDS[lang])
                path = out / f"{picture.name}.{lang}.{size}.{scheme}.png"
                page.screenshot(path=path, full_page=picture.whole)
            page.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def search(page: Page, words: str) -> None:
    """Searches as readers with a keyboard do, and waits for a result."""
    page.keyboard.press("/")
    page.locator(".md-search__input:focus").wait_for()
    page.keyboard.insert_text(words)
    page.locator(".md-search-result__item").first.wait_for()


def all_pictures(site: Path) -> list[Picture]:
    """One picture of each kind of page that the site has, of the parallel view, of a search and of a lost address."""
    found = dict(one_of_each_kind(site))
    pictures = [Picture(kind, address, whole=kind != "glossary") for kind, address in found.items()]
    pictures += [Picture("lost", LOST), Picture("search", "", searches=True, whole=False)]
    if "article" in found:
        pictures.append(Picture("parallel", f"{found['article']}?view=parallel"))
    return pictures


def one_of_each_kind(site: Path) -> Iterator[tuple[str, str]]:
    """Kind and address in the default language of the first page of each kind that the site has."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("index.html"))}
    chinese = {
        path.parent.relative_to(site): html for path, html in pages.items() if not path.is_relative_to(site / "en")
    }
    for kind, mark in MARKS.items():
        at = next(
            (at for at, html in chinese.items() if mark in html and ("bt-stub" not in html or kind == "stub")), None
        )
        if at is not None:
            yield kind, "" if at == Path() else f"{at.as_posix()}/"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pictures of a built site.")
    parser.add_argument("--site", default="site", help="folder of the built site")
    parser.add_argument("--out", default="build/screenshots", help="folder of the pictures")
    parser.add_argument("addresses", nargs="*", help="pages such as security/ (default: one of each kind)")
    return parser


if __name__ == "__main__":
    main()

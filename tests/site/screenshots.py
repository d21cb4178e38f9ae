"""Command: pictures of a built site, each kind of page in both languages, both palettes, on a desk and on a phone.

python tests/site/screenshots.py [--site DIR] [--out DIR] [ADDRESS…]
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from driving import DESKTOP, PHONE, chromium, serving

MARKS = {
    "home": '<section class="bt-hero"',
    "topic": '<section class="bt-year"',
    "tags": '<ul class="bt-alltags"',
    "article": '<div class="bt-text">',
    "stub": '<aside class="bt-stub"',
    "overview": '<nav class="bt-series bt-series--parts"',
}
"""What only pages of a kind have in their HTML."""
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def main() -> None:
    """Takes the pictures."""
    options = _options().parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    addresses = options.addresses or one_of_each_kind(Path(options.site))
    with serving(Path(options.site)) as root, chromium() as browser:
        for (size, viewport), scheme in itertools.product(SIZES.items(), ("light", "dark")):
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            for address, prefix in itertools.product(addresses, ("", "en/")):
                page.goto(f"{root}/{prefix}{address}")
                kind = (address.strip("/") or "home").replace("/", "-")
                name = f"{kind}.{prefix.strip('/') or 'zh'}.{size}.{scheme}.png"
                page.screenshot(path=out / name, full_page=True)
            page.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def one_of_each_kind(site: Path) -> list[str]:
    """Addresses in the default language: the first page of each kind that the site has."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("index.html"))}
    chinese = {
        path.parent.relative_to(site).as_posix(): html for path, html in pages.items() if 'lang="zh" class' in html
    }
    found = (next((f"{at}/" for at, html in chinese.items() if mark in html), None) for mark in MARKS.values())
    return [address.removeprefix("./") for address in found if address]


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pictures of a built site.")
    parser.add_argument("--site", default="site", help="folder of the built site")
    parser.add_argument("--out", default="build/screenshots", help="folder of the pictures")
    parser.add_argument("addresses", nargs="*", help="pages such as security/ (default: one of each kind)")
    return parser


if __name__ == "__main__":
    main()

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

ADDRESSES = (
    "",
    "culture/",
    "tags/",
    "security/2024-08-09-river-patrol/",
    "connectivity/2025-03-20-night-train/",
    "culture/2024-12-31-year-in-review/",
)
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def main() -> None:
    """Takes the pictures."""
    options = _options().parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    with serving(Path(options.site)) as root, chromium() as browser:
        for (size, viewport), scheme in itertools.product(SIZES.items(), ("light", "dark")):
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            for address, prefix in itertools.product(options.addresses or ADDRESSES, ("", "en/")):
                page.goto(f"{root}/{prefix}{address}")
                kind = (address.strip("/") or "home").replace("/", "-")
                name = f"{kind}.{prefix.strip('/') or 'zh'}.{size}.{scheme}.png"
                page.screenshot(path=out / name, full_page=True)
            page.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pictures of a built site.")
    parser.add_argument("--site", default="site", help="folder of the built site")
    parser.add_argument("--out", default="build/screenshots", help="folder of the pictures")
    parser.add_argument("addresses", nargs="*", help="pages such as security/ (default: one of each kind)")
    return parser


if __name__ == "__main__":
    main()

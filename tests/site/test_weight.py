"""How much a first view loads, from where, and whether anything jumps meanwhile: on every kind of page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import material
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response
from tests.site.driving import DESKTOP, PHONE
from tests.site.kinds import PREFIX, Kind, all_kinds, visit

pytestmark = pytest.mark.browser

LIMIT = 80 * 1024
"""Bytes of a first view of an article, everything that the browser asks for, compressed as hosts of sites do."""
SHIFT = 0.02
"""Share of the window times distance; browsers call 0.1 good (https://web.dev/articles/cls)."""
ARTICLE = "security/2024-08-09-river-patrol/"
KINDS = pytest.mark.parametrize("kind", all_kinds(), ids=str)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])

WATCH = """
    window.shifted = [];
    new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput)
        window.shifted.push([entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 120) ?? '')]);
    }).observe({type: 'layout-shift', buffered: true});
"""
SETTLED = """() => document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))))"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here."""
    fresh = browser.new_context()
    fresh.set_default_timeout(10_000)
    yield fresh
    fresh.close()


def shifts(page: Page) -> list[list[Any]]:
    """What has jumped so far: how much, and what."""
    page.evaluate(SETTLED)
    found: list[list[Any]] = page.evaluate("() => window.shifted")
    return found


@SIZES
@LANGS
@KINDS
def test_nothing_jumps(context: BrowserContext, root: str, lang: str, kind: Kind, size: Any) -> None:
    page = context.new_page()
    page.set_viewport_size(size)
    page.add_init_script(WATCH)
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    visit(page, root, lang, kind)
    jumped = shifts(page)
    assert sum(each[0] for each in jumped) < SHIFT, jumped
    assert hosts <= {urlsplit(root).netloc, ""}


def test_a_jump_is_told(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{root}/{ARTICLE}")
    page.evaluate(SETTLED)
    page.evaluate("() => { document.querySelector('.bt-head').style.marginTop = '200px' }")
    assert sum(each[0] for each in shifts(page)) > SHIFT


SHEETS = re.compile(r"/assets/stylesheets/main\..*\.css$")
THEME = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"


def still(page: Page) -> bytes:
    """A picture that is the same twice in a row: nothing is on its way any more."""
    before = b""
    for _ in range(10):
        picture = page.screenshot(animations="disabled", caret="hide")
        if picture == before:
            return picture
        before = picture
        page.wait_for_timeout(100)
    raise AssertionError("the page does not come to rest")


STILL = [kind for kind in all_kinds() if "?" not in kind.address and not kind.types]
"""Pages that are complete as they come: what is fetched later may stand a moment later in one of two pictures."""


@pytest.mark.parametrize("kind", STILL, ids=str)
def test_the_lean_style_sheet_shows_what_the_whole_one_shows(context: BrowserContext, root: str, kind: Kind) -> None:
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    pictures = []
    for whole in (False, True):
        if whole:
            page.route(SHEETS, lambda route: route.fulfill(path=THEME / route.request.url.rpartition("/")[2]))
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.goto("about:blank")  # the browser would go back to where the page was scrolled to
            visit(page, root, "en", kind)
            page.evaluate(SETTLED)
            pictures.append(still(page))
    assert pictures[:2] == pictures[2:]


def loaded(page: Page, address: str) -> dict[str, int]:
    """Compressed bytes of everything that a page loads by itself."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright asks whose a method is)
    page.goto(address, wait_until="networkidle")
    return {urlsplit(answer.url).path: len(gzip.compress(answer.body(), 6)) for answer in answers}


@LANGS
@pytest.mark.parametrize("address", ["", "security/", ARTICLE, "connectivity/2025-03-20-night-train/"])
def test_a_first_view_is_light(context: BrowserContext, root: str, lang: str, address: str) -> None:
    found = loaded(context.new_page(), f"{root}/{PREFIX[lang]}{address}")
    told = "\n".join(f"{size:7} {path}" for path, size in sorted(found.items(), key=lambda each: -each[1]))
    print(f"{sum(found.values()) / 1024:.1f} KB in {len(found)} answers\n{told}")
    assert len(found) > 5
    assert sum(found.values()) <= LIMIT, told

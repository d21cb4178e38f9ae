"""The site works under its own Content-Security-Policy, and nothing else does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.site.conftest import Built
from tests.site.driving import serving

pytestmark = pytest.mark.browser
ARTICLE = "security/2024-08-09-river-patrol/"
STUB = "connectivity/2025-03-20-night-train/"
PREFIX = {"zh": "", "en": "en/"}
WATCH = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation',
        event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
INTRUDERS = {
    "<script>window.hacked=1</script>": "script-src-elem inline",
    '<img src="x" onerror="window.hacked=2">': "script-src-attr inline",
    '<img src="https://example.com/a.png">': "img-src https://example.com/a.png",
    '<p style="position:fixed">x</p>': "style-src-attr inline",
    "<style>body{display:none}</style>": "style-src-elem inline",
    '<iframe src="https://example.com/"></iframe>': "frame-src https://example.com",
    '<script src="https://example.com/a.js"></script>': "script-src-elem https://example.com/a.js",
    '<base href="https://example.com/">': "base-uri https://example.com/",
    '<a id="press" href="javascript:window.hacked=3">x</a>': "",
}
"""What would act if a page had it, and the violation that the browser tells (that of a press comes later)."""
KINDS = ["", ARTICLE, STUB, "security/", "tags/", "downloads/", "no-such-page/"]


@pytest.fixture(scope="module")
def addresses(built: Built) -> Iterator[dict[bool, str]]:
    """Of a host that reads ``_headers``, and of one that does not."""
    with serving(built.site) as plain, serving(built.site, headers=True) as told:
        yield {False: plain, True: told}


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(WATCH)
    yield page
    page.close()


def used(page: Page, lang: str) -> None:
    """All that a reader can do on a page: another palette, a search and its first result, the other language."""
    label = page.locator("[data-md-component=palette] label:visible")
    if label.count():
        label.first.click()
    field = page.locator("[data-md-component=search-query]")
    if field.is_visible():
        field.click()
        field.fill({"zh": "诈骗", "en": "fraud"}[lang])
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Escape")


CASES = [(False, "zh", place) for place in KINDS] + [(headers, "en", ARTICLE) for headers in (False, True)]


@pytest.mark.parametrize(("headers", "lang", "place"), CASES)
def test_no_violation_whatever_a_reader_does(
    watched: Page, addresses: dict[bool, str], headers: bool, lang: str, place: str
) -> None:
    said: list[str] = []
    watched.on("console", lambda message: said.append(message.text))
    watched.on("pageerror", lambda error: said.append(str(error)))
    watched.goto(f"{addresses[headers]}/{PREFIX[lang]}{place}")
    used(watched, lang)
    assert watched.evaluate("window.violations") == []
    if watched.locator(".bt-switch").count():
        watched.locator(".bt-switch").first.click()
        watched.wait_for_load_state("load")
        assert watched.evaluate("window.violations") == []
    assert [text for text in said if not re.search(r"status of 404", text)] == []


def _until(page: Page, violations: int) -> None:
    """Waits for so many violations; what Playwright waits with is evaluated as a string, which the policy refuses."""
    for _ in range(100):
        if page.evaluate("window.violations.length") >= violations:
            return
        page.wait_for_timeout(100)


def test_what_slipped_in_does_nothing(watched: Page, built: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    page = site / ARTICLE / "index.html"
    html = page.read_text("utf-8")
    page.write_text(html.replace("</article>", f"{''.join(INTRUDERS)}</article>"), encoding="utf-8")
    answered: list[str] = []
    watched.on("response", lambda response: answered.append(response.url))
    with serving(site) as root:
        watched.goto(f"{root}/{ARTICLE}", wait_until="load")
        _until(watched, len(INTRUDERS) - 1)
        told = set(watched.evaluate("window.violations"))
        assert told == set(INTRUDERS.values()) - {""}
        watched.locator("#press").click(force=True)
        _until(watched, len(INTRUDERS))
        assert watched.evaluate("window.hacked") is None
    assert [url for url in answered if not url.startswith(root)] == []

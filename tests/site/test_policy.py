"""The site works under its own Content-Security-Policy, and nothing else does."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.site.conftest import Built
from tests.site.driving import serving
from tests.sizes import NIGHT

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
KINDS = ["", ARTICLE, STUB, "security/", "tags/", "downloads/", "glossary/", "no-such-page/"]


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


# ------------------------------------------------------------------ what a reader does; each says whether it was done
def another_palette(page: Page) -> bool:
    return _pressed(page, "[data-md-component=palette] label:visible")


def both_languages_beside_each_other(page: Page) -> bool:
    """And one language again."""
    if done := _pressed(page, "[data-bt-parallel]:visible"):
        page.locator(".bt-pair").first.wait_for()
        page.locator("[data-bt-parallel]").first.click()
    return done


def all_that_unfolds(page: Page) -> bool:
    return _pressed(page, "article details > summary:visible")


def a_term_of_the_glossary(page: Page) -> bool:
    """Its explanation; pressed, it would lead away."""
    if done := _there(page, "article .bt-term"):
        page.locator("article .bt-term:visible").first.hover()
    return done


def a_filter_of_a_list(page: Page) -> bool:
    if done := _there(page, "article input[type=search]"):
        page.locator("article input[type=search]:visible").first.fill("a")
    return done


def copy(page: Page) -> bool:
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    return bool(page.evaluate("String(getSelection()).length"))


def a_search(page: Page) -> bool:
    lang = page.evaluate("document.documentElement.lang.slice(0, 2)")
    field = page.locator("[data-md-component=search-query]")
    if done := field.is_visible():
        field.click()
        field.fill({"zh": "\u8bc8\u9a97", "en": "fraud"}[lang])
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Escape")
    return done


def the_other_language(page: Page) -> bool:
    """The last, for it leads to another page."""
    if done := _pressed(page, ".bt-switch:visible"):
        page.wait_for_load_state("load")
    return done


DEEDS = (
    another_palette, both_languages_beside_each_other, all_that_unfolds, a_term_of_the_glossary, a_filter_of_a_list,
    copy, a_search, the_other_language,
)  # fmt: skip


def _there(page: Page, selector: str) -> bool:
    return page.locator(f"{selector}:visible").count() > 0


def _pressed(page: Page, selector: str) -> bool:
    if done := page.locator(selector).count() > 0:
        page.locator(selector).first.click()
    return done


def places(built: Built) -> list[str]:
    """Addresses of all pages at night, of one of each kind always."""
    if not NIGHT:
        return [prefix + place for prefix in PREFIX.values() for place in KINDS]
    found = (path.relative_to(built.site).as_posix().removesuffix("index.html") for path in built.pages())
    return ["no-such-page/", *found]


@pytest.mark.parametrize("headers", [False, True], ids=["by the page", "by the host"])
def test_no_violation_whatever_a_reader_does(
    watched: Page, addresses: dict[bool, str], built: Built, headers: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    watched.on("console", lambda message: said.append(message.text))
    watched.on("pageerror", lambda error: said.append(str(error)))
    counts: Counter[str] = Counter()
    for place in places(built):
        watched.goto(f"{addresses[headers]}/{place}")
        for deed in DEEDS:
            counts[deed.__name__.replace("_", " ")] += deed(watched)
            assert watched.evaluate("window.violations") == [], (place, deed.__name__)
        counts["pages"] += 1
    assert [text for text in said if "status of 404" not in text] == []
    with capsys.disabled():
        told = ", ".join(f"{name} {number}" for name, number in counts.items())
        print(f"\npolicy, {'header' if headers else 'meta'}: {told}; 0 violations")
    assert all(counts[deed.__name__.replace("_", " ")] >= 2 for deed in DEEDS)


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

"""WCAG 2.2 AA on every kind of page: by axe-core, and by what no tool sees, such as the way of the keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.driving import DESKTOP, PHONE
from tests.site.kinds import PREFIX, Kind, all_kinds, visit

pytestmark = pytest.mark.browser

KINDS = pytest.mark.parametrize("kind", all_kinds(), ids=str)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
ARTICLE = "security/2024-08-09-river-patrol/"
NARROW = {"width": 320, "height": 640}
"""A window of 1280 pixels at 400 %, as WCAG 1.4.10 has it."""
ZOOMED = {"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2}
"""A desk's window at 200 %."""
NIGHTLY = "NIGHTLY" in os.environ
ASKED = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
SHORTENED = """() => document.querySelectorAll('.bt-glossary ul').forEach(
    list => [...list.children].slice(9).forEach(entry => entry.remove()))"""
"""A thousand entries of the glossary are built alike; the long runs look at all of them."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce")
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


def opened(page: Page, root: str, lang: str, kind: Kind) -> None:
    """The page of a kind, ready to be asked."""
    visit(page, root, lang, kind)
    if not NIGHTLY:
        page.evaluate(SHORTENED)
    page.evaluate(ASKED)


# ------------------------------------------------------------------ axe-core
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that another palette can change."""
OTHER_PALETTE = "() => document.querySelector('[data-md-component=palette] label:not([hidden])').click()"


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds on the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate("rules => asked.violations(rules)", rules)
    return found


def palette(page: Page) -> str:
    return str(page.evaluate("() => document.body.dataset.mdColorScheme"))


@LANGS
@KINDS
def test_no_violation_in_either_palette_on_a_desk_or_a_phone(page: Page, root: str, lang: str, kind: Kind) -> None:
    opened(page, root, lang, kind)
    found = {"light, desk": violations(page, STANDARD)}
    page.set_viewport_size(PHONE)
    found["light, phone"] = violations(page, STANDARD)
    assert palette(page) == "default"
    page.evaluate(OTHER_PALETTE)
    assert palette(page) == "slate"
    rules = STANDARD if NIGHTLY else OF_COLOUR
    found["dark, phone"] = violations(page, rules)
    page.set_viewport_size(DESKTOP)
    found["dark, desk"] = violations(page, rules)
    told = [f"{where}: {what}" for where, those in found.items() for what in those]
    assert not told, "\n".join(told)


DEFECTS = {
    "image-alt": "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
    "label": "<input>",
    "button-name": "<button></button>",
    "color-contrast": "<p class='bt-faint'>faint</p>",
    "link-in-text-block": "<p>So much text round <a class='bt-plain' href='../'>one plain link</a> and more of it</p>",
    "target-size": "<p class='bt-tiny'><button>a</button><button>b</button></p>",
    "list": "<ul><p>no item</p></ul>",
    "heading-order": "<h2>second</h2><h5>fifth</h5>",
    "aria-allowed-attr": "<p aria-checked='true'>p</p>",
    "valid-lang": "<p lang='xx-bad-tag'>x</p>",
}
"""What has each defect: a check that finds none of them would find nothing on the site either."""
STYLES = """
    .md-typeset .bt-faint { color: #bbb; background: #fff }
    .md-typeset .bt-plain { text-decoration: none; color: #20404b }
    .md-typeset .bt-tiny button { width: 10px; height: 10px; padding: 0; overflow: hidden }
"""


@pytest.mark.parametrize("rule", DEFECTS)
def test_each_defect_is_found(page: Page, root: str, rule: str) -> None:
    page.goto(f"{root}/security/")
    page.evaluate(ASKED)
    page.evaluate("html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", DEFECTS[rule])
    page.evaluate("css => asked.style(css)", STYLES)
    assert {each.partition(":")[0] for each in violations(page, STANDARD)} >= {rule}


# ------------------------------------------------------------------ the keyboard alone
def walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Every place that a key stops at until the focus leaves the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 200:
        page.keyboard.press(key)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
        stop = page.evaluate("() => asked.stop()")
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"{key} is caught: {stops[-5:]}")


@pytest.mark.parametrize(("lang", "size"), [("zh", DESKTOP), ("en", NARROW)], ids=["zh-desk", "en-narrow"])
@KINDS
def test_tab_reaches_everything_in_sight_both_ways(page: Page, root: str, lang: str, size: Any, kind: Kind) -> None:
    page.set_viewport_size(size)
    opened(page, root, lang, kind)
    page.evaluate(SHORTENED)
    page.keyboard.press("Escape")
    page.evaluate("() => asked.fromTheTop()")
    for key in ("Tab", "Shift+Tab"):
        places = page.evaluate("() => asked.number()")
        stops = walk(page, key)
        reached = {stop["place"] for stop in stops}
        assert [name for place, name in enumerate(places) if place not in reached] == [], key
        assert [stop["name"] for stop in stops if not stop["marked"]] == [], key
        assert [(stop["name"], stop["coveredBy"]) for stop in stops if stop["coveredBy"]] == [], key


def test_a_place_that_is_not_marked_or_covered_is_told(page: Page, root: str) -> None:
    page.goto(f"{root}/security/")
    page.evaluate(ASKED)
    page.evaluate(
        "css => asked.style(css)", ".bt-row a:focus-visible { outline: none } .md-footer { visibility: hidden }"
    )
    page.locator(".bt-row a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => asked.stop().marked") is False
    page.evaluate("css => asked.style(css)", ".md-header { position: fixed; height: 100vh }")
    assert "md-header" in page.evaluate("() => asked.stop().coveredBy")


@LANGS
@KINDS
def test_the_first_stop_leads_past_the_header(page: Page, root: str, lang: str, kind: Kind) -> None:
    visit(page, root, lang, kind)
    page.keyboard.press("Escape")
    page.evaluate(ASKED)
    page.evaluate("() => asked.fromTheTop()")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text(
        {"zh": "跳到正文", "en": "Skip to the text"}[page.locator("html").get_attribute("lang") or ""]
    )
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !document.activeElement.closest('.md-header, .md-tabs')")


@LANGS
def test_a_topic_is_reached_from_its_tab(page: Page, root: str, lang: str) -> None:
    page.goto(f"{root}/{PREFIX[lang]}")
    page.locator(".bt-tabs a").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/")


def test_the_palette_changes_from_the_keyboard(page: Page, root: str) -> None:
    page.goto(f"{root}/")
    before = palette(page)
    page.locator("[name=__palette]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.body.dataset.mdColorScheme !== before", arg=before)


@LANGS
@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desk", "narrow"])
def test_a_search_is_asked_followed_and_left_from_the_keyboard(page: Page, root: str, lang: str, size: Any) -> None:
    page.set_viewport_size(size)
    page.goto(f"{root}/{PREFIX[lang]}{ARTICLE}")
    page.keyboard.press("/")
    page.keyboard.insert_text({"zh": "榴莲", "en": "durian"}[lang])
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    page.wait_for_timeout(300)  # the theme overlooks who comes back in less
    page.keyboard.press("/")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PREFIX[lang]}trade/2024-05-fruit-season/**")


def test_terms_can_be_switched_off_and_on_from_the_keyboard(page: Page, root: str) -> None:
    page.goto(f"{root}/{ARTICLE}")
    page.locator("[data-bt-terms]").focus()
    for expected in (0, 2):
        page.keyboard.press("Space")
        expect(page.locator(".bt-term[href]")).to_have_count(expected)


@LANGS
def test_a_filter_is_chosen_from_the_keyboard(page: Page, root: str, lang: str) -> None:
    page.goto(f"{root}/{PREFIX[lang]}security/")
    rows = page.locator(".bt-row:visible").count()
    page.locator('.bt-filter a[data-year="2023"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bt-row:visible")).to_have_count(1)
    assert rows > 1


@LANGS
def test_the_years_are_read_and_followed_in_a_table(page: Page, root: str, lang: str) -> None:
    page.goto(f"{root}/{PREFIX[lang]}")
    page.locator(".bt-time summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".bt-time td a:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".bt-row")).not_to_have_count(0)


# ------------------------------------------------------------------ what readers set for themselves
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
"""
"""WCAG 1.4.12."""
LARGE = "html { font-size: 250% !important }"
"""Letters of twice the size: the theme sets 125 %."""
SETTINGS: dict[str, tuple[str, Any]] = {
    "400 %": ("", NARROW),
    "200 %": ("", ZOOMED),
    "spaced, phone": (SPACED, PHONE),
    "spaced, desk": (SPACED, DESKTOP),
    "large letters": (LARGE, DESKTOP),
}


@LANGS
@KINDS
def test_enlarged_or_spaced_nothing_is_lost(page: Page, root: str, lang: str, kind: Kind) -> None:
    page.set_viewport_size(NARROW)
    opened(page, root, lang, kind)
    lost = {}
    for name, (css, size) in SETTINGS.items():
        page.set_viewport_size(size)
        page.evaluate("css => { document.adoptedStyleSheets = []; asked.style(css); }", css)
        lost[name] = page.evaluate("() => [asked.sideways(), asked.cut()]")
    assert lost == {name: [0, []] for name in SETTINGS}


def test_text_that_is_cut_is_told(page: Page, root: str) -> None:
    page.goto(f"{root}/{ARTICLE}")
    page.evaluate(ASKED)
    assert page.evaluate("() => asked.cut()") == []
    page.evaluate(
        "css => asked.style(css)", "#p2 { height: 1em; overflow: hidden } h1 { white-space: nowrap; margin-left: 90vw }"
    )
    assert len(page.evaluate("() => asked.cut()")) >= 2


def test_nothing_moves_for_who_asked_for_rest(page: Page, root: str) -> None:
    page.goto(f"{root}/")
    page.evaluate(ASKED)
    assert page.evaluate("() => asked.moving()") == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("() => asked.moving()") != []

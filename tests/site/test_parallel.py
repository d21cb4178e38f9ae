"""The parallel view: both languages of an article beside each other, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.site.driving import DESKTOP, PHONE

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
ARTICLE = "security/2024-08-09-river-patrol/"
HOSTILE = "culture/2021-06-01-hostile/"
STUB = "connectivity/2025-03-20-night-train/"
LIST = "security/"
PREFIX = {"zh": "", "en": "en/"}
OTHER = {"zh": "en", "en": "zh"}
ASK = "?view=parallel"
SHORT = {"width": 1100, "height": 420}

LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
SIZES = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])

SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({type: 'layout-shift', buffered: true});
"""


def toggle(page: Page) -> Any:
    return page.locator("[data-bt-parallel]")


def parallel(open_page: Open, address: str, **settings: Any) -> Page:
    """A page opened in the parallel view, once both languages stand there."""
    page = open_page(address + ASK, **settings)
    expect(page.locator(".bt-pair").first).to_be_visible()
    return page


def pairs(page: Page) -> list[list[str]]:
    """What stands in the cells of each pair."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.bt-pair')].map(pair => [...pair.children].map(cell => cell.innerText))"
    )


def blocks(page: Page) -> list[str]:
    """What the text consists of, without the blanks between its blocks."""
    return page.evaluate("() => [...document.querySelector('.bt-text').children].map(block => block.outerHTML)")


@LANGS
@SIZES
def test_one_press_shows_both_languages_and_another_one_again(
    open_page: Open, root: str, lang: str, viewport: Any
) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=viewport)
    before = blocks(page)
    expect(toggle(page)).to_have_attribute("aria-pressed", "false")
    toggle(page).click()
    expect(page.locator(".bt-pair")).to_have_count(13)
    expect(toggle(page)).to_have_attribute("aria-pressed", "true")
    toggle(page).click()
    expect(page.locator(".bt-pair")).to_have_count(0)
    assert blocks(page) == before
    expect(toggle(page)).to_have_attribute("aria-pressed", "false")


@LANGS
def test_paragraphs_of_one_bead_stand_in_one_pair(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    both = {"p2": ["Golden Triangle", "金三角"], "p8": ["telecom fraud", "电信诈骗"], "p13": ["pier", "码头"]}
    for bead, words in both.items():
        text = page.locator(f".bt-pair:has(#{bead})").inner_text()
        assert all(word in text for word in words), (bead, text)


def test_a_paragraph_without_id_stays_with_its_bead(open_page: Open, root: str) -> None:
    page = parallel(open_page, f"{root}/en/{ARTICLE}")
    assert "the order in which" in page.locator(".bt-pair:has(#p2) .bt-cell").first.inner_text()


@LANGS
def test_a_bead_of_one_language_stands_in_its_place_and_the_gap_says_so(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    rows = pairs(page)
    alone = next(n for n, cells in enumerate(rows) if any("编队用三种语言" in cell for cell in cells))
    here, there = rows[alone]
    gap = there if lang == "zh" else here
    assert gap == {"zh": "英文无对应段落", "en": "Nothing in English corresponds"}[lang]
    assert alone == 6, "between the bead before it and the one after it"


@LANGS
def test_every_block_of_the_other_language_says_its_language(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    languages = page.evaluate(
        "() => [...document.querySelectorAll('.bt-pair p, .bt-pair h2, .bt-head h1, .bt-head__other')]"
        ".map(block => [block.closest('[lang]').lang.slice(0, 2), /[\\u4e00-\\u9fff]/.test(block.innerText)])"
    )
    assert {tuple(each) for each in languages} == {("zh", True), ("en", False)}
    expect(page.locator(".bt-head__other")).to_have_attribute("lang", OTHER[lang])


@LANGS
@pytest.mark.parametrize("address", [ARTICLE, HOSTILE])
def test_no_id_stands_twice(open_page: Open, root: str, lang: str, address: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{address}")
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(part => part.id)")
    assert len(ids) == len(set(ids))


@LANGS
def test_two_columns_on_a_wide_screen(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.bt-pair')].map(pair => [...pair.children]"
        ".map(cell => { const box = cell.getBoundingClientRect(); return [box.left, box.top, box.width]; }))"
    )
    for (left, top, width), (other_left, other_top, other_width) in boxes:
        assert other_left >= left + width - 1
        assert abs(top - other_top) < 1
        assert abs(width - other_width) < 2


@LANGS
@pytest.mark.parametrize("width", [320, 390])
def test_alternating_paragraphs_on_a_phone(open_page: Open, root: str, lang: str, width: int) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}", viewport={"width": width, "height": 800})
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.bt-cell')].map(cell => cell.getBoundingClientRect().top)"
    )
    assert boxes == sorted(boxes)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@LANGS
def test_the_view_is_in_the_address_and_is_remembered(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    toggle(page).click()
    expect(page.locator(".bt-pair").first).to_be_visible()
    assert page.url.endswith(ASK)
    page.goto(f"{root}/{PREFIX[lang]}security/2023-11-02-training/")
    expect(page.locator(".bt-pair").first).to_be_visible()
    toggle(page).click()
    expect(page.locator(".bt-pair")).to_have_count(0)
    assert ASK not in page.url
    page.goto(f"{root}/{PREFIX[lang]}{ARTICLE}")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".bt-pair")).to_have_count(0)


def test_an_address_that_asks_for_the_view_is_not_remembered(open_page: Open, root: str) -> None:
    page = parallel(open_page, f"{root}/{ARTICLE}")
    page.goto(f"{root}/security/2023-11-02-training/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".bt-pair")).to_have_count(0)


@LANGS
def test_the_switch_takes_the_view_along(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    page.locator(".bt-switch").click()
    page.wait_for_url(f"**/{PREFIX[OTHER[lang]]}{ARTICLE}{ASK}")
    expect(page.locator(".bt-pair")).to_have_count(13)


@LANGS
@pytest.mark.parametrize("bead", ["p6", "p9", "p11"])
def test_who_changes_the_view_goes_on_reading_at_the_same_place(
    open_page: Open, root: str, lang: str, bead: str
) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=SHORT)
    # The button has left the window; a keyboard's access or a click by script still reaches it.
    page.evaluate("bead => { document.getElementById(bead).scrollIntoView({behavior: 'instant'}); }", bead)
    top = "bead => document.getElementById(bead).getBoundingClientRect().top"
    before = page.evaluate(top, bead)
    page.evaluate("() => document.querySelector('[data-bt-parallel]').click()")
    expect(page.locator(".bt-pair").first).to_be_attached()
    assert abs(page.evaluate(top, bead) - before) < 40


@LANGS
@SIZES
def test_nothing_jumps_when_a_page_opens_in_the_view(browser: Any, root: str, lang: str, viewport: Any) -> None:
    page = browser.new_page(viewport=viewport)
    page.add_init_script(SHIFTS)
    page.goto(f"{root}/{PREFIX[lang]}{ARTICLE}{ASK}")
    expect(page.locator(".bt-pair").first).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.shifted") < 0.02
    page.close()


@LANGS
def test_the_view_works_from_the_keyboard(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('[data-bt-parallel]')"):
            break
    else:
        pytest.fail("the button is out of the keyboard's reach")
    page.keyboard.press("Space")
    expect(page.locator(".bt-pair").first).to_be_visible()
    assert page.evaluate("() => document.activeElement.matches('[data-bt-parallel]')")


@LANGS
@pytest.mark.parametrize("address", [STUB, LIST, ""])
def test_where_there_is_one_language_only_no_view_is_offered(
    open_page: Open, root: str, lang: str, address: str
) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{address}{ASK}")
    expect(toggle(page)).to_have_count(0)
    expect(page.locator(".bt-pair")).to_have_count(0)


@LANGS
def test_without_scripts_no_button_that_does_nothing_is_shown(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}{ASK}", java_script_enabled=False)
    expect(toggle(page)).to_be_hidden()
    expect(page.locator("#p2")).to_be_visible()


@LANGS
def test_a_text_that_cannot_be_fetched_is_said_and_the_page_stays(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")

    def lost(route: Route) -> None:
        route.abort()

    page.route(f"**/{PREFIX[OTHER[lang]]}{ARTICLE}", lost)
    toggle(page).click()
    expect(page.locator(".bt-view__status")).to_have_text(
        {"zh": "没有取到英文文本，请稍后再试。", "en": "The Chinese text could not be fetched. Try again later."}[lang]
    )
    expect(page.locator("#p2")).to_be_visible()
    expect(toggle(page)).to_have_attribute("aria-pressed", "false")
    page.unroute(f"**/{PREFIX[OTHER[lang]]}{ARTICLE}")
    toggle(page).click()
    expect(page.locator(".bt-pair").first).to_be_visible()
    expect(page.locator(".bt-view__status")).to_be_empty()


def test_the_counterpart_is_fetched_when_it_is_asked_for_and_once(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: request.resource_type == "fetch" and asked.append(request.url))
    for _ in range(4):
        toggle(page).click()
        page.wait_for_load_state("networkidle")
    assert asked == [f"{root}/en/{ARTICLE}"]


@LANGS
def test_print_has_both_columns(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    left, right = page.evaluate(
        "() => [...document.querySelector('.bt-pair:has(#p8)').children].map(cell => cell.getBoundingClientRect().left)"
    )
    assert right > left + 200
    expect(toggle(page)).to_be_hidden()


@LANGS
def test_a_hostile_counterpart_runs_nothing(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{HOSTILE}")
    assert page.evaluate(
        "() => window.hacked === undefined && document.querySelectorAll('.bt-text script').length === 0"
    )


@LANGS
def test_terms_are_marked_in_both_columns(open_page: Open, root: str, lang: str) -> None:
    page = parallel(open_page, f"{root}/{PREFIX[lang]}{ARTICLE}")
    for code in ("zh", "en"):
        cells = page.locator(".bt-cell--other" if code != lang else ".bt-cell:not(.bt-cell--other)")
        assert cells.locator(".bt-term").count() > 0, code

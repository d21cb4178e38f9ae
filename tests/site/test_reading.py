"""The built site in a real browser, as its readers use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.site.conftest import ROOT
from tests.site.driving import PHONE

pytestmark = pytest.mark.browser

OWN_DOCS = ROOT / "docs"
Open = Callable[..., Page]
ARTICLE = "security/2024-08-09-river-patrol/"
STUB = "connectivity/2025-03-20-night-train/"
STUB_WITH_FILE = "culture/2022-song-contest/"
HOSTILE = "culture/2021-06-01-hostile/"
ROUNDUP = "culture/2024-12-31-year-in-review/"
NAMES = {
    "zh": ["安全", "经贸", "互联互通", "人文"],
    "en": ["Security", "Trade", "Connectivity", "People and Culture"],
}
PREFIX = {"zh": "", "en": "en/"}
OTHER = {"zh": "en", "en": "zh"}
KINDS = ["", "security/", "tags/", "tags/law-enforcement/", ARTICLE, STUB, STUB_WITH_FILE, ROUNDUP]
"""One page of each kind."""
SHORT = {"width": 900, "height": 420}
"""A window in which the article has to be scrolled."""

LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def switch(page: Page) -> None:
    page.locator(".bt-switch").click()
    page.wait_for_load_state("load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def scroll_to(page: Page, bead: str, past: int = 12) -> None:
    """Scrolls as a reader does: the bead's first line has just gone below the header."""
    page.evaluate(
        """([bead, past]) => { const block = document.getElementById(bead);
             block.scrollIntoView({behavior: 'instant'}); scrollBy({top: past, behavior: 'instant'}) }""",
        [bead, past],
    )


def top_of(page: Page, bead: str) -> float:
    return float(page.evaluate("bead => document.getElementById(bead).getBoundingClientRect().top", bead))


# ------------------------------------------------------------------ navigation
@LANGS
@pytest.mark.parametrize("address", ["", ARTICLE, "tags/", STUB])
def test_topic_tabs_stand_in_order_and_in_the_language(open_page: Open, root: str, lang: str, address: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{address}")
    assert page.locator(".bt-tabs [data-topic] a").all_inner_texts() == NAMES[lang]


@LANGS
def test_each_tab_leads_to_its_topic_and_is_lit_there(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    for name in NAMES[lang]:
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.locator("h1")).to_contain_text(name)
        assert page.locator(".md-tabs__item--active").all_inner_texts() == [name]


@LANGS
def test_an_article_lights_the_tab_of_its_topic(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    assert page.locator(".md-tabs__item--active").all_inner_texts() == NAMES[lang][:1]


@LANGS
def test_home_shows_what_is_new_and_a_card_for_each_topic(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    assert page.locator(".bt-card h3 a").all_inner_texts() == NAMES[lang]
    dates = page.locator(".bt-rows--home time").evaluate_all("all => all.map(time => time.dateTime)")
    assert len(dates) >= 6
    assert dates == sorted(dates, reverse=True)
    assert page.locator(".bt-rows--home .bt-badge").count() == 0


@LANGS
def test_a_card_leads_to_its_topic_wherever_it_is_clicked(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    page.locator('.bt-card[data-topic="trade"]').click(position={"x": 100, "y": 90})
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/")


def test_a_topic_lists_its_articles_newest_first_under_their_years(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/trade/")
    assert page.locator(".bt-year h2").all_inner_texts() == ["2024 年", "未注明日期"]
    titles = ["二、经贸", "榴莲季节让口岸连夜通关", "水文站把旱季的读数每天发给下游"]
    assert page.locator(".bt-row__title").all_inner_texts() == titles


@LANGS
def test_tags_are_listed_in_both_languages_and_lead_to_their_articles(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}tags/")
    tag = page.locator(".bt-alltags li", has_text="执法合作")
    assert "Law Enforcement" in tag.inner_text()
    tag.locator("a").click()
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}tags/law-enforcement/")
    assert page.locator(".bt-row").count() == 2


# ------------------------------------------------------------------ language switch
@LANGS
@pytest.mark.parametrize("address", KINDS)
def test_the_switch_leads_to_the_same_page(open_page: Open, root: str, lang: str, address: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{address}")
    switch(page)
    assert page.url.partition("#")[0] == f"{root}/{PREFIX[OTHER[lang]]}{address}"
    assert page.locator("html").get_attribute("lang") == OTHER[lang]


@LANGS
@pytest.mark.parametrize("bead", ["p3", "p6", "p8", "p10"])
def test_the_switch_keeps_the_paragraph(open_page: Open, root: str, lang: str, bead: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=SHORT)
    scroll_to(page, bead)
    switch(page)
    assert page.url.endswith(f"{PREFIX[OTHER[lang]]}{ARTICLE}#{bead}")
    assert 0 <= top_of(page, bead) < SHORT["height"]


@LANGS
@pytest.mark.parametrize("viewport", [SHORT, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("bead", ["p4", "p6", "p9", "p13"])
def test_four_switches_in_a_row_do_not_drift(open_page: Open, root: str, lang: str, bead: str, viewport: Any) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=viewport)
    scroll_to(page, bead)
    switch(page)
    first = page.url.partition("#")[2]
    for _ in range(3):
        switch(page)
        assert page.url.partition("#")[2] == first
    assert page.url.startswith(f"{root}/{PREFIX[lang]}security/")


def test_a_paragraph_without_counterpart_leads_to_the_one_before_it_and_back(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}", viewport=SHORT)
    scroll_to(page, "p7")
    switch(page)
    assert page.url.endswith("#p7")
    assert 40 < top_of(page, "p6") < 120
    switch(page)
    assert 40 < top_of(page, "p7") < 120


@LANGS
def test_at_the_top_of_a_page_the_switch_leads_to_the_top(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=SHORT)
    switch(page)
    assert "#" not in page.url
    assert page.evaluate("scrollY") == 0


def test_after_scrolling_on_the_switch_forgets_where_it_came_from(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}#p3", viewport=SHORT)
    scroll_to(page, "p8")
    switch(page)
    assert page.url.endswith("#p8")


def test_the_switch_works_from_the_keyboard(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}", viewport=SHORT)
    scroll_to(page, "p6")
    page.locator(".bt-switch").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/.*#p6$"))


def test_without_scripts_the_switch_leads_to_the_same_page(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}", java_script_enabled=False)
    page.locator(".bt-switch").click()
    expect(page).to_have_url(f"{root}/en/{ARTICLE}")


@pytest.mark.parametrize("address", ["#__config", "#p1%22", "#p999", "#"])
def test_a_strange_hash_does_no_harm(open_page: Open, root: str, address: str) -> None:
    page = open_page(f"{root}/{ARTICLE}{address}", viewport=SHORT)
    switch(page)
    assert page.url.startswith(f"{root}/en/{ARTICLE}")


# ------------------------------------------------------------------ search
def search(page: Page, words: str) -> list[str]:
    """Titles that a search finds."""
    if page.viewport_size and page.viewport_size["width"] < 960:
        page.locator('.md-header__button[for="__search"]').click()
    page.locator(".md-search__input").click()
    page.keyboard.insert_text(words)  # as an input method does, without keys
    page.locator(".md-search-result__item").first.wait_for()
    return page.locator(".md-search-result__item h1").all_inner_texts()


# ------------------------------------------------------------------ articles
def test_an_article_says_where_and_when_it_is_from(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}")
    head = page.locator(".bt-head")
    assert page.locator("h1").inner_text() == "六国执法船在金三角水域会合"
    assert head.locator("time").get_attribute("datetime") == "2024-08-09"
    assert head.locator("time").inner_text() == "2024年8月9日"
    assert "来源：澜湄执法中心" in head.inner_text()
    assert head.locator(".bt-head__source a").get_attribute("href") == "https://example.com/patrol"
    assert page.locator(".bt-tags a").all_inner_texts() == ["联合巡逻", "执法合作"]


@LANGS
def test_what_the_source_does_not_say_is_said_to_be_absent(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}trade/water-survey/")
    head = page.locator(".bt-head").inner_text()
    assert {"zh": "未注明日期", "en": "Undated"}[lang] in head
    assert {"zh": "原文没有标题", "en": "The source prints no title"}[lang] in head


@LANGS
def test_a_roundup_leads_to_its_parts_and_they_lead_back(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ROUNDUP}")
    parts = page.locator(".bt-series a")
    assert parts.count() == 3
    parts.nth(1).click()
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/2024-12-31-year-in-review-2/")
    page.locator(".bt-series a").click()
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}{ROUNDUP}")


def test_a_reader_goes_through_a_roundup_part_by_part(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/security/2024-12-31-year-in-review-1/")
    for title in ("II. Trade", "III. Connectivity"):
        page.locator(".bt-neighbours [rel=next]").click()
        expect(page.locator("h1")).to_have_text(title)
    assert page.locator(".bt-neighbours [rel=next]").count() == 0


def test_neighbours_in_a_topic_are_linked_both_ways(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}")
    page.locator(".bt-neighbours [rel=next]").click()
    expect(page.locator("h1")).to_have_text("警务培训班在昆明结业")
    page.locator(".bt-neighbours [rel=prev]").click()
    expect(page.locator("h1")).to_have_text("六国执法船在金三角水域会合")


STUBS = [
    (STUB, "zh", "en", "中文版暂缺", "Tickets are sold in both currencies."),
    (f"en/{STUB_WITH_FILE}", "en", "zh", "No English version yet", "来了四个国家的歌队。"),
]


@pytest.mark.parametrize(("address", "lang", "text_lang", "notice", "text"), STUBS)
def test_a_missing_translation_is_said_and_the_other_text_marked(
    open_page: Open, root: str, address: str, lang: str, text_lang: str, notice: str, text: str
) -> None:
    page = open_page(f"{root}/{address}")
    assert page.locator("html").get_attribute("lang") == lang
    assert notice in page.locator(".bt-stub").inner_text()
    assert page.locator(".bt-stub a").count() == 1
    assert page.locator(f".bt-text[lang={text_lang}]").filter(has_text=text).count() == 1


def test_the_title_put_in_place_of_a_missing_one_is_marked(open_page: Open, root: str) -> None:
    assert open_page(f"{root}/{STUB}").locator("h1").get_attribute("lang") == "en"
    assert open_page(f"{root}/en/{STUB_WITH_FILE}").locator("h1").get_attribute("lang") is None


# ------------------------------------------------------------------ lost, hostile
LOST = [("security/nowhere/", "没有找到这一页"), ("en/nowhere/", "This page does not exist")]


@pytest.mark.parametrize(("address", "first"), LOST)
def test_a_lost_address_is_answered_in_both_languages(open_page: Open, root: str, address: str, first: str) -> None:
    page = open_page(f"{root}/{address}", lost=True)
    assert page.locator("h1").count() == 2
    assert page.locator("h1").first.inner_text() == first
    assert page.locator(".bt-switch").get_attribute("href") == "/en/"
    page.locator(".bt-lost[lang=en] a").click()
    expect(page).to_have_url(f"{root}/en/")


@LANGS
@pytest.mark.parametrize("address", ["", "culture/", HOSTILE, STUB_WITH_FILE])
def test_hostile_text_runs_nothing_and_is_shown(open_page: Open, root: str, lang: str, address: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{address}")
    shown = page.locator("article").inner_text()
    for link in page.locator('.bt-text a:not([href^="http"])').all():
        link.click()
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.locator("article img, article iframe, article svg:not([aria-hidden]), article script").count() == 0
    as_typed = {"zh": "<img src=x onerror=window.hacked=8>", "en": '<iframe src="javascript:window.hacked=13">'}
    assert as_typed[lang] in shown or address != HOSTILE


@pytest.mark.parametrize(("lang", "words"), [("zh", "正文"), ("en", "quoted")])
def test_hostile_titles_among_the_results_run_nothing(open_page: Open, root: str, lang: str, words: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    titles = search(page, words)
    assert any("<script>" in title for title in titles)
    assert page.evaluate("window.hacked") is None


def test_titles_of_hostile_pages_are_whole(open_page: Open, root: str) -> None:
    assert open_page(f"{root}/{HOSTILE}").title().startswith("</title><script>window.hacked=1</script>")


# ------------------------------------------------------------------ looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_site_follows_the_palette_of_the_system_and_can_be_changed(open_page: Open, root: str, scheme: str) -> None:
    page = open_page(f"{root}/{ARTICLE}", color_scheme=scheme)
    brightness = """() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)
                          .reduce((sum, part) => sum + Number(part), 0)"""
    before = page.evaluate(brightness)
    assert (before > 600) == (scheme == "light")
    page.locator('[data-md-component="palette"] label:visible').click()
    after = page.evaluate(brightness)
    assert (after > 600) != (scheme == "light")
    switch(page)
    assert page.evaluate(brightness) == after


@LANGS
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_does_not_scroll_sideways(open_page: Open, root: str, lang: str, width: int) -> None:
    page = open_page(f"{root}/", viewport={"width": width, "height": 700})
    for address in [*KINDS, HOSTILE]:
        page.goto(f"{root}/{PREFIX[lang]}{address}")
        assert_fits(page, width)


def assert_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('article *')]
                 .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []


@LANGS
def test_on_a_phone_everything_in_the_header_can_be_reached(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=PHONE)
    palette = '[data-md-component="palette"] label:visible'
    for part in (".md-logo", ".bt-switch", '[for="__search"].md-header__button', palette):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    page.locator(".md-header .md-logo").click()
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}")


LEADING = "p => parseFloat(getComputedStyle(p).lineHeight) / parseFloat(getComputedStyle(p).fontSize)"


def test_chinese_is_set_as_chinese(open_page: Open, root: str) -> None:
    paragraph = open_page(f"{root}/{ARTICLE}").locator("#p2")
    style = paragraph.evaluate("p => (({fontFamily, lineBreak}) => [fontFamily, lineBreak])(getComputedStyle(p))")
    assert paragraph.evaluate(LEADING) == pytest.approx(1.8)
    assert style[0].startswith('"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC"')
    assert style[1] == "strict"


def test_english_is_set_as_english(open_page: Open, root: str) -> None:
    assert open_page(f"{root}/en/{ARTICLE}").locator("#p2").evaluate(LEADING) == pytest.approx(1.6)
    assert open_page(f"{root}/{STUB}").locator("#p1").evaluate(LEADING) == pytest.approx(1.6)


# ------------------------------------------------------------------ the repository's own pages
TOPICS = ["security", "trade", "connectivity", "culture"]


def own_articles(topic: str) -> set[str]:
    """Names of a topic's articles in either language."""
    return {path.stem for lang in PREFIX for path in (OWN_DOCS / lang / topic).glob("*.md")}


@LANGS
@pytest.mark.parametrize("topic", TOPICS)
def test_every_own_article_is_listed_and_the_first_can_be_switched(
    open_page: Open, own_root: str, lang: str, topic: str
) -> None:
    page = open_page(f"{own_root}/{PREFIX[lang]}")
    page.locator(f'.bt-tabs [data-topic="{topic}"] a').click()
    titles = page.locator(".bt-row__title a")
    expect(titles).to_have_count(min(len(own_articles(topic)), 40))
    for title in titles.all()[:1]:
        title.click()
        page.wait_for_load_state("load")
        here = page.url.removeprefix(own_root).removeprefix("/en")
        switch(page)
        assert page.url == f"{own_root}{'' if lang == 'en' else '/en'}{here}"
        assert page.locator("html").get_attribute("lang") == OTHER[lang]

"""The glossary on the built site: marks in articles, their hints, the page of all entries, the switch."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Page, expect
from tests.site.conftest import Built
from tests.site.driving import PHONE

Open = Callable[..., Page]
ARTICLE = "security/2024-08-09-river-patrol/"
PREFIX = {"zh": "", "en": "en/"}
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
MARK = re.compile(r'<a class="bt-term" href="([^"#]*)#([^"]*)" title="([^"]*)">([^<]*)</a>')
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def marks(built: Built) -> Callable[[str], list[tuple[str, ...]]]:
    return lambda lang: MARK.findall(built.read(f"{PREFIX[lang]}{ARTICLE}index.html"))


# ------------------------------------------------------------------ what the build writes
@LANGS
def test_each_term_is_marked_once_with_the_name_of_the_other_language(marks: Any, lang: str) -> None:
    found = marks(lang)
    assert len(found) >= 2
    assert len({term for _, term, _, _ in found}) == len(found)
    assert all(bool(HAN.search(text)) == (lang == "zh") for *_, text in found)
    assert all(bool(HAN.search(hint)) == (lang == "en") for _, _, hint, _ in found)


@LANGS
def test_a_mark_leads_to_its_entry_which_leads_back(built: Built, marks: Any, lang: str) -> None:
    page = html5lib.parse(built.read(f"{PREFIX[lang]}glossary/index.html"), namespaceHTMLElements=False)
    entries = {item.get("id"): item for item in page.iter("li") if item.get("id")}
    for address, term, _, _ in marks(lang):
        assert address == "../../glossary/"
        assert any((link.get("href") or "").endswith(ARTICLE) for link in entries[term].iter("a")), term


def test_entries_have_the_same_ids_in_both_languages(built: Built) -> None:
    ids = {lang: re.findall(r'<li id="([^"]*)"', built.read(f"{PREFIX[lang]}glossary/index.html")) for lang in PREFIX}
    assert len(ids["zh"]) > 1000
    assert sorted(ids["zh"]) == sorted(ids["en"])
    assert len(set(ids["zh"])) == len(ids["zh"])
    assert all(re.fullmatch(r"[a-z0-9-]+", each) for each in ids["zh"])


@pytest.mark.parametrize("which", ["built", "own"])
def test_no_mark_stands_in_a_link_or_a_heading(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    pages = [path.read_text(encoding="utf-8") for path in done.pages()]
    assert any("bt-term" in page for page in pages)
    for page in pages:
        for inside in re.findall(r"<(?:h[1-6]|code|pre)\b.*?</(?:h[1-6]|code|pre)>", page, re.DOTALL):
            assert "bt-term" not in inside
        assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a class=\"bt-term", page, re.DOTALL)


def test_marks_are_not_in_the_search_the_feeds_or_the_downloads(built: Built) -> None:
    kinds = ("*.xml", "*.json", "*.txt", "*.tmx", "*.xlf", "*.jsonl")
    files = [path for kind in kinds for path in built.site.rglob(kind)]
    assert not [path for path in files if "bt-term" in path.read_text(encoding="utf-8")]


def test_the_sitemap_announces_the_page_in_both_languages(built: Built) -> None:
    sitemap = built.read("sitemap.xml")
    assert "<loc>https://example.org/glossary/</loc>" in sitemap
    assert "<loc>https://example.org/en/glossary/</loc>" in sitemap


# ------------------------------------------------------------------ in a browser
@pytest.mark.browser
@LANGS
def test_a_focused_mark_shows_its_hint_and_escape_takes_it_away(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    before = page.evaluate("document.documentElement.scrollHeight")
    term = page.locator(".bt-term").first
    expected = term.get_attribute("title")
    page.keyboard.press("Tab")  # the keyboard is in use, so focus is shown
    term.focus()
    hint = page.get_by_role("tooltip")
    expect(hint).to_have_text(expected or "")
    assert hint.get_attribute("lang") == {"zh": "en", "en": "zh"}[lang]
    assert term.get_attribute("aria-describedby") == hint.get_attribute("id")
    assert page.evaluate("document.documentElement.scrollHeight") == before
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    expect(term).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pointer_may_travel_from_a_mark_to_its_hint(open_page: Open, root: str, scheme: str) -> None:
    page = open_page(f"{root}/{ARTICLE}", color_scheme=scheme)
    page.locator(".bt-term").first.hover()
    hint = page.get_by_role("tooltip")
    expect(hint).to_be_visible()
    hint.hover()
    page.wait_for_timeout(400)
    expect(hint).to_be_visible()
    page.locator("h1").hover()
    expect(hint).to_have_count(0)


@pytest.mark.browser
def test_the_first_tap_shows_the_hint_and_the_second_follows_the_link(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/{ARTICLE}", viewport=PHONE, has_touch=True)
    term = page.locator(".bt-term").first
    term.tap()
    expect(page.get_by_role("tooltip")).to_be_visible()
    box = page.get_by_role("tooltip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    term.tap()
    expect(page).to_have_url(re.compile(r"/en/glossary/#[a-z0-9-]+$"))


@pytest.mark.browser
@LANGS
def test_the_switch_takes_marks_away_on_every_page_and_is_remembered(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    assert page.locator(".bt-term[href]").count() >= 2
    page.locator("[data-bt-terms]").uncheck()
    expect(page.locator(".bt-term[href], .bt-term[title]")).to_have_count(0)
    page.reload()
    expect(page.locator(".bt-term[href]")).to_have_count(0)
    page.goto(f"{root}/{PREFIX[lang]}glossary/")
    page.locator("[data-bt-terms]").check()
    page.goto(f"{root}/{PREFIX[lang]}{ARTICLE}")
    assert page.locator(".bt-term[href]").count() >= 2


@pytest.mark.browser
def test_the_language_switch_leads_to_the_same_entry(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/glossary/#vientiane")
    page.locator(".bt-switch").click()
    expect(page).to_have_url(f"{root}/en/glossary/#vientiane")


@pytest.mark.browser
def test_the_filter_finds_entries_by_either_language(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/glossary/")
    for word in ("Vientiane", "\u4e07\u8c61"):
        page.locator("#bt-filter").fill(word)
        expect(page.locator("#vientiane")).to_be_visible()
        assert page.locator(".bt-glossary li:visible").count() < 20

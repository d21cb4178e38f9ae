"""Promises that this site keeps, and MkDocs, Material and static-i18n as their manuals set them up do not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, Page
from tests.site.conftest import DOCS, Built
from tests.site.driving import serving

pytestmark = pytest.mark.browser

ARTICLE = "security/2024-08-09-river-patrol/"
CHINESE_ONLY = "culture/2022-song-contest/"
HOSTILE = "culture/2021-06-01-hostile/"
SHORT = {"width": 1280, "height": 420}


@dataclass(frozen=True, slots=True)
class Site:
    """A built site, served."""

    built: Built
    root: str
    switch: str
    term: str


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("stock")
    docs, site = folder / "docs", folder / "site"
    shutil.copytree(DOCS, docs)
    for lang, title in (("zh", "首页"), ("en", "Home")):
        (docs / lang / "index.md").write_text(f"# {title}\n\n[article]({ARTICLE[:-1]}.md)\n", encoding="utf-8")
    (docs / "en" / f"{CHINESE_ONLY[:-1]}.md").unlink()  # a page that the plugin fills with its fallback
    with (docs / "zh" / f"{ARTICLE[:-1]}.md").open("a", encoding="utf-8") as page:
        page.write("\n*[电信诈骗]: telecom fraud\n")  # its way of explaining a term
    config = Path(__file__).with_name("stock.yml")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--config-file",
        str(config),
        "--site-dir",
        str(site),
    ]
    environment = {**os.environ, "DOCS_DIR": str(docs), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    with serving(site) as root:
        sitemap = site / "sitemap.xml"  # instant navigation asks it which pages are the site's
        sitemap.write_text(sitemap.read_text(encoding="utf-8").replace("https://example.org", root), encoding="utf-8")
        yield Site(Built(site, done.returncode, done.stdout + done.stderr), root, ".md-select__link", "abbr")


@pytest.fixture(scope="module")
def ours(built: Built, root: str) -> Site:
    return Site(built, root, ".bt-switch", ".bt-term")


# ------------------------------------------------------------------ promises
NAMED = """() => [...document.querySelectorAll('article p')].filter(part => /[\\u4e00-\\u9fff]{8}/.test(part.innerText))
                     .every(part => part.closest('[lang]').lang === 'zh')"""


def follow(page: Page, site: Site, lang: str) -> None:
    """Changes the language as a reader does, without the mouse that a menu may want first."""
    page.locator(f"{site.switch}[hreflang={lang}]").first.evaluate("""link => {
        link.dispatchEvent(new Event('pointerdown', { bubbles: true })); link.click(); }""")
    page.wait_for_function(
        "lang => document.documentElement.lang === lang || location.href.includes('/' + lang + '/')", arg=lang
    )
    page.wait_for_load_state("networkidle")


def the_paragraph_is_kept(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/{ARTICLE}")
    page.evaluate("() => { document.getElementById('p6').scrollIntoView({ behavior: 'instant' }); scrollBy(0, 12) }")
    follow(page, site, "en")
    return page.url.endswith(f"/en/{ARTICLE}#p6")


def the_switch_leads_to_the_page_that_is_shown(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/", wait_until="networkidle")
    page.locator(f'article a[href*="{ARTICLE[:-1]}"]').first.click()
    page.locator("#p2").wait_for()
    follow(page, site, "en")
    return page.url.split("#")[0].endswith(f"/en/{ARTICLE}")


def text_in_another_language_says_so(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/en/{CHINESE_ONLY}")
    return bool(page.evaluate(NAMED))


def a_missing_translation_is_told(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/en/{CHINESE_ONLY}")
    return page.get_by_text("No English version").count() > 0


def no_translation_is_announced_that_is_not_there(_: Page, site: Site) -> bool:
    return f"/en/{CHINESE_ONLY}" not in site.built.read("sitemap.xml")


def alternates_are_whole_addresses_with_a_default(_: Page, site: Site) -> bool:
    head = html5lib.parse(site.built.read(f"{ARTICLE}index.html"), namespaceHTMLElements=False)
    links = {link.get("hreflang"): link.get("href", "") for link in head.iter("link") if link.get("hreflang")}
    return set(links) == {"zh", "en", "x-default"} and all(each.startswith("https://") for each in links.values())


def a_search_stays_in_its_language(page: Page, site: Site) -> bool:
    return not any("/en/" in address for address in found(page, site, "durian"))


def a_chinese_word_in_running_text_is_found(page: Page, site: Site) -> bool:
    return any(ARTICLE in address for address in found(page, site, "执法船"))


def found(page: Page, site: Site, words: str) -> list[str]:
    """Addresses that a search from the Chinese home page lists."""
    page.goto(f"{site.root}/", wait_until="networkidle")
    page.locator(".md-search__input").click()
    page.keyboard.type(words, delay=20)
    page.wait_for_timeout(1500)
    return [link.get_attribute("href") or "" for link in page.locator(".md-search-result__link").all()]


def a_lost_address_is_answered_in_its_language(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/security/nowhere/")
    return page.locator("html").get_attribute("lang") == "zh" and page.get_by_text("没有找到这一页").count() > 0


def topics_stand_in_order_and_in_the_language(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/{ARTICLE}")
    names = page.locator(".md-tabs__link").all_inner_texts()
    return [name.strip() for name in names][:4] == ["安全", "经贸", "互联互通", "人文"]


def a_chinese_term_in_running_text_is_explained(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/{ARTICLE}")
    return page.locator(f".md-typeset {site.term}").filter(has_text="电信诈骗").count() > 0


def text_of_a_page_runs_nothing(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/{HOSTILE}", wait_until="networkidle")
    return page.evaluate("() => window.hacked") is None


def nothing_is_asked_for_that_is_not_there(page: Page, site: Site) -> bool:
    lost: list[str] = []
    page.on("response", lambda answer: answer.status == 404 and lost.append(answer.url))
    page.goto(f"{site.root}/en/{ARTICLE}", wait_until="networkidle")
    return not lost


def the_build_has_nothing_to_warn_of(_: Page, site: Site) -> bool:
    return not re.search(r"^WARNING", site.built.output, re.MULTILINE)


def every_article_offers_both_languages_side_by_side(page: Page, site: Site) -> bool:
    page.goto(f"{site.root}/{ARTICLE}?view=parallel", wait_until="networkidle")
    return page.evaluate("() => /[a-z]{6} [a-z]{4}/.test(document.querySelector('article').innerText)")


def each_topic_has_a_feed_in_each_language(_: Page, site: Site) -> bool:
    return all((site.built.site / prefix / "security" / "feed.xml").is_file() for prefix in ("", "en"))


PROMISES: list[Callable[[Page, Site], bool]] = [
    the_paragraph_is_kept,
    the_switch_leads_to_the_page_that_is_shown,
    text_in_another_language_says_so,
    a_missing_translation_is_told,
    no_translation_is_announced_that_is_not_there,
    alternates_are_whole_addresses_with_a_default,
    a_search_stays_in_its_language,
    a_chinese_word_in_running_text_is_found,
    a_lost_address_is_answered_in_its_language,
    topics_stand_in_order_and_in_the_language,
    a_chinese_term_in_running_text_is_explained,
    text_of_a_page_runs_nothing,
    nothing_is_asked_for_that_is_not_there,
    the_build_has_nothing_to_warn_of,
    every_article_offers_both_languages_side_by_side,
    each_topic_has_a_feed_in_each_language,
]


@pytest.mark.parametrize("which", ["ours", "stock"])
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_a_promise_is_kept_here_and_broken_there(
    promise: Callable[[Page, Site], bool], which: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    site: Any = request.getfixturevalue(which)
    page = browser.new_page(viewport=SHORT)
    page.set_default_timeout(10_000)
    try:
        assert promise(page, site) is (which == "ours")
    finally:
        page.close()

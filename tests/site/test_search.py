"""The search, as a reader uses it: in both languages, with keys, on a phone. From a folder: test_offline."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from tests.site.conftest import ROOT, Built
from tests.site.driving import DESKTOP, PHONE

from bitext import strict_yaml
from bitext.model import Lang

browser = pytest.mark.browser

Open = Callable[..., Page]
ARTICLE = "security/2024-08-09-river-patrol/"
PREFIX = {"zh": "", "en": "en/"}
TITLE = {"zh": "六国执法船在金三角水域会合", "en": "Patrol boats of six countries meet in Golden Triangle waters"}
NONE = {"zh": "没有找到符合条件的结果", "en": "No matching documents"}
TOPICS = ("security", "trade", "connectivity", "culture")
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
SIZES = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
CASES = Path(__file__).resolve().parents[1] / "cases" / "search_terms.yml"
FOLD = """text => { const found = self.bitextSearch; found.simplifyBy('萬万兒儿將将篩筛臟脏');
    return [found.fold(text), found.pieces(text)] }"""
ANSWERED = """() => component$.subscribe(found => {
    if (found.items && 'query' in found) window.answered = found.query })"""
KILOBYTE = 1000


def field(page: Page) -> Any:
    return page.locator(".md-search__input")


def ask(page: Page, words: str) -> None:
    """Types a question and waits for the answer to it."""
    if page.viewport_size and page.viewport_size["width"] < 960:
        page.locator('.md-header__button[for="__search"]').click()
    field(page).click()
    field(page).fill("")
    page.evaluate(ANSWERED)
    field(page).fill(words)
    page.wait_for_function("words => window.answered === words", arg=words)


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".md-search-result__item h1").all_inner_texts()]


def said(page: Page) -> Any:
    return page.locator(".md-search-result__meta")


def way(page: Page) -> Any:
    """To the other language."""
    return page.locator(".bt-search-other a")


# ------------------------------------------------------------------ what is found
@browser
@pytest.mark.parametrize("words", ["电信诈骗", "诈骗", "跨境", "执法船", "金三角", "联络名单", "雾", "名单核对"])
def test_a_chinese_word_inside_running_text_is_found(open_page: Open, root: str, words: str) -> None:
    page = open_page(f"{root}/")
    ask(page, words)
    assert TITLE["zh"] in titles(page)


OWN = [
    ("安保", "沿线安全怎么守"),
    ("澜湄 天体", "仰望同一片星空"),
    ("跨境数据", "创新走廊"),
    ("电信诈骗", "海鸥行动"),
    ("儿童心脏", "兒童"),
    ("白內障", "兒童"),
]


@browser
@pytest.mark.parametrize(("words", "title"), OWN)
def test_words_of_own_articles_are_found_whichever_characters_are_typed(
    open_page: Open, own_root: str, words: str, title: str
) -> None:
    page = open_page(f"{own_root}/")
    ask(page, words)
    assert title in titles(page)[0]


@browser
@pytest.mark.parametrize(
    "words", ["telecom", "frauds", "FRAUD", "checking vessels", "forty cargo", "Golden Triangle", "tele", "the telecom"]
)
def test_an_english_word_is_found_in_all_its_forms(open_page: Open, root: str, words: str) -> None:
    page = open_page(f"{root}/en/")
    ask(page, words)
    assert titles(page)[0] == TITLE["en"]


@browser
def test_the_text_of_a_result_begins_and_ends_with_whole_words(open_page: Open, own_root: str) -> None:
    page = open_page(f"{own_root}/en/")
    ask(page, "cooperation")
    shown = page.locator(".md-search-result__item").all_inner_texts()
    cut = [line for text in shown for line in text.split("\n") if line.endswith(" …")]
    entries = [path.read_text("utf-8") for path in (ROOT / "docs" / "en").rglob("*.md")]
    assert cut
    for line in cut:
        words = line.removeprefix("… ").removesuffix(" …")
        assert any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", entry) for entry in entries), words


@browser
@LANGS
@SIZES
def test_a_tag_leads_to_its_articles(open_page: Open, root: str, lang: str, viewport: Any) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", viewport=viewport)
    ask(page, {"zh": "执法合作", "en": "law enforcement"}[lang])
    assert TITLE[lang] in titles(page)


@browser
@pytest.mark.parametrize(("lang", "words"), [("zh", "durian"), ("en", "榴莲")])
@SIZES
def test_only_the_language_of_the_reader_is_searched_and_a_link_leads_to_the_other(
    open_page: Open, root: str, lang: str, words: str, viewport: Any
) -> None:
    """The theme alone has one index for both, and no such link."""
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}", viewport=viewport)
    ask(page, words)
    expect(said(page)).to_have_text(NONE[lang])
    expect(way(page)).to_be_visible()
    expect(way(page)).to_contain_text(words)
    way(page).click()
    page.wait_for_url(re.compile(re.escape(f"{root}/{'en/' if lang == 'zh' else ''}{ARTICLE}?q=")))
    expect(field(page)).to_have_value(words)
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@browser
@LANGS
@pytest.mark.parametrize("words", ["zzzzqqqq", "量子纠缠", "%%%", "mark"])
def test_nothing_found_is_said(open_page: Open, root: str, lang: str, words: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    ask(page, words)
    expect(said(page)).to_have_text(NONE[lang])
    assert titles(page) == []


@browser
@LANGS
def test_a_pasted_page_asks_with_its_beginning(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    text = page.locator(".bt-text").inner_text()
    ask(page, " ".join(text.split() * 3))
    assert titles(page)[0] == TITLE[lang]


@browser
def test_words_that_are_missing_are_named(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/")
    ask(page, "telecom elephants")
    expect(page.locator(".md-search-result__terms").first).to_contain_text("elephants")


@browser
@pytest.mark.parametrize(("lang", "words"), [("zh", "引用本页"), ("zh", "编辑此页"), ("en", "Cite"), ("en", "Newer")])
def test_what_a_page_says_beside_its_text_is_not_found(open_page: Open, root: str, lang: str, words: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    ask(page, words)
    assert TITLE[lang] not in titles(page)


@browser
def test_both_languages_beside_each_other_are_found_once(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/{ARTICLE}?view=parallel")
    page.locator(".bt-pair").first.wait_for()
    ask(page, "电信诈骗")
    assert titles(page).count(TITLE["zh"]) == 1
    ask(page, "telecom")
    assert titles(page) == []


@browser
def test_more_than_the_list_holds_is_counted(open_page: Open, own_root: str) -> None:
    page = open_page(f"{own_root}/")
    ask(page, "澜湄")
    expect(said(page)).to_have_text(re.compile(r"共 \d+ 篇，列出最相关的 20 篇"))


# ------------------------------------------------------------------ where a result leads
@browser
@pytest.mark.parametrize(("lang", "words", "bead"), [("zh", "联络名单", "p8"), ("en", "dry season", "p12")])
@SIZES
def test_a_result_leads_to_the_passage_and_marks_the_words(
    open_page: Open, root: str, lang: str, words: str, bead: str, viewport: Any
) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", viewport=viewport)
    ask(page, words)
    page.locator(f'.md-search-result__link[href$="#{bead}"]').first.click()
    page.wait_for_url(re.compile(re.escape(f"{root}/{PREFIX[lang]}{ARTICLE}?h=") + f".*#{bead}$"))
    expect(page.locator(f"#{bead} mark").first).to_be_visible()
    expect(page.locator(f"#{bead}")).to_be_in_viewport()
    assert page.locator("article mark").first.inner_text().lower() in words


@browser
def test_a_passage_stands_under_its_heading(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/")
    ask(page, "联络名单")
    expect(page.locator(".md-search-result__item h2").first).to_have_text("巡逻")


@browser
@LANGS
@pytest.mark.parametrize("start", ["", ARTICLE, "tags/", "security/"])
def test_enter_leads_to_the_best_result(open_page: Open, root: str, lang: str, start: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{start}")
    ask(page, {"zh": "诈骗", "en": "fraud"}[lang])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(f"{root}/{PREFIX[lang]}{ARTICLE}?h=")))


# ------------------------------------------------------------------ keys and screen readers
@browser
@LANGS
def test_keys_open_walk_and_close(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    ask(page, {"zh": "巡逻", "en": "patrol"}[lang])
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(way(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


@browser
@LANGS
def test_the_number_of_results_is_told_to_screen_readers(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    ask(page, {"zh": "巡逻", "en": "patrol"}[lang])
    expect(said(page)).to_have_attribute("role", "status")
    expect(page.locator(".md-search-result__list")).to_have_attribute("role", "list")


@browser
@LANGS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_in_an_open_search(open_page: Open, root: str, lang: str, scheme: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", color_scheme=scheme, bypass_csp=True)
    ask(page, {"zh": "巡逻", "en": "patrol"}[lang])
    page.wait_for_timeout(400)  # it fades in
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, context=".md-search__output", options={"runOnly": rules})
    assert found.violations_count == 0, found.generate_report()


@browser
def test_what_an_input_method_has_not_decided_is_no_question(open_page: Open, root: str) -> None:
    asked: list[str] = []
    page = open_page(f"{root}/")
    field(page).click()
    page.wait_for_load_state("networkidle")  # what the page loads in any case
    page.on("request", lambda request: asked.append(request.url))
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "zha'pian", "selectionStart": 8, "selectionEnd": 8})
    page.wait_for_timeout(300)
    assert not asked
    client.send("Input.insertText", {"text": "诈骗"})
    expect(page.locator(".md-search-result__item h1").first).to_have_text(TITLE["zh"])


@browser
def test_a_link_with_a_question_opens_its_answer(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/?q=telecom+fraud")
    expect(page.locator(".md-search-result__item h1").first).to_have_text(TITLE["en"])


# ------------------------------------------------------------------ failures
@browser
@LANGS
def test_a_failure_is_no_empty_result_and_the_next_question_tries_again(browser: Any, root: str, lang: str) -> None:
    page = browser.new_page()
    page.goto(f"{root}/{PREFIX[lang]}")
    page.context.route("**/search/terms/**", lambda route: route.abort())
    ask(page, {"zh": "诈骗", "en": "fraud"}[lang])
    expect(said(page)).to_contain_text({"zh": "没有取到搜索索引", "en": "could not be fetched"}[lang])
    page.context.unroute("**/search/terms/**")
    ask(page, {"zh": "电信诈骗", "en": "telecom fraud"}[lang])
    assert titles(page)[0] == TITLE[lang]
    page.close()


@browser
def test_a_late_answer_does_not_take_the_place_of_the_next(browser: Any, root: str) -> None:
    page = browser.new_page()
    page.goto(f"{root}/en/")
    slow: list[Route] = []

    def hold(route: Route) -> None:
        slow.append(route)

    page.context.route("**/search/head.json", hold)
    field(page).click()
    field(page).fill("durian")
    page.wait_for_timeout(200)
    field(page).fill("telecom")
    page.wait_for_timeout(200)
    for route in slow:
        route.continue_()
    expect(page.locator(".md-search-result__item h1").first).to_have_text(TITLE["en"])
    page.wait_for_timeout(300)
    assert "Durian" not in " ".join(titles(page))
    page.close()


# ------------------------------------------------------------------ cost
def weight(asked: list[str], site: Path) -> int:
    """Bytes of what was asked for, as a server that compresses sends them."""
    return sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in asked)


@browser
@pytest.mark.parametrize(("lang", "words"), [("zh", "电信诈骗"), ("en", "telecom fraud")])
def test_a_page_loads_no_index_and_a_first_search_is_light(
    open_page: Open, built: Built, root: str, lang: str, words: str
) -> None:
    """The theme alone loads its whole index with each page."""
    page = open_page(f"{root}/{PREFIX[lang]}")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.strip("/")))
    page.reload()
    page.wait_for_load_state("networkidle")
    mine = [path for path in asked if "search" in path]
    assert f"{PREFIX[lang]}search/search_index.json" in mine
    assert not [path for path in mine if re.search(r"search/(head|terms|pages|simplified)", path)]
    assert weight(mine, built.site) < 12 * KILOBYTE
    ask(page, words)
    mine = [path for path in asked if "search" in path]
    assert [path for path in mine if "search/pages/" in path]
    assert weight(mine, built.site) < 60 * KILOBYTE


# ------------------------------------------------------------------ the index
@LANGS
def test_the_index_of_a_language_holds_its_articles_and_no_others(built: Built, lang: Lang) -> None:
    folder = built.site / PREFIX[lang] / "search"
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "pages").iterdir()]
    root = built.site / PREFIX[lang]
    texts = [path for topic in TOPICS for path in (root / topic).rglob("index.html")]
    articles = [path.parent for path in texts if '<div class="bt-text">' in path.read_text(encoding="utf-8")]
    assert {page["url"] for page in pages} == {f"{path.relative_to(root).as_posix()}/" for path in articles}
    assert json.loads((folder / "head.json").read_text(encoding="utf-8"))["pages"] == len(pages)


def test_the_theme_has_no_index_of_its_own(built: Built) -> None:
    for prefix in PREFIX.values():
        assert json.loads(built.read(f"{prefix}search/search_index.json"))["docs"] == []


@LANGS
def test_passages_have_the_ids_of_their_page(built: Built, lang: str) -> None:
    for path in (built.site / PREFIX[lang] / "search" / "pages").iterdir():
        page = json.loads(path.read_text(encoding="utf-8"))
        html = built.read(f"{PREFIX[lang]}{page['url']}index.html")
        assert all(f'id="{bead}"' in html for bead, *_ in page["text"] if bead), page["url"]


TEXTS = strict_yaml.load(CASES.read_text(encoding="utf-8"), CASES.name)


@browser
@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["label"])
def test_the_browser_cuts_texts_as_the_index_does(open_page: Open, root: str, case: dict[str, Any]) -> None:
    page = open_page(f"{root}/")
    page.add_script_tag(url=f"{root}/assets/search-worker.js")
    assert page.evaluate(FOLD, case["text"]) == [case["fold"], case["pieces"]]

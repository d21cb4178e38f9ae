"""Home, topics and archive in the browser: the timeline, filters by year and tag, pages of long lists; what an article
says of itself: what is like it, where it comes from, what has not followed, where it stood before."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.site.conftest import DOCS, ROOT, Built, build_site
from tests.site.driving import DESKTOP, PHONE, serving

import offline
from bitext.state import Lock, LockedPage, State

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PREFIX = {"zh": "", "en": "en/"}
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])
SIZES = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
SHIFT = """() => new Promise(done => {
    let sum = 0;
    const add = entry => { if (!entry.hadRecentInput) sum += entry.value };
    new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 400);
})"""
MOST_SHIFT = 0.02
FIRST_VIEW = 80_000
"""Bytes, compressed."""


# ------------------------------------------------------------------ a topic whose list is long
YEARS = {"2025": 10, "2024": 105, "": 5}
PAGE = "---\ntitle: {}\n{}topics: [trade]\ntags: {}\nsource_id: s{}\n---\n\n{}\n{{ #p1 }}\n"


def write_many(docs: Path) -> None:
    """120 articles of one topic: all have one tag, every tenth has another."""
    dates = [year for year, count in YEARS.items() for _ in range(count)]
    for number, year in enumerate(dates):
        date = f"date: {year}-03-{number % 28 + 1:02}\n" if year else ""
        tags = "[agriculture, railway]" if number % 10 == 0 else "[agriculture]"
        for lang, text in (("zh", "果园的消息"), ("en", "News from the orchard")):
            target = docs / lang / "trade" / f"{year or 'undated'}-item-{number:03}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            page = PAGE.format(f"{text} {number}", date, tags, number, f"{text} {number}.")
            target.write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Built:
    docs = tmp_path_factory.mktemp("many") / "docs"
    write_many(docs)
    return build_site(docs, docs.parent / "site")


@pytest.fixture(scope="module")
def many_root(many: Built) -> Iterator[str]:
    assert many.status == 0, many.output
    with serving(many.site) as address:
        yield address


def shown(page: Page) -> Locator:
    """The rows that are shown; to be counted by ``expect``, which waits: a page that was asked for is not there yet."""
    return page.locator(".bt-row:visible")


def rows(page: Page) -> list[str]:
    """Titles of the rows that are shown now."""
    return shown(page).locator(".bt-row__title").all_inner_texts()


def filtered(page: Page, key: str, value: str) -> None:
    """Chooses a value of a filter."""
    if key == "tag" and page.locator(".bt-filter details").get_attribute("open") is None:
        page.locator(".bt-filter summary").click()
    page.locator(f'.bt-filter a[data-{key}="{value}"]').click()


def ready(page: Page) -> None:
    expect(page.locator("html")).not_to_have_class(re.compile("bt-waiting"))
    expect(page.locator(".bt-list")).not_to_have_attribute("aria-busy", "true")


# ------------------------------------------------------------------ timeline
@LANGS
@SIZES
def test_the_timeline_shows_every_article_once(open_page: Open, root: str, lang: str, viewport: Any) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", viewport=viewport)
    titles = page.locator(".bt-time svg title").all_text_contents()
    numbers = [int(re.findall(r"\d+", title.rpartition("·")[2])[0]) for title in titles]
    cards = page.locator(".bt-card__count").all_inner_texts()
    assert sum(numbers) == sum(int(re.findall(r"\d+", text)[0]) for text in cards) > 8


@LANGS
@pytest.mark.parametrize("scripts", [True, False])
def test_a_bar_leads_to_the_articles_it_stands_for(open_page: Open, root: str, lang: str, scripts: bool) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", java_script_enabled=scripts)
    title = page.locator('.bt-time g[data-topic="trade"] a').last.locator("title").text_content()
    assert {"zh": "未注明日期", "en": "Undated"}[lang] in (title or "")
    page.locator('.bt-time g[data-topic="trade"] a').last.click()
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/?year=undated")
    expect(shown(page)).to_have_count(1 if scripts else 3)


@LANGS
def test_the_table_beside_says_the_same_as_the_picture(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}", java_script_enabled=False)
    page.locator(".bt-time summary").click()
    bars = page.locator(".bt-time svg a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    cells = page.locator(".bt-time td a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(cells) == sorted(bars)
    assert page.locator(".bt-time thead th").count() == 5
    assert page.locator(".bt-time tbody th").first.inner_text() == "2025"


@LANGS
def test_keyboards_and_screen_readers_get_the_table_and_not_the_bars(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}")
    picture = page.locator(".bt-time svg")
    assert picture.get_attribute("aria-hidden") == "true"
    assert picture.locator("a:not([tabindex='-1'])").count() == 0
    page.locator(".bt-time summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('td') !== null")
    named = page.locator(".bt-time td a").first.text_content() or ""
    assert re.fullmatch(r"\d+ · .+ · .+", named)


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_have_the_colour_of_their_topic_in_both_palettes(
    open_page: Open, root: str, viewport: Any, scheme: str
) -> None:
    page = open_page(f"{root}/", viewport=viewport, color_scheme=scheme)
    colours = page.evaluate(
        "() => [...document.querySelectorAll('.bt-time g')].map(g => getComputedStyle(g.querySelector('path')).stroke)"
    )
    tabs = page.evaluate("() => [...document.querySelectorAll('.bt-card h3 a')].map(a => getComputedStyle(a).color)")
    assert colours == tabs
    assert len(set(colours)) == 4


BOXES = """all => all.filter(span => getComputedStyle(span).visibility === 'visible')
    .map(span => span.getBoundingClientRect()).map(box => [box.left, box.right, box.top, box.bottom])"""


@LANGS
@pytest.mark.parametrize("width", [320, 390])
def test_names_of_years_stand_beside_each_other_on_a_phone(
    open_page: Open, root: str, many_root: str, lang: str, width: int
) -> None:
    for address in (root, many_root):
        page = open_page(f"{address}/{PREFIX[lang]}", viewport={"width": width, "height": 800})
        page.locator(".bt-time summary").click()
        shown = page.locator(".bt-time__years span").evaluate_all(BOXES)
        assert all(one[1] <= two[0] or one[3] <= two[2] for one, two in pairwise(shown))
        assert all(left >= 0 and right <= width for left, right, *_ in shown)
        assert page.locator(".bt-time__grid").evaluate("grid => grid.scrollWidth <= grid.clientWidth")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


# ------------------------------------------------------------------ filters of a short list
@LANGS
@SIZES
def test_a_year_leaves_its_articles_and_all_years_brings_the_others_back(
    open_page: Open, root: str, lang: str, viewport: Any
) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}trade/", viewport=viewport)
    expect(shown(page)).to_have_count(3)
    filtered(page, "year", "undated")
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/?year=undated")
    expect(shown(page)).to_have_count(1)
    assert page.locator(".bt-year:visible").count() == 1
    assert page.locator(".bt-listhead__count").inner_text() == {"zh": "3 篇中的 1 篇", "en": "1 of 3 articles"}[lang]
    page.go_back()
    ready(page)
    expect(shown(page)).to_have_count(3)
    page.go_forward()
    filtered(page, "year", "")
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}trade/")
    expect(shown(page)).to_have_count(3)


@LANGS
def test_year_and_tag_together_can_be_shared(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}security/")
    filtered(page, "tag", "law-enforcement")
    expect(shown(page)).to_have_count(2)
    filtered(page, "year", "2023")
    expect(page).to_have_url(f"{root}/{PREFIX[lang]}security/?year=2023&tag=law-enforcement")
    shared = open_page(page.url)
    ready(shared)
    assert rows(shared) == rows(page)
    expect(shown(shared)).to_have_count(1)
    assert shared.locator(".bt-filter details").get_attribute("open") == ""
    chosen = shared.locator(".bt-filter a[aria-current]")
    assert chosen.evaluate_all("all => all.map(a => a.dataset.year ?? a.dataset.tag)") == ["2023", "law-enforcement"]


@LANGS
def test_the_language_switch_keeps_the_filter(open_page: Open, root: str, lang: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}trade/?year=undated")
    ready(page)
    page.locator(".bt-switch").click()
    other = {"zh": "en", "en": "zh"}[lang]
    expect(page).to_have_url(f"{root}/{PREFIX[other]}trade/?year=undated")
    ready(page)
    expect(shown(page)).to_have_count(1)


NOTHING = ["?year=1900", "?tag=no-such", "?year=%3Cb%3E&tag=..%2F..%2Fx", "?year=2024&tag=x%22"]


@LANGS
@pytest.mark.parametrize("query", NOTHING)
def test_a_filter_that_leaves_nothing_says_so(open_page: Open, root: str, lang: str, query: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}trade/{query}")
    ready(page)
    expect(shown(page)).to_have_count(0)
    text = {"zh": "没有这样的文章。", "en": "There are no such articles."}[lang]
    expect(page.get_by_text(text)).to_be_visible()
    page.get_by_text(text).locator("a").click()
    ready(page)
    expect(shown(page)).to_have_count(3)


def test_without_scripts_links_of_years_and_tags_lead_on(open_page: Open, root: str) -> None:
    page = open_page(f"{root}/en/security/", java_script_enabled=False)
    page.locator('.bt-filter a[data-year="2023"]').click()
    expect(page).to_have_url(f"{root}/en/security/#y2023")
    page.locator(".bt-filter summary").click()
    page.locator(".bt-filter a[data-tag]").nth(1).click()
    expect(page).to_have_url(re.compile(f"{re.escape(root)}/en/tags/[a-z-]+/"))


@LANGS
@SIZES
@pytest.mark.parametrize("address", ["", "trade/", "trade/?year=undated", "security/?tag=law-enforcement"])
def test_nothing_jumps(open_page: Open, root: str, lang: str, viewport: Any, address: str) -> None:
    page = open_page(f"{root}/{PREFIX[lang]}{address}", viewport=viewport)
    assert page.evaluate(SHIFT) < MOST_SHIFT


# ------------------------------------------------------------------ a long list
@LANGS
def test_a_long_list_shows_its_newest_and_has_pages_for_its_years(open_page: Open, many_root: str, lang: str) -> None:
    page = open_page(f"{many_root}/{PREFIX[lang]}trade/", java_script_enabled=False)
    expect(shown(page)).to_have_count(40)
    page.locator('.bt-filter a[data-year="2024"]').click()
    expect(page).to_have_url(f"{many_root}/{PREFIX[lang]}trade/archive/2024/")
    expect(shown(page)).to_have_count(100)
    page.locator(".bt-pages a", has_text="2").click()
    expect(page).to_have_url(f"{many_root}/{PREFIX[lang]}trade/archive/2024-2/")
    expect(shown(page)).to_have_count(5)
    assert page.locator(".bt-pages [aria-current=page]").inner_text() == "2"


@LANGS
@SIZES
def test_a_tag_of_a_long_list_is_fetched_forty_rows_at_a_time(
    open_page: Open, many_root: str, lang: str, viewport: Any
) -> None:
    page = open_page(f"{many_root}/{PREFIX[lang]}trade/", viewport=viewport)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url.rpartition("/")[2]) if "/by-tag/" in sent.url else None)
    filtered(page, "tag", "agriculture")
    expect(page.locator(".bt-row")).to_have_count(40)
    assert asked == ["agriculture.0.js"]
    for count in (80, 120):
        page.locator(".bt-more").click()
        expect(page.locator(".bt-row")).to_have_count(count)
    assert asked == ["agriculture.0.js", "agriculture.1.js"]
    assert page.evaluate("document.activeElement.closest('.bt-row') !== null")
    expect(page.locator(".bt-more")).to_be_hidden()
    assert page.locator(".bt-year").evaluate_all("all => all.map(e => e.dataset.year)") == ["2025", "2024", "undated"]
    assert len(set(rows(page))) == 120


@LANGS
def test_the_rows_of_a_filter_are_those_of_the_written_list(open_page: Open, many_root: str, lang: str) -> None:
    page = open_page(f"{many_root}/{PREFIX[lang]}trade/")
    look = "all => all.slice(0, 40).map(row => [row.innerText, row.querySelector('a').href])"
    written = page.locator(".bt-row").evaluate_all(look)
    filtered(page, "tag", "agriculture")
    expect(page.locator(".bt-more")).to_be_visible()
    assert page.locator(".bt-row").evaluate_all(look) == written
    page.locator(".bt-row a").first.click()
    expect(page.locator("h1")).to_have_text(written[0][0].split("\n")[-1])


@LANGS
@pytest.mark.parametrize(("query", "count"), [("year=2024&tag=railway", 11), ("year=undated&tag=agriculture", 5)])
def test_year_and_tag_of_a_long_list(open_page: Open, many_root: str, lang: str, query: str, count: int) -> None:
    page = open_page(f"{many_root}/{PREFIX[lang]}trade/?{query}")
    ready(page)
    expect(shown(page)).to_have_count(count)
    assert page.locator(".bt-listhead__count").inner_text().count(str(count)) == 1
    assert page.evaluate(SHIFT) < MOST_SHIFT


def test_a_year_of_a_long_list_is_shown_on_its_page_and_leads_on_to_its_tags(open_page: Open, many_root: str) -> None:
    page = open_page(f"{many_root}/trade/?year=2025")
    expect(page).to_have_url(f"{many_root}/trade/archive/2025/")
    filtered(page, "tag", "railway")
    expect(page).to_have_url(f"{many_root}/trade/?year=2025&tag=railway")
    ready(page)
    expect(shown(page)).to_have_count(1)
    page.locator('.bt-filter a[data-tag=""]').click()
    expect(page).to_have_url(f"{many_root}/trade/archive/2025/")


def test_rows_that_cannot_be_fetched_are_told_and_the_newest_stay(browser: Browser, many_root: str) -> None:
    page = browser.new_page()

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/by-tag/**", refuse)
    page.goto(f"{many_root}/en/trade/?tag=railway")
    expect(page.locator(".bt-listhead__count")).to_contain_text("could not be fetched")
    expect(shown(page)).to_have_count(40)
    page.close()


def test_a_list_whose_script_does_not_come_is_shown_after_a_while(browser: Browser, root: str) -> None:
    page = browser.new_page()
    page.route("**/archive.js", lambda route: route.abort())
    page.goto(f"{root}/en/trade/?year=undated")
    expect(page.locator(".bt-row").first).to_be_hidden()
    expect(page.locator(".bt-row").first).to_be_visible(timeout=9000)
    page.close()


def test_pages_of_a_long_list_are_light(many: Built) -> None:
    style = sum(len(gzip.compress(path.read_bytes())) for path in (many.site / "assets").glob("archive.*"))
    for path in ("trade/index.html", "trade/archive/2024/index.html"):
        assert len(gzip.compress(many.read(path).encode())) < FIRST_VIEW / 4
    assert style < FIRST_VIEW / 8


# ------------------------------------------------------------------ from a folder
@pytest.fixture(scope="module")
def folder(many: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("unserved") / "澜湄 50% #1"
    shutil.copytree(many.site, site)
    offline.unserved(site)
    return site


@LANGS
def test_filters_work_from_a_folder(browser: Browser, folder: Path, lang: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.goto((folder / PREFIX[lang] / "trade" / "index.html").as_uri())
    filtered(page, "tag", "railway")
    page.wait_for_url(re.compile(r"trade/index\.html\?tag=railway$"))
    ready(page)
    expect(shown(page)).to_have_count(12)
    filtered(page, "year", "2025")
    page.wait_for_url(re.compile(r"\?year=2025&tag=railway$"))
    ready(page)
    expect(shown(page)).to_have_count(1)
    page.locator(".bt-row a").click()
    page.wait_for_url(re.compile(r"2025-item-\d+/index\.html$"))
    assert failures == []
    page.close()


# ------------------------------------------------------------------ a project with a past
ARTICLE = "security/2024-08-09-river-patrol/"
OLD = "trade/old-patrol/"
HOST = "https://github.com/example/lancang-mekong-bitext"
BOATS = {"zh": "小船的故事", "en": "A tale of boats"}


def in_git(project: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", project, *who, *arguments], check=True, capture_output=True)


def write_boats(docs: Path) -> None:
    """Four articles with one of the tags of the patrol, one of them in Chinese only."""
    for number in range(4):
        for lang in ("zh",) if number == 0 else ("zh", "en"):
            title = f"{BOATS[lang]} {number}"
            text = PAGE.format(title, f"date: 2020-0{4 - number}-01\n", "[joint-patrol]", number, title)
            page = docs / lang / "culture" / f"2020-0{4 - number}-01-boats.md"
            page.write_text(text.replace("[trade]", "[culture]"), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits: in the second the Chinese of two paragraphs was changed. The patrol stood elsewhere before."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(DOCS, folder / "docs")
    write_boats(folder / "docs")
    (folder / "sources").mkdir()
    (folder / "sources" / "patrol.txt").write_text("巡逻 patrol\n", encoding="utf-8")
    paths = {lang: f"{lang}/{ARTICLE.rstrip('/')}.md" for lang in PREFIX}
    pages = {lang: LockedPage(path, "0" * 64, (f"{lang}/{OLD.rstrip('/')}.md",)) for lang, path in paths.items()}
    State(folder / ".convert").write_lock(Lock("patrol", pages=pages))
    in_git(folder, "init", "-q")
    in_git(folder, "add", "-A")
    in_git(folder, "commit", "-qm", "one")
    page = folder / "docs" / paths["zh"]
    text = page.read_text("utf-8")
    page.write_text(text.replace("货船四十艘，没有", "货船五十艘，没有").replace("船队检查", "船队登上"), "utf-8")
    page.write_text(page.read_text("utf-8").replace("{ #p9 }", "又添了一句。\n{ #p9 }"), "utf-8")
    in_git(folder, "commit", "-qam", "two")
    return folder


@pytest.fixture(scope="module")
def grown(project: Path) -> Built:
    return build_site(project / "docs", project / "site")


@pytest.fixture(scope="module")
def grown_root(grown: Built) -> Iterator[str]:
    assert grown.status == 0, grown.output
    with serving(grown.site) as address:
        yield address


@LANGS
@SIZES
def test_at_its_foot_an_article_names_others_that_are_like_it(
    open_page: Open, grown_root: str, lang: str, viewport: Any
) -> None:
    page = open_page(f"{grown_root}/{PREFIX[lang]}{ARTICLE}", viewport=viewport)
    assert page.locator(".bt-related h2").inner_text() == {"zh": "相关文章", "en": "Related articles"}[lang]
    titles = page.locator(".bt-related h3").all_inner_texts()
    assert titles == [f"{BOATS[lang]} {number}" for number in ((0, 1, 2) if lang == "zh" else (1, 2, 3))]
    page.locator(".bt-related a").last.click()
    expect(page.locator("h1")).to_have_text(titles[-1])


def test_neighbours_and_parts_of_a_roundup_are_not_named_again(grown: Built) -> None:
    for path in grown.pages():
        html = path.read_text("utf-8")
        related = html.partition('class="bt-related"')[2].partition("</section>")[0]
        linked = re.findall(r'<a rel="(?:prev|next)" href="([^"]*)"', html)
        series = re.findall(r'class="bt-series.*?</(?:nav|aside)>', html, re.DOTALL)
        linked += re.findall(r'href="([^"]*)"', "".join(series))
        assert not set(linked) & set(re.findall(r'href="([^"]*)"', related)), path


@LANGS
def test_an_article_leads_to_its_source_and_its_history(open_page: Open, grown_root: str, lang: str) -> None:
    page = open_page(f"{grown_root}/{PREFIX[lang]}{ARTICLE}")
    hrefs = page.locator(".bt-ways a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    name = f"docs/{lang}/{ARTICLE.rstrip('/')}.md"
    assert hrefs == [
        f"{HOST}/edit/main/{name}",
        f"{HOST}/commits/main/{name}",
        f"{HOST}/blob/main/sources/patrol.txt",
        f"{HOST}/commits/main/sources/patrol.txt",
    ]


@LANGS
def test_what_the_repository_does_not_have_is_not_linked(
    open_page: Open, root: str, grown_root: str, lang: str
) -> None:
    for address in (f"{root}/{PREFIX[lang]}{ARTICLE}", f"{grown_root}/{PREFIX[lang]}trade/water-survey/"):
        assert open_page(address).locator(".bt-raw").count() == 0
    assert open_page(f"{root}/{PREFIX[lang]}{ARTICLE}").locator(".bt-history").count() == 0


def test_of_the_repositorys_own_pages_every_source_is_there(own: Built) -> None:
    found = [re.findall(rf'href="{HOST}/blob/main/([^"]*)"', path.read_text("utf-8")) for path in own.pages()]
    linked = [name for names in found for name in names]
    assert len(linked) > 40
    assert all((ROOT / name).is_file() for name in linked)


@LANGS
def test_a_digest_is_called_one_and_a_page_from_elsewhere_is_not(
    open_page: Open, own: Built, own_root: str, root: str, lang: str
) -> None:
    first = next(path for path in sorted((own.site / PREFIX[lang] / "trade").glob("*/index.html")))
    page = open_page(f"{own_root}/{first.parent.relative_to(own.site).as_posix()}/")
    assert {"zh": "摘要", "en": "A digest"}[lang] in page.locator(".bt-digest").inner_text()
    assert "CC BY 4.0" in page.locator(".bt-colophon").inner_text()
    other = open_page(f"{root}/{PREFIX[lang]}{ARTICLE}")
    assert other.locator(".bt-digest").count() == 0
    assert "CC BY" not in other.locator(".bt-colophon").inner_text()


# ------------------------------------------------------------------ what has not followed
@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_translation_that_has_not_followed_says_where(
    open_page: Open, grown_root: str, viewport: Any, scheme: str
) -> None:
    page = open_page(f"{grown_root}/en/{ARTICLE}", viewport=viewport, color_scheme=scheme)
    notice = page.locator(".bt-behind")
    expect(notice).to_contain_text("2 paragraphs have not followed a change of the Chinese text")
    marked = page.locator(".bt-is-behind")
    assert marked.evaluate_all("all => all.map(block => block.id)") == ["p6", "p9"]
    assert marked.first.get_attribute("title") == "The Chinese text was changed after this paragraph"
    bar = "block => getComputedStyle(block, '::before').backgroundColor"
    assert marked.first.evaluate(bar) == page.locator(".bt-stub__title").evaluate("p => getComputedStyle(p).color")
    notice.locator("a").click()
    expect(page).to_have_url(f"{grown_root}/en/{ARTICLE}#p6")
    expect(page.locator("#p6")).to_be_in_viewport()
    assert page.evaluate(SHIFT) < MOST_SHIFT


def test_the_language_that_was_changed_is_not_called_behind(open_page: Open, grown_root: str) -> None:
    page = open_page(f"{grown_root}/{ARTICLE}")
    assert page.locator(".bt-behind, .bt-is-behind").count() == 0


def test_what_follows_is_not_behind_any_more(project: Path, grown: Built, tmp_path: Path) -> None:
    assert "bt-is-behind" in grown.read(f"en/{ARTICLE}index.html")
    shutil.copytree(project, tmp_path / "again", ignore=shutil.ignore_patterns("site"))
    page = tmp_path / "again" / "docs" / "en" / f"{ARTICLE.rstrip('/')}.md"
    text = page.read_text("utf-8").replace("forty cargo", "fifty cargo")
    page.write_text(text.replace("{ #p9 }", "And more.\n{ #p9 }"), "utf-8")
    html = build_site(tmp_path / "again" / "docs", tmp_path / "site").read(f"en/{ARTICLE}index.html")
    assert "bt-is-behind" not in html
    assert "bt-behind" not in html


def test_a_history_that_is_cut_off_gives_no_notice(project: Path, tmp_path: Path) -> None:
    in_git(project, "clone", "-q", "--depth", "1", project.as_uri(), str(tmp_path / "clone"))
    done = build_site(tmp_path / "clone" / "docs", tmp_path / "site")
    html = done.read(f"en/{ARTICLE}index.html")
    assert done.status == 0
    assert "bt-behind" not in html
    assert "blob/main/sources/patrol.txt" in html


# ------------------------------------------------------------------ old addresses
@LANGS
@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_to_the_new_one(open_page: Open, grown_root: str, lang: str, scripts: bool) -> None:
    page = open_page(f"{grown_root}/{PREFIX[lang]}{OLD}#p6", java_script_enabled=scripts)
    page.wait_for_url(re.compile(re.escape(f"{grown_root}/{PREFIX[lang]}{ARTICLE}")))
    if scripts:
        assert page.url.endswith("#p6")


@LANGS
def test_an_old_address_is_said_to_be_one(grown: Built, lang: str) -> None:
    html = grown.read(f"{PREFIX[lang]}{OLD}index.html")
    assert f'<html lang="{lang}">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="https://example.org/{PREFIX[lang]}{ARTICLE}">' in html
    assert f'<a href="../../{ARTICLE}">' in html
    assert "Content-Security-Policy" in html
    assert OLD not in grown.read("sitemap.xml")
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert parser.errors == []


def test_old_addresses_are_left_out_of_the_zip(grown: Built, tmp_path: Path) -> None:
    shutil.copytree(grown.site, tmp_path / "site")
    offline.unserved(tmp_path / "site")
    assert not (tmp_path / "site" / OLD / "index.html").exists()
    assert (tmp_path / "site" / ARTICLE / "index.html").exists()


def test_a_lock_that_cannot_be_read_stops_the_build(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "again", ignore=shutil.ignore_patterns("site"))
    (tmp_path / "again" / ".convert" / "lock" / "patrol.json").write_text("{", "utf-8")
    done = build_site(tmp_path / "again" / "docs", tmp_path / "site")
    assert done.status == 1
    assert "patrol.json: is not a lock file" in done.output
    assert "Traceback" not in done.output


# ------------------------------------------------------------------ stubs
@LANGS
@SIZES
def test_a_stub_names_what_there_is_and_does_not_jump(
    open_page: Open, grown_root: str, lang: str, viewport: Any
) -> None:
    stub = {"zh": "connectivity/2025-03-20-night-train/", "en": "culture/2020-04-01-boats/"}[lang]
    page = open_page(f"{grown_root}/{PREFIX[lang]}{stub}", viewport=viewport)
    expect(page.locator(".bt-stub")).to_be_visible()
    assert page.locator(".bt-text").get_attribute("lang") != lang
    assert page.locator(".bt-is-behind").count() == 0
    assert page.evaluate(SHIFT) < MOST_SHIFT

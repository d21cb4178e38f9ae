"""The zip, unpacked and opened from a folder as its readers do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.conftest import DOCS
from tests.site.driving import DESKTOP

import offline

ARTICLE = "security/2024-08-09-river-patrol/index.html"
STUB = "connectivity/2025-03-20-night-train/index.html"
FOLDER = "for a worker/澜湄 50% & #1"
"""Where it is unpacked: a path that a careless address would not survive."""
LANGS = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("zip") / "deep" / "offline.zip"
    assert offline.main(["--docs", str(DOCS), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def site(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unzipped") / FOLDER
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder / "lancang-mekong"


@pytest.fixture
def open_file(browser: Browser, site: Path) -> Iterator[Open]:
    """Opens a page; at the end of the test nothing may have been asked of a server and no script may have failed."""
    pages: list[Page] = []
    wrong: list[str] = []

    def opened(path: str) -> Page:
        page = browser.new_page(viewport=DESKTOP)
        page.set_default_timeout(10_000)
        pages.append(page)
        page.on("request", lambda sent: urlsplit(sent.url).scheme in {"file", "data"} or wrong.append(sent.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        # What was still on its way when a link led elsewhere is given up, not missing.
        page.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED" or wrong.append(request.url))
        page.goto((site / path).as_uri())
        return page

    yield opened
    for page in pages:
        page.close()
    assert not wrong


def address(page: Page, site: Path) -> str:
    """Where a page is, below the folder of the site."""
    return unquote(urlsplit(page.url).path).removeprefix(f"{site.as_posix()}/")


def search(page: Page, words: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type(words, delay=20)


def test_every_link_leads_to_a_file(site: Path) -> None:
    checked = 0
    for path in site.rglob("*.html"):
        root = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
        values = [element.get(name) for element in root.iter() for name in ("href", "src") if element.get(name)]
        for value in values:
            target = urlsplit(urljoin(path.as_uri(), value))
            if target.scheme == "file":
                assert Path(unquote(target.path)).is_file(), f"{path}: {value}"
                checked += 1
    assert checked > 500


def test_nothing_is_left_that_only_a_server_needs(site: Path) -> None:
    assert {path.name for path in site.iterdir() if path.is_file()} == {"index.html", "feed.json", "feed.xml"}
    assert not [*site.rglob("404.html"), *site.rglob("*.map")]
    assert {path.suffix for folder in site.rglob("search") for path in folder.rglob("*") if path.is_file()} == {".js"}


def test_the_same_pages_give_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    assert offline.main(["--docs", str(DOCS), "--out", str(tmp_path / "again.zip")]) == 0
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.zip"]


def test_a_build_that_fails_leaves_the_zip_of_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "docs" / "zh" / "trade" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text("no front matter", encoding="utf-8")
    out = tmp_path / "offline.zip"
    out.write_bytes(b"old")
    assert offline.main(["--docs", str(tmp_path / "docs"), "--out", str(out)]) == 1
    assert out.read_bytes() == b"old"


def test_a_disk_that_is_full_leaves_the_zip_of_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site.zip"
    out.write_text("old", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr(zipfile.ZipFile, "writestr", refuse)
    assert offline.main(["--docs", str(DOCS), "--out", str(out)]) == 2
    assert capsys.readouterr().err.endswith("No space left on device\n    The zip of before is as it was.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]
    assert out.read_text("utf-8") == "old"


def test_a_page_of_another_theme_is_refused() -> None:
    with pytest.raises(offline.UnknownThemeError):
        offline.offline_page("<html><script src='other.js'></script>")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./", "./index.html"),
        (".", "./index.html"),
        ("../..", "../../index.html"),
        ("../trade/", "../trade/index.html"),
        ("en/?view=parallel#p4", "en/index.html?view=parallel#p4"),
        ("#p4", "#p4"),
        ("?q=a/", "?q=a/"),
        ("", ""),
        ("a..", "a.."),
        ("downloads/a.tmx", "downloads/a.tmx"),
        ("//host/a/", "//host/a/"),
        ("mailto:a@b/", "mailto:a@b/"),
        ("data:image/svg+xml;utf8,<svg/", "data:image/svg+xml;utf8,<svg/"),
    ],
)
def test_an_address_names_its_file(address: str, expected: str) -> None:
    assert offline.file_of(address) == expected


def test_words_of_a_page_that_look_like_links_stay() -> None:
    html = '<script src="assets/javascripts/bundle.1.js"></script>&lt;a href="x/"&gt; href="y/" <a href="z/">z</a>'
    assert offline.offline_page(html).endswith('&lt;a href="x/"&gt; href="y/" <a href="z/index.html">z</a>')


# ------------------------------------------------------------------ in a browser
@pytest.mark.browser
@pytest.mark.parametrize(
    ("prefix", "words", "title"),
    [("", "诈骗", "六国执法船在金三角水域会合"), ("en/", "telecom fraud", "Patrol boats of six countries")],
)
def test_search_finds_pages_of_its_language(open_file: Open, site: Path, prefix: str, words: str, title: str) -> None:
    page = open_file(f"{prefix}index.html")
    search(page, words)
    found = page.locator(".md-search-result__link").first
    expect(found).to_contain_text(title)
    found.click()
    expect(page.locator("h1")).to_contain_text(title)
    assert address(page, site) == f"{prefix}{ARTICLE}"


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "words"), [("", "telecom"), ("en/", "诈骗")])
def test_search_does_not_find_the_other_language(open_file: Open, prefix: str, words: str) -> None:
    page = open_file(f"{prefix}{ARTICLE}")
    search(page, words)
    nothing = "No matching documents" if prefix else "没有找到符合条件的结果"
    expect(page.locator(".md-search-result__meta")).to_have_text(nothing)
    assert page.locator(".md-search-result__link").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "words"), [("", "telecom fraud"), ("en/", "诈骗")])
def test_a_question_can_be_put_to_the_other_language(open_file: Open, site: Path, prefix: str, words: str) -> None:
    page = open_file(f"{prefix}{ARTICLE}")
    search(page, words)
    page.locator(".bt-search-other a").click()
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert address(page, site) == f"{'' if prefix else 'en/'}{ARTICLE}"


@pytest.mark.browser
def test_the_theme_alone_takes_its_search_away_in_a_folder(open_file: Open, site: Path) -> None:
    stock = site / "stock.html"
    ours = '<script src="assets/offline.js"></script>'
    html = (site / "index.html").read_text(encoding="utf-8")
    assert ours in html
    stock.write_text(html.replace(ours, ""), encoding="utf-8")
    expect(open_file("stock.html").locator("[data-md-component=search]")).to_be_hidden()
    expect(open_file("index.html").locator("[data-md-component=search]")).to_be_visible()
    stock.unlink()


@pytest.mark.browser
@LANGS
@pytest.mark.parametrize("path", ["index.html", "trade/index.html", "tags/index.html", ARTICLE, STUB])
def test_the_switch_leads_to_the_same_page_and_back(open_file: Open, site: Path, prefix: str, path: str) -> None:
    page = open_file(prefix + path)
    for expected in ("" if prefix else "en/", prefix):
        page.locator(".bt-switch").click()
        page.wait_for_load_state()
        assert address(page, site) == expected + path


@pytest.mark.browser
def test_the_switch_keeps_the_paragraph(open_file: Open) -> None:
    page = open_file(ARTICLE)
    page.set_viewport_size({"width": 900, "height": 420})
    page.evaluate("() => { document.getElementById('p6').scrollIntoView(); scrollBy(0, 12) }")
    page.locator(".bt-switch").click()
    page.wait_for_load_state()
    assert page.url.endswith("#p6")


@pytest.mark.browser
@LANGS
@pytest.mark.parametrize("way", ["", "?view=parallel#p4"])
def test_a_script_can_read_the_other_page(open_file: Open, site: Path, prefix: str, way: str) -> None:
    page = open_file(prefix + ARTICLE)
    read = "way => fetch(document.querySelector('.bt-switch').href + way).then(answer => answer.text())"
    html = page.evaluate(read, way)
    other = "" if prefix else "en/"
    assert html == (site / f"{other}{ARTICLE}").read_text(encoding="utf-8")


@pytest.mark.browser
@LANGS
def test_tags_and_topics_lead_to_articles(open_file: Open, site: Path, prefix: str) -> None:
    page = open_file(f"{prefix}{ARTICLE}")
    page.locator(".bt-tag").first.click()
    page.wait_for_load_state()
    assert address(page, site).startswith(f"{prefix}tags/")
    page.locator(".bt-row__title a").first.click()
    expect(page.locator(".bt-text")).to_have_count(1)
    page.locator(".md-tabs__link").nth(1).click()
    page.wait_for_load_state()
    assert address(page, site) == f"{prefix}trade/index.html"

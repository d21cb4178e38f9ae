"""What the build command makes, looked at as files."""

from __future__ import annotations

import filecmp
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import html5lib
import pytest
from tests.site.conftest import DOCS, Built, build_site

SITE = "https://example.org/"
ARTICLE = "security/2024-08-09-river-patrol/"
STUB = "connectivity/2025-03-20-night-train/"
STUB_WITH_FILE = "culture/2022-song-contest/"


def tree(path: Path) -> ElementTree.Element:
    return html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)


def attributes(path: Path, tag: str, name: str) -> list[str]:
    return [value for element in tree(path).iter(tag) if (value := element.get(name)) is not None]


def address(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix().removesuffix("index.html")


@pytest.mark.parametrize("which", ["built", "own"])
def test_the_build_has_nothing_to_say(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    assert done.status == 0, done.output
    assert re.fullmatch(r"\d+ pages in \S+\n", done.output)


@pytest.mark.parametrize("which", ["built", "own"])
def test_every_page_is_html_without_mistakes(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    for path in done.pages():
        parser = html5lib.HTMLParser()
        parser.parse(path.read_bytes())
        assert parser.errors == [], path


@pytest.mark.parametrize("which", ["built", "own"])
def test_no_page_loads_anything_from_another_host(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    for path in done.pages():
        loaded = [value for tag in ("script", "img", "iframe") for value in attributes(path, tag, "src")]
        links = (link for link in tree(path).iter("link") if link.get("rel") in {"stylesheet", "icon", "preconnect"})
        loaded += [link.get("href", "") for link in links]
        assert not [value for value in loaded if "//" in value], path


@pytest.mark.parametrize("which", ["built", "own"])
def test_every_link_on_the_site_leads_to_a_page(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    known = {address(done.site, path) for path in done.site.rglob("*") if path.is_file()}
    for path in done.pages():
        here = SITE if path.name == "404.html" else SITE + address(done.site, path)
        for href in attributes(path, "a", "href"):
            target = re.split("[#?]", urljoin(here, href))[0]
            if target.startswith(SITE):
                assert target.removeprefix(SITE) in known, f"{path}: {href}"


@pytest.mark.parametrize("which", ["built", "own"])
def test_both_languages_have_the_same_addresses(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    found = {address(done.site, path) for path in done.pages()} - {"404.html"}
    english = {path.removeprefix("en/") for path in found if path.startswith("en/")}
    assert english == {path for path in found if not path.startswith("en/")}


@pytest.mark.parametrize("which", ["built", "own"])
def test_every_page_says_which_language_it_is_in(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    for path in done.pages():
        expected = "en" if path.is_relative_to(done.site / "en") else "zh"
        assert tree(path).get("lang") == expected, path


@pytest.mark.parametrize("which", ["built", "own"])
def test_one_heading_of_the_first_level_on_each_page(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    for path in done.pages():
        if path.name != "404.html":  # that one says the same in both languages
            assert len(list(tree(path).iter("h1"))) == 1, path


def announced(path: Path) -> dict[str, str]:
    """``hreflang`` and address of the translations that a page announces."""
    links = (link for link in tree(path).iter("link") if "alternate" in link.get("rel", "").split())
    links = (link for link in links if link.get("hreflang"))
    return {link.get("hreflang", ""): link.get("href", "") for link in links}


@pytest.mark.parametrize("which", ["built", "own"])
def test_announced_translations_exist_and_answer_each_other(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    pages = {SITE + address(done.site, path): path for path in done.pages()}
    for here, path in pages.items():
        found = announced(path)
        if not found:
            continue
        assert list(found) == ["zh", "en", "x-default"]
        assert found["x-default"] == found["zh"]
        assert here in found.values()
        for lang in ("zh", "en"):
            assert tree(pages[found[lang]]).get("lang") == lang
            assert announced(pages[found[lang]]) == found


def test_an_article_announces_its_translation(built: Built) -> None:
    assert announced(built.site / ARTICLE / "index.html")["en"] == f"{SITE}en/{ARTICLE}"


@pytest.mark.parametrize("path", [STUB, f"en/{STUB}", STUB_WITH_FILE, f"en/{STUB_WITH_FILE}", "404.html"])
def test_a_stub_is_not_announced_as_a_translation(built: Built, path: str) -> None:
    assert announced(built.site / path / "index.html" if path.endswith("/") else built.site / path) == {}


def sitemap(built: Built) -> dict[str, dict[str, str]]:
    """Translations that the sitemap announces, by address."""
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = ElementTree.fromstring(built.read("sitemap.xml"))
    return {
        entry.findtext("s:loc", "", spaces): {
            link.get("hreflang", ""): link.get("href", "") for link in entry.findall("x:link", spaces)
        }
        for entry in found.findall("s:url", spaces)
    }


@pytest.mark.parametrize("which", ["built", "own"])
def test_the_sitemap_says_what_the_pages_say(which: str, request: pytest.FixtureRequest) -> None:
    done: Built = request.getfixturevalue(which)
    listed = sitemap(done)
    for path in done.pages():
        here = SITE + address(done.site, path)
        stub = "noindex" in attributes(path, "meta", "content")
        assert (here in listed) != (stub or path.name == "404.html"), here
        if here in listed:
            assert listed[here] == announced(path)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_an_edit_link_leads_to_the_file(built: Built, prefix: str) -> None:
    lang = "en" if prefix else "zh"
    expected = f"https://github.com/example/lancang-mekong-bitext/edit/main/docs/{lang}/{ARTICLE.rstrip('/')}.md"
    assert expected in attributes(built.site / prefix / ARTICLE / "index.html", "a", "href")


def test_a_missing_page_invites_to_write_it(built: Built) -> None:
    hrefs = attributes(built.site / STUB / "index.html", "a", "href")
    expected = "/new/main/docs/zh/connectivity?filename=2025-03-20-night-train.md"
    assert [href for href in hrefs if href.endswith(expected)]


def test_a_second_build_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = build_site(DOCS, tmp_path / "site")
    files = [path.relative_to(built.site) for path in built.site.rglob("*") if path.is_file()]
    assert files
    assert filecmp.cmpfiles(built.site, again.site, map(str, files), shallow=False)[1:] == ([], [])


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for name in ("index.html", "gone.html"):
        (tmp_path / "site" / name).write_text("old", encoding="utf-8")
    done = build_site(DOCS, tmp_path / "site")
    assert done.status == 0, done.output
    assert not (tmp_path / "site" / "gone.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


BROKEN = [
    ("title: a: b", 2, "front matter"),
    ("titel: x", 2, "unknown key 'titel'"),
    ("title: x\ntitle: y", 3, "again, first in line 2"),
    ("title: x\ndate: 2024-02-30", 3, "date is"),
]


@pytest.mark.parametrize(("yaml", "line", "words"), BROKEN)
def test_a_broken_page_stops_the_build_before_the_site_is_touched(
    tmp_path: Path, yaml: str, line: int, words: str
) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    shutil.copytree(DOCS, docs)
    site.mkdir()
    (site / "index.html").write_text("old", encoding="utf-8")
    (docs / "zh" / "trade" / "broken.md").write_text(f"---\n{yaml}\n---\n\ntext\n", encoding="utf-8")
    done = build_site(docs, site)
    assert done.status == 1
    assert re.search(rf"zh/trade/broken\.md:{line}: .*{re.escape(words)}", done.output), done.output
    assert "Traceback" not in done.output
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "site"]


MISPLACED = {
    "zh/about.md": "zh/about.md",
    'zh/trade/"><img onerror=x>.md': 'zh/trade/"><img onerror=x>.md',
    "zh/trade/A b.md": "zh/trade/A b.md",
    "zh/fishing/a.md": "zh/fishing",
    "zh/trade/deep/a.md": "zh/trade/deep",
    "zh/trade/index.md": "zh/trade/index.md",
}


@pytest.mark.parametrize(("place", "said"), MISPLACED.items())
def test_a_page_where_no_article_can_stand_stops_the_build(tmp_path: Path, place: str, said: str) -> None:
    path = tmp_path / "docs" / place
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: x\ntopics: [trade]\nsource_id: x\n---\n", encoding="utf-8")
    done = build_site(tmp_path / "docs", tmp_path / "site")
    assert done.status == 1
    assert re.search(rf"docs/{re.escape(said)}: place: ", done.output)


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "zh" / "trade" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_bytes("---\ntitle: x\n---\n\n贸易".encode("gb18030"))
    done = build_site(tmp_path / "docs", tmp_path / "site")
    assert done.status == 1
    assert "a.md:5: encoding: byte 20 is not UTF-8" in done.output


def test_a_site_without_articles_can_be_built(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    done = build_site(tmp_path / "docs", tmp_path / "site")
    assert done.status == 0, done.output
    assert "还没有文章" in done.read("index.html")


def test_the_address_of_publication_can_be_given(tmp_path: Path) -> None:
    done = build_site(DOCS, tmp_path / "site", "--site-url", "https://readers.example/bitext/")
    assert announced(done.site / ARTICLE / "index.html")["en"] == f"https://readers.example/bitext/en/{ARTICLE}"
    assert 'href="/bitext/en/"' in done.read("404.html")


def test_a_picture_is_shown_on_the_pages_of_both_languages_and_stands_there_once(tmp_path: Path) -> None:
    head = "---\ntitle: {0}\ntopics: [trade]\nsource_id: a\n---\n\n![{0}](../../assets/map.png)\n{{ #p1 }}\n"
    for lang in ("zh", "en"):
        (tmp_path / "docs" / lang / "trade").mkdir(parents=True)
        (tmp_path / "docs" / lang / "trade" / "a.md").write_text(head.format(f"A map {lang}"), encoding="utf-8")
    (tmp_path / "docs" / "assets").mkdir()
    (tmp_path / "docs" / "assets" / "map.png").write_bytes(b"a map")
    done = build_site(tmp_path / "docs", tmp_path / "site")
    assert done.status == 0, done.output
    assert 'src="../../assets/map.png"' in done.read("trade/a/index.html")
    assert 'src="../../../assets/map.png"' in done.read("en/trade/a/index.html")
    assert [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "site").rglob("map.png")] == [
        "site/assets/map.png"
    ]

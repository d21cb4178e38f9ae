"""What the built site tells programs: feeds, Open Graph, JSON-LD and the files of the corpus, over all its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from lxml import etree
from playwright.sync_api import Page, expect
from tests.json_feed import mistakes
from tests.site.conftest import DOCS, ROOT, Built
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from bitext import page

SITE = "https://example.org/"
ARTICLE = "security/2024-08-09-river-patrol/"
STUB = "connectivity/2025-03-20-night-train/"
HOSTILE = "culture/2021-06-01-hostile/"
REVIEW = "culture/2024-12-31-year-in-review/"
UNDATED = "trade/water-survey/"
TOPICS = ["security/", "trade/", "connectivity/", "culture/"]
FOLDERS = [f"{lang}{topic}" for lang in ("", "en/") for topic in ("", *TOPICS)]
SCHEMAS = ROOT / "tests" / "schemas"
WHICH = pytest.mark.parametrize("which", ["built", "own"])
LANGS = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


@pytest.fixture
def done(which: str, request: pytest.FixtureRequest) -> Built:
    found: Built = request.getfixturevalue(which)
    assert found.status == 0, found.output
    return found


@cache
def tree(path: Path) -> ElementTree.Element:
    return html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)


def pages(done: Built) -> dict[str, ElementTree.Element]:
    """Pages by their absolute address, without the one for lost addresses."""
    found = (path for path in done.pages() if path.name != "404.html")
    return {SITE + path.relative_to(done.site).as_posix().removesuffix("index.html"): tree(path) for path in found}


def links(root: ElementTree.Element, rel: str) -> list[ElementTree.Element]:
    return [link for link in root.iter("link") if rel in link.get("rel", "").split()]


def metas(root: ElementTree.Element) -> dict[str, str]:
    """Open Graph properties; of those that may come again, the last."""
    return {meta.get("property", ""): meta.get("content", "") for meta in root.iter("meta") if meta.get("property")}


def node_of(root: ElementTree.Element) -> dict[str, Any] | None:
    found = [script for script in root.iter("script") if script.get("type") == "application/ld+json"]
    assert len(found) <= 1
    return json.loads(found[0].text or "") if found else None


def is_stub(root: ElementTree.Element) -> bool:
    return any(meta.get("name") == "robots" for meta in root.iter("meta"))


def is_article(root: ElementTree.Element) -> bool:
    return any(element.get("class") == "bt-head" for element in root.iter("header"))


# ------------------------------------------------------------------ head
@WHICH
def test_every_page_is_the_canonical_one_of_its_address(done: Built) -> None:
    for address, root in pages(done).items():
        assert [link.get("href") for link in links(root, "canonical")] == [address]
        assert metas(root)["og:url"] == address


@WHICH
def test_open_graph_names_the_page_and_its_language(done: Built) -> None:
    for address, root in pages(done).items():
        found = metas(root)
        lang = "en" if address.startswith(f"{SITE}en/") else "zh"
        assert found["og:locale"] == {"zh": "zh_CN", "en": "en_GB"}[lang]
        assert found["og:title"] in root.findtext(".//title", "")
        assert found["og:type"] == ("article" if is_article(root) else "website")
        assert ("og:locale:alternate" in found) != is_stub(root)


@WHICH
def test_json_ld_stands_on_articles_that_are_there_and_on_no_other_page(done: Built) -> None:
    for address, root in pages(done).items():
        node = node_of(root)
        assert (node is not None) == (is_article(root) and not is_stub(root)), address
        if node:
            assert (node["@id"], node["inLanguage"]) == (address, root.get("lang"))
            assert node["headline"] == "".join(root.find(".//h1").itertext())  # type: ignore[union-attr]


@WHICH
def test_what_json_ld_names_is_there_and_answers(done: Built) -> None:
    found = pages(done)
    nodes = {address: node for address, root in found.items() if (node := node_of(root))}
    assert nodes
    for address, node in nodes.items():
        lang = node["inLanguage"]
        for key, back in [("workTranslation", "translationOfWork"), ("translationOfWork", "workTranslation")]:
            if key in node:
                assert nodes[node[key]["@id"]][back]["@id"] == address
                assert node[key]["inLanguage"] == found[node[key]["@id"]].get("lang") != lang
        for part in node.get("hasPart", []):
            assert address in [whole["@id"] for whole in nodes[part["@id"]]["isPartOf"]]
        assert all(whole["@id"] in found for whole in node["isPartOf"])


@WHICH
def test_json_ld_announces_the_translations_that_the_head_announces(done: Built) -> None:
    for root in pages(done).values():
        if node := node_of(root):
            announced = {link.get("href") for link in links(root, "alternate") if link.get("hreflang") in {"zh", "en"}}
            other = node.get("workTranslation") or node.get("translationOfWork")
            assert announced == ({node["@id"], other["@id"]} if other else set())


def test_a_date_that_is_not_known_is_not_given(built: Built) -> None:
    found = {path: node_of(tree(built.site / path / "index.html")) for path in (ARTICLE, UNDATED)}
    assert (found[ARTICLE] or {})["datePublished"] == "2024-08-09"
    assert "datePublished" not in (found[UNDATED] or {})
    assert "article:published_time" not in metas(tree(built.site / UNDATED / "index.html"))


@LANGS
def test_an_overview_names_its_parts(built: Built, prefix: str) -> None:
    node = node_of(tree(built.site / prefix / REVIEW / "index.html")) or {}
    topics = [part["@id"].removeprefix(SITE + prefix).partition("/")[0] for part in node["hasPart"]]
    assert topics == ["security", "trade", "connectivity"]


def test_a_hostile_title_is_a_text_for_programs_too(built: Built) -> None:
    root = tree(built.site / HOSTILE / "index.html")
    source = (DOCS / "zh" / f"{HOSTILE.rstrip('/')}.md").read_text(encoding="utf-8")
    title = page.parse(source, f"zh/{HOSTILE.rstrip('/')}.md").front_matter.title
    assert "</script>" in title
    assert (node_of(root) or {})["headline"] == metas(root)["og:title"] == title
    assert not [script for script in root.iter("script") if "hacked" in (script.text or "") and not script.get("type")]


# ------------------------------------------------------------------ feeds
@WHICH
@pytest.mark.parametrize("folder", FOLDERS)
def test_feeds_are_valid_and_in_their_language(done: Built, folder: str) -> None:
    lang = "en" if folder.startswith("en/") else "zh"
    seen, data = feedparser.parse(done.read(f"{folder}feed.xml").encode()), json.loads(done.read(f"{folder}feed.json"))
    assert not seen.bozo
    assert mistakes(data) == []
    assert seen.version == "rss20"
    assert seen.feed.language == data["language"] == lang
    assert seen.feed.link == data["home_page_url"] == SITE + folder
    assert [(entry.id, entry.link, entry.title) for entry in seen.entries] == [
        (item["id"], item["url"], item["title"]) for item in data["items"]
    ]


@WHICH
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_feed_leads_to_articles_of_its_language_and_topic(done: Built, folder: str) -> None:
    found = pages(done)
    addresses = [item["url"] for item in json.loads(done.read(f"{folder}feed.json"))["items"]]
    assert addresses
    for address in addresses:
        assert address.startswith(SITE + folder)
        assert is_article(found[address])
        assert not is_stub(found[address])
        assert found[address].get("lang") == found[SITE + folder].get("lang")


@WHICH
@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder not in {"", "en/"}])
def test_a_feed_of_a_topic_has_what_the_page_of_the_topic_lists(done: Built, folder: str) -> None:
    found = pages(done)
    titles = found[SITE + folder].iterfind(".//h3[@class='bt-row__title']/a")
    listed = [urljoin(SITE + folder, title.get("href", "")) for title in titles]
    items = [item["url"] for item in json.loads(done.read(f"{folder}feed.json"))["items"]]
    assert items == [address for address in listed if not is_stub(found[address])][:30]


@WHICH
def test_every_page_announces_the_feeds_of_its_language_and_topic(done: Built) -> None:
    kinds = {"feed.xml": "application/rss+xml", "feed.json": "application/feed+json"}
    for address, root in pages(done).items():
        prefix = "en/" if address.startswith(f"{SITE}en/") else ""
        topic = address.removeprefix(SITE + prefix).partition("/")[0] + "/"
        folders = ["", *TOPICS] if topic == "downloads/" else ["", *({topic} & set(TOPICS))]
        feeds = {urljoin(address, link.get("href", "")): link for link in links(root, "alternate") if link.get("type")}
        assert set(feeds) == {f"{SITE}{prefix}{folder}{file}" for folder in folders for file in kinds}, address
        for target, link in feeds.items():
            assert link.get("type") == kinds[target.rpartition("/")[2]]
            assert (done.site / target.removeprefix(SITE)).is_file()


# ------------------------------------------------------------------ files of the corpus
def lines(done: Built, name: str = "corpus") -> Iterator[dict[str, Any]]:
    return map(json.loads, done.read(f"downloads/{name}.jsonl").splitlines())


@WHICH
def test_every_file_is_valid(done: Built) -> None:
    dtd, rng = etree.DTD(str(SCHEMAS / "tmx.dtd")), etree.RelaxNG(file=str(SCHEMAS / "xliff.rng"))
    folder = done.site / "downloads"
    assert [path for path in folder.rglob("*.tmx") if not dtd.validate(etree.parse(path))] == []
    assert [path for path in folder.rglob("*.xlf") if not rng.validate(etree.parse(path))] == []
    assert not [path for path in folder.rglob("*.*") if path.suffix not in {".tmx", ".xlf", ".jsonl", ".html"}]


@WHICH
def test_a_translators_library_opens_the_corpus_and_finds_what_jsonl_has(done: Built) -> None:
    expected = [(line["id"], *("\n".join(line["text"].get(lang, [])) for lang in ("zh", "en"))) for line in lines(done)]
    units = tmxfile.parsestring(done.read("downloads/corpus.tmx").encode()).units
    assert [(unit.getid(), unit.source, unit.target) for unit in units] == [each for each in expected if all(each)]
    xliff = [
        unit
        for path in sorted((done.site / "downloads").glob("corpus.*.xlf"))
        for unit in Xliff2File.parsestring(path.read_bytes()).units
    ]
    assert len(xliff) == len(expected)
    assert sum(unit.istranslated() and bool(unit.source) for unit in xliff) == len(units)


@WHICH
def test_the_corpus_is_the_sum_of_its_articles(done: Built) -> None:
    folder = done.site / "downloads"
    single = [line for path in folder.glob("*/*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert sorted(single) == sorted(done.read("downloads/corpus.jsonl").splitlines())
    assert len(set(single)) == len(single)


@WHICH
def test_a_unit_is_the_paragraph_of_its_page(done: Built) -> None:
    """Beads of the corpus and of the pages have the same ids and the same text: edits of people are in it."""
    found, compared = pages(done), 0
    for line in lines(done):
        for lang, address in line["url"].items():
            root = found[address]
            assert root.get("lang") == lang
            if line["bead"] != "title" and lang in line["text"]:
                element = next(each for each in root.iter() if each.get("id") == line["bead"])
                assert "".join(element.itertext()).split() == line["text"][lang][0].split()
                compared += 1
    assert compared > 20


@WHICH
def test_no_bead_of_a_page_is_missing_from_the_corpus(done: Built) -> None:
    known = {(address, line["bead"]) for line in lines(done) for address in line["url"].values()}
    for address, root in pages(done).items():
        if is_article(root) and not is_stub(root):
            ids = {each.get("id", "") for text in root.iterfind(".//div[@class='bt-text']") for each in text.iter()}
            assert {(address, bead) for bead in ids if page.BEAD_ID.fullmatch(bead)} <= known, address


@WHICH
def test_an_article_offers_its_files_and_they_are_there(done: Built) -> None:
    for address, root in pages(done).items():
        anchors = (anchor for anchor in root.iter("a") if anchor.get("download") is not None)
        files = [urljoin(address, anchor.get("href", "")) for anchor in anchors]
        assert bool(files) == (is_article(root) or address.endswith("/downloads/")), address
        for file in files:
            assert (done.site / file.removeprefix(SITE)).is_file()


def test_an_article_in_one_language_has_no_translation_memory(built: Built) -> None:
    stem = built.site / "downloads" / STUB.rstrip("/")
    assert {path.name.removeprefix(stem.name) for path in stem.parent.glob(f"{stem.name}.*")} == {".en.xlf", ".jsonl"}


def test_the_licence_is_claimed_for_the_pages_that_it_covers_and_for_no_other(built: Built, own: Built) -> None:
    assert {line.get("licence") for line in lines(own)} == {"CC-BY-4.0"}
    assert {line.get("licence") for line in lines(built)} == {None}
    nodes = [[node for root in pages(done).values() if (node := node_of(root))] for done in (built, own)]
    assert ["license" in node for node in nodes[0]] == [False] * len(nodes[0])
    assert {node["license"] for node in nodes[1]} == {"https://creativecommons.org/licenses/by/4.0/"}


# ------------------------------------------------------------------ in a browser
Open = Callable[..., Page]
PAPER = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.browser
@LANGS
def test_a_page_can_be_cited_without_a_script(open_page: Open, root: str, prefix: str) -> None:
    seen = open_page(f"{root}/{prefix}{ARTICLE}", java_script_enabled=False)
    cite = seen.locator(".bt-cite")
    expect(cite.locator("pre").first).to_be_hidden()
    cite.locator("summary").click()
    texts = cite.locator("pre").all_inner_texts()
    address = f"https://example.org/{prefix}{ARTICLE}"
    assert texts[0].endswith(f"(2024-08-09). {address}.")
    assert texts[1].startswith(f"@misc{{2024-08-09-river-patrol-{'en' if prefix else 'zh'},")
    assert f"url = {{{address}}}" in texts[1]


@pytest.mark.browser
@pytest.mark.parametrize("address", [STUB, "", "security/", "tags/"])
def test_only_an_article_can_be_cited(open_page: Open, root: str, address: str) -> None:
    assert open_page(f"{root}/{address}").locator(".bt-cite").count() == 0


@pytest.mark.browser
@LANGS
def test_the_foot_of_every_page_leads_to_the_downloads(open_page: Open, root: str, prefix: str) -> None:
    seen = open_page(f"{root}/{prefix}tags/")
    seen.locator(".bt-colophon a", has_text=re.compile("^(下载与订阅|Downloads and feeds)$")).click()
    expect(seen).to_have_url(f"{root}/{prefix}downloads/")
    with seen.expect_download() as download:
        seen.get_by_role("link", name="TMX 1.4b").click()
    assert download.value.suggested_filename == "corpus.tmx"
    seen.locator(".bt-switch").click()
    expect(seen).to_have_url(f"{root}/{'' if prefix else 'en/'}downloads/")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_ink_is_black_whatever_the_palette(open_page: Open, root: str, scheme: str) -> None:
    seen = open_page(f"{root}/{ARTICLE}", color_scheme=scheme)
    seen.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    colours = seen.locator(".bt-text p").first.evaluate(
        "p => [getComputedStyle(p).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == PAPER


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "security/", ARTICLE, STUB, "downloads/"])
def test_nothing_that_only_a_screen_needs_is_printed(open_page: Open, root: str, address: str) -> None:
    seen = open_page(f"{root}/{address}")
    seen.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-footer", ".md-sidebar", ".bt-foot", ".bt-toc", ".bt-cite", ".bt-files"):
        for found in seen.locator(part).all():
            expect(found).to_be_hidden()
    expect(seen.locator("h1")).to_be_visible()


@pytest.mark.browser
def test_addresses_are_printed_of_the_source_and_of_the_page_and_of_nothing_else(open_page: Open, root: str) -> None:
    seen = open_page(f"{root}/{ARTICLE}")
    seen.emulate_media(media="print")
    shown = seen.evaluate(
        """() => [...document.querySelectorAll('.md-content *')].flatMap(each => ['::before', '::after']
             .filter(() => each.getClientRects().length).map(at => getComputedStyle(each, at).content)
             .filter(text => text.includes('http')))"""
    )
    assert shown == ['" <https://example.com/patrol>"', f'"{SITE}{ARTICLE}"']

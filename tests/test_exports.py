"""The files of the corpus, checked against schemas and opened by libraries that nobody here wrote."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from bitext import markup
from bitext.corpus.bitext import Bitext, Licence, TranslationUnit, bitext
from bitext.corpus.jsonl import jsonl
from bitext.corpus.tmx import tmx
from bitext.corpus.xliff import xliff
from bitext.model import FrontMatter, Lang, Page, Part

SCHEMAS = Path(__file__).parent / "schemas"
DTD = etree.DTD(io.BytesIO((SCHEMAS / "tmx.dtd").read_bytes()))
RNG = etree.RelaxNG(etree.parse(SCHEMAS / "xliff.rng"))
PATH = "trade/a-b.md"
LICENCE = Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
HOSTILE = '</seg></source>]]> & "quoted" \'single\' <!-- &amp; -->'


def page(lang: Lang, *parts: Part, **more: Any) -> Page:
    known: dict[str, Any] = {"title": f"Title {lang}", "topics": ("trade",), "source_id": "a"}
    return Page(lang, PATH, FrontMatter(**(known | more)), parts)


def para(text: str, bead: str = "", lang: Lang | None = None) -> Part:
    return Part("paragraph", text, bead, lang)


def whole(zh: Page | None, en: Page | None, licence: Licence | None = None) -> Bitext:
    pages = [each for each in (zh, en) if each]
    return bitext(pages, {each.lang: f"https://x.example/{each.lang}/" for each in pages}, licence)


def texts(found: Bitext) -> list[tuple[str, str, str]]:
    return [(unit.id, unit.text("zh"), unit.text("en")) for unit in found.units]


def valid_tmx(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    assert DTD.validate(root), DTD.error_log
    return root


def valid_xliff(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    assert RNG.validate(root), RNG.error_log
    ids = [unit.get("id") for unit in root.iterfind("{*}file[1]/{*}unit")]
    assert len(ids) == len(set(ids))
    return root


# ------------------------------------------------------------------ beads
def test_titles_and_beads_are_units_under_the_ids_of_the_pages() -> None:
    zh = page("zh", para("甲", "p1"), para("乙", "p2"))
    en = page("en", para("A", "p1"), para("B", "p2"))
    assert texts(whole(zh, en)) == [("title", "Title zh", "Title en"), ("p1", "甲", "A"), ("p2", "乙", "B")]


def test_a_block_without_an_id_goes_on_with_the_bead_before_it() -> None:
    found = whole(page("zh", para("甲", "p1"), para("乙")), page("en", para("AB", "p1")))
    assert found.units[1] == TranslationUnit("p1", "paragraph", {"zh": ("甲", "乙"), "en": ("AB",)})


def test_what_only_the_other_page_has_keeps_its_place() -> None:
    zh = page("zh", para("甲", "p1"), para("丁", "p4"))
    en = page("en", para("Z", "p1a"), para("A", "p1"), para("C", "p3"), para("D", "p4"), para("E", "p5"))
    assert [unit.id for unit in whole(zh, en).units] == ["title", "p1a", "p1", "p3", "p4", "p5"]


def test_crossed_beads_stand_in_the_order_of_the_first_page() -> None:
    zh = page("zh", para("乙", "p2"), para("甲", "p1"))
    assert [unit.id for unit in whole(zh, page("en", para("A", "p1"), para("B", "p2"))).units] == ["title", "p2", "p1"]


def test_an_extract_is_no_title_of_the_source() -> None:
    found = whole(page("zh", para("甲", "p1"), title_derived=True), page("en", para("A", "p1")))
    assert found.units[0].texts == {"en": ("Title en",)}


def test_text_in_the_other_language_and_facts_outside_beads_are_no_translation() -> None:
    facts = Part("dateline", "（九月二日）"), Part("byline", "某", "p3")
    lent = page("zh", para("A", "p1", "en"), para("甲", "p2"), *facts)
    assert [unit.id for unit in whole(lent, None).units] == ["title", "p2", "p3"]


def test_a_fact_is_taken_from_the_page_that_states_it_and_left_out_where_none_does() -> None:
    found = whole(page("zh"), page("en", date="2024-08"), LICENCE)
    assert found.facts == {"path": "trade/a-b", "topics": "trade", "date": "2024-08", "licence": "CC-BY-4.0"}


# ------------------------------------------------------------------ formats
def test_tmx_holds_pairs_alone_each_with_its_facts() -> None:
    zh = page("zh", para("甲", "p1"), para("乙", "p2"), date="2024-08-09")
    found = whole(zh, page("en", para("A", "p1"), para("C", "p3")), LICENCE)
    root = valid_tmx(tmx([found]))
    assert root.xpath("//tu/@tuid") == ["trade/a-b#title", "trade/a-b#p1"]
    props = {prop.get("type"): prop.text for prop in root.iterfind("body/tu[2]/prop")}
    assert props == {"x-path": "trade/a-b", "x-topics": "trade", "x-date": "2024-08-09", "x-licence": "CC-BY-4.0"}


def test_the_schemas_refuse_what_is_wrong() -> None:
    found = whole(page("zh", para("甲", "p1")), page("en", para("A", "p1")))
    for right, wrong in [('tuid="', 'id="'), ("</tuv>\n</tu>", "</tuv></tu><tu/>"), ('"1.4"', '"1.3"')]:
        text = tmx([found])
        assert right in text
        assert not DTD.validate(etree.fromstring(text.replace(right, wrong).encode()))
    for right, wrong in [('id="p1"', 'id="p 1"'), (' state="translated"', ""), ("srcLang", "lang"), ("unit", "group")]:
        text = xliff("zh")([found])
        assert right in text
        assert not RNG.validate(etree.fromstring(text.replace(right, wrong).encode()))


def test_a_translators_library_reads_the_tmx() -> None:
    found = whole(page("zh", para("甲", "p1"), para("乙")), page("en", para(HOSTILE, "p1")))
    units = tmxfile.parsestring(tmx([found]).encode()).units
    assert [(unit.getid(), unit.source, unit.target) for unit in units] == [
        ("trade/a-b#title", "Title zh", "Title en"),
        ("trade/a-b#p1", "甲\n乙", HOSTILE),
    ]


def test_a_translators_library_reads_the_xliff() -> None:
    zh = page("zh", para("甲", "p1"), para("乙", "p2"))
    text = xliff("zh")([whole(zh, page("en", para(HOSTILE, "p1"), para("C", "p3")))])
    valid_xliff(text)
    units = Xliff2File.parsestring(text.encode()).units
    assert [(unit.source, unit.target, unit.istranslated()) for unit in units] == [
        ("Title zh", "Title en", True),
        ("甲", HOSTILE, True),
        ("乙", None, False),
        ("", "C", True),
    ]


def test_an_article_without_translation_is_work_for_a_translator() -> None:
    found = whole(None, page("en", para("A", "p1")))
    assert found.source_lang == "en"
    root = valid_xliff(xliff(found.source_lang)([found]))
    assert (root.get("srcLang"), root.get("trgLang")) == ("en", "zh")
    assert root.xpath("count(//*[local-name()='target'])") == 0


def test_jsonl_has_every_bead_and_no_key_that_is_not_known() -> None:
    zh = page("zh", Part("heading2", "甲", "p1"), para("乙", "p2"))
    lines = jsonl([whole(zh, page("en", para("A", "p1")))]).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["trade/a-b#title", "trade/a-b#p1", "trade/a-b#p2"]
    assert json.loads(lines[2]) == {
        "id": "trade/a-b#p2",
        "path": "trade/a-b",
        "bead": "p2",
        "kind": "paragraph",
        "text": {"zh": ["乙"]},
        "topics": ["trade"],
        "url": {"zh": "https://x.example/zh/", "en": "https://x.example/en/"},
    }
    assert json.loads(lines[1])["kind"] == "heading2"


def test_the_licence_is_named_with_its_address() -> None:
    line = json.loads(jsonl([whole(page("zh"), None, LICENCE)]))
    assert (line["licence"], line["licence_url"]) == (LICENCE.id, LICENCE.url)


def test_several_articles_are_one_file() -> None:
    found = whole(page("zh", para("甲", "p1")), page("en", para("A", "p1")))
    assert len(valid_tmx(tmx([found, found])).findall(".//tu")) == 4
    assert len(valid_xliff(xliff("zh")([found, found])).findall("{*}file")) == 2


@given(st.text(), st.text())
def test_no_text_whatsoever_breaks_a_file_or_changes_on_its_way(zh: str, en: str) -> None:
    shown = markup.visible(zh), markup.visible(en)
    found = whole(page("zh", para(shown[0], "p1")), page("en", para(shown[1], "p1"), title=shown[1] or "T"))
    root = valid_tmx(tmx([found]))
    if all(shown):
        assert tuple(root.xpath("//tu[2]//seg/text()")) == shown
        pair = valid_xliff(xliff("zh")([found])).xpath("//*[@id='p1']//*[local-name()!='segment']/text()")
        assert tuple(pair) == shown
    assert [json.loads(line)["path"] for line in jsonl([found]).split("\n") if line]


@pytest.mark.parametrize("write", [tmx, jsonl])
def test_no_article_is_an_empty_file(write: Any) -> None:
    assert "trade" not in write([])

from __future__ import annotations

import json
from typing import Any

import pytest
from _json_ld import news_article, script
from _shelf import shelf_of
from _site import Article
from tests.hooks.builders import article, site

from bitext.model import Lang

ROOT = "https://x.example/"


def node(path: str, *articles: Article, lang: Lang = "zh", licence: str = "") -> dict[str, Any]:
    shelf = shelf_of(site(articles), lang)
    return news_article(shelf, shelf.site.articles[lang][path], "Name", ROOT, licence)


def test_an_article_says_what_is_known_and_no_more() -> None:
    members = [article("trade/a.md", title="题", body="文"), article("trade/a.md", "en", title="T", body="")]
    assert node("trade/a.md", *members) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{ROOT}trade/a/",
        "url": f"{ROOT}trade/a/",
        "mainEntityOfPage": f"{ROOT}trade/a/",
        "headline": "题",
        "inLanguage": "zh",
        "articleSection": "经贸",
        "isPartOf": [{"@type": "WebSite", "@id": ROOT, "name": "Name"}],
    }


def test_facts_that_are_known_are_given() -> None:
    full = article("trade/a.md", date="2024-08", source="S", source_url="https://s.example/", tags=("drugs", "zz"))
    found = node("trade/a.md", full, licence="https://l.example/")
    assert (found["datePublished"], found["creditText"], found["isBasedOn"]) == ("2024-08", "S", "https://s.example/")
    assert (found["keywords"], found["license"]) == (["禁毒", "zz"], "https://l.example/")


def test_both_languages_name_each_other() -> None:
    members = [article("trade/a.md", title="题"), article("trade/a.md", "en", title="T")]
    zh, en = (node("trade/a.md", *members, lang=lang) for lang in ("zh", "en"))  # type: ignore[arg-type]
    assert zh["workTranslation"] == {"@type": "NewsArticle", "@id": en["@id"], "name": "T", "inLanguage": "en"}
    assert en["translationOfWork"] == {"@type": "NewsArticle", "@id": zh["@id"], "name": "题", "inLanguage": "zh"}
    assert "translationOfWork" not in zh
    assert "workTranslation" not in en


def test_the_overview_of_a_roundup_and_its_parts_name_each_other() -> None:
    members = [article("culture/r.md", part=0), article("trade/r-2.md", part=2), article("trade/r-1.md", part=1)]
    overview, part = node("culture/r.md", *members), node("trade/r-2.md", *members)
    assert [each["@id"] for each in overview["hasPart"]] == [f"{ROOT}trade/r-1/", f"{ROOT}trade/r-2/"]
    assert [each["@id"] for each in part["isPartOf"]] == [ROOT, overview["@id"]]
    assert "hasPart" not in part


def test_a_page_that_waits_for_its_translation_is_named_by_nobody() -> None:
    members = [article("culture/r.md", part=0, body=""), article("trade/r-1.md", part=1)]
    assert [each["@id"] for each in node("trade/r-1.md", *members)["isPartOf"]] == [ROOT]


@pytest.mark.parametrize("text", ["</script><script>", "<!--<script>", "]]>", "\u2028\u2029", "&quot;", '"\\'])
def test_no_text_leaves_its_script(text: str) -> None:
    shown = script({"a": text})
    assert not set(shown) & set("<>&\u2028\u2029")
    assert json.loads(shown) == {"a": text}

from __future__ import annotations

from collections.abc import Mapping

from _article_view import ArticleViews
from _shelf import shelf_of
from _site import Article
from _views import ArticleView
from tests.hooks.builders import article, site

from bitext.model import Lang


def views(*articles: Article, lang: Lang = "zh") -> Mapping[str, ArticleView]:
    return ArticleViews(shelf_of(site(articles), lang))


def beside(view: ArticleView) -> list[str]:
    return [row.url if row else "" for row in (view.before, view.after)]


def test_neighbours_are_those_of_the_topic() -> None:
    found = views(article("trade/a.md"), article("culture/x.md"), article("trade/b.md"), article("trade/c.md"))
    assert beside(found["trade/b.md"]) == ["trade/a/", "trade/c/"]
    assert beside(found["trade/a.md"]) == ["", "trade/b/"]
    assert beside(found["culture/x.md"]) == ["", ""]


def test_neighbours_of_a_part_are_the_parts_beside_it_whatever_their_topic() -> None:
    parts = [article(f"{topic}/r-{part}.md", part=part) for part, topic in enumerate(["culture", "trade", "security"])]
    found = views(*reversed(parts), article("trade/a.md"))
    assert beside(found["trade/r-1.md"]) == ["", "security/r-2/"]
    assert beside(found["security/r-2.md"]) == ["trade/r-1/", ""]
    assert beside(found["trade/a.md"]) == ["trade/r-1/", ""]


def test_an_overview_knows_its_parts_in_order_and_each_part_its_overview() -> None:
    found = views(article("trade/r-2.md", part=2), article("culture/r.md", part=0), article("security/r-1.md", part=1))
    assert [row.url for row in found["culture/r.md"].parts] == ["security/r-1/", "trade/r-2/"]
    assert found["culture/r.md"].overview is None
    for path in ("trade/r-2.md", "security/r-1.md"):
        overview = found[path].overview
        assert overview is not None
        assert overview.url == "culture/r/"
        assert found[path].parts == ()


def test_a_part_whose_overview_is_gone_stands_alone() -> None:
    assert views(article("trade/r-2.md", part=2))["trade/r-2.md"].overview is None


def test_a_stub_has_the_text_of_the_other_language() -> None:
    found = views(article("trade/a.md", title="T", body=""), article("trade/a.md", "en", title="T"))["trade/a.md"]
    assert (found.stub, found.text_lang, found.row.title_lang) == (True, "en", "en")


def test_a_stub_with_a_title_of_its_own_keeps_it() -> None:
    found = views(article("trade/a.md", title="题", body=""), article("trade/a.md", "en", title="T"))["trade/a.md"]
    assert (found.stub, found.row.title_lang) == (True, "zh")


def test_equal_titles_of_two_real_pages_are_in_the_language_of_their_pages() -> None:
    assert views(article("trade/a.md", title="APEC 2025"), lang="en")["trade/a.md"].row.title_lang == "en"


def test_every_text_of_an_article_is_escaped() -> None:
    hostile = {"title": "<h1>", "source": "<b>", "source_url": "https://x/?a&b", "description": '"'}
    found = views(article("trade/a.md", **hostile))["trade/a.md"]  # type: ignore[arg-type]
    shown = [found.title, found.source, found.source_url, found.description]
    assert shown == ["&lt;h1&gt;", "&lt;b&gt;", "https://x/?a&amp;b", "&#34;"]

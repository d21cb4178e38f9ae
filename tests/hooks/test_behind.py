from __future__ import annotations

from dataclasses import replace

import pytest
from _article_view import ArticleViews
from _behind import marked
from _shelf import shelf_of
from context import RepositoryLinks, repository_links
from mkdocs.config.defaults import MkDocsConfig
from tests.hooks.builders import article, site

from bitext.past import Past

HTML = '<h2 id="p1">A</h2>\n<p class="caption" id="p2">B <a href="#p3" title="p3">x</a></p>\n<p id="p3">C</p><p>D</p>'


def test_nothing_is_marked_where_nothing_is_behind() -> None:
    assert marked(HTML, (), "old") is HTML


def test_the_block_of_a_bead_is_marked_and_nothing_else() -> None:
    found = marked(HTML, ("p1", "p3", "p9"), r"old \1")
    assert r'<h2 title="old \1" class="bt-is-behind" id="p1">' in found
    assert r'<p title="old \1" class="bt-is-behind" id="p3">C' in found
    assert found.count("bt-is-behind") == 2
    assert '<p class="caption" id="p2">B <a href="#p3" title="p3">' in found


def test_a_class_of_the_text_stays() -> None:
    assert 'class="bt-is-behind caption" id="p2"' in marked(HTML, ("p2",), "old")


# ------------------------------------------------------------------ where an article comes from
PAST = Past(frozenset({"zh/trade/a.md"}), {"x y": "sources/x y.txt"}, {"trade/a.md": {"zh": (), "en": ("p2",)}})


def links(edit_uri: str, lang: str = "zh", past: Past = PAST, source_id: str = "x y#2") -> RepositoryLinks:
    shelf = shelf_of(replace(site([article("trade/a.md", source_id=source_id)]), past=past), lang)  # type: ignore[arg-type]
    config = MkDocsConfig()
    config.repo_url, config.edit_uri = "https://host.example/us/it", edit_uri
    return repository_links(config, ArticleViews(shelf)["trade/a.md"])


def test_an_article_leads_to_its_history_and_to_the_text_it_was_made_of() -> None:
    assert links("edit/main/docs/") == RepositoryLinks(
        "https://host.example/us/it/commits/main/docs/zh/trade/a.md",
        "https://host.example/us/it/blob/main/sources/x%20y.txt",
        "https://host.example/us/it/commits/main/sources/x%20y.txt",
    )
    assert links("-/edit/main/docs/").raw == "https://host.example/us/it/-/blob/main/sources/x%20y.txt"


def test_what_the_repository_does_not_have_is_not_linked() -> None:
    assert links("edit/main/docs/", "en").history == ""
    assert links("edit/main/docs/", source_id="other") == replace(links("edit/main/docs/"), raw="", raw_history="")
    assert links("edit/main/docs/", past=Past()) == RepositoryLinks()


@pytest.mark.parametrize("edit_uri", ["", "src/main/docs/", "edit/main/pages/", "_edit/main/docs/"])
def test_a_host_of_another_kind_is_not_guessed_at(edit_uri: str) -> None:
    assert links(edit_uri) == RepositoryLinks()


def test_a_view_knows_what_is_behind_in_its_language() -> None:
    shelves = {lang: shelf_of(replace(site([article("trade/a.md")]), past=PAST), lang) for lang in ("zh", "en")}  # type: ignore[arg-type]
    assert [ArticleViews(shelf)["trade/a.md"].behind for shelf in shelves.values()] == [(), ("p2",)]

from __future__ import annotations

from _run import Run, Views
from _shelf import shelf_of
from moved import moved
from tests.hooks.builders import article, site

from bitext.model import LANGS


def run(*paths: str) -> Run:
    """A site with these articles in both languages."""
    made = site(article(path, title=f"<{path}>") for path in paths)
    shelves = {lang: shelf_of(made, lang) for lang in LANGS}
    return Run(made, shelves, {lang: Views(shelf) for lang, shelf in shelves.items()})


def found(site_: Run, **paths: str) -> list[tuple[str, str]]:
    moves = {old.replace("__", "/") + ".md": new for old, new in paths.items()}
    return [(each.url, each.target) for each in moved(site_, moves)]


def test_a_page_that_has_moved_leads_to_its_new_place_in_both_languages() -> None:
    assert found(run("culture/b.md"), zh__trade__a="zh/culture/b.md", en__trade__a="en/culture/b.md") == [
        ("en/trade/a/", "en/culture/b/"),
        ("trade/a/", "culture/b/"),
    ]


def test_the_notice_of_a_page_that_one_language_lacks_has_moved_along() -> None:
    assert found(run("culture/b.md"), en__trade__a="en/culture/b.md") == [
        ("en/trade/a/", "en/culture/b/"),
        ("trade/a/", "culture/b/"),
    ]


def test_where_a_page_stands_again_nobody_is_sent_on() -> None:
    assert found(run("culture/b.md", "trade/a.md"), zh__trade__a="zh/culture/b.md") == []


def test_a_place_that_is_no_page_of_the_site_is_not_led_to() -> None:
    assert found(run("culture/b.md"), zh__trade__a="zh/culture/gone.md", xx__trade__a="xx/culture/b.md") == []


def test_a_topic_can_be_the_place() -> None:
    assert found(run("trade/b.md"), zh__trade__a="zh/trade/index.md")[1] == ("trade/a/", "trade/")


def test_the_title_is_that_of_the_new_place_escaped() -> None:
    titles = [each.title for each in moved(run("culture/b.md"), {"zh/trade/a.md": "zh/culture/b.md"})]
    assert titles == ["&lt;culture/b.md&gt;"] * 2

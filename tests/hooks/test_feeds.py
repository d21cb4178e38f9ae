"""Feeds as readers' programs have them: ``feedparser`` for RSS, the rules of the specification for JSON Feed."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import feedparser
from _feed import json_feed, rss
from _shelf import shelf_of
from _site import Article
from feeds import ITEMS, feeds_of, item_id
from tests.hooks.builders import article, site
from tests.json_feed import mistakes

from bitext.model import Lang

CONFIG: Any = SimpleNamespace(
    site_name="Name & <Site>", site_description="What it is", site_url="https://x.example/below/"
)
HOSTILE = "</title>]]><script>alert(1)</script> & \"'"


def feeds(*articles: Article, lang: Lang = "zh") -> dict[str, tuple[Any, dict[str, Any]]]:
    """Each feed by its folder, as RSS and as JSON, read again."""
    found = feeds_of(shelf_of(site(articles), lang), CONFIG)
    return {folder: (read(rss(feed)), json.loads(json_feed(feed))) for folder, feed in found}


def read(text: str) -> Any:
    found = feedparser.parse(text.encode(), sanitize_html=False)
    assert not found.bozo, found
    return found


def test_there_is_a_feed_for_the_language_and_one_for_each_topic() -> None:
    assert list(feeds(lang="zh")) == ["./", "security/", "trade/", "connectivity/", "culture/"]
    assert list(feeds(lang="en")) == ["en/", "en/security/", "en/trade/", "en/connectivity/", "en/culture/"]


def test_a_feed_says_where_it_is_what_it_shows_and_in_which_language() -> None:
    seen, data = feeds(article("trade/a.md", "en"), lang="en")["en/trade/"]
    assert (seen.version, seen.feed.language, seen.feed.link) == ("rss20", "en", "https://x.example/below/en/trade/")
    assert seen.feed.title == data["title"] == "Name & <Site> · Trade"
    assert [link.href for link in seen.feed.links if link.rel == "self"] == ["https://x.example/below/en/trade/feed.xml"]
    assert (data["language"], data["feed_url"]) == ("en", "https://x.example/below/en/trade/feed.json")
    assert data["home_page_url"] == seen.feed.link
    assert mistakes(data) == []


def test_an_item_has_the_absolute_address_of_its_page() -> None:
    seen, data = feeds(article("trade/a-b.md", "en"), lang="en")["en/"]
    assert seen.entries[0].link == data["items"][0]["url"] == "https://x.example/below/en/trade/a-b/"


def test_only_a_day_that_is_known_becomes_a_date() -> None:
    dates = {"a": "2024-08-09", "b": "2024-08", "c": "2024", "d": ""}
    members = [article(f"trade/{name}.md", date=date) for name, date in dates.items()]
    seen, data = feeds(*members)["trade/"]
    assert [entry.get("published") for entry in seen.entries] == ["Fri, 09 Aug 2024 12:00:00 +0000", None, None, None]
    assert [item.get("date_published") for item in data["items"]] == ["2024-08-09T12:00:00+00:00", None, None, None]
    assert not [entry for entry in seen.entries if "updated" in entry]


def test_no_text_acts() -> None:
    hostile = article("trade/a.md", title=HOSTILE, description=HOSTILE, body="one &lt;b> two", tags=("drugs",))
    seen, data = feeds(hostile)["trade/"]
    entry, item = seen.entries[0], data["items"][0]
    assert (entry.title, entry.summary) == (item["title"], item["summary"]) == (HOSTILE, HOSTILE)
    assert entry.content[0].value == item["content_html"] == "<p>one &lt;b&gt; two</p>"
    assert ([tag.term for tag in entry.tags], item["tags"]) == (["禁毒"], ["禁毒"])


def test_the_text_is_that_of_the_page_without_its_markdown() -> None:
    body = "## One { #p1 }\n\n*Two* \\# [three](x.md)\n{ #p2 }\n\n- four\n- five\n"
    _, data = feeds(article("trade/a.md", body=body))["trade/"]
    expected = "<h2>One</h2><p>Two # three</p><ul><li>four</li><li>five</li></ul>"
    assert data["items"][0]["content_html"] == expected


def test_what_is_not_in_the_language_is_not_announced_in_it() -> None:
    members = [article("trade/a.md"), article("trade/b.md", body="")]
    assert [item["url"] for item in feeds(*members)["trade/"][1]["items"]] == ["https://x.example/below/trade/a/"]


def test_the_parts_of_a_roundup_are_in_the_feeds_of_their_topics_alone() -> None:
    found = feeds(article("culture/review.md", part=0), article("trade/review-1.md", part=1))
    assert [len(data["items"]) for _, data in found.values()] == [1, 0, 1, 0, 1]


def test_a_feed_is_short_however_many_articles_there_are() -> None:
    members = [article(f"trade/a{number}.md") for number in range(ITEMS + 5)]
    assert [len(feeds(*members)[folder][0].entries) for folder in ("./", "trade/")] == [ITEMS, ITEMS]


def test_the_id_of_an_item_stays_when_its_page_moves_and_differs_between_languages() -> None:
    here = article("trade/a.md", source_id="one", title="Old")
    moved = article("culture/b.md", source_id="one", title="New", date="2024")
    assert item_id(here) == item_id(moved) == "urn:uuid:a9df996c-fb62-5904-8b2e-720fe8de86e3"
    assert item_id(here) != item_id(article("trade/a.md", "en", source_id="one"))
    assert item_id(here) != item_id(article("trade/a.md", source_id="two"))


def test_a_feed_without_articles_is_a_feed() -> None:
    for seen, data in feeds().values():
        assert seen.entries == data["items"] == []
        assert mistakes(data) == []

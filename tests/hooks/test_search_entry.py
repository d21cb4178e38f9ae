from __future__ import annotations

import json
from typing import Any

import pytest
from _search_entry import LEVELS, entry, levels
from tests.hooks.builders import article

BODY = """First words.
{ #p1 }

## Rivers { #p2 }

Boats go up.
{ #p3 }

They come back.

A caption about durian
{ #p3 .caption }

Source: a paper
{ .source }
"""


def made(body: str = BODY, title: str = "Patrol", tags: tuple[str, ...] = ("Water",)) -> Any:
    return entry(article("trade/a.md", "en", title=title, body=body), tags)


def levels_of(*args: Any, **kwargs: Any) -> dict[str, int]:
    return levels(made(*args, **kwargs).said, {"a", "the"}).items()


def test_a_page_holds_its_passages_with_their_ids() -> None:
    assert json.loads(made().page) == {
        "url": "trade/a/",
        "title": "Patrol",
        "tags": ["Water"],
        "text": [
            ["p1", "First words."],
            ["p2", "Rivers", 1],
            ["p3", "Boats go up. They come back. A caption about durian Source: a paper"],
        ],
    }


def test_a_text_before_the_first_bead_leads_to_the_top() -> None:
    assert json.loads(made("Loose.\n\nBound.\n{ #p1 }\n").page)["text"] == [["", "Loose."], ["p1", "Bound."]]


def test_words_of_titles_tags_and_headings_weigh_more_than_those_of_the_text() -> None:
    found = levels_of()
    assert found["patrol"] > found["water"] > found["boats"]
    assert found["patrol"] > found["rivers"] > found["boats"]


def test_a_word_weighs_less_in_a_long_text() -> None:
    assert levels_of("durian\n")["durian"] > levels_of("durian " + "other words " * 800)["durian"]


def test_levels_stay_in_their_range() -> None:
    found = levels_of("durian " * 5000, title="durian " * 50, tags=("durian",))
    assert found["durian"] == LEVELS - 1
    assert set(found.values()) <= set(range(LEVELS))


@pytest.mark.parametrize("word", ["caption", "p3", "source", "a"])
def test_marks_of_the_page_are_not_words_of_it(word: str) -> None:
    body = BODY.replace("A caption about ", "").replace("Source: a paper", "x")
    assert word not in levels_of(body)


def test_an_entry_depends_on_its_article_alone() -> None:
    assert made() == made()


def test_a_word_counts_more_than_the_same_characters_across_two_words() -> None:
    def level(body: str) -> int:
        return levels(entry(article("trade/a.md", body=body), ()).said, ()).items()["国会"]

    assert level("国会今日开会") > level("中国会议今日开幕")

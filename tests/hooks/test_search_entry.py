from __future__ import annotations

import json
from typing import Any

import pytest
from _search_entry import LEVELS, entry
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
    return entry(article("trade/a.md", "en", title=title, body=body), tags, {"a", "the"})


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
    levels = made().levels.items()
    assert levels["patrol"] > levels["water"] > levels["boats"]
    assert levels["patrol"] > levels["rivers"] > levels["boats"]


def test_a_word_weighs_less_in_a_long_text() -> None:
    assert made("durian\n").levels.items()["durian"] > made("durian " + "other words " * 800).levels.items()["durian"]


def test_levels_stay_in_their_range() -> None:
    levels = made("durian " * 5000, title="durian " * 50, tags=("durian",)).levels.items()
    assert levels["durian"] == LEVELS - 1
    assert set(levels.values()) <= set(range(LEVELS))


@pytest.mark.parametrize("word", ["caption", "p3", "source", "a"])
def test_marks_of_the_page_are_not_words_of_it(word: str) -> None:
    body = BODY.replace("A caption about ", "").replace("Source: a paper", "x")
    assert word not in made(body).levels.items()


def test_an_entry_depends_on_its_article_alone() -> None:
    assert made() == made()


def test_a_word_counts_more_than_the_same_characters_across_two_words() -> None:
    def level(body: str) -> int:
        return entry(article("trade/a.md", body=body), (), ()).levels.items()["国会"]

    assert level("国会今日开会") > level("中国会议今日开幕")

from __future__ import annotations

import pytest
from _list_views import ROWS_ON_INDEX
from _shelf import shelf_of
from _site import Article
from _timeline import NAMES_ON_PHONE, SMALLEST, TALLEST, YEARS, timeline
from _views import Timeline
from tests.hooks.builders import article, site

from bitext.model import Lang


def drawn(*articles: Article, lang: Lang = "zh") -> Timeline:
    found = timeline(shelf_of(site(articles), lang))
    assert found
    return found


def dated(*dates: str, topic: str = "trade") -> list[Article]:
    return [article(f"{topic}/a{number:04}.md", date=date) for number, date in enumerate(dates)]


def counts(found: Timeline) -> dict[str, list[int]]:
    return {lane.topic.id: [bar.count for bar in lane.bars] for lane in found.lanes}


def names(found: Timeline) -> list[str]:
    return [str(column.name) for column in found.columns]


def test_without_articles_there_is_none() -> None:
    assert timeline(shelf_of(site([]), "zh")) is None


def test_every_topic_has_a_lane_and_every_year_a_column_the_empty_ones_too() -> None:
    found = drawn(*dated("2022-05", "2025", "2025-01-02", ""), *dated("2022", topic="culture"))
    assert names(found) == ["2022", "2023", "2024", "2025", "未注明日期"]
    assert counts(found) == {
        "security": [0, 0, 0, 0, 0],
        "trade": [1, 0, 0, 2, 1],
        "connectivity": [0, 0, 0, 0, 0],
        "culture": [1, 0, 0, 0, 0],
    }


def test_nothing_is_counted_twice_and_nothing_left_out() -> None:
    years = ["", "1995", "1996-03", *(str(year) for year in range(2000, 2026)), "2025"]
    found = drawn(*dated(*years))
    assert sum(map(sum, counts(found).values())) == len(years)
    assert [lane.topic.count for lane in found.lanes] == [0, len(years), 0, 0]


def test_what_is_older_than_the_columns_stands_in_one_that_leads_to_the_whole_list() -> None:
    found = drawn(*dated("1995", "1999-01", "2025"))
    assert len(found.columns) == YEARS + 1
    assert names(found)[:2] == ["2002 年以前", "2002"]
    oldest = found.lanes[1].bars[0]
    assert (oldest.count, oldest.url) == (2, "trade/")


def test_only_what_has_no_date_is_a_timeline_too() -> None:
    found = drawn(*dated("", ""))
    assert names(found) == ["未注明日期"]
    assert str(found.summary) == "未注明日期：2 篇"


def test_undated_articles_are_never_put_in_a_year() -> None:
    found = drawn(*dated("2024", ""))
    assert [column.undated for column in found.columns] == [False, True]
    assert counts(found)["trade"] == [1, 1]


def test_a_bar_leads_to_the_year_on_the_list_or_to_its_own_page() -> None:
    short, long = dated("2024", ""), dated(*["2023"] * (ROWS_ON_INDEX + 1), topic="culture")
    found = {lane.topic.id: lane.bars for lane in drawn(*short, *long, lang="en").lanes}
    assert [bar.url for bar in found["trade"]] == [
        "en/trade/?year=2023",
        "en/trade/?year=2024",
        "en/trade/?year=undated",
    ]
    assert found["culture"][0].url == "en/culture/archive/2023/"


SUMMARIES = [("zh", "2022–2024 年：3 篇；未注明日期：1 篇"), ("en", "2022–2024: 3 dated · undated: 1")]


@pytest.mark.parametrize(("lang", "summary"), SUMMARIES)
def test_the_summary_says_in_words_what_is_drawn(lang: Lang, summary: str) -> None:
    assert str(drawn(*dated("2022", "2024", "2024-05", ""), lang=lang).summary) == summary


def test_heights_are_in_proportion_and_the_smallest_can_be_seen() -> None:
    found = drawn(*dated(*["2024"] * 100, *["2023"] * 50, "2022"))
    assert [bar.height for bar in found.lanes[1].bars] == [SMALLEST, TALLEST // 2, TALLEST]
    assert {bar.height for bar in found.lanes[0].bars} == {0}


@pytest.mark.parametrize("years", [1, 5, 12, YEARS])
def test_as_many_names_as_a_phone_has_room_for(years: int) -> None:
    found = drawn(*dated(*(str(2025 - back) for back in range(years))))
    shown = [str(column.name) for column in found.columns if not column.minor]
    assert shown[-1] == "2025"
    assert len(shown) <= NAMES_ON_PHONE


def test_the_table_is_newest_first_and_undated_last() -> None:
    found = drawn(*dated("2022", "2024", ""))
    assert [str(column.name) for column, _ in found.rows] == ["2024", "2023", "2022", "未注明日期"]
    assert [bars[1].count for _, bars in found.rows] == [1, 0, 1, 1]

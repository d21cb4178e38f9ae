from __future__ import annotations

import json

from _list_views import ROWS_ON_HOME, ROWS_ON_INDEX, ROWS_ON_PAGE, filter_files, list_views
from _shelf import shelf_of
from _views import ListView
from tests.hooks.builders import article, site


def views(*articles: object, lang: str = "zh") -> dict[str, ListView]:
    shelf = shelf_of(site(articles), lang)  # type: ignore[arg-type]
    return {view.path: view for view in list_views(shelf)}


def test_there_is_a_page_for_home_each_topic_and_all_tags() -> None:
    assert list(views()) == [
        "index.md",
        "security/index.md",
        "trade/index.md",
        "connectivity/index.md",
        "culture/index.md",
        "tags/index.md",
    ]


def test_a_short_list_is_on_one_page_under_the_headings_of_its_years() -> None:
    dates = ["2024-08-09", "2024", "2023-01", "", ""]
    members = [article(f"trade/a{number}.md", date=date) for number, date in enumerate(dates)]
    found = views(*members)["trade/index.md"]
    assert [(str(year.heading), len(year.rows)) for year in found.years] == [
        ("2024 年", 2),
        ("2023 年", 1),
        ("未注明日期", 2),
    ]
    assert [(link.id, link.url, link.count) for link in found.archive] == [
        ("2024", "trade/#y2024", 2),
        ("2023", "trade/#y2023", 1),
        ("undated", "trade/#yundated", 2),
    ]
    assert (found.count, found.long, found.first_page) == (5, False, "trade/")


def test_a_long_list_has_a_page_for_each_year() -> None:
    members = [article(f"trade/a{number}.md", date=f"{2020 + number % 3}-01") for number in range(ROWS_ON_INDEX)]
    members.append(article("trade/b.md"))
    members.sort(key=lambda each: each.front_matter.date, reverse=True)
    found = views(*members)
    assert [path for path in found if path.startswith("trade/")] == [
        "trade/index.md",
        "trade/archive/2022.md",
        "trade/archive/2021.md",
        "trade/archive/2020.md",
        "trade/archive/undated.md",
    ]
    first, year = found["trade/index.md"], found["trade/archive/2021.md"]
    assert sum(len(each.rows) for each in first.years) == ROWS_ON_INDEX
    assert [link.count for link in first.archive] == [13, 13, 14, 1]
    assert sum(len(each.rows) for path, view in found.items() if "archive" in path for each in view.years) == 41
    assert [link.id for link in year.archive if link.current] == ["2021"]
    assert (year.first_page, year.topic, year.long) == ("trade/", "trade", True)


def test_a_year_that_is_too_long_for_one_page_has_several() -> None:
    members = [article(f"trade/a{number:03}.md", date="2024") for number in range(ROWS_ON_PAGE + 1)]
    found = views(*members)
    first, second = found["trade/archive/2024.md"], found["trade/archive/2024-2.md"]
    assert [len(view.years[0].rows) for view in (first, second)] == [ROWS_ON_PAGE, 1]
    assert [(page.name, page.url, page.current) for page in second.pages] == [
        ("1", "trade/archive/2024/", False),
        ("2", "trade/archive/2024-2/", True),
    ]
    assert found["trade/index.md"].pages == ()


def test_a_topic_knows_its_tags_and_how_many_of_each_year_have_them() -> None:
    found = views(
        article("trade/a.md", date="2024-02", tags=("rail", "fruit")),
        article("trade/b.md", date="2023", tags=("fruit",)),
        article("trade/c.md", tags=("fruit",)),
        article("culture/d.md", tags=("song",)),
    )["trade/index.md"]
    assert [(facet.link.id, facet.link.count, facet.years) for facet in found.facets] == [
        ("fruit", 3, "2024:1 2023:1 undated:1"),
        ("rail", 1, "2024:1"),
    ]


def test_the_files_of_a_filter_hold_what_the_page_says_they_hold() -> None:
    many = ROWS_ON_PAGE + 30
    members = [article(f"trade/a{number:03}.md", date="2024-02-03", tags=("fruit",)) for number in range(many)]
    members.append(article("trade/zz.md", title='<b>"', description="&", body="", tags=("fruit", "rail")))
    shelf = shelf_of(site(members), "zh")
    files = {path: json.loads(text.removeprefix("btRows(").removesuffix(");\n")) for path, text in filter_files(shelf)}
    assert {path: len(rows) for path, rows in files.items()} == {
        "trade/by-tag/fruit.0.js": ROWS_ON_PAGE,
        "trade/by-tag/fruit.1.js": 31,
        "trade/by-tag/rail.0.js": 1,
    }
    assert files["trade/by-tag/fruit.0.js"][0] == ["a000/", "T", "", "2024-02-03", "2024年2月3日", "", 0]
    assert files["trade/by-tag/rail.0.js"] == [["zz/", '<b>"', "en", "", "", "", 1]]


def test_a_short_list_has_no_files() -> None:
    assert list(filter_files(shelf_of(site([article("trade/a.md", tags=("fruit",))]), "zh"))) == []


def test_home_shows_neither_parts_of_a_roundup_nor_what_is_not_in_its_language() -> None:
    members = [
        article("culture/review.md", part=0),
        article("trade/review-1.md", part=1),
        article("trade/x.md", body=""),
    ]
    found = views(*members)["index.md"]
    assert [row.url for row in found.latest] == ["culture/review/"]
    assert [card.link.count for card in found.cards] == [0, 2, 0, 1]


def test_home_is_short_however_many_articles_there_are() -> None:
    members = [article(f"trade/a{number}.md") for number in range(ROWS_ON_HOME + 5)]
    assert len(views(*members)["index.md"].latest) == ROWS_ON_HOME


def test_a_tag_has_a_page_with_both_names_and_one_without_names_goes_by_its_id() -> None:
    found = views(article("trade/a.md", tags=("drugs", "zz-new")), article("trade/b.md", tags=("drugs",)), lang="en")
    assert [(tag.id, tag.name, tag.other_name, tag.count) for tag in found["tags/index.md"].tags] == [
        ("drugs", "Drug Control", "禁毒", 2),
        ("zz-new", "zz-new", "", 1),
    ]
    assert found["tags/drugs.md"].count == 2


def test_every_text_of_a_list_is_escaped() -> None:
    hostile = article("trade/a.md", title="<script>", description='"><b>')
    row = views(hostile)["trade/index.md"].years[0].rows[0]
    assert (row.title, row.description) == ("&lt;script&gt;", "&#34;&gt;&lt;b&gt;")

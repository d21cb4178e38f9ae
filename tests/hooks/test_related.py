from __future__ import annotations

import math
from dataclasses import replace

import _related
import pytest
from _related import LEAST, NEAR, Item, related
from _shelf import shelf_of
from hypothesis import given
from hypothesis import strategies as st
from related import SHOWN, items_of, rows_of
from tests.hooks.builders import article, site


def item(path: str, *features: str, apart: tuple[str, ...] = ()) -> Item:
    return Item(path, dict.fromkeys(features, 1.0), frozenset(apart))


def plainly(items: list[Item], most: int) -> dict[str, list[str]]:
    """The same by comparing everything with everything."""
    counts = {name: sum(name in other.features for other in items) for one in items for name in one.features}
    weigh = {
        one.path: {name: weight * math.log(len(items) / counts[name]) for name, weight in one.features.items()}
        for one in items
    }
    length = {path: math.hypot(*vector.values()) or 1.0 for path, vector in weigh.items()}
    found: dict[str, list[str]] = {}
    for at, one in enumerate(items):
        scored = []
        for place, other in enumerate(items):
            mine, theirs = weigh[one.path], weigh[other.path]
            score = sum(mine[name] * theirs[name] for name in mine if name in theirs)
            score /= length[one.path] * length[other.path]
            if place != at and score >= LEAST and other.path not in one.apart:
                scored.append((-round(score, 9), abs(place - at), place))
        found[one.path] = [items[place].path for *_, place in sorted(scored)[:most]]
    return found


SOME = st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=6), max_size=NEAR)


@given(SOME)
def test_where_little_is_there_it_is_as_if_everything_were_compared(sets: list[set[str]]) -> None:
    items = [item(f"{number:03}", *sorted(names)) for number, names in enumerate(sets)]
    found = related(items, 3)
    assert {path: list(others) for path, others in found.items()} == plainly(items, 3)
    assert related(items, 3) == found


@given(SOME)
def test_likeness_does_not_depend_on_the_order_of_features(sets: list[set[str]]) -> None:
    there = [item(f"{number:03}", *sorted(names)) for number, names in enumerate(sets)]
    back = [item(f"{number:03}", *sorted(names, reverse=True)) for number, names in enumerate(sets)]
    assert related(there, 3) == related(back, 3)


def test_what_is_rare_tells_more_than_what_all_have() -> None:
    items = [
        item("a", "river", "heart"),
        item("b", "river", "rail"),
        item("c", "river", "rail"),
        item("d", "river", "heart"),
        item("e", "rail"),
    ]
    assert related(items, 1)["a"] == ("d",)


def test_a_feature_of_all_articles_makes_none_of_them_alike() -> None:
    assert related([item("a", "river"), item("b", "river")], 3) == {"a": (), "b": ()}


def test_what_is_linked_already_is_not_named() -> None:
    items = [item("a", "rail", apart=("b",)), item("b", "rail"), item("c", "rail"), item("d")]
    assert related(items, 3) == {"a": ("c",), "b": ("a", "c"), "c": ("b", "a"), "d": ()}


def test_of_equals_the_nearer_in_time_comes_first() -> None:
    items = [item(str(number), *(["rail"] if number % 2 else ["road"])) for number in range(20)]
    assert related(items, 2)["9"] == ("7", "11")


def test_of_very_many_those_near_in_time_are_looked_at() -> None:
    looked: list[int] = []

    class Counting(dict[str, float]):
        def get(self, key: str, default: float = 0.0) -> float:  # type: ignore[override]
            looked.append(1)
            return super().get(key, default)

    def counted(*given: object) -> Counting:
        return Counting(vector(*given))  # type: ignore[arg-type]

    vector = _related._vector
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_related, "_vector", counted)
        for count in (400, 800):
            looked.clear()
            related([item(str(number), "all" if number % 9 else "some") for number in range(count)], 3)
            assert len(looked) <= count * NEAR


# ------------------------------------------------------------------ articles of a site
def made(*more: object) -> dict[str, Item]:
    articles = [
        article("trade/a.md", date="2025", tags=("fruit",)),
        article("trade/b.md", date="2024", tags=("fruit", "railway")),
        article("trade/c.md", date="2023", tags=("fruit",)),
        article("culture/r.md", date="2022", part=0),
        article("trade/r-1.md", date="2022", part=1, tags=("fruit",)),
        article("security/r-2.md", date="2022", part=2),
    ]
    shelf = shelf_of(site([*articles, *more]), "zh")  # type: ignore[list-item]
    return {each.path: each for each in items_of(shelf, {"trade/a.md": ["durian"]})}


def test_an_article_is_compared_by_its_tags_and_terms() -> None:
    assert made()["trade/a.md"].features == {"tag fruit": 2.0, "term durian": 1.0}
    assert made()["trade/c.md"].features == {"tag fruit": 2.0}


def test_neighbours_and_the_parts_of_a_roundup_are_apart() -> None:
    found = made()
    assert found["trade/b.md"].apart == {"trade/a.md", "trade/b.md", "trade/c.md"}
    assert found["security/r-2.md"].apart == {"culture/r.md", "trade/r-1.md", "security/r-2.md"}
    assert "trade/c.md" in found["trade/r-1.md"].apart


def test_what_a_language_lacks_is_left_out_and_the_next_one_takes_its_place() -> None:
    articles = [article(f"trade/{name}.md", tags=("fruit",)) for name in "abcde"]
    articles[1] = replace(articles[1], text="")
    shelf = shelf_of(site(articles), "zh")
    rows = rows_of(shelf, tuple(each.path for each in articles))
    assert [row.url for row in rows] == ["trade/a/", "trade/c/", "trade/d/"]
    assert len(rows) == SHOWN

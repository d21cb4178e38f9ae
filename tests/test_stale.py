"""What the versions of a page say about which language is behind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.table import Table

from bitext.stale import behind

TABLE = Table("stale")
CASES = pytest.mark.parametrize("case", TABLE.cases("versions"))


def versions(case: Any) -> list[Any]:
    return [
        {lang: {} if text == "-" else {"p1": text} for lang, text in zip(("zh", "en"), pair, strict=True)}
        for pair in case["versions"]
    ]


@CASES
def test_table(case: Any) -> None:
    expected = {lang: ("p1",) if case["behind"] == lang else () for lang in ("zh", "en")}
    assert behind(versions(case)) == expected


@CASES
def test_it_is_the_same_with_the_languages_changed_about(case: Any) -> None:
    turned = [{"zh": version["en"], "en": version["zh"]} for version in versions(case)]
    found = behind(versions(case))
    assert behind(turned) == {"zh": found["en"], "en": found["zh"]}


def test_without_versions_nothing_is_behind() -> None:
    assert behind([]) == {"zh": (), "en": ()}


def test_each_bead_is_looked_at_by_itself_in_the_order_of_the_page() -> None:
    old = {"p1": "a", "p2": "b", "p10": "c"}
    new = {"p1": "a", "p2": "x", "p10": "y"}
    assert behind([{"zh": old, "en": old}, {"zh": new, "en": old}]) == {"zh": (), "en": ("p2", "p10")}


TEXT = st.sampled_from("abc")


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_two_texts_that_change_together_always_agree(pairs: list[tuple[str, str]]) -> None:
    once = [{"zh": {"p1": zh}, "en": {"p1": f"{zh}{number}"}} for number, (zh, _) in enumerate(pairs)]
    changing = [{"zh": {"p1": f"{number}x"}, "en": version["en"]} for number, version in enumerate(once)]
    assert behind(changing) == {"zh": (), "en": ()}


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1), TEXT)
def test_who_changes_alone_at_the_end_leaves_the_other_behind_or_catches_up(
    pairs: list[tuple[str, str]], text: str
) -> None:
    before = [{"zh": {"p1": zh}, "en": {"p1": en}} for zh, en in pairs]
    after = [*before, {"zh": {"p1": f"{text}{text}"}, "en": before[-1]["en"]}]
    assert behind(after)["zh"] == ()
    assert bool(behind(after)["en"]) == (not behind(before)["zh"])

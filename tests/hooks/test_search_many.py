from __future__ import annotations

import _search_few
import _search_many
import pytest
from _search_entry import Said, levels
from _search_postings import postings
from hypothesis import given
from hypothesis import strategies as st

STOP = ("the", "的", "以及")
TEXTS = st.text(st.sampled_from("aeΣth 12.,\n\u2019é國国会澜湄合作的以及〇\U00020000"), max_size=30)
SAID = st.builds(Said, st.sampled_from(["zh", "en"]), TEXTS, TEXTS, TEXTS, TEXTS)


def found(pages: dict[int, Said]) -> dict[int, dict[str, int]]:
    """Levels of the terms of each page, from the rows of all."""
    rows = _search_many.Rows(STOP)
    for number, said in pages.items():
        rows.add(number, said)
    levels_of: dict[int, dict[str, int]] = {number: {} for number in pages}
    for term, codes in postings(*rows.done()).items():
        for number, level in _search_few.read(codes):
            levels_of[number][term] = level
    return levels_of


@given(st.dictionaries(st.integers(0, 5_000_000), SAID, max_size=7), st.integers(1, 4))
def test_terms_of_many_articles_are_those_of_each(pages: dict[int, Said], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as changes:
        changes.setattr(_search_many, "_AT_ONCE", at_once)
        assert found(pages) == {number: levels(said, STOP).items() for number, said in pages.items()}


def test_a_hundred_articles_are_not_mixed_up() -> None:
    pages = {number: Said("zh", f"第{number}次会议 word{number}", title="澜湄" * number) for number in range(250)}
    assert found(pages) == {number: levels(said, STOP).items() for number, said in pages.items()}

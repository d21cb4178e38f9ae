"""Long texts are cut where both languages prove the place, and only there."""

import pytest

from bitext import portions as module
from bitext.knowledge import Knowledge, load
from bitext.portions import portions

KNOWLEDGE: Knowledge = load()


def text_of(count: int) -> tuple[list[str], list[str]]:
    """Paragraphs that state one number each, which no other paragraph states."""
    return [f"本站记录了{number}次。" for number in range(2001, 2001 + count)], [
        f"The station counted {number} times." for number in range(2001, 2001 + count)
    ]


def test_short_texts_stay_whole() -> None:
    zh, en = text_of(20)
    assert portions(zh, en, KNOWLEDGE) == [(slice(0, 20), slice(0, 20))]


def test_long_texts_are_cut_at_the_same_place_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    monkeypatch.setattr(module, "_LONGEST", 30)
    zh, en = text_of(100)
    del en[10]  # everything after it is shifted by one
    found = portions(zh, en, KNOWLEDGE)
    assert len(found) == 4
    assert [rows.start for rows, _ in found] == [0, *(rows.stop for rows, _ in found[:-1])]
    assert all(zh[rows][0][5:9] in en[columns][0] for rows, columns in found)
    assert found[-1][0].stop == 100
    assert found[-1][1].stop == 99


def test_nothing_is_cut_on_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    zh, en = ["河水上涨。"] * 50, ["The river rose."] * 50
    assert portions(zh, en, KNOWLEDGE) == [(slice(0, 50), slice(0, 50))]

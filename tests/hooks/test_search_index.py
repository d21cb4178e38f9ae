from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import search_index

WHOLE = {
    "config": {"lang": ["zh", "en"], "separator": "x"},
    "docs": [
        {"location": "trade/a/", "title": "跨境贸易", "text": "<p>GDP增长</p>"},
        {"location": "en/trade/a/#p4", "title": "Trade", "text": "<p>growth</p>", "tags": ["Trade"]},
        {"location": "english-lessons/", "title": "课", "text": ""},
    ],
}

CUTS = [
    ("跨境电信诈骗", "跨境|电信|诈骗"),
    ("<p>今年GDP增长3%</p>", "<p>|今年|GDP|增长|3%</p>"),
    ("澜沧江。湄公河", "澜沧江|。|湄公河"),
    ("no Chinese here", "no Chinese here"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_runs_of_han_characters_are_cut_into_words(text: str, expected: str) -> None:
    assert search_index.cut(text) == expected.replace("|", "\u200b")


def test_cutting_adds_nothing_that_is_seen() -> None:
    text = "六国执法船8月9日在金三角水域会合，交换情报。"
    assert search_index.cut(text).replace("\u200b", "") == text


def test_each_language_gets_its_own_entries_below_its_own_folder() -> None:
    zh, en = (search_index.index_of(WHOLE, lang) for lang in ("zh", "en"))
    assert [entry["location"] for entry in zh["docs"]] == ["trade/a/", "english-lessons/"]
    assert [entry["location"] for entry in en["docs"]] == ["trade/a/#p4"]
    assert en["docs"][0]["tags"] == ["Trade"]
    assert (zh["config"]["lang"], en["config"]["lang"]) == (["zh"], ["en"])


@pytest.mark.parametrize("building", [True, False])
def test_the_index_is_divided_once_at_the_end_of_the_run(tmp_path: Path, building: bool) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "search_index.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    config = SimpleNamespace(site_dir=str(tmp_path), plugins={"i18n": SimpleNamespace(building=building)})
    search_index.on_post_build(config)  # type: ignore[arg-type]
    assert (tmp_path / "en" / "search" / "search_index.json").exists() != building

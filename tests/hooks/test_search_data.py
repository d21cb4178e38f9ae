from __future__ import annotations

import _search_data
import pytest
from _site import BrokenSiteError

from bitext.model import LANGS

GOOD = """
words:
  other: {zh: a, en: b}
  best: {zh: a, en: b}
  failed: {zh: a, en: b}
stop:
  zh: [的]
  en: [The]
"""
BAD = [
    ("words: [", 2, "YAML"),
    ("stop: {zh: [], en: []}", 1, "words and stop"),
    (GOOD.replace("best", "beast"), 2, "best, failed, other"),
    (GOOD.replace("{zh: a, en: b}", "{zh: a}", 1), 3, "{zh: …, en: …}"),
    (GOOD.replace("{zh: a, en: b}", "{zh: a, en: ' '}", 1), 3, "{zh: …, en: …}"),
    (GOOD.replace("  en: [The]\n", ""), 6, "zh, en"),
    (GOOD.replace("[The]", "the"), 8, "[word, …]"),
    (GOOD.replace("[The]", "[[the]]"), 8, "[word, …]"),
]


def test_the_data_of_the_project_can_be_read() -> None:
    data = _search_data.read_data()
    assert {"的", "the", "no", "on"} <= data.stop
    assert all("{}" in data.words["other"][lang] for lang in LANGS)
    assert all("{all}" in data.words["best"][lang] and "{shown}" in data.words["best"][lang] for lang in LANGS)


def test_words_to_leave_out_are_folded() -> None:
    assert _search_data.parse(GOOD).stop == {"的", "the"}


@pytest.mark.parametrize(("text", "line", "expected"), BAD)
def test_a_mistake_is_told_with_its_line(text: str, line: int, expected: str) -> None:
    with pytest.raises(BrokenSiteError) as caught:
        _search_data.parse(text)
    finding = caught.value.findings[0]
    assert expected in str(finding)
    assert (finding.path, finding.severity) == ("data/search.yml", "error")
    assert finding.line == line or "YAML" in expected

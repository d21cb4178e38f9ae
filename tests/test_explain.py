"""Accounts of a source: one for programs, one for people."""

from dataclasses import replace

from tests.builders import article

from bitext.explain import account, record
from bitext.model import Change, Cue, Finding, Topics

LINES = [
    "zh title 1 | 标题 || en title 1 | A title",
    "",
    "zh paragraph 2 | 第一段。",
    "en paragraph 2 | First.",
    "en paragraph 3 | Alone. || zh chrome - | 水印",
    "none dateline - | 2024",
    "zh chrome - | 分享",
]


def test_a_line_of_two_languages_has_its_segments():
    lines = record(article(LINES))["lines"]
    assert lines[0] == {
        "n": 1, "role": "title", "lang": "both", "reason": "",
        "segments": [
            {"id": "1.1", "lang": "zh", "start": 0, "end": 2},
            {"id": "1.2", "lang": "en", "start": 5, "end": 12},
        ],
    }  # fmt: skip


def test_a_watermark_does_not_change_the_language_of_its_line():
    line = record(article(LINES))["lines"][3]
    assert (line["n"], line["role"], line["lang"]) == (5, "paragraph", "en")
    assert line["segments"][1] == {"id": "5.2", "lang": "zh", "start": 9, "end": 11, "role": "chrome"}


def test_every_line_that_is_not_blank_is_there():
    lines = record(article(LINES))["lines"]
    assert [(line["n"], line["role"], line["lang"]) for line in lines] == [
        (1, "title", "both"), (3, "paragraph", "zh"), (4, "paragraph", "en"), (5, "paragraph", "en"),
        (6, "dateline", "none"), (7, "chrome", "zh"),
    ]  # fmt: skip


def test_beads_and_facts():
    found = record(article(LINES, title_zh="标题"))
    assert [(bead["zh"], bead["en"]) for bead in found["beads"]] == [(["1.1"], ["1.2"]), (["3"], ["4"]), ([], ["5.1"])]
    assert found["document"]["title_zh"] == "标题"
    assert found["document"]["title_en"] is None
    assert found["document"]["date"] is None


def test_sections_name_their_headings():
    lines = ["en heading 1 | I. One", "zh heading 1 | 一", "en paragraph 2 | Text.", "en heading 3 | II. Two"]
    sections = record(article(lines, section_topics=["trade", "culture"]))["document"]["sections"]
    trade, culture = ({"primary": topic, "acceptable": [topic]} for topic in ("trade", "culture"))
    assert sections == [
        {"heading_lines": [1, 2], "first_line": 1, "last_line": 3, "topics": trade},
        {"heading_lines": [4], "first_line": 4, "last_line": 4, "topics": culture},
    ]


def test_people_read_what_is_unsure_first_and_why():
    source = article(LINES, title_zh="标题")
    topics = Topics("trade", ("trade",), (("trade", 1.0),), (("trade", (Cue("tariff", "en", 2, 3.0),)),))
    unsure = replace(source.beads[1], review=True, anchors=("number 12",), cost=0.5)
    beads = (source.beads[0], unsure, source.beads[2])
    text = account(replace(
        source, topics=topics, beads=beads, findings=(Finding("a.txt", "date", "no date"),), tags=("railway",),
        source=replace(source.source, changes=(Change("nbsp", 3, 1, "\u00a0", " "),)),
    ))  # fmt: skip
    lines = [line.strip() for line in text.split("\n")]
    assert lines[:4] == ["sources/s1.txt (utf-8, 7 lines)", "", "To review", "a.txt: date: no date"]
    assert "nbsp: 1 × (first in line 3)" in lines
    assert "title zh  标题  (line 1)" in lines
    assert "title en  not in the text" in lines
    assert "tags      railway" in lines
    assert "trade         1.00  tariff × 2" in lines
    assert "p1     1:1  3 ↔ 4  cost 0.50  unsure: look  number 12" in lines
    assert "p2     0:1  – ↔ 5.1  cost 0.00" in lines
    assert any(line.startswith("7  zh   chrome    –     分享") for line in lines)


def test_a_long_line_is_cut_to_the_width_of_the_table():
    rows = account(article(["zh paragraph 1 | " + "长" * 100, "en paragraph 1 | " + "x" * 100])).split("\n")
    assert any("长" * 23 + "…" in row and "长" * 24 not in row for row in rows)
    assert any("x" * 47 + "…" in row and "x" * 48 not in row for row in rows)

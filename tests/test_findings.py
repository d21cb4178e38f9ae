"""What an editor should know of a text before trusting its pages."""

from dataclasses import replace

import pytest
from tests.builders import article as built
from tests.reading import understood

from bitext.findings import findings
from bitext.model import Topics

LINES = ["zh title 1 | \u9898", "en title 1 | Title", "zh paragraph 2 | \u6587\u3002", "en paragraph 2 | Text."]
WHOLE = {"title_zh": "\u9898", "title_en": "Title", "date": "2024", "source": "A"}


def told(article):
    return [f"{finding.line}: {finding.check}: {finding.found}" for finding in findings(article)]


def test_a_whole_text_has_nothing_to_tell():
    assert told(built(LINES, **WHOLE)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title_zh", "0: title: no Chinese title is printed"),
        ("title_en", "0: title: no English title is printed"),
        ("date", "0: date: no date with a year is printed"),
        ("source", "0: source: no source is named"),
    ],
)
def test_what_is_absent_is_told(name, expected):
    assert told(built(LINES, **{key: value for key, value in WHOLE.items() if key != name})) == [expected]


def test_a_language_that_is_missing():
    assert told(built(LINES[::2], **WHOLE)) == ["0: language: no English text"]
    assert told(built(LINES[1::2], **WHOLE)) == ["0: language: no Chinese text"]


def test_an_inferred_date_is_told_with_its_line():
    article = built(LINES, **WHOLE)
    date = replace(article.metadata.date, lines=(3, 4), basis="inferred", note="the year stands in line 4")
    article = replace(article, metadata=replace(article.metadata, date=date))
    assert told(article) == ["3: date: 2024 is inferred: the year stands in line 4"]


def test_beads_for_review_are_told():
    article = built([*LINES, "en paragraph 3 | More text."], **WHOLE)
    beads = (*article.beads[:1], *(replace(bead, review=True) for bead in article.beads[1:]))
    assert told(replace(article, beads=beads)) == [
        "3: alignment: unsure whether zh 3 and en 4 translate each other (\u6587\u3002 \u2026)",
        "5: alignment: unsure whether zh nothing and en 5 translate each other (More text. \u2026)",
    ]


def test_topics_that_are_unsure():
    article = built(LINES, **WHOLE)
    assert told(replace(article, topics=Topics(None, review=True))) == []  # composing tells it, for it has to choose
    close = Topics("trade", ("trade",), (("trade", 0.4), ("culture", 0.35)), review=True)
    assert told(replace(article, topics=close)) == ["0: topic: close: trade 0.40, culture 0.35"]
    assert told(replace(article, topics=close, split=True)) == []


def test_every_finding_says_what_to_do():
    article = understood("The river rose in the night.\n")
    assert article.findings == findings(article) != ()
    for finding in article.findings:
        assert finding.next_step
        assert finding.path == "a.txt"
        assert finding.severity == "warning"
    assert [finding.line for finding in article.findings] == sorted(finding.line for finding in article.findings)

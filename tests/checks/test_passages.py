"""Passages know their lines, and figures of tags and addresses are not read."""

import pytest

from bitext.checks.passages import passage


def test_pieces_are_joined_as_each_language_does():
    assert passage([(3, "六国"), (5, "会议")], "zh").text == "六国会议"
    assert passage([(3, "six"), (5, "countries")], "en").text == "six countries"


@pytest.mark.parametrize(("offset", "line"), [(0, 3), (3, 3), (4, 5), (12, 5), (99, 5)])
def test_every_place_has_its_line(offset, line):
    assert passage([(3, "six"), (5, "countries")], "en").line(offset) == line


def test_an_empty_passage():
    assert passage([], "zh").line(0) == 0


def test_lengths_stay():
    text = "２０２５　see <h2 id=3> https://example.org/44 on"
    assert passage([(1, text)], "en").text == "2025 see" + " " * 34 + "on"
    assert len(passage([(1, text)], "en").text) == len(text)

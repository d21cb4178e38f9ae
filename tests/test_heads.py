"""Heads and feet of pages are known by their numbers and their place; tests/cases/chrome.yml has whole pages."""

import pytest
from tests.reading import source

from bitext import heads, segment

TEXT = "The river station upstream opened its doors to visitors on 3 May; eighty people of two towns came to see it."


def numbered(*lines):
    text = source("\n".join(lines))
    blocks = segment.segment(text)
    return {blocks[index].line for index in heads.numbered(blocks, text.lines)}


@pytest.mark.parametrize("number", ["{} | River News", "River \u2014 {}", "River News\u3000{}", "River News    {}"])
def test_numbers_before_and_behind(number):
    assert numbered(TEXT, number.format(7), TEXT, number.format(8), TEXT) == {2, 4}


def test_left_and_right_pages():
    assert numbered("6 | River News", TEXT, "The Old Ferry | 7", TEXT, "8 | River News", TEXT) == {1, 3, 5}


@pytest.mark.parametrize(
    "lines",
    [
        ("River News | 7", TEXT, "The Old Ferry | 8"),  # other words each time
        ("River News | 7", TEXT, "River News | 12"),  # too many pages between
        ("River News | 8", TEXT, "River News | 7"),
        ("River News 7", TEXT, "River News 8"),  # no bar and no wide blank
        ("River News | 7", "River News | 8", TEXT),  # nothing between
        ("River News | 2019", TEXT, "River News | 2020"),  # years
        ("River News | 1", TEXT, "River News | 2", TEXT),  # headings may be counted so
        ("River News | 7", TEXT),
    ],
)
def test_other_lines_with_numbers(lines):
    assert numbered(*lines) == set()


def test_a_page_that_ends_in_the_middle_of_a_sentence():
    cut = TEXT.removesuffix("to see it.") + "on foot. And the"
    assert numbered(TEXT, "River News | 1", cut, "River News | 2", TEXT) == {2, 4}

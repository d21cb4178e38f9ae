"""Broken lines are told from paragraphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import KNOWLEDGE, marked, source
from tests.table import Table

from bitext import chrome, read, segment, wrap

TABLE = Table("wrap")


def joined(text):
    blocks = segment.segment(source(text))
    lines = source(text).lines
    return wrap.join(chrome.known(blocks, lines, KNOWLEDGE), lines, KNOWLEDGE)


def paragraphs(blocks):
    """Number of each block's paragraph, in the order in which paragraphs begin."""
    number, latest, found = 0, {}, []
    for block in blocks:
        if not (block.joined and block.lang in latest):
            number += 1
        if block.role != "chrome":
            latest[block.lang] = number if not block.joined else latest[block.lang]
        found.append(latest[block.lang] if block.joined else number)
    return found


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = marked(case["page"])
    assert [str(number) for number in paragraphs(joined(text))] == marks


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_what_goes_on_says_with_which_line(case):
    for block in joined(marked(case["page"])[0]):
        assert block.reason.startswith("goes on with line ") == block.joined


@given(
    st.lists(
        st.sampled_from(
            ["", "the river rose in the night and", "\u6c5f\u6c34\u4e00\u591c\u4e0a\u6da8", "It fell.", "12", "* * *"]
        ),
        max_size=20,
    )
)
@settings(max_examples=80, deadline=None)
def test_joining_changes_marks_only(lines):
    try:
        text = source("\n".join(lines))
    except read.SourceError:
        return
    before = segment.segment(text)
    after = wrap.join(before, text.lines, KNOWLEDGE)
    assert [(b.id, b.text, b.lang, b.role) for b in before] == [(b.id, b.text, b.lang, b.role) for b in after]
    first = {block.lang: block for block in reversed(after)}
    assert not any(block.joined for block in first.values())


def test_the_second_half_of_a_pair_goes_on_below():
    text = "渡口的登记簿 / The book of the\nferry, kept by the men of both banks."
    assert [(block.id, block.joined, block.wrapped) for block in joined(text)] == [
        ("1.1", False, False),
        ("1.2", False, True),
        ("2", True, True),
    ]

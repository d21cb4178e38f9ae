"""Repairs that need no judgement, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.checks.pages import FRONT, page
from tests.table import Table

from bitext.checks.pages import Copy, Pair, parse_copy
from bitext.checks.repair import repaired
from bitext.page import parts

TABLE = Table("repairs")


def pair(zh, en=None):
    texts = {"zh": zh, "en": en}
    copies = {lang: parse_copy(Copy(Path(f"docs/{lang}/trade/a.md"), lang, "trade/a.md"), text)
              for lang, text in texts.items() if text is not None}  # fmt: skip
    return Pair("trade/a.md", **copies)


def after(zh, en):
    """Texts of both languages, repaired."""
    found = {copy.lang: text for copy, text in repaired(pair(zh, en))}
    return found.get("zh", zh), found.get("en", en)


@pytest.mark.parametrize("case", TABLE.cases("bodies"))
def test_bodies(case):
    zh, en = after(page(case["zh"]), page(case.get("en", case["zh"])))
    assert zh == page(case["zh_after"])
    assert en == page(case.get("en_after", case["zh_after"]))
    assert after(zh, en) == (zh, en)


@pytest.mark.parametrize("case", TABLE.cases("fronts"))
def test_fronts(case):
    assert after(page(front=case["front"]), page())[0] == page(front=case["after"])


def test_what_cannot_be_read_is_left_alone():
    broken = page("Two.  \n{ #new }\n", FRONT + "titel: x\n")
    assert after(broken, page())[0] == broken


def test_a_page_in_one_language():
    zh = page("One.\n{ #p1 }\n\nTwo.\n{ #new }\n")
    assert [text for _, text in repaired(pair(zh))] == [zh.replace("#new", "#p1a")]


LINES = ["One.", "- Two.", "## Three", "{ #p1 }", "{ #new }", "{ .caption }", "", " ", "# x", "a  "]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(LINES)))
def test_no_word_is_changed_and_twice_is_once(lines):
    zh, en = page("\n".join(lines)), page("One.\n{ #p1 }\n")
    first = after(zh, en)
    assert after(*first) == first
    words = [[part.text for part in parts(pair(text).zh.page.body, "zh")] for text in (zh, first[0])]
    assert words[0] == words[1]

"""Pages say what the source says: nothing lost, nothing twice."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.builders import article, knowledge
from tests.whole import assert_whole

from bitext import markup, page, strict_yaml
from bitext.compose import compose
from bitext.ledger import ledger
from bitext.model import Removal

FILE = Path(__file__).parents[1] / "cases/compose.yml"
CASES = strict_yaml.load(FILE.read_text("utf-8"), str(FILE))["cases"]


def article_of(case):
    names = ("topic", "split", "section_topics")
    return article(case["lines"], **{name: case[name] for name in names if name in case}, **case.get("facts", {}))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case):
    source = article_of(case)
    made = compose(source, knowledge())
    assert {f"{one.lang}/{one.path}": page.render(one).removeprefix("---\n") for one in made.pages} == case["pages"]
    if "findings" in case:
        assert [f"{finding.check}: {finding.found}" for finding in made.findings] == case["findings"]
    if "removed" in case:
        entries = ledger(source, made.placed, made.removals)
        removed = [f"{e.rule}: {e.text}" for e in entries if isinstance(e, Removal)]
        assert [line for line in removed if not line.startswith(("blank", "separator"))] == case["removed"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_nothing_is_lost_and_nothing_twice(case):
    source = article_of(case)
    assert_whole(source, compose(source, knowledge()))


ROLES = ("heading", "paragraph", "caption", "speaker", "label", "dateline", "source", "byline", "chrome", "title")
WORDS = st.text(min_size=1, max_size=12).map(lambda t: markup.visible(t).replace("|", "")).filter(str.strip)
PIECES = st.builds(
    "{} {} {} {} | {}".format,
    st.sampled_from(["zh", "en", "none"]),
    st.sampled_from(ROLES),
    st.integers(1, 6).map(str) | st.just("-"),
    st.sampled_from(["", "joined", "level3"]),
    WORDS,
)
LINES = st.lists(PIECES | st.builds("{} || {}".format, PIECES, PIECES) | st.just(""), max_size=12)


def consistent(lines):
    """Chrome and small lines stand in no bead."""
    for line in lines:
        pieces = [
            piece if piece.split()[1:2] and piece.split()[1] in ROLES[:5] else _outside(piece)
            for piece in line.split(" || ")
        ]
        yield " || ".join(pieces)


def _outside(piece):
    head, bar, text = piece.partition("| ")
    words = head.split()
    return " ".join([*words[:2], "-", *words[3:], ""]) + bar + text if words else piece


@given(LINES, st.sampled_from(["", "trade"]), st.booleans())
@example(["zh heading -  | 0", "none heading 1  | 1", "zh heading 1  | 0 || en heading 1  | 0"], "", True)
def test_nothing_is_lost_whatever_the_source(lines, topic, split):
    lines = list(consistent(lines))
    source = article(lines, topic=topic, split=split, section_topics=["culture"])
    assert_whole(source, compose(source, knowledge()))


def test_a_page_is_what_a_reader_of_its_file_gets():
    for case in CASES:
        for one in compose(article_of(case), knowledge()).pages:
            assert page.parse(page.render(one), f"docs/{one.lang}/{one.path}") == one


def test_a_url_that_an_editor_named_is_on_the_page():
    source = article(["en paragraph 1 | One."])
    pages = compose(source, knowledge(source_url="https://example.org/a")).pages
    assert {one.front_matter.source_url for one in pages} == {"https://example.org/a"}


def test_a_source_that_cannot_name_a_page():
    made = article(["none paragraph - | ……", "zh paragraph 1 | 。。"])
    assert compose(made, knowledge()).pages[0].path == "trade/s1.md"
    with pytest.raises(ValueError, match="no letter or digit"):
        compose(replace(made, source=replace(made.source, id="……")), knowledge())

"""The parts of a roundup, and whether they become pages of their own."""

import pytest
from tests.reading import KNOWLEDGE, replaced, source
from tests.table import Table

from bitext.knowledge import Override
from bitext.model import Bead, Block
from bitext.sections import is_collection, is_roundup, sections

TABLE = Table("sections")
PARAGRAPHS = {"text": "\u5929\u6c14 || Rain", **TABLE["paragraphs"]}


def beads_of(lines):
    return tuple(_bead(number, line) for number, line in enumerate(lines, start=1))


def _bead(number, line):
    said = PARAGRAPHS.get(line, line)
    zh, en = ("" if text == "-" else text for text in said.split(" || "))
    role, level = ("paragraph", 0) if line in PARAGRAPHS else ("heading", 2)
    sides = [
        (Block(number, part, 0, len(text), text, lang, role, level=level),) if text else ()
        for part, (lang, text) in enumerate((("zh", zh), ("en", en)), start=1)
    ]
    return Bead(*sides)


def split_with(parts, wish):
    return is_roundup(parts, (), source("a"), replaced(overrides={"a": Override(split=wish)}))


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_texts(case):
    parts = sections(beads_of(case["lines"]), KNOWLEDGE)
    assert [part.first_line for part in parts] == case["opens"]
    assert is_roundup(parts, (), source("a"), KNOWLEDGE) == case["split"]
    assert not is_roundup(parts, ("\u5408\u540c",), source("a"), KNOWLEDGE)


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_every_bead_is_in_one_section_and_each_begins_with_its_heading(case):
    beads = beads_of(case["lines"])
    parts = sections(beads, KNOWLEDGE)
    assert not parts or tuple(bead for part in parts for bead in part.beads) == beads
    for part in parts:
        assert part.heading in (None, part.beads[0])
        assert (part.heading is None) == (part is parts[0] and case["lines"][0] in PARAGRAPHS)
        assert part.first_line <= part.last_line


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_a_person_decides_whether_to_split(case):
    parts = sections(beads_of(case["lines"]), KNOWLEDGE)
    assert split_with(parts, True) == bool(parts)
    assert split_with(parts, False) is False
    assert split_with(parts, None) == case["split"]


def test_topics_of_each_section_are_its_own():
    parts = sections(beads_of(TABLE["texts"][0]["lines"]), KNOWLEDGE)
    assert [part.topics.primary for part in parts] == ["security", "connectivity", "trade"]


def test_sections_of_one_topic_are_no_collection():
    found = {case["label"]: is_collection(sections(beads_of(case["lines"]), KNOWLEDGE)) for case in TABLE["texts"]}
    assert found["three numbered sections of several topics"] is True
    assert found["three sections of one topic stay on one page"] is False

"""What a person knows better goes before what the stages found."""

import pytest
from tests.reading import KNOWLEDGE, label, replaced, source, understood

from bitext import overrides
from bitext.knowledge import Override
from bitext.model import Fact, Metadata, Topics

TEXT = (
    "River Station Opens to Visitors\n"
    "The station upstream opened to the public in May; eighty people from the two towns came to see it.\n"
    "A gauge stands on the steps beside the old ferry. It is read every morning and every evening and written down.\n"
)


def with_override(**given):
    return replaced(overrides={"a": Override(**given)})


@pytest.mark.parametrize(("role", "level"), [("heading", 2), ("caption", 0), ("chrome", 0), ("paragraph", 0)])
def test_roles(role, level):
    blocks = overrides.correct_roles(label(TEXT), source(TEXT), with_override(roles=((2, role),)))
    assert (blocks[1].role, blocks[1].level, blocks[1].sure) == (role, level, True)
    assert blocks[1].reason == "given in data/overrides.yml"
    assert (blocks[0], blocks[2]) == (label(TEXT)[0], label(TEXT)[2])


def test_a_role_of_a_line_that_is_not_there_changes_nothing():
    assert overrides.correct_roles(label(TEXT), source(TEXT), with_override(roles=((99, "caption"),))) == label(TEXT)


def test_a_line_given_as_chrome_stands_in_no_bead():
    article = understood(TEXT, overrides={"a": Override(roles=((2, "chrome"),))})
    assert "2" not in {block.id for bead in article.beads for block in bead.blocks}


@pytest.mark.parametrize("name", ["title_zh", "title_en", "date", "source"])
def test_facts(name):
    found = overrides.correct_facts(Metadata(), source(TEXT), with_override(facts=((name, "2024"),)))
    assert getattr(found, name) == Fact("2024", (), note="given in data/overrides.yml")


def test_a_fact_given_goes_before_the_one_that_is_printed():
    article = understood(TEXT, overrides={"a": Override(facts=(("title_en", "Another"), ("date", "2024-05")))})
    assert (article.metadata.title_en.value, article.metadata.date.value) == ("Another", "2024-05")


def test_a_topic_given_comes_first_and_needs_no_review():
    topics = Topics("trade", ("trade", "culture"), review=True)
    found = overrides.correct_topics(topics, source(TEXT), with_override(facts=(("topic", "culture"),)))
    assert (found.primary, found.acceptable, found.review) == ("culture", ("culture", "trade"), False)


def test_corrections_of_another_source_change_nothing():
    other = replaced(overrides={"b": Override(facts=(("topic", "culture"), ("date", "2024")), roles=((2, "caption"),))})
    topics = Topics("trade", ("trade",))
    assert overrides.correct_topics(topics, source(TEXT), other) == topics
    assert overrides.correct_facts(Metadata(), source(TEXT), other) == Metadata()
    assert overrides.correct_roles(label(TEXT), source(TEXT), other) == label(TEXT)
    assert KNOWLEDGE.override("a") == Override()

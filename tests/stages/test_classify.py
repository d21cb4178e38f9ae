"""Topics and tags by the words of a text, and the words are kept as evidence."""

import re
from pathlib import Path

import pytest
from tests.reading import KNOWLEDGE
from tests.table import Table

from bitext import strict_yaml
from bitext.classify import ACCEPTABLE_SHARE, REVIEW_MARGIN, classify, tags, wording
from bitext.datafile import DATA
from bitext.model import Block

TABLE = Table("topics")


def blocks_of(case):
    return [
        Block(line, 0, 0, len(case[lang]), case[lang], lang)
        for line, lang in enumerate(("zh", "en"), start=1)
        if case.get(lang)
    ]


def classified(case):
    return classify(wording(blocks_of(case), [case["title"]] if "title" in case else []), KNOWLEDGE)


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_texts(case):
    found = classified(case)
    assert found.primary == case["topic"]
    assert found.review or not case.get("review")


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_the_cues_are_kept_and_each_stands_in_the_text(case):
    cues = [cue for _, group in classified(case).cues for cue in group]
    for word in case["cues"]:
        assert any(cue.term in word or word in cue.term for cue in cues), word
    assert not {cue.term for cue in cues} & set(case.get("absent", ()))
    for cue in cues:
        assert cue.count >= 1
        assert cue.weight > 0
        if cue.lang == "en":
            assert words_of(cue.term) in words_of(case["en"].casefold())


@pytest.mark.parametrize("case", TABLE.cases("texts"))
def test_shares(case):
    found = classified(case)
    assert sum(share for _, share in found.shares) == pytest.approx(1 if found.primary else 0, abs=0.01)
    if found.primary:
        assert {topic for topic, _ in found.shares} == set(KNOWLEDGE.topic_ids)
        assert found.shares[0][0] == found.primary == found.acceptable[0]
        assert found.acceptable == tuple(t for t, share in found.shares if share >= ACCEPTABLE_SHARE)
        assert found.review == (found.shares[0][1] - found.shares[1][1] < REVIEW_MARGIN)


@pytest.mark.parametrize("case", [case for case in TABLE.cases("texts") if "tags" in case.values[0]])
def test_tags(case):
    assert set(case["tags"]) <= set(tags(wording(blocks_of(case), []), KNOWLEDGE))


def test_tags_are_few_known_and_in_order_of_strength():
    every = " ".join(word for tag in KNOWLEDGE.tags for word in tag.cues.en * 3)
    found = tags(wording([Block(1, 0, 0, len(every), every, "en")], []), KNOWLEDGE)
    assert len(found) == len(set(found)) == 5
    assert set(found) <= {tag.id for tag in KNOWLEDGE.tags}
    assert tags(wording([], []), KNOWLEDGE) == ()


def test_one_word_does_not_set_a_tag():
    assert tags(wording([Block(1, 0, 0, 6, "scam", "en")], []), KNOWLEDGE) == ()


@pytest.mark.parametrize("topic", KNOWLEDGE.topics, ids=lambda topic: topic.id)
def test_every_cue_is_found_by_its_own_topic(topic):
    """A cue that cannot be found as it is written is dead weight."""
    for group in topic.cues:
        for lang, words in (("zh", group.zh), ("en", group.en)):
            for word in words:
                text = word.removesuffix(".")
                words_ = wording([Block(1, 0, 0, len(text), text, lang)], [])
                found = dict(classify(words_, KNOWLEDGE).cues)[topic.id]
                assert any(words_of(cue.term) in words_of(text) and cue.weight == group.weight for cue in found), word


def words_of(text):
    """A text with one blank for all that stands between English words, as cues are compared."""
    return re.sub(r"[^a-z0-9\u3400-\u9fff]+", " ", text.casefold()).strip()


def test_the_examples_of_the_taxonomy_are_sources():
    topics = strict_yaml.load((DATA / "topics.yml").read_text("utf-8"), "topics.yml")["topics"]
    sources = {path.stem for path in (Path(__file__).parents[2] / "sources").glob("*.txt")}
    assert {topic["example"] for topic in topics} <= sources

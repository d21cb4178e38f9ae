from __future__ import annotations

import pytest
from tests.benchmarks.search import ROOT, Question, quality, questions

from bitext.model import Lang

ASKED = [Question("a", frozenset({"x"})), Question("b", frozenset({"x", "y"}))]


def test_measures_of_answers() -> None:
    found = quality(ASKED, [["z", "x"], ["y", "z", "w", "v", "u", "x"]])
    assert (found.recall, found.rank, found.unanswered) == (0.75, 0.75, 0)


def test_no_answer_counts_as_none() -> None:
    found = quality(ASKED, [[], ["z"]])
    assert (found.recall, found.rank, found.unanswered) == (0, 0, 2)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_questions_are_many_and_name_articles_that_are_there(lang: Lang) -> None:
    asked = questions(lang)
    assert len({question.text for question in asked}) >= 40
    for question in asked:
        assert question.pages
        assert all((ROOT / "docs" / lang / f"{path}.md").is_file() for path in question.pages)

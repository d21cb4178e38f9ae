"""The title of a text in each language, or none."""

import pytest
from tests.reading import label, marked, roles_of, understood
from tests.table import Table

TABLE = Table("titles")


def text_of(case):
    head, marks = marked(case["page"])
    bodies = [TABLE["body"][lang] for lang in case["body"]]
    body = [line for lines in zip(*bodies, strict=True) for line in lines]
    return "\n".join([head, *body]), marks + ["paragraph"] * len(body)


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = text_of(case)
    article = understood(text)
    facts = article.metadata
    printed = [fact and fact.value for fact in (facts.title_zh, facts.title_en)]
    assert (printed, roles_of(article.blocks)) == ([case["zh"], case["en"]], marks)


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_a_title_says_where_it_stands(case):
    text, _ = text_of(case)
    lines = text.split("\n")
    article = understood(text)
    for fact in (article.metadata.title_zh, article.metadata.title_en):
        if fact is not None:
            printed = [lines[number - 1].strip("# ") for number in fact.lines]
            assert fact.value in " ".join(printed) or fact.value == "".join(printed)
            assert fact.basis == "stated"


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_every_title_says_why(case):
    assert all(block.reason for block in label(text_of(case)[0]) if block.role == "title")

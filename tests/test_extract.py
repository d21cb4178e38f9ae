"""First words of a text: cut where they may be cut, and nothing invented."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import extract, strict_yaml
from bitext.front_matter import SLUG
from bitext.markup import visible

FILE = Path(__file__).parent / "cases/extract.yml"
CASES = strict_yaml.load(FILE.read_text("utf-8"), str(FILE))
TITLES, SLUGS = CASES["titles"], CASES["slugs"]


@pytest.mark.parametrize("case", TITLES, ids=[case["label"] for case in TITLES])
def test_titles(case):
    assert extract.title(case["text"], case["lang"]) == case["title"]


@pytest.mark.parametrize("case", SLUGS, ids=[case["label"] for case in SLUGS])
def test_slugs(case):
    assert extract.slug(*case["titles"], prefix=case.get("prefix", "")) == case["slug"]


@given(st.text(), st.sampled_from(["zh", "en"]))
def test_an_extract_is_the_beginning_of_its_text(text, lang):
    whole = visible(text)
    unnumbered = re.sub("^[(\uff08]?[0-9]{1,2}[.)\uff09\u3001\uff0e]\\s*", "", whole)
    for found, limit, begun in (
        (extract.title(text, lang), extract.TITLE_LENGTH[lang], (whole, unnumbered)),
        (extract.description(text), extract.DESCRIPTION_LENGTH, (whole,)),
    ):
        assert len(found) <= limit
        assert any(each.startswith((found, found.removesuffix("\u2026"))) for each in begun)


@given(st.text(max_size=120), st.sampled_from(["", "2024", "2024-08-09"]))
def test_a_slug_has_its_form_or_is_refused(text, prefix):
    try:
        found = extract.slug(text, prefix=prefix)
    except ValueError:
        return
    assert SLUG.fullmatch(found)
    assert len(found) <= extract.SLUG_LENGTH


def test_a_long_paragraph_is_described_by_its_first_sentences():
    text = "First one. " + "Second one is longer than the first. " * 10
    found = extract.description(text)
    assert found.endswith("than the first.")
    assert 160 < len(found) <= 200

"""The data of the comparison: a mistake is told with its file."""

import pytest

from bitext.anchors import load_fact_words
from bitext.checks.words import load_words
from bitext.datafile import DATA

FACTS = load_fact_words(DATA)


@pytest.fixture
def text():
    return (DATA / "comparison.yml").read_text("utf-8")


def test_the_projects_own(text, tmp_path):
    (tmp_path / "c.yml").write_text(text, "utf-8")
    assert load_words(tmp_path / "c.yml", FACTS).units


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("relative_year:", "relative_years:"),
        ("factor: 1/15", "factor: 1/0"),
        ("(?P<n>", "(?P<n"),
        ("traps:", "traps: &a"),
    ],
)
def test_a_mistake(text, tmp_path, old, new):
    assert old in text
    (tmp_path / "c.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=r"c\.yml"):
        load_words(tmp_path / "c.yml", FACTS)

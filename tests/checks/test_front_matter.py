"""Front matter agrees with its folder, the taxonomy and the other language."""

import pytest
from tests.checks.pages import FRONT, check, page


def test_a_right_pair_has_no_findings(tmp_path):
    assert check(tmp_path, {"zh/trade/a.md": page(), "en/trade/a.md": page()}) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("[trade]", "[trade, metal]", "3: front matter: topics has 'metal', expected ids of data/topics.yml"),
        ("[trade]", "[culture]", "3: front matter: its first topic is culture, expected that of its folder, trade"),
        ("s1", "s1\ntags: [rail]", "5: front matter: tags has 'rail', expected ids of data/tags.yml"),
        ("s1", "s1\nseries: {id: b, part: 1}", "4: front matter: its source_id is s1, expected b#1"),
        ("s1", "s1\ntitel: x", "5: front matter: unknown key 'titel', expected one of title, "),
    ],
)
def test_one_mistake_one_finding(tmp_path, old, new, finding):
    text = page(front=FRONT.replace(old, new))
    found = check(tmp_path, {"zh/trade/a.md": text})
    assert found[-1].startswith(f"docs/zh/trade/a.md:{finding}")
    assert len([line for line in found if ": pair: " not in line]) == 1


def test_a_name_that_is_no_slug(tmp_path):
    found = check(tmp_path, {"zh/trade/A b.md": page(), "en/trade/A b.md": page()})
    assert found[0].startswith("docs/en/trade/A b.md: place: the file is called A b.md, expected small Latin")
    assert len(found) == 2


def test_both_languages_say_the_same(tmp_path):
    other = page(front=FRONT + "date: 2024-08\n")
    assert check(tmp_path, {"zh/trade/a.md": other, "en/trade/a.md": page()}) == [
        "docs/en/trade/a.md:1: front matter: date is absent, expected 2024-08 as in docs/zh/trade/a.md"
    ]


def test_a_page_where_no_article_can_stand(tmp_path):
    found = check(tmp_path, {"zh/a.md": page()})
    assert found[0].startswith("docs/zh/a.md: place: no article can stand here, expected zh/<topic>/<name>.md")

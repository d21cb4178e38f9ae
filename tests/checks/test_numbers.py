"""The same quantities on both sides; cases in tests/cases/checks_numbers.yml, injected mistakes by inject.py."""

import random
import time

import pytest
from tests.checks import inject
from tests.checks.pages import WORDS, check, page
from tests.gold import corpus
from tests.table import Table

from bitext.checks.comparison import differences
from bitext.checks.passages import Both, passage

TABLE = Table("checks_numbers")


def bead(zh, en, name="p1"):
    return Both(name, passage([(1, zh)], "zh"), passage([(2, en)], "en"))


def said(*beads, year=None):
    return [f"{d.severity} {d.kind}: {d.found}" for d in differences(beads, WORDS, year)]


@pytest.mark.parametrize("case", TABLE.cases("equal", "different"))
def test_pairs(case):
    assert said(bead(case["zh"], case["en"]), year=case.get("year")) == case.get("findings", [])


@pytest.mark.parametrize("line", TABLE.cases("lines"))
def test_equal_lines(line):
    zh, _, en = line.partition(" | ")
    assert said(bead(zh, en), year=2025) == []


def test_a_sentence_that_moved_to_the_next_paragraph_is_no_difference():
    first = bead("共有120人。另有45辆车。", "There were 120 people.")
    assert said(first, bead("船已开走。", "45 cars came too. The boats left.", "p2")) == []


def test_the_year_that_a_text_names_most_is_its_year():
    beads = bead("2024年开工", "work began in 2024"), bead("2024年完工", "done in 2024", "p2")
    assert said(*beads, bead("2024年8月", "August", "p3")) == []


def test_a_finding_stands_on_the_english_line_and_names_the_chinese(tmp_path):
    files = {"zh/trade/a.md": page("共3995人\n{ #p1 }\n"), "en/trade/a.md": page("\n\n3,959 people\n{ #p1 }\n")}
    assert check(tmp_path, files) == [
        "docs/en/trade/a.md:9: numbers: 3995 in Chinese, 3,959 in English (p1), expected the same in both"
    ]


def floors(figures, *, certain, small):
    print(f"\n{figures}")
    assert all(figures.made[kind] for kind in (*inject.CERTAIN, *inject.SMALL))
    assert figures.recall(inject.CERTAIN) >= certain
    assert figures.recall(inject.SMALL) >= small


def test_the_projects_own_texts():
    figures = inject.measure(corpus.own(), WORDS)
    assert figures.beads > 400
    right = TABLE.data["printed_once"]
    told = {number: [each for each in figures.differences if number in each.found] for number in right}
    assert all(told.values())
    assert len(figures.differences) - sum(map(len, told.values())) <= figures.beads * 0.005
    # Some mistakes could be right: "8 a.m. to 8 p.m." names 8 twice, and "over 8,002" is over 8,000.
    floors(figures, certain=0.99, small=0.85)


@pytest.mark.seeds
def test_the_seeds():
    if not (texts := corpus.seeds()):
        pytest.skip("the shared seeds are not at hand")
    figures = inject.measure(texts, WORDS)
    lines = {line for difference in figures.differences for line in difference.both.zh.lines}
    assert lines >= {60, 178, 312, 335, 356}
    right = {1, 3, 60, 176, 178, 312, 335, 356}
    errors = [d for d in figures.differences if d.severity == "error" and not right & set(d.both.zh.lines)]
    assert len(errors) <= figures.beads * 0.005
    floors(figures, certain=0.99, small=0.85)


def test_every_class_of_mistake_can_be_made():
    zh = "2024年8月9日第三届六国会议，增长5%，货值30亿元，42人"
    en = "On August 9, 2024 the third meeting of six countries: up 5%, 3 billion yuan, 42 people"
    kinds = {mistake.kind for mistake in inject.mistakes(bead(zh, en), WORDS, random.Random(1))}
    assert kinds == {*inject.CERTAIN, *inject.SMALL}


@pytest.mark.parametrize("zh", ["2024年5月{}日，", "{}%，", "{}万元，"])
def test_a_paragraph_of_nothing_but_figures_is_said_to_be_one(zh):
    """Comparing each with each would take minutes."""
    many = bead("".join(zh.format(n % 28 + 1) for n in range(2000)), "May 3, " * 2000)
    start = time.process_time()
    assert [line for line in said(many) if "figures in one paragraph, too many to compare" in line]
    few = bead("".join(zh.format(n % 28 + 1) for n in range(115)), "May 3, 2019, " * 60)
    said(few)
    assert time.process_time() - start < 10

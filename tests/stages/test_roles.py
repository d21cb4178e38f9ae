"""What a line is: by its words, its shape and what it translates."""

import pytest
from tests.reading import KNOWLEDGE, label, marked, roles_of, understood
from tests.table import Table

from bitext import role_rules, script
from bitext.model import Block
from bitext.plain import plain

TABLE = Table("roles")
FITS, NOT = [], []
for _name, _groups in TABLE["rules"].items():
    for _role, _lines in _groups.items():
        group = NOT if _role == "not" else FITS
        group += [(f"{_name} {_role}: {line}", (_name, _role, str(line))) for line in _lines]


def of_line(line):
    """The line as a block of its own; its language decides nothing but whether it is looked at."""
    return Block(1, 0, 0, len(line), line, "zh" if script.han_count(line) else "en")


def fitting(line, name=None):
    """The rules that describe a line, in their order."""
    text, length = plain(line), script.size(line)
    return [rule for rule in KNOWLEDGE.roles if name in (None, rule.name) and rule.fits(text, length)]


@pytest.mark.parametrize(("name", "role", "line"), TABLE.of(FITS))
def test_lines_that_a_rule_describes(name, role, line):
    block = role_rules.by_words(of_line(line), KNOWLEDGE.roles)
    assert (block.role, block.reason, block.sure) == (role, f"rule {name}", True)


@pytest.mark.parametrize(("name", "role", "line"), TABLE.of(NOT))
def test_lines_that_only_look_like_it(name, role, line):
    assert fitting(line, name) == []


@pytest.mark.parametrize(
    "rule", KNOWLEDGE.roles, ids=lambda rule: f"{rule.name} {rule.role} {KNOWLEDGE.roles.index(rule)}"
)
def test_every_rule_has_cases(rule):
    """A rule that no line of the table needs, or that no line keeps from reaching too far, is not known to be right."""
    assert any(fitting(line)[:1] == [rule] for _, (_, _, line) in FITS), f"no line for {rule.regex}"
    assert any(name == rule.name for _, (name, _, _) in NOT), f"no line under 'not' for {rule.name}"


def test_every_name_of_the_table_is_a_rule():
    assert {rule.name for rule in KNOWLEDGE.roles} == set(TABLE["rules"])


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = marked(case["page"])
    assert roles_of(understood(text).blocks) == marks


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_every_role_but_a_plain_paragraph_has_a_reason(case):
    for block in understood(marked(case["page"])[0]).blocks:
        assert block.reason or block.role == "paragraph"


@pytest.mark.parametrize(
    ("line", "level"),
    [("# A", 2), ("## A", 2), ("### A", 3), ("###### A", 3), ("I. A name", 2), ("Chapter 3", 2)],
)
def test_levels_of_headings(line, level):
    assert role_rules.by_words(of_line(line), KNOWLEDGE.roles).level == level


def test_only_headings_have_a_level():
    for case in TABLE["pages"]:
        assert all((block.level in (2, 3)) == (block.role == "heading") for block in label(marked(case["page"])[0]))


def test_chrome_and_figures_are_not_looked_at():
    chrome = Block(1, 0, 0, 4, "By A", "en", "chrome", "rule share-bar")
    number = Block(1, 0, 0, 5, "Q: 12", "none")
    assert [role_rules.by_words(block, KNOWLEDGE.roles) for block in (chrome, number)] == [chrome, number]

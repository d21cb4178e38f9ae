"""Page furniture is marked by a named rule, and a line of an article never is."""

import sys

import pytest
from tests.reading import KNOWLEDGE, label, marked, roles_of, source
from tests.table import Table

from bitext import chrome, script, segment
from bitext.model import Block
from bitext.plain import plain

TABLE = Table("chrome")
BODY = "The river rose by two metres in the night. By noon it had fallen again, and nobody in the two towns was hurt."
REASONS = (
    "rule ",
    "code between",
    "calls a template",
    "no letter",
    "no word",
    "short, foreign",
    "one of ",
    "follows a list",
    "a link and",
    "a row of",
    "a summary, cut short",
    "announces nothing",
    "comes again",
    "says what",
    "a name in both",
    "the name of the site",
    "when the page",
)
PAIRS = {"fits": [], "not": []}
for _name, _groups in TABLE["rules"].items():
    for _group, _lines in _groups.items():
        PAIRS[_group] += [(f"{_name} {_group}: {line}", (_name, str(line))) for line in _lines]


def fitting(line):
    """The rules that describe a whole line, in their order."""
    text = plain(line)
    return [rule for rule in KNOWLEDGE.chrome if rule.fits(text, script.size(line) or len(text) / 4)]


@pytest.mark.parametrize(("name", "line"), TABLE.of(PAIRS["fits"]))
def test_lines_that_a_rule_describes(name, line):
    assert name in [rule.name for rule in fitting(line)]


@pytest.mark.parametrize(("name", "line"), TABLE.of(PAIRS["not"]))
def test_lines_that_only_look_like_it(name, line):
    assert fitting(line) == []


@pytest.mark.parametrize("line", TABLE.cases("article"))
def test_lines_of_an_article_are_never_furniture(line):
    text = source(f"{line}\n{BODY}")
    block = chrome.known(segment.segment(text), text.lines, KNOWLEDGE)[0]
    assert (block.role, block.reason) == ("paragraph", "")


@pytest.mark.parametrize("rule", KNOWLEDGE.chrome, ids=lambda rule: f"{rule.name} {KNOWLEDGE.chrome.index(rule)}")
def test_every_rule_has_cases(rule):
    """A rule that no line of the table needs, or that no line keeps from reaching too far, is not known to be right."""
    assert any(rule in fitting(line) for _, (_, line) in PAIRS["fits"]), f"no line for {rule.name}"
    assert any(name == rule.name for _, (name, _) in PAIRS["not"]), f"no line under 'not' for {rule.name}"
    if rule.regex and rule.phrases:
        assert any(rule in fitting(line) and not rule.regex.fullmatch(plain(line)) for _, (_, line) in PAIRS["fits"])
        assert any(rule in fitting(line) and rule.regex.fullmatch(plain(line)) for _, (_, line) in PAIRS["fits"])


def test_every_name_of_the_table_is_a_rule():
    assert {rule.name for rule in KNOWLEDGE.chrome} == set(TABLE["rules"])


def test_the_list_of_article_lines_is_long():
    assert len(TABLE["article"]) >= 100


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_pages(case):
    text, marks = marked(case["page"])
    assert roles_of(label(text)) == marks


@pytest.mark.parametrize("case", TABLE.cases("pages"))
def test_nothing_is_deleted_and_every_mark_names_its_reason(case):
    text, _ = marked(case["page"])
    before, after = segment.segment(source(text)), label(text)
    assert [(block.id, block.text) for block in before] == [(block.id, block.text) for block in after]
    for block in after:
        if block.role == "chrome":
            assert block.reason.startswith(REASONS)


def steps_of(count):
    """How many calls it takes to look for summaries among so many that are cut short and as many lines like them."""
    beginning = "\u6c5f\u6c34\u4e00\u591c\u4e0a\u6da8" * 6
    texts = [f"{beginning}a{number}\u2026" for number in range(count)]
    texts += [f"{beginning}b{number}\u3002" for number in range(count)]
    blocks = tuple(Block(line, 0, 0, len(text), text, "zh") for line, text in enumerate(texts, start=1))
    chrome._teasers(blocks)  # the plain forms of texts are kept
    found = 0

    def count_call(_frame, event, _argument):
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        chrome._teasers(blocks)
    finally:
        sys.setprofile(None)
    return found


def test_summaries_that_begin_alike_are_not_compared_each_with_each():
    assert steps_of(800) < 6 * steps_of(200)

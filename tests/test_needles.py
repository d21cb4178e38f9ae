"""Needles: no rule that fits a text is missed, and most rules that do not fit are never asked."""

import contextlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from tests.gold import corpus

from bitext import knowledge, needles, script
from bitext.needles import DIGIT, Haystack
from bitext.openings import Openings
from bitext.plain import plain
from bitext.rules import _FEW_LINES, Rules, bare

KNOWLEDGE = knowledge.load()
RULES = [rule for rules in (KNOWLEDGE.chrome, KNOWLEDGE.roles) for rule in rules if rule.regex]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("print this", {"print"}),  # the longer word is the rarer
        ("(print|share) this page!", {"print", "share"}),  # rarer together than either word of four letters,
        ("(print|share)", {"print", "share"}),
        ("(print|)", None),
        ("(print)? it", {"it"}),
        ("(print)+", {"print"}),
        ("[!#]c", {"!", "#"}),
        ("c", None),  # nearly every line has it
        (r"\d{4}", {DIGIT}),
        (r"[\d.]", {DIGIT, "."}),
        (r"[^a]\w.*", None),
        ("[\u2460-\u2463]", {"\u2460", "\u2461", "\u2462", "\u2463"}),
        ("[\u4e00-\u9fff]", None),  # too many
        ("(?=.*here)there", {"there"}),
        ("(?!here)", None),
        ("来源|出处", {"来源", "出处"}),
        ("完", {"完"}),
        ("点击app", {"点击"}),
        ("Straße", {"stra"}),  # others stand for ß where capitals do not count
        ("(?>news)", {"news"}),
        ("", None),
    ],
)
def test_needles(expression, expected):
    assert needles.needles(re.compile(expression, re.IGNORECASE)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a|b", ["a", "b"]),
        ("^a$|^b", ["^a$", "^b"]),
        ("(a|b)c", ["(a|b)c"]),
        ("(?:a|b|(c|d))|[|()]x|e", ["(?:a|b|(c|d))", "[|()]x", "e"]),
        (r"\||\(", [r"\|", r"\("]),
        (r"[]|]a|[^]|]b|[\]|]c", ["[]|]a", "[^]|]b", r"[\]|]c"]),
        (r"(a)\1|b", [r"(a)\1|b"]),
        ("(?P<x>a)(?P=x)|b", ["(?P<x>a)(?P=x)", "b"]),
        ("(?P<x>a)|(?P=x)b", ["(?P<x>a)|(?P=x)b"]),
        (r"\(?(a)|b", [r"\(?(a)", "b"]),
        ("(a)?(?(1)b|c)|d", ["(a)?(?(1)b|c)|d"]),
        ("(?s)a|b", ["(?s)a|b"]),
        ("a|", ["a", ""]),
    ],
)
def test_ways(expression, expected):
    found = needles.ways(re.compile(expression, re.IGNORECASE))
    assert [way.pattern for way in found] == expected
    assert all(way.flags & re.IGNORECASE for way in found)


@pytest.mark.parametrize("rule", RULES, ids=[f"{number}-{rule.name}" for number, rule in enumerate(RULES)])
def test_what_a_rule_describes_holds_one_of_its_needles(rule):
    ways = needles.ways(rule.regex)
    haystack = Haystack([needles.needles(rule.regex), *map(needles.needles, ways)])
    openings = Openings([(way, rule.whole) for way in (rule.regex, *ways)])
    texts = st.from_regex(rule.regex, fullmatch=rule.whole)

    @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(texts)
    def holds(text):
        found = haystack.of(text) & openings.of(text[:1])
        fitting = [number for number, way in enumerate(ways, 1) if (way.fullmatch if rule.whole else way.search)(text)]
        assert found & 1
        assert fitting
        assert all(found >> number & 1 for number in fitting)

    with contextlib.suppress(Unsatisfiable):  # too much looking ahead for hypothesis
        holds()


LETTERS = "abkisABKIS\u0130\u0131\u017f\u212a来源 1１²ǅßσς"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=5), st.text(LETTERS, max_size=12))
def test_any_words_are_found_as_the_expressions_find_them(words, text):
    expressions = [re.compile(re.escape(word), re.IGNORECASE) for word in words]
    bits = Haystack([needles.needles(expression) for expression in expressions]).of(text)
    for number, expression in enumerate(expressions):
        assert bits >> number & 1 or not expression.search(text)


@pytest.fixture(scope="module")
def lines():
    texts = [line for case in corpus.own() for line in case.source.lines if line.strip()]
    plains = [plain(line) for line in texts]
    return [(text, bare(text), script.size(line)) for line, text in zip(texts, plains, strict=True)]


@pytest.mark.parametrize("name", ["chrome", "roles"])
def test_the_possible_rules_are_those_that_describe_lines_and_few_more(name, lines):
    rules, asked, fitting = getattr(KNOWLEDGE, name), 0, 0
    rules._lines = _FEW_LINES  # from here on only the rules with needles are asked
    for text, phrase, length in lines:
        possible = list(rules.possible(text, phrase, length))
        describing = [rule for rule in rules if rule.fits(text, length)]
        names = (rule.name for rule in possible if rule.describes(text, phrase))
        assert list(dict.fromkeys(names)) == list(dict.fromkeys(rule.name for rule in describing))
        asked, fitting = asked + len(possible), fitting + len(describing)
    assert 0 < fitting < asked < len(lines) * len(rules) / 4
    assert len(rules._ways) > len(rules)


def test_rules_that_go_together_find_what_they_find_apart(lines):
    chrome, roles = (Rules(rules) for rules in (KNOWLEDGE.chrome, KNOWLEDGE.roles))
    assert chrome != roles
    apart = Rules(roles)
    Rules.together(chrome, roles)
    roles._lines = apart._lines = _FEW_LINES
    for text, _, length in lines[:300]:
        assert [*roles.possible(text, "", length)] == [*apart.possible(text, "", length)]


def test_the_first_lines_are_asked_of_all_rules_for_their_length():
    rules = Rules(knowledge.load().chrome)
    assert [*rules.possible("x", "x", 0.0)] == [*rules]
    assert [*rules.possible("x", "x", 1000.0)] == []
    assert [*rules.possible("x", "x", 60.0)] == [rule for rule in rules if rule.most >= 60]


def test_without_the_parser_of_expressions_all_are_asked(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(needles, "import_module", missing)
    assert needles.needles(re.compile("print")) is None
    assert Haystack([None, None]).of("share") == 0b11

"""Plain data with line numbers, and nothing clever."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.strict_yaml import MAX_DEPTH, YamlError, load

SCALARS = {
    "a: b": "b",
    "a: 'b'": "b",
    "a: no": "no",
    "a: yes": "yes",
    "a: on": "on",
    "a: true": True,
    "a: false": False,
    "a: 'true'": "true",
    "a: True": "True",
    "a: null": None,
    "a: ~": None,
    "a:": None,
    "a: ''": "",
    "a: 12": 12,
    "a: -3": -3,
    "a: 012": 12,
    "a: '12'": "12",
    "a: 1.5": 1.5,
    "a: 1e3": "1e3",
    "a: 0x10": "0x10",
    "a: .5": ".5",
    "a: 1_000": "1_000",
    "a: 12:30": "12:30",
    "a: 2024-08-09": "2024-08-09",
    "a: 2024": 2024,
    "a: 99999999999999999999": "99999999999999999999",
    "a: .nan": ".nan",
    "a: [b, 1]": ["b", 1],
    "a: {b: c}": {"b": "c"},
    "a: |\n  b\n  c\n": "b\nc\n",
    "a: b # c": "b",
    "a: 'it''s'": "it's",
}

REFUSED = {
    "a: &x b": (1, "anchor &x"),
    "a: b\nc: *x": (2, "alias *x"),
    "a: !!python/object b": (1, "tag"),
    "a: !x b": (1, "tag !x"),
    "a: b\n<<: {c: d}": (2, "merge key"),
    "a: b\nc: d\na: e": (3, "key 'a' again, first in line 1"),
    "{a: b}: c": (1, "a key must be a word"),
    "? [a]\n: b": (1, "a key must be a word"),
    "a: b\n---\nc: d": (2, "a second document"),
    "a: [b": (1, ""),
    "a: 'b": (1, ""),
    "a: b: c": (1, "not allowed in"),
    "a:\n\t- b": (2, ""),
    "a: \x07": (1, "not allowed"),
    "- a\n-b\nc": (2, ""),
    "[" * 40 + "]" * 40: (1, f"nested more than {MAX_DEPTH} deep"),
}


@pytest.mark.parametrize("text", SCALARS)
def test_scalars(text):
    found, wanted = load(text, "a.yml")["a"], SCALARS[text]
    assert found == wanted
    assert isinstance(found, type(wanted))
    assert isinstance(found, bool) == isinstance(wanted, bool)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_has_its_line(text):
    line, reason = REFUSED[text]
    with pytest.raises(YamlError) as error:
        load(text, "data/a.yml")
    assert reason in error.value.reason
    assert str(error.value) == f"data/a.yml:{error.value.line}: yaml: {error.value.reason}"
    assert line <= error.value.line <= line + 1
    assert error.value.column >= 1


def test_an_empty_text_is_nothing():
    assert load("", "a.yml") is None
    assert load("# a\n", "a.yml") is None


def test_lines_of_keys_and_items():
    found = load("a: b\nc:\n  - d\n  - e: f\n    g: h\n", "a.yml")
    assert (found.line, found.lines) == (1, {"a": 1, "c": 2})
    assert (found["c"].line, found["c"].lines) == (3, [3, 4])
    assert (found["c"][1].line, found["c"][1].lines) == (4, {"e": 4, "g": 5})


def test_lines_count_from_where_the_text_stands_in_its_file():
    assert load("a: b", "a.md", first_line=2).lines == {"a": 2}
    with pytest.raises(YamlError, match=r"a\.md:3: "):
        load("a: b\na: c", "a.md", first_line=2)


@given(st.text(max_size=80) | st.text("ab:- \n[]{}&*!'\"|>#,?%@`~<\t", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_data_or_refused(text):
    with contextlib.suppress(YamlError):
        load(text, "a.yml")

"""Entries of data files: what is asked for is given, what is wrong is named with its line."""

import re
from fractions import Fraction

import pytest

from bitext.anchors.entries import AnchorDataError, Entries, alternation, starts

TEXT = """\
words: [a, b]
values: {one: 1, half: 1/2}
names:
  over: [more than]
letters: abc
count: 3
"""


def entries(tmp_path, text=TEXT):
    path = tmp_path / "words.yml"
    path.write_text(text, encoding="utf-8")
    return Entries.read(path)


def test_values_by_kind(tmp_path):
    found = entries(tmp_path)
    assert found.words("words") == ("a", "b")
    assert found.values("values") == {"one": Fraction(1), "half": Fraction(1, 2)}
    assert found.groups("names") == {"over": ("more than",)}
    assert found.labels("names", ["over"]) == {"more than": "over"}
    assert found.letters("letters") == "abc"
    assert found.whole("count") == 3
    found.finish()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda found: found.words("missing"), "words.yml:1: anchors: missing: missing"),
        (lambda found: found.words("letters"), "words.yml:5: anchors: letters: found 'abc', expected a list of words"),
        (lambda found: found.values("names"), "words.yml:4: anchors: over: found ['more than'], expected a whole"),
        (lambda found: found.labels("names", ["under"]), "words.yml:4: anchors: over: unknown, expected one of under"),
        (lambda found: found.entries("count"), "words.yml:6: anchors: found int, expected keys with values"),
        (lambda found: found.letters("words"), "words.yml:1: anchors: words: found ['a', 'b'], expected a text"),
        (lambda found: found.finish(), "words.yml:1: anchors: words: unknown key"),
    ],
)
def test_errors_name_the_line(tmp_path, ask, message):
    with pytest.raises(AnchorDataError) as error:
        ask(entries(tmp_path))
    assert message in str(error.value)


def test_a_file_that_is_no_mapping_is_refused(tmp_path):
    with pytest.raises(AnchorDataError, match=r"words\.yml:1: anchors: found Seq, expected keys with values"):
        entries(tmp_path, "[a]")


def test_alternation_prefers_the_longest_and_keeps_its_guards():
    pattern = re.compile(alternation(["a", "ab", "b."], {"a": "(?!x)"}))
    assert [pattern.match(text)[0] for text in ("abc", "ac", "b.")] == ["ab", "a", "b."]
    assert pattern.match("ax") is None
    assert pattern.match("bc") is None


def test_starts_escapes_what_a_class_would_misread():
    assert re.fullmatch(f"[{starts(['-a', ']', 'b'])}]+", "-]b")

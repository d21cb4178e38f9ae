"""Front matter that is read without a parser of YAML says what the parser reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bitext import front_matter, strict_yaml
from bitext.fast.sources import simple

ROOT = Path(__file__).resolve().parents[2]
KEYS = st.sampled_from(["title", "date", "topics", "source_id", "a b", "A", "true", "null", ""])
PIECES = st.lists(
    st.sampled_from(
        [
            *"a1:# \"'\\[],{&*!|>-%@`~\t\u4e2d\x85\xa0\u2028\ufeff\U0001f600",
            *("b-c", "2024-08-09", "2024", ": ", " #", ", ", "true", "no", "null"),
        ]
    ),
    max_size=5,
).map("".join)
WRAPPED = st.tuples(st.sampled_from(['"{}"', "[{}]"]), PIECES).map(lambda each: each[0].format(each[1]))
VALUES = st.one_of(PIECES, WRAPPED, st.text(max_size=4))
LINES = st.tuples(KEYS, st.sampled_from([": ", ":", ":  ", " "]), VALUES).map("".join)


def parts(value: Any) -> Any:
    """A value with the lines that it knows."""
    if isinstance(value, strict_yaml.Map):
        return value.line, value.lines, [(key, parts(each)) for key, each in value.items()]
    return (value.line, value.lines, list(value)) if isinstance(value, strict_yaml.Seq) else (type(value), value)


def same(yaml: str) -> bool:
    found = simple(yaml)
    if found is not None:
        assert parts(found) == parts(strict_yaml.load(yaml, "", first_line=2))
    return found is not None


@given(st.lists(LINES, max_size=3).map("\n".join), st.sampled_from(["", "\n"]))
@example("title: a", "\n")
@example("topics: [true-a, b]", "")
@example("topics: [null]", "")
def test_any_text(yaml: str, end: str) -> None:
    same(f"{yaml}{end}")


def pages() -> Iterator[Path]:
    return (ROOT / "docs").rglob("*.md")


def test_nearly_all_own_pages_are_read_so() -> None:
    yamls = [pieces[0] for path in pages() if (pieces := front_matter.split(path.read_text(encoding="utf-8")))]
    assert len([yaml for yaml in yamls if same(yaml)]) > len(yamls) / 2


@pytest.mark.parametrize("yaml", ["", "a", "a: ", "a: b: c", "a: b #c", "a: 1", "a: true", "a: x\na: y", "a: x\n\n"])
def test_what_goes_to_the_parser(yaml: str) -> None:
    assert simple(yaml) is None

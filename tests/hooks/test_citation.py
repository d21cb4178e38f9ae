from __future__ import annotations

import re

import pytest
from _citation import bibtex, gbt7714

from bitext.model import FrontMatter

ADDRESS = "https://x.example/en/trade/a-b/"
FULL = FrontMatter("A & B", ("trade",), "a", date="2024-08-09", source="Agency 1_2")
BARE = FrontMatter("T", ("trade",), "a")


def test_a_bibtex_entry_says_what_is_known() -> None:
    assert bibtex(FULL, "en", "trade/a-b.md", ADDRESS, "The Site").splitlines() == [
        "@misc{a-b-en,",
        r"  title = {{A \& B}},",
        "  howpublished = {The Site},",
        "  year = {2024},",
        "  month = aug,",
        "  day = {9},",
        r"  note = {Source: Agency 1\_2},",
        "  language = {en},",
        "  url = {https://x.example/en/trade/a-b/},",
        "}",
    ]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", []),
        ("2024", ["year = {2024}"]),
        ("2024-12", ["year = {2024}", "month = dec"]),
        ("2024-01-31", ["year = {2024}", "month = jan", "day = {31}"]),
    ],
)
def test_a_bibtex_entry_has_the_pieces_of_the_date_that_are_known(date: str, expected: list[str]) -> None:
    entry = bibtex(FrontMatter("T", ("trade",), "a", date=date), "zh", "trade/a.md", ADDRESS, "S")
    assert re.findall(r"(?:year|month|day) = [^,]+", entry) == expected
    assert "note" not in entry


@pytest.mark.parametrize("title", ["}}, note = {x", "100 % \\input{secret}", "{{{", "#$~^"])
def test_no_title_leaves_its_braces(title: str) -> None:
    entry = bibtex(FrontMatter(title, ("trade",), "a"), "en", "trade/a.md", ADDRESS, "S")
    plain = re.sub(r"\\[{}&%$#_]|\\\w+\{\}", "", entry)
    assert plain.count("{") == plain.count("}")
    assert "\\input" not in entry
    assert len(entry.splitlines()) == 6


def test_a_reference_after_the_chinese_standard() -> None:
    assert gbt7714(FULL, ADDRESS, "澜湄对读") == f"A & B[EB/OL]//澜湄对读. (2024-08-09). {ADDRESS}."
    assert gbt7714(BARE, ADDRESS, "S") == f"T[EB/OL]//S. {ADDRESS}."

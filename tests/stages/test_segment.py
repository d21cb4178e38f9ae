"""Lines are cut at the exact character, and nothing between the pieces is lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import source
from tests.table import Table

from bitext import read, script, segment
from bitext.cuts import HTML_TAG
from bitext.pieces import pieces

SHARED = Path(__file__).parents[3] / "shared"
TABLE = Table("segment")
CUTS = [group for group in TABLE.data if group not in ("one language", "lines")]
WHOLE = [(f"{lang}: {line}", (lang, str(line))) for lang, lines in TABLE["one language"].items() for line in lines]
HAN, LATIN, MARKS = (
    "\u6e44\u516c\u6cb3\u6c34\u7ad9",
    "abcdeST",
    " /|()\uff08\uff09[].,;:!?\u3002\uff0c\u201c\u201d\"'#-*>\u3000\t\u300a\u300b1290%\uff5c",
)
MIXED = st.text(st.sampled_from(HAN + LATIN + MARKS), max_size=80)
WORDS = st.lists(
    st.sampled_from(
        [
            "\u6e44\u516c\u6cb3",
            "\u6c34\u7ad9\u3002",
            "the river",
            "Mekong",
            "LMC",
            "(",
            ")",
            " / ",
            "\u201c",
            "\u201d",
            ". ",
            "2024",
            "# ",
            "\uff0c",
            "[",
            "](https://a.example/b)",
            "- ",
            "www.a.example",
        ]
    ),
    max_size=30,
).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=60)


def cut(line):
    return [f"{lang} {line[start:end]}" for lang, start, end in pieces(line)]


@pytest.mark.parametrize(("line", "expected"), TABLE.cases(*CUTS))
def test_lines_of_both_languages(line, expected):
    assert cut(line) == expected


@pytest.mark.parametrize(("lang", "line"), TABLE.of(WHOLE))
def test_lines_of_one_language(lang, line):
    assert cut(line) == [f"{lang} {line.strip()}"]


@pytest.mark.parametrize("case", TABLE.cases("lines"))
def test_blocks(case):
    found = segment.segment(source("\n".join(map(str, case["lines"]))))
    assert [f"{block.id} {block.lang} {block.role} {block.text}" for block in found] == case["blocks"]


@pytest.mark.parametrize("case", TABLE.cases("lines"))
def test_a_watermark_says_why(case):
    found = segment.segment(source("\n".join(map(str, case["lines"]))))
    assert all(block.reason.startswith(("watermark: ", "number of")) == (block.role == "chrome") for block in found)


def assert_whole(line, blocks):
    """Pieces and what stands between them are the line; what is between holds no letter."""
    end = 0
    for block in blocks:
        assert line[block.start : block.end] == block.text != ""
        assert block.start >= end
        assert not any(character.isalnum() for character in gap(line, end, block.start))
        end = block.end
    assert not any(character.isalnum() for character in gap(line, end, len(line)))
    assert [block.part for block in blocks] == (list(range(1, len(blocks) + 1)) if len(blocks) > 1 else [0])


def gap(line, start, end):
    """What stands between two pieces, the address of a Markdown link and tags of HTML aside."""
    return HTML_TAG.sub("", line[start:end]) if "](" not in line[max(start - 1, 0) : end] else ""


@given(MIXED | WORDS | ANY)
@settings(max_examples=300, deadline=None)
def test_pieces_and_gaps_give_the_line_back(line):
    try:
        text = source(line)
    except read.SourceError:
        return
    blocks = segment.segment(text)
    for number, kept in enumerate(text.lines, start=1):
        mine = [block for block in blocks if block.line == number]
        assert bool(mine) == bool(kept.strip())
        if mine:
            assert_whole(kept, mine)


@given(st.lists(MIXED | WORDS, max_size=8))
@settings(max_examples=100, deadline=None)
def test_blocks_of_many_lines_are_whole_too(lines):
    lines += lines[:1] * 3  # so that there are watermarks
    try:
        text = source("\n".join(line.replace("\n", "") for line in lines))
    except read.SourceError:
        return
    blocks = segment.segment(text)
    for number, line in enumerate(text.lines, start=1):
        if line.strip():
            assert_whole(line, [block for block in blocks if block.line == number])


@given(st.text(st.sampled_from(HAN + "\u3002\uff0c\u300a\u300b"), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_text_without_a_latin_letter_is_never_cut(line):
    lang = "zh" if script.han_count(line) else "none"
    assert cut(line) == [f"{lang} {line}"]


@pytest.mark.seeds
@pytest.mark.skipif(not (SHARED / "gold/seeds").is_dir(), reason="the seeds are not there (../shared)")
def test_the_lines_of_the_seeds_that_hold_both_languages_are_cut():
    for file in sorted((SHARED / "gold/seeds").glob("*.json")):
        lines = json.loads(file.read_text("utf-8"))["lines"]
        path = SHARED / "seeds" / f"{file.stem}.txt"
        blocks = segment.segment(read.source_text(path.read_bytes(), path))
        cut_lines = {block.line for block in blocks if block.part}
        assert cut_lines >= {line["n"] for line in lines if line["lang"] == "both"}
        assert cut_lines <= {line["n"] for line in lines if "segments" in line}

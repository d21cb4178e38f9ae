"""All stages together: no text brings them down, nothing is lost on the way, the same text gives the same article."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.reading import KNOWLEDGE, lexicon, replaced, source

from bitext import explain, knowledge, pipeline, read
from bitext.model import CONTENT_ROLES

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "sources").glob("*.txt"))
HAN = "\u6e44\u516c\u6cb3\u6c34\u7ad9\u6765\u6e90\u4e00\u4e8c\u5e74\u6708\u65e5\u95ee\u7b54\u56fe"
MARKS = (
    " .,:;!?()[]{}<>\"'#*|/\\-_=+@&%$~^`\u3002\uff0c\u3001\uff1a\uff1b\uff1f\uff01"
    "\uff08\uff09\u3010\u3011\u300a\u300b\u201c\u201d\u2014\u2026\u3000"
)
CONTROLS = "\n\n\n\t\r\x0b\x0c\x1b\x1f\x7f\x85\u00a0\u200b\u200f\u2028\u2029\ufeff\ufffd\u0e01\u0301"
MIXED = st.text(st.sampled_from(HAN + "abcXYZ0123456789" + MARKS + CONTROLS), max_size=120)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
PIECES = st.sampled_from(
    [
        "\u6e44\u516c\u6cb3",
        "\u6c34\u7ad9\u5411\u516c\u4f17\u5f00\u653e\u3002",
        "The river rose in the night.",
        "Mekong",
        "(",
        ")",
        "\u300a",
        "\u201d",
        "## ",
        "- ",
        "1. ",
        "\u4e00\u3001",
        "IV. ",
        "\uff08\u4e8c\uff09",
        "2024-05-03",
        "5\u67083\u65e5",
        "\u6765\u6e90\uff1a",
        "Source: ",
        "By Li ",
        "Q:",
        "\u7b54\uff1a",
        "\u56fe\u4e3a",
        "(Photo by A)",
        "\u9996\u9875 > ",
        "\u76f8\u5173\u9605\u8bfb",
        "\u5206\u4eab\u5230",
        "https://example.org/a",
        "](https://example.org)",
        "[",
        "```",
        "***",
        "12",
        "3%",
        " / ",
        " | ",
        "\u3000",
        "\n",
        "\n",
        "\n\n",
        "a" * 300,
        "\u6c34" * 300,
        "word " * 60,
    ]
)
PAGES = st.lists(PIECES, max_size=40).map("".join)


def understood_or_refused(text):
    """The article of a text; ``None`` where reading refuses it: nothing but blanks, or NUL."""
    try:
        found = source(text)
    except read.SourceError:
        assert "\0" in text or not text.removeprefix("\ufeff").strip()
        return None
    return pipeline.understand(found, KNOWLEDGE, lexicon())


def assert_whole(article):
    """Every piece of every line that is not blank is a block; every content block is in one bead; chrome is in none."""
    seen = {block.line for block in article.blocks}
    assert seen == {n for n, line in enumerate(article.source.lines, start=1) if line.strip()}
    for block in article.blocks:
        assert article.source.lines[block.line - 1][block.start : block.end] == block.text
        assert block.role != "chrome" or block.reason
    inside = [block.id for bead in article.beads for block in bead.blocks]
    assert len(inside) == len(set(inside))
    content = {b.id for b in article.blocks if b.role in CONTENT_ROLES and b.lang != "none"}
    assert content <= set(inside)
    assert not {b.id for b in article.blocks if b.role == "chrome"} & set(inside)
    for bead in article.beads:
        assert bead.blocks
        assert {b.lang for b in bead.zh} <= {"zh"}
        assert {b.lang for b in bead.en} <= {"en"}


@given(MIXED | PAGES | ANY)
@example("(")
@example("\uff09\n\u300a\n]")
@example("\u6c34 a\n" * 400)
@example("a" * 20_000 + "\u6c34" * 20_000)
@example("[\u6c34 / water](https://example.org)")
@settings(max_examples=250, deadline=None)
def test_no_text_brings_it_down_and_nothing_is_lost(text):
    article = understood_or_refused(text)
    if article is not None:
        assert_whole(article)
        explain.record(article)


@given(PAGES)
@settings(max_examples=40, deadline=None)
def test_twice_is_the_same(text):
    assert understood_or_refused(text) == understood_or_refused(text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_projects_own_sources_are_whole(path):
    assert_whole(pipeline.understand(read.source_text(path.read_bytes(), path), KNOWLEDGE, lexicon()))


LONG = (
    "\u6c34\u7ad9\u5728\u4e94\u6708\u5411\u516c\u4f17\u5f00\u653e\uff0c\u5171\u6709\u516b\u5341\u4eba\u53c2\u89c2\u3002",
    "The station opened to the public in May, and eighty people came.",
)


SMALL, LARGE = 25_000, 100_000
"""Characters: what takes the square of its length takes 16 times as long for the second."""
SECONDS, OF_A_LINE, OF_A_CHARACTER = 4.0, 0.4e-3, 15e-6
"""The law of SECURITY.md: what is allowed at once, for each line or piece of one, and for each character."""
LOADED = 3.0
"""So much slower a machine may be that does other things too."""
LONGEST_GROWTH, UNNOTICED = 9.0, 0.05
"""So many times as long four times the length may take; what takes fewer seconds than the second tells nothing."""
MANY = 1000
"""Pieces whose alignment takes long by itself: a table of all of them, up to its limit."""
SHAPES = {
    "Chinese on one line": lambda size: LONG[0] * (size // len(LONG[0])),
    "English on one line": lambda size: LONG[1] * (size // len(LONG[1])),
    "both on one line": lambda size: "".join(LONG) * (size // sum(map(len, LONG))),
    "brackets round a text": lambda size: "(" * (size // 3) + LONG[0] * (size // 90) + ")" * (size // 3),
    "brackets that nothing closes": lambda size: "(" * size + "\u7b54\uff1a",
    "words in brackets that nothing closes": lambda size: "(a" * (size // 3) + "\uff1a" * (size // 3) + "\u6765",
    "short Chinese lines": lambda size: "\n".join(["\u6c34"] * (size // 20)),
    "signs and both languages": lambda size: "!" * (size // 3) + "\u4e2d\u6c34 / wood and river / " * (size // 33),
    "Chinese and a comma": lambda size: "\u6c34," * (size // 2),
    "one letter and a blank": lambda size: "a " * (size // 2),
    "figures and Chinese": lambda size: "\n".join(["1, 2, 3 / \u6c34"] * (size // 50)),
    "the row of a table": lambda size: "\u6c5f\t\u6c34 river\tboat\t" * (size // 16),
    "stops": lambda size: "." * size,
    "blanks, then a letter": lambda size: " " * size + "a",
    "Chinese, blanks, English": lambda size: "\u6c5f" + " " * size + "river",
    "Chinese, blanks, capitals": lambda size: "\u6c5f" + " " * size + "RIVER X",
    "codes before wide blanks": lambda size: "RIVER\u6c5f" * (size // 12) + "\u3000" * (size // 2),
    "tabs behind a stop": lambda size: "1. " + "\t" * size + "<",
    "hyphens": lambda size: "A-" * (size // 2),
    "titles without end": lambda size: "\u300a" * size + "a",
    "labels": lambda size: "\u6765\u6e90\uff1a" * (size // 3),
    "entries of a list": lambda size: "\n".join(f"{number}. \u6c34" for number in range(1, size // 50)),
    "quotes": lambda size: "> " * (size // 2),
    "marks of headings": lambda size: "# " * (size // 2),
    "stars": lambda size: "*" * size + "\u6c34 Water:",
    "wide blanks before words": lambda size: "\u3000" * size + "\u6c34 Water (boats)",
    "wide blanks amid words": lambda size: "a" + "\u3000" * size + "\u6c34 Water:",
    "wide blanks before a number": lambda size: "a" + "\u3000" * size + "x 1",
    "tabs behind a heading": lambda size: "# a" + "\t" * size + "x",
    "lines under words": lambda size: "_" * size + "x",
    "bars": lambda size: "|" * size + "x",
    "words before a bar": lambda size: "river" * (size // 5) + " | AB ",
    "signs of addresses": lambda size: "@" * size + "\u6c5f",
    "figures and a word": lambda size: "1" * size + " \u6c34 |b",
}


def seconds(text):
    """What it takes to understand a text, of the time of this process, and how many pieces it has."""
    start = time.process_time()
    article = understood_or_refused(text)
    taken = time.process_time() - start
    assert_whole(article)
    return taken, len(article.blocks)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length_of_a_text_and_keeps_the_law(shape):
    lexicon()
    small, _ = seconds(SHAPES[shape](SMALL))
    text = SHAPES[shape](LARGE)
    large, pieces = seconds(text)
    assert large < LOADED * (SECONDS + OF_A_LINE * pieces + OF_A_CHARACTER * len(text))
    at_once = SECONDS if pieces > MANY else 0
    assert large < LONGEST_GROWTH * max(small, UNNOTICED) + at_once


def test_knowledge_that_is_nearly_empty_is_enough():
    none = knowledge.Rules()
    bare = replaced(chrome=none, roles=none, values=(), numbering=(), tags=(), glossary=(), overrides={})
    for path in SOURCES[:3]:
        assert_whole(pipeline.understand(read.source_text(path.read_bytes(), path), bare, lexicon(dictionary=False)))


def test_the_stages_do_not_change_what_they_are_given():
    text = source("\n".join(LONG * 2))
    before = (text, KNOWLEDGE.overrides.copy())
    pipeline.understand(text, KNOWLEDGE, lexicon())
    assert before == (text, KNOWLEDGE.overrides)
    assert knowledge.load().chrome == KNOWLEDGE.chrome


def explaining(seed):
    """A process with a hash seed of its own that explains all sources."""
    command = [sys.executable, "scripts/convert.py", "--explain", "--json", *(path.as_posix() for path in SOURCES)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_same_bytes_in_every_process():
    with explaining(1) as one, explaining(4242) as other:
        (first, errors), (second, _) = one.communicate(), other.communicate()
    assert (one.returncode, other.returncode) == (0, 0), errors.decode()
    assert first == second
    assert first.count(b"\n") == len(SOURCES)

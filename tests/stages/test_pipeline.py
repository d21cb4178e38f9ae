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


@pytest.mark.parametrize(
    "text",
    [
        LONG[0] * 3000,
        LONG[1] * 1500,
        (LONG[0] + LONG[1]) * 800,
        "(" * 5000 + LONG[0] + ")" * 5000,
        "\n".join(["\u6c34"] * 1500),
        "\n".join(["1, 2, 3 / \u6c34"] * 500),
        "\u6c34," * 5000,
        "a " * 5000,
        "." * 100_000,
        " " * 50_000 + "a",
        "A-" * 50_000,
        "\u300a" * 3000 + "a",
        "\u6765\u6e90\uff1a" * 2000,
        "\n".join(f"{n}. \u6c34" for n in range(1, 400)),
        "> " * 3000,
        "# " * 3000,
        "*" * 20_000 + "\u6c34 Water:",
        "\u3000" * 20_000 + "\u6c34 Water (boats)",
        "a" + "\u3000" * 20_000 + "\u6c34 Water:",
        "# a" + "\t" * 20_000 + "x",
        "a" + "\u3000" * 20_000 + "x 1",
        "_" * 20_000 + "x",
        "|" * 40_000 + "x",
    ],
    ids=lambda text: f"{text[:6]!a} {len(text)}",
)
def test_long_lines_and_long_runs_take_no_longer_than_they_should(text):
    start = time.process_time()
    assert_whole(understood_or_refused(text))
    assert time.process_time() - start < 4


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

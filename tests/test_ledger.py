"""Every character of every source at hand has one place, and so has any other."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.builders import article
from tests.builders import knowledge as small
from tests.whole import assert_whole

from bitext import knowledge, page, read
from bitext.compose import compose
from bitext.explain import account, record
from bitext.ledger import Placed, ledger
from bitext.lexicon import Lexicon
from bitext.model import Removal
from bitext.pipeline import understand

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared/seeds"
SOURCES = sorted((ROOT / "sources").glob("*.txt"))


@pytest.fixture(scope="module")
def known():
    found = knowledge.load()
    return found, Lexicon(found.glossary, found.english)


def assert_whole_file(path, known):
    source = read.source_text(path.read_bytes(), path)
    found = understand(source, *known)
    assert_whole(found, compose(found, known[0]))


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
def test_our_sources(path, known):
    assert_whole_file(path, known)


@pytest.mark.seeds
def test_the_seeds(known):
    if not SEEDS.is_dir():
        pytest.skip(f"no seeds at {SEEDS}")
    for path in sorted(SEEDS.glob("*.txt")):
        assert_whole_file(path, known)


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["一、会议", "I. Meeting", "中心召开会议，12家参加。", "The centre met; 12 agencies came."]),
    st.sampled_from(["2024年8月9日", "来源:某网", "(图片来源:某社)", "返回顶部", "标题 / Title", "Q: Why?"]),
    st.sampled_from(["* [a](b) | c", "---", "# 标题", " "]),
    st.lists(st.sampled_from("中文,。()12 aB./|\t\x01\u2028\u3000#*-"), max_size=12).map("".join),
)
MARKED = st.lists(
    st.sampled_from(
        ["[x](http://)", "[12](/a)", "**12**", "> 12", "# 3", "08:30", "---", "**水** / **Water**", "分 Bb", "水。"]
    ),
    min_size=1,
    max_size=2,
).map("".join)
"""Short lines of any language and none, most of them with marks that no page shows."""


@settings(deadline=None, max_examples=150)
@given(st.lists(LINES, max_size=14))
def test_no_text_at_all_brings_the_converter_down_or_loses_a_character(known, lines):
    try:
        source = read.source_text("\n".join(lines).encode("utf-8", "replace"), Path("sources/s1.txt"))
    except read.SourceError:
        return
    found = understand(source, *known)
    made = compose(found, known[0])
    assert_whole(found, made)
    for one in made.pages:
        assert page.parse(page.render(one), f"docs/{one.lang}/{one.path}") == one
    assert record(found)["id"] == "s1"
    assert account(found)


@pytest.mark.parametrize("line", ["# {}", "##  {}", "# Boats{}"])
def test_a_heading_of_nothing_but_a_watermark_is_none(known, line):
    mark = "江边渔讯网转载-https://fish.example/12.html"
    lines = (f"船都靠了岸，渔民在家里等着天亮。{mark}", line.format(mark), f"水位标尺立在老渡口的石阶上。{mark}")
    source = read.source_text("\n".join(lines).encode(), Path("sources/s1.txt"))
    found = understand(source, *known)
    made = compose(found, known[0])
    assert_whole(found, made)
    assert all(part.text for one in made.pages for part in one.parts)
    assert all(page.parse(page.render(one), f"docs/{one.lang}/{one.path}") == one for one in made.pages)


@settings(deadline=None, max_examples=150)
@given(st.lists(MARKED, min_size=1, max_size=6))
@example(["[x](http://)", "分 Bb"])
@example(["**12**", "水。", "Water."])
def test_entries_never_overlap_and_with_the_pages_cover_every_character(known, lines):
    found = understand(read.source_text("\n".join(lines).encode(), Path("sources/s1.txt")), *known)
    assert_whole(found, compose(found, known[0]))


def test_entries_tell_what_became_of_a_line():
    source = article(["zh paragraph 1 | 一\x00。 || en chrome - | Share"])
    made = compose(source, small())
    entries = ledger(source, made.placed, made.removals)
    assert [
        (entry.start, entry.end, entry.rule if isinstance(entry, Removal) else entry.part) for entry in entries
    ] == [(0, 1, 0), (1, 2, "unshowable"), (2, 3, 0), (3, 6, "separator"), (6, 11, "chrome")]
    assert sum(isinstance(entry, Placed) for entry in entries) == 2

"""Every character of every source at hand has one place."""

from pathlib import Path

import pytest
from tests.builders import article
from tests.builders import knowledge as small
from tests.whole import assert_whole

from bitext import knowledge, read
from bitext.compose import compose
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


def test_entries_tell_what_became_of_a_line():
    source = article(["zh paragraph 1 | 一\x00。 || en chrome - | Share"])
    made = compose(source, small())
    entries = ledger(source, made.placed, made.removals)
    assert [
        (entry.start, entry.end, entry.rule if isinstance(entry, Removal) else entry.part) for entry in entries
    ] == [(0, 1, 0), (1, 2, "unshowable"), (2, 3, 0), (3, 6, "separator"), (6, 11, "chrome")]
    assert sum(isinstance(entry, Placed) for entry in entries) == 2

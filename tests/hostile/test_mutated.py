"""Sources with accidents: refused in one line, or converted whole into pages that read back and that the site can show.

``make nightly`` runs a hundred thousand; SEED=… repeats one run. A mutant that fails is printed with its number.
"""

import os
import random
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.hostile.mutate import mutant, slices
from tests.sizes import size
from tests.whole import assert_whole

from bitext import doors, knowledge, lexicon, markup, page, pipeline
from bitext.checks import gate, known
from bitext.compose import compose
from bitext.output import clean
from bitext.read import SourceError

ROOT = Path(__file__).parents[2]
COUNT = size(2_000, 100_000)
PARTS = 4
SEED = int(os.environ.get("SEED", "1"))
SECONDS = 2.0
"""For one mutant of at most 6,000 bytes; 0.01 is usual."""


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)


def shown(html):
    """What a reader sees, without blanks: blocks are parted by them."""
    collector = _Text()
    collector.feed(html)
    collector.close()
    return "".join("".join(collector.found).split())


@pytest.fixture(scope="module")
def stages():
    found = knowledge.load()
    return found, lexicon.Lexicon(found.glossary, found.english), known.known(found), markup.renderer()


@pytest.fixture(scope="module")
def pieces():
    return slices([path.read_bytes() for path in sorted((ROOT / "sources").glob("*.txt"))])


def proved(data, stages):
    """Whether bytes were taken as a source; all that must hold of its pages."""
    facts, words, checked, reader = stages
    told = ""
    try:
        source = doors.source_text(data, Path("sources/mutant.txt"))
    except SourceError as error:
        told = str(error)
    if told:
        assert re.match(r"sources/mutant\.txt(:\d+)?: \S.*\n    \S", told)
        return False
    article = pipeline.understand(source, facts, words)
    made = compose(article, facts)
    assert_whole(article, made)
    for one in made.pages:
        text, path = page.render(one), f"docs/{one.lang}/{one.path}"
        assert page.parse(text, path) == one
        assert gate.unbuildable(text, path, checked) == []
        html = reader.reset().convert(text.split("\n---\n", 1)[1])
        assert clean.difference(html) is None
        assert shown(html) == "".join("".join(part.text for part in one.parts).split())
    return True


@pytest.mark.parametrize("part", range(PARTS))
def test_mutants(part, stages, pieces, capsys):
    taken, slowest = 0, 0.0
    for number in range(part * COUNT // PARTS, (part + 1) * COUNT // PARTS):
        data = mutant(random.Random(f"{SEED}/{number}"), pieces)
        start = time.process_time()
        try:
            taken += proved(data, stages)
        except Exception as error:
            pytest.fail(f"mutant {SEED}/{number}: {type(error).__name__}: {error}\n{data!r}")
        slowest = max(slowest, time.process_time() - start)
    with capsys.disabled():
        print(f"\nmutated sources, part {part + 1}: {COUNT // PARTS}, {taken} converted, slowest {slowest:.2f} s")
    assert taken >= COUNT // PARTS / 4
    assert slowest < SECONDS

"""Perturbed copies are what they say, and their labels stay true."""

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gold import corpus, perturb
from tests.gold.perturb import SERIES, Piece, labelled, pairs

from bitext import knowledge, strict_yaml

FILE = Path(__file__).parents[1] / "cases/perturb.yml"
PLACES = strict_yaml.load(FILE.read_text("utf-8"), str(FILE))["places"]
OWN = corpus.own()
BEADS = {case.id: pairs(case.source.lines, case.gold) for case in OWN}
LONG = [bead for beads in BEADS.values() for bead in beads]


def texts(beads, side):
    return [piece.text for bead in beads for piece in bead[side]]


def solid(found):
    return "".join("".join(found).split())


def test_every_content_piece_of_the_labels_is_in_a_copy():
    for case in OWN:
        wanted = {str(unit) for bead in case.gold["beads"] for side in ("zh", "en") for unit in bead[side]}
        content = dict(perturb._pieces(case.source.lines, case.gold))
        text = solid(texts(BEADS[case.id], 0)) + solid(texts(BEADS[case.id], 1))
        assert all(solid([content[unit].text]) in text for unit in wanted if unit in content)


def test_the_clean_copy_is_the_text():
    assert perturb.perturb(LONG, "clean", 0) == LONG


def test_hard_wrapped_paragraphs_are_joined():
    wrapped = [case for case in OWN if "hard_wrapped" in case.gold["tags"]]
    assert wrapped
    assert all(len(side) <= 1 for case in wrapped for bead in BEADS[case.id] for side in bead)


@pytest.mark.parametrize("series", SERIES)
def test_the_same_seed_gives_the_same_copy_and_another_seed_another(series):
    one, two = perturb.perturb(LONG, series, 100), perturb.perturb(LONG, series, 101)
    assert one == perturb.perturb(LONG, series, 100)
    assert (one == two) is (series == "clean")


@pytest.mark.parametrize("share", [0.05, 0.2])
def test_deleting_strikes_its_share_and_changes_nothing_else(share):
    found = perturb._delete(LONG, share, random.Random(100))
    lost = sum((Counter(texts(LONG, side)) - Counter(texts(found, side))).total() for side in (0, 1))
    unpaired = sum(not zh or not en for zh, en in LONG)
    assert abs(lost - share * len(LONG)) <= 1 + share * unpaired  # a bead of one side may be struck on the other
    assert not any(Counter(texts(found, side)) - Counter(texts(LONG, side)) for side in (0, 1))
    assert all(zh or en for zh, en in found)


def test_merging_strikes_its_share_and_loses_nothing():
    found = perturb._merge(LONG, 0.1, random.Random(100))
    assert 0 < len(LONG) - len(found) <= 0.1 * len(LONG) + 1
    assert len(LONG) - len(found) >= 0.07 * len(LONG)  # neighbours of a merged bead may have become too large
    assert all(solid(texts(found, side)) == solid(texts(LONG, side)) for side in (0, 1))
    assert all(len(side) <= 3 for new in set(found) - set(LONG) for side in new)


def test_splitting_strikes_its_share_and_loses_nothing():
    found = perturb._split(LONG, 0.2, random.Random(100))
    changed = sum(old != new for old, new in zip(LONG, found, strict=True))
    assert abs(changed - 0.2 * len(LONG)) <= 1
    assert all(solid(texts(found, side)) == solid(texts(LONG, side)) for side in (0, 1))
    assert all(piece.text for bead in found for side in bead for piece in side)


@pytest.mark.parametrize("case", PLACES, ids=[case["label"] for case in PLACES])
def test_places_between_sentences(case):
    parts = case["text"].split("|")
    ends = [len("".join(parts[:number])) for number in range(1, len(parts))]
    assert perturb._places(Piece("".join(parts), "paragraph")) == ends


@pytest.mark.parametrize("side", [0, 1])
def test_no_paragraph_is_cut_where_two_were_glued(side):
    text = ("\u597d\u3002\u597d\u3002", "An end. Next.")[side]
    bead = ((Piece(text, "paragraph"),),) * 2
    (glued,) = perturb._glued(bead, bead, side)[side]
    first = (2, len("An end."))[side]
    assert glued.seams == (len(text),)
    assert perturb._places(glued) == [first, len(text) + side + first]


@pytest.mark.parametrize("side", [0, 1])
def test_no_paragraph_is_cut_that_translates_several(side):
    one, several = (Piece("One. Two.", "paragraph"),), (Piece("A first. A second.", "paragraph"),) * 2
    known = perturb._known((one, several) if side == 0 else (several, one))
    assert not any(map(perturb._splittable, known))
    (glued,) = perturb._glued(perturb._known((one, one)), known, side)[side]
    assert not perturb._places(glued)


@pytest.mark.parametrize("series", SERIES)
def test_a_paragraph_without_counterpart_is_alone(series):
    found = perturb.perturb(LONG, series, 100)
    assert all(len(zh) + len(en) == 1 for zh, en in found if not zh or not en)


def test_headings_are_neither_merged_nor_split():
    bead = ((Piece("First. Second.", "heading"),),) * 2
    assert not perturb._mergeable(bead, bead)
    assert not any(map(perturb._splittable, bead))


@pytest.mark.parametrize("interleaved", [False, True])
def test_labels_of_a_copy_name_its_lines(interleaved):
    copy = perturb.perturb(LONG, "all", 100)
    source, gold = labelled(copy, "copy", interleaved=interleaved)
    for (zh, en), bead in zip(copy, gold["beads"], strict=True):
        assert [source.lines[int(n) - 1] for n in bead["zh"]] == [piece.text for piece in zh]
        assert [source.lines[int(n) - 1] for n in bead["en"]] == [piece.text for piece in en]
    langs = [line["lang"] for line in gold["lines"]]
    changes = sum(one != two for one, two in pairwise(langs))
    assert changes > len(copy) if interleaved else changes == 1


def test_blocks_for_the_aligner_are_the_lines_of_the_copy():
    copy = perturb.perturb(LONG, "10 % merged", 100)
    source, gold = labelled(copy, "copy", interleaved=True)
    blocks, keys = perturb.blocks(copy, knowledge.load(), interleaved=True)
    assert [block.text for block in blocks] == list(source.lines)
    assert [block.role for block in blocks] == [line["role"] for line in gold["lines"]]
    wanted = {(frozenset(bead["zh"]), frozenset(bead["en"])) for bead in gold["beads"]}
    assert keys == {key for key in wanted if all(key)}


@given(st.lists(st.integers(), unique=True), st.integers(0, 50), st.floats(0, 1), st.integers())
def test_struck_indexes_are_of_those_that_can_be_struck(able, of, share, seed):
    found = perturb._struck(able, of, share, random.Random(seed))
    assert found <= set(able)
    assert len(found) <= share * of + 1

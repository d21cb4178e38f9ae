"""Nothing that a person typed is lost, whatever happens in whatever order, and the play was rich enough to prove it."""

import os
import random
import sys
from collections import Counter

import pytest
from tests.sync.newsroom import Newsroom

NIGHTLY = bool(os.environ.get("NIGHTLY"))
STEPS = 10_000 if NIGHTLY else 1_000
A_PLAY = 60
"""Steps of one play; after some hundred every page of a newsroom waits for a decision and little happens."""
FLOORS = {
    "edits": 250,
    "merges": 40,
    "conflicts": 40,
    "kills": 90,
    "recoveries": 12,
    "crashes with work before the rerun": 20,
    "moves": 15,
    "deletions": 5,
    "deletions kept": 15,
    "renames": 6,
    "decisions": 10,
    "replaced": 50,
    "pages that follow their source": 300,
    "looks at a page": 1_000,
    "words found again": 1_000,
}
"""What must have happened in every thousand steps; a play in which little happens proves nothing."""
KILLS = 1_000


def test_nothing_is_lost(tmp_path, capsys):
    first = int(os.environ.get("SEED") or (random.randrange(10**6) if NIGHTLY else 1))
    counts = Counter()
    for seed in range(first, first + -(-STEPS // A_PLAY)):
        room = Newsroom(tmp_path / str(seed), seed)
        try:
            room.play(A_PLAY)
        except AssertionError as error:
            error.add_note(f"To play it again: SEED={seed} pytest {__file__}")
            raise
        counts += room.counts
    with capsys.disabled():
        print(f"\n{', '.join(f'{name} {number}' for name, number in counts.most_common())}, first seed {first}")
        sys.stdout.flush()
    short = {name: (counts[name], floor * STEPS // 1000) for name, floor in FLOORS.items()}
    assert not {name: pair for name, pair in short.items() if pair[0] < pair[1]}
    assert not NIGHTLY or counts["kills"] >= KILLS


@pytest.mark.parametrize("seed", [349538, 649005, 431716])
def test_a_play_that_once_went_wrong(tmp_path, seed):
    """A move that a killed run had remembered left its proposal behind; a page whose making was killed was deleted.

    Or edited, and later deleted: it came back.
    """
    Newsroom(tmp_path / "room", seed).play(A_PLAY)

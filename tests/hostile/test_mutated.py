"""Sources with accidents: refused in one line, or converted whole into pages that read back and that the site can show.

``make nightly`` runs a hundred thousand; SEED=… repeats one run. A mutant that fails is printed with its number.
"""

import os
import random
import time
from pathlib import Path

import pytest
from tests.hostile.mutate import mutant, slices
from tests.hostile.proofs import converted
from tests.sizes import size

ROOT = Path(__file__).parents[2]
COUNT = size(2_000, 100_000)
PARTS = 4
SEED = int(os.environ.get("SEED", "1"))
SECONDS = 2.0
"""For one mutant of at most 6,000 bytes; 0.01 is usual."""


@pytest.fixture(scope="module")
def pieces():
    return slices([path.read_bytes() for path in sorted((ROOT / "sources").glob("*.txt"))])


@pytest.mark.parametrize("part", range(PARTS))
def test_mutants(part, pieces, capsys):
    taken, slowest = 0, 0.0
    for number in range(part * COUNT // PARTS, (part + 1) * COUNT // PARTS):
        data = mutant(random.Random(f"{SEED}/{number}"), pieces)
        start = time.process_time()
        try:
            taken += converted(data)
        except Exception as error:
            pytest.fail(f"mutant {SEED}/{number}: {type(error).__name__}: {error}\n{data!r}")
        slowest = max(slowest, time.process_time() - start)
    with capsys.disabled():
        print(f"\nmutated sources, part {part + 1}: {COUNT // PARTS}, {taken} converted, slowest {slowest:.2f} s")
    assert taken >= COUNT // PARTS / 4
    assert slowest < SECONDS

"""Lever: garbage is looked for seldom. What a build makes, it needs to its end; little of it goes in circles.

Never to look would cost a quarter more memory, and the system's time for it is dearer than the search.
"""

from __future__ import annotations

import gc

OBJECTS, YOUNG, OLD = 100_000, 20, 100
"""New objects after which the young ones are looked through, and how often that is done before older ones are."""


def pull() -> None:
    """Takes what is there out of all searches; the next one is far away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, YOUNG, OLD)

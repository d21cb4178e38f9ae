"""How much a test that could go on for ever does: little for every change, much at night (``make nightly``)."""

import os

NIGHT = os.environ.get("NIGHTLY") == "1"


def size(always: int, nightly: int) -> int:
    """A count for this run."""
    return nightly if NIGHT else always

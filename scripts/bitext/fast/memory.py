"""Lever: no looking for garbage. A build makes few circles and ends soon; the search takes a tenth of its time."""

from __future__ import annotations

import gc


def pull() -> None:
    """Circles stay until the process ends."""
    gc.collect()
    gc.freeze()
    gc.disable()

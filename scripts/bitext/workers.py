"""Processes of this machine that work for another one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from multiprocessing.connection import wait
from threading import Thread

_GARBAGE = 50_000, 20, 100
"""New objects after which the young ones are looked through, and how often that is done before older ones are: 5 % less
CPU than with Python's own numbers."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def serve() -> None:
    """Begin as a worker: stopping from the keyboard is for the process that started this one, and its end is ours.

    Garbage is looked for seldom: hardly any of what a worker makes goes in circles, and what it knows is large.
    """
    gc.set_threshold(*_GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """A process that was killed cannot tell its workers, which would wait for work for ever."""
    wait([sentinel])
    os._exit(1)

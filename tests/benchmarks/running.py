"""What a command costs, its children included, and where it was run."""

from __future__ import annotations

import os
import platform
import subprocess
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

_PERIOD = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of CPU, user and system, of the process and its children."""
    peak: float
    """Largest sum of the private memory of all its processes, in MB, looked at twenty times a second."""
    output: str


def run(command: Sequence[str], ends: Collection[int] = (0,), cwd: Path | None = None) -> Cost:
    """Cost of a command.

    :param ends: exit codes that it may have.
    :raises RuntimeError: for another exit code.
    """
    before, start = os.times(), time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peaks = [0.0]
    watch = threading.Thread(target=_watch, args=(child, peaks))
    watch.start()
    output = child.communicate()[0]
    wall = time.perf_counter() - start
    watch.join()
    after = os.times()
    if child.returncode not in ends:
        raise RuntimeError(f"{command} ended with {child.returncode}:\n{output}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, max(peaks), output)


def _watch(child: subprocess.Popen[str], peaks: list[float]) -> None:
    while child.poll() is None:
        peaks.append(sum(map(_private, _family(child.pid))))
        time.sleep(_PERIOD)


def _family(pid: int) -> list[int]:
    """A process and its descendants; where the system has no /proc, none."""
    try:
        threads = Path(f"/proc/{pid}/task").iterdir()
        children = [int(word) for one in threads for word in (one / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(found for child in children for found in _family(child))]


def _private(pid: int) -> float:
    """Memory in MB that only this process has; pages that it shares with others count once, with their owner."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def machine(command: str) -> str:
    """Where and when a command was run."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} when started" if hasattr(os, "getloadavg") else ""
    today = time.strftime("%Y-%m-%d", time.gmtime())
    return f"`{command}`, {today}, {cores} cores, Python {platform.python_version()}{load}"

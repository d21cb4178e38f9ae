"""Where sources are converted: in this process, in one for each core, or on a cluster that runs already.

An engine takes jobs and gives what became of them, in the same order and the same bytes wherever the work was done. At
no time are more than a few jobs for each worker underway, so that memory does not grow with their number.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from importlib import import_module
from itertools import islice
from typing import Any, Protocol

from bitext.remembered import version
from bitext.workers import cores, serve
from bitext.workshop import Job, Workshop

_BATCH = 8
"""Jobs that go to a worker together: enough that sending them costs nothing, few enough that nobody waits for one."""
_UNDERWAY = 3
"""Batches underway for each worker: one in its hands, the next on its table, one coming back."""
_FEW = 24
"""Jobs for which further processes do not pay: each takes about a second to start."""
_PATIENCE = "10s"
"""How long a scheduler may take to answer."""
_RESTARTS = 3
"""Times in a row that workers may be lost before the run gives up."""


class EngineError(Exception):
    """The work cannot be done there; the message says why and what to do."""


class Engine(Protocol):
    """Something that converts."""

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """What became of each job, in their order: a pickled ``Made`` or ``Refusal``."""


class Here:
    """This process."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """What became of each job."""
        return (pickle.dumps(self.workshop.make(job)) for job in jobs)


class Cores:
    """So many processes of this machine. One that the system ends is replaced and its work done again."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """What became of each job.

        :raises EngineError: if processes are ended again and again.
        """
        batches, lost = deque[tuple[Job, ...]](), 0
        source = _batched(jobs)
        while True:
            with ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"), serve) as pool:
                try:
                    for made in _ordered(pool, batches, source, self.workers * _UNDERWAY):
                        lost = 0
                        yield from made
                    return
                except BrokenExecutor:
                    lost += 1
                    if lost > _RESTARTS:
                        step = "There may be too little memory: rerun with --jobs 1."
                        raise EngineError(f"processes were ended while they worked\n    {step}") from None
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise


class Dask:
    """Workers of a running Dask cluster, found by the address of its scheduler; lost ones are the cluster's to replace.

    They need this project's code, at this version, on their path: ``PYTHONPATH=scripts dask worker ADDRESS``. The bytes
    of the sources are sent to them and the pages come back; they read and write no file of ours.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[bytes]:
        """What became of each job.

        :raises EngineError: if the library is not installed, the scheduler does not answer, its workers have other
            code, or a job has ended several of them.
        """
        try:
            client_of: Any = import_module("distributed").Client
        except ImportError:
            step = "pip install -r requirements-cluster.txt"
            raise EngineError(f"--engine dask needs the package distributed\n    {step}") from None
        try:
            with client_of(self.address, timeout=_PATIENCE, set_as_default=False) as client:
                width = _UNDERWAY * max(sum(client.nthreads().values()), 1)
                executor = client.get_executor(pure=False, retries=_RESTARTS)
                for made in _ordered(executor, deque(), _batched(jobs), width):
                    yield from made
        except (OSError, RuntimeError) as error:
            step = "Is the scheduler running, and do its workers have this code? PYTHONPATH=scripts dask worker ADDRESS"
            raise EngineError(f"{self.address}: {str(error) or type(error).__name__}\n    {step}") from None


def engine(name: str, scheduler: str, workers: int, jobs: int, workshop: Workshop) -> Engine:
    """The engine for so many jobs.

    :param name: ``dask``, or anything else for this machine.
    :param workers: processes; 0 for one for each core.
    """
    if name == "dask":
        return Dask(scheduler)
    workers = workers or min(cores(), jobs // (_FEW // 2))
    return Cores(workers) if workers > 1 and jobs > _FEW else Here(workshop)


def _batched(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    waiting = iter(jobs)
    while batch := tuple(islice(waiting, _BATCH)):
        yield batch


def _ordered(
    pool: Executor, again: deque[tuple[Job, ...]], source: Iterator[tuple[Job, ...]], width: int
) -> Iterator[list[bytes]]:
    """What became of each batch, in order, at most ``width`` of them underway.

    :param again: batches that are underway: those that a lost pool leaves are done first, and found here if this one is
        lost too.
    """
    ours = version()
    underway = deque[Future[list[bytes]]](pool.submit(make_all, batch, ours) for batch in again)
    while True:
        while len(underway) < width and (batch := next(source, None)):
            again.append(batch)
            underway.append(pool.submit(make_all, batch, ours))
        if not underway:
            return
        made = underway.popleft().result()
        again.popleft()
        yield made


_workshop: Workshop | None = None


def make_all(jobs: tuple[Job, ...], code: str) -> list[bytes]:
    """What became of some jobs: what a worker does.

    :param code: version of the code and data that asks; another one here would make other pages.
    :raises RuntimeError: if this worker has another one.
    """
    global _workshop  # noqa: PLW0603 - loaded once in each process
    if _workshop is None:
        if version() != code:
            raise RuntimeError("a worker has other code or data than this project")
        _workshop = Workshop()
    return [pickle.dumps(_workshop.make(job)) for job in jobs]

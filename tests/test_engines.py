"""Wherever sources are converted, the same bytes come out; what a lost worker had in hand is done again, once."""

import contextlib
import io
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from tests.benchmarks import many

import convert
from bitext import conversion, engines
from bitext.engines import Cores, EngineError, Here
from bitext.state import DiskError, State
from bitext.workshop import Job, Made, Workshop

ROOT = Path(__file__).parents[1]
SOURCES = 30


def run(root, *arguments):
    """Exit code, output, messages of a conversion."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = convert.main([*arguments])
    return code, out.getvalue(), err.getvalue()


def files(root):
    """What a run leaves, but what it remembers."""
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if "/cache/" not in name}


def fill(root):
    many.sources(root / "sources", SOURCES)
    (root / "sources/broken-a.txt").write_bytes(b"\xff\xfe\xfd")
    (root / "sources/broken-z.txt").write_text("")
    return root


ARGUMENTS = ("--sources", "sources", "--docs", "docs")


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """What one process makes of the sources, one after the other, and what it says."""
    root = fill(tmp_path_factory.mktemp("serial"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversion, "_MANY", 10**6)
        return run(root, *ARGUMENTS, "--jobs", "1"), files(root)


def jobs(root):
    return [Job(str(path), path.read_bytes()) for path in sorted((root / "sources").glob("text-*.txt"))]


# ------------------------------------------------------------------ on this machine
def test_several_processes_make_what_one_makes(tmp_path, serial):
    root = fill(tmp_path)
    said = run(root, *ARGUMENTS, "--jobs", "2")
    assert said == serial[0]
    assert said[0] == 2
    assert files(root) == serial[1]
    assert sum(name.startswith("docs/") for name in files(root)) >= 2 * SOURCES


def test_a_process_that_the_system_ends_is_replaced(tmp_path, monkeypatch):
    """Each source is there once, in its place, though a worker was killed with some of them in hand."""
    wanted = jobs(fill(tmp_path))
    killed = []

    def source():
        for number, job in enumerate(wanted):
            if number == SOURCES - 2:
                killed.extend(_kill_one(os.getpid()))
            yield job

    found = [pickle.loads(one) for one in Cores(2).outcomes(source())]
    assert killed
    assert [made.proposal.source_id for made in found] == [Path(job.path).stem for job in wanted]
    assert [*map(pickle.dumps, found)] == [*map(pickle.dumps, map(pickle.loads, Here(Workshop()).outcomes(wanted)))]


def _kill_one(parent):
    """Kill the youngest worker of a process that has some."""
    for _ in range(200):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        workers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        workers = [pid for pid in workers if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
        if workers:
            os.kill(int(workers[-1]), signal.SIGKILL)
            return workers[-1:]
        time.sleep(0.05)
    return []


def test_processes_that_are_ended_again_and_again_end_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "serve", partial(os._exit, 9))
    with pytest.raises(EngineError, match="rerun with --jobs 1"):
        list(Cores(2).outcomes(jobs(fill(tmp_path))))


def test_a_disk_that_fails_while_many_are_written_ends_the_run(tmp_path, serial, monkeypatch):
    root = fill(tmp_path)
    write = State.write_lock

    def failing(state, lock):
        if lock.source == "text-000011":
            raise DiskError(Path("lock"), "written", OSError(28, "No space left on device"))
        write(state, lock)

    with monkeypatch.context() as patch:
        patch.setattr(State, "write_lock", failing)
        code, _, err = run(root, *ARGUMENTS, "--jobs", "1")
    assert code == 2
    assert "lock: cannot be written: No space left on device" in err
    assert run(root, *ARGUMENTS, "--jobs", "1")[0] == 2
    assert files(root) == serial[1]


def started(root, temporary):
    """A conversion in a process of its own that has written a page."""
    temporary.mkdir()
    command = [sys.executable, str(ROOT / "scripts/convert.py"), *ARGUMENTS, "--jobs", "2"]
    options = {"cwd": root, "env": {**os.environ, "TMPDIR": str(temporary)}, "stderr": subprocess.PIPE}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    while not list(root.glob("docs/*/*/*.md")):
        assert child.poll() is None
        time.sleep(0.02)
    return child


@pytest.mark.slow
def test_a_run_that_is_asked_to_end_leaves_nothing_behind(tmp_path, serial):
    root = fill(tmp_path / "desk")
    child = started(root, tmp_path / "tmp")
    child.terminate()
    assert b"stopped: every file is" in child.communicate(timeout=60)[1]
    assert child.returncode == 130
    assert not list((tmp_path / "tmp").iterdir())
    assert not list(root.rglob("*.tmp"))
    assert run(root, *ARGUMENTS)[0] == 2
    assert files(root) == serial[1]


@pytest.mark.slow
def test_a_run_that_is_killed_while_many_are_written_is_mended_by_the_next(tmp_path, serial):
    root = fill(tmp_path / "desk")
    child = started(root, tmp_path / "tmp")
    child.kill()
    child.communicate(timeout=60)  # its workers hold the other end: they have ended too
    assert run(root, *ARGUMENTS)[0] == 2
    assert files(root) == serial[1]


def test_few_sources_are_converted_here():
    assert isinstance(engines.engine("local", "", 0, 5, Workshop()), Here)
    assert isinstance(engines.engine("local", "", 1, 5000, Workshop()), Here)
    assert engines.engine("local", "", 4, 5000, Workshop()).workers == 4


def test_no_more_is_underway_than_the_workers_need(tmp_path):
    taken = 0

    def source():
        nonlocal taken
        for job in jobs(fill(tmp_path)) * 20:
            taken += 1
            yield job

    made = Cores(2).outcomes(source())
    next(made)
    assert taken <= (2 * engines._UNDERWAY + 1) * engines._BATCH
    made.close()


def test_a_worker_with_other_code_does_nothing(monkeypatch):
    monkeypatch.setattr(engines, "_workshop", None)
    with pytest.raises(RuntimeError, match="other code"):
        engines.make_all((), "other")


# ------------------------------------------------------------------ on a cluster
@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, each a process: its address and the workers."""
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    log = (tmp_path / "cluster.log").open("w")
    started = {
        "stdout": log,
        "stderr": log,
        "cwd": tmp_path,
        "env": {**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    }
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    processes = [subprocess.Popen(command, **started) for command in (scheduler, worker, worker)]
    yield address, processes[1:]
    for process in processes:
        process.terminate()
        process.wait(30)
    log.close()


def _workers(address, number):
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(number, timeout="60s")


@pytest.mark.slow
def test_a_cluster_of_which_one_worker_is_killed_loses_nothing_and_doubles_nothing(
    tmp_path, serial, cluster, monkeypatch
):
    address, workers = cluster
    _workers(address, 2)
    root = fill(tmp_path / "desk")
    original, given = engines._batched, []

    def batched(found):
        for batch in original(found):
            given.append(batch)
            if len(given) == 3:
                workers[0].kill()
            yield batch

    monkeypatch.setattr(engines, "_batched", batched)
    said = run(root, *ARGUMENTS, "--engine", "dask", "--scheduler", address)
    assert workers[0].wait(30) == -signal.SIGKILL
    assert workers[1].poll() is None
    assert said == serial[0]
    assert files(root) == serial[1]


def test_no_scheduler_there(tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    monkeypatch.setattr(engines, "_PATIENCE", "1s")
    fill(tmp_path)
    code, _, err = run(tmp_path, *ARGUMENTS, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert err.split("\n")[-3].startswith("tcp://127.0.0.1:9: ")
    assert "Is the scheduler running" in err


def test_without_the_library(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    fill(tmp_path)
    code, _, err = run(tmp_path, *ARGUMENTS, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "pip install -r requirements-cluster.txt" in err


@pytest.mark.parametrize(
    "arguments", [("--engine", "dask"), ("--scheduler", "tcp://x:1"), ("--jobs", "-1"), ("--engine", "other")]
)
def test_command_lines_that_make_no_sense(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        convert.main([*arguments])
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_what_a_worker_gives_back_is_whole():
    made = pickle.loads(next(Here(Workshop()).outcomes([Job("a.txt", "第12号渡口\nFerry 12\n".encode())])))
    assert isinstance(made, Made)
    assert {page.lang for page in made.proposal.pages} == {"zh", "en"}

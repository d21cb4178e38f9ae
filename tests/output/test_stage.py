"""The finished site is replaced whole or stays, whatever goes wrong on the way."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bitext.output import stage as module
from bitext.output.stage import CannotStageError, stage

SCRIPTS = Path(module.__file__).parents[2]


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    return folder


def left(site):
    files = (path for path in site.parent.rglob("*") if path.is_file())
    return {path.relative_to(site.parent).as_posix(): path.read_text() for path in files}


OLD, NEW = {"site/index.html": "old"}, {"site/index.html": "new"}


def build(staged):
    staged.new.mkdir()
    (staged.new / "index.html").write_text("new")


def test_the_new_takes_the_place_of_the_old(site):
    with stage(site) as staged:
        build(staged)
        assert left(site)["site/index.html"] == "old"
        staged.swap()
    assert left(site) == NEW


def test_a_first_site(tmp_path):
    with stage(tmp_path / "deep/site") as staged:
        build(staged)
        staged.swap()
    assert left(tmp_path / "deep/site") == NEW


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, SystemExit, MemoryError, ValueError])
def test_a_build_that_fails_leaves_the_old(site, error):
    def failing():
        with stage(site) as staged:
            build(staged)
            raise error

    with pytest.raises(error):
        failing()
    assert left(site) == OLD


@pytest.mark.parametrize("fails", [1, 2])
def test_a_swap_that_fails_leaves_the_old(site, monkeypatch, fails):
    calls, rename = [], Path.rename

    def faulty(self, target):
        calls.append(target)
        if len(calls) == fails:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", faulty)
    def failing():
        with stage(site) as staged:
            build(staged)
            staged.swap()

    with pytest.raises(OSError, match="No space"):
        failing()
    assert left(site) == OLD


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from bitext.output.stage import stage
    calls, rename, at = [], Path.rename, int(sys.argv[2])
    def killed(self, target):
        calls.append(target)
        if len(calls) == at: os.kill(os.getpid(), signal.SIGKILL)
        rename(self, target)
        if len(calls) == at - 10: os.kill(os.getpid(), signal.SIGKILL)
    Path.rename = killed
    with stage(Path(sys.argv[1])) as staged:
        staged.new.mkdir()
        (staged.new / "index.html").write_text("new")
        if at == 0: os.kill(os.getpid(), signal.SIGKILL)
        staged.swap()
"""


@pytest.mark.parametrize(("at", "after"), [(0, OLD), (1, OLD), (11, OLD), (2, OLD), (12, NEW)])
def test_after_a_kill_the_next_build_finds_a_site(site, at, after):
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(site), str(at)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SCRIPTS)}, check=False)
    assert done.returncode == -signal.SIGKILL
    with stage(site):
        assert {name: text for name, text in left(site).items() if name.startswith("site/")} == after
    assert left(site) == after


def test_a_build_beside_this_one_is_left_alone(site):
    with stage(site) as first:
        build(first)
        with stage(site) as second:
            build(second)
            second.swap()
        first.swap()
    assert left(site) == NEW


def test_what_is_no_site_is_not_replaced(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").write_text("x")
    (tmp_path / "file").write_text("x")
    docs = tmp_path / "docs"
    docs.mkdir()
    for place in (tmp_path / "photos", tmp_path / "file", docs, docs / "zh", tmp_path):
        with pytest.raises(CannotStageError), stage(place, keep_off=(tmp_path, docs)):
            pytest.fail("not reached")
    assert (tmp_path / "photos/a.jpg").exists()


# ------------------------------------------------------------------ a patch
@pytest.fixture
def large(site):
    for name in ("a/index.html", "b/index.html", "c/deep/x.txt"):
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text(f"old {name}")
    return site


PATCHED = {
    "site/index.html": "new",
    "site/b/index.html": "old b/index.html",
    "site/a/index.html": "new a",
    "site/d/index.html": "new d",
}


def make_patch(staged):
    for name, text in {"index.html": "new", "a/index.html": "new a", "d/index.html": "new d"}.items():
        (staged.new / name).parent.mkdir(parents=True, exist_ok=True)
        (staged.new / name).write_text(text)


def test_a_patch_changes_what_has_changed(large):
    with stage(large) as staged:
        make_patch(staged)
        staged.patch(["c/deep/x.txt", "d/index.html"])
    assert left(large) == PATCHED
    assert not (large / "c").exists()


@pytest.mark.parametrize(("what", "fails"), [("replace", 1), ("replace", 3), ("mkdir", 1), ("mkdir", 2), ("unlink", 1)])
def test_a_patch_that_fails_leaves_the_old(large, monkeypatch, what, fails):
    before, calls, does = left(large), [], getattr(Path, what)

    def faulty(self, *arguments, **settings):
        if large in self.parents or large in Path(*map(str, arguments[:1])).parents:
            calls.append(self)
            if len(calls) == fails:
                raise OSError(28, "No space left on device")
        return does(self, *arguments, **settings)

    monkeypatch.setattr(Path, what, faulty)
    with stage(large) as staged:
        make_patch(staged)
        with pytest.raises(OSError, match="No space"):
            staged.patch(["c/deep/x.txt"])
    assert left(large) == before


KILLED_PATCH = """
    import os, signal, sys
    from pathlib import Path
    from bitext.output.stage import stage
    calls, at = [0], int(sys.argv[2])
    def counted(does):
        def done(self, *a, **s):
            calls[0] += 1
            if calls[0] == at: os.kill(os.getpid(), signal.SIGKILL)
            return does(self, *a, **s)
        return done
    with stage(Path(sys.argv[1])) as staged:
        for name, text in {"index.html": "new", "a/index.html": "new a", "d/index.html": "new d"}.items():
            (staged.new / name).parent.mkdir(parents=True, exist_ok=True)
            (staged.new / name).write_text(text)
        for what in ("replace", "mkdir", "unlink", "write_text"):
            setattr(Path, what, counted(getattr(Path, what)))
        os.link = counted(os.link)
        staged.patch(["c/deep/x.txt"])
    print(calls[0])
"""


def test_after_a_kill_in_a_patch_the_next_build_finds_the_old_site_or_the_new_one(large):
    before, seen, at = left(large), set(), 0
    while True:
        at += 1
        command = [sys.executable, "-c", textwrap.dedent(KILLED_PATCH), str(large), str(at)]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SCRIPTS)}, check=False, capture_output=True)
        with stage(large):
            found = left(large)
        assert found in (before, PATCHED), at
        seen.add(found == before)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        if found != before:
            break  # what comes after that only tidies up
    assert at > 10
    assert seen == {True, False}

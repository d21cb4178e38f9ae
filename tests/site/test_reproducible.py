"""The same pages give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.conftest import DOCS, ROOT, Built
from tests.sizes import size


def tree_hash(site: Path) -> str:
    """Of all names and bytes."""
    whole = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(site).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _shuffled(docs: Path) -> None:
    """Files made in another order and at other times."""
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    random.Random(1).shuffle(files)
    for path in files:
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
        moment = random.Random(str(path)).randrange(10**9)
        os.utime(path, (moment, moment))


VARIANTS: dict[str, tuple[dict[str, str], list[str], Callable[[Path], None] | None]] = {
    "order, times and hashes": ({"PYTHONHASHSEED": "1"}, [], _shuffled),
    "place, language and umask": (
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2"},
        ["sh", "-c", 'umask 077; "$@"', "sh"],
        None,
    ),
    "one processor": ({"PYTHONHASHSEED": "3"}, ["taskset", "-c", "0"], None),
    "another home and name": ({"HOME": "/nowhere", "USER": "x", "COLUMNS": "20", "NO_COLOR": "1"}, [], None),
    "time zone behind": ({"TZ": "America/Anchorage"}, [], None),
    "another language": ({"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh"}, [], None),
    "no caches": ({"PYTHONDONTWRITEBYTECODE": "1"}, [], None),
    "optimised": ({"PYTHONOPTIMIZE": "1"}, [], None),
    "low priority": ({}, ["nice", "-n", "5"], None),
}  # fmt: skip


ANOTHER_DAY = """
import datetime, time
real, later = time.time, 400 * 86400
time.time = lambda: real() + later

class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])

class Moment(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    today = now

class Day(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

datetime.datetime, datetime.date = Moment, Day
"""
"""What Python runs before all else (module ``site``): the clock is ahead by more than a year."""
PROJECT = ("data", "hooks", "overrides", "scripts", "mkdocs.yml", "requirements.txt")
SAME: list[str] = []
"""Variants that gave the tree of the build of all other tests."""


def same(built: Built, tmp_path: Path, name: str, *, project: Path = ROOT) -> None:
    """One variant built, its tree compared."""
    more, before, change = VARIANTS.get(name, ({}, [], None))
    docs, site = tmp_path / "elsewhere" / "docs", tmp_path / "elsewhere" / "site"
    shutil.copytree(DOCS, docs)
    if change:
        change(docs)
    if before and not shutil.which(before[0]):
        pytest.skip(f"no {before[0]} on this system")
    command = [*before, sys.executable, str(project / "scripts/build.py"), "--docs", str(docs), "--site", str(site)]
    settings = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), **more}
    if name == "another day":
        (tmp_path / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
        settings["PYTHONPATH"] = str(tmp_path)
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree_hash(site) == tree_hash(built.site)
    SAME.append(name)


@pytest.mark.parametrize("name", [*VARIANTS, "another day"][: size(3, 10)])
def test_one_tree(built: Built, tmp_path: Path, name: str) -> None:
    same(built, tmp_path, name)


def test_one_tree_in_a_copy_of_the_project(built: Built, tmp_path: Path) -> None:
    project = tmp_path / "copy"
    project.mkdir()
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, project / name)
    same(built, tmp_path, "a copy of the project", project=project)


def test_there_are_enough_variants(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """With the build of all other tests: five always, twelve at night."""
    with capsys.disabled():
        print(f"\nreproducible: {len(SAME) + 1} builds, one tree {tree_hash(built.site)[:16]}: {', '.join(SAME)}")


def epoch() -> int:
    """Seconds of the last commit."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(os.environ.get("SOURCE_DATE_EPOCH") or subprocess.check_output(command, text=True))


def test_the_day_is_that_of_the_last_commit(built: Built) -> None:
    """The only one on the site: in the head of the compressed map, see RFC 1952, section 2.3."""
    seconds = epoch()
    day = seconds - seconds % 86_400
    assert int.from_bytes((built.site / "sitemap.xml.gz").read_bytes()[4:8], "little") == day

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


@pytest.mark.parametrize("name", list(VARIANTS)[: size(3, 9)])
def test_one_tree(built: Built, tmp_path: Path, name: str) -> None:
    """With the build of all other tests, four variants; ten at night."""
    more, before, change = VARIANTS[name]
    docs, site = tmp_path / "elsewhere" / "docs", tmp_path / "elsewhere" / "site"
    shutil.copytree(DOCS, docs)
    if change:
        change(docs)
    if before and not shutil.which(before[0]):
        pytest.skip(f"no {before[0]} on this system")
    command = [*before, sys.executable, str(ROOT / "scripts/build.py"), "--docs", str(docs), "--site", str(site)]
    settings = {**os.environ, **more}
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree_hash(site) == tree_hash(built.site)


def test_the_day_is_that_of_the_last_commit(built: Built) -> None:
    """The only one on the site: in the head of the compressed map, see RFC 1952, section 2.3."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or subprocess.check_output(command, text=True))
    day = seconds - seconds % 86_400
    assert int.from_bytes((built.site / "sitemap.xml.gz").read_bytes()[4:8], "little") == day

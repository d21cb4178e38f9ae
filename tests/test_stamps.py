"""A file that was changed has another stamp; a walk meets every file once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bitext.stamps import ODD, below, stamp, stand, walk


def rewrite_with_its_date(path: Path) -> None:
    before = path.stat()
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_by_a_copy(path: Path) -> None:
    before = path.stat()
    path.rename(path.with_name("old"))
    path.write_text("one", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("deed", [rewrite_with_its_date, replace_by_a_copy, lambda path: path.write_text("longer")])
def test_a_change_is_seen_whatever_the_date_says(deed: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one", encoding="utf-8")
    os.utime(path, ns=(0, 0))
    before = stamp(path)
    assert stamp(path) == before
    deed(path)
    assert stamp(path) != before


def test_every_file_is_met_once_and_no_link_is_followed(tmp_path: Path) -> None:
    for name in ("a", "b/c", "b/d/e", "b/__pycache__/f", ".git/g"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "b" / "link").symlink_to(tmp_path / "b" / "d")
    assert sorted(name for name, _ in walk(tmp_path)) == ["a", "b/c", "b/d/e", "b/link"]
    found = below(tmp_path)
    assert sorted(found) == ["a", "b/c", "b/d/e", f"b/link{ODD}"]
    assert found["b/c"] == stamp(tmp_path / "b" / "c")
    assert found[f"b/link{ODD}"] == stamp(tmp_path / "b" / "link")


def test_a_site_stands_while_each_file_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    found = below(tmp_path)
    assert stand(tmp_path, found)
    os.utime(tmp_path / "a", ns=(1, 1))
    assert not stand(tmp_path, found)
    assert not stand(tmp_path, {**below(tmp_path), "b": (1, 2, 3, 4)})
    (tmp_path / "link").symlink_to("a")
    assert not stand(tmp_path, below(tmp_path))


def test_no_folder_no_files(tmp_path: Path) -> None:
    assert below(tmp_path / "nowhere") == {}

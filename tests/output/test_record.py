"""A site is built again unless everything that it was built from, and the site itself, is as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bitext.output import record
from bitext.output.record import Record


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("docs/zh/trade/a.md", "data/a.yml", "hooks/a.py", "overrides/a.html", "scripts/a.py", "mkdocs.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def inputs(project: Path, **settings: str) -> str:
    return record.inputs(project, project / "docs", settings)


def test_the_same_is_the_same(project: Path) -> None:
    assert inputs(project) == inputs(project)


@pytest.mark.parametrize("name", ["docs/zh/trade/a.md", "data/a.yml", "hooks/a.py", "overrides/a.html", "mkdocs.yml"])
def test_one_letter_is_noticed_whatever_the_dates_say(project: Path, name: str) -> None:
    before, path = inputs(project), project / name
    stat = path.stat()
    path.write_text(name.upper(), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert inputs(project) != before


def test_other_names_kinds_and_settings_are_noticed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [inputs(project), inputs(project, site="x")]
    page = project / "docs/zh/trade/a.md"
    page.rename(page.with_name("b.md"))
    found.append(inputs(project))
    (project / "docs/en").mkdir()
    found.append(inputs(project))
    (project / "docs/zh/trade/c.md").symlink_to("b.md")
    found.append(inputs(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    found.append(inputs(project))
    monkeypatch.setattr(record, "_packages", lambda: ["mkdocs-9.dist-info"])
    found.append(inputs(project))
    assert len(set(found)) == len(found)


def test_where_one_file_ends_and_the_next_begins(tmp_path: Path) -> None:
    hashes = set()
    for first, second in (("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")):
        (tmp_path / "1").write_text(first)
        (tmp_path / "2").write_text(second)
        hashes.add(record.output(tmp_path))
    assert len(hashes) == 4


def test_what_python_leaves_behind_does_not_count(project: Path) -> None:
    before = inputs(project)
    (project / "hooks/__pycache__").mkdir()
    (project / "hooks/__pycache__/a.pyc").touch()
    assert inputs(project) == before


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = record.place(tmp_path, tmp_path / "site")
    (tmp_path / "site").mkdir()
    gone = Record("a", "b", str(tmp_path / "gone"))
    kept = Record("a", "b", str(tmp_path / "site"))
    record.write(record.place(tmp_path, tmp_path / "gone"), gone)
    record.write(path, kept)
    assert record.read(path) == kept
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", json.dumps({"inputs": "a"}), json.dumps({"x": 1}), "\x00"])
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record").write_text(text)
    assert record.read(tmp_path / "record") is None
    assert record.read(tmp_path / "nothing") is None


def test_each_site_has_a_record_of_its_own(tmp_path: Path) -> None:
    assert record.place(tmp_path, tmp_path / "a") != record.place(tmp_path, tmp_path / "b")

"""A site is built again unless everything that it was built from, and the site itself, is as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bitext.output import record
from bitext.output.record import Inputs, Record

INPUTS = Inputs("a", "", "", "0", {f"zh/trade/{name}.md": ["1", [1, 2, 3, 4]] for name in "abcdefghij"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("docs/zh/trade/a.md", "data/a.yml", "hooks/a.py", "overrides/a.html", "scripts/a.py", "mkdocs.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def inputs(project: Path, **settings: str) -> tuple[object, ...]:
    return record.inputs(project, project / "docs", settings).said()


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
    (project / "docs/zh/trade/c.md").symlink_to("b.md")
    found.append(inputs(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    found.append(inputs(project))
    monkeypatch.setattr(record, "_packages", lambda: ["mkdocs-9.dist-info"])
    found.append(inputs(project))
    assert all(one != two for one, two in combinations(found, 2))


def test_where_one_file_ends_and_the_next_begins(tmp_path: Path) -> None:
    hashes = set()
    for first, second in (("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")):
        (tmp_path / "1").write_text(first)
        (tmp_path / "2").write_text(second)
        hashes.add(record.output(record.look(tmp_path)))
    assert len(hashes) == 4


def test_what_python_leaves_behind_does_not_count(project: Path) -> None:
    before = inputs(project)
    (project / "hooks/__pycache__").mkdir()
    (project / "hooks/__pycache__/a.pyc").touch()
    assert inputs(project) == before


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = record.place(tmp_path, tmp_path / "site")
    (tmp_path / "site").mkdir()
    gone = Record(INPUTS, "b", str(tmp_path / "gone"))
    kept = Record(INPUTS, "b", str(tmp_path / "site"), {"let a": 2})
    record.write(record.place(tmp_path, tmp_path / "gone"), gone)
    record.write(path, kept, {"terms": ["\u5927"]})
    found = record.read(path)
    assert found
    assert replace(found, made="") == kept
    assert record.read_made(path, found) == {"terms": ["\u5927"]}
    assert sorted(each.suffix for each in path.parent.iterdir()) == [".json", ".made"]


def test_what_hooks_have_kept_belongs_to_one_record(tmp_path: Path) -> None:
    path = record.place(tmp_path, tmp_path / "site")
    (tmp_path / "site").mkdir()
    record.write(path, Record(INPUTS, "b", str(tmp_path / "site")), {"a": 1})
    found = record.read(path)
    assert found
    for text in ('{"a": 2}', "", "\x00"):
        path.with_suffix(".made").write_text(text)
        assert record.read_made(path, found) is None
    path.with_suffix(".made").unlink()
    assert record.read_made(path, found) is None


PAGES = INPUTS.pages
CHANGES = {
    "a text": ({"zh/trade/a.md": ["2", (1, 2, 3, 5)]}, ("zh/trade/a.md",), ()),
    "a stamp alone": ({"zh/trade/a.md": ["1", (9, 9, 3, 4)]}, (), ()),
    "one more": ({"en/trade/a.md": ["2", (1, 2, 3, 5)]}, ("en/trade/a.md",), ()),
    "one less": ({"zh/trade/a.md": None}, (), ("zh/trade/a.md",)),
}
NO_PART = {
    "a picture": {"zh/trade/a.png": ["2", (1, 2, 3, 5)]},
    "a link": {"zh/trade/b.md\0": ["", (1, 2, 3, 5)]},
    "not in its place": {"zh/b.md": ["2", (1, 2, 3, 5)]},
    "most of them": {name: ["2", (1, 2, 3, 5)] for name in PAGES},
}


def now(changes: Mapping[str, list[object] | None]) -> Inputs:
    return replace(INPUTS, pages={name: each for name, each in {**PAGES, **changes}.items() if each})


@pytest.mark.parametrize(("changes", "changed", "gone"), CHANGES.values(), ids=list(CHANGES))
def test_what_has_changed(changes: dict[str, list[object] | None], changed: tuple[str], gone: tuple[str]) -> None:
    assert record.change(INPUTS, now(changes)) == record.Change(changed, gone)


@pytest.mark.parametrize("changes", NO_PART.values(), ids=list(NO_PART))
def test_what_a_part_build_does_not_do(changes: dict[str, list[object] | None]) -> None:
    assert record.change(INPUTS, now(changes)) is None
    assert record.change(replace(INPUTS, settings="other"), now({})) is None


def test_a_page_is_read_again_only_where_the_system_says_that_it_has_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = record.inputs(project, project / "docs", {})
    before = Record(found, "", "")
    reads: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", lambda self: reads.append(self) or b"")
    assert record.inputs(project, project / "docs", {}, before).said() == found.said()
    assert reads == []
    (project / "docs/zh/trade/a.md").write_text("B", encoding="utf-8")
    assert record.inputs(project, project / "docs", {}, before).said() != found.said()
    assert reads == [project / "docs/zh/trade/a.md"]


DAMAGED = ["", "{", "[]", "null", json.dumps({"inputs": "a"}), json.dumps({"x": 1}), "\x00", "[" * 100_000]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record").write_text(text)
    assert record.read(tmp_path / "record") is None
    assert record.read(tmp_path / "nothing") is None


def test_each_site_has_a_record_of_its_own(tmp_path: Path) -> None:
    assert record.place(tmp_path, tmp_path / "a") != record.place(tmp_path, tmp_path / "b")

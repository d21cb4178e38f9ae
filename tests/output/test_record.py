"""A site is built again unless everything that it was built from, and the site itself, is as it was."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bitext.output import record
from bitext.output.record import Inputs, Record
from bitext.stamps import Stamp, stand

INPUTS = Inputs("a", "", {}, "0", {f"zh/trade/{name}.md": ("1", (1, 2, 3, 4)) for name in "abcdefghij"})
SITE, FOLDERS = {"index.html": (5, 6, 7, 8)}, {"./": (1, 1, 1, 1)}


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
    found = []
    for first, second in (("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")):
        (tmp_path / "1").write_text(first)
        (tmp_path / "2").write_text(second)
        found.append(record.look(tmp_path))
    assert all(one != two for one, two in combinations(found, 2))


def test_what_python_leaves_behind_does_not_count(project: Path) -> None:
    before = inputs(project)
    (project / "hooks/__pycache__").mkdir()
    (project / "hooks/__pycache__/a.pyc").touch()
    assert inputs(project) == before


def test_folders_tell_of_every_file_that_comes_and_goes(tmp_path: Path) -> None:
    for name in ("index.html", "en/index.html", "en/trade/a/index.html", "en/trade/b/index.html", "empty/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "empty/x").unlink()
    found = record.folders(tmp_path)
    assert sorted(found) == ["./", "empty/", "en/", "en/trade/", "en/trade/a/", "en/trade/b/"]
    gone = "en/trade/a/index.html"
    for put, removed in ((["new"], []), (["empty/new"], []), (["en/c/d/new"], []), ([], [gone]), ([gone], ["new"])):
        time.sleep(0.02)
        for name in put:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(name)
        for name in removed:
            (tmp_path / name).unlink()
            if not any((tmp_path / name).parent.iterdir()):
                (tmp_path / name).parent.rmdir()
        assert not stand(tmp_path, found)
        found = record.folders_again(tmp_path, found, put, removed)
        assert found == record.folders(tmp_path)
        assert stand(tmp_path, found)


def kept(tmp_path: Path, made: dict[str, object]) -> tuple[Path, Record]:
    """A record of a site that is there."""
    path, site = record.place(tmp_path, tmp_path / "site"), tmp_path / "site"
    site.mkdir(exist_ok=True)
    record.write(path, Record(INPUTS, SITE, FOLDERS, str(site), {"let a": 2}), made)
    found = record.read(path)
    assert found
    return path, found


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    path, found = kept(tmp_path, {"terms": ("\u5927", "\udc80")})
    assert replace(found, made=b"") == Record(INPUTS, SITE, FOLDERS, str(tmp_path / "site"), {"let a": 2})
    assert record.read_made(path, found) == {"terms": ("\u5927", "\udc80")}


def test_records_of_sites_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    gone = record.place(tmp_path, tmp_path / "gone")
    record.write(gone, Record(INPUTS, SITE, FOLDERS, str(tmp_path / "gone")))
    path, _ = kept(tmp_path, {})
    (path.parent / f"damaged{path.suffix}").write_text("?")
    record.forget_others(path)
    assert sorted(path.parent.iterdir()) == sorted([path, path.with_suffix(".made")])


def test_what_hooks_have_kept_belongs_to_one_record(tmp_path: Path) -> None:
    path, _ = kept(tmp_path, {"a": 2})
    other = path.with_suffix(".made").read_bytes()
    path, found = kept(tmp_path, {"a": 1})
    assert record.read_made(path, found) == {"a": 1}
    for content in (other, b"", b"\x00", other[:-1]):
        path.with_suffix(".made").write_bytes(content)
        assert record.read_made(path, found) is None
    path.with_suffix(".made").unlink()
    assert record.read_made(path, found) is None


def test_one_letter_of_a_record_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = kept(tmp_path, {})
    content = path.read_bytes()
    for at in range(0, len(content), 7):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert record.read(path) is None
    path.write_bytes(content)
    monkeypatch.setattr("sys.version", "9.9 another Python")
    assert record.read(path) is None


Page = tuple[str, Stamp]
PAGES = INPUTS.pages
CHANGES = {
    "a text": ({"zh/trade/a.md": ("2", (1, 2, 3, 5))}, ("zh/trade/a.md",), ()),
    "a stamp alone": ({"zh/trade/a.md": ("1", (9, 9, 3, 4))}, (), ()),
    "one more": ({"en/trade/a.md": ("2", (1, 2, 3, 5))}, ("en/trade/a.md",), ()),
    "one less": ({"zh/trade/a.md": None}, (), ("zh/trade/a.md",)),
}
NO_PART = {
    "a picture": {"zh/trade/a.png": ("2", (1, 2, 3, 5))},
    "a link": {"zh/trade/b.md\0": ("", (1, 2, 3, 5))},
    "not in its place": {"zh/b.md": ("2", (1, 2, 3, 5))},
    "most of them": dict.fromkeys(PAGES, ("2", (1, 2, 3, 5))),
}


def now(changes: Mapping[str, Page | None]) -> Inputs:
    return replace(INPUTS, pages={name: each for name, each in {**PAGES, **changes}.items() if each})


@pytest.mark.parametrize(("changes", "changed", "gone"), CHANGES.values(), ids=list(CHANGES))
def test_what_has_changed(changes: dict[str, Page | None], changed: tuple[str], gone: tuple[str]) -> None:
    assert record.change(INPUTS, now(changes)) == record.Change(changed, gone)


@pytest.mark.parametrize("changes", NO_PART.values(), ids=list(NO_PART))
def test_what_a_part_build_does_not_do(changes: dict[str, Page | None]) -> None:
    assert record.change(INPUTS, now(changes)) is None
    assert record.change(replace(INPUTS, settings="other"), now({})) is None


def test_a_page_is_read_again_only_where_the_system_says_that_it_has_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = record.inputs(project, project / "docs", {})
    before = Record(found, {}, {}, "")
    reads: list[str] = []
    monkeypatch.setattr(record, "content_of", lambda path: reads.append(path) or b"")
    assert record.inputs(project, project / "docs", {}, before).said() == found.said()
    assert reads == []
    (project / "docs/zh/trade/a.md").write_text("B", encoding="utf-8")
    assert record.inputs(project, project / "docs", {}, before).said() != found.said()
    assert reads == [str(project / "docs/zh/trade/a.md")]


@pytest.mark.parametrize("text", ["", "{", "null", "\x00", "[" * 100_000], ids=range(5))
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record").write_text(text)
    assert record.read(tmp_path / "record") is None
    assert record.read(tmp_path / "nothing") is None


def test_each_site_has_a_record_of_its_own(tmp_path: Path) -> None:
    assert record.place(tmp_path, tmp_path / "a") != record.place(tmp_path, tmp_path / "b")

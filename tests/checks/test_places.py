"""Only what can be published stands below docs/; cases in tests/cases/checks_places.yml."""

import os
import socket
import stat
from pathlib import Path

import material
import pytest
from tests.table import Table

from bitext.checks import places

TABLE = Table("checks_places")
TOPICS = ("trade", "culture")


def said(root):
    return [str(finding).split("\n")[0].replace(f"{root}/", "") for _, finding in places.check(root / "docs", TOPICS)]


def made(root, name):
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith("/"):
        path.mkdir()
    else:
        path.write_bytes(b"x")
    return path


@pytest.mark.parametrize("case", TABLE.cases("refused"))
def test_refused(tmp_path, case):
    made(tmp_path, case["path"])
    found = said(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"docs/{case.get('at', case['path'])}: place: {case['said']}")


@pytest.mark.parametrize("name", TABLE.cases("right"))
def test_right(tmp_path, name):
    made(tmp_path, name)
    assert said(tmp_path) == []


def test_a_link_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.md").write_text("x")
    made(tmp_path, "zh/trade/b.md")
    (tmp_path / "docs/zh/culture").symlink_to(secret)
    (tmp_path / "docs/en").symlink_to(tmp_path / "docs")  # a loop
    (tmp_path / "docs/zh/trade/a.md").symlink_to(secret / "a.md")
    assert [line.split(",")[0] for line in said(tmp_path)] == [
        f"docs/{name}: place: a symbolic link" for name in ("en", "zh/culture", "zh/trade/a.md")
    ]


def test_what_is_no_file(tmp_path, monkeypatch):
    folder = made(tmp_path, "zh/trade/b.md").parent
    os.mkfifo(folder / "pipe.md")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made_here:
        made_here.bind("socket.md")
        found = said(tmp_path)
    assert [line.split(",")[0] for line in found] == [
        "docs/zh/trade/pipe.md: place: a named pipe", "docs/zh/trade/socket.md: place: a socket",
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device(tmp_path):
    folder = made(tmp_path, "zh/trade/b.md").parent
    try:
        os.mknod(folder / "a.md", stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("this system makes no devices")
    assert said(tmp_path) == ["docs/zh/trade/a.md: place: a device, expected a file or a folder"]


def test_a_file_with_two_names(tmp_path):
    path = made(tmp_path, "zh/trade/a.md")
    os.link(path, tmp_path / "other")
    assert said(tmp_path) == ["docs/zh/trade/a.md: place: a file with 2 names (hard links), expected one name"]


def test_a_name_that_is_no_text(tmp_path):
    folder = made(tmp_path, "zh/trade/b.md").parent
    (folder / os.fsdecode(b"\xff\n.md")).write_bytes(b"x")
    assert said(tmp_path)[0].startswith("docs/zh/trade/\\xff\\n.md: place: a name with bytes or characters that cannot")


def test_nothing_below_a_refused_folder_is_told_again(tmp_path):
    made(tmp_path, "fr/trade/a.md")
    assert len(said(tmp_path)) == 1


def test_the_folders_of_the_theme_are_known():
    theme = Path(material.__file__).parent / "templates" / "assets"
    assert {path.name for path in theme.iterdir() if path.is_dir()} <= places.THEME

"""What git knows of a project: its files, and which language has not followed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bitext.past import Past, past

PAGE = "---\ntitle: T\ntopics: [trade]\nsource_id: a\n---\n\n{}\n{{ #p1 }}\n\n{}\n{{ #p2 }}\n"
Commit = Callable[..., None]


def git(folder: Path, *arguments: str, day: int = 1) -> None:
    when = f"2025-03-{day:02}T12:00:00Z"
    settings = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True, env=os.environ | settings)


@pytest.fixture
def commit(tmp_path: Path) -> Commit:
    """Writes the two paragraphs of pages and commits them, a day after the commit before."""
    git(tmp_path, "init", "-q")
    days = iter(range(1, 29))

    def done(short: str = "trade/a.md", *, kept: bool = True, **texts: tuple[str, str]) -> None:
        for lang, two in texts.items():
            file = tmp_path / "docs" / lang / short
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PAGE.format(*two), encoding="utf-8")
        if kept:
            git(tmp_path, "add", "-A")
            git(tmp_path, "commit", "-q", "-m", "x", day=next(days))

    return done


def behind(tmp_path: Path, short: str = "trade/a.md") -> dict[str, tuple[str, ...]]:
    return dict(past(tmp_path / "docs").behind.get(short, {"zh": (), "en": ()}))


def test_a_change_of_one_language_leaves_the_other_behind(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    assert behind(tmp_path) == {"zh": (), "en": ()}
    commit(zh=("甲", "丙"))
    assert behind(tmp_path) == {"zh": (), "en": ("p2",)}
    commit(en=("A", "C"))
    assert behind(tmp_path) == {"zh": (), "en": ()}


def test_what_is_not_committed_counts(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    commit(kept=False, en=("X", "B"))
    assert behind(tmp_path) == {"zh": ("p1",), "en": ()}


def test_a_translation_that_comes_later_is_not_behind(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"))
    commit(zh=("丙", "乙"))
    commit(en=("A", "B"))
    assert behind(tmp_path) == {"zh": (), "en": ()}


def test_front_matter_alone_makes_nothing_stale(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    page = tmp_path / "docs/zh/trade/a.md"
    page.write_text(page.read_text("utf-8").replace("title: T", "title: U"), "utf-8")
    git(tmp_path, "commit", "-qam", "x", day=28)
    assert past(tmp_path / "docs").behind == {}


def test_pages_are_looked_at_each_by_itself(tmp_path: Path, commit: Commit) -> None:
    for name in ("a", "b", "中"):
        commit(f"trade/{name}.md", zh=("甲", "乙"), en=("A", "B"))
    commit("trade/中.md", zh=("丙", "乙"))
    assert past(tmp_path / "docs").behind == {"trade/中.md": {"zh": (), "en": ("p1",)}}


def test_a_history_that_is_cut_off_says_nothing_of_changes(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    commit(zh=("甲", "丙"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", tmp_path.as_uri(), str(clone))
    found = past(clone / "docs")
    assert (len(found.pages), found.behind) == (2, {})


def test_without_git_nothing_is_said(tmp_path: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    commit(zh=("甲", "丙"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert past(tmp_path / "docs") == Past()


def test_pages_that_are_not_those_of_the_repository_have_no_past(tmp_path: Path, commit: Commit) -> None:
    commit(zh=("甲", "乙"), en=("A", "B"))
    assert past(tmp_path / "docs" / "zh") == Past()
    assert past(tmp_path / "nowhere") == Past()


def test_sources_are_those_that_are_committed_and_mean_one_thing(tmp_path: Path, commit: Commit) -> None:
    (tmp_path / "sources").mkdir()
    for name in ("one.txt", "two.txt", "two.html", "README.md", ".hidden.txt", "中文.docx"):
        (tmp_path / "sources" / name).write_text("x", "utf-8")
    commit(zh=("甲", "乙"), en=("A", "B"))
    (tmp_path / "sources" / "new.txt").write_text("x", "utf-8")
    found = past(tmp_path / "docs")
    assert found.pages == {"zh/trade/a.md", "en/trade/a.md"}
    assert found.sources == {"one": "sources/one.txt", "中文": "sources/中文.docx"}
    assert (found.source("one#2"), found.source("two"), found.source("new")) == ("sources/one.txt", "", "")


def test_git_is_started_a_handful_of_times(tmp_path: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        commit(f"trade/a{number}.md", zh=("甲", "乙"), en=("A", "B"))
        commit(f"trade/a{number}.md", zh=("丙", "乙"))
    calls: list[object] = []
    opened = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **more: (calls.append(given), opened(*given, **more))[1])
    assert len(past(tmp_path / "docs").behind) == 8
    assert len(calls) == 5

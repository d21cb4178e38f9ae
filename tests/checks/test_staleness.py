"""One language changed after the other, as git tells it."""

import os
import subprocess
from types import SimpleNamespace

import pytest
from tests.checks.pages import check, page

BODY = "One.\n{ #p1 }\n\nTwo.\n{ #p2 }\n"


@pytest.fixture
def desk(tmp_path):
    """A checkout; ``commit`` writes pages and commits them a day after the commit before."""
    day = iter(range(1, 28))

    def git(*arguments):
        time = f"2025-03-{next(day):02}T12:00:00Z"
        dates = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", "-C", tmp_path, *who, *arguments]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | dates)

    def write(**bodies):
        for lang, body in bodies.items():
            file = tmp_path / f"docs/{lang}/trade/a.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(body), encoding="utf-8")

    def commit(**bodies):
        write(**bodies)
        git("add", "-A")
        git("commit", "-q", "-m", "x")

    git("init", "-q")
    return SimpleNamespace(root=tmp_path, write=write, commit=commit)


def said(desk):
    return [line for line in check(desk.root, {}) if ": staleness: " in line]


def test_both_changed_at_once(desk):
    desk.commit(zh=BODY, en=BODY)
    desk.commit(zh=BODY.replace("One", "Eins"), en=BODY.replace("One", "Uno"))
    assert said(desk) == []


def test_one_bead_changed_in_one_language(desk):
    desk.commit(zh=BODY, en=BODY)
    desk.commit(en=BODY.replace("Two", "Zwei"))
    (line,) = said(desk)
    assert line.startswith("docs/zh/trade/a.md:10: staleness: p2 was last changed by ")
    assert "2025-03-03, docs/en/trade/a.md:10 after it by " in line


def test_the_other_language_followed(desk):
    desk.commit(zh=BODY, en=BODY)
    desk.commit(en=BODY.replace("Two", "Zwei"))
    desk.commit(zh=BODY.replace("Two", "Deux"))
    assert said(desk) == []


def test_a_translation_that_came_later_makes_nothing_stale(desk):
    desk.commit(zh=BODY)
    desk.commit(en=BODY.partition("\n\n")[0] + "\n")
    desk.commit(en=BODY)
    assert said(desk) == []


def test_what_is_not_committed_yet(desk):
    desk.commit(zh=BODY, en=BODY)
    desk.write(zh=BODY.replace("One", "Eins"))
    (line,) = said(desk)
    assert line.startswith("docs/en/trade/a.md:7: staleness: p1 was last changed by ")
    assert line.endswith(" after it by now (not committed)")


def test_nothing_is_said_where_there_is_no_git(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert check(tmp_path, {"zh/trade/a.md": page(BODY), "en/trade/a.md": page(BODY.replace("One", "Eins"))}) == []
    monkeypatch.setenv("PATH", "")
    assert check(tmp_path, {}) == []


def test_a_checkout_without_a_commit(desk):
    desk.write(zh=BODY, en=BODY)
    assert said(desk) == []


def test_a_history_that_is_cut_off_tells_nothing(desk, tmp_path_factory):
    desk.commit(zh=BODY, en=BODY)
    desk.commit(zh=BODY.replace("Two", "Deux"), en=BODY.replace("One", "Uno"))
    desk.commit(en=BODY.replace("One", "Uno").replace("Two", "Zwei"))
    assert len(said(desk)) == 1, "p1 alone waits"
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    command = ["git", "clone", "-q", "--depth", "2", f"file://{desk.root}", shallow]
    subprocess.run(command, check=True, capture_output=True)
    assert [line for line in check(shallow, {}) if ": staleness: " in line] == []

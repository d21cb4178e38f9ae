"""What need not be done again, and all that makes a source be looked at anew."""

import contextlib
import io
import json
import os
import shutil

import pytest

import convert
from bitext import remembered
from bitext.workshop import Workshop

TEXT = "第{0}号渡口的船\nBoats at Ferry {0}\n\n今天有{0}条船过江。\n\n{0} boats crossed the river today.\n"


class Desk:
    """Sources, their pages, and a converter that notes what it converts."""

    def __init__(self, root, monkeypatch):
        self.root, self.converted = root, []
        (root / "sources").mkdir(parents=True)
        for number in (12, 13, 14):
            self.write(f"sources/ferry-{number}.txt", TEXT.format(number))
        make = Workshop.make

        def noted(shop, job):
            self.converted.append(job.path.removeprefix("sources/").removesuffix(".txt"))
            return make(shop, job)

        monkeypatch.setattr(Workshop, "make", noted)
        assert self.run()[0] == 0

    def write(self, name, text):
        (self.root / name).write_text(text, "utf-8")

    def run(self, *arguments):
        """Exit code, output, messages; what was converted is noted anew."""
        self.converted.clear()
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = convert.main(["--sources", "sources", "--docs", "docs", *arguments])
        return code, out.getvalue(), err.getvalue()

    def page(self, number, lang="en"):
        (found,) = (self.root / "docs" / lang).glob(f"*/boats-at-ferry-{number}.md")
        return found

    def files(self):
        """All files but the memory."""
        paths = {path.relative_to(self.root): path for path in self.root.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in paths.items() if "cache" not in name.parts}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    return Desk(tmp_path / "desk", monkeypatch)


def test_nothing_is_done_twice_and_all_is_told_again(desk):
    first = desk.run()
    assert desk.converted == []
    (desk.root / ".convert/cache/settled.json").unlink()
    assert desk.run() == first
    assert desk.converted == ["ferry-12", "ferry-13", "ferry-14"]
    before = desk.files()
    assert desk.run() == first
    assert desk.files() == before
    assert desk.run("--status")[1].count("no change") == 6
    assert desk.converted == []


def other_text(desk):
    desk.write("sources/ferry-13.txt", TEXT.format(30))


def other_page(desk):
    page = desk.page(13)
    page.write_text(page.read_text().replace("crossed", "went over"))


def no_page(desk):
    desk.page(13).unlink()


def moved_page(desk):
    page = desk.page(13)
    (page.parent.parent / "culture").mkdir(exist_ok=True)
    page.rename(page.parent.parent / "culture" / page.name)


def copied_page(desk):
    shutil.copy(desk.page(13), desk.page(13).with_name("copy.md"))


def other_base(desk):
    for path in (desk.root / ".convert/base").glob("*.md"):
        if "Ferry 13" in path.read_text():
            path.write_text("x")


def no_lock(desk):
    (desk.root / ".convert/lock/ferry-13.json").unlink()


def waiting_proposal(desk):
    place = desk.root / ".convert/pending" / desk.page(13).relative_to(desk.root / "docs")
    place.parent.mkdir(parents=True)
    place.write_text("x")


@pytest.mark.parametrize(
    "change",
    [other_text, other_page, no_page, moved_page, copied_page, other_base, no_lock, waiting_proposal],
    ids=lambda change: change.__name__,
)
def test_what_makes_a_source_be_looked_at_anew(desk, change):
    """The end is that of a run that remembers nothing."""
    change(desk)
    twin = shutil.copytree(desk.root, desk.root.with_name("twin"))
    shutil.rmtree(twin / ".convert/cache")
    code, out, err = desk.run()
    assert desk.converted == ["ferry-13"]
    after = desk.files()
    desk.root = twin
    assert desk.run() == (code, out, err)
    assert desk.converted == ["ferry-12", "ferry-13", "ferry-14"]
    assert desk.files() == after


def test_other_code_or_data_makes_all_anew(desk, monkeypatch):
    monkeypatch.setattr(remembered, "version", lambda: "other")
    desk.run()
    assert len(desk.converted) == 3


def test_a_page_that_a_person_keeps_is_settled(desk):
    other_page(desk)
    desk.run()
    code, out, _ = desk.run()
    assert (code, desk.converted) == (0, [])
    assert [row.split()[3] for row in out.split("\n") if row.startswith("ferry-")] == ["0", "1", "0"]
    assert "went over" in desk.page(13).read_text()


def test_files_that_were_only_touched_are_settled(desk):
    for name in desk.files():
        os.utime(desk.root / name, (1, 1))
    desk.run()
    assert desk.converted == []


def test_a_change_of_the_same_size_and_time_is_seen(desk):
    """A file system counts time in ticks: what was written in the tick of the last look is read."""
    page = desk.page(13)
    times = page.stat()
    page.write_text(page.read_text().replace("crossed", "bridged"))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    desk.run()
    assert desk.converted == ["ferry-13"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}', '{"sources": 3}'])
def test_a_memory_that_cannot_be_read_is_none(desk, content):
    path = desk.root / ".convert/cache/settled.json"
    path.write_text(content)
    assert desk.run()[0] == 0
    assert len(desk.converted) == 3
    assert len(json.loads(path.read_text())["sources"]) == 3


def test_a_source_that_is_gone_is_forgotten(desk):
    (desk.root / "sources/ferry-13.txt").unlink()
    desk.run()
    memory = json.loads((desk.root / ".convert/cache/settled.json").read_text())
    assert [*memory["sources"]] == ["ferry-12", "ferry-14"]


def test_one_source_alone(desk):
    other_text(desk)
    desk.run("sources/ferry-12.txt")
    assert desk.converted == []
    desk.run("sources/ferry-13.txt")
    assert desk.converted == ["ferry-13"]
    desk.run()
    assert desk.converted == []

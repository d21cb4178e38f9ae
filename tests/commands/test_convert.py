"""The converter as people start it: what it prints, what it writes, how it ends."""

import contextlib
import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import convert
from bitext.state import State

ROOT = Path(__file__).parents[2]
TEXT = (
    "中国与老挝贸易创下新高\nTrade between China and Laos hits a new high\n"
    "2024年8月9日\n"
    "商务部公布,双方上半年贸易额达到47亿美元,增长12%。\n"
    "Two-way trade reached 4.7 billion US dollars in the first half of the year, up 12 percent, the ministry said.\n"
    "农产品出口增长最快。\n"
    "Farm exports to China grew fastest.\n"
)


class Desk:
    """A folder with sources, where the converter is run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "sources").mkdir()

    def source(self, name="trade-high.txt", text=TEXT) -> Path:
        path = self.root / "sources" / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *arguments):
        """Exit code, output, messages."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = convert.main([*map(str, arguments)])
            except SystemExit as end:
                code = end.code
        return code, out.getvalue(), err.getvalue()

    def convert(self, *arguments):
        return self.run("--sources", "sources", "--docs", "docs", *arguments)

    def files(self):
        """All files but what the converter remembers to save itself work."""
        found = {p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
        return {name: content for name, content in found.items() if ".convert/cache/" not in name}

    def pages(self):
        return sorted(name for name in self.files() if name.startswith("docs/"))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


ZH = "docs/zh/trade/2024-08-09-trade-between-china-and-laos-hits-a-new-high.md"
EN = ZH.replace("/zh/", "/en/")


def test_a_source_becomes_two_pages_and_a_second_run_changes_nothing(desk):
    desk.source()
    code, out, _ = desk.convert()
    assert code == 0
    assert desk.pages() == [EN, ZH]
    assert out.split("\n")[0].split() == [
        "source", "pages", "written", "kept", "1:1", "n:m", "1:0", "lines", "removed", "to", "review",
    ]  # fmt: skip
    assert out.split("\n")[1].split()[:7] == ["trade-high", "2", "2", "0", "3", "0", "0"]
    before = desk.files()
    assert desk.convert()[0] == 0
    assert desk.files() == before


def test_the_state_stands_beside_the_pages(desk):
    desk.source()
    desk.run("--sources", "sources", "--docs", "build/docs")
    folders = {name.split("/")[1] for name in desk.files() if name.startswith("build/")}
    assert folders == {"docs", ".convert"}
    assert not (desk.root / ".convert").exists()


def test_an_edit_and_a_new_text_are_brought_together(desk):
    source = desk.source()
    desk.convert()
    edited = (desk.root / ZH).read_text() + "\n编者按。\n{ #p9 }\n"
    (desk.root / ZH).write_text(edited)
    assert desk.convert()[0] == 0
    assert (desk.root / ZH).read_text() == edited
    source.write_text(TEXT.replace("47亿", "48亿").replace("4.7", "4.8"))
    code, out, err = desk.convert()
    assert code == 0
    assert (desk.root / ZH).read_text() == edited.replace("47亿", "48亿")
    assert f"{ZH}: publish: a person's edit and the new text were brought together" in err
    assert out.split("\n")[1].split()[1:4] == ["2", "2", "0"]
    assert desk.convert()[0] == 0
    assert (desk.root / ZH).read_text() == edited.replace("47亿", "48亿")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{ .dateline }", "{ .dateline }\n\n# 编者按\n{ #p9 }", "a heading of level 1"),
        ("date:", "datum:", "unknown key"),
        ("topics: [trade]", "topics: [trade, trades]", "topics has"),
        ("---\ntitle", "title", "no front matter"),
    ],
)
def test_a_merge_that_the_checks_refuse_is_not_published(desk, old, new, fault):
    source = desk.source()
    desk.convert()
    made = (desk.root / ZH).read_text()
    assert old in made
    edited = made.replace(old, new, 1)
    (desk.root / ZH).write_text(edited)
    source.write_text(TEXT.replace("农产品出口增长最快", "农产品出口增长最慢"))
    assert desk.convert()[0] == 3
    assert (desk.root / ZH).read_text() == edited
    assert fault in (desk.root / ".convert/pending" / f"{ZH[5:-3]}.txt").read_text()


def test_an_edit_of_the_same_lines_is_kept_and_the_run_ends_with_three(desk):
    source = desk.source()
    desk.convert()
    edited = (desk.root / ZH).read_text().replace("47亿", "四十七亿")
    (desk.root / ZH).write_text(edited)
    source.write_text(TEXT.replace("47亿", "48亿").replace("4.7", "4.8"))
    code, out, err = desk.convert()
    assert code == 3
    assert (desk.root / ZH).read_text() == edited
    assert "4.8 billion" in (desk.root / EN).read_text()
    assert f"{ZH}: publish: edited by a person, and the source now gives another text" in err
    note = f".convert/pending/{ZH.removeprefix('docs/').removesuffix('.md')}.txt"
    assert f"Read {note}, take over" in err
    words = (desk.root / note).read_text()
    assert "the person and the source changed the same lines" in words
    assert all(f"{number}亿" in words for number in ("四十七", "47", "48"))
    assert out.split("\n")[1].split()[1:4] == ["2", "1", "1"]


def test_status_says_what_would_happen_and_writes_nothing(desk):
    source = desk.source()
    assert desk.convert("--status")[1].split("\n")[0].split(maxsplit=1)[1] == "new       would be created"
    assert desk.pages() == []
    desk.convert()
    zh, en = (desk.root / ZH).read_text(), (desk.root / EN).read_text()
    (desk.root / ZH).write_text(zh + "\n编者按。\n")
    (desk.root / EN).write_text(en.replace("12 percent", "12 per cent"))
    source.write_text(TEXT.replace("12%", "13%").replace("12 percent", "13 percent"))
    before = desk.files()
    code, out, _ = desk.convert("--status")
    assert code == 3
    assert [line.split(maxsplit=1)[1] for line in out.strip().split("\n")] == [
        "edited    would be merged with the new text",
        "edited    needs a decision: the source changed too (the person and the source changed the same lines)",
    ]
    (desk.root / ZH).unlink()
    desk.source("other.txt", "你好，老挝。\n" * 3)
    source.unlink()
    assert [line.split(maxsplit=1)[1] for line in desk.convert("--status")[1].strip().split("\n")][-1] == (
        "as made   no source gives it any more; it stays"
    )
    (desk.root / ZH).write_text(zh)
    (desk.root / EN).write_text(en)
    (desk.root / "sources/other.txt").unlink()
    source.write_text(TEXT.replace("12%", "13%").replace("12 percent", "13 percent"))
    assert desk.files() == before | {ZH: zh.encode(), EN: en.encode()}


def test_a_source_that_got_another_name(desk):
    source = desk.source(text=TEXT.encode("gb18030"))
    desk.run("--docs", "docs", "--encoding", "gb18030", source)
    source.rename(source.with_name("high-trade.txt"))
    code, _, err = desk.convert()
    assert (code, desk.pages()) == (0, [EN, ZH]), err
    assert "source_id: high-trade\n" in (desk.root / ZH).read_text()
    assert [path.name for path in (desk.root / ".convert/lock").iterdir()] == ["high-trade.json"]


def test_pages_without_a_source_are_pruned_if_git_has_them(desk):
    source, other = desk.source(), desk.source("other.txt", "你好，老挝。\n" * 3)
    desk.convert()
    source.unlink()
    code, _, err = desk.convert("--prune")
    assert code == 0
    assert f"{ZH}: publish: no source gives this page any more; it stays: git does not have it as it is" in err
    assert ZH in desk.pages()
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@b.c")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
        subprocess.run([*git, *words], cwd=desk.root, check=True)
    other.write_bytes(b"\xff")
    code, _, err = desk.convert("--prune")
    assert code == 2
    assert "nothing was pruned" in err
    assert ZH in desk.pages()
    other.write_text("你好，老挝。\n" * 3)
    assert desk.convert("--prune")[0] == 0
    assert not {ZH, EN} & set(desk.pages())
    assert desk.convert()[2].count("no source gives") == 0


def test_a_full_disk(desk, monkeypatch):
    desk.source()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.write", full)
    code, _, err = desk.convert()
    assert code == 2
    assert err.endswith(
        "cannot be written: No space left on device\n"
        "    Every file is whole, as it was or as it is to be. Make room or mend the permissions, then rerun.\n"
    )
    assert desk.pages() == []


def test_two_conversions_at_once(desk):
    desk.source()
    with State(desk.root / ".convert").alone():
        code, _, err = desk.convert()
    assert code == 2
    assert err == ".convert: another conversion is running\n    Wait for it to end, then rerun.\n".replace(
        ".convert", str(desk.root / ".convert"), 1
    )


def test_explain_for_programs(desk):
    code, out, _ = desk.run("--explain", "--json", desk.source())
    assert code == 0
    found = json.loads(out)
    assert list(found) == ["id", "lines", "beads", "document", "discrepancies"]
    assert found["id"] == "trade-high"
    assert [line["n"] for line in found["lines"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [line["role"] for line in found["lines"]][:3] == ["title", "title", "dateline"]
    assert [(bead["zh"], bead["en"]) for bead in found["beads"]] == [(["1"], ["2"]), (["4"], ["5"]), (["6"], ["7"])]
    assert found["document"] == {
        "title_zh": "中国与老挝贸易创下新高",
        "title_en": "Trade between China and Laos hits a new high",
        "date": "2024-08-09",
        "source": None,
        "topics": {"primary": "trade", "acceptable": ["trade"]},
        "sections": [],
    }
    assert found["discrepancies"] == []
    assert list(desk.files()) == ["sources/trade-high.txt"]


def test_explain_for_people(desk):
    code, out, _ = desk.run("--explain", desk.source())
    assert code == 0
    assert out.startswith(f"{desk.root}/sources/trade-high.txt (utf-8, 8 lines)\n\nTo review\n")
    assert "date      2024-08-09  (line 3" in out
    assert "4  zh   paragraph p1" in out
    assert "p1     1:1  4 ↔ 5" in out
    assert list(desk.files()) == ["sources/trade-high.txt"]


BAD = {
    "empty.txt": (b"", ": is empty"),
    "blank.txt": (b" \n\n", ": is empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00", ":1: byte 0 is not utf-8"),
    "nul.txt": (b"text\nmore\x00", ":2: holds NUL, so it is not a text"),
    "gb.txt": ("老挝万象".encode("gb18030"), ":1: byte 0 is not utf-8"),
    "a..b.txt": (b"text", ": its name cannot become the id of a page"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_source_is_told_and_the_others_go_on(desk, name):
    content, message = BAD[name]
    desk.source()
    desk.source(name, content)
    code, _, err = desk.convert()
    assert code == 2
    assert f"sources/{name}{message}" in err
    told = err[err.index(f"sources/{name}") :].split("\n")
    assert told[1].startswith("    ")
    assert desk.pages() == [EN, ZH]


def test_a_source_that_breaks_later_keeps_its_pages(desk):
    source = desk.source()
    desk.convert()
    before = desk.files()
    source.write_bytes(b"\xff\xfe\x00")
    assert desk.convert()[0] == 2
    source.write_text(TEXT)
    assert desk.files() == before


def test_a_source_that_is_gone_leaves_its_pages(desk):
    source = desk.source()
    desk.source("other.txt", TEXT.replace("Laos", "Vietnam").replace("老挝", "越南"))
    desk.convert()
    pages = desk.pages()
    source.unlink()
    code, _, err = desk.convert()
    assert code == 0
    assert f"{ZH}: publish: no source gives this page any more; it stays\n    To remove it: convert.py --prune." in err
    assert desk.pages() == pages


@pytest.mark.parametrize(
    ("argument", "message"),
    [("sources", "is a directory"), ("none.txt", "no such file"), ("sources/trade-high.txt/x", "no such file")],
)
def test_what_is_no_file(desk, argument, message):
    desk.source()
    code, _, err = desk.run("--docs", "docs", argument)
    assert code == 2
    assert err.startswith(f"{argument}: ")
    assert message in err.split("\n")[0]


def test_an_encoding_that_a_person_named_is_remembered(desk):
    source = desk.source(text=TEXT.encode("gb18030"))
    code, _, err = desk.convert()
    assert code == 2
    assert "rerun with --encoding gb18030" in err
    assert desk.run("--docs", "docs", "--encoding", "gb18030", source)[0] == 0
    assert "贸易额" in (desk.root / ZH).read_text()
    before = desk.files()
    assert desk.convert()[0] == 0
    assert desk.files() == before


def test_an_encoding_that_nobody_knows(desk):
    code, _, err = desk.run("--docs", "docs", "--encoding", "utf-99", desk.source())
    assert code == 2
    assert "unknown encoding 'utf-99'" in err


def test_two_sources_with_one_id(desk):
    desk.source()
    twin = desk.root / "trade-high.txt"
    twin.write_text(TEXT)
    code, _, err = desk.run("--docs", "docs", "sources/trade-high.txt", twin)
    assert code == 2
    assert f"{twin}: has the id of sources/trade-high.txt" in err
    assert desk.pages() == [EN, ZH]


def test_an_empty_folder(desk):
    code, _, err = desk.convert()
    assert code == 2
    assert err == "sources: no source text\n    Put texts there, ending in .docx, .htm, .html, .md, .txt.\n"


def test_a_lock_that_git_has_marked(desk):
    desk.source()
    desk.convert()
    lock = desk.root / ".convert/lock/trade-high.json"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text())
    pages = {name: content for name, content in desk.files().items() if name.startswith("docs/")}
    code, _, err = desk.convert()
    assert code == 2
    assert "trade-high.json: is not a lock file\n    Restore it from git" in err
    assert {name: content for name, content in desk.files().items() if name.startswith("docs/")} == pages


def test_the_order_of_the_sources_does_not_matter(desk):
    names = ["a.txt", "b.txt", "c.txt"]
    for name in names:
        desk.source(name)
    desk.run("--docs", "one/docs", *(f"sources/{name}" for name in names))
    desk.run("--docs", "two/docs", *(f"sources/{name}" for name in reversed(names)))
    files = desk.files()
    one = {name[4:]: content for name, content in files.items() if name.startswith("one/")}
    assert one == {name[4:]: content for name, content in files.items() if name.startswith("two/")}
    assert len(one) == 6 + 6 + 3 + 2


@pytest.mark.parametrize(
    "arguments",
    [["--json"], ["--explain", "--status"], ["--encoding", "gb18030"], ["--no-such"], ["--prune", "x.txt"]],
    ids=" ".join,
)
def test_questions_that_make_no_sense(desk, arguments):
    assert desk.run(*arguments)[0] == 2
    assert desk.files() == {}


def test_help_does_not_load_the_library():
    code = "import sys; sys.argv = ['convert.py', '--help']; sys.path.insert(0, 'scripts'); import convert\n"
    code += "try: convert.main()\nexcept SystemExit: pass\n"
    code += "print([name for name in sys.modules if name.split('.')[0] in ('bitext', 'yaml', 'numpy', 'tqdm')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_started_from_anywhere(desk):
    source = desk.source()
    command = [sys.executable, ROOT / "scripts/convert.py", "--explain", "--json", source]
    first, second = (
        subprocess.run(command, cwd="/", env=environment, capture_output=True, check=True)
        for environment in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "PYTHONIOENCODING": "ascii"})
    )
    assert json.loads(first.stdout)["id"] == "trade-high"
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("商务部公布贸易额。" * 9000, "a block of 81009 characters"),
        ("商务部[" * 9000, "9000 escaped signs in a block"),
        ("商务部公布上半年双方贸易额，同比增长百分之十二。\n" * 6000, "bytes"),
    ],
)
def test_a_text_that_the_site_could_not_show_is_refused_and_the_others_go_on(desk, text, said):
    desk.source()
    desk.source("huge.txt", TEXT + text + "\n" + TEXT)
    code, _, err = desk.convert()
    assert code == 2
    assert f"huge.txt: the site could not show its page: {said}" in err or (said == "bytes" and "bytes\n" in err)
    assert len(desk.pages()) == 2


def test_a_link_that_leads_out_of_the_folder_is_no_source(desk):
    desk.source()
    secret = desk.root / "secret"
    secret.write_text("root:x:0:0 the password")
    (desk.root / "sources" / "leak.txt").symlink_to(secret)
    (desk.root / "sources" / "circle.txt").symlink_to("circle.txt")
    (desk.root / "sources" / "again.txt").symlink_to("trade-high.txt")
    code, _, errors = desk.convert()
    assert code == 2
    assert "leak.txt: is a symbolic link that leads out of its folder\n    Put the text itself there" in errors
    assert "circle.txt: no such file" in errors
    pages = "".join(path.read_text("utf-8") for path in desk.root.rglob("docs/**/*.md"))
    assert "password" not in pages
    assert "source_id: again" in pages


def test_a_name_that_would_speak_to_the_terminal_is_spelt_out(desk):
    desk.source("a\x1b[31m\nb.txt")
    code, _, errors = desk.convert()
    assert code == 2
    assert r"a\x1b[31m\nb.txt: its name cannot become the id of a page" in errors


def test_files_that_nobody_could_read_break_nothing(desk):
    desk.source()
    assert desk.convert()[0] == 0
    folder = desk.root / "docs" / "zh" / "trade"
    (folder / os.fsdecode(b"\xff.md")).write_text("---\nsource_id: trade-high\n---\n")
    with (folder / "endless.md").open("wb") as file:
        file.truncate(1 << 40)
    (desk.root / "sources" / "trade-high.txt").write_text(TEXT.replace("47", "48"))
    code, _, errors = desk.convert()
    assert "Traceback" not in errors
    assert code == 0

"""Every kind of broken page gives one clear line with file and line, exit code 1 and no traceback."""

import contextlib
import io
import os
import re

import pytest
from tests.checks.pages import FRONT, page
from tests.table import Table

import check

TABLE = Table("broken_pages")
GROUPS = ("front matter", "places", "body", "pairs")


def run(root):
    """Exit code, lines about mistakes, and what was said beside them."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = check.main(["--docs", "docs"])
    lines = [line for line in out.getvalue().split("\n") if line and not line.startswith("    ")]
    return code, [line for line in lines if not re.search(r": pair: |: structure: no p\d", line)], err.getvalue()


def written(root, path, text):
    file = root / "docs" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def filled(case, key, default):
    """Text of a case; what stands in braces without a blank is repeated."""
    text, times = case.get(key, default), case.get("repeat", 0)
    return re.sub(r"\{([^{}\n#][^{}\n]{0,3}|.)\}", lambda match: match[1] * times, text) if times else text


@pytest.mark.parametrize("case", TABLE.cases(*GROUPS))
def test_one_clear_line(tmp_path, case):
    path, front = case.get("path", "zh/trade/a.md"), filled(case, "front", FRONT)
    text = case["page"] if "page" in case else page(filled(case, "body", "One.\n{ #p1 }\n"), front)
    written(tmp_path, path, text)
    at = case.get("at", path)
    if "en" in case:
        at = path.replace("zh/", "en/")
        written(tmp_path, at, page(case["en"], front))
    code, lines, err = run(tmp_path)
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"docs/{at}:{case['said']}")
    assert "Traceback" not in err


def test_there_are_enough_kinds():
    assert sum(len(TABLE[group]) for group in GROUPS) >= 60


def test_bytes_that_are_no_text(tmp_path):
    written(tmp_path, "zh/trade/a.md", page())
    (tmp_path / "docs/zh/trade/a.md").write_bytes("---\ntitle: 标题\n---\n".encode("gb18030"))
    assert run(tmp_path)[:2] == (1, ["docs/zh/trade/a.md:2: encoding: byte 11 is not UTF-8, expected UTF-8"])


def test_a_file_that_is_none(tmp_path):
    (tmp_path / "docs/zh/trade").mkdir(parents=True)
    os.mkfifo(tmp_path / "docs/zh/trade/a.md")
    assert run(tmp_path)[:2] == (1, ["docs/zh/trade/a.md: place: a named pipe, expected a file or a folder"])


def test_a_page_of_a_megabyte(tmp_path):
    written(tmp_path, "zh/trade/a.md", page("x " * 500_000))
    code, lines, _ = run(tmp_path)
    assert code == 1
    assert lines == ["docs/zh/trade/a.md:1: file: 1000048 bytes, expected at most 262144"]

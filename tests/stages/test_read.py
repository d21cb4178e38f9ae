"""Bytes become text strictly, and every change of a character is on record."""

import hashlib
import html
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext import read
from bitext.read import SourceError, load, restore_punctuation, source_text

TABLE = Table("read")
ASCII_MARKS = ",:;!?()"
FULL_MARKS = "\uff0c\uff1a\uff1b\uff01\uff1f\uff08\uff09"
MIXED = st.text(
    st.sampled_from("\u6c34\u7ad9\u7684a Bc12.,:;!?()\"'\u201c\u201d/%\u3000\t\n\r\u00a0\u2028")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@pytest.mark.parametrize(("line", "expected"), TABLE.cases("restored"))
def test_punctuation_of_chinese_text_is_restored(line, expected):
    assert restore_punctuation(line) == expected


@pytest.mark.parametrize("line", TABLE.cases("kept"))
def test_other_lines_stay(line):
    assert restore_punctuation(str(line)) == str(line)


@pytest.mark.parametrize("case", TABLE.cases("taken"))
def test_bytes_that_are_taken(case, tmp_path):
    data = case["text"].encode(case["write"])
    found = source_text(data, tmp_path / "some-name.txt", case.get("name"))
    assert (found.id, found.encoding) == ("some-name", case["used"])
    assert [change.rule for change in found.changes] == case["changes"]
    assert found.text == "\n".join(found.lines)
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert not set(found.text) & set("\ufeff\r\u00a0\u2007\u202f")


@pytest.mark.parametrize("case", TABLE.cases("refused"))
def test_bytes_that_are_refused(case, tmp_path):
    path = tmp_path / "odd.txt"
    with pytest.raises(SourceError) as error:
        source_text(bytes.fromhex(case["hex"]), path, case.get("name"))
    found, next_step = str(error.value).split("\n    ")
    assert found.startswith(str(path))
    assert case["says"] in found
    assert case.get("next", "") in next_step


def test_lines_end_at_a_line_feed_only(tmp_path):
    text = "one\x0btwo\x0cthree\u2028four\x85five\u2029six\x1cseven\rhalf\nnext"
    assert source_text(text.encode(), tmp_path / "a.txt").lines == tuple(text.split("\n"))


def test_punctuation_can_be_kept_for_a_source(tmp_path):
    line = TABLE["taken"][-2]["text"]
    kept = source_text(line.encode(), tmp_path / "a.txt", punctuation=False)
    assert (kept.text, kept.changes) == (line, ())


@pytest.mark.parametrize(("line", "expected"), TABLE.cases("named"))
def test_characters_that_a_saved_page_names(line, expected, tmp_path):
    assert source_text(line.encode(), tmp_path / "a.txt", punctuation=False).text == expected


def test_changes_say_where_and_what(tmp_path):
    before = "\ufeff\u6c34,\u6e05\r\nA\u00a0b"
    found = source_text(before.encode(), tmp_path / "a.txt").changes
    assert [(change.rule, change.line, change.column, change.before, change.after) for change in found] == [
        ("bom", 1, 0, "\ufeff", ""),
        ("crlf", 1, 3, "\r", ""),
        ("punctuation", 1, 1, ",", "\uff0c"),
        ("nbsp", 2, 1, "\u00a0", " "),
    ]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (Path, "no such file"),
        (lambda path: path.mkdir(), "is a directory, expected a text file"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "no such file"),
        (lambda path: path.write_bytes(b"a" * (read.MAX_BYTES + 1)), f"larger than {read.MAX_BYTES} bytes"),
    ],
    ids=["absent", "folder", "dead link", "too large"],
)
def test_files_that_are_refused(make, says, tmp_path):
    path = tmp_path / "a.txt"
    make(path)
    with pytest.raises(SourceError, match=says):
        load(path)


def test_a_device_is_refused(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SourceError, match="is not a regular file"):
        load(pipe)


def test_the_largest_file_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * read.MAX_BYTES)
    assert len(load(path)) == read.MAX_BYTES


@given(
    MIXED
    | st.lists(st.sampled_from([*"a`&;\u6c34,\n", "&amp;", "&nbsp;", "&lt;", "&#x6c34;"]), max_size=12).map("".join)
)
@example("\u6c34" + ASCII_MARKS * 3)
@example("&nbsp;")
@settings(max_examples=150, deadline=None)
def test_undoing_the_changes_gives_the_file_back(text):
    try:
        found = source_text(text.encode(), Path("a.txt"))
    except SourceError:
        assert "\0" in text or not html.unescape(text.removeprefix("\ufeff")).strip()
        return
    lines, named = [list(line) for line in found.lines], []
    for change in found.changes:
        if change.rule == "crlf":
            lines[change.line - 1].append(change.before)
        elif change.rule == "entity":
            named.append(change)
        elif change.rule != "bom":
            assert lines[change.line - 1][change.column] == change.after
            lines[change.line - 1][change.column] = change.before
    for change in reversed(named):
        assert lines[change.line - 1][change.column] == change.after
        lines[change.line - 1][change.column] = change.before
    mark = "\ufeff" * any(change.rule == "bom" for change in found.changes)
    assert mark + "\n".join("".join(line) for line in lines) == text


@given(MIXED)
@settings(max_examples=150, deadline=None)
def test_punctuation_keeps_length_and_changes_nothing_else(line):
    found = restore_punctuation(line)
    assert len(found) == len(line)
    marks = dict(zip(ASCII_MARKS, FULL_MARKS, strict=True))
    assert all(after in (before, marks.get(before)) for before, after in zip(line, found, strict=True))


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "gb18030", "big5", "utf-16", "utf-7", "idna", "punycode", "cp1252"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data, encoding):
    try:
        found = source_text(data, Path("a.txt"), encoding)
    except SourceError:
        return
    found.text.encode()

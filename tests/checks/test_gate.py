"""Every page is looked at, and nothing that stands there brings the checks down."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.checks.pages import KNOWN, check, page

from bitext.checks import gate
from bitext.checks.pages import load


def test_two_pages_with_one_source_id(tmp_path):
    found = check(tmp_path, {f"{lang}/trade/{name}.md": page() for lang in ("zh", "en") for name in "ab"})
    assert found == [
        f"docs/{lang}/trade/b.md:4: source_id: s1 is that of docs/{lang}/trade/a.md, expected an id of its own"
        for lang in ("en", "zh")
    ]


def test_a_page_in_one_language_is_a_note(tmp_path):
    found = check(tmp_path, {"zh/trade/a.md": page()})
    assert found == ["docs/zh/trade/a.md: pair: no page in the other language at trade/a.md"]


def test_bytes_that_are_not_utf_8(tmp_path):
    found = check(tmp_path, {"zh/trade/a.md": page().encode() + b"\n\xff", "en/trade/a.md": page()})
    assert found == ["docs/zh/trade/a.md:10: encoding: byte 62 is not UTF-8, expected UTF-8"]


def test_a_page_that_the_disk_refuses_is_told(tmp_path, monkeypatch):
    honest = Path.read_bytes

    def refuse(path):
        if path.name == "b.md":
            raise PermissionError(13, os.strerror(13), str(path))
        return honest(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = check(tmp_path, {f"{lang}/trade/{name}.md": page() for lang in ("zh", "en") for name in "ab"})
    assert "docs/zh/trade/b.md:1: file: cannot be read: Permission denied, expected a text file" in found


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text(page())
    folder = tmp_path / "docs/zh/trade"
    folder.mkdir(parents=True)
    (folder / "a.md").symlink_to(tmp_path / "secret")
    assert check(tmp_path, {})[0] == "docs/zh/trade/a.md: place: a symbolic link, expected a file or a folder"


@pytest.mark.parametrize("name", ["index.md", "a.md"])
def test_a_folder_that_is_called_like_a_page(tmp_path, name):
    (tmp_path / "docs/zh/trade" / name).mkdir(parents=True)
    assert "no article can stand here" in check(tmp_path, {})[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text() | st.binary())
def test_no_page_at_all_brings_the_checks_down(tmp_path_factory, text):
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    files = {"zh/trade/a.md": page().encode() + raw, "en/trade/a.md": raw}
    assert isinstance(check(tmp_path_factory.mktemp("site"), files), list)


def test_many_pages_in_several_processes_say_what_one_says(tmp_path, monkeypatch):
    front = "title: T\ntopics: [trade]\nsource_id: s{}\n"
    for number in range(140):
        for lang, text in (("zh", "共5000人"), ("en", f"{500 if number % 9 == 0 else 5000} people")):
            file = tmp_path / f"docs/{lang}/trade/a{number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(f"{text}\n{{ #p1 }}\n", front.format(number // 2)), encoding="utf-8")
    several = gate.gate(tmp_path / "docs", KNOWN)
    monkeypatch.setattr(gate, "_FEW", 1000)
    assert several == gate.gate(tmp_path / "docs", KNOWN)
    assert {finding.check for finding in several} == {"numbers", "source_id"}
    assert len(several) == 16 + 140


def test_a_page_that_was_merged_is_looked_at_alone():
    found = gate.faults(page("[One](javascript:x)\n{ #p1 .big }\n"), "docs/zh/trade/a.md", KNOWN)
    assert [finding.check for finding in found] == ["structure", "markup"]
    assert gate.faults(page(), "docs/zh/trade/a.md", KNOWN) == []


def test_only_what_was_asked_for_is_looked_at(tmp_path, monkeypatch):
    files = {f"{lang}/trade/{name}.md": page() for lang in ("zh", "en") for name in "ab"}
    check(tmp_path, files)
    docs = tmp_path / "docs"
    (docs / "zh/trade/B.md").write_text(page())
    (docs / "en/culture").mkdir()
    (docs / "en/culture/C.md").write_text(page())
    seen = []
    monkeypatch.setattr(gate, "load", lambda found: seen.append(found[0]) or load(found))
    assert gate.gate(docs, KNOWN, [docs / "en/trade/a.md"]) == ()
    assert seen == ["trade/a.md"]
    assert [finding.check for finding in gate.gate(docs, KNOWN, [docs / "zh"])] == ["source_id", "place", "source_id"]
    assert [finding.path for finding in gate.gate(docs, KNOWN, [docs / "en/culture"])] == [f"{docs}/en/culture/C.md"]
    assert gate.gate(docs, KNOWN, [tmp_path]) == gate.gate(docs, KNOWN)
    assert gate.gate(docs, KNOWN, [tmp_path / "elsewhere.yml"]) == ()


def test_a_link_that_was_asked_for_is_named_and_not_followed(tmp_path):
    (tmp_path / "secret").write_text(page())
    check(tmp_path, {"zh/trade/b.md": page()})
    link = tmp_path / "docs/zh/trade/a.md"
    link.symlink_to(tmp_path / "secret")
    assert [finding.path for finding in gate.gate(tmp_path / "docs", KNOWN, [link])] == [str(link)]

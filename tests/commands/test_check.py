"""The checks as people start them."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import check

ROOT = Path(__file__).parents[2]
PAGE = "---\ntitle: T\ntopics: [trade]\nsource_id: s1\n---\n\nOne.\n{ #p1 }\n"


@pytest.fixture
def docs(tmp_path):
    for lang in ("zh", "en"):
        folder = tmp_path / "docs" / lang / "trade"
        folder.mkdir(parents=True)
        (folder / "a.md").write_text(PAGE)
    return tmp_path / "docs"


def run(docs, *arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(docs.parent), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = check.main(["--docs", "docs", *arguments])
    return code, out.getvalue(), err.getvalue()


def test_right_pages(docs):
    assert run(docs) == (0, "", "docs: no findings\n")


def test_notes_do_not_fail(docs):
    (docs / "en/trade/a.md").unlink()
    code, out, err = run(docs)
    assert code == 0
    assert out.startswith("docs/zh/trade/a.md: pair: no page in the other language at trade/a.md\n    Readers")
    assert err == "docs: 1 note\n"


@pytest.fixture
def wrong(docs):
    (docs / "zh/trade/a.md").write_text(PAGE.replace("title: T", "titel: T\ntitle: T").replace("#p1", "#p1 .x"))
    return docs


def test_findings_in_words(wrong):
    code, out, err = run(wrong)
    assert code == 1
    assert out == (
        "docs/zh/trade/a.md:2: front matter: unknown key 'titel', expected one of title, title_derived, date, topics, "
        "tags, source, source_url, description, source_id, series\n    Did you mean 'title'?\n"
        "docs/zh/trade/a.md:8: structure: .x in braces, expected #p4, .byline, .caption, .dateline, .label, .source, "
        ".speaker or lang=zh, lang=en\n    Remove it; a page has no other marks.\n"
    )
    assert err == "docs: 2 errors\n"
    assert "titel" in (wrong / "zh/trade/a.md").read_text()


def test_findings_for_programs(wrong):
    lines = [json.loads(line) for line in run(wrong, "--format", "json")[1].splitlines()]
    assert [(line["path"], line["line"], line["check"], line["severity"]) for line in lines] == [
        ("docs/zh/trade/a.md", 2, "front matter", "error"),
        ("docs/zh/trade/a.md", 8, "structure", "error"),
    ]


def test_findings_as_annotations(wrong):
    lines = run(wrong, "--format", "github")[1].splitlines()
    assert lines[1] == (
        "::error file=docs/zh/trade/a.md,line=8,title=structure::structure: .x in braces, expected #p4, .byline, "
        ".caption, .dateline, .label, .source, .speaker or lang=zh, lang=en%0A    Remove it; a page has no other marks."
    )


def test_one_page_alone(wrong):
    (wrong / "en/trade/b.md").write_text(PAGE.replace("s1", "s2"))
    assert run(wrong, "docs/en/trade/b.md")[0] == 0
    assert run(wrong, "docs/zh/trade/a.md")[0] == 1


def test_the_other_language_of_a_page_is_looked_at_too(wrong):
    code, out, _ = run(wrong, "docs/en/trade/a.md")
    assert code == 1
    assert out.startswith("docs/zh/trade/a.md:2: front matter: unknown key 'titel'")


def test_a_page_that_is_not_there(docs):
    assert run(docs, "docs/zh/none.md") == (2, "", "docs/zh/none.md: no such file or folder\n    Check the name.\n")


def test_started_from_anywhere(docs):
    command = [sys.executable, ROOT / "scripts/check.py", "--docs", docs]
    assert subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0


def test_what_needs_no_judgement_is_repaired(docs):
    page = docs / "zh/trade/a.md"
    page.write_text(PAGE.replace("One.", "One.  ") + "\nNew.\n{ #new }\n")
    code, out, err = run(docs, "--fix")
    assert code == 0
    assert "docs/en/trade/a.md:7: structure: no p1a; docs/zh/trade/a.md:10 has it: New." in out
    assert err.startswith("docs/zh/trade/a.md: repaired\n")
    assert page.read_text() == PAGE + "\nNew.\n{ #p1a }\n"
    assert run(docs, "--fix")[2] == "docs: 1 note\n"


@pytest.fixture
def repository(docs):
    def git(*words):
        person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *person, *words], cwd=docs.parent, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    for name in ("b", "c"):
        for lang in ("zh", "en"):
            (docs / lang / f"trade/{name}.md").write_text(PAGE.replace("s1", name).replace("One.", "One  two two."))
    git("add", ".")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "mine")
    return git


def test_only_what_a_branch_changed(docs, repository):
    assert run(docs, "--changed", "main") == (0, "", "docs: no page was changed since main\n")
    (docs / "zh/trade/a.md").write_text(PAGE.replace("#p1", "#p1 .x"))
    repository("commit", "-qam", "wrong")
    code, out, _ = run(docs, "--changed", "main")
    assert code == 1
    assert "docs/zh/trade/a.md:7: structure: .x in braces" in out
    assert "b.md" not in out


def test_what_another_branch_changed_is_not_looked_at(docs, repository):
    repository("checkout", "-q", "main")
    (docs / "zh/trade/a.md").write_text(PAGE.replace("#p1", "#p1 .x"))
    repository("commit", "-qam", "theirs")
    repository("checkout", "-q", "mine")
    assert run(docs, "--changed", "main")[0] == 0


def test_a_deleted_page_is_missed_by_its_other_language(docs, repository):
    (docs / "en/trade/a.md").unlink()
    assert run(docs, "--changed", "main")[1].startswith("docs/zh/trade/a.md: pair: no page in the other language")


def test_a_new_page_must_agree_with_those_that_were_not_changed(docs, repository):
    (docs / "zh/trade/d.md").write_text(PAGE.replace("s1", "c"))
    code, out, _ = run(docs, "--changed", "HEAD")
    assert code == 1
    assert "docs/zh/trade/d.md:4: source_id: c is that of docs/zh/trade/c.md" in out
    assert "b.md" not in out


def test_a_branch_that_is_not_there(docs, repository):
    code, _, err = run(docs, "--changed", "none")
    assert (code, err) == (2, "none: no commit of this repository\n    Name a branch, a tag or a commit.\n")


def test_all_pages_depend_on_code_and_data(monkeypatch, tmp_path):
    from bitext.checks import changed

    answers = {"merge-base": "abc", "rev-parse": str(tmp_path), "diff": "data/glossary.yml\0docs/zh/trade/a.md\0"}
    monkeypatch.setattr(changed, "git", lambda _docs, name, *_: answers.get(name, ""))
    monkeypatch.setattr(changed, "DATA", tmp_path / "data")
    assert changed.changed(tmp_path / "docs", "main") is None
    answers["diff"] = "sources/a.txt\0docs/zh/trade/a.md\0"
    assert changed.changed(tmp_path / "docs", "main") == [tmp_path / "docs/zh/trade/a.md"]


def test_paths_and_changes_are_two_questions(capsys):
    with pytest.raises(SystemExit) as end:
        check.main(["docs", "--changed", "main"])
    assert end.value.code == 2

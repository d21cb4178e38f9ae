"""An edit and a new text: together where nothing is lost, else with the reason and the lines."""

import pytest

from bitext import git
from bitext.merge import Conflict, merge, readable
from bitext.model import Finding
from bitext.state import StateError

FRONT = "---\ntitle: T\ntopics: [trade]\nsource_id: s1\n---\n"
BASE = FRONT + "\nOne.\n{ #p1 }\n\nTwo.\n{ #p2 }\n\nThree.\n{ #p3 }\n"
PATH = "zh/trade/a.md"


def merged(page, made, gate=readable):
    return merge(page, BASE, made, PATH, gate)


CLEAN = {
    "a correction and a change elsewhere": ("Two.", "Two!", "Three.", "Drei."),
    "a new paragraph and a change elsewhere": ("{ #p1 }\n", "{ #p1 }\n\nMine.\n", "Three.", "Drei."),
    "a removed paragraph and a change elsewhere": ("One.\n{ #p1 }\n\n", "", "Three.", "Drei."),
    "the same change on both sides": ("Two.", "Zwei.", "Two.", "Zwei."),
    "a paragraph added while another goes": ("{ #p1 }\n", "{ #p1 }\n\nMine.\n", "\nThree.\n{ #p3 }\n", ""),
}


@pytest.mark.parametrize("label", CLEAN)
def test_what_can_be_brought_together(label):
    mine, to, new, now = CLEAN[label]
    page, made = BASE.replace(mine, to), BASE.replace(new, now)
    assert merged(page, made).text == BASE.replace(mine, to).replace(new, now)


def test_lines_that_both_changed_are_told_with_their_place():
    found = merged(
        BASE.replace("One.\n{ #p1 }\n\n", "").replace("Three.", "Mine.\nMore."), BASE.replace("Three.", "Theirs.")
    )
    assert found.text is None
    assert found.reason == "the person and the source changed the same lines"
    assert found.conflicts == (Conflict(10, ("Mine.", "More."), ("Three.",), ("Theirs.",)),)


def test_two_conflicts():
    found = merged(
        BASE.replace("One.", "A\nB").replace("Three.", "C"), BASE.replace("One.", "X").replace("Three.", "Z")
    )
    assert [(conflict.line, conflict.page) for conflict in found.conflicts] == [(7, ("A", "B")), (14, ("C",))]


def test_a_paragraph_removed_by_a_person_and_changed_by_the_source_is_a_conflict():
    assert merged(BASE.replace("Two.\n{ #p2 }\n\n", ""), BASE.replace("Two.", "Zwei.")).text is None


BAD = {
    "drops a line of the person": (lambda text: text.replace("Mine.\n", ""), "the person wrote would be lost: 'Mine.'"),
    "drops a line of the source": (lambda text: text.replace("Drei.\n", ""), "the source gives would be lost: 'Drei.'"),
    "brings a line back": (lambda text: text + "\nTwo.\n", "the person removed would come back: 'Two.'"),
}


@pytest.mark.parametrize("label", BAD)
def test_a_merge_without_conflict_that_is_wrong_is_not_taken(label, monkeypatch):
    spoil, reason = BAD[label]
    honest = git.merge_file
    monkeypatch.setattr(git, "merge_file", lambda *texts: (True, spoil(honest(*texts)[1])))
    found = merged(BASE.replace("Two.", "Mine."), BASE.replace("Three.", "Drei."))
    assert (found.text, found.reason) == (None, f"a line that {reason}")


def test_a_line_counts_as_often_as_it_stands(monkeypatch):
    honest = git.merge_file
    monkeypatch.setattr(
        git, "merge_file", lambda *texts: (True, honest(*texts)[1].replace("Mine.\nMine.\n", "Mine.\n"))
    )
    assert "'Mine.'" in merged(BASE.replace("One.", "Mine.\nMine."), BASE.replace("Three.", "Drei.")).reason


def test_a_merge_that_the_gate_refuses_is_not_taken():
    def gate(text, path):
        return [
            Finding(path, "structure", "a note", severity="info"),
            Finding(path, "numbers", "two", severity="error"),
        ]

    found = merged(BASE.replace("One.", "Mine."), BASE.replace("Three.", "Drei."), gate)
    assert (found.text, found.reason) == (None, "the merged page would not pass the checks: numbers: two")


def test_a_page_that_cannot_be_read_is_not_merged():
    found = merged(BASE.replace("title: T", "titel: T"), BASE.replace("Three.", "Drei."))
    assert found.reason.startswith("the merged page would not pass the checks: front matter: ")


def test_a_page_that_would_have_another_id_is_not_merged():
    found = merged(BASE.replace("source_id: s1", "source_id: s7"), BASE.replace("Three.", "Drei."))
    assert found.reason == "the merged page would have the source_id of another"


def test_without_git(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StateError, match="git: is not installed"):
        merged(BASE.replace("One.", "Mine."), BASE.replace("Three.", "Drei."))


def test_a_hook_of_git_and_a_broken_configuration_do_not_matter(monkeypatch, tmp_path):
    (tmp_path / "config").write_text("[merge\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    assert merged(BASE.replace("One.", "Mine."), BASE.replace("Three.", "Drei.")).text

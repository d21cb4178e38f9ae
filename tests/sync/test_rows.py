"""Every row of the table in publish.py that asks for more than one conversion, one test each."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sync.site import EN, ZH, Site, page, proposal

from bitext.page import render
from bitext.publish import Publisher
from bitext.report import tell
from bitext.state import Intent, Lock, LockedPage, State, StateError, digest, redirects

PENDING = ".convert/pending/zh/trade/a"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "site")
    site.run(proposal())
    return site


# ------------------------------------------------------------------ merging
def test_an_edit_and_a_new_text_are_merged_and_the_merge_is_an_edit_of_the_new_text(site):
    site.edit(ZH, "Last.", "Last, I think.")
    assert site.run(proposal("Two.")) == {"s1/zh": "merged", "s1/en": "replace"}
    assert site.pages()[ZH] == render(page(text="Two.")).replace("Last.", "Last, I think.")
    assert site.run(proposal("Two.")) == {"s1/zh": "kept", "s1/en": "same"}
    assert site.run(proposal("Three.")) == {"s1/zh": "merged", "s1/en": "replace"}
    assert site.pages()[ZH] == render(page(text="Three.")).replace("Last.", "Last, I think.")


def test_a_person_who_made_the_same_change_before_keeps_the_file_as_it_is(site):
    site.edit(ZH, "One.", "Two.")
    site.edit(ZH, "Last.", "Mine.")
    before = (site.root / ZH).stat().st_ino
    assert site.run(proposal("Two."))["s1/zh"] == "merged"
    assert (site.root / ZH).stat().st_ino == before
    assert site.run(proposal("Two."))["s1/zh"] == "kept"


def test_a_conflict_comes_with_a_note_that_shows_both_sides(site):
    site.edit(ZH, "One.", "Mine.")
    assert site.run(proposal("Two."))["s1/zh"] == "conflict"
    assert site.files()[f"{PENDING}.md"].decode() == render(page(text="Two."))
    note = site.files()[f"{PENDING}.txt"].decode()
    assert (
        "Line 7\n  page:\n    | Mine. (zh)\n  last conversion:\n    | One. (zh)\n  new text:\n    | Two. (zh)\n" in note
    )


def test_a_conflict_that_the_source_takes_back_leaves_no_proposal(site):
    site.edit(ZH, "One.", "Mine.")
    site.run(proposal("Two."))
    assert site.run(proposal())["s1/zh"] == "kept"
    assert not [name for name in site.files() if "pending" in name]


def test_a_proposal_follows_its_page(site):
    site.edit(ZH, "One.", "Mine.")
    site.run(proposal("Two."))
    site.move(ZH, "docs/zh/trade/b.md")
    assert site.run(proposal("Two."))["s1/zh"] == "conflict"
    assert {name for name in site.files() if "pending" in name} == {
        ".convert/pending/zh/trade/b.md",
        ".convert/pending/zh/trade/b.txt",
    }


def test_a_corrupt_base_makes_every_page_a_persons(site):
    for path in (site.root / ".convert/base").iterdir():
        path.write_text("something else")
    before = site.pages()
    assert site.run(proposal("Two.")) == {"s1/zh": "foreign", "s1/en": "foreign"}
    assert site.pages() == before
    assert "-One. (zh)\n+Two. (zh)" in site.files()[f"{PENDING}.txt"].decode()


def test_line_ends_of_windows_are_no_edit(site):
    site.edit(ZH, "\n", "\r\n")
    assert site.run(proposal())["s1/zh"] in ("same", "kept")
    assert site.run(proposal("Two."))["s1/zh"] == "replace"
    site.edit(ZH, "\n", "\r\n")
    site.edit(ZH, "Last.", "Mine.")
    assert site.run(proposal("Three."))["s1/zh"] == "merged"
    assert site.pages()[ZH] == render(page(text="Three.")).replace("Last.", "Mine.")


def test_a_page_that_is_no_utf8_is_left_alone(site):
    (site.root / ZH).write_bytes(b"source_id: s1\n\xff")
    assert site.run(proposal("Two."))["s1/zh"] == "conflict"
    assert (site.root / ZH).read_bytes() == b"source_id: s1\n\xff"


# ------------------------------------------------------------------ moves, copies, other names
def test_a_moved_page_leaves_a_redirect(site):
    site.move(ZH, "docs/zh/culture/b.md")
    assert redirects(site.docs) == {}
    site.run(proposal())
    assert redirects(site.docs) == {"zh/trade/a.md": "zh/culture/b.md"}
    site.move("docs/zh/culture/b.md", "docs/zh/culture/c.md")
    site.run(proposal())
    assert redirects(site.docs) == {"zh/trade/a.md": "zh/culture/c.md", "zh/culture/b.md": "zh/culture/c.md"}
    site.move("docs/zh/culture/c.md", ZH)
    site.run(proposal())
    assert redirects(site.docs) == {"zh/culture/b.md": "zh/trade/a.md", "zh/culture/c.md": "zh/trade/a.md"}
    site.write("docs/zh/culture/b.md", "another page")
    assert redirects(site.docs) == {"zh/culture/c.md": "zh/trade/a.md"}


def test_the_topics_of_a_page_do_not_depend_on_where_it_was(site):
    for place in ("culture/b.md", "trade/c.md"):
        site.move(next(name for name in site.pages() if "/zh/" in name), f"docs/zh/{place}")
        site.run(proposal())
        assert site.run(proposal())["s1/zh"] == "same"
    assert "topics: [trade]" in site.pages()["docs/zh/trade/c.md"]


def test_an_old_address_is_not_given_to_a_new_source(site):
    site.move(ZH, "docs/zh/trade/b.md")
    site.move(EN, "docs/en/trade/b.md")
    site.run(proposal())
    site.run(proposal(), proposal(source_id="s2"))
    assert not {ZH, EN} & set(site.pages())
    assert len(site.pages()) == 4


def test_two_pages_that_changed_places(site):
    two = proposal(source_id="s2", path="trade/b.md")
    site.run(proposal(), two)
    site.move(ZH, "docs/zh/trade/x.md")
    site.move("docs/zh/trade/b.md", ZH)
    site.move("docs/zh/trade/x.md", "docs/zh/trade/b.md")
    before = site.pages()
    assert set(site.run(proposal(), two).values()) == {"same"}
    assert site.pages() == before
    site.run(proposal("Two."), two)
    assert "source_id: s1" in site.pages()["docs/zh/trade/b.md"]
    assert "Two." in site.pages()["docs/zh/trade/b.md"]


def test_a_page_put_in_the_place_of_a_deleted_one(site):
    two = proposal(source_id="s2", path="trade/b.md")
    site.run(proposal(), two)
    (site.root / ZH).unlink()
    site.move("docs/zh/trade/b.md", ZH)
    before = site.pages()
    assert site.run(proposal(), two) == {"s1/zh": "deleted", "s1/en": "same", "s2/zh": "same", "s2/en": "same"}
    assert site.pages() == before
    assert site.run(proposal("Two."), two)["s1/zh"] == "deleted"
    assert site.pages()[ZH] == before[ZH]


def test_a_slip_in_the_id_is_an_edit(site):
    site.edit(ZH, "source_id: s1", "source_id: s11")
    before = site.pages()[ZH]
    assert site.run(proposal())["s1/zh"] == "kept"
    assert site.run(proposal("Two."))["s1/zh"] == "conflict"
    assert site.pages()[ZH] == before


def test_a_moved_page_whose_state_is_lost(site):
    site.move(ZH, "docs/zh/trade/b.md")
    for name in site.files():
        if name.startswith(".convert"):
            (site.root / name).unlink()
    assert site.run(proposal()) == {"s1/zh": "adopt", "s1/en": "adopt"}
    assert sorted(site.pages()) == [EN, "docs/zh/trade/b.md"]


def test_a_copy_elsewhere_of_a_page_that_was_moved_leaves_both_alone(site):
    site.move(ZH, "docs/zh/trade/b.md")
    site.write("docs/zh/culture/c.md", site.pages()["docs/zh/trade/b.md"])
    before = site.pages()
    assert site.run(proposal("Two."))["s1/zh"] == "twins"
    assert {name: text for name, text in site.pages().items() if "/zh/" in name} == {
        name: text for name, text in before.items() if "/zh/" in name
    }


def test_the_counterpart_of_a_moved_page_goes_beside_it(tmp_path):
    site, both = Site(tmp_path), proposal()
    site.run(replace(both, pages=both.pages[:1]))
    site.move(ZH, "docs/zh/culture/b.md")
    assert site.run(both) == {"s1/zh": "replace", "s1/en": "create"}
    assert sorted(site.pages()) == ["docs/en/culture/b.md", "docs/zh/culture/b.md"]


# ------------------------------------------------------------------ sources that go
def test_a_broken_source_leaves_its_pages_and_its_state(site):
    two = proposal(source_id="s2", path="trade/b.md")
    before = site.files()
    assert site.all(two, broken=("s1",)) == {"s2/zh": "create", "s2/en": "create"}
    assert {name: site.files()[name] for name in before} == before


def test_pages_of_a_source_that_is_gone_stay(site):
    before = site.files()
    assert site.all() == {"s1/zh": "orphan", "s1/en": "orphan"}
    assert site.files() == before
    assert site.run() == {}, "a run over some sources knows nothing of the others"
    assert site.run(present=set()) == {}


def test_pruning_asks_git_and_leads_readers_on(site):
    before = site.pages()
    assert set(site.all(prune=True).values()) == {"orphan"}
    assert site.pages() == before
    site.commit()
    site.edit(EN, "Last.", "Mine.")
    assert site.all(prune=True) == {"s1/zh": "pruned", "s1/en": "orphan"}
    assert sorted(site.pages()) == [EN]
    assert redirects(site.docs) == {"zh/trade/a.md": "zh/trade/index.md"}
    site.commit()
    assert site.all(prune=True) == {"s1/en": "orphan"}, "a committed edit is still an edit"
    # The source comes back, and so does its page, to the same place.
    assert site.all(proposal("Two.")) == {"s1/zh": "create", "s1/en": "merged"}
    assert redirects(site.docs) == {}


def test_what_is_not_committed_as_it_is_stays(site):
    site.commit()
    site.run(proposal("Two."))
    assert set(site.all(prune=True).values()) == {"orphan"}, "the new text is not in git"
    assert len(site.pages()) == 2


def test_a_renamed_source_keeps_its_pages(site):
    site.edit(EN, "Last.", "Mine.")
    assert site.all(proposal(source_id="s9")) == {"s9/zh": "replace", "s9/en": "merged"}
    assert sorted(site.pages()) == [EN, ZH]
    assert "source_id: s9" in site.pages()[EN]
    assert "Mine." in site.pages()[EN]
    assert [path.name for path in (site.root / ".convert/lock").iterdir()] == ["s9.json"]
    assert set(site.all(proposal(source_id="s9")).values()) == {"same", "kept"}


def test_a_renamed_source_whose_page_was_moved_and_is_in_conflict(site):
    site.edit(ZH, "One.", "Mine.")
    site.run(proposal("Two.", sha256="2" * 64))
    site.move(ZH, "docs/zh/culture/b.md")
    for _ in range(2):
        found = site.all(proposal("Three.", source_id="s9", sha256="2" * 64))
        assert found["s9/zh"] == "conflict"
    assert "source_id: s1" in site.pages()["docs/zh/culture/b.md"]
    assert "Mine." in site.pages()["docs/zh/culture/b.md"]


def test_a_copy_of_a_source_that_is_there_is_a_source_of_its_own(site):
    assert site.all(proposal(), proposal(source_id="s9"))["s9/zh"] == "create"
    assert len(site.pages()) == 4


def test_a_source_with_the_old_name_of_another(site):
    site.all(proposal(source_id="s9"))
    found = site.all(proposal("New.", source_id="s1", sha256="7" * 64), proposal(source_id="s9"))
    assert found == {"s1/zh": "create", "s1/en": "create", "s9/zh": "same", "s9/en": "same"}
    assert len(site.pages()) == 4


# ------------------------------------------------------------------ interrupted runs
def intent(site, before, after, base):
    """As a run leaves the Chinese page that was stopped at its worst moment."""
    state = State(site.root / ".convert")
    lock = state.lock("s1")
    state.write_base(base.encode())
    underway = replace(lock.pages["zh"], intent=Intent(*(digest(text.encode()) for text in (before, after, base))))
    state.write_lock(replace(lock, pages={**lock.pages, "zh": underway}))


def test_an_interrupted_merge_that_was_done_is_finished(site):
    old = site.pages()[ZH]
    merged = render(page(text="Two.")).replace("Last.", "Mine.")
    intent(site, old.replace("Last.", "Mine."), merged, render(page(text="Two.")))
    site.write(ZH, merged)
    assert site.run(proposal("Two."))["s1/zh"] == "kept"
    assert site.pages()[ZH] == merged
    assert site.run(proposal("Three."))["s1/zh"] == "merged"
    assert site.pages()[ZH] == render(page(text="Three.")).replace("Last.", "Mine.")


def test_an_interrupted_merge_that_was_not_done_is_done_again(site):
    mine = site.pages()[ZH].replace("Last.", "Mine.")
    site.write(ZH, mine)
    intent(site, mine, "merged", render(page(text="Two.")))
    assert site.run(proposal("Two."))["s1/zh"] == "merged"
    assert State(site.root / ".convert").lock("s1").pages["zh"].intent is None


def test_a_page_edited_after_an_interrupted_run_is_left_alone_until_it_is_settled(site):
    intent(site, "before", "after", render(page(text="Two.")))
    mine = site.pages()[ZH].replace("Last.", "Mine.")
    site.write(ZH, mine)
    for _ in range(2):
        assert site.run(proposal("Two."))["s1/zh"] == "interrupted"
        assert site.pages()[ZH] == mine
        assert site.files()[f"{PENDING}.md"].decode() == render(page(text="Two."))
    site.write(ZH, render(page(text="Two.")))
    assert site.run(proposal("Two."))["s1/zh"] == "adopt"
    assert site.run(proposal("Two."))["s1/zh"] == "same"
    assert not [name for name in site.files() if "pending" in name]


def test_a_page_that_was_about_to_be_made_is_not_taken_for_deleted(tmp_path):
    site = Site(tmp_path)
    underway = LockedPage("zh/trade/a.md", intent=Intent("", digest(b"x"), digest(b"x")))
    State(tmp_path / ".convert").write_lock(Lock("s1", pages={"zh": underway}))
    assert site.run(proposal()) == {"s1/zh": "create", "s1/en": "create"}


def test_a_page_that_was_made_by_a_killed_run_then_edited_then_deleted_stays_deleted(tmp_path):
    site, made = Site(tmp_path), render(page())
    State(tmp_path / ".convert").write_base(made.encode())
    underway = LockedPage("zh/trade/a.md", intent=Intent("", digest(made.encode()), digest(made.encode())))
    State(tmp_path / ".convert").write_lock(Lock("s1", pages={"zh": underway}))
    site.write(ZH, made.replace("Last.", "Mine."))
    assert site.run(proposal())["s1/zh"] == "kept"
    assert site.run(proposal("Two."))["s1/zh"] == "merged"
    (tmp_path / ZH).unlink()
    assert site.run(proposal("Two."))["s1/zh"] == "deleted"


def test_a_rename_that_was_interrupted_is_finished(site):
    state = State(site.root / ".convert")
    old = state.lock("s1")
    site.all(proposal(source_id="s9"))
    state.write_lock(old)
    assert set(site.all(proposal(source_id="s9")).values()) == {"same"}
    assert [path.name for path in (site.root / ".convert/lock").iterdir()] == ["s9.json"]


# ------------------------------------------------------------------ places that are not ours
@pytest.mark.parametrize("folder", [".convert", ".convert/base", ".convert/lock", ".convert/pending", "docs/zh/trade"])
def test_nothing_is_written_through_a_linked_folder(site, folder):
    outside = site.root.parent / "outside"
    target = site.root / folder
    target.mkdir(exist_ok=True)
    site.edit(ZH, "One.", "Mine.")
    target.rename(outside)
    target.symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    if folder == "docs/zh/trade":
        assert site.run(proposal("Two."))["s1/zh"] == "refused"
    else:
        with pytest.raises(StateError, match="is a symbolic link"):
            site.run(proposal("Two."))
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before


def test_a_file_that_has_another_name_outside_is_not_written_through(site):
    outside = site.root.parent / "outside.md"
    os.link(site.root / ZH, outside)
    assert site.run(proposal("Two."))["s1/zh"] == "replace"
    assert outside.read_text() == render(page())


@pytest.mark.parametrize(
    "path", ["../../x.md", "zh/../../x.md", "zh/trade/../x.md", "en/trade/a.md", "zh/a.md", "/zh/t/a.md"]
)
def test_a_lock_with_a_hostile_path_is_refused(site, path):
    lock = site.root / ".convert/lock/s1.json"
    lock.write_text(lock.read_text().replace("zh/trade/a.md", path))
    before = site.files()
    with pytest.raises(StateError, match="is not a lock file"):
        site.run(proposal("Two."))
    assert site.files() == before


def test_a_page_whose_place_is_a_folder_is_refused(site):
    (site.root / ZH).unlink()
    (site.root / ZH).mkdir()
    steps = site.steps(proposal("Two."))
    assert [step.action for step in steps] == ["refused", "replace"]
    told = tell(steps[0], Path("docs"), Path(".convert"))
    assert (told.severity, told.found) == ("error", "not written: is not a regular file")


def test_the_plan_writes_nothing(site):
    site.edit(ZH, "Last.", "Mine.")
    before = site.files()
    plan = Publisher(site.docs).plan([proposal("Two.")], {"s1"}, whole=True, prune=True)
    assert [step.action for step in plan.steps] == ["merged", "replace"]
    assert site.files() == before

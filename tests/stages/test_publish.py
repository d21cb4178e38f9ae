"""Publishing never loses what a person typed."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sync.site import EN, ZH, Site, page, proposal

from bitext.page import render
from bitext.publish import NEEDS_DECISION, Proposal, Publisher, decide
from bitext.report import tell
from bitext.state import StateError


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_a_new_source_gives_its_pages(site):
    assert site.run(proposal()) == {"s1/zh": "create", "s1/en": "create"}
    assert site.pages() == {ZH: render(page("zh")), EN: render(page("en"))}


def test_twice_is_once(site):
    site.run(proposal(), proposal(source_id="s2", path="culture/b.md"))
    before = site.files()
    times = {path: path.stat().st_mtime_ns for path in site.root.rglob("*.md")}
    assert set(site.run(proposal(), proposal(source_id="s2", path="culture/b.md")).values()) == {"same"}
    assert site.files() == before
    assert times == {path: path.stat().st_mtime_ns for path in site.root.rglob("*.md")}


def test_an_untouched_page_follows_its_source(site):
    site.run(proposal())
    assert site.run(proposal("Two.")) == {"s1/zh": "replace", "s1/en": "replace"}
    assert "Two." in site.pages()[ZH]
    assert len(list((site.root / ".convert/base").iterdir())) == 2


def test_an_edited_page_stays_if_the_source_says_nothing_new(site):
    site.run(proposal())
    (site.root / ZH).write_text("mine")
    before = site.files()
    assert site.run(proposal()) == {"s1/zh": "kept", "s1/en": "same"}
    assert site.files() == before


def test_an_edited_page_stays_if_the_source_changed_and_the_proposal_is_put_aside(site):
    site.run(proposal())
    edited = render(page()).replace("One.", "One as I see it.")
    (site.root / ZH).write_text(edited)
    assert site.run(proposal("Two.")) == {"s1/zh": "conflict", "s1/en": "replace"}
    assert site.pages()[ZH] == edited
    assert (site.root / ".convert/pending/zh/trade/a.md").read_text() == render(page(text="Two."))
    # It is a conflict until a person decides: by taking the proposal …
    assert site.run(proposal("Two.")) == {"s1/zh": "conflict", "s1/en": "same"}
    (site.root / ZH).write_text(render(page(text="Two.")))
    assert site.run(proposal("Two.")) == {"s1/zh": "adopt", "s1/en": "same"}
    assert not (site.root / ".convert/pending/zh/trade/a.md").exists()
    assert site.run(proposal("Two.")) == {"s1/zh": "same", "s1/en": "same"}


def test_a_file_that_the_converter_did_not_write_stays(site):
    (site.root / ZH).parent.mkdir(parents=True)
    (site.root / ZH).write_text("theirs")
    assert site.run(proposal()) == {"s1/zh": "foreign", "s1/en": "create"}
    assert site.pages()[ZH] == "theirs"


def test_a_page_that_is_already_right_is_adopted(site):
    site.run(proposal())
    for name in list(site.files()):
        if name.startswith(".convert"):
            (site.root / name).unlink()
    assert site.run(proposal()) == {"s1/zh": "adopt", "s1/en": "adopt"}
    assert site.run(proposal("Two.")) == {"s1/zh": "replace", "s1/en": "replace"}


def test_a_page_whose_remembered_text_is_gone_counts_as_edited(site):
    site.run(proposal())
    for path in (site.root / ".convert/base").iterdir():
        path.unlink()
    assert site.run(proposal("Two.")) == {"s1/zh": "foreign", "s1/en": "foreign"}
    assert site.pages()[ZH] == render(page())


def test_a_deleted_page_stays_deleted(site):
    site.run(proposal())
    (site.root / ZH).unlink()
    assert site.run(proposal()) == {"s1/zh": "deleted", "s1/en": "same"}
    assert site.run(proposal("Two.")) == {"s1/zh": "deleted", "s1/en": "replace"}
    assert list(site.pages()) == [EN]


def test_a_moved_page_is_followed(site):
    site.run(proposal())
    moved = site.root / "docs/zh/culture/b.md"
    moved.parent.mkdir()
    (site.root / ZH).rename(moved)
    assert site.run(proposal()) == {"s1/zh": "replace", "s1/en": "same"}
    assert "topics: [culture, trade]" in moved.read_text()
    assert site.run(proposal()) == {"s1/zh": "same", "s1/en": "same"}
    assert sorted(site.pages()) == [EN, "docs/zh/culture/b.md"]


def test_a_moved_page_is_written_where_it_is_now(site):
    site.run(proposal())
    moved = site.root / "docs/zh/trade/b.md"
    (site.root / ZH).rename(moved)
    assert site.run(proposal("Two.")) == {"s1/zh": "replace", "s1/en": "replace"}
    assert site.run(proposal("Two.")) == {"s1/zh": "same", "s1/en": "same"}
    assert sorted(site.pages()) == [EN, "docs/zh/trade/b.md"]


def test_two_pages_with_one_id_are_both_left_alone(site):
    site.run(proposal())
    copy = site.root / "docs/zh/trade/copy.md"
    copy.write_text(render(page()))
    before = site.pages()
    assert site.run(proposal("Two.")) == {"s1/zh": "twins", "s1/en": "replace"}
    after = site.pages()
    assert (after[ZH], after["docs/zh/trade/copy.md"]) == (before[ZH], before["docs/zh/trade/copy.md"])


def test_the_path_is_chosen_once(site):
    site.run(proposal())
    changed = Proposal("s1", "0" * 64, "utf-8", tuple(
        replace(one, path="culture/new.md", front_matter=replace(one.front_matter, topics=("culture", "trade")))
        for one in proposal().pages
    ))  # fmt: skip
    assert site.run(changed) == {"s1/zh": "replace", "s1/en": "replace"}
    assert sorted(site.pages()) == [EN, ZH]
    assert "topics: [trade, culture]" in site.pages()[ZH]


def test_two_sources_with_one_title_get_two_paths_in_any_order(tmp_path):
    one, two = proposal(source_id="s1"), proposal(source_id="s2")
    found = []
    for name, order in (("x", (one, two)), ("y", (two, one))):
        site = Site(tmp_path / name)
        site.run(*order)
        found.append(site.pages())
        assert set(site.run(*order).values()) == {"same"}
    assert found[0] == found[1]
    assert len(found[0]) == 4


def test_two_parts_never_share_a_path(site):
    first = proposal(parts=("#1",), path="trade/diplomacy.md")
    site.run(first)
    more = proposal(parts=("#2",), path="trade/diplomacy.md")
    second = replace(first, pages=first.pages + more.pages)
    site.run(second)
    assert len(site.pages()) == 4
    assert set(site.run(second).values()) == {"same"}


def test_a_page_that_its_source_gives_no_more_stays(site):
    site.run(proposal())
    parts = Proposal("s1", "0" * 64, "utf-8", proposal(parts=("#1",), path="trade/b.md").pages)
    actions = site.run(parts)
    assert actions == {"s1/zh#1": "create", "s1/en#1": "create", "s1/zh": "orphan", "s1/en": "orphan"}
    assert len(site.pages()) == 4


def test_other_sources_are_not_touched(site):
    site.run(proposal(), proposal(source_id="s2", path="culture/b.md"))
    before = site.files()
    site.run(proposal())
    assert site.files() == before


def test_a_hostile_path_writes_nothing(site):
    assert site.run(proposal(path="../../evil.md")) == {"s1/zh": "refused", "s1/en": "refused"}
    assert not (site.root.parent / "evil.md").exists()
    assert site.pages() == {}


def test_a_linked_folder_is_refused_and_the_rest_goes_on(site):
    outside = site.root / "outside"
    outside.mkdir()
    site.docs.mkdir()
    (site.docs / "zh").symlink_to(outside)
    assert site.run(proposal()) == {"s1/zh": "refused", "s1/en": "create"}
    assert list(outside.iterdir()) == []


def test_a_page_that_changes_while_we_work_is_left_alone(site):
    site.run(proposal())
    publisher = Publisher(site.docs)
    plan = publisher.plan([proposal("Two.")])
    (site.root / ZH).write_text("just now")
    steps = publisher.carry_out(plan)
    assert [step.action for step in steps] == ["conflict", "replace"]
    assert site.pages()[ZH] == "just now"


def test_what_a_killed_run_left_is_swept_away(site):
    site.run(proposal())
    stray = site.root / "docs/zh/trade/.bitext-x1.tmp"
    stray.write_text("half a pa")
    site.run(proposal())
    assert not stray.exists()


def test_planning_writes_nothing(site):
    publisher = Publisher(site.docs)
    publisher.plan([proposal()])
    assert site.files() == {}


def test_a_hostile_source_id_is_refused(site):
    with pytest.raises(StateError, match="cannot be the id of a source"):
        site.run(proposal(source_id="../s"))


def test_what_people_are_told(site):
    site.run(proposal())
    (site.root / ZH).write_text("mine")
    steps = Publisher(site.docs).plan([proposal("Two.")]).steps
    told = [tell(step, Path("docs"), Path(".convert")) for step in steps]
    assert str(told[0]) == (
        "docs/zh/trade/a.md: publish: "
        "edited by a person, and the source now gives another text; it was left as it is\n"
        "    Read .convert/pending/zh/trade/a.txt, take over what you want, then rerun."
    )
    assert told[1] is None


TEXTS = [None, b"a", b"b", b"c"]


@pytest.mark.parametrize(("made", "base", "found"), list(itertools.product(TEXTS[1:], TEXTS, TEXTS)))
def test_the_table_never_writes_over_what_is_not_ours(made, base, found):
    for locked in (True, False):
        action = decide(made, base, found, locked=locked)
        if action == "replace":
            assert found == base != made
        if action == "create":
            assert found is None
            assert not locked


def test_decisions_are_those_that_end_with_three():
    assert set(NEEDS_DECISION) == {"conflict", "foreign", "twins", "interrupted"}

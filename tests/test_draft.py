"""Drafts: what is written can be read back, in both languages alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.draft import BLANK, Draft, DraftError, write
from bitext.page import parse

TOPICS = ("security", "trade")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.text(min_size=1, max_size=30), st.integers(1, 5))
def test_any_title_is_written_as_it_is_or_refused(tmp_path_factory, title, beads):
    docs = tmp_path_factory.mktemp("docs")
    try:
        made = write(Draft("trade", title, "A Port", beads=beads), docs, TOPICS)
    except DraftError:
        assert not list(docs.rglob("*.md"))
        return
    pages = [parse(path.read_text("utf-8"), path.as_posix()) for path in made]
    assert [page.front_matter.title for page in pages] == [title, "A Port"]
    assert [[part.text for part in page.parts] for page in pages] == [[BLANK] * beads] * 2


def test_nothing_is_written_where_one_page_is_there(tmp_path):
    (tmp_path / "en/trade").mkdir(parents=True)
    (tmp_path / "en/trade/a-port.md").write_text("mine")
    with pytest.raises(DraftError, match="is there already"):
        write(Draft("trade", "港口", "A Port"), tmp_path, TOPICS)
    assert not (tmp_path / "zh").exists()

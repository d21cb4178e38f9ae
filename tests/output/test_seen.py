"""Addresses are printed as MkDocs prints them."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import normalize_url

from bitext.output.seen import Seen

NAMES = ("a", "b-b", "a.b", "en", "en-a", ".", "..", "", "a b", "#x", "?y=1", "https:")
ADDRESSES = st.lists(st.sampled_from(NAMES), max_size=4).map("/".join)
FOLDERS = st.lists(st.sampled_from(("a/", "b-b/", "en/", "en-a/", "ä/")), max_size=4).map("".join)


@given(st.lists(st.tuples(FOLDERS, st.lists(ADDRESSES, max_size=6)), max_size=6))
def test_as_mkdocs_prints_them(pages: list[tuple[str, list[str]]]) -> None:
    seen = Seen()
    for url, addresses in pages:
        page = SimpleNamespace(url=url)
        assert seen.from_page(page, addresses) == [normalize_url(each, page) for each in addresses]  # type: ignore[arg-type]

from __future__ import annotations

import json
from collections.abc import Iterator

import _search_few
import _search_postings
import _search_shards
import numpy as np
import pytest
from _search_entry import LEVELS, Entry, Levels, Said, levels
from hypothesis import given
from hypothesis import strategies as st

TERMS = st.text(alphabet="ab澜湄\U00020000\uff9e", min_size=1, max_size=3)
LEVELS_OF_A_PAGE = st.dictionaries(TERMS, st.integers(0, LEVELS - 1), max_size=6).map(Levels.of)
PAGES = st.dictionaries(st.integers(0, 5_000_000), LEVELS_OF_A_PAGE, max_size=12)


def postings(pages: dict[int, Levels]) -> dict[str, str]:
    places: dict[str, int] = {}
    rows = [
        _search_postings.row(places.setdefault(term, len(places)), number, level)
        for number, page in pages.items()
        for term, level in page.items().items()
    ]
    return _search_postings.postings(np.array(rows, np.int64), list(places))


@given(PAGES)
def test_postings_say_what_they_were_made_of(pages: dict[int, Levels]) -> None:
    found: dict[int, dict[str, int]] = {}
    for term, codes in postings(pages).items():
        for number, level in _search_few.read(codes):
            found.setdefault(number, {})[term] = level
    assert found == {number: levels.items() for number, levels in pages.items() if levels.terms}


def test_many_postings_are_written_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {number**3: Levels.of({"river": number % LEVELS, f"w{number}": 1}) for number in range(50)}
    whole = postings(pages)
    monkeypatch.setattr(_search_postings, "_AT_ONCE", 3)
    assert postings(pages) == whole


@given(PAGES, PAGES, st.sets(st.integers(0, 5_000_000)), st.integers(1, 40))
def test_changed_shards_are_those_of_all_pages_as_they_are(
    pages: dict[int, Levels], written: dict[int, Levels], gone: set[int], size: int
) -> None:
    removed = {number for number in gone | set(list(pages)[:2]) if number in pages}
    before = {number: pages[number] for number in pages if number in removed or number in written}
    whole = {**{n: levels for n, levels in pages.items() if n not in removed}, **written}
    with pytest.MonkeyPatch.context() as changes:
        changes.setattr(_search_shards, "SHARD", size)
        shards = _search_shards.pack(postings(pages))
        found = _search_shards.changed(shards, before, written)
        assert found == _search_shards.pack(postings(whole))


@given(PAGES)
def test_shards_hold_all_postings_in_the_order_of_browsers(pages: dict[int, Levels]) -> None:
    found = postings(pages)
    shards = _search_shards.pack(found)
    assert _search_shards.unpack(shards) == found
    first = [shard.split(" ")[0] for shard in shards]
    assert first == sorted(first, key=lambda term: term.encode("utf-16-be"))


def test_a_shard_ends_soon_after_its_size() -> None:
    found = {f"{number:05}": "0" * 90 for number in range(2000)}
    shards = _search_shards.pack(found)
    assert all(_search_shards.SHARD <= len(shard) <= _search_shards.SHARD + 400 for shard in shards[:-1])


@pytest.mark.parametrize("count", [1, 2, 3, 9, 500, 2000])
def test_every_page_has_a_number_of_its_own(count: int) -> None:
    found = _search_shards.numbers(f"trade/{number}.md" for number in range(count))
    assert len(set(found.values())) == count
    assert max(found.values()) < 16 * count + 8


def test_no_page_has_no_number() -> None:
    assert _search_shards.numbers([]) == {}


def test_a_new_page_moves_hardly_any_other() -> None:
    paths = [f"trade/{number}.md" for number in range(1000)]
    before = _search_shards.numbers(paths)
    moved = 0
    for number in range(20):
        after = _search_shards.numbers([*paths, f"culture/{number}.md"])
        moved += sum(after[path] != before[path] for path in paths)
    assert moved < 20


def test_numbers_do_not_depend_on_the_order_of_pages() -> None:
    paths = [f"trade/{number}.md" for number in range(100)]
    assert _search_shards.numbers(paths) == _search_shards.numbers(reversed(paths))


def files(found: list[Entry]) -> Iterator[tuple[str, str]]:
    return _search_shards.files([entry.path for entry in found], found)


def entries() -> list[Entry]:
    def made(n: int) -> Entry:
        return Entry(f"trade/{n}.md", f'{{"url":"trade/{n}/"}}', Said("en", f"river word{n}"))

    return [made(n) for n in range(30)]


def test_files_are_the_head_the_shards_and_the_pages() -> None:
    found = dict(files(entries()))
    head = json.loads(found.pop("head.json"))
    assert head["pages"] == 30
    assert head["first"] == ["river"]
    assert "word29" in found.pop("terms/0.txt")
    assert sorted(found.values()) == sorted(entry.page for entry in entries())


def test_files_do_not_depend_on_the_order_of_entries() -> None:
    assert dict(files(entries())) == dict(files(entries()[::-1]))


def test_files_of_changed_postings_are_those_of_a_whole_build() -> None:
    old, new = entries(), entries()
    new[3] = Entry(new[3].path, "{}", Said("en", "lake"))
    number = _search_shards.numbers(entry.path for entry in old)[new[3].path]
    whole = {_search_shards.numbers(e.path for e in old)[e.path]: levels(e.said, ()) for e in old}
    before = _search_shards.pack(postings(whole))
    shards = _search_shards.changed(before, {number: levels(old[3].said, ())}, {number: levels(new[3].said, ())})
    expected = dict(files(new))
    assert expected.pop(_search_shards.page_file(number)) == "{}"
    for name, text in _search_shards.shard_files(len(new), shards):
        assert expected.pop(name) == text
    assert all(name.startswith("pages/") for name in expected)


def test_a_change_of_a_term_changes_the_version() -> None:
    def version(found: list[Entry]) -> str:
        return str(json.loads(dict(files(found))["head.json"])["version"])

    changed = [*entries()[1:], Entry("trade/0.md", "{}", Said("en", "lake"))]
    assert version(entries()) != version(changed)

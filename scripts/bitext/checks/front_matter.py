"""Front matter holds known keys with right values, and agrees with the folder, the taxonomy and the other language."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.ids import Ids
from bitext.checks.pages import Copy, Pair
from bitext.front_matter import CHECK, SLUG
from bitext.model import Finding

_SHARED = ("source_id", "date", "topics", "tags", "series")
"""Keys that say the same in both languages."""


def check(pair: Pair, known: Ids) -> Iterator[Finding]:
    """Keys and values are right, name what exists, and are the same in both languages."""
    for copy in pair.copies:
        yield from _alone(copy, known)
    if pair.both:
        yield from _together(*pair.both)


def _alone(copy: Copy, known: Ids) -> Iterator[Finding]:
    """One page by itself. That its keys and values are right was found when it was read."""
    yield from copy.findings
    if copy.page is None:
        return
    front, topic = copy.page.front_matter, copy.page.path.partition("/")[0]
    if not SLUG.fullmatch(copy.path.stem):
        expected = "small Latin letters and digits with single hyphens between them"
        yield copy.finding(CHECK, f"the file is called {copy.path.name}", expected, "Rename it in both languages.")
    if front.topics[0] != topic:
        found = f"its first topic is {front.topics[0]}"
        step = f"Move the page in both languages, or let {topic} be the first topic."
        yield copy.finding(CHECK, found, f"that of its folder, {topic}", step, "topics")
    yield from _unknown(copy, "topics", front.topics, known.topics, "data/topics.yml")
    yield from _unknown(copy, "tags", front.tags, known.tags, "data/tags.yml")
    if front.series and not _fits(front.source_id, front.series.id, front.series.part):
        expected = f"{front.series.id}{f'#{front.series.part}' if front.series.part else ''}"
        step = "Mend the id, or the series."
        yield copy.finding(CHECK, f"its source_id is {front.source_id}", expected, step, "source_id")


def _together(zh: Copy, en: Copy) -> Iterator[Finding]:
    """Both languages of a page say the same of it."""
    if zh.page is None or en.page is None:
        return
    for key in _SHARED:
        theirs, ours = getattr(zh.page.front_matter, key), getattr(en.page.front_matter, key)
        if theirs != ours:
            found = f"{key} is {_shown(ours)}"
            yield en.finding(CHECK, found, f"{_shown(theirs)} as in {zh.path}", "Correct one of the two.", key)


def _unknown(copy: Copy, key: str, ids: tuple[str, ...], known: frozenset[str], file: str) -> Iterator[Finding]:
    for one in ids:
        if one not in known:
            found = f"{key} has {one!r}"
            yield copy.finding(CHECK, found, f"ids of {file}", f"Choose one, or add it to {file}.", key)


def _fits(source_id: str, series: str, part: int) -> bool:
    return source_id == (f"{series}#{part}" if part else series)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return str(value or "absent")

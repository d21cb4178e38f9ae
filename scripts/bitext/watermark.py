"""Watermarks: what a site glues to the lines of a text so that copies of it can be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from bitext import script

_REPEATS = 3  # the same Han characters glued to that many English lines are a watermark
_LENGTH = 24
_ENDING_LENGTH = 8
_COLONS = (":", "\uff1a")
_HEAD, _LEAST_TITLE = 8, 8
"""So many lines at the top of a page, one of which, of so many Han characters, may be its title."""


def watermarks(lines: tuple[str, ...]) -> frozenset[str]:
    """Texts that stand at the end or start of several lines and belong to none of them.

    Either a short Han string on lines that are English otherwise, each of them another (the running head of pages comes
    again whole), or an ending with an address in it that many lines of any language share, or that also stands alone;
    or the title again, in brackets.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if found := _glued(line):
            seen[line[found[0] : found[1]]].add(line[: found[0]] + line[found[1] :])
    endings = _shared_endings(lines) | _title_again(lines)
    marks = {text for text, rests in seen.items() if len(rests) >= _REPEATS and not any(text in end for end in endings)}
    return frozenset(marks | endings)


def _shared_endings(lines: tuple[str, ...]) -> set[str]:
    """Endings with an address that at least three lines share; sorted backwards, they stand together."""
    with_address = (line for line in lines if script.has_address(line) and script.address.search(line))
    backwards = sorted(line.rstrip()[::-1] for line in with_address)
    endings: Counter[str] = Counter()
    for one, two in pairwise(backwards):
        same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
        # The full stop before it belongs to the text.
        shared = one[:same][::-1].lstrip(script.SENTENCE_END + script.CLOSERS + script.ROUND)
        if len(shared) >= _ENDING_LENGTH and script.address.search(shared):
            endings[shared] += 1
    common = [text for text, count in endings.items() if count >= _REPEATS - 1]
    return {min(common, key=len)} if common else set()


def _title_again(lines: tuple[str, ...]) -> set[str]:
    """The title in black brackets, where a page that copied a text put it at the end or start of a paragraph.

    Where several lines of the head come again so, they are entries of the contents, and in brackets the headings.

    >>> _title_again(("两镇水文站向公众开放", "江水一夜上涨。", "【两镇水文站向公众开放】船只停港等待水退。"))
    {'【两镇水文站向公众开放】'}
    """
    shown = [text for line in lines if (text := line.strip())]
    titles = {f"\u3010{text}\u3011" for text in shown[:_HEAD] if script.han_count(text) >= _LEAST_TITLE}
    held = (text for text in shown if "\u3010" in text)
    found = {mark for text in held for mark in titles if text.startswith(mark) or text.endswith(mark)}
    return found if len(found) == 1 else set()


def _glued(line: str) -> tuple[int, int] | None:
    """Offsets of the only, short stretch of Han at one end of a line of many Latin words; not of who says them."""
    if not 0 < script.han_count(line) <= _LENGTH or script.word_count(line) < 4:
        return None
    found = list(script.han_character.finditer(line))
    start, end = found[0].start(), found[-1].end()
    if script.latin_word.search(line, start, end) or line[end:].lstrip()[:1] in _COLONS:
        return None
    words = list(script.latin_word.finditer(line))
    return (start, end) if start >= words[-1].end() or end <= words[0].start() else None


def span(line: str, marks: frozenset[str]) -> tuple[int, int] | None:
    """Offsets of a watermark on a line, if one is there."""
    span = _glued(line)
    if span is not None and line[span[0] : span[1]] in marks:
        return span
    bare, first = line.rstrip(), len(line) - len(line.lstrip())
    if bare.startswith("\u3010", first) and (mark := next((m for m in marks if bare.startswith(m, first)), None)):
        return (first, first + len(mark)) if first + len(mark) < len(bare) else None
    return next(((len(bare) - len(mark), len(bare)) for mark in marks if bare.endswith(mark)), None)

"""No page takes longer to build than a second, or deeper nesting than the Markdown parser's stack has room for.

Python-Markdown is slow on purpose-made text: 4,000 ``[`` take 1.7 s and 16,000 half a minute, a thousand nested lists
end in a RecursionError. Escaped characters do not count, so that no text of a source comes near a limit. Each limit
is far above what articles have; times are CPU seconds of Python-Markdown 3.11 on one core of a small server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext import front_matter
from bitext.checks.ids import Ids
from bitext.checks.pages import Pair
from bitext.markup import masked
from bitext.model import Finding

CHECK = "limits"
MAX_BLOCK = 64 * 1024
"""Characters without a blank line. 64 Ki of prose take 0.03 s; a megabyte takes 4.5 s, and a browser twice that."""
MAX_SIGNS = {"[": 100, "<": 100, "](": 100, "`": 200}
"""Signs in a block. Time grows with their square: 100 ``[`` take 4 ms, 1,000 take 0.2 s, 4,000 take 1.7 s."""
MAX_BRACKETS = 2000
"""``[`` on a page: 20 blocks with as many as a block may have take 0.1 s."""
MAX_RUN = 64
"""The same sign of emphasis in a row: as deep as Markdown nests it."""
MAX_ESCAPES = 8000
"""Escaped signs and entities in a block: 8,000 in 16 Ki take 0.05 s, 32,000 in 64 Ki more than six."""
MAX_DEPTH = 10
"""Lists in lists, quotes in quotes. Some 90 levels on one line, 350 on as many lines exhaust Python's stack."""
MAX_HEADINGS = 300
"""Headings on a page: 2,000 take ten seconds in the theme's table of contents."""

_PARAGRAPH = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NESTED = re.compile(rf"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+|>[ \t]*){{{MAX_DEPTH}}}", re.MULTILINE)
_DEEP = re.compile(rf"^(?:\t| {{4}}){{{MAX_DEPTH}}}", re.MULTILINE)
_FIRST_MARKS = frozenset(" \t-*+>0123456789")
"""With which a line begins that is a list or a quotation, or set in."""
_RUN = re.compile(rf"([*_~])\1{{{MAX_RUN}}}")
_ESCAPE = re.compile(r"\\[^\w\s]|&#?\w+;")
_HEADING = re.compile(r"^#{1,6}[ \t]|^(?:-+|=+)[ \t]*$", re.MULTILINE)

Excess = tuple[int, str, str, str]
"""Line, what was found, what was expected, the next step."""


def check(pair: Pair, _: Ids) -> Iterator[Finding]:
    """Blocks, nesting, headings and the signs of Markdown stay below limits that no article comes near."""
    for copy in pair.copies:
        if pieces := front_matter.split(copy.text):
            for line, found, expected, step in excess(pieces[1], pieces[2]):
                yield copy.at(line, CHECK, found, expected, step)


def excess(body: str, first_line: int = 1) -> Iterator[Excess]:
    """What of a body is beyond a limit.

    :param first_line: number of its first line in the file.
    """
    if _is_modest(body):
        return
    brackets = headings = at = 0
    line = first_line
    for match in _PARAGRAPH.finditer(body):
        line, at = line + body.count("\n", at, match.start()), match.start()
        text = masked(match[0])
        yield from _block(match[0], text, line)
        brackets += text.count("[")
        headings += len(_HEADING.findall(text))
        if brackets > MAX_BRACKETS >= brackets - text.count("["):
            yield line, f"{brackets} [ on one page", f"at most {MAX_BRACKETS}", "Split the page, or write \\[ for each."
        if headings > MAX_HEADINGS >= headings - len(_HEADING.findall(text)):
            yield line, f"{headings} headings on one page", f"at most {MAX_HEADINGS}", "Split the page."


def _is_modest(body: str) -> bool:
    """Whether nothing of a body can be beyond a limit, as a quick look tells: true of nearly every article's."""
    lines = body.split("\n")
    if len(body) > MAX_ESCAPES or len(lines) > MAX_HEADINGS or _RUN.search(body):
        return False
    if any(body.count(sign) > most for sign, most in MAX_SIGNS.items()):
        return False
    marked = [line for line in lines if line and line[0] in _FIRST_MARKS]
    return not any(_NESTED.match(line) or _DEEP.match(line) for line in marked)


def _block(raw: str, text: str, line: int) -> Iterator[Excess]:
    if len(raw) > MAX_BLOCK:
        yield line, f"a block of {len(raw)} characters", f"at most {MAX_BLOCK}", "Split it with a blank line."
    for sign, most in MAX_SIGNS.items():
        if (count := text.count(sign)) > most:
            yield line, f"{count} times {sign} in a block", f"at most {most}", "Split the block, or escape them: \\[."
    if len(raw) > MAX_ESCAPES and (count := len(_ESCAPE.findall(raw))) > MAX_ESCAPES:
        yield line, f"{count} escaped signs in a block", f"at most {MAX_ESCAPES}", "Split it with a blank line."
    if run := _RUN.search(text):
        yield line, f"a run of {run[1]}", f"at most {MAX_RUN} in a row", "Shorten it."
    if _NESTED.search(text) or _DEEP.search(text):
        yield line, f"lists or quotes {MAX_DEPTH} deep", "fewer levels", "Write it as one list."

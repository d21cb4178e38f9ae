"""Repairs that need no judgement: ids for new beads, the order of keys, blanks at line ends. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from bitext import front_matter, strict_yaml
from bitext.checks.pages import Copy, Pair, bead_of, parse_copy
from bitext.page import FACTS, RawBlock, parts

NEW = "#new"
"""Mark of a block that opens a new bead: ``--fix`` gives it an id, the same in both languages."""

_END_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)


def repaired(pair: Pair) -> Iterator[tuple[Copy, str]]:
    """Files of a pair that want a repair, each with its text after it; what cannot be read is left alone."""
    copies = [copy for copy in pair.copies if copy.page]
    texts = _numbered([parse_copy(copy, _tidy(copy.text)) for copy in copies])
    for copy, text in zip(copies, texts, strict=True):
        if text != copy.text and _same(copy, parse_copy(copy, text)):
            yield copy, text


def _same(before: Copy, after: Copy) -> bool:
    """Whether two versions of a page say the same: the words of every block, and every key."""
    if before.page is None or after.page is None:
        return False
    pages = (before.page, after.page)
    words = [[(part.kind, part.text, part.lang) for part in parts(page.body, page.lang)] for page in pages]
    return words[0] == words[1] and before.page.front_matter == after.page.front_matter


# ------------------------------------------------------------------ blanks and keys
def _tidy(text: str) -> str:
    """A file without blanks at line ends, with one line end at its end and its keys in order."""
    text = _END_BLANKS.sub("", text).rstrip("\n") + "\n"
    pieces = front_matter.split(text)
    return f"---\n{_in_order(pieces[0])}---\n{pieces[1]}" if pieces else text


def _in_order(yaml: str) -> str:
    """Lines of a front matter, each key with the lines below it, in the order of the list of keys."""
    data = strict_yaml.load(yaml, "")
    if not isinstance(data, strict_yaml.Map):
        return yaml
    lines = yaml.split("\n")[:-1]
    starts = sorted(data.lines.values())
    ends = dict(zip(starts, [*starts[1:], len(lines) + 1], strict=True))
    places = list(front_matter.KEYS)
    keys = sorted(data.lines, key=places.index)
    if starts[0] != 1:  # a comment stands before the first key; whose it is, nobody can know
        return yaml
    return "".join(f"{line}\n" for key in keys for line in lines[data.lines[key] - 1 : ends[data.lines[key]] - 1])


# ------------------------------------------------------------------ ids
def _numbered(copies: list[Copy]) -> list[str]:
    """Texts of the files with ids for their new beads, the same in both languages."""
    if not any(bead_of(block) for copy in copies for block in copy.blocks):
        return _first_ids(copies)
    taken = {bead_of(block) for copy in copies for block in copy.blocks}
    given: dict[tuple[str, int], str] = {}
    return [_with_new_ids(copy, taken, given) for copy in copies]


def _first_ids(copies: list[Copy]) -> list[str]:
    """Texts of files without any id: numbered where both languages have as many blocks."""
    bodies = [[block for block in copy.blocks if block.kind not in FACTS] for copy in copies]
    if len({len(body) for body in bodies}) != 1:
        return [copy.text for copy in copies]
    texts = []
    for copy, body in zip(copies, bodies, strict=True):
        marks = {block.line: f"p{number}" for number, block in enumerate(body, start=1)}
        texts.append(_marked(copy, marks))
    return texts


def _with_new_ids(copy: Copy, taken: set[str], given: dict[tuple[str, int], str]) -> str:
    """Text of a file in which ``#new`` is an id: that of the bead before it and a letter.

    :param taken: ids of both languages; those that are given are added.
    :param given: ids of new beads, by the bead before them and their number after it.
    """
    marks: dict[int, str] = {}
    before, number = "p0", 0
    for block in copy.blocks:
        if bead := bead_of(block):
            before, number = bead, 0
        elif NEW in block.attributes:
            number += 1
            if (before, number) not in given:
                given[before, number] = _free(before, taken)
            marks[block.line] = given[before, number]
    return _marked(copy, marks)


def _free(before: str, taken: set[str]) -> str:
    """The first id after a bead that no bead has."""
    stem = before.rstrip(ascii_lowercase)
    letters = (*ascii_lowercase, *(a + b for a in ascii_lowercase for b in ascii_lowercase))
    found = next(f"{stem}{letter}" for letter in letters if f"{stem}{letter}" not in taken)
    taken.add(found)
    return found


def _marked(copy: Copy, marks: dict[int, str]) -> str:
    """Text of a file with ids for the blocks that begin in some lines."""
    lines = copy.text.split("\n")
    for block in reversed(copy.blocks):
        if bead := marks.get(block.line):
            _mark(lines, block, bead)
    return "\n".join(lines)


def _mark(lines: list[str], block: RawBlock, bead: str) -> None:
    """Give a block its id: in the braces that it has, or in new ones."""
    last = block.line - 1
    while last + 1 < len(lines) and lines[last + 1].strip() and not block.level and not _opens(lines[last + 1]):
        last += 1
    if block.attributes:
        words = " ".join([f"#{bead}", *(word for word in block.attributes if word != NEW)])
        lines[last] = re.sub(r"\{:?[^{}]*\}$", f"{{ {words} }}", lines[last])
    elif block.level:
        lines[last] += f" {{ #{bead} }}"
    else:
        lines.insert(last + 1, f"{'  ' if block.kind == 'item' else ''}{{ #{bead} }}")


def _opens(line: str) -> bool:
    """Whether a line opens a block of its own."""
    return re.match(r"#{1,6}[ \t]|[ ]{0,3}(?:[-*+]|\d+\.)[ \t]", line) is not None

"""Block[] → Block[]: the front matter that a plain text begins with is furniture, but for the title it names.

What it says of date, author and source is read from there all the same (``metadata`` looks at furniture above the
text). Files that are Markdown by their name come without it (``doors.markdown``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from bitext.model import Block
from bitext.pieces import pieces
from bitext.reasons import FRONT_MATTER, TITLE_MARK

_MOST_LINES = 80
_RULES = {
    "---": re.compile(r"[A-Za-z][\w-]* ?:(?:\s|$)|\s+\S|-\s|#|\s*$"),
    "+++": re.compile(r"[A-Za-z][\w-]*\s*=\s*\S|\s+\S|\[|\]|[\"']|#|\s*$"),
}
"""What stands above and below front matter, in YAML and in TOML, and how its lines begin."""
_TITLES = tuple(
    re.compile(rf"{key}(?: ?:\s+|\s*=\s*)(?:(?P<quote>[\"'])\s*)?(?=\S)", re.IGNORECASE)
    for key in (r"title(?:[_-]?(?P<lang>zh|en|cn)(?:[_-](?:cn|tw|hk|hans|hant|us|gb))?)?", "name(?P<lang>)")
)
"""Keys of a title; what has a name and no title goes by its name."""
_SET_IN = re.compile(r"[ \t]+(?!-\s|#)\S")
"""A line on which the value above goes on."""
_SCALAR = re.compile(r"\s*[>|][+-]?\d?\s*")
"""What stands behind a key whose value is set in below it, as YAML has it."""
_BARE_KEY = re.compile(r"[A-Za-z][\w-]*\s*[:=]?")
_KEY = re.compile(
    r"(Title|Date|Modified|Authors?|Tags|Category|Slug|Summary|Status|Lang|Template|Keywords|Source): ?", re.IGNORECASE
)
_SMALL_KEY = re.compile(r"([a-z][\w-]*) ?: ?\S")
_FIELD = re.compile(r":[a-z][\w-]{1,24}: ")
_MOST_ABOVE = 6
"""A list of fields begins among so many lines, blank ones apart."""
_NAMES = frozenset({"title", "name"})
_FEWEST_KEYS = 3


def mark(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Blocks with the lines of front matter marked; the block of a title begins after its key.

    :param lines: of the source.
    """
    last = _last(lines)
    titled = next((key for key in _TITLES if any(map(key.match, lines[:last]))), _TITLES[0])
    titles, fields = _titles(lines[:last], titled), _fields(lines)
    found: list[Block] = []
    for line, group in groupby(blocks, key=lambda block: block.line):
        rest = list(group)
        inside = line <= last or line in fields
        found += titles.get(line) or (list(map(_furniture, _with_key(rest, lines))) if inside else rest)
    return tuple(found)


def _fields(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines of a field list at the head, as reStructuredText has it below its title.

    >>> sorted(_fields(["=====", "Boats", "=====", "", ":date: 2024-05-03", ":tags: water", ":slug: boats", "Text."]))
    [5, 6, 7]
    """
    head = [number for number, line in enumerate(lines[:_MOST_LINES], start=1) if line.strip()][:_MOST_ABOVE]
    first = next((number for number in head if _FIELD.match(lines[number - 1])), len(lines) + 1)
    below = list(takewhile(lambda number: _FIELD.match(lines[number - 1]), range(first, len(lines) + 1)))
    return frozenset(below if len(below) >= _FEWEST_KEYS else ())


def _titles(front_matter: Sequence[str], titled: re.Pattern[str]) -> dict[int, list[Block]]:
    """Blocks of the titles that front matter names, by line; what goes on in lines set in is one title."""
    found: dict[int, list[Block]] = {}
    for number, line in enumerate(front_matter, start=1):
        if key := titled.match(line):
            below = takewhile(_SET_IN.match, front_matter[number:]) if ":" in key.group() else ()
            for block in _title({number: line, **dict(enumerate(below, start=number + 1))}, key):
                found.setdefault(block.line, []).append(block)
    return found


def _with_key(line: list[Block], lines: Sequence[str]) -> list[Block]:
    """The pieces of a line, the first of them, if it is nothing but a key, made one with the value behind it."""
    if len(line) < 2 or not _BARE_KEY.fullmatch(line[0].text):
        return line
    key, value = line[:2]
    text = lines[key.line - 1][key.start : value.end]
    return [replace(value, part=0 if len(line) == 2 else value.part, start=key.start, text=text), *line[2:]]


def _title(lines: Mapping[int, str], key: re.Match[str]) -> list[Block]:
    """The title that lines of front matter name, as pieces of one language each, without the quotes round it.

    :param lines: the line of the key and those on which its value goes on, by number.
    """
    first, start = min(lines), key.end()
    texts = [text[start:] if number == first else text.lstrip() for number, text in lines.items()]
    texts = ["" if _SCALAR.fullmatch(text) else text.rstrip() for text in texts]
    whole = " ".join(texts)
    quote = key["quote"]
    whole = whole[:-1].rstrip() if quote and whole.endswith(quote) else whole
    found = pieces(whole) if whole.strip() else []
    if len(found) > 1 and key["lang"]:  # the key says of which language the whole is
        found = [("en" if key["lang"].lower() == "en" else "zh", found[0][1], found[-1][2])]
    blocks: list[Block] = []
    cut = 0
    for (number, line), text in zip(lines.items(), texts, strict=True):
        here = [(lang, max(one - cut, 0), min(two - cut, len(text)), one < cut) for lang, one, two in found]
        here = [piece for piece in here if piece[1] < piece[2]]
        at = len(line.rstrip()) - len(text)
        for part, (lang, one, two, on) in enumerate(here, start=len(here) > 1):
            blocks.append(Block(number, part, at + one, at + two, text[one:two], lang, "heading", TITLE_MARK, level=2,
                                sure=True, joined=on))  # fmt: skip
        cut += len(text) + 1
    return blocks


def _last(lines: Sequence[str]) -> int:
    """Number of the line that closes the front matter; 0 if there is none. Blank lines may stand above it.

    >>> _last(("---", "title: A", "---", "text")), _last(("---", "Some text.", "---"))
    (3, 0)
    >>> _last(("", "+++", 'title = "A"', "+++", "text")), _last(("+++", "Some text.", "+++"))
    (4, 0)
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    rule = lines[first].lstrip("\ufeff").rstrip() if first < len(lines) else ""
    if rule not in _RULES:
        return _last_key(lines)
    for number, line in enumerate(lines[first + 1 : first + _MOST_LINES], start=first + 2):
        if line.rstrip() == rule:
            return number if number > first + 2 else 0
        if not _RULES[rule].match(line):
            return 0
    return 0


def _last_key(lines: Sequence[str]) -> int:
    """Number of the last of the keys that a text begins with without rules, as Pelican and MultiMarkdown have them.

    They are keys that are known, or any in small letters that a blank line ends.

    >>> _last_key(("Title: A", "Date: 2024-08-09", "Tags: b", "", "text")), _last_key(("Title: A", "text"))
    (3, 0)
    >>> _last_key(("name : A", "level : 2", "path : b", "", "text")), _last_key(("name : A", "level : 2", "x : b", "c"))
    (3, 0)
    """
    for form in (_KEY, _SMALL_KEY):
        keys = [form.match(line) for line in takewhile(form.match, lines[:_MOST_LINES])]
        names = {key.group(1).lower() for key in keys if key}
        ended = form is _KEY or not "".join(lines[len(keys) : len(keys) + 1]).strip()
        if names & _NAMES and len(names) >= _FEWEST_KEYS and ended:
            return len(keys)
    return 0


def _furniture(block: Block) -> Block:
    return replace(block, role="chrome", sure=True, reason=FRONT_MATTER)

"""The front matter of a page: its closed list of keys, how they are read, checked and written.

One table, :data:`KEYS`, says all: the order on the page, who may stand there and how long. People edit these lines, so
every mistake is a :class:`Finding` with its line, all of them in one pass, and an unknown key comes with a suggestion.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from bitext import strict_yaml
from bitext.markup import UNSHOWABLE
from bitext.model import Finding, FrontMatter, Series

CHECK = "front matter"
MAX_TITLE = 300
"""Characters. The longest title of the first five sources has 197, two meetings in one."""
MAX_TEXT = 200
"""Characters of a source or a description: what search engines and lists show of one."""
MAX_URL = 2000
"""Characters of an address: beyond it some browsers and servers give up."""
MAX_LIST = 20
"""Topics or tags of a page: more tell its reader nothing."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Form of a topic, a tag and the name of a page."""
SOURCE_ID = re.compile(r"\w(?:[\w ()-]|\.(?!\.)){0,99}(?<![ .])")
"""Form of a source's id: letters and digits of any script, inside also ``_ - ( )``, single dots and blanks."""
_PAGE_ID = re.compile(rf"{SOURCE_ID.pattern}(?:#[0-9]+)?")
_URL = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_END = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

# YAML 1.1, which MkDocs reads, knows more words than ours does: written in quotes, both read the same.
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_PLAIN = re.compile(r"[^\W\d_](?:(?!: | #|:$).)*")


class WrongError(ValueError):
    """A value that a key does not take: what was found and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}, expected {expected}")
        self.found, self.expected = found, expected


def _shown(value: Any) -> str:
    """A value in words, short enough for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    names: dict[type, str] = {strict_yaml.Map: "a mapping", strict_yaml.Seq: "a list", type(None): "nothing"}
    text = names.get(type(value)) or (repr(value) if isinstance(value, str) else f"the number {value}")
    return text if len(text) <= 60 else text[:57] + "…'"


def _text(value: Any, limit: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongError(_shown(value), 'text (in quotes: "…")')
    if len(value) > limit:
        raise WrongError(f"{len(value)} characters", f"at most {limit}")
    if bad := UNSHOWABLE.search(value) or re.search(r"[\n\r\t\x85\u2028\u2029]", value):
        raise WrongError(f"character U+{ord(bad[0]):04X}", "text on one line without control characters")
    return value


def _title(value: Any) -> str:
    return _text(value, MAX_TITLE)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongError(_shown(value), "true or false")
    return value


def _date(value: Any) -> str:
    expected = "2024, 2024-08 or 2024-08-09, a day of the calendar"
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise WrongError(_shown(value), expected)
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise WrongError(_shown(value), expected) from None
    return match[0]


def _slugs(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str) or not SLUG.fullmatch(item):
            raise WrongError(_shown(item), "ids of small Latin letters, digits and hyphens")
    if not items or len(items) > MAX_LIST or len(set(items)) < len(items):
        raise WrongError(f"{len(items)} ids, {len(set(items))} different", f"1 to {MAX_LIST}, none twice")
    return tuple(items)


def _url(value: Any) -> str:
    text = _text(value, MAX_URL)
    if not _URL.fullmatch(text):
        raise WrongError(_shown(value), "an address that begins with https:// or http://")
    return text


def _page_id(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not _PAGE_ID.fullmatch(text):
        raise WrongError(_shown(value), "the id of a source, for a part with # and its number")
    return text


def _series(value: Any) -> Series:
    if not isinstance(value, dict) or set(value) != {"id", "part"}:
        raise WrongError(_shown(value), "a mapping of id and part")
    part = value["part"]
    if isinstance(part, bool) or not isinstance(part, int) or not 0 <= part < 1000:
        raise WrongError(f"part {_shown(part)}", "part 0 (overview), 1, 2, … (up to 999)")
    return Series(id=_page_id(value["id"]), part=part)


KEYS: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "title_derived": _flag,
    "date": _date,
    "topics": _slugs,
    "tags": _slugs,
    "source": _text,
    "source_url": _url,
    "description": _text,
    "source_id": _page_id,
    "series": _series,
}
"""Every key a page may have, in the order of the page, with the function that reads its value."""
REQUIRED = ("title", "topics", "source_id")
_ON_ONE_LINE = "Write it on one line, in double quotes"
_STEPS = {
    "title": f"{_ON_ONE_LINE}.",
    "title_derived": "Write true, or remove the key.",
    "date": "Write as much of it as is known, or remove the key.",
    "topics": "Choose ids from data/topics.yml: topics: [trade].",
    "tags": "Choose ids from data/tags.yml, or remove the key.",
    "source": f"{_ON_ONE_LINE}, or remove the key.",
    "source_url": "Copy the whole address from a browser, or remove the key.",
    "description": f"{_ON_ONE_LINE}, or remove the key.",
    "source_id": "Restore what stood there; a page that nobody converted takes the name of its file.",
    "series": "Write id and part as the other pages of the series have them, or remove the key.",
}
"""What to do about a value that its key does not take."""


def valid_source_id(name: str) -> bool:
    """Whether a source may have this id: it becomes part of file names and of front matter.

    >>> valid_source_id("000_1690cda5"), valid_source_id("../x"), valid_source_id("")
    (True, False, False)
    """
    return SOURCE_ID.fullmatch(name) is not None


# ------------------------------------------------------------------ reading
@lru_cache(maxsize=2)
def split(text: str) -> tuple[str, str, int] | None:
    """YAML, body and the body's first line number (from 1); ``None`` if the text does not begin with front matter.

    Line ends must be line feeds. Each check of a page asks for them.
    """
    if not text.startswith("---\n"):
        return None
    end = _END.search(text, 4)
    if not end:
        return None
    return text[4 : end.start()], text[end.end() :], text.count("\n", 0, end.end()) + 1


def read(yaml: str, path: str) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """Front matter from its YAML (without the ``---`` lines), and every finding; ``None`` if there is one."""
    try:
        data = data_of(yaml)
    except strict_yaml.YamlError as error:
        step = 'Put text that holds ": " or begins with a sign in double quotes.'
        return None, (_finding(path, error.line, error.reason, "", step, error.column),)
    if not isinstance(data, strict_yaml.Map):
        return None, (_finding(path, 1, _shown(data), "keys and values", "Begin with: title: …"),)
    values: dict[str, Any] = {}
    findings = (*_read_values(data, path, values), *_missing(data, path))
    return (None if findings else FrontMatter(**values)), findings


@lru_cache(maxsize=4)
def data_of(yaml: str) -> strict_yaml.Value:
    """Data of a page's YAML; not to be changed. Who reads a page asks for it twice, for values and for their lines.

    :raises bitext.strict_yaml.YamlError: with the line in the file.
    """
    return strict_yaml.load(yaml, "", first_line=2)


def _finding(path: str, line: int, found: str, expected: str, step: str = "", column: int = 0) -> Finding:
    return Finding(path, CHECK, found, expected, step, line, column, "error")


def _read_values(data: strict_yaml.Map, path: str, values: dict[str, Any]) -> Iterator[Finding]:
    """Findings of the keys that are there; the values that are right go into ``values``."""
    for key, value in data.items():
        if key not in KEYS:
            yield _finding(path, data.lines[key], f"unknown key {key!r}", f"one of {', '.join(KEYS)}", _suggestion(key))
            continue
        try:
            values[key] = KEYS[key](value)
        except WrongError as wrong:
            yield _finding(path, data.lines[key], f"{key} is {wrong.found}", wrong.expected, _STEPS[key])


def _suggestion(key: str) -> str:
    close = get_close_matches(key.lower(), KEYS, 1, 0.6)
    return f"Did you mean {close[0]!r}?" if close else "Remove the key; the list is closed so that slips are noticed."


def _missing(data: strict_yaml.Map, path: str) -> Iterator[Finding]:
    for key in REQUIRED:
        if key not in data:
            yield _finding(path, 1, f"no {key}", f"{key}: …", f"Add the key; a page needs {', '.join(REQUIRED)}.")


# ------------------------------------------------------------------ writing
def write(front_matter: FrontMatter) -> str:
    """Front matter with its ``---`` lines; keys without a value are left out.

    >>> print(write(FrontMatter("No: 1", ("trade",), "a1", date="2024-08")), end="")
    ---
    title: "No: 1"
    date: 2024-08
    topics: [trade]
    source_id: a1
    ---
    """
    lines = [line for key in KEYS for line in _written(key, getattr(front_matter, key))]
    return "\n".join(["---", *lines, "---", ""])


def _written(key: str, value: Any) -> Iterator[str]:
    if not value:
        return
    if isinstance(value, Series):
        yield from (f"{key}:", f"  id: {_quoted(value.id)}", f"  part: {value.part}")
    elif isinstance(value, tuple):
        yield f"{key}: [{', '.join(_quoted(item) for item in value)}]"
    elif isinstance(value, bool):
        yield f"{key}: true"
    else:
        yield f"{key}: {value if key == 'date' else _quoted(value)}"


def _quoted(text: str) -> str:
    """A text as YAML: as it is where no reader can take it for something else, else in double quotes."""
    if text.isprintable() and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and text == text.rstrip():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _yaml_escape(c) for c in escaped) + '"'


def _yaml_escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

"""data/*.yml → Knowledge: what people know, loaded once, checked, handed to the stages that need it.

A mistake in a data file is an error with the file, the line and what was expected; all mistakes are told at once.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args

from bitext import strict_yaml
from bitext.anchors.dates import DateWords, load_dates
from bitext.anchors.entries import AnchorDataError
from bitext.anchors.numbers import Numerals, load_numerals
from bitext.model import Finding, Role
from bitext.plain import plain
from bitext.strict_yaml import Map, Seq, Value

DATA = Path(__file__).resolve().parents[2] / "data"
"""The project's own data folder."""


class DataError(ValueError):
    """Mistakes in data files, each a :class:`Finding`."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


Zone = Literal["", "edge", "foot"]
"""A part of a text: all of it, what stands before and after its running text, or what stands after."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that fits has a role: an entry of ``chrome.yml`` or ``roles.yml``."""

    name: str
    role: Role
    most: float
    phrases: frozenset[str] = frozenset()
    regex: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    whole: bool = False
    """The expression must fit the whole line."""
    opens: bool = False
    zone: Zone = ""
    """Where alone the rule holds."""

    def fits(self, text: str, length: float) -> bool:
        """Whether a line in its plain form, of a length in Han characters, is what the rule describes."""
        if length > self.most:
            return False
        if self.phrases and text.strip(_EDGES).casefold() in self.phrases:
            return True
        if self.regex is None:
            return False
        found = self.regex.fullmatch(text) if self.whole else self.regex.search(text)
        return found is not None and not (self.unless and self.unless.search(text))


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Terms of both languages that speak for one topic or tag."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the taxonomy."""

    id: str
    zh: str
    en: str
    description_zh: str
    description_en: str
    cues: tuple[CueGroup, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, its name in both languages and the cues that set it."""

    id: str
    zh: str
    en: str
    cues: CueGroup


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: forms of one name or term in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    abbr: str = ""
    kind: str = "term"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """One way to number sections."""

    style: str
    values: tuple[str, ...]
    regex: re.Pattern[str]

    def number(self, text: str) -> int:
        """Number at the start of a line in its plain form; 0 if there is none."""
        match = self.regex.match(text)
        return self.values.index(match.group(1)) + 1 if match else 0


@dataclass(frozen=True, slots=True)
class English:
    """What the aligner knows of English words."""

    stop_words: frozenset[str]
    irregular: dict[str, str]
    """Irregular form → the form a dictionary has."""
    small_words: frozenset[str]
    """Words without a capital in titles."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where a line says something of its text: the first group of the expression is the value."""

    name: str
    fact: str
    regex: re.Pattern[str]
    lead: bool = False
    """Searched in the first paragraph instead of the lines about the text."""


@dataclass(frozen=True, slots=True)
class Override:
    """Corrections of how one source is read, each with a reason in the file."""

    punctuation: bool = True
    split: bool | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """Facts that a person knows better, by the names of :class:`bitext.model.Metadata`; ``source_url``; ``topic``."""
    roles: tuple[tuple[int, Role], ...] = ()
    """Role of a line, by its number."""


@dataclass(frozen=True)
class Knowledge:
    """All that stands in ``data/``."""

    chrome: tuple[Rule, ...]
    roles: tuple[Rule, ...]
    values: tuple[Pattern, ...]
    numbering: tuple[Numbering, ...]
    topics: tuple[Topic, ...]
    tags: tuple[Tag, ...]
    glossary: tuple[Term, ...]
    english: English
    overrides: dict[str, Override]
    numerals: Numerals
    dates: DateWords

    @cached_property
    def topic_ids(self) -> tuple[str, ...]:
        """Slugs of the topics in the order of the navigation."""
        return tuple(topic.id for topic in self.topics)

    def override(self, source_id: str) -> Override:
        """Corrections for one source; an empty one where there are none."""
        return self.overrides.get(source_id, Override())


_EDGES = (
    " :>\u00bb\u203a<\u00ab#*\u00b7\u2022\u25cf\u25a0\u25c6\u25b6\u25ba\u2192\u2190\u2191|-_[]()\u3010\u3011.\u3000"
)
_LONGEST_PHRASE = 30.0


_T = TypeVar("_T")


class _File:
    """One data file being read; mistakes are gathered, not raised."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name if folder == DATA else str(folder / name)
        self.path = folder / name
        self.findings: list[Finding] = []

    def wrong(self, line: int, found: str, expected: str) -> None:
        self.findings.append(
            Finding(f"data/{self.name}" if "/" not in self.name else self.name, "data", found, expected,
                    "Correct the file.", line, severity="error")
        )  # fmt: skip

    def shapeless(self, found: str, expected: str) -> None:
        """Tell that the file as a whole holds something else, unless it could not be read at all."""
        if not self.findings:
            self.wrong(1, found, expected)

    def load(self) -> Value:
        try:
            return strict_yaml.load(self.path.read_text(encoding="utf-8"), str(self.path))
        except strict_yaml.YamlError as error:
            self.wrong(error.line, error.reason, "plain YAML")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(0, f"cannot be read: {error}", "a readable file in UTF-8")
        return None

    def parsed(self, load: Callable[[Path], _T]) -> _T | None:
        """What another module reads from the file; ``None`` where it finds a mistake, which is told."""
        try:
            return load(self.path)
        except (AnchorDataError, strict_yaml.YamlError) as error:
            self.wrong(error.line, str(error).partition(": ")[2], "what the head of the file asks for")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(0, f"cannot be read: {error}", "a readable file in UTF-8")
        return None

    def entries(self, key: str, keys: tuple[str, ...], required: tuple[str, ...]) -> Iterator[Map]:
        """Mappings of the list under ``key``, those with unknown or missing keys told and left out."""
        data = self.load()
        if not isinstance(data, Map) or not isinstance(data.get(key), Seq):
            self.shapeless("no list", f"a list under {key!r}")
            return
        for entry, line in zip(data[key], data[key].lines, strict=True):
            if not isinstance(entry, Map):
                self.wrong(line, f"{entry!r}", "a mapping")
            elif self.known(entry, keys, required):
                yield entry

    def known(self, entry: Map, keys: tuple[str, ...], required: tuple[str, ...]) -> bool:
        good = True
        for key in entry:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                self.wrong(entry.lines[key], f"unknown key {key!r}", f"{near[0]!r}" if near else f"one of {keys}")
                good = False
        for key in required:
            if key not in entry:
                self.wrong(entry.line, f"no key {key!r}", f"the keys {required}")
                good = False
        return good

    def text(self, entry: Map, key: str) -> str:
        """The text under a key; told and empty where a list, a mapping or nothing stands there."""
        value = entry[key]
        if isinstance(value, (list, dict)) or value is None or value == "":
            self.wrong(entry.lines[key], f"{key}: {value!r}", "a text")
            return ""
        return str(value)

    def choice(self, entry: Map, key: str, allowed: tuple[Value, ...]) -> Value:
        """The value under a key, one of a few; ``None`` where the key is absent or the value told."""
        value = entry.get(key)
        if key in entry and value not in allowed:
            self.wrong(entry.lines[key], f"{key}: {value!r}", " or ".join(str(word).lower() for word in allowed))
            return None
        return value

    def twice(self, entry: Map, key: str, seen: Container[str]) -> bool:
        """Whether the text under a key was there before; then it is told."""
        if str(entry[key]) in seen:
            self.wrong(entry.lines[key], f"{key} {entry[key]!r} again", "each once")
            return True
        return False

    def words(self, entry: Map, key: str) -> tuple[str, ...]:
        """The texts under a key: a list, or one text."""
        value = entry.get(key, Seq())
        found = value if isinstance(value, list) else [value]
        if any(isinstance(word, (list, dict)) or word is None for word in found):
            self.wrong(entry.lines.get(key, entry.line), f"{key}: {value!r}", "a list of texts")
            return ()
        return tuple(str(word) for word in found)

    def regex(self, entry: Map, key: str) -> re.Pattern[str] | None:
        if key not in entry:
            return None
        try:
            return re.compile(self.text(entry, key), re.IGNORECASE)
        except re.error as error:
            self.wrong(entry.lines[key], f"{key}: {error}", "a regular expression")
            return None

    def number(self, entry: Map, key: str, default: float) -> float:
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.wrong(entry.lines[key], f"{key}: {value!r}", "a number")
            return default
        return float(value)


def _rules(file: _File, *, chrome: bool) -> tuple[Rule, ...]:
    keys = ("name", "match", "regex", "most", "opens", "zone", "seen", "role", "unless")
    found = []
    for entry in file.entries("rules", keys, ("name",) if chrome else ("name", "role", "regex")):
        role = "chrome" if chrome else str(entry["role"])
        if role not in get_args(Role):
            file.wrong(entry.lines["role"], f"role {role!r}", f"one of {get_args(Role)}")
            continue
        if chrome and not {"match", "regex"} & entry.keys():
            file.wrong(entry.line, f"rule {entry['name']!r} describes no line", "the key 'match' or 'regex'")
        phrases = frozenset(plain(word).strip(_EDGES).casefold() for word in file.words(entry, "match"))
        most = file.number(entry, "most", _LONGEST_PHRASE if chrome else float("inf"))
        found.append(
            Rule(file.text(entry, "name"), cast(Role, role), most, phrases - {""}, file.regex(entry, "regex"),
                 file.regex(entry, "unless"), chrome, file.choice(entry, "opens", (True, False)) is True,
                 file.choice(entry, "zone", ("edge", "foot")) or "")
        )  # fmt: skip
    return tuple(found)


def _values(file: _File) -> tuple[Pattern, ...]:
    found = []
    for entry in file.entries("values", ("name", "fact", "in", "regex"), ("name", "fact", "regex")):
        regex = file.regex(entry, "regex")
        fact, where = file.choice(entry, "fact", ("source", "byline")), file.choice(entry, "in", ("lead",))
        if regex is not None and regex.groups != 1:
            file.wrong(entry.lines["regex"], f"{regex.groups} groups", "one group, the value")
        elif regex is not None:
            found.append(Pattern(file.text(entry, "name"), str(fact), regex, where == "lead"))
    return tuple(found)


def _numbering(file: _File) -> tuple[Numbering, ...]:
    found = []
    for entry in file.entries("numbering", ("style", "after", "values"), ("style", "after", "values")):
        values = file.words(entry, "values")
        any_of = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
        if file.regex(entry, "after") is not None:
            found.append(Numbering(str(entry["style"]), values, re.compile(f"({any_of})(?:{entry['after']})")))
    return tuple(found)


def _english(file: _File) -> English:
    data = file.load()
    if not isinstance(data, Map) or not isinstance(data.get("irregular"), Map) or "stop_words" not in data:
        file.shapeless("no words", "a list 'stop_words' and a mapping 'irregular'")
        return English(frozenset(), {}, frozenset())
    irregular = {key: str(word) for key, word in data["irregular"].items()}
    return English(frozenset(file.words(data, "stop_words")), irregular, frozenset(file.words(data, "small_words")))


def _cues(file: _File, entry: Map) -> CueGroup:
    zh = tuple(plain(word) for word in file.words(entry, "zh"))
    en = tuple(plain(word).casefold() for word in file.words(entry, "en"))
    return CueGroup(zh, en, file.number(entry, "weight", 1.0))


def _topics(file: _File) -> tuple[Topic, ...]:
    texts = ("id", "zh", "en", "description_zh", "description_en")
    found: dict[str, Topic] = {}
    for entry in file.entries("topics", (*texts, "example", "cues"), (*texts, "cues")):
        if not file.twice(entry, "id", found):
            names = {key: file.text(entry, key) for key in texts}
            found[names["id"]] = Topic(**names, cues=tuple(_topic_cues(file, entry)))
    return tuple(found.values())


def _topic_cues(file: _File, topic: Map) -> Iterator[CueGroup]:
    cues = topic["cues"]
    if not isinstance(cues, Seq):
        file.wrong(topic.lines["cues"], f"cues: {cues!r}", "a list of cues")
        return
    for cue, line in zip(cues, cues.lines, strict=True):
        if not isinstance(cue, Map) or not {"zh", "en"} & cue.keys():
            file.wrong(line, f"cue {cue!r}", "a mapping with words under 'zh' or 'en'")
        elif file.known(cue, ("zh", "en", "weight"), ()):
            yield _cues(file, cue)


def _tags(file: _File) -> tuple[Tag, ...]:
    data = file.load()
    if not isinstance(data, Map) or not isinstance(data.get("tags"), Map):
        file.shapeless("no tags", "a mapping of ids under 'tags'")
        return ()
    found = []
    for key, entry in data["tags"].items():
        if not isinstance(entry, Map):
            file.wrong(data["tags"].lines[key], f"{key}: {entry!r}", "a mapping")
        elif file.known(entry, ("zh", "en", "cues"), ("zh", "en")):
            found.append(Tag(key, file.text(entry, "zh"), file.text(entry, "en"), _tag_cues(file, entry)))
    return tuple(found)


def _tag_cues(file: _File, tag: Map) -> CueGroup:
    cues = tag.get("cues", Map())
    if not isinstance(cues, Map):
        file.wrong(tag.lines["cues"], f"cues: {cues!r}", "words under 'zh' and 'en'")
        return CueGroup((), ())
    file.known(cues, ("zh", "en"), ())
    return _cues(file, cues)


def _glossary(file: _File) -> tuple[Term, ...]:
    return tuple(
        Term(
            file.words(entry, "zh"),
            file.words(entry, "en"),
            str(entry.get("abbr") or ""),
            str(entry.get("kind") or "term"),
            str(entry.get("note") or ""),
        )
        for entry in file.entries("terms", ("zh", "en", "abbr", "kind", "note"), ("zh", "en"))
    )


_FACTS = {
    "title_zh": "title_zh",
    "title_en": "title_en",
    "date": "date",
    "from": "source",
    "from_en": "source_en",
    "source_url": "source_url",
    "topic": "topic",
}
"""Keys of an override that state a fact → the name of the fact."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def _overrides(file: _File, topics: tuple[str, ...]) -> dict[str, Override]:
    keys = ("source", *_FACTS, "punctuation", "split", "roles", "reason")
    found: dict[str, Override] = {}
    for entry in file.entries("overrides", keys, ("source", "reason")):
        split = file.choice(entry, "split", ("always", "never"))
        file.text(entry, "reason")
        if not file.twice(entry, "source", found):
            found[file.text(entry, "source")] = Override(
                file.choice(entry, "punctuation", ("keep", "restore")) != "keep",
                split == "always" if split else None,
                tuple(_stated(file, entry, topics)),
                tuple(_given_roles(file, entry)),
            )
    return found


def _stated(file: _File, entry: Map, topics: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Facts that an entry states, by the name that the article has for them."""
    for key, name in _FACTS.items():
        if key not in entry:
            continue
        value = file.text(entry, key)
        if key == "date" and value and not is_date(value):
            file.wrong(entry.lines[key], f"date: {value}", "2024, 2024-08 or 2024-08-09")
        if key == "topic" and value and value not in topics:
            file.wrong(entry.lines[key], f"topic: {value}", f"one of {', '.join(topics)}")
        yield name, value


def is_date(text: str) -> bool:
    """Whether a text is a date as far as it is known: a year, a month or a day of the calendar.

    >>> is_date("2024-02"), is_date("2024-02-30"), is_date("2024-2-3")
    (True, False, False)
    """
    if not _DATE.fullmatch(text):
        return False
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _given_roles(file: _File, entry: Map) -> Iterator[tuple[int, Role]]:
    roles = entry.get("roles", Map())
    if not isinstance(roles, Map):
        file.wrong(entry.lines["roles"], f"roles: {roles!r}", "line numbers and roles")
        return
    for line, role in roles.items():
        if line.isdecimal() and role in get_args(Role):
            yield int(line), role
        else:
            file.wrong(roles.lines[line], f"{line}: {role}", f"a line number and one of {', '.join(get_args(Role))}")


def load(folder: Path = DATA) -> Knowledge:
    """All knowledge of a data folder.

    :raises DataError: with every mistake found, each with file and line.
    """
    findings: list[Finding] = []

    def read(name: str, parse: Callable[[_File], _T]) -> _T:
        file = _File(folder, name)
        found = parse(file)
        findings.extend(file.findings)
        return found

    topics = read("topics.yml", _topics)
    ids = tuple(topic.id for topic in topics)
    parts: dict[str, Any] = {
        "chrome": read("chrome.yml", lambda file: _rules(file, chrome=True)),
        "roles": read("roles.yml", lambda file: _rules(file, chrome=False)),
        "values": read("roles.yml", _values),
        "numbering": read("roles.yml", _numbering),
        "topics": topics,
        "tags": read("tags.yml", _tags),
        "glossary": read("glossary.yml", _glossary),
        "english": read("english.yml", _english),
        "overrides": read("overrides.yml", lambda file: _overrides(file, ids)),
        "numerals": read("numerals.yml", lambda file: file.parsed(load_numerals)),
        "dates": read("dates.yml", lambda file: file.parsed(load_dates)),
    }
    if findings:
        raise DataError(tuple(dict.fromkeys(findings)))  # a file that is read in parts tells its mistakes once
    return Knowledge(**parts)

"""``data/search.yml``: what the search says, and the words that it does not look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import _library
from _search_terms import fold
from _site import BrokenSiteError, Names

from bitext import strict_yaml
from bitext.model import LANGS, Finding

NAME = "data/search.yml"
WORDS = frozenset({"other", "best", "failed"})


@dataclass(frozen=True, slots=True)
class SearchData:
    """The file, checked."""

    words: Mapping[str, Names]
    stop: frozenset[str]
    """Folded; of both languages, since a page of one may hold words of the other."""


def read_data() -> SearchData:
    """The data of the project.

    :raises BrokenSiteError: if the file has mistakes.
    """
    return parse((_library.DATA / "search.yml").read_text(encoding="utf-8"))


def parse(text: str) -> SearchData:
    """The data of a text in YAML.

    :raises BrokenSiteError: if it has mistakes.
    """
    try:
        data = strict_yaml.load(text, NAME)
    except strict_yaml.YamlError as error:
        raise BrokenSiteError((_wrong(error.line, error.reason, "plain YAML"),)) from None
    if not isinstance(data, strict_yaml.Map) or set(data) != {"words", "stop"}:
        raise BrokenSiteError((_wrong(1, "other keys", "words and stop"),))
    if findings := (*_wrong_words(data["words"], data.lines["words"]), *_wrong_stop(data["stop"], data.lines["stop"])):
        raise BrokenSiteError(findings)
    words, stop = data["words"], data["stop"]
    return SearchData(words, frozenset(fold(word) for lang in LANGS for word in stop[lang]))


def _wrong_words(words: strict_yaml.Value, line: int) -> Iterator[Finding]:
    if not isinstance(words, strict_yaml.Map) or set(words) != WORDS:
        yield _wrong(line, "other words", ", ".join(sorted(WORDS)))
        return
    for key, names in words.items():
        if not isinstance(names, dict) or set(names) != set(LANGS) or not all(map(_is_text, names.values())):
            yield _wrong(words.lines[key], "no text in each language", "{zh: …, en: …}")


def _wrong_stop(stop: strict_yaml.Value, line: int) -> Iterator[Finding]:
    if not isinstance(stop, strict_yaml.Map) or set(stop) != set(LANGS):
        yield _wrong(line, "other languages", ", ".join(LANGS))
        return
    for lang in LANGS:
        words = stop[lang]
        if not isinstance(words, list) or not all(map(_is_text, words)):
            yield _wrong(stop.lines[lang], "no list of words", "[word, …], in quotes where YAML means something else")


def _is_text(value: strict_yaml.Value) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _wrong(line: int, found: str, expected: str) -> Finding:
    return Finding(NAME, "data", found, expected, "Correct the file.", line, severity="error")

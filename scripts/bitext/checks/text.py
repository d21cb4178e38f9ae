"""The text of a page is clean: no lost blank, doubled word, foreign sign or invisible character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bitext import markup
from bitext.checks import vocabulary
from bitext.checks.known import Known
from bitext.checks.pages import Copy, Pair
from bitext.model import Finding
from bitext.page import RawBlock
from bitext.script import HAN

CHECK = "text"
_FREQUENT = 25
"""Times that a half of two glued words stands in the dictionary, at least."""
_SHORTEST = 5
"""Letters of two words that may be taken for one."""
_LONG_FORM = 8
"""Letters of a form in -ing that begins no compound of English."""

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_CAMEL = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][a-z]+)([A-Z][a-z]{2,})(?![A-Za-z])")
_AFTER_FIGURE = re.compile(r"(?<![\w.-])(\d{4}|\d{1,2}(?:st|nd|rd|th))([A-Za-z][a-z]+)")
_AFTER_MARK = re.compile(
    r"([A-Za-z]{2,}[,;:!?]|[a-z]{3,}\.)([A-Z][a-z]{2,}|(?<=[,;!?])[a-z]{2,})(?!\.\w)"
    r"|([A-Za-z]+(?:\u201d|s\u2019(?=[A-Z])))([A-Za-z]{2,})|([A-Za-z]{2,})(\u201c[A-Za-z]+)"
)
_DOUBLED = re.compile(r"(?<![\w'\u2019-])([A-Za-z]{2,})\s+\1(?![\w'\u2019-])", re.IGNORECASE)
# No word is that long; the patterns below take the square of its length.
_ENDLESS = re.compile(r"[!-~]{200,}")
_ADDRESS = re.compile(r"\S+@\S+|\S*://\S*|\S*\.(?:com|org|net|gov|edu|cn|int|info|html?)\S*", re.IGNORECASE)
_FULL_WIDTH_IN_ENGLISH = re.compile("[\uff0c\u3002\uff1b\uff1a\uff01\uff1f\uff08\uff09\u3001]")
_ASCII_IN_CHINESE = re.compile(f"(?<=[{HAN}])[,;:!?](?=[{HAN}])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ue000-\uf8ff]")


def check(pair: Pair, known: Known) -> Iterator[Finding]:
    """Words stand apart, and signs are the language's own and can be seen."""
    for copy in pair.copies:
        for block in copy.blocks:
            lang = next((word[5:] for word in block.attributes if word.startswith("lang=")), copy.lang)
            yield from _words(copy, block, lang, known)


def _words(copy: Copy, block: RawBlock, lang: str, known: Known) -> Iterator[Finding]:
    """Slips of typing; they are warnings."""
    text = markup.unescape(block.markdown) if block.markdown else ""
    if hidden := _INVISIBLE.search(text):
        name = f"U+{ord(hidden[0]):04X} {unicodedata.name(hidden[0], 'of private use')}"
        step = "Remove it: search cannot find the word."
        yield copy.at(block.line, CHECK, f"an invisible character, {name}", "", step, "warning")
    text = _ADDRESS.sub(" ", _ENDLESS.sub(" ", text))
    for found, expected in _chinese(text) if lang == "zh" else _english(text, known):
        yield copy.at(block.line, CHECK, found, expected, severity="warning")


def _chinese(text: str) -> Iterator[tuple[str, str]]:
    for match in _ASCII_IN_CHINESE.finditer(text):
        around = text[max(match.start() - 4, 0) : match.end() + 4]
        yield f"{match[0]} in {around}", chr(ord(match[0]) + 0xFEE0)
        return


def _english(text: str, known: Known) -> Iterator[tuple[str, str]]:
    for match in _DOUBLED.finditer(text):
        if match[0][0].islower() and match[1].lower() not in known.words.doubled:
            yield f"{match[1]} twice", f"{match[1]} once"
    if sign := _FULL_WIDTH_IN_ENGLISH.search(text):
        yield f"{sign[0]} in {text[max(sign.start() - 12, 0) : sign.end() + 12]}", "punctuation of English"
    yield from _glued(text, known)


def _glued(text: str, known: Known) -> Iterator[tuple[str, str]]:
    """Words between which the blank was lost."""
    words = known.glossary.words
    for match in _AFTER_FIGURE.finditer(text):
        if vocabulary.known(match[2].lower(), words):
            yield match[0], f"{match[1]} {match[2]}"
    for match in _AFTER_MARK.finditer(text):
        yield match[0], " ".join(filter(None, match.groups()))
    for match in _CAMEL.finditer(text):
        if match[0].lower() not in words and (apart := _apart(match[1], match[2], words, known)):
            yield match[0], apart
    for match in _WORD.finditer(text):
        if "-" not in match[0] and (halves := _halves(match[0], words, known)):
            yield match[0], halves


def _apart(first: str, second: str, words: frozenset[str], known: Known) -> str:
    """Two words of which the second begins with a capital: a lost blank, or a lost hyphen in a name that is known."""
    if first.islower():
        return f"{first} {second}" if vocabulary.known(first) and vocabulary.known(second.lower(), words) else ""
    return next((form for form in (f"{first}-{second}", f"{first} {second}") if form in known.names), "")


def _halves(word: str, words: frozenset[str], known: Known) -> str:
    """Two words that a word nobody knows is made of; empty if there are none that are common enough."""
    low = word.lower()
    if len(low) < _SHORTEST or not (word.islower() or word.istitle()):
        return ""
    if vocabulary.known(low, words) or low in known.words.words:
        return ""
    counts = vocabulary.counts()
    stop = known.function_words
    ranked = []
    for at in range(2, len(low) - 1):
        first, second = low[:at], low[at:]
        functions = (first in stop) + (second in stop)
        if functions and _common(first, counts, stop) and _common(second, counts, stop):
            ranked.append((functions, min(counts[first], counts[second]), at))
        elif len(first) >= _LONG_FORM and first.endswith("ing") and first in counts and _common(second, counts, stop):
            ranked.append((0, counts[first], at))
    at = max(ranked, default=(0, 0, 0))[2]
    return f"{word[:at]} {word[at:]}" if at else ""


def _common(word: str, counts: dict[str, int], stop: frozenset[str]) -> bool:
    return word in stop or (len(word) >= 3 and counts.get(word, 0) >= _FREQUENT)

"""First words of a text: a title where none is printed, a description, the name of a file.

Nothing is invented: an extract is a beginning of the text itself, cut where a sentence, a clause or a word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from bitext.front_matter import SLUG
from bitext.markup import visible, wide
from bitext.model import Lang
from bitext.script import CLOSERS

TITLE_LENGTH: dict[Lang, int] = {"zh": 60, "en": 100}
"""Characters of a derived title, the ellipsis among them: one to two lines on a phone."""
DESCRIPTION_LENGTH = 200
SLUG_LENGTH = 80

_CLOSERS = re.escape(CLOSERS)
_SENTENCE = re.compile(rf"[\u3002\uff01\uff1f!?][{_CLOSERS}]*|\.[{_CLOSERS}]*(?=\s|$)")
# Short capitalised words before a full stop are abbreviations more often than ends: Mr. Co. Ltd. Jan. U.S.
_ABBREVIATION = re.compile(r"\b[A-Z][a-z]{0,2}\.$")
_ABBREVIATED = 3  # letters of one: looking further back, a line of abbreviations would take the square of its length
_CLAUSE = re.compile(r"[\uff0c\uff1b\uff1a]|[,;:](?=\s)|(?<=[^\x00-\x7f])[,;:]")
_WORD = re.compile(r"\s+")
_TRAILING = re.compile(r"[\s\u3002\uff0c\uff1b\uff1a\u3001.,;:]+$")
# A clause shorter than this share of the limit says too little: "On September 2" is no title.
_LEAST = 0.4
# Names that Windows keeps for devices (Microsoft, "Naming Files, Paths, and Namespaces") or MkDocs for a folder's page.
_RESERVED = re.compile(r"index|readme|con|prn|aux|nul|com\d|lpt\d")
_ENUMERATOR = re.compile(r"^(?:[IVXLC]+|\d+|[A-Z])[.)\u3001]\s*|^\(\d+\)\s*")

_ITEM = re.compile(r"^(?:\(\d{1,2}\)|\uff08\d{1,2}\uff09|\d{1,2}[.)\u3001\uff0e])\s*(?=[^\W\d_])")


def title(text: str, lang: Lang) -> str:
    """The first sentence if it fits, else its first clauses or words and an ellipsis.

    >>> title("On 2 May, the fleet left Guanlei. It will be away for four days.", "en")
    'On 2 May, the fleet left Guanlei'
    >>> title("1. We, the ministers, met in Vientiane.", "en")
    'We, the ministers, met in Vientiane'
    """
    text, limit = _ITEM.sub("", visible(text)) or visible(text), TITLE_LENGTH[lang]
    end = next(_sentence_ends(text), len(text))
    if end <= limit:
        return _TRAILING.sub("", text[:end]) or text[:end]
    return _shortened(text, limit)


def description(text: str) -> str:
    """Whole sentences up to 200 characters, or the first clauses or words of a longer one and an ellipsis."""
    text = visible(text)
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    ends = list(takewhile(lambda end: end <= DESCRIPTION_LENGTH, _sentence_ends(text)))
    return text[: ends[-1]].strip() if ends else _shortened(text, DESCRIPTION_LENGTH)


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE.finditer(text):
        at = match.start()
        if not _ABBREVIATION.search(text, max(at - _ABBREVIATED, 0), at + 1):
            yield match.end()


def _shortened(text: str, limit: int) -> str:
    """Clauses or, if they are short, words that fit the limit, and an ellipsis."""
    head = text[: limit - 1]
    for boundary in (_CLAUSE, _WORD):
        starts = [match.start() for match in boundary.finditer(head) if match.start() >= _LEAST * limit]
        if starts and not (boundary is _WORD and wide(head[-1])):
            head = head[: starts[-1]]
            break
    return _TRAILING.sub("", head) + "\u2026"


def slug(*titles: str, prefix: str = "") -> str:
    """Name of a page from the first title that gives one: small Latin letters, digits and hyphens, at most 80.

    Han characters become pinyin; an enumerator at the beginning ("II.") goes.

    :param prefix: a date that stands before it.
    :raises ValueError: if no title holds a letter or digit that can be written so.

    >>> slug("II. Trade: up 9%", prefix="2025-01")
    '2025-01-trade-up-9'
    """
    from slugify import slugify

    for text in titles:
        latin = _pinyin(_ENUMERATOR.sub("", visible(text)) or text)
        length = SLUG_LENGTH - len(prefix) - 1 if prefix else SLUG_LENGTH
        name = slugify(latin, max_length=length, word_boundary=True, save_order=True)
        if SLUG.fullmatch(name):
            name = f"text-{name}" if _RESERVED.fullmatch(name) and not prefix else name
            return f"{prefix}-{name}" if prefix else name
    raise ValueError("no letter or digit that could name a page")


def _pinyin(text: str) -> str:
    """Han characters as pinyin, syllables apart; all else as it is."""
    if text.isascii():
        return text
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text))

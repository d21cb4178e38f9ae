"""The exact character at which a line is cut, and what stands round a piece and belongs to none: blanks, bars, tags."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from bitext import script
from bitext.knowledge import seams

_FIGURES_BEFORE = re.compile(r"\s*\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\s?\d{1,4}(?=\s?[(\uff08\[]$)")
"""Figures that belong to the words before them: a day and a year, a number right before a bracket."""
_YEAR = re.compile(r"\s(?:19|20)\d\d")
_DAY_IN_BRACKET = re.compile(r"[(\uff08]\d{1,2}(?:st|nd|rd|th)?\s+$")
_TWICE = re.compile(r"(?<!\d)(\d{1,4})[.?!]\1$")
"""The number that ends an English sentence, and again, glued to it, the one that begins the Chinese."""
_GLUED_NUMBER = re.compile(f"(?<!\\d)[{re.escape(script.SENTENCE_END)}]\\d+$|[?!]\\d+$")
"""The number that begins a sentence, glued to the end of the one before: ``line.2008``, ``2008?2009``."""
_ITEM_NUMBER = re.compile(r"(?:[;\uff1b\u3002](?=[(\uff08])|\s)[(\uff08]?\d{1,2}[).\uff09]\s*$")
_BEFORE_NUMBER = re.compile(r"(?<!\d)(?:[.!?\u3002\uff01\uff1f]|^)(?=\d{1,2}[.)\u3001\uff09]\s+$)")
"""The end of a sentence, or of Chinese, before the number of the item that follows glued to it: ``line.2. ``."""
_NUMBERED = re.compile(r"\W*\d{1,2}[).\uff09\u3001]")
_LAST_NUMBER = re.compile(r"\s\d{1,2}\.")
"""A number that ends a sentence, ``to 23.``, unless the line begins with one, as items do."""
_LETTERED = re.compile("[(\uff08][A-Z][)\uff09]|[A-Z][.)\u3001\uff0e\uff09](?=\\s|[^A-Za-z\\s])")
"""The letter of an answer, or of what is right and wrong in an exercise."""
_COUNTED = re.compile(rf"[(\uff08]?(\d{{1,2}}|[{script.HAN}]{{1,3}})[.)\uff0e\uff09\u3001](?!\d)")
"""The number of a heading or item."""
MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*+\u2022\u25cf\u2605\u2606\u25a0\u25c6\u203b]\s*|>\s*)*\[?(?!\[)")
"""What Markdown puts before the text of a line."""
_ROW = re.compile(r"(?:\|\s*)*+(?=[^|]*\w)([^|]*+)(?:\|\s*)*+")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
HTML_TAG = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr"
    r"|i|img|li|main|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
"""A tag that shows how a text is set; what else stands between such signs may be text: <Anna> before what she says."""
_NUMBER_BETWEEN = re.compile(r"\s(\d{1,4})\s")
"""The number that ends the words before it, if those behind it end with the same."""
_NUMBER_AT_END = re.compile(r"(\d[\d:.]*)\s+$")
_BETWEEN_BRACKETS = re.compile(r"[)\]\uff09\u3011\uff3d]\s+(?=[(\[\uff08\u3010\uff3b])")
_MONTH_OF_YEAR = r"(?!(?<=(?:19|20)\d\d)/\d{1,2}(?!\d))"
SEPARATOR = re.compile(f"{_MONTH_OF_YEAR}[{re.escape(script.SEPARATORS)}\t]|\\s{{3,}}|\u3000{{2,}}")
OPEN = "(\uff08[\uff3b\u3010\u300a\u3008\u201c\u300c\u300e"
CLOSE = ")\uff09]\uff3d\u3011\u300b\u3009\u201d\u300d\u300f"
PAIRS = dict(zip(OPEN, CLOSE, strict=True))
_LABEL_BRACKETS = "\u3010"
"""They stay with the words that they hold: a label is known by them."""
Span = tuple[int, int]


def same_number(line: str, gap: str) -> bool:
    """Whether the words before a gap end with the number or hour that the line ends with: each language prints it."""
    match = _NUMBER_AT_END.search(gap)
    return match is not None and line.rstrip().endswith(match[1])


def cut_at(line: str, left: int, right: int) -> int:
    """Offset at which the gap between two pieces is cut: at a separator, after the end of a sentence, at a blank."""
    if (second := second_mark(line)) and left <= second[0] < right:
        return second[0]
    gap = TAG.sub(lambda tag: " " * len(tag.group()), line[left:right])
    gap = script.link_target.sub(lambda link: "\0" * len(link.group()), gap) if "](" in gap else gap
    if _YEAR.fullmatch(gap) and line[right] not in seams().years:
        return right
    if (at := _at_number(line, gap)) is not None:
        return left + at
    ends = [m.end() for m in re.finditer(f"[{re.escape(script.SENTENCE_END)}][{re.escape(CLOSE)}\"']*", gap)]
    if ends and (not re.match(r"\d", gap[ends[-1] :]) or _GLUED_NUMBER.search(gap)):
        return left + ends[-1] - _opening(line, left, left + ends[-1])
    if match := re.search(r"\s(?=\S*$)" if line[right] in seams().ordinals else r"\s", gap):
        return left + match.start()
    closers = [index for index, character in enumerate(gap) if character in CLOSE]
    if closers:
        return left + closers[-1] + 1
    openers = [index for index, character in enumerate(gap) if character in OPEN]
    return left + openers[0] if openers else right


@lru_cache(maxsize=2)
def second_mark(line: str) -> Span | None:
    """Where the letter or number with which a line begins comes again for the other language; ``None`` if nowhere.

    >>> [second_mark(line) for line in ("(T) Nets dry. (T) 网干了。", "A. Nets. A. 网", "A. Lee and A. Wu 船")]
    [(14, 16), (9, 11), None]
    >>> [second_mark(line) for line in ("2、渔网2. Nets", "二、渔网II. Nets", "2、水位2.5 m")]
    [(4, 6), (4, 7), None]
    """
    mark = MARK.match(line)
    at = mark.end() if mark else 0
    first = _LETTERED.match(line, at)
    if first is None:
        return _second_number(line, at)
    again = line.find(first[0], first.end())
    before = line[first.end() : again].rstrip()
    apart = first[0][0] in OPEN or before[-1:] in script.SENTENCE_END or line[again - 2 : again].isspace()
    return (again, again + 2) if again > 0 and before and apart else None


def _second_number(line: str, start: int) -> Span | None:
    """Where the number that stands at an offset comes again, glued to the words of one language, before the other's."""
    first = _COUNTED.match(line, start)
    if first is None:
        return None
    number = first[1]
    again = number if number.isdecimal() else seams().roman.get(number)
    between = rf"(?<=[{script.HAN})\uff09])[(\uff08]?{again}[.)\uff0e\uff09](?=\s*[A-Za-z])"
    between += rf"|(?<=[A-Za-z)]){again}[.)\uff0e\uff09\u3001](?=\s*[{script.HAN}])" if number.isdecimal() else ""
    second = re.compile(between).search(line, first.end()) if again else None
    return second.span() if second else None


def _at_number(line: str, gap: str) -> int | None:
    """Offset into a gap at which its brackets, separators and numbers say that it is cut; ``None`` if none does."""
    if match := _BETWEEN_BRACKETS.search(gap):
        return match.start() + 1
    if match := _DAY_IN_BRACKET.search(gap):
        return match.start()
    if match := _TWICE.search(gap):
        return match.end(1) + 1
    if match := _FIGURES_BEFORE.match(gap):
        return match.end()
    if match := SEPARATOR.search(gap):
        return match.start()
    if (match := _NUMBER_BETWEEN.fullmatch(gap)) and line.rstrip().endswith(match[0].rstrip()):
        return match.end(1)
    if same_number(line, gap):
        return len(gap)
    if _LAST_NUMBER.fullmatch(gap) and not _NUMBERED.match(line):
        return len(gap)
    if match := _BEFORE_NUMBER.search(gap):
        return match.end()
    return match.start() + 1 if (match := _ITEM_NUMBER.search(gap)) else None


def _opening(line: str, left: int, end: int) -> int:
    """How many of the straight quotes that end at an offset open what follows, by what else is open on the line.

    >>> lines = ('他说："好。"Good.', '好。"Good," he said.', '好。" Good.', '他说："好。""Good," he said.')
    >>> [_opening(line, line.index("。"), line.rindex('"', 0, line.index("G")) + 1) for line in lines]
    [0, 1, 0, 1]
    """
    quotes = len(line[left:end]) - len(line[left:end].rstrip('"'))
    if not quotes:
        return 0
    every = _quotes(line)
    before, after = bisect_left(every, end - quotes) % 2, (len(every) - bisect_left(every, end)) % 2
    if quotes == 1:
        return int(not before and after)
    return int(quotes == 2 and before)


@lru_cache(maxsize=2)
def _quotes(line: str) -> tuple[int, ...]:
    """Offsets of the straight quotes of a line, which each of its cuts asks for."""
    return tuple(match.start() for match in re.finditer('"', line))


def trim(line: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without blanks at either end."""
    text = line[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def without_bars(line: str) -> tuple[int, int]:
    """Offsets of a line without blanks, and without the bars of a table's row at either end, also of empty cells."""
    start, end = trim(line, 0, len(line))
    bare = _ROW.fullmatch(line, start, end)
    return trim(line, *bare.span(1)) if bare else (start, end)


def without_tags(line: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of a piece without the tags of a saved page at either end, unless it consists of them."""
    tags = [match.span() for match in HTML_TAG.finditer(line, start, end)]
    first, last = start, end
    for left, right in tags:
        if not line[first:left].strip():
            first = right
    for left, right in reversed(tags):
        if not line[right:last].strip() and left >= first:
            last = left
    if (first, last) == (start, end) or not line[first:last].strip():
        return start, end
    return strip_piece(line, first, last)


def strip_piece(line: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without blanks, separators and a bracket round the whole piece at either end."""
    first, last = start, end
    while first < last and line[first] in script.ROUND:
        first += 1
    while last > first and line[last - 1] in script.ROUND:
        last -= 1
    if is_bracketed(line, first, last) and line[first] not in _LABEL_BRACKETS:
        return trim(line, first + 1, last - 1)
    if first == last:
        return trim(line, start, end)
    return first, last


def is_bracketed(line: str, first: int, last: int) -> bool:
    """Whether one pair of brackets holds all of a piece."""
    if last - first <= 2 or line[first] not in "(\uff08[\uff3b" + _LABEL_BRACKETS:
        return False
    return line.find(PAIRS[line[first]], first) == last - 1

"""The exact character at which a line is cut, and what stands round a piece and belongs to none: blanks, bars, tags."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bitext import script
from bitext.knowledge import seams

OPEN = "(\uff08[\uff3b\u3010\u300a\u3008\u201c\u300c\u300e"
CLOSE = ")\uff09]\uff3d\u3011\u300b\u3009\u201d\u300d\u300f"
_FIGURES_BEFORE = re.compile(r"\s?\d{1,4}(?=\s?[(\uff08\[]$)")
"""A number right before a bracket belongs to the words before it."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_CHINESE_STOPS = "\u3002\uff01\uff1f"
_STOP = re.compile(f"[!?{_CHINESE_STOPS}]")
"""A sentence ends here, whatever stands behind."""
_BEFORE_FIGURES = re.compile(f"[{re.escape(OPEN)}\"'$\uffe5#]+$")
"""What opens the piece that begins with a number."""
_BEHIND_FIGURES = re.compile(f"[^\\s{re.escape(OPEN)}\"']*")
"""What belongs to a number, or closes the piece that it ends."""
_YEAR = re.compile(r"\s(?:19|20)\d\d")
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
_LETTERED = re.compile("[(\uff08][A-Za-z][)\uff09]|[A-Za-z][.:)\u3001\uff0e\uff09\uff1a](?=\\s|[^A-Za-z\\s])")
"""The letter of an answer, or of what is right and wrong in an exercise."""
_LETTER = re.compile(r"[^\W\d_]")
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
PAIRS = dict(zip(OPEN, CLOSE, strict=True))
_LABEL_BRACKETS = "\u3010"
"""They stay with the words that they hold: a label is known by them."""
Span = tuple[int, int]


def with_days(line: str, words: Sequence[Span], days: re.Pattern[str]) -> list[Span]:
    """Offsets of the words of a line, those of a month or day with its figures as one.

    >>> with_days("on 4 May 2026", [(0, 2), (5, 8)], re.compile("[0-9]+ May [0-9]+"))
    [(0, 2), (3, 13)]
    """
    dated = [match.span() for match in days.finditer(line) if _DIGIT.search(line, *match.span())]
    found: list[Span] = []
    for start, end in sorted((*words, *dated)) if dated else words:
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def same_number(line: str, gap: str) -> bool:
    """Whether the words before a gap end with the number or hour that the line ends with: each language prints it."""
    match = _NUMBER_AT_END.search(gap)
    return match is not None and line.rstrip().endswith(match[1])


def cut_at(line: str, left: int, right: int, start: int, end: int) -> int:
    """Offset at which the gap between two pieces is cut: at a separator, after the end of a sentence, at a blank.

    :param left: end of the last word of the piece before, as ``right`` is the start of the first behind.
    :param start: offset at which the piece before begins, as ``end`` is that at which the piece behind ends.
    """
    if (second := second_mark(line)) and left <= second[0] < right:
        return second[0]
    gap = TAG.sub(lambda tag: " " * len(tag.group()), line[left:right])
    gap = script.link_target.sub(lambda link: "\0" * len(link.group()), gap) if "](" in gap else gap
    if (at := _by_figures(line, gap, (start, left), (right, end))) is not None:
        return left + at
    if _YEAR.fullmatch(gap) and line[right] not in seams().years:
        return right
    if (at := _at_number(line, gap)) is not None:
        return left + at
    ends = [m.end() for m in re.finditer(f"[{re.escape(script.SENTENCE_END)}][{re.escape(CLOSE)}\"']*", gap)]
    if ends and (
        gap[ends[-1] - 1] in _CHINESE_STOPS or not re.match(r"\d", gap[ends[-1] :]) or _GLUED_NUMBER.search(gap)
    ):
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
    [(14, 17), (9, 11), None]
    >>> [second_mark(line) for line in ("2、渔网2. Nets", "二、渔网II. Nets", "2、水位2.5 m")]
    [(4, 6), (4, 7), None]
    """
    mark = MARK.match(line)
    at = mark.end() if mark else 0
    first = _LETTERED.match(line, at)
    if first is None:
        return _second_number(line, at)
    for again in re.compile(_again(first[0])).finditer(line, first.end()):
        before = line[first.end() : again.start()].rstrip()
        if before and (first[0][0] in OPEN or _is_apart(line, before, again)):
            return again.span()
    return None


def _again(letter: str) -> str:
    """Expression for the letter of an answer or item, with its signs, where it comes again."""
    if letter[0] in OPEN:
        return rf"[(\uff08]{letter[1]}[)\uff09]"
    return rf"(?<![A-Za-z]){letter[0]}[.:)\u3001\uff0e\uff09\uff1a](?=\s|[^A-Za-z\s])"


def _is_apart(line: str, before: str, again: re.Match[str]) -> bool:
    """Whether a letter begins what stands behind it: after the end of a sentence, wide blanks, or the other script."""
    if before[-1] in script.SENTENCE_END or line[again.start() - 2 : again.start()].isspace():
        return True
    letters = [*_LETTER.findall(before[-8:])[-1:], *_LETTER.findall(line[again.end() :][:8])[:1]]
    return len({script.han_count(letter) for letter in letters}) > 1


def _second_number(line: str, start: int) -> Span | None:
    """Where the number that stands at an offset comes again before the words of the other language."""
    first = _COUNTED.match(line, start)
    if first is None:
        return None
    number = first[1]
    again = number if number.isdecimal() else seams().counts.get(number)
    before = rf"(?<=[{script.HAN})\uff09\s/|\uff5c\uff0f\uff1a\u3002\uff1b\uff01\uff1f\u201d])"
    between = rf"{before}[(\uff08]?(?:{again})[.)\uff0e\uff09](?=\s*[A-Za-z])"
    between += rf"|(?<=[A-Za-z)]){again}[.)\uff0e\uff09\u3001](?=\s*[{script.HAN}])" if number.isdecimal() else ""
    second = re.compile(between).search(line, first.end()) if again else None
    return second.span() if second else None


def _at_number(line: str, gap: str) -> int | None:
    """Offset into a gap at which its brackets, separators and numbers say that it is cut; ``None`` if none does."""
    if match := _BETWEEN_BRACKETS.search(gap):
        return match.start() + 1
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


def _by_figures(line: str, gap: str, before: Span, behind: Span) -> int | None:
    """Offset into a gap at which it is cut so that both pieces print the same figures; ``None`` if none does better.

    >>> line = "Boats of 2026 2026年渔船"
    >>> _by_figures(line, line[8:18], (0, 8), (18, 20))
    5
    """
    numbers = [] if SEPARATOR.search(gap) else list(_NUMBER.finditer(gap))
    if not numbers:
        return None
    left, right = (Counter(_figures(line[slice(*span)])) for span in (before, behind))
    figures = _figures(gap)
    stop = _STOP.search(gap)
    most = sum(match.start() < stop.start() for match in numbers) if stop else len(numbers)
    apart = []
    for count in range(most + 1):
        first, last = left + Counter(figures[:count]), right + Counter(figures[count:])
        apart.append(((first - last) + (last - first)).total())
    least = min(apart)
    if apart.count(least) > 1:
        return None
    count = apart.index(least)
    if not count:
        lead = _BEFORE_FIGURES.search(gap, 0, numbers[0].start())
        return lead.start() if lead else numbers[0].start()
    limit = numbers[count].start() if count < len(numbers) else len(gap)
    tail = _BEHIND_FIGURES.match(gap, numbers[count - 1].end(), limit)
    return tail.end() if tail else limit


def _figures(text: str) -> list[str]:
    return [match.group().replace(",", "") for match in _NUMBER.finditer(text)]


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

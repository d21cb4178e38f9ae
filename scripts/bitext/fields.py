"""A label and what is filled in, in the ways in which a page prints it: with a colon, a wide blank, both languages.

Rules for such lines are written for one label and a colon; what is printed otherwise is brought to that form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext import script
from bitext.plain import plain

_HAN = f"[{script.HAN}]"
_VALUE = "[^\\s\uff0c\u3002\uff01\uff1f\uff1b]+"
_WIDE = re.compile(rf"\W{{0,2}}({_HAN}{{2,6}})(?:\u3000+| {{2,}})({_VALUE}(?: {_VALUE}){{0,5}})\s*")
"""A Chinese label, a wide blank, and a value without another one: a colon left out."""
_LATIN = r"[A-Za-z][A-Za-z. -]{1,24}?"
_BOTH = re.compile(rf"\W{{0,2}}({_HAN}{{1,8}}) ?[/|(]? ?({_LATIN})\)? ?: ?(\S.*)")
_BOTH_ENGLISH_FIRST = re.compile(rf"\W{{0,2}}({_LATIN}) ?[/|(]? ?({_HAN}{{1,8}})\)? ?: ?(\S.*)")
_BRACKETED = re.compile("\\s*[\u3010\\[]([^\u3010\u3011\\[\\]]{2,24})[\u3011\\]]\\s*([^\\s\u3010(\\[].{0,80})")
"""A label in brackets, and its value."""
_GLUED_TIME = re.compile(rf"(\d\D\d{{1,2}}\D?\s*\d{{1,2}}:\d\d(?::\d\d)?)(?:\.\d(?!\d)\s*|(?={_HAN}))")
"""The hour of a date in figures, with what a database keeps behind the seconds, or with a label glued to it."""
_PARTS = re.compile(rf"\s*[{script.BARS}]\s*|\s+[\u00b7\u2022]\s+|\s*\u3000\s*|\s{{2,}}")
_BAR = re.compile(rf"[{script.BARS}\u00b7\u2022\t]")
_CELLS = re.compile(r"\s*\t\s*")
_GAPS = re.compile(r"\s*\u3000\s*|\s{2,}")
_TWO_BLANKS = re.compile(r"\s\s")
_HAN_LABEL = re.compile(f"{_HAN}{{1,4}}")
_FEWEST_PAIRS, _LONGEST_ROW = 2, 120
_MOST_PARTS = 6
_PART_SIZE = 14.0
"""What is parted by bars or wide blanks in a row of facts is no longer (Han characters or their equal)."""
_FIELD = re.compile(r"[^\w]{0,4}(?:[^\W\d_]|[ /&'.()\uff08\uff09-]){1,24}?\s*[:\uff1a]\s*(\S.*)")
_HAN_NAME = rf"{_HAN}{{2,3}}(?:[\u00b7\u30fb]{_HAN}{{1,6}})*"
_LATIN_NAME = r"[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,4}"
_OF_BODY = re.compile(rf"{_HAN_NAME}[ \u3000]+(\S+)|{_LATIN_NAME}, (\S.*)")
_LABELLED_NAME = re.compile(rf"([A-Z][a-z]+)(?: by)? ({_LATIN_NAME})")
_NAMES = re.compile(rf"(?:{_HAN_NAME}|{_LATIN_NAME})(?:[\s\u3001,&]+(?:{_HAN_NAME}|{_LATIN_NAME})){{0,3}}")


def forms(text: str) -> Iterator[str]:
    """A line in the plain form in which rules know it, if its label stands in both languages, in brackets, or alone.

    A label that stands alone has a wide blank behind it, one behind an hour may have lost the blank before it.

    >>> [list(forms(line)) for line in ("講者　林阿滿", "发件人/From: Li Jiang", "【作者】王小河", "水位　三米　四级")]
    [['讲者: 林阿满'], ['发件人: Li Jiang', 'From: Li Jiang'], ['作者: 王小河'], []]
    >>> list(forms("2024-05-03 08:20:00来源：渔讯"))
    ['2024-05-03 08:20:00 来源:渔讯']
    """
    if ":" in text and _GLUED_TIME.search(text):
        yield plain(_GLUED_TIME.sub(r"\1 ", text)).strip()
    if match := _BRACKETED.fullmatch(text):
        yield plain(f"{match[1]}: {match[2]}")
    if match := _WIDE.fullmatch(text):
        yield plain(f"{match[1]}: {match[2]}")
    if pairs := _pairs(text):
        yield plain(" ".join(f"{label}: {name}" for label, name in pairs))
    folded = plain(text) if ":" in text or "\uff1a" in text else ""
    if match := _BOTH.fullmatch(folded) or _BOTH_ENGLISH_FIRST.fullmatch(folded):
        yield from (f"{label.strip()}: {match[3]}" for label in match.groups()[:2])


def labels(text: str) -> tuple[str, ...]:
    """The labels of a field that stands in both languages; none if a line is no such field.

    >>> labels("Guests 来宾: eighty from two towns"), labels("来宾：八十人")
    (('Guests', '来宾'), ())
    """
    folded = plain(text) if ":" in text or "\uff1a" in text else ""
    match = _BOTH.fullmatch(folded) or _BOTH_ENGLISH_FIRST.fullmatch(folded)
    return tuple(label.strip() for label in match.groups()[:2]) if match else ()


def _pairs(text: str) -> list[tuple[str, str]]:
    """Labels and names of a row of credits without colons: a blank after a label, a wide one after a name."""
    if len(text) > _LONGEST_ROW or not _holds_gap(text):
        return []
    found = [part for part in _GAPS.split(text.strip()) if part]
    if len(found) < _FEWEST_PAIRS:
        return []
    english = [match for match in map(_LABELLED_NAME.fullmatch, found) if match]
    if len(english) == len(found):
        return [(match[1], match[2]) for match in english]
    pairs = list(zip(found[::2], found[1::2], strict=False))
    names = all(_HAN_LABEL.fullmatch(label) and _NAMES.fullmatch(name) for label, name in pairs)
    return pairs if names and len(found) % 2 == 0 and len(pairs) > 1 else []


def parts(text: str) -> tuple[str, ...]:
    """The parts of a row of facts, parted by tabs, or by bars or wide blanks; none if a line is no such row.

    >>> parts("By Anna River | Fish News | 2024-05-03"), parts("江水上涨了。 | 船都靠了岸。")
    (('By Anna River', 'Fish News', '2024-05-03'), ())
    """
    if not (_BAR.search(text) or _holds_gap(text)):
        return ()
    found = tuple(part for part in (_CELLS if "\t" in text else _PARTS).split(text.strip()) if part)
    if not 1 < len(found) <= _MOST_PARTS:
        return ()
    ended = any(script.ends_sentence(part) and not is_credit(part) for part in found)
    return () if ended or any(script.size(part) > _PART_SIZE for part in found) else found


def _holds_gap(text: str) -> bool:
    """Whether a wide blank stands in a text: a quick look before the text is cut at them."""
    return "\u3000" in text or _TWO_BLANKS.search(text) is not None


def is_field(text: str) -> bool:
    """Whether a text is a label and what is filled in.

    >>> [is_field(text) for text in ("甲方（出租方）：江边水文站", "Hours: 8 to 12", "8 boats: three", "Hours:")]
    [True, True, False, False]
    """
    return _FIELD.fullmatch(text) is not None


def is_credit(text: str) -> bool:
    """Whether a line is a label with a name or several, and nothing else.

    >>> [is_credit(line) for line in ("视频：岩香", "Sound: Anna River", "他说：江水上涨了。", "Q: Why?", "水位：3米")]
    [True, True, False, False, False]
    """
    match = _FIELD.fullmatch(text.strip())
    return match is not None and _NAMES.fullmatch(match[1].strip()) is not None


def behind_name(text: str) -> str:
    """What stands behind the name of a person, in its plain form: of which institution that person is; else empty.

    >>> [behind_name(line) for line in ("李江　上游水文站", "Anna River, River Station", "上游水文站")]
    ['上游水文站', 'River Station', '']
    """
    match = _OF_BODY.fullmatch(text.strip())
    return plain(match[1] or match[2]) if match else ""

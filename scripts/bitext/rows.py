"""Rows of short words on one line: menus, buttons, links, by the words that rules of chrome know and by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bitext import script
from bitext.knowledge import Knowledge
from bitext.plain import plain
from bitext.rules import bare

ENTRY_SIZE = 4.5
FEWEST_LINKS = 3
LONGEST_LIST = 12
_BARS = re.compile(rf"\s*[{script.BARS}/\u00b7\u2022>\u00bb]\s*")
_BAR = re.compile(rf"[{script.BARS}/\u00b7\u2022>\u00bb]")
_PARTED = re.compile(rf"[ {script.BARS}/\u00b7\u2022>\u00bb()\[\]:*]")
_SENTENCE = re.compile("[\u3002,\uff0c!?;:]")
_ENTRY = re.compile(r"[^\s()\[\]{}:*!]+")
_FIRST = re.compile(rf"[^\s()\[\]{{}}:*!{script.BARS}/\u00b7\u2022>\u00bb]+")
"""What may be a word of an entry, and of its first one."""
_LONGEST_ROW = 160
_LONGEST_ENTRY = 6
"""Characters of a row of phrases, words of a phrase in it, at most."""
WIDE = re.compile("[ \u00a0]*\u3000[\u3000 \u00a0]*|[ \u00a0]{2,}")
"""Blanks that part the words of a row."""
WORD = re.compile(r"[^\W\d_]{2}")
LETTER = re.compile(r"\w")
_FACT = re.compile("[\\d:\uff1a]")
_LABEL = re.compile(r"[A-Z][A-Za-z'&]*(?: [A-Za-z'&]+){0,2}")
"""The words of a link in a row: they begin with a capital."""


def is_row_of_phrases(text: str, knowledge: Knowledge, *, all_of_them: bool) -> bool:
    """Whether a line in its plain form is a row of phrases that chrome rules know.

    :param all_of_them: false if short words may stand among them, as the name of the site does.

    >>> from bitext import knowledge
    >>> rows = ("关于我们 联系我们", "渔业社 首页 登录 | 注册", "Print Download PDF", "首页 设计")
    >>> [is_row_of_phrases(row, knowledge.load(), all_of_them=False) for row in rows]
    [True, True, True, False]
    """
    if len(text) > _LONGEST_ROW or not _PARTED.search(text):
        return False
    if all_of_them and not _begins_known(text, knowledge):
        return False
    without = script.link_target.sub("]", text) if "](" in text else text
    parts = _BARS.split(without) if _BAR.search(without) else [without]
    if not all_of_them and len(parts) >= FEWEST_LINKS and all(map(_could_be_label, parts)):
        return any(WORD.search(part) and _says_furniture(part, knowledge) for part in parts)
    entries, strangers = [], 0
    for entry in (entry for part in parts for entry in _entries(part, knowledge)):
        entries.append(entry)
        if bare(entry) not in knowledge.furniture and (all_of_them or not is_known(entry, knowledge)):
            if all_of_them or not _could_be_name(entry):
                return False
            strangers += 1
    if len(entries) == 2 and len({script.han_count(entry) > 0 for entry in entries}) == 2 and all_of_them:
        return False  # a heading and its translation
    return len(entries) - strangers > max(strangers, 1)


def _begins_known(text: str, knowledge: Knowledge) -> bool:
    """Whether a phrase that chrome rules know may begin with the first word of a line; one with links may, as it is."""
    words = (bare(match[0]) for match in _FIRST.finditer(text) if LETTER.search(match[0]))
    first = next(words, "")
    return "](" in text or first in knowledge.openings or first in knowledge.furniture


def _says_furniture(part: str, knowledge: Knowledge) -> bool:
    """Whether a part of a row is a phrase that chrome rules know, or several: in both languages."""
    phrases = knowledge.furniture
    return bare(part) in phrases or all(bare(entry) in phrases for entry in _entries(part, knowledge))


def is_row_of_buttons(line: str, knowledge: Knowledge, *, anywhere: bool = True) -> bool:
    """Whether a line is a row of short words parted by wide blanks, at least half of them known to chrome rules.

    :param line: as printed; its plain form has no wide blanks.
    :param anywhere: false at the edge of a page, where short English words in a row are links, whichever they are,
        and one known word is enough.

    >>> from bitext import knowledge
    >>> rows = ("收藏此頁　　列印此頁　　返回頁首", "音频　00:00 / 03:26　倍速 1.0x", "水位　风力　打印")
    >>> [is_row_of_buttons(row, knowledge.load()) for row in rows]
    [True, True, False]
    """
    if "\u3000" not in line and "\u00a0" not in line and "  " not in line:
        return False
    parts = [part for part in WIDE.split(line.strip()) if LETTER.search(part)]
    if not anywhere and len(parts) >= FEWEST_LINKS and all(map(_LABEL.fullmatch, parts)):
        names = [part for part in parts if " " in part and "&" not in part and part.istitle()]
        return 2 * len(names) < len(parts)
    if not FEWEST_LINKS <= len(parts) <= LONGEST_LIST or any(script.size(part) > ENTRY_SIZE * 2 for part in parts):
        return False
    known = sum(is_known(plain(part), knowledge) for part in parts)
    labels = not any(_FACT.search(part) for part in parts)
    return 2 * known >= len(parts) or (known > 0 and labels and not anywhere)


def is_known(part: str, knowledge: Knowledge) -> bool:
    """Whether a part of a row, in its plain form, is a phrase of page furniture or described by a rule of chrome.

    Rules that hold at the foot of a page only do not count.
    """
    phrase = bare(part)
    if phrase in knowledge.furniture:
        return True
    rules = knowledge.chrome.possible(part, phrase, script.size(part))
    return any(rule.zone != "foot" and rule.describes(part, phrase) for rule in rules)


def _entries(part: str, knowledge: Knowledge) -> Iterator[str]:
    """Entries of a row between two bars: the longest phrases that chrome rules know, and single words."""
    found = (match[0] for match in _ENTRY.finditer(part))
    rest = (word for word in found if LETTER.search(word))
    words = list(islice(rest, _LONGEST_ENTRY))
    while words:
        longest = len(words) if bare(words[0]) in knowledge.openings else 1
        sizes = range(longest, 1, -1)
        size = next((n for n in sizes if bare(" ".join(words[:n])) in knowledge.furniture), 1)
        yield " ".join(words[:size])
        words = [*words[size:], *islice(rest, size)]


def _could_be_label(part: str) -> bool:
    """Whether what stands between two bars may be the words of a link."""
    return 0 < script.size(part) <= ENTRY_SIZE * 2 and not _SENTENCE.search(part)


def _could_be_name(entry: str) -> bool:
    if _SENTENCE.search(entry):
        return False
    return script.size(entry) <= ENTRY_SIZE * 2 if script.han_count(entry) else entry.isupper() or entry.isdecimal()

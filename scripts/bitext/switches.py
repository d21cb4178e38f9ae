"""In which language each run of a line is read: the cheapest way through it.

A *run* is a stretch of Han characters, or one Latin word. A run of the other script inside a piece costs a little
(Chinese may hold English names, English a Chinese term), a change of language costs something that depends on what
stands there: a slash or the end of a sentence is a good place, the middle of a quotation a bad one. The cheapest
reading is found by dynamic programming over two states.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from bitext import script
from bitext.cuts import CLOSE, OPEN, PAIRS, SEPARATOR, Span, same_number, second_mark
from bitext.knowledge import seams
from bitext.model import BlockLang

# Costs, in units of one English word inside Chinese text. They were set on the five seeds and on lines made for
# tests/cases/segment.yml; any value within a third of these gives the same cuts there.
_WORD_IN_ZH = 1.0
_CAPITALISED_IN_ZH = 0.8
_NEXT_IN_NAME = 0.45  # a capitalised word right after another: one name of several words
_LONGEST_NAME = 6  # of so many words; a longer row of capitals is a title
_CODE_IN_ZH = 0.4  # LMC, C909, PPTV: names and codes are at home in Chinese text
_LONGER_THAN_CODE = 8
"""No name has so many Han characters that a code could be short for it, but a sentence."""
_LONGEST_WORD = 14
_LETTERS_OF_A_WORD = 6
_HAN_IN_EN = 0.6  # for each character
_SENTENCE_IN_EN = 2.5  # a Chinese sentence glued to the end of an English one
_CHINESE_STOPS = "\u3002\uff01\uff1f"
_JOINING_IN_EN = 2.5  # a Chinese word or comma that joins others, such as "and": English has its own
_AT_BOTH_ENDS = 1.4  # times as much where Han characters stand at both ends of a line: they hold the English
_SWITCH_AT_SEPARATOR = 0.3
_SWITCH_AT_TIGHT_SEPARATOR = 1.2  # a slash without blanks also joins the halves of one name
_SWITCH_AFTER_SENTENCE = 1.0
_SWITCH_AT_BLANK = 2.0
_SWITCH_AT_NOTHING = 4.0  # most often a name inside a sentence
_SWITCH_TO_SMALL = 8.0  # a phrase that Chinese speaks of: no sentence begins so
_SWITCH_AT_COMMA = 2.5  # from English to Chinese: a salutation, then the speech; or a colon: a name, then its text
_SWITCH_AFTER_LABEL = 0.5  # a short word and a colon before an English phrase
_LONGEST_OWN_NAME = 80
_LABEL_END = 6
_FEWEST_LOWER = 2
_SWITCH_INSIDE = 5.0  # inside a bracket or quotation, or after a comma
_LONE_SWITCH = 0.55  # the only change of script on the line, at a blank, with sides of matching length
_EMBEDDED_ZH_LIMIT = 2.5  # a Chinese gloss in brackets inside an English sentence costs no more than this
_EMBEDDED_EN_LIMIT = 3.0
_GLOSS_SHARE = 0.4  # below this share of the line the other script is a gloss, not a translation
_MATCHING_RATIO = (0.35, 3.0)  # size of the English side over that of the Chinese side
_GREETING_RATIO = 0.3
_DATE_RATIO = 0.1  # of a date, of which Chinese has a character for what English says by its order
_FEWEST_FIGURES = 2
_HEADING_RATIO = 0.2  # of the one word in brackets that translates a numbered heading
_GLUED_RATIO = (0.6, 2.4)  # the same, with nothing between the two
_HAN_NUMBER = re.compile("\\s*[(\uff08]?([^\\s\u3001()\uff08\uff09]{1,3})[\u3001)\uff09]")
_LATIN_NUMBER = re.compile(r"\(?(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)]\s*[A-Z]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*")
"""Letters before a stop that ends no sentence: ``H.E. Li Jiang``."""
_LONE_WORD = re.compile(r"[AI] [A-Za-z]{2}")
_ABBREVIATED_NAME = re.compile(r"(?<![^\W\d_])(?:[A-Z][\w'&-]*[ ,]+)+[A-Z][a-z]{1,3}$", re.ASCII)
"""A name of which the last word, with its stop, may be short for a longer one: ``River Boats, Inc.``"""
_FIGURE = re.compile(r"\d+")
_APART = re.compile(f"[{re.escape(OPEN + CLOSE + script.SEPARATORS)}]|<br ?/?>")
"""Signs that stand between two words which are not glued."""
_MONTH = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{2}")
_CAMEL = re.compile(r"[a-z][A-Z]")
_TWO_IN_ONE = re.compile(rf"[A-Z][a-z]{{1,{_LONGEST_WORD - 1}}}[A-Z][a-z]{{1,{_LONGEST_WORD - 1}}}")
"""A name made of two words: ``RiverStation``."""
_CAPITALS = re.compile(r"(?<![A-Za-z])(?=[A-Z -]{15})[A-Z]{2,}(?:(?: | ?[-&] ?)[A-Z]+){2,}(?![A-Za-z])")
"""Words in capitals that make a phrase: a title, no row of codes."""
_LONG_CAPITALS = re.compile(r"(?:[A-Z]{2,} )?[A-Z]{5}")
_HEADED = re.compile(
    rf"\W*+(?:\w{{1,3}}[.)\u3001\uff0e\uff09]\s*)?(?:[{script.HAN}][ \u3000]{{1,2}}){{0,3}}"
    rf"[^\s,.;:!?\uff0c\u3002\uff1b\uff1a]*[{script.HAN}\d]\s++"
    r"(?=(?:[^AEIOU]*+[AEIOU]){2})"
    r"([A-Z]{5,}|[A-Z]{2,} [A-Z]{5,}|[A-Z]{5,} [A-Z]{2,})(?:\s(?:\d{1,3}|[IVX]{1,5}))?\W*"
)
"""A short heading and its translation in capitals, if of one word or two: long enough to be none of the usual codes.

Its characters may be spaced out, as the entries of a menu are.
"""
_PARALLEL = re.compile(f"[{script.BARS}]|[:\uff1a](?!\\d)")
"""What parts a label from what it says, in each half of a line."""
_CLOSED = re.compile("[\u300b\u201d\u2019\u300d\u300f]")
_STOPS = frozenset(".\u3002\uff01\uff1f!?")
_LONGEST_GLOSS = 16
_COLON = re.compile("[:\uff1a]")
_HEADED_FIRST = re.compile(
    r"\W*+(?:\w{1,3}[.)\u3001\uff0e\uff09]\s*)?((?:[A-Z]{2,}['\u2019&A-Z-]* )*(?=[^ ]*[AEIOU][^ ]*[AEIOUY])"
    r"[A-Z]{4,}(?:['\u2019]S)?(?: (?:[A-Z]['\u2019&A-Z-]*|\d{1,3}))*)"
    rf"\s++[{script.HAN}\d \u3000]{{2,12}}\W*"
)
"""The same with the capitals first."""
ITEM_LETTERS = re.compile("[\\s*_]*[(\uff08]?(?:[ivx]{1,5}|[a-z])[.)\u3001\uff0e\uff09][\\s*_]*")
"""The small letter or Roman number of an entry of a list."""
_LAST_BRACKET = re.compile(r"(?<!\s)\s*[(\uff08]([^()\uff08\uff09]+)[)\uff09](?:\]\([^()\s]*\))?\s*$")
_LAST_NAME = re.compile("(?<!\\s)\\s*\u300a([^\u300a\u300b]+)\u300b\\s*$")
"""The name of a work at the end of a line, in the marks of Chinese."""
_UNCAPITALISED = re.compile(r"(?<![A-Za-z])[a-z][a-z'\u2019-]+")
_LONGEST_ROW = 5
_ENDS_WITHIN = re.compile(r"[A-Za-z]{2}[.!?](?:\s|$)|[/|][ \u3000]|[ \u3000][/|]|:\s*[a-z]")
"""Signs of English that is more than words in a sentence: its own stop, a bar, a colon before it."""
_DAY_AND_YEAR = re.compile(r"(?=.*[\s.]\d{1,2}\D).*\b\d{4}")
"""An English date in full: a phrase ends with it."""
_BARS = frozenset(script.BARS)
_COMMA = re.compile("[,;\u3001\uff0c\uff1b]\\s*$")
_WIDE_AFTER_CLAUSE = re.compile("[.!?;:\u3002\uff01\uff1f\uff1b\uff1a][ \u3000]{2}")
_BEFORE_TEXT = re.compile("[(\uff08]?(?:\\d{1,2}[.)\u3001\uff09]\\s*)?")
"""What may stand between a heading and the text glued to it: the bracket or number with which that begins."""
_PHRASE_END = re.compile("[.!?;:)\\]\uff09\uff1b\uff1a]")
_LETTERS_OF_TEXT = (20, 40)
"""English is as long as a sentence with so many letters if it ends as one, else with so many."""
_LONGEST_PRINTED, _SHORTEST_GLUED, _SWITCH_WITHOUT_BLANKS = 24, 10, 0.6
"""A word of so many letters lost its blanks, one of so many may have; cost of a change there with nothing between."""
_FEWEST_OF_HEADING = 2
_HEADING_COST = 3.0
"""Cost of either half of a heading inside the other language: more than two cheap changes."""
_LETTERED = re.compile("[\u3002;\uff1b][(\uff08][A-Z][)\uff09] ?[A-Z]")
"""The end of a Chinese sentence, and the letter of an English item."""
_BRACKET = re.compile("[(\uff08][^()\uff08\uff09]*[)\uff09]")


class Run(NamedTuple):
    """A stretch of Han characters, or one Latin word."""

    lang: BlockLang
    start: int
    end: int
    cost: float
    """What it costs to read the run inside a piece of the other language."""


def runs_of(line: str, han: Sequence[Span], words: Sequence[Span]) -> list[Run]:
    """Runs of a line in its order.

    :param han: where Han characters stand in a row.
    :param words: where Latin words stand.
    """
    found = [Run("zh", start, end, _han_cost(line[start:end])) for start, end in han]
    item = ITEM_LETTERS.match(line)
    words = words[1:] if item and item.end() == found[0].start else words
    rows = [row.span() for row in _CAPITALS.finditer(line)]
    headed = _HEADED.fullmatch(line) or _HEADED_FIRST.fullmatch(line)
    rows += [headed.span(1)] if headed and headed[1] not in seams().initials else []
    titled = {word.start() for row in rows for word in script.latin_word.finditer(line, *row)}
    last, length = -2, 0
    for start, end in words:
        article = end - start == 1 and _LONE_WORD.match(line, start)
        cost = _CAPITALISED_IN_ZH if article else _word_cost(line[start:end])
        cost = _CODE_IN_ZH if _is_two_in_one(line, start, end) else cost
        if cost == _CODE_IN_ZH and start in titled:
            cost = _WORD_IN_ZH
        if cost == _CAPITALISED_IN_ZH:
            length = length + 1 if start == last + 1 else 1
            cost, last = (_NEXT_IN_NAME if 1 < length <= _LONGEST_NAME else cost), end
        found.append(Run("en", start, end, cost))
    found.sort(key=lambda run: run.start)
    for index, run in enumerate(found[1:-1], start=1):
        if run.lang == "zh" and line[run.start - 1] in ".!?" and line[run.end] in _CHINESE_STOPS:
            found[index] = run._replace(cost=max(run.cost, _SENTENCE_IN_EN))
    if found[0].lang == found[-1].lang == "zh":
        found = [run._replace(cost=run.cost * _AT_BOTH_ENDS) if run.lang == "zh" else run for run in found]
    return found


def _han_cost(text: str) -> float:
    """What Han characters in a row cost inside English: more if they are a word that something must follow."""
    cost = _HAN_IN_EN * script.han_count(text)
    return max(_JOINING_IN_EN, cost) if text in seams().open_ends else cost


@lru_cache(maxsize=4096)
def _word_cost(word: str) -> float:
    if _FIGURE.search(word):
        return _CAPITALISED_IN_ZH  # a date
    if len(word) > _LONGEST_WORD:
        return len(word) / _LETTERS_OF_A_WORD  # words that lost the blanks between them
    if word.isupper() or (len(word) == 1 and word != "a") or _CAMEL.search(word):
        return _CODE_IN_ZH
    return _WORD_IN_ZH if word[0].islower() else _CAPITALISED_IN_ZH


def _is_two_in_one(line: str, start: int, end: int) -> bool:
    """Whether a name made of two words stands between offsets, a blank behind it: the line did not lose its blanks."""
    long = end - start > _LONGEST_WORD and line[end : end + 1].isspace()
    return long and _TWO_IN_ONE.fullmatch(line, start, end) is not None


def cheapest(line: str, runs: list[Run]) -> list[BlockLang]:
    """Language in which each run is read, by the cheapest path."""
    if _holds_small_words(line, runs) or _holds_one_code(runs):
        return ["zh"] * len(runs)
    depths = _depths(line)
    switches = [_switch_cost(line, left, right, depths) for left, right in pairwise(runs)]
    if second := second_mark(line):
        at = sum(run.end <= second[0] for run in runs) - 1
        switches[at : at + 1] = [_SWITCH_AT_SEPARATOR] if 0 <= at < len(switches) else []
    else:
        _lone_switch(line, runs, switches)
    costs = _embedded(line, runs, switches)
    _without_blanks(line, runs, switches, costs)
    _glued_headings(line, runs, switches, costs)
    listed = [_JOINING_IN_EN * ("\u3001" in line[left.end : right.start]) for left, right in pairwise(runs)]
    states: tuple[BlockLang, BlockLang] = ("zh", "en")
    best = {state: 0.0 if runs[0].lang == state else costs[0] for state in states}
    came: list[dict[BlockLang, BlockLang]] = []
    for index in range(1, len(runs)):
        step: dict[BlockLang, BlockLang] = {}
        now: dict[BlockLang, float] = {}
        for state in states:
            other: BlockLang = "en" if state == "zh" else "zh"
            stay = best[state] + (listed[index - 1] if state == "en" else 0.0)
            switch = best[other] + switches[index - 1]
            step[state] = state if stay <= switch else other
            now[state] = min(stay, switch) + (0.0 if runs[index].lang == state else costs[index])
        best = now
        came.append(step)
    last: BlockLang = "zh" if best["zh"] <= best["en"] else "en"
    path = [last]
    for step in reversed(came):
        path.append(step[path[-1]])
    return path[::-1]


def _holds_one_code(runs: Sequence[Run]) -> bool:
    """Whether the only Latin word of a Chinese line is a code, too short to be its translation, bar or not.

    >>> line = "LMC | 六国签署水资源合作协议"
    >>> _holds_one_code(runs_of(line, [(6, 17)], [(0, 3)]))
    True
    """
    codes = [run for run in runs if run.lang == "en"]
    han = sum(run.end - run.start for run in runs if run.lang == "zh")
    return len(codes) == 1 and codes[0].cost == _CODE_IN_ZH and han >= _LONGER_THAN_CODE


def _holds_small_words(line: str, runs: Sequence[Run]) -> bool:
    """Whether a line begins and ends as Chinese does, and its English is nothing but small words, a few in a row.

    >>> line = "连接 self/other 与 direct observation。"
    >>> _holds_small_words(line, runs_of(line, [(0, 2), (14, 15)], [(3, 7), (8, 13), (16, 22), (23, 34)]))
    True
    """
    if runs[0].lang != "zh" or line.rstrip()[-1:] != "\u3002" or _ENDS_WITHIN.search(line):
        return False
    rows = [list(row) for lang, row in groupby(runs, key=lambda run: run.lang) if lang == "en"]
    words = [run for row in rows for run in row if run.cost != _CODE_IN_ZH]
    return bool(words) and max(map(len, rows)) <= _LONGEST_ROW and all(line[run.start].islower() for run in words)


def _switch_cost(line: str, left: Run, right: Run, depths: Sequence[int]) -> float:
    if left.lang == right.lang and left.cost != _CODE_IN_ZH:
        return _SWITCH_INSIDE
    gap = line[left.end : right.start]
    if _WIDE_AFTER_CLAUSE.search(gap):
        return _SWITCH_AT_SEPARATOR
    if match := SEPARATOR.search(gap):
        tight = len(match.group()) == 1 and not re.search(r"\s", gap)
        return _SWITCH_AT_TIGHT_SEPARATOR if tight else _SWITCH_AT_SEPARATOR
    if gap[-1:].isspace() and left.lang != right.lang and _is_number(line, right):
        return _SWITCH_AT_SEPARATOR
    if (
        gap.strip() in (":", "\uff1a")
        and left.lang == "zh"
        and left.end <= _LABEL_END
        and _is_phrase(line[right.start :])
    ):
        return _SWITCH_AFTER_LABEL
    if (left.lang == "en" and gap.strip() in (",", "\uff0c")) or gap.strip() in (":", "\uff1a"):
        return _SWITCH_AT_COMMA
    if depths[left.end] > sum(character in CLOSE for character in gap) or _COMMA.search(gap):
        return _SWITCH_INSIDE
    if left.lang == "zh" and gap[:1] == "\u3002" and line[right.end :].strip() == ".":
        return _SWITCH_AT_SEPARATOR  # a sentence of one word after one of Chinese
    if left.lang == "zh" and _LETTERED.match(line, left.end):
        return _SWITCH_AT_SEPARATOR
    return _switch_in_clause(line, left, right, gap)


def _switch_in_clause(line: str, left: Run, right: Run, gap: str) -> float:
    """What a change of language costs where neither a separator nor a comma stands, and no bracket is open."""
    if gap == "." and left.lang == "en" and _is_abbreviated(line, left.end):
        return _SWITCH_AT_NOTHING
    if left.lang == right.lang and gap in (".", ". ") and _INITIALS.fullmatch(line, left.start, left.end):
        return _SWITCH_INSIDE
    if left.lang == "en" != right.lang and _FIGURE.search(line, left.start, left.end):
        # No name ends so; a date alone costs less to keep.
        dated = not gap.strip() and _DAY_AND_YEAR.fullmatch(line, left.start, left.end)
        return _SWITCH_AFTER_SENTENCE if dated else _SWITCH_AT_BLANK
    if right.lang == "zh" and not gap.strip() and line[right.start : right.end] in seams().open_ends:
        return _SWITCH_INSIDE
    if gap[-1:] in ("", ".") and line[right.start].islower():
        return _SWITCH_TO_SMALL  # or the ending of a file's name
    if script.ends_sentence(gap.rstrip(OPEN + " \u3000*_")) or any(mark in gap for mark in CLOSE):
        return _SWITCH_AFTER_SENTENCE
    return _SWITCH_AT_BLANK if gap[:1].isspace() or gap[-1:].isspace() else _SWITCH_AT_NOTHING


def _is_abbreviated(line: str, end: int) -> bool:
    """Whether a name ends at an offset of which the last word, with its stop, may be short for a longer one."""
    return _ABBREVIATED_NAME.search(line, max(0, end - _LONGEST_OWN_NAME), end) is not None


def _is_number(line: str, run: Run) -> bool:
    """Whether a run begins with the number of a heading, on a line that begins with one in the other language."""
    if run.lang == "en":
        return _LATIN_NUMBER.match(line, run.start) is not None and _begins_with_number(line, 0)
    return _begins_with_number(line, run.start) and _LATIN_NUMBER.match(line.lstrip()) is not None


def _begins_with_number(line: str, start: int) -> bool:
    """Whether the number of a heading, as Chinese counts, stands at an offset."""
    match = _HAN_NUMBER.match(line, start)
    return match is not None and seams().numbers.issuperset(match[1])


def _is_phrase(text: str) -> bool:
    """Whether English begins here that is more than a name."""
    han = script.han_character.search(text)
    return len(_UNCAPITALISED.findall(text[: han.start()] if han else text)) >= _FEWEST_LOWER


def _depths(line: str) -> list[int]:
    """How many brackets and quotations are open before each offset of a line, and after its end."""
    depths = [0]
    for character in line:
        step = 1 if character in PAIRS else -1 if character in CLOSE and depths[-1] else 0
        depths.append(depths[-1] + step)
    return depths


def _lone_switch(line: str, runs: list[Run], switches: list[float]) -> None:
    """Make the only change of script on a line cheap where its sides match in length, as a pair on one line does."""
    if _gloss_at_end(line, runs, switches) or _parallel(line, runs, switches):
        return
    words = [
        index for index, run in enumerate(runs) if run.cost != _CODE_IN_ZH and not _begins_title(line, runs, index)
    ]
    changes = [(a, b) for a, b in pairwise(words) if runs[a].lang != runs[b].lang]
    if len(changes) != 1 or line[runs[changes[0][1]].start] in seams().particles:
        return
    # Codes, and a name that begins a title, between the two words go to the side that makes the better cut.
    first, after = changes[0]
    named = [index - 1 for index in range(first + 1, after) if _begins_title(line, runs, index)]
    at = named[0] if named else min(range(first, after), key=lambda index: (switches[index], -index))
    left, right = line[: runs[at].end], line[runs[at + 1].start :]
    zh, en = (left, right) if runs[first].lang == "zh" else (right, left)
    ratio = script.size(en) / max(script.size(zh), 1)
    gap = line[runs[at].end : runs[at + 1].start]
    dated = _holds_figures(zh, en) or _are_days(line, runs[at], runs[at + 1])
    least = _DATE_RATIO if dated else _MATCHING_RATIO[0]
    matching = least <= ratio <= _MATCHING_RATIO[1] and not _is_last_word(gap, right)
    if (_is_left_open(gap) and not matching) or _is_held(line, runs[at].end, runs[at + 1].start):
        switches[at] = _SWITCH_INSIDE
    elif _greets_twice(line, gap) and ratio >= _GREETING_RATIO:
        switches[at] = _LONE_SWITCH
    elif matching and (dated or _has_words(en)) and _may_part(line, gap, left, right):
        apart = runs[at].lang != runs[at + 1].lang and not en.lstrip()[:1].islower() and _APART.search(gap)
        glued = gap.strip() == gap and not named and not apart
        long = len(en) > _LONGEST_WORD / 2 + 2 and (script.word_count(en) > 1 or len(en) > _LONGEST_WORD)
        if not glued or dated or (long and _GLUED_RATIO[0] <= ratio <= _GLUED_RATIO[1]):
            switches[at] = min(switches[at], _LONE_SWITCH)


def _are_days(line: str, left: Run, right: Run) -> bool:
    """Whether two runs are days or months with their figures, which Chinese may print as numerals."""
    zh, en = (left, right) if left.lang == "zh" else (right, left)
    days = seams().days
    return (
        zh.lang != en.lang
        and _FIGURE.search(line, en.start, en.end) is not None
        and bool(days and days[0].search(line, zh.start, zh.end))
    )


def _may_part(line: str, gap: str, word: str, gloss: str) -> bool:
    """Whether a gap may part a pair: a colon does so between the same numbers, or a phrase and what it means."""
    return not _COLON.search(gap) or same_number(line, gap) or _is_gloss(word, gloss)


def _is_gloss(word: str, gloss: str) -> bool:
    """Whether a phrase in small letters, and what it means, stand round a colon.

    >>> _is_gloss("mend a boat", "：修船"), _is_gloss("mend a boat", "：他修船。"), _is_gloss("Boat", "：船")
    (True, False, False)
    """
    return word.lstrip()[:1].islower() and not script.ends_sentence(gloss) and script.size(gloss) <= _LONGEST_GLOSS


def _is_held(line: str, left: int, right: int) -> bool:
    """Whether words stand in brackets or quotes of the sentence round them, which goes on or ends behind these.

    >>> line = "The boat is built at the Three Rivers Yard (三江船厂)."
    >>> [_is_held(text, text.index("(") - 1, text.index("(") + 1) for text in (line, line[:-2] + "。)")]
    [True, False]
    """
    gap = line[left:right]
    opened = next((mark for mark in reversed(gap) if mark in OPEN), "")
    if not opened or PAIRS[opened] in gap:
        return bool(_CLOSED.fullmatch(gap)) and line[:left].strip()[:1] in OPEN
    close = line.find(PAIRS[opened], right)
    inside, behind = line[right:close], line[close + 1 :].strip()
    if close < 0 or not behind or script.ends_sentence(inside):
        return False
    if script.latin_word.search(behind) or script.han_character.search(behind):
        return gap in ("(", "\uff08") and script.han_character.match(line, right) is not None
    sentence = len(_UNCAPITALISED.findall(inside)) >= _FEWEST_LOWER and inside[0].isupper() and opened in "(\uff08"
    return behind in _STOPS and not sentence


def _parallel(line: str, runs: Sequence[Run], switches: list[float]) -> bool:
    """Make it cheap to cut a line only where its script changes, if its halves have the same bars or colons inside.

    >>> line = "船长 | 李江 KEEPER | Li Jiang"
    >>> runs = runs_of(line, [(0, 2), (5, 7)], [(8, 14), (17, 19), (20, 25)])
    >>> switches = [2.0] * 4
    >>> _parallel(line, runs, switches), switches
    (True, [5.0, 0.3, 5.0, 5.0])

    :returns: whether it has.
    """
    changes = [index for index, (left, right) in enumerate(pairwise(runs)) if left.lang != right.lang]
    if len(changes) != 1 or line[runs[changes[0]].end : runs[changes[0] + 1].start].strip():
        return False
    at = changes[0]
    left, right = line[runs[0].start : runs[at].end], line[runs[at + 1].start : runs[-1].end]
    signs = [sorted("|" if sign in _BARS else ":" for sign in _PARALLEL.findall(half)) for half in (left, right)]
    if not signs[0] or signs[0] != signs[1]:
        return False
    switches[:] = [_SWITCH_AT_SEPARATOR if index == at else _SWITCH_INSIDE for index in range(len(switches))]
    return True


def _holds_figures(zh: str, en: str) -> bool:
    """Whether Chinese holds all figures of the English, a date: the size of a text leaves figures out.

    >>> _holds_figures("2026年4月18日至21日", "April 18-21, 2026"), _holds_figures("2026年4月", "May 2026")
    (True, False)
    """
    figures = set(_FIGURE.findall(en))
    return len(figures) >= _FEWEST_FIGURES and _MONTH.search(en) is not None and figures.issubset(_FIGURE.findall(zh))


def _begins_title(line: str, runs: Sequence[Run], index: int) -> bool:
    """Whether an English name is glued to the Chinese behind it, with a bar before it: ``... | Steem社区``."""
    if not 0 < index < len(runs) - 1 or runs[index].lang != "en" or runs[index + 1].lang != "zh":
        return False
    run, gap = runs[index], line[runs[index - 1].end : runs[index].start]
    return run.end == runs[index + 1].start and line[run.start].isupper() and gap.strip() in _BARS


def _is_last_word(gap: str, right: str) -> bool:
    """Whether a Chinese sentence ends with one English name and its own stop."""
    return not gap.strip() and right.rstrip()[-1:] == "\u3002" and script.word_count(right) == 1


def _greets_twice(line: str, gap: str) -> bool:
    """Whether a line ends with a comma and its halves are parted by a colon alone: a salutation in both languages."""
    return line.rstrip()[-1:] in (",", "\uff0c") and gap.strip() in (":", "\uff1a")


def _is_left_open(gap: str) -> bool:
    """Whether a bracket opens between two words that is not closed there, as that of (1) is."""
    return sum(mark in OPEN for mark in gap) > sum(mark in CLOSE for mark in gap)


def _has_words(text: str) -> bool:
    """Whether English holds more than names and codes; words that lost the blanks between them are words."""
    return bool(script.lower_word.search(text) or _CAPITALS.search(text) or _LONG_CAPITALS.match(text)) or any(
        len(word) > _LONGEST_WORD for word in script.latin_word.findall(text)
    )


def _gloss_at_end(line: str, runs: list[Run], switches: list[float]) -> bool:
    """Make the change cheap before a bracket that ends the line and holds all of it again in the other script.

    The name of a work may stand so in its own marks: ``The Fishers《渔夫》``.

    :returns: whether there is such a bracket.
    """
    match = _LAST_BRACKET.search(line) or _LAST_NAME.search(line)
    if not match or not match.group(1).strip():
        return False
    inside, outside = match.group(1), line[: match.start()]
    zh, en = (inside, outside) if script.han_count(inside) else (outside, inside)
    if not script.han_count(zh) or script.han_count(en) or not script.latin_word.search(en):
        return False
    first = next((index for index, run in enumerate(runs) if run.start >= match.start()), 0)
    if not first or runs[first - 1].lang == ("zh" if zh == inside else "en"):
        return False
    named = line[match.start() :].lstrip()[0] == "\u300a"
    if named and (zh != inside or not line[runs[first - 1].start].isupper() or not _has_words(en)):
        return False
    least = _HEADING_RATIO if named or _begins_with_number(line, 0) else _MATCHING_RATIO[0]
    if not least <= script.size(en) / max(script.size(zh), 1) <= _MATCHING_RATIO[1]:
        return False
    switches[first - 1] = min(switches[first - 1], _LONE_SWITCH)
    return True


def _without_blanks(line: str, runs: Sequence[Run], switches: list[float], costs: list[float]) -> None:
    """Make it cheap, in place, to change language with nothing between on a line whose English lost its blanks.

    A long word with capitals inside is no code there.
    """
    if not any(run.lang == "en" and run.end - run.start >= _LONGEST_PRINTED for run in runs):
        return
    for index, (left, right) in enumerate(pairwise(runs)):
        if left.end == right.start and left.lang != right.lang and not line[right.start].islower():
            switches[index] = min(switches[index], _SWITCH_WITHOUT_BLANKS)
    for index, run in enumerate(runs):
        if run.lang == "en" and run.end - run.start >= _SHORTEST_GLUED and _CAMEL.search(line, run.start, run.end):
            costs[index] = max(costs[index], (run.end - run.start) / _LETTERS_OF_A_WORD)


def _glued_headings(line: str, runs: Sequence[Run], switches: list[float], costs: list[float]) -> None:
    """Make it cheap, in place, to cut out the Chinese of a heading of both languages that lost the breaks around it.

    It is glued to a short English phrase, and English text that is as long as a sentence begins right behind it.

    >>> line = "1. Purpose目的To keep the fruit cold on its way."
    >>> han, words = ([match.span() for match in kind.finditer(line)] for kind in (script.han_run, script.latin_word))
    >>> cheapest(line, runs_of(line, han, words))[:3]
    ['en', 'zh', 'en']
    """
    rows = [list(row) for _, row in groupby(range(len(runs)), key=lambda index: runs[index].lang)]
    for before, middle, behind in zip(rows, rows[1:], rows[2:], strict=False):
        first, last = middle[0], middle[-1]
        glued = runs[first].lang == "zh" and runs[before[-1]].end == runs[first].start
        if not glued or runs[first].end - runs[first].start < _FEWEST_OF_HEADING:
            continue
        gap = line[runs[last].end : runs[behind[0]].start]
        if not _BEFORE_TEXT.fullmatch(gap) or not line[runs[behind[0]].start].isupper():
            continue
        phrase = _phrase(line, runs, before)
        zh, en = line[runs[first].start : runs[last].end], line[runs[phrase].start : runs[first].start]
        if not _MATCHING_RATIO[0] <= script.size(en) / script.size(zh) <= _MATCHING_RATIO[1] or not en[0].isupper():
            continue
        end = runs[behind[-1] + 1].start if behind[-1] + 1 < len(runs) else len(line)
        letters = sum(runs[index].end - runs[index].start for index in behind)
        ended = script.ends_sentence(line[runs[behind[-1]].end - 1 : end].rstrip())
        if letters >= _LETTERS_OF_TEXT[0 if ended else 1]:
            switches[first - 1] = switches[last] = _LONE_SWITCH
            costs[phrase], costs[first] = max(costs[phrase], _HEADING_COST), max(costs[first], _HEADING_COST)


def _phrase(line: str, runs: Sequence[Run], row: Sequence[int]) -> int:
    """Index of the run with which the last phrase of a row of English runs begins: behind a stop or a bracket."""
    for index in reversed(row[1:]):
        if _PHRASE_END.search(line[runs[index - 1].end : runs[index].start]):
            return index
    return row[0]


def _embedded(line: str, runs: list[Run], switches: list[float]) -> list[float]:
    """Costs of the runs; a gloss in brackets or quotes amid the other script becomes cheap to keep, dear to cut out."""
    costs = [run.cost for run in runs]
    zh, en = script.han_count(line), script.size("".join(f"{word} " for word in script.latin_word.findall(line)))
    brackets = _brackets_of_both(line)
    start = 0
    while start < len(runs):
        end = start
        while end + 1 < len(runs) and runs[end + 1].lang == runs[start].lang:
            end += 1
        before = runs[start - 1].end if start else 0
        after = runs[end + 1].start if end + 1 < len(runs) else len(line)
        held = bisect_right(brackets, (runs[start].start, len(line))) - 1
        inside = held >= 0 and runs[end].end <= brackets[held][1]
        if (inside or _enclosed(line, before, runs[start], runs[end], after)) and (start or after < len(line)):
            limit, share = (_EMBEDDED_EN_LIMIT, en / zh) if runs[start].lang == "en" else (_EMBEDDED_ZH_LIMIT, zh / en)
            total = sum(costs[start : end + 1])
            if total > limit:
                costs[start : end + 1] = [cost * limit / total for cost in costs[start : end + 1]]
            goes_on = (inside or runs[start].lang == "zh") and _goes_on(line, before, runs[start], runs[end], after)
            if share < _GLOSS_SHARE or goes_on or _is_named(line, runs[start], runs[end]):
                for at in (start - 1, end):
                    if 0 <= at < len(switches) and switches[at] != _LONE_SWITCH:
                        switches[at] = _SWITCH_INSIDE
        start = end + 1
    return costs


def _enclosed(line: str, before: int, first: Run, last: Run, after: int) -> bool:
    opening, closing = line[before : first.start], line[last.end : after]
    return any(o in opening and c in closing for o, c in PAIRS.items()) or ('"' in opening and '"' in closing)


def _goes_on(line: str, before: int, first: Run, last: Run, after: int) -> bool:
    """Whether a bracket stands amid a sentence: words stand right before it and right behind it, in English small."""
    if not before:
        return False
    if first.lang == "zh":
        opening, closing = line[before : first.start].strip(), line[last.end : after].strip()
        return opening[-1:] in ("(", "\uff08") and closing in (")", "\uff09") and line[after : after + 1].islower()
    return line[last.end : after] in CLOSE and line[before : first.start] in OPEN


def _brackets_of_both(line: str) -> list[Span]:
    """Where brackets stand that hold words of both scripts.

    >>> _brackets_of_both("The centre (Chinese: 澜湄; LMC) opened (at last).")
    [(11, 29)]
    """
    found = (match.span() for match in _BRACKET.finditer(line))
    return [
        span for span in found
        if script.han_run.search(line, *span) and script.latin_word.search(line, *span)
    ]  # fmt: skip


def _is_named(line: str, first: Run, last: Run) -> bool:
    """Whether English stands in the title marks of Chinese: the name of a work, no translation of the line."""
    return (
        first.lang == "en"
        and line[: first.start].rstrip()[-1:] == "\u300a"
        and line[last.end :].lstrip()[:1] == "\u300b"
    )

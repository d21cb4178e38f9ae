"""A line → its pieces of one language each, at the exact character.

So `C909飞机` stays Chinese, and a title printed in both languages on one line is cut between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext import script
from bitext.cuts import (
    MARK,
    TAG,
    Span,
    cut_at,
    is_bracketed,
    second_mark,
    strip_piece,
    trim,
    with_days,
    without_bars,
    without_tags,
)
from bitext.knowledge import seams
from bitext.model import LANGS, BlockLang
from bitext.switches import ITEM_LETTERS, Run, cheapest, runs_of

_BOLD = ("**", "__")
_BOLD_END = re.compile(r"(?:\*\*|__)\s*$")
_PHONETIC = re.compile(f"/((?=[^/]*[\u0250-\u02ff\u03b8])[^/{script.HAN}]{{1,32}})/")
"""How a word is spoken: its slashes part no languages."""
_CODE = re.compile(r"`[^`]+`|\$(?=[^$\s])(?=[^$]*[\\^_=])[^$]*(?<!\s)\$(?!\d)")
"""Code, and a formula: dollar signs hold no blank at either end, by the rule of Pandoc's Markdown."""
_FORM = re.compile(
    rf"[\W\d]*+(?:(?P<zh>[{script.HAN}]{{2,8}})(?:\s*[/|(\uff08]\s*|\s+)(?P<en>[A-Z][A-Za-z '\u2019-]{{1,30}})"
    rf"|(?P<en_first>[A-Z][A-Za-z '\u2019-]{{1,30}})(?:\s*[/|(\uff08]\s*|\s)(?P<zh_second>[{script.HAN}]{{2,8}}))"
    r"(?P<close>[)\uff09]?)\s*[:\uff1a]\s*(?P<value>\S.*)"
)
"""A field of a form or what a speaker says: a label in both languages, and what is filled in or said."""
_ATTRIBUTES = re.compile(r"\{(:)?\s*(?:[#.][\w-]|[a-z][\w-]*=)[^{}]*\}\s*")
"""What Markdown says of a line for the browser, at its end: ``{#name .class lang="zh"}``, ``{: .class}``."""
_MARKED = re.compile(r"\s*#{1,6}\s")
_LONGEST_FIELD = 40.0
_OTHER_LETTER = re.compile(f"[^\\W\\d_{script.HAN}{script.LATIN}]")
_COUNT = re.compile(r"\W*[A-Z][A-Za-z]{2,9} (?:\d{1,2}|[IVX]{1,4})[.:]?\s*")
"""A word and a number, as parts of a book and lessons of a course are counted."""
_FEWEST_TABS = 2
"""A line with so many tabs is the row of a table."""
_COUNTING_CELL = re.compile(r"\s*\|\s*[A-Z]?[a-z]{0,9}\.? ?\d{1,3}\s*(?=\|)")
"""The first cell of a row, if it does nothing but count: it is of the language of the others."""
_CELL = re.compile(r"[^\t]*[^\t\s][^\t]*")
_NO_START = " \t\u3000:;,\uff1a\uff1b\uff0c\u3001\u00b7\u2022"
_DASH = re.compile(r"\s*(?:[\u2013\u2014-]{1,3}|[=~\u2192])\s+")
"""What may stand between two pieces as a bar does."""
_LONGEST_EXPLAINED = 600
"""A longer line is text, whatever it speaks of."""
_FEWEST_TURNS, _LONG_LINE = 4, 400
_LINK = re.compile(r"[A-Z][A-Za-z'\u2019&-]*(?: [A-Za-z&][A-Za-z'\u2019&-]*){0,3}")
_MENU = re.compile(
    rf"\s*(?:(?:[{script.HAN}]{{2,8}}\s+{_LINK.pattern}(?:\s+|$)){{3,}}"
    rf"|(?:{_LINK.pattern}\s+[{script.HAN}]{{2,8}}(?:\s+|$)){{3,}})"
)
"""Three links or more, each short and in both languages."""
_BETWEEN_BARS = re.compile(rf"[^{script.BARS}]*[^\s{script.BARS}][^{script.BARS}]*")
_MOST_CELLS = 12
_BAR = re.compile(rf"(?<!\s)\s*[{script.BARS}]\s*")
_LABELLED = re.compile(rf"\W*[{script.HAN}]{{2,6}}\s*[:\uff1a]")
_FEWEST_FACTS, _SHORTEST_TEXT = 2, 12.0
"""Of a row of facts that lost the break before the text: bars in it, and size of the text."""
_STOP = re.compile("[\u3002\uff01\uff1f]")
_LOST_BREAK = re.compile(
    "[\u3002\uff01\uff1f][\u201d\uff09)]*[ \u3000]+|[\uff09)][ \u3000]+(?=[\u3010\u25a0\u25c6])|\u3011[ \u3000]+"
)
"""A blank behind a sentence, or beside a label: Chinese has none there within a paragraph."""
_CHINESE_END = re.compile(rf"(?:[{script.HAN}][^A-Za-z{script.HAN}]*|\u3002\W*)$")
_BEGINS_CHINESE = re.compile(rf"[^A-Za-z{script.HAN}]*[{script.HAN}]")
_WORDS_BEFORE = re.compile(r"[\W\d]*[A-Za-z][A-Za-z' .-]*")
_SAID_IN_CHINESE = re.compile(
    rf"\W{{0,8}}[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){{1,4}}[*_]*[:\uff1a][*_]*\s*[{script.HAN}][^A-Za-z]*",
    re.ASCII,
)
"""A name in Latin letters and what its bearer says, in Chinese and nothing else."""
_NAMED = re.compile(
    rf"\W{{0,8}}[{script.HAN}]{{2,6}}\s*[:\uff1a]\s*"
    r"[A-Z\d][\w.'\u2019-]*(?:,? (?:(?:of|the|and|for) ){0,2}[A-Z\d][\w.'\u2019-]*){0,4}[^\w.!?]*"
)
"""A Chinese label and a name in Latin letters."""
_LAST_NAME = re.compile(
    r"(?<![A-Za-z])[A-Z][\w.'\u2019-]*(?:(?: (?:of|the|and|for|de|la))* [A-Z][\w.'\u2019-]*){0,6}\s*\u3002?\s*$"
)
_ENGLISH_SENTENCE = re.compile(
    rf"(?<![\w'-])[A-Z][a-z']*(?: [\w',-]+){{3,}}[.!?](?!\s?[(\uff08][^()\uff08\uff09]*[{script.HAN}])"
)
"""Without the brackets that translate it: with them it is an example."""


def pieces(line: str) -> list[tuple[BlockLang, int, int]]:
    """Language and offsets of each piece of a line; blanks, separators, brackets and tags round it are left outside.

    >>> pieces("湄公河(Mekong)流域")
    [('zh', 0, 13)]
    """
    line = _without_attributes(line) if "{" in line else line
    shown = _PHONETIC.sub(r"[\1]", line) if line.count("/") > 1 else line
    shown = _without_code(shown) if "`" in shown or "$" in shown else shown
    whole = _without_breaks(line, _row(shown) if is_row(line) else _pieces(shown))
    found = _form(line) or _cells(shown) or _inside(shown) or _date_apart(line, _source_apart(line, whole))
    found = _facts_apart(line, found) if len(found) == 1 else found
    chinese = _is_explained(line, found) or _ends_with_name(line, found) or _is_said_in_chinese(line, found)
    found = [("zh", found[0][1], found[-1][2])] if chinese else found
    return [(lang, *without_tags(line, start, end)) for lang, start, end in found] if "<" in line else found


def _is_explained(line: str, found: Sequence[tuple[BlockLang, int, int]]) -> bool:
    """Whether a line that was cut, or is English by its letters, is Chinese that speaks of English words.

    None of them is a sentence; the line ends in Chinese, and begins so too, or says of its first words what they mean.

    >>> [lang for lang, _, _ in pieces("短语 in the long run 意为“从长远来看”。")]
    ['zh']
    """
    if len(line) > _LONGEST_EXPLAINED or (len(found) < len(LANGS) and (not found or found[0][0] != "en")):
        return False
    explains = seams().explains
    said = explains.search(line) if explains else None
    if said is None or not _CHINESE_END.search(line) or _ENGLISH_SENTENCE.search(line):
        return False
    return _BEGINS_CHINESE.match(line) is not None or _WORDS_BEFORE.fullmatch(line[: said.start()]) is not None


def _ends_with_name(line: str, found: Sequence[tuple[BlockLang, int, int]]) -> bool:
    """Whether a line that was cut, or is English by its letters, is Chinese with an English name for its last words.

    >>> [_ends_with_name(line, pieces(line)) for line in ("江水上涨 The River Rises", "欢迎 Welcome to the River")]
    [False, False]
    """
    if len(line) > _LONGEST_EXPLAINED or not found or found[-1][0] != "en" or len(found) > len(LANGS):
        return False
    name = _LAST_NAME.search(line)
    before = line[: name.start()].rstrip() if name else ""
    return before.endswith(seams().open_ends) and _BEGINS_CHINESE.match(line) is not None


def _is_said_in_chinese(line: str, found: Sequence[tuple[BlockLang, int, int]]) -> bool:
    """Whether a line that is English by its letters is a sentence in Chinese, behind the name of who says it.

    So is a Chinese label before a name.

    >>> [lang for line in ("Anna Rivers: 谢谢。", "船名：River Queen") for lang, _, _ in pieces(line)]
    ['zh', 'zh']
    """
    if _NAMED.fullmatch(line):
        return True
    return len(found) == 1 and script.ends_sentence(line) and _SAID_IN_CHINESE.fullmatch(line) is not None


def _without_attributes(line: str) -> str:
    """The line without what it ends with for the browser, if it is a heading, a link or picture, or a colon says it.

    >>> [_without_attributes(line) for line in ("# 江 {#a}", "江水 {: .a}", "![江](a.png){.a}", "江水 {#a}", "{: .a}")]
    ['# 江 ', '江水 ', '![江](a.png)', '江水 {#a}', '{: .a}']
    """
    start = line.rfind("{")
    attributes, before = _ATTRIBUTES.fullmatch(line, start), line[:start].rstrip()
    if attributes is None or not before:
        return line
    return line[:start] if attributes[1] or before[-1] == ")" or _MARKED.match(line) else line


def _without_code(line: str) -> str:
    """The line with NUL for code and formulas, if other words stand beside it."""
    hidden = _CODE.sub(lambda code: "\0" * len(code.group()), line)
    return hidden if script.han_character.search(hidden) or script.latin_word.search(hidden) else line


def _cells(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a line of cells or links, each printed in both languages; empty if it is none.

    >>> [len(_cells(line)) for line in ("船名 Boat | 船长 Skipper", "江 River 船 Boat", "船 Boat | 船长")]
    [4, 0, 0]
    """
    if _MENU.fullmatch(line):
        kinds: tuple[tuple[BlockLang, re.Pattern[str]], ...] = ("zh", script.han_run), ("en", _LINK)
        found = [(lang, *match.span()) for lang, kind in kinds for match in kind.finditer(line)]
        return sorted(found, key=lambda piece: piece[1])
    spans = [match.span() for match in _BETWEEN_BARS.finditer(line)]
    if len(spans) < len(LANGS) or len(spans) > _MOST_CELLS:
        return []
    cut: list[tuple[BlockLang, int, int]] = []
    for first, last in spans:
        cell = _pieces(line[first:last])
        if sorted(lang for lang, _, _ in cell) != sorted(LANGS):
            return []
        cut += [(lang, first + start, first + end) for lang, start, end in cell]
    return cut


def _inside(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a line of both languages that one pair of brackets holds; empty if none does.

    >>> [(lang, first, last) for lang, first, last in _inside("【课文 Text】")]
    [('zh', 1, 3), ('en', 4, 8)]
    """
    first, last = trim(line, 0, len(line))
    if not is_bracketed(line, first, last):
        return []
    found = _pieces(line[first + 1 : last - 1])
    return [(lang, first + 1 + a, first + 1 + b) for lang, a, b in found] if len(found) > 1 else []


def _form(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a field, or of what a speaker says, with its label, all in both languages; empty if a line is none.

    >>> [span for lang, *span in _form("总部 Headquarters：北京 Beijing")]
    [[0, 2], [3, 16], [16, 18], [19, 26]]
    >>> [span for lang, *span in _form("主持 (Chair): 请坐。Sit down.")]
    [[0, 2], [4, 9], [12, 15], [15, 24]]
    """
    match = _FORM.fullmatch(line) if ":" in line or "\uff1a" in line else None
    if match is None:
        return []
    first, second = ("zh", "en") if match["zh"] else ("en_first", "zh_second")
    order: tuple[BlockLang, BlockLang] = ("zh", "en") if match["zh"] else ("en", "zh")
    value = _pieces(match["value"])
    if sorted(lang for lang, _, _ in value) != sorted(LANGS):
        return []
    start = match.start("value")
    end = match.start("close") if match["close"] else start
    labels = trim(line, *match.span(first)), trim(line, match.start(second), end)
    found = [(lang, *span) for lang, span in zip(order, labels, strict=True)]
    return [*found, *((lang, start + a, start + b) for lang, a, b in value)]


def _without_breaks(line: str, found: list[tuple[BlockLang, int, int]]) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a line on which a text lost its breaks, the Chinese cut where these left a blank.

    That is a long line of both languages by turns; most Chinese sentences on it follow each other without a blank.
    """
    if len(found) < _FEWEST_TURNS or len(line) < _LONG_LINE:
        return found
    blanks = [[m.end() for m in _LOST_BREAK.finditer(line, start, end)] for _, start, end in found]
    han = [span for lang, *span in found if lang == "zh"]
    if 2 * sum(map(len, blanks)) > sum(len(_STOP.findall(line, *span)) for span in han):
        return found
    cut: list[tuple[BlockLang, int, int]] = []
    for (lang, start, end), places in zip(found, blanks, strict=True):
        bounds = [start, *(place for place in places if lang == "zh" and place < end), end]
        cut += [(lang, *strip_piece(line, first, last)) for first, last in pairwise(bounds)]
    return cut


def _source_apart(line: str, found: list[tuple[BlockLang, int, int]]) -> list[tuple[BlockLang, int, int]]:
    """Pieces with a source that begins the line cut from the title that follows it with nothing between."""
    if len(found) < len(LANGS):
        return found
    lang, start, end = found[0]
    pattern = seams().source
    source = pattern.match(line, start, end) if pattern and lang == "zh" else None
    return [(lang, start, source.end()), (lang, source.end(), end), *found[1:]] if source else found


def _date_apart(line: str, found: list[tuple[BlockLang, int, int]]) -> list[tuple[BlockLang, int, int]]:
    """Pieces with the day, and the place behind it, cut from the Chinese title between an English one and the text.

    >>> line = "Statement of the Two Towns on Ferries联合声明二0一六年八月二日，江镇The two towns met again in rain."
    >>> [line[start:end] for _, start, end in pieces(line)][1:3]
    ['联合声明', '二0一六年八月二日，江镇']
    """
    dated = seams().dated_end
    if len(found) <= len(LANGS) or dated is None or [lang for lang, *_ in found[:3]] != ["en", "zh", "en"]:
        return found
    _, start, end = found[1]
    date = dated.search(line, start + 1, end) if found[0][2] == start else None
    if date is None or line[start : date.start()].endswith(seams().open_ends):
        return found
    return [found[0], ("zh", start, date.start()), ("zh", date.start(), end), *found[2:]]


def _facts_apart(line: str, found: list[tuple[BlockLang, int, int]]) -> list[tuple[BlockLang, int, int]]:
    """The only piece of a line, cut at the last bar if facts with their labels stand before it and text behind it.

    >>> [span for _, *span in pieces("时间：2024-05-03 | 来源：渔讯 | 编辑：李江各位好，江水涨了三米，船都靠了岸。")]
    [[0, 21], [24, 46]]
    """
    lang, start, end = found[0]
    bars = [match.span() for match in _BAR.finditer(line, start, end)] if lang == "zh" else []
    if len(bars) < _FEWEST_FACTS:
        return found
    starts = [start, *(stop for _, stop in bars)]
    facts = [line[first:bar] for first, (bar, _) in zip(starts, bars, strict=False)]
    text = line[starts[-1] : end]
    if not all(map(_LABELLED.match, facts)) or not script.ends_sentence(text) or script.size(text) < _SHORTEST_TEXT:
        return found
    return found if any(map(_STOP.search, facts)) else [(lang, start, bars[-1][0]), (lang, starts[-1], end)]


def is_row(line: str) -> bool:
    """Whether a line is the row of a table whose cells are parted by tabs."""
    return line.count("\t") >= _FEWEST_TABS


def _row(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of the row of a table: each cell is read by itself, and neighbours of one language are one piece."""
    found: list[tuple[BlockLang, int, int]] = []
    for cell in _CELL.finditer(line):
        count = ITEM_LETTERS.fullmatch(cell.group())
        whole: list[tuple[BlockLang, int, int]] = [("none", 0, len(cell.group()))] if count else []
        for lang, start, end in whole or _pieces(cell.group()):
            piece = lang, cell.start() + start, cell.start() + end
            if found and ("none" in (lang, found[-1][0]) or lang == found[-1][0]):
                before = found.pop()
                piece = before[0] if lang == "none" else lang, before[1], piece[2]
            found.append(piece)
    return found


def _pieces(line: str) -> list[tuple[BlockLang, int, int]]:
    masked = _masked(line)
    han, words = ([match.span() for match in found.finditer(masked)] for found in (script.han_run, script.latin_word))
    if han and words and not masked.isalpha() and len(seams().days) == len(LANGS):
        han, words = (with_days(masked, found, days) for found, days in zip((han, words), seams().days, strict=True))
    if _is_foreign(line, han, words):
        return [("none", *trim(line, 0, len(line)))]
    if not (han and words):
        return [("zh" if han else "en", *without_bars(line))]  # any other reading costs something
    runs = runs_of(line, han, words)
    states = cheapest(line, runs)
    changes = [index for index in range(1, len(runs)) if states[index - 1] != states[index]]
    langs = [states[0], *(states[index] for index in changes)]
    ends = [*(runs[index - 1].end for index in changes[1:]), len(line)]
    cuts = [0]
    for index, end in zip(changes, ends, strict=False):
        cuts.append(cut_at(line, runs[index - 1].end, runs[index].start, cuts[-1], end))
    cuts.append(len(line))
    if len(langs) == 1:
        return [(langs[0], *without_bars(line))]
    if langs == ["en", "zh"] and (_is_spoken_of(line, runs, cuts[1]) or _is_counted(line, cuts[1])):
        return [("zh", *without_bars(line))]
    joined = seams().joined
    if langs == ["zh", "en"] and joined and joined.search(line, 0, cuts[1]):
        return [("zh", *without_bars(line))]
    first, last = _window(line)
    cuts[0], cuts[-1] = min(first, cuts[1]), max(last, cuts[-2])
    found = [(langs[0], *strip_piece(line, cuts[0], cuts[1]))]
    for lang, start, end in zip(langs[1:], cuts[1:], cuts[2:], strict=False):
        dash = _DASH.match(line, start, end)
        first = dash.end() if dash and dash.end() < end else start
        lead = len(line[first:end]) - len(line[first:end].lstrip(_NO_START))
        found.append((lang, *strip_piece(line, min(first + lead, end - 1), end)))
    return found


def _is_spoken_of(line: str, runs: Sequence[Run], cut: int) -> bool:
    """Whether a line begins with an English phrase of which a whole Chinese sentence says something.

    The phrase begins small, or Chinese goes on with a word that needs one before it, and has no end of a sentence; what
    a word means, in a list of words, is no sentence.
    """
    phrase = line[runs[0].start : cut].strip()
    if line.rstrip()[-1:] != "\u3002" or script.ends_sentence(phrase):
        return False
    return phrase[:1].islower() or line[cut:].lstrip()[:1] in seams().particles


def _is_counted(line: str, cut: int) -> bool:
    """Whether all the English before Chinese is a word and a number, of which the Chinese, as it has none, says more.

    >>> [_is_counted(line, 7) for line in ("Part II 夜里的江水", "Part II 第二部")]
    [True, False]
    """
    numbers = seams().ordinals | seams().numbers
    told = line[cut:].strip()
    alone = _COUNT.fullmatch(line[:cut]) is not None and "\t" not in line and script.size(told) <= _LONGEST_FIELD
    return alone and not any(character.isdecimal() or character in numbers for character in told)


def _is_foreign(line: str, han: Sequence[Span], words: Sequence[Span]) -> bool:
    """Whether a line has no word of either language, or more letters of a third script than of both."""
    if not han and all(end - start == 1 for start, end in words):
        return True
    others = 0 if line.isascii() else len(_OTHER_LETTER.findall(line))
    return others > sum(end - start for spans in (han, words) for start, end in spans)


def _window(line: str) -> tuple[int, int]:
    """Offsets of a line's content without the marks of Markdown round it: heading, list item, link."""
    mark = MARK.match(line)
    start = mark.end() if mark else 0
    link = script.link_target.search(line)
    if link and line[:start].rstrip().endswith("[") and not line[link.end() :].strip():
        return start, link.start()
    bold = _BOLD_END.search(line) if line[:start].rstrip().endswith(_BOLD) else None
    return start - line[:start].endswith("["), bold.start() if bold else len(line)


def _masked(line: str) -> str:
    """The line with NUL for what is no text of it: targets of links, tags, addresses."""
    if counting := _COUNTING_CELL.match(line):
        line = "\0" * counting.end() + line[counting.end() :]
    if second := second_mark(line):
        line = line[: second[0]] + "\0" * (second[1] - second[0]) + line[second[1] :]
    known = seams()
    hidden = (
        script.link_target if "](" in line else None,
        TAG if "<" in line else None,
        script.entity if "&" in line else None,
        script.address if script.has_address(line) else None,
        known.dated if "(" in line or "\uff08" in line else None,
        known.site if known.site_end and known.site_end.search(line) else None,
    )
    for pattern in filter(None, hidden):
        line = pattern.sub(lambda match: "\0" * len(match.group()), line)
    return line

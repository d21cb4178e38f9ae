"""SourceText → Block[]: every line cut into pieces of one language, at the exact character.

A line is a row of *runs*: a stretch of Han characters, or one Latin word. The cheapest way to read the row as pieces of
one language each is found by dynamic programming over two states (reading Chinese, reading English): a run of the other
script inside a piece costs a little (Chinese may hold English names, English a Chinese term), a change of language
costs something that depends on what stands there: a slash or the end of a sentence is a good place, the middle of a
quotation a bad one. So `C909飞机` stays Chinese, and a title printed in both languages on one line is cut between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from bitext import script, watermark
from bitext.knowledge import seams
from bitext.layout import by_line
from bitext.model import LANGS, Block, BlockLang, SourceText

# Costs, in units of one English word inside Chinese text. They were set on the five seeds and on lines made for
# tests/cases/segment.yml; any value within a third of these gives the same cuts there.
_WORD_IN_ZH = 1.0
_CAPITALISED_IN_ZH = 0.8
_NEXT_IN_NAME = 0.45  # a capitalised word right after another: one name of several words
_LONGEST_NAME = 6  # of so many words; a longer row of capitals is a title
_CODE_IN_ZH = 0.4  # LMC, C909, PPTV: names and codes are at home in Chinese text
_LONGEST_WORD = 14
_LETTERS_OF_A_WORD = 6
_HAN_IN_EN = 0.6  # for each character
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
_HEADING_RATIO = 0.2  # of the one word in brackets that translates a numbered heading
_GLUED_RATIO = (0.6, 2.4)  # the same, with nothing between the two

_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*+\u2022\u25cf\u2605\u2606\u25a0\u25c6\u203b]\s*|>\s*)*\[?(?!\[)")
_BOLD = ("**", "__")
_BOLD_END = re.compile(r"(?:\*\*|__)\s*$")
_DAY_AND_YEAR = re.compile(r"\s*\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d")
_HAN_NUMBER = re.compile("\\s*[(\uff08]?([^\\s\u3001()\uff08\uff09]{1,3})[\u3001)\uff09]")
_LATIN_NUMBER = re.compile(r"\(?(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)]\s*[A-Z]")
_DAY_IN_BRACKET = re.compile(r"[(\uff08]\d{1,2}(?:st|nd|rd|th)?\s+$")
_TWICE = re.compile(r"(?<!\d)(\d{1,4})[.?!]\1$")
"""The number that ends an English sentence, and again, glued to it, the one that begins the Chinese."""
_GLUED_NUMBER = re.compile(f"(?<!\\d)[{re.escape(script.SENTENCE_END)}]\\d+$|[?!]\\d+$")
"""The number that begins a sentence, glued to the end of the one before: ``line.2008``, ``2008?2009``."""
_ITEM_NUMBER = re.compile(r"(?:[;\uff1b\u3002](?=[(\uff08])|\s)[(\uff08]?\d{1,2}[).\uff09]\s*$")
_LONE_WORD = re.compile(r"[AI] [A-Za-z]{2}")
_PHONETIC = re.compile(f"/((?=[^/]*[\u0250-\u02ff\u03b8])[^/{script.HAN}]{{1,32}})/")
"""How a word is spoken: its slashes part no languages."""
_CODE = re.compile(r"`[^`]+`|\$(?=[^$\s])(?=[^$]*[\\^_=])[^$]*(?<!\s)\$(?!\d)")
"""Code, and a formula: dollar signs hold no blank at either end, by the rule of Pandoc's Markdown."""
_ABBREVIATED_NAME = re.compile(r"(?<![^\W\d_])(?:[A-Z][\w'&-]*[ ,]+)+[A-Z][a-z]{1,3}$", re.ASCII)
"""A name of which the last word, with its stop, may be short for a longer one: ``River Boats, Inc.``"""
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAPITALS = re.compile(r"(?<![A-Za-z])(?=[A-Z -]{15})[A-Z]{2,}(?:(?: | ?[-&] ?)[A-Z]{2,}){2,}(?![A-Za-z])")
"""Words in capitals that make a phrase: a title, no row of codes."""
_LONG_CAPITALS = re.compile(r"[A-Z]{5}")
_HEADED = re.compile(
    rf"\W*(?:\w{{1,3}}[.)\u3001\uff0e\uff09]\s*)?[^\s,.;:!?\uff0c\u3002\uff1b\uff1a]*[{script.HAN}\d]\s+(?=(?:[^AEIOU]*[AEIOU]){{2}})([A-Z]{{5,}})(?:\s\d{{1,3}})?\W*"
)
"""A short heading and its translation in capitals, if only one word: long enough to be none of the usual codes."""
_HEADING_OF_BOTH = re.compile(
    rf"\W*(?P<zh>[^()\uff08\uff09{script.LATIN}]{{0,20}}[{script.HAN}])"
    rf"(?:\s*[(\uff08]\s*(?P<held>[A-Z][A-Za-z ,&'\u2019-]{{1,60}}[a-z])\s*[)\uff09]"
    rf"|\s*(?P<capitals>[A-Z][A-Z &'\u2019-]{{2,60}}[A-Z]))[*_\s]*"
)
"""A heading and its translation, in brackets or in capitals."""
_FEWEST_HEADINGS = 2
_ITEM_LETTERS = re.compile(r"\s*\(?[ivx]{2,5}[.)]\s*")
"""The small Roman number of an entry of a list."""
_FORM = re.compile(
    rf"\W*(?:(?P<zh>[{script.HAN}]{{2,8}})(?:\s*[/|]\s*|\s+)(?P<en>[A-Z][A-Za-z '\u2019-]{{1,30}})"
    rf"|(?P<en_first>[A-Z][A-Za-z '\u2019-]{{1,30}})\s*[/|]\s*(?P<zh_second>[{script.HAN}]{{2,8}}))"
    r"\s*[:\uff1a]\s*(?P<value>\S.*)"
)
"""A field of a form: its label in both languages, and what is filled in."""
_LONGEST_FIELD = 40.0
_ROW = re.compile(r"\|?([^|]*\w[^|]*?)\|?")
_LAST_BRACKET = re.compile(r"\s*[(\uff08]([^()\uff08\uff09]+)[)\uff09](?:\]\([^()\s]*\))?\s*$")
_OTHER_LETTER = re.compile(f"[^\\W\\d_{script.HAN}{script.LATIN}]")
_UNCAPITALISED = re.compile(r"(?<![A-Za-z])[a-z][a-z'\u2019-]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
HTML_TAG = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr"
    r"|i|img|li|main|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
"""A tag that shows how a text is set; what else stands between such signs may be text: <Anna> before what she says."""
_FEWEST_TABS = 2
"""A line with so many tabs is the row of a table."""
_CELL = re.compile(r"[^\t]*[^\t\s][^\t]*")
_COMMA = re.compile("[,;\u3001\uff0c\uff1b]\\s*$")
_NUMBER_BETWEEN = re.compile(r"\s(\d{1,3})\s")
"""The number that ends the words before it, if those behind it end with the same."""
_NUMBER_AT_END = re.compile(r"(\d[\d:.]*)\s+$")
_BETWEEN_BRACKETS = re.compile(r"[)\]\uff09\u3011\uff3d]\s+(?=[(\[\uff08\u3010\uff3b])")
_SEPARATOR = re.compile(f"[{re.escape(script.SEPARATORS)}\t]|\\s{{3,}}|\u3000{{2,}}")
_WIDE_AFTER_CLAUSE = re.compile("[.!?;:\u3002\uff01\uff1f\uff1b\uff1a][ \u3000]{2}")
_BRACKET = re.compile("[(\uff08][^()\uff08\uff09]*[)\uff09]")
_OPEN = "(\uff08[\uff3b\u3010\u300a\u3008\u201c\u300c\u300e"
_CLOSE = ")\uff09]\uff3d\u3011\u300b\u3009\u201d\u300d\u300f"
_PAIRS = dict(zip(_OPEN, _CLOSE, strict=True))
_LABEL_BRACKETS = "\u3010"
"""They stay with the words that they hold: a label is known by them."""
_NO_START = " \t\u3000:;,\uff1a\uff1b\uff0c\u3001\u00b7\u2022"
_STRIP = " \t\u3000\u00a0\u200b\ufeff\r\x0b\x0c" + script.SEPARATORS


_Span = tuple[int, int]


_LONGEST_EXPLAINED = 400
"""A longer line is text, whatever it speaks of."""
_CHINESE_END = re.compile(rf"(?:[{script.HAN}][^A-Za-z{script.HAN}]*|\u3002\W*)$")
_BEGINS_CHINESE = re.compile(rf"[^A-Za-z{script.HAN}]*[{script.HAN}]")
_WORDS_BEFORE = re.compile(r"[\W\d]*[A-Za-z][A-Za-z' .-]*")
_ENGLISH_SENTENCE = re.compile(r"(?<![\w'-])[A-Z][a-z']*(?: [\w',-]+){3,}[.!?]")
_LONGEST_GLOSS, _FEWEST_ENTRIES = 16, 3
_ENTRY = re.compile(
    rf"(?P<word>[a-z][a-z'\u2019-]+(?: [a-z'\u2019-]+){{0,4}})(?: ?[:\uff1a][ \u00a0]*|[ \u00a0\u3000]+)"
    rf"(?P<gloss>[{script.HAN}][^A-Za-z\d\u3002\uff01\uff1f!?]{{0,{_LONGEST_GLOSS - 1}}})"
)
"""A word or phrase in small letters and what it means."""


class _Run(NamedTuple):
    """A stretch of Han characters, or one Latin word."""

    lang: BlockLang
    start: int
    end: int
    cost: float
    """What it costs to read the run inside a piece of the other language."""


def segment(source: SourceText) -> tuple[Block, ...]:
    """Blocks of a source in its order: one for each line that is not blank, several where a line holds both languages.

    All blocks have the role ``paragraph``, except that a watermark glued to a line is ``chrome`` already. Joining the
    blocks' texts and the blanks and separators between them gives the line.

    >>> from pathlib import Path
    >>> lines = ("联合行动 / Joint operation", "C909飞机进入老挝", "12")
    >>> text = SourceText("a", Path("a.txt"), "", lines, "utf-8", "")
    >>> [(block.id, block.lang, block.text) for block in segment(text)]
    [('1.1', 'zh', '联合行动'), ('1.2', 'en', 'Joint operation'), ('2', 'zh', 'C909飞机进入老挝'), ('3', 'none', '12')]
    """
    marks = watermark.watermarks(source.lines)
    blocks: list[Block] = []
    for number, line in enumerate(source.lines, start=1):
        if line.strip():
            blocks.extend(_line_blocks(line, number, marks))
    return _entries(_headings(blocks, source.lines))


def _headings(blocks: list[Block], lines: Sequence[str]) -> list[Block]:
    """Blocks, the headings cut in two that are printed as others are which were: a text prints all its headings alike.

    >>> from pathlib import Path
    >>> lines = ("范围（Scope）", "序言（Preface）", "本办法的目的和对象（Purpose）")
    >>> text = SourceText("a", Path("a.txt"), "", lines, "utf-8", "")
    >>> [block.text for block in segment(text)][4:]
    ['本办法的目的和对象', 'Purpose']
    """
    forms = {block.line: _HEADING_OF_BOTH.fullmatch(lines[block.line - 1]) for block in blocks}
    cut = [forms[block.line] for block in blocks if block.part == 1 and block.lang == "zh"]
    kinds = [match.lastgroup for match in cut if match]
    found: list[Block] = []
    for block in blocks:
        match = None if block.part or block.role == "chrome" else forms[block.line]
        alike = match and kinds.count(match.lastgroup) >= _FEWEST_HEADINGS
        found.extend(_parted(block, match) if match and alike else [block])
    return found


def _parted(block: Block, match: re.Match[str]) -> list[Block]:
    """The two blocks of a heading and its translation on one line."""
    spans: list[tuple[BlockLang, _Span]] = [("zh", match.span("zh")), ("en", match.span(match.lastgroup or 0))]
    return [
        replace(block, part=part, lang=lang, start=start, end=end, text=match.string[start:end])
        for part, (lang, (start, end)) in enumerate(spans, start=1)
    ]


def _entries(blocks: list[Block]) -> tuple[Block, ...]:
    """Blocks, those cut in two that are entries of a list of words: what a word means is often longer than the word.

    An entry stands among others; one of them that was cut, or three in a row, tell a list from a sentence.

    >>> from pathlib import Path
    >>> lists = (("on board 在船上", "spur 刺激；激励；鞭策"), ("app 下载量创新高", "web 开发者大会开幕"))
    >>> texts = [SourceText("a", Path("a.txt"), "", lines, "utf-8", "") for lines in lists]
    >>> [[block.text for block in segment(text)] for text in texts]
    [['on board', '在船上', 'spur', '刺激；激励；鞭策'], ['app 下载量创新高', 'web 开发者大会开幕']]
    """
    found: list[Block] = []
    every = (blocks[line.start : line.stop] for line in by_line(blocks))
    for is_entry, group in groupby(every, key=_is_entry):
        lines = list(group)
        cut = is_entry and (len(lines) >= _FEWEST_ENTRIES or (len(lines) > 1 and any(len(line) > 1 for line in lines)))
        for line in lines:
            found.extend(_in_two(line[0]) if cut and len(line) == 1 else line)
    return tuple(found)


def _is_entry(line: list[Block]) -> bool:
    """Whether a line is an English word or phrase without a capital, and Chinese that is no sentence."""
    if len(line) == 1:
        return line[0].text[:1].islower() and _ENTRY.fullmatch(line[0].text) is not None
    words = [block.text for block in line]
    return [block.lang for block in line] == ["en", "zh"] and words[0][:1].islower() and len(words[1]) <= _LONGEST_GLOSS


def _in_two(block: Block) -> list[Block]:
    match = _ENTRY.fullmatch(block.text)
    if match is None:
        return [block]
    spans: list[tuple[BlockLang, int, int]] = [("en", *match.span("word")), ("zh", *match.span("gloss"))]
    return [
        replace(block, part=part, lang=lang, start=block.start + a, end=block.start + b, text=block.text[a:b])
        for part, (lang, a, b) in enumerate(spans, start=1)
    ]


def _line_blocks(line: str, number: int, marks: frozenset[str]) -> list[Block]:
    spans = _with_watermark(line, marks) or [(*span, False) for span in pieces(line)]
    found = [
        Block(number, 0, start, end, line[start:end], lang, "chrome" if mark else "paragraph",
              "watermark: the same characters stand on other lines of the other language" if mark else "")
        for lang, start, end, mark in spans
    ]  # fmt: skip
    if len(found) < 2:
        return found
    return [replace(block, part=part) for part, block in enumerate(found, start=1)]


def pieces(line: str) -> list[tuple[BlockLang, int, int]]:
    """Language and offsets of each piece of a line; blanks, separators, brackets and tags round it are left outside.

    >>> pieces("湄公河(Mekong)流域")
    [('zh', 0, 13)]
    """
    shown = _PHONETIC.sub(r"[\1]", line) if line.count("/") > 1 else line
    shown = _without_code(shown) if "`" in shown or "$" in shown else shown
    found = _form(line) or _inside(shown) or _source_apart(line, _row(shown) if is_row(line) else _pieces(shown))
    found = [("zh", found[0][1], found[-1][2])] if _is_explained(line, found) else found
    return [(lang, *_without_tags(line, start, end)) for lang, start, end in found] if "<" in line else found


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


def _without_code(line: str) -> str:
    """The line with NUL for code and formulas, if other words stand beside it."""
    hidden = _CODE.sub(lambda code: "\0" * len(code.group()), line)
    return hidden if script.han_character.search(hidden) or script.latin_word.search(hidden) else line


def _inside(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a line of both languages that one pair of brackets holds; empty if none does.

    >>> [(lang, first, last) for lang, first, last in _inside("【课文 Text】")]
    [('zh', 1, 3), ('en', 4, 8)]
    """
    first, last = _trim(line, 0, len(line))
    if not is_bracketed(line, first, last):
        return []
    found = _pieces(line[first + 1 : last - 1])
    return [(lang, first + 1 + a, first + 1 + b) for lang, a, b in found] if len(found) > 1 else []


def _form(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of a field of a form whose label and value stand in both languages; empty if a line is none.

    >>> [span for lang, *span in _form("总部 Headquarters：北京 Beijing")]
    [[0, 2], [3, 16], [16, 18], [19, 26]]
    """
    match = _FORM.fullmatch(line)
    if match is None or script.size(match["value"]) > _LONGEST_FIELD or script.ends_sentence(match["value"]):
        return []
    first, second = ("zh", "en") if match["zh"] else ("en_first", "zh_second")
    order: tuple[BlockLang, BlockLang] = ("zh", "en") if match["zh"] else ("en", "zh")
    value = _pieces(match["value"])
    if [lang for lang, _, _ in value] != list(order):
        return []
    start = match.start("value")
    labels = _trim(line, *match.span(first)), _trim(line, match.start(second), start)
    found = [(lang, *span) for lang, span in zip(order, labels, strict=True)]
    return [*found, *((lang, start + a, start + b) for lang, a, b in value)]


def _source_apart(line: str, found: list[tuple[BlockLang, int, int]]) -> list[tuple[BlockLang, int, int]]:
    """Pieces with a source that begins the line cut from the title that follows it with nothing between."""
    if len(found) < len(LANGS):
        return found
    lang, start, end = found[0]
    pattern = seams().source
    source = pattern.match(line, start, end) if pattern and lang == "zh" else None
    return [(lang, start, source.end()), (lang, source.end(), end), *found[1:]] if source else found


def is_row(line: str) -> bool:
    """Whether a line is the row of a table whose cells are parted by tabs."""
    return line.count("\t") >= _FEWEST_TABS


def _row(line: str) -> list[tuple[BlockLang, int, int]]:
    """Pieces of the row of a table: each cell is read by itself, and neighbours of one language are one piece."""
    found: list[tuple[BlockLang, int, int]] = []
    for cell in _CELL.finditer(line):
        count = _ITEM_LETTERS.fullmatch(cell.group())
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
    if _is_foreign(line, han, words):
        return [("none", *_trim(line, 0, len(line)))]
    if not (han and words):
        return [("zh" if han else "en", *_without_bars(line))]  # any other reading costs something
    runs = _runs(line, han, words)
    states = _cheapest(line, runs)
    cuts = [0]
    langs = [states[0]]
    for left, right, before, after in zip(runs, runs[1:], states, states[1:], strict=False):
        if before != after:
            cuts.append(_cut(line, left.end, right.start))
            langs.append(after)
    cuts.append(len(line))
    if len(langs) == 1:
        return [(langs[0], *_without_bars(line))]
    if langs == ["en", "zh"] and _is_spoken_of(line, runs, cuts[1]):
        return [("zh", *_without_bars(line))]
    first, last = _window(line)
    cuts[0], cuts[-1] = min(first, cuts[1]), max(last, cuts[-2])
    found = [(langs[0], *_strip(line, cuts[0], cuts[1]))]
    for lang, start, end in zip(langs[1:], cuts[1:], cuts[2:], strict=False):
        lead = len(line[start:end]) - len(line[start:end].lstrip(_NO_START))
        found.append((lang, *_strip(line, min(start + lead, end - 1), end)))
    return found


def _is_spoken_of(line: str, runs: Sequence[_Run], cut: int) -> bool:
    """Whether a line begins with an English phrase of which a whole Chinese sentence says something.

    The phrase begins small, or Chinese goes on with a word that needs one before it, and has no end of a sentence; what
    a word means, in a list of words, is no sentence.
    """
    phrase = line[runs[0].start : cut].strip()
    if line.rstrip()[-1:] != "\u3002" or script.ends_sentence(phrase):
        return False
    return phrase[:1].islower() or line[cut:].lstrip()[:1] in seams().particles


def _is_foreign(line: str, han: Sequence[_Span], words: Sequence[_Span]) -> bool:
    """Whether a line has no word of either language, or more letters of a third script than of both."""
    if not han and all(end - start == 1 for start, end in words):
        return True
    others = 0 if line.isascii() else len(_OTHER_LETTER.findall(line))
    return others > sum(end - start for spans in (han, words) for start, end in spans)


def _window(line: str) -> tuple[int, int]:
    """Offsets of a line's content without the marks of Markdown round it: heading, list item, link."""
    mark = _MARK.match(line)
    start = mark.end() if mark else 0
    link = script.link_target.search(line)
    if link and line[:start].rstrip().endswith("[") and not line[link.end() :].strip():
        return start, link.start()
    bold = _BOLD_END.search(line) if line[:start].rstrip().endswith(_BOLD) else None
    return start - line[:start].endswith("["), bold.start() if bold else len(line)


def _masked(line: str) -> str:
    """The line with NUL for what is no text of it: targets of links, tags, addresses."""
    hidden = (
        (script.link_target, "](" in line),
        (_TAG, "<" in line),
        (script.entity, "&" in line),
        (script.address, script.has_address(line)),
    )
    for pattern, is_there in hidden:
        line = pattern.sub(lambda match: "\0" * len(match.group()), line) if is_there else line
    return line


def _runs(line: str, han: Sequence[_Span], words: Sequence[_Span]) -> list[_Run]:
    found = [_Run("zh", start, end, _HAN_IN_EN * (end - start)) for start, end in han]
    item = _ITEM_LETTERS.match(line)
    words = words[1:] if item and item.end() == found[0].start else words
    rows = [row.span() for row in _CAPITALS.finditer(line)]
    headed = _HEADED.fullmatch(line)
    rows += [headed.span(1)] if headed else []
    titled = {word.start() for row in rows for word in script.latin_word.finditer(line, *row)}
    last, length = -2, 0
    for start, end in words:
        article = end - start == 1 and _LONE_WORD.match(line, start)
        cost = _CAPITALISED_IN_ZH if article else _word_cost(line[start:end])
        if cost == _CODE_IN_ZH and start in titled:
            cost = _WORD_IN_ZH
        if cost == _CAPITALISED_IN_ZH:
            length = length + 1 if start == last + 1 else 1
            cost, last = (_NEXT_IN_NAME if 1 < length <= _LONGEST_NAME else cost), end
        found.append(_Run("en", start, end, cost))
    return sorted(found, key=lambda run: run.start)


@lru_cache(maxsize=4096)
def _word_cost(word: str) -> float:
    if len(word) > _LONGEST_WORD:
        return len(word) / _LETTERS_OF_A_WORD  # words that lost the blanks between them
    if word.isupper() or (len(word) == 1 and word != "a") or _CAMEL.search(word):
        return _CODE_IN_ZH
    return _WORD_IN_ZH if word[0].islower() else _CAPITALISED_IN_ZH


def _cheapest(line: str, runs: list[_Run]) -> list[BlockLang]:
    """Language in which each run is read, by the cheapest path."""
    depths = _depths(line)
    switches = [_switch_cost(line, left, right, depths) for left, right in pairwise(runs)]
    _lone_switch(line, runs, switches)
    costs = _embedded(line, runs, switches)
    states: tuple[BlockLang, BlockLang] = ("zh", "en")
    best = {state: 0.0 if runs[0].lang == state else costs[0] for state in states}
    came: list[dict[BlockLang, BlockLang]] = []
    for index in range(1, len(runs)):
        step: dict[BlockLang, BlockLang] = {}
        now: dict[BlockLang, float] = {}
        for state in states:
            other: BlockLang = "en" if state == "zh" else "zh"
            stay, switch = best[state], best[other] + switches[index - 1]
            step[state] = state if stay <= switch else other
            now[state] = min(stay, switch) + (0.0 if runs[index].lang == state else costs[index])
        best = now
        came.append(step)
    last: BlockLang = "zh" if best["zh"] <= best["en"] else "en"
    path = [last]
    for step in reversed(came):
        path.append(step[path[-1]])
    return path[::-1]


def _switch_cost(line: str, left: _Run, right: _Run, depths: Sequence[int]) -> float:
    if left.lang == right.lang and left.cost != _CODE_IN_ZH:
        return _SWITCH_INSIDE
    gap = line[left.end : right.start]
    if _WIDE_AFTER_CLAUSE.search(gap):
        return _SWITCH_AT_SEPARATOR
    if match := _SEPARATOR.search(gap):
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
    if depths[left.end] > sum(character in _CLOSE for character in gap) or _COMMA.search(gap):
        return _SWITCH_INSIDE
    if left.lang == "zh" and gap[:1] == "\u3002" and line[right.end :].strip() == ".":
        return _SWITCH_AT_SEPARATOR  # a sentence of one word after one of Chinese
    return _switch_in_clause(line, left, right, gap)


def _switch_in_clause(line: str, left: _Run, right: _Run, gap: str) -> float:
    """What a change of language costs where neither a separator nor a comma stands, and no bracket is open."""
    if gap == "." and left.lang == "en" and _is_abbreviated(line, left.end):
        return _SWITCH_AT_NOTHING
    if gap[-1:] in ("", ".") and line[right.start].islower():
        return _SWITCH_TO_SMALL  # or the ending of a file's name
    if script.ends_sentence(gap.rstrip(_OPEN + " \u3000")) or any(mark in gap for mark in _CLOSE):
        return _SWITCH_AFTER_SENTENCE
    return _SWITCH_AT_BLANK if gap[:1].isspace() or gap[-1:].isspace() else _SWITCH_AT_NOTHING


def _is_abbreviated(line: str, end: int) -> bool:
    """Whether a name ends at an offset of which the last word, with its stop, may be short for a longer one."""
    return _ABBREVIATED_NAME.search(line, max(0, end - _LONGEST_OWN_NAME), end) is not None


def _is_number(line: str, run: _Run) -> bool:
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
        step = 1 if character in _PAIRS else -1 if character in _CLOSE and depths[-1] else 0
        depths.append(depths[-1] + step)
    return depths


def _lone_switch(line: str, runs: list[_Run], switches: list[float]) -> None:
    """Make the only change of script on a line cheap where its sides match in length, as a pair on one line does."""
    if _gloss_at_end(line, runs, switches):
        return
    words = [index for index, run in enumerate(runs) if run.cost != _CODE_IN_ZH]
    changes = [(a, b) for a, b in pairwise(words) if runs[a].lang != runs[b].lang]
    if len(changes) != 1 or line[runs[changes[0][1]].start] in seams().particles:
        return
    # Codes between the two words go to the side that makes the better cut.
    first, after = changes[0]
    at = min(range(first, after), key=lambda index: (switches[index], -index))
    left, right = line[: runs[at].end], line[runs[at + 1].start :]
    zh, en = (left, right) if runs[first].lang == "zh" else (right, left)
    ratio = script.size(en) / max(script.size(zh), 1)
    gap = line[runs[at].end : runs[at + 1].start]
    matching = _MATCHING_RATIO[0] <= ratio <= _MATCHING_RATIO[1] and not _is_last_word(gap, right)
    if _is_left_open(gap) and not matching:
        switches[at] = _SWITCH_INSIDE
    elif _greets_twice(line, gap) and ratio >= _GREETING_RATIO:
        switches[at] = _LONE_SWITCH
    elif matching and _has_words(en) and (_same_number(line, gap) or not (":" in gap or "\uff1a" in gap)):
        glued = gap.strip() == gap and not any(mark in gap for mark in _OPEN + _CLOSE)
        if not glued or (
            len(en) > _LONGEST_WORD / 2 + 2
            and (script.word_count(en) > 1 or len(en) > _LONGEST_WORD)
            and _GLUED_RATIO[0] <= ratio <= _GLUED_RATIO[1]
        ):
            switches[at] = min(switches[at], _LONE_SWITCH)


def _is_last_word(gap: str, right: str) -> bool:
    """Whether a Chinese sentence ends with one English name and its own stop."""
    return not gap.strip() and right.rstrip()[-1:] == "\u3002" and script.word_count(right) == 1


def _greets_twice(line: str, gap: str) -> bool:
    """Whether a line ends with a comma and its halves are parted by a colon alone: a salutation in both languages."""
    return line.rstrip()[-1:] in (",", "\uff0c") and gap.strip() in (":", "\uff1a")


def _same_number(line: str, gap: str) -> bool:
    """Whether the words before a gap end with the number or hour that the line ends with: each language prints it."""
    match = _NUMBER_AT_END.search(gap)
    return match is not None and line.rstrip().endswith(match[1])


def _is_left_open(gap: str) -> bool:
    """Whether a bracket opens between two words that is not closed there, as that of (1) is."""
    return sum(mark in _OPEN for mark in gap) > sum(mark in _CLOSE for mark in gap)


def _has_words(text: str) -> bool:
    """Whether English holds more than names and codes; words that lost the blanks between them are words."""
    return bool(script.lower_word.search(text) or _CAPITALS.search(text) or _LONG_CAPITALS.match(text)) or any(
        len(word) > _LONGEST_WORD for word in script.latin_word.findall(text)
    )


def _gloss_at_end(line: str, runs: list[_Run], switches: list[float]) -> bool:
    """Make the change cheap before a bracket that ends the line and holds all of it again in the other script.

    :returns: whether there is such a bracket.
    """
    match = _LAST_BRACKET.search(line)
    if not match or not match.group(1).strip():
        return False
    inside, outside = match.group(1), line[: match.start()]
    zh, en = (inside, outside) if script.han_count(inside) else (outside, inside)
    if not script.han_count(zh) or script.han_count(en) or not script.latin_word.search(en):
        return False
    first = next((index for index, run in enumerate(runs) if run.start >= match.start()), 0)
    if not first or runs[first - 1].lang == ("zh" if zh == inside else "en"):
        return False
    least = _HEADING_RATIO if _begins_with_number(line, 0) else _MATCHING_RATIO[0]
    if not least <= script.size(en) / max(script.size(zh), 1) <= _MATCHING_RATIO[1]:
        return False
    switches[first - 1] = min(switches[first - 1], _LONE_SWITCH)
    return True


def _embedded(line: str, runs: list[_Run], switches: list[float]) -> list[float]:
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
            goes_on = inside and _goes_on(line, before, runs[start], runs[end], after)
            if share < _GLOSS_SHARE or goes_on or _is_named(line, runs[start], runs[end]):
                for at in (start - 1, end):
                    if 0 <= at < len(switches) and switches[at] != _LONE_SWITCH:
                        switches[at] = _SWITCH_INSIDE
        start = end + 1
    return costs


def _enclosed(line: str, before: int, first: _Run, last: _Run, after: int) -> bool:
    opening, closing = line[before : first.start], line[last.end : after]
    return any(o in opening and c in closing for o, c in _PAIRS.items()) or ('"' in opening and '"' in closing)


def _goes_on(line: str, before: int, first: _Run, last: _Run, after: int) -> bool:
    """Whether a bracket stands amid a sentence of Chinese: words stand right before it and right behind it."""
    if first.lang != "en" or not before:
        return False
    return line[last.end : after] in _CLOSE and line[before : first.start] in _OPEN


def _brackets_of_both(line: str) -> list[_Span]:
    """Where brackets stand that hold words of both scripts.

    >>> _brackets_of_both("The centre (Chinese: 澜湄; LMC) opened (at last).")
    [(11, 29)]
    """
    found = (match.span() for match in _BRACKET.finditer(line))
    return [
        span for span in found
        if script.han_run.search(line, *span) and script.latin_word.search(line, *span)
    ]  # fmt: skip


def _is_named(line: str, first: _Run, last: _Run) -> bool:
    """Whether English stands in the title marks of Chinese: the name of a work, no translation of the line."""
    return (
        first.lang == "en"
        and line[: first.start].rstrip()[-1:] == "\u300a"
        and line[last.end :].lstrip()[:1] == "\u300b"
    )


def _cut(line: str, left: int, right: int) -> int:
    """Offset at which the gap between two pieces is cut: at a separator, after the end of a sentence, at a blank."""
    gap = _TAG.sub(lambda tag: " " * len(tag.group()), line[left:right])
    if (at := _at_number(line, gap)) is not None:
        return left + at
    ends = [m.end() for m in re.finditer(f"[{re.escape(script.SENTENCE_END)}][{re.escape(_CLOSE)}\"']*", gap)]
    if ends and (not re.match(r"\d", gap[ends[-1] :]) or _GLUED_NUMBER.search(gap)):
        return left + ends[-1] - _opening(line, left, left + ends[-1])
    if match := re.search(r"\s(?=\S*$)" if line[right] in seams().ordinals else r"\s", gap):
        return left + match.start()
    closers = [index for index, character in enumerate(gap) if character in _CLOSE]
    if closers:
        return left + closers[-1] + 1
    openers = [index for index, character in enumerate(gap) if character in _OPEN]
    return left + openers[0] if openers else right


def _at_number(line: str, gap: str) -> int | None:
    """Offset into a gap at which its brackets, separators and numbers say that it is cut; ``None`` if none does."""
    if match := _BETWEEN_BRACKETS.search(gap):
        return match.start() + 1
    if match := _DAY_IN_BRACKET.search(gap):
        return match.start()
    if match := _TWICE.search(gap):
        return match.end(1) + 1
    if match := _DAY_AND_YEAR.match(gap):
        return match.end()
    if match := _SEPARATOR.search(gap):
        return match.start()
    if (match := _NUMBER_BETWEEN.fullmatch(gap)) and line.rstrip().endswith(match[0].rstrip()):
        return match.end(1)
    if _same_number(line, gap):
        return len(gap)
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


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without blanks at either end."""
    text = line[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _without_bars(line: str) -> tuple[int, int]:
    """Offsets of a line without blanks, and without the bar of a table's row at either end."""
    start, end = _trim(line, 0, len(line))
    bare = _ROW.fullmatch(line, start, end)
    return _trim(line, *bare.span(1)) if bare else (start, end)


def _without_tags(line: str, start: int, end: int) -> tuple[int, int]:
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
    return _strip(line, first, last)


def _strip(line: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without blanks, separators and a bracket round the whole piece at either end."""
    first, last = start, end
    while first < last and line[first] in _STRIP:
        first += 1
    while last > first and line[last - 1] in _STRIP:
        last -= 1
    if is_bracketed(line, first, last) and line[first] not in _LABEL_BRACKETS:
        return _trim(line, first + 1, last - 1)
    if first == last:
        return _trim(line, start, end)
    return first, last


def is_bracketed(line: str, first: int, last: int) -> bool:
    """Whether one pair of brackets holds all of a piece."""
    if last - first <= 2 or line[first] not in "(\uff08[\uff3b" + _LABEL_BRACKETS:
        return False
    return line.find(_PAIRS[line[first]], first) == last - 1


def _with_watermark(line: str, marks: frozenset[str]) -> list[tuple[BlockLang, int, int, bool]]:
    """Pieces of a line round a watermark, the watermark last or first; empty if there is none."""
    span = watermark.span(line, marks) if marks else None
    if span is None:
        return []
    mark_lang: BlockLang = "zh" if script.han_count(line[span[0] : span[1]]) else "none"
    found: list[tuple[BlockLang, int, int, bool]] = [(mark_lang, *span, True)]
    for start, part in ((0, line[: span[0]]), (span[1], line[span[1] :])):
        if part.strip():
            found += [(lang, start + first, start + last, False) for lang, first, last in pieces(part)]
    return sorted(found, key=lambda piece: piece[1])

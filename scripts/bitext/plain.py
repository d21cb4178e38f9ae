"""The plain form of a text, with which rules and cues are compared: one entry in ``data/`` serves all spellings."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from bitext.script import HAN, SEPARATORS

_IDEOGRAPHS = 0x3000
"""Below it stand radicals, which some files hold in the place of the characters they are."""
_HAN = re.compile(f"[{HAN}]")
_SPACED = re.compile(f"[{HAN}](?: [{HAN}]){{3,}}")
"""Single characters with blanks between; of three they may be sizes of letters to choose from."""
# Of the two hyphens NFKC leaves U+2010 alone.
_STRAIGHT = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-"}
    | {bar: "|" for bar in SEPARATORS if bar not in "/\uff0f|"}
)
_CURLED = re.compile(f"[{''.join(map(chr, _STRAIGHT))}]")


class _Simplified(dict[int, str]):
    """A translation table from traditional to simplified characters, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        character = unicodedata.normalize("NFKC", character) if code < _IDEOGRAPHS else character
        self[code] = _converter().convert(character) if _HAN.match(character) else chr(code)
        return self[code]


@cache
def _converter() -> Any:
    from opencc import OpenCC  # 25 ms: not for who only asks for help

    return OpenCC("t2s")


_TABLE = _Simplified()


@lru_cache(maxsize=1024)
def simplify(text: str) -> str:
    """The text with traditional characters made simplified, one for one, so that offsets stay.

    >>> simplify("瀾湄合作與湄公河國家")
    '澜湄合作与湄公河国家'
    """
    return text if text.isascii() else text.translate(_TABLE)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text simplified, full-width forms made ASCII, quotes and bars straight, blanks folded, ends trimmed.

    Characters that were spaced out for looks stand together again.

    >>> plain("来源：　瀾湄　中心 "), plain("推 荐 阅 读")
    ('来源: 澜湄 中心', '推荐阅读')
    """
    shown = html.unescape(text) if "&" in text else text  # a saved page, pasted with its entities
    if not shown.isascii():
        shown = unicodedata.normalize("NFKC", simplify(shown))
        shown = shown.translate(_STRAIGHT) if _CURLED.search(shown) else shown
    found = " ".join(shown.split())
    return found.replace(" ", "") if _SPACED.fullmatch(found) else found

"""How a unit begins and ends, in signs that a translation keeps: the number of an entry, who speaks, a question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from bitext import script
from bitext.knowledge import seams
from bitext.layout import is_item

Opening = Literal["", "entry", "turn", "quote", "rendering"]
Ending = Literal["", "stop", "question", "open"]

_EMPHASIS = "*_~` \u3000\t"
_MARKS = re.compile(r"^[>#\s]+")
_TURN = re.compile(r"([^:\uff1a.!?\u3002\uff01\uff1f,\uff0c;\uff1b]{1,60})[:\uff1a][*_]*\s*\S")
_NAME_SIZE = 14.0
"""Who speaks is named in no more Han characters, or their equal."""
_ASKED = re.compile("(?<=[?\uff1f])[\"\u201d\u300d\u300f]?\\s*[(\uff08][^()\uff08\uff09]{1,60}[)\uff09]$")
"""What stands in brackets behind a question: who asks."""
_STOP = re.compile(
    f"[\u3002\uff01\uff1f\u2026]+|(?<=[a-z\\d{script.HAN})\"\u201d])[.!?]+[{re.escape(script.CLOSERS)}]*(?=\\s*(?:[A-Z{script.HAN}]|$))"
)
"""The end of a sentence, with or without a blank before the next."""
_DASHES = "-\u2013\u2014\u2015"
_QUOTES = '"\u201c\u300c\u300e'
_ENDINGS: dict[str, Ending] = {
    **dict.fromkeys(script.SENTENCE_END, "stop"),
    **dict.fromkeys("?\uff1f", "question"),
    **dict.fromkeys(":\uff1a,;\uff0c\uff1b\u3001", "open"),
}
"""Chinese salutations end in a colon, English ones in a comma: what goes on is one kind."""


class Edges(NamedTuple):
    """Both ends of a unit."""

    opening: Opening
    """``entry`` of a list, ``turn`` of somebody who speaks, ``quote``, ``rendering`` where a label says that the unit
    is the translation of another; nothing of these for most paragraphs."""
    ending: Ending
    """The mark that ends the unit, quotes and brackets after it left aside, and who asks; nothing for a heading."""


@lru_cache(maxsize=8192)
def edges(text: str) -> Edges:
    """How a unit begins and ends.

    >>> edges("**Host:** Where is it?"), edges("（二）网；")
    (Edges(opening='turn', ending='question'), Edges(opening='entry', ending='open'))
    """
    bare = _MARKS.sub("", text.strip(_EMPHASIS)).lstrip(_EMPHASIS)
    said = _ASKED.sub("", bare)
    return Edges(_opening(bare), _ENDINGS.get(said.rstrip(script.CLOSERS + _EMPHASIS)[-1:], ""))


def _opening(text: str) -> Opening:
    if text[:1] in _DASHES or is_item(text):
        return "entry" if text else ""
    if (renders := seams().renders) and renders.match(text):
        return "rendering"
    turn = _TURN.match(text)
    if turn and script.size(turn.group(1)) <= _NAME_SIZE:
        return "turn"
    return "quote" if text[:1] in _QUOTES else ""


@lru_cache(maxsize=8192)
def sentences(text: str) -> int:
    """How many sentences end in a text; 0 if the last of it is none.

    >>> sentences("船到了。人呢？"), sentences("It left.It was $2.50, said U.S. papers."), sentences("1. Nets")
    (2, 2, 0)
    """
    return len(_STOP.findall(text)) if script.ends_sentence(text) else 0

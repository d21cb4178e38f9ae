"""Block[] → Bead[]: what translates what.

Wrapped lines become one unit, the units of both languages a lattice (:mod:`bitext.lattice`), its best path the beads,
and the posterior probability of a bead on that path the aligner's confidence in it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bitext import script
from bitext.asides import asides
from bitext.edges import edges
from bitext.evidence import Evidence, gather
from bitext.knowledge import Knowledge
from bitext.lattice import UNLIKELY, solve
from bitext.layout import holds_sentence
from bitext.lexicon import Lexicon
from bitext.model import CONTENT_ROLES, LANGS, Bead, Block, Lang
from bitext.portions import portions
from bitext.reasons import is_of_title
from bitext.scores import WEIGHTS, Unit, Weights

DOUBT = 0.055
"""Probability of being wrong above which a bead is marked for review; `make gold` prints how many beads are,
and how many of the wrong ones are among them."""

WRONG = 0.9
"""Probability of being wrong above which they are left unpaired too: of 16 such beads of real
pages, which are not kept, 2 were right."""

_ONE_OF_EACH = ["en", "zh"]
_LEAST_SIZE = 0.5
_MOST_ANCHORS = 6
_NUMBERED = re.compile(r"\(?(\d{1,2})\s*[.)\u3001\uff0e\uff09]\s*\S")
_LABEL = re.compile(r"[^\d:\uff1a,.;!?\uff0c\u3002\uff1b\uff01\uff1f]{2,40}[:\uff1a](?=.{20})")
_LABEL_RATIO = 3.0
"""A heading and the words before a colon that say the same are of about one length."""
_NEAR = 2
"""Lines from a heading to its text, a blank one included."""


def align(
    blocks: Sequence[Block], lexicon: Lexicon, knowledge: Knowledge, weights: Weights = WEIGHTS
) -> tuple[Bead, ...]:
    """Beads of a text in its order, each content block in exactly one.

    Datelines, sources and bylines are in a bead only where both languages have them.

    :param blocks: with language and role; chrome and blocks without language are left out.
    """
    notes = asides(blocks)
    zh, en = units(block for block in blocks if block.line not in notes)
    parts = portions([unit.text for unit in zh], [unit.text for unit in en], knowledge)
    beads = [bead for rows, columns in parts for bead in _aligned(zh[rows], en[columns], lexicon, knowledge, weights)]
    beads += _noted((block for block in blocks if block.line in notes), notes)
    beads = _nearest_title(_run_in(beads))
    kept = (bead for bead in beads if (bead.zh and bead.en) or bead.blocks[0].role in CONTENT_ROLES)
    return tuple(sorted(kept, key=lambda bead: (bead.blocks[0].line, bead.blocks[0].part)))


def _noted(blocks: Iterable[Block], first: Mapping[int, int]) -> Iterator[Bead]:
    """A bead for each line, or two lines, that are one by themselves (:mod:`bitext.asides`).

    :param first: the number of the first line of its bead for each line.
    """
    for _, line in groupby(blocks, key=lambda block: first[block.line]):
        zh, en = units(line)
        yield _bead(zh, en)


def _run_in(beads: Sequence[Bead]) -> list[Bead]:
    """Beads in which a heading is with the text below it, where that of the other language begins with the heading.

    One language prints the heading on a line of its own, the other begins the paragraph with its number, or with its
    words and a colon.
    """
    grown: dict[int, Bead | None] = {}
    for lang in LANGS:
        mine = sorted((bead for bead in beads if bead.side(lang)), key=lambda bead: bead.side(lang)[0].line)
        for heading, text in pairwise(mine):
            if _heads_run_in(heading, text, lang):
                grown[id(text)] = _on_side(text, lang, (*heading.side(lang), *text.side(lang)))
                grown[id(heading)] = None
    return [bead for bead in (grown.get(id(one), one) for one in beads) if bead is not None]


def _heads_run_in(heading: Bead, text: Bead, lang: Lang) -> bool:
    """Whether a bead is a heading without a pair that the other language of the text below begins with, and no more."""
    above, below, other = heading.blocks, text.side(lang), text.side("en" if lang == "zh" else "zh")
    if len(above) > 1 or above[0].role != "heading" or not (below and other) or len(other) > 1:
        return False
    if below[0].line - above[0].line > _NEAR or not below[0].role == other[0].role == "paragraph":
        return False
    numbers = [_number(block) for block in (above[0], below[0], other[0])]
    if numbers[0] == numbers[2] != "":
        return not numbers[1]
    label = _LABEL.match(other[0].text)
    said = label is not None and 1 / _LABEL_RATIO <= script.size(label[0]) / script.size(above[0].text) <= _LABEL_RATIO
    return said and not any(numbers) and _LABEL.match(below[0].text) is None


def _nearest_title(beads: list[Bead]) -> list[Bead]:
    """Beads in which, of a title that one language prints more than once, the chosen print is paired if it is nearer.

    The others say nothing more, and have no translation.
    """
    titles = {at: bead for at, bead in enumerate(beads) if all(block.role == "title" for block in bead.blocks)}
    pairs = {at: bead for at, bead in titles.items() if len(bead.zh) == len(bead.en) == 1}
    found = list(beads)
    for at, pair in pairs.items() if len(pairs) == 1 else ():
        for lang, other_lang in (LANGS, LANGS[::-1]):
            one, other = pair.side(lang)[0], pair.side(other_lang)[0]
            alone = (i for i, bead in titles.items() if bead.blocks[0].lang == lang and len(bead.blocks) == 1)
            chosen = next((i for i in alone if is_of_title(beads[i].blocks[0].reason)), None)
            if chosen is None or is_of_title(one.reason):
                continue
            nearer = beads[chosen].blocks[0]
            if nearer.text in one.text and abs(nearer.line - other.line) < abs(one.line - other.line):
                found[at] = _on_side(pair, lang, (nearer,))
                found[chosen] = _on_side(beads[chosen], lang, (one,))
    return found


def _on_side(bead: Bead, lang: Lang, blocks: tuple[Block, ...]) -> Bead:
    """A bead with other blocks of one language."""
    return replace(bead, zh=blocks) if lang == "zh" else replace(bead, en=blocks)


def _number(block: Block) -> str:
    """The number with which a block begins, in figures; empty if there is none."""
    return match[1] if (match := _NUMBERED.match(block.text)) else ""


def _aligned(
    zh: list[Unit], en: list[Unit], lexicon: Lexicon, knowledge: Knowledge, weights: Weights
) -> Iterator[Bead]:
    """Beads of one portion of a text."""
    if not zh or not en:
        yield from (_bead((unit,), ()) for unit in zh)
        yield from (_bead((), (unit,)) for unit in en)
        return
    evidence = gather([unit.text for unit in zh], [lexicon.read(unit.text) for unit in en], lexicon, knowledge)
    for link in solve(*_ranked(zh, en), evidence, weights):
        rows, columns = range(link.i, link.i + link.a), range(link.j, link.j + link.b)
        sides = [zh[row] for row in rows], [en[column] for column in columns]
        if link.a and link.b and (link.probability < UNLIKELY or link.doubt > WRONG):
            yield from _parted(*sides, link.probability)
        else:
            yield _bead(*sides, link.doubt, _anchors(evidence, rows, columns))


def _ranked(zh: list[Unit], en: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The units with their places counted among themselves."""
    rank = {order: number for number, order in enumerate(sorted(unit.order for unit in (*zh, *en)))}
    return _at(zh, rank), _at(en, rank)


def _at(units: list[Unit], rank: dict[int, int]) -> list[Unit]:
    return [unit if unit.order == rank[unit.order] else replace(unit, order=rank[unit.order]) for unit in units]


def renewed(beads: Iterable[Bead], blocks: Iterable[Block]) -> tuple[Bead, ...]:
    """The same beads with the blocks as they are now."""
    now = {block.id: block for block in blocks}
    return tuple(_renewed(bead, now) for bead in beads)


def _renewed(bead: Bead, now: Mapping[str, Block]) -> Bead:
    zh, en = (tuple(now[block.id] for block in side) for side in (bead.zh, bead.en))
    return bead if (zh, en) == (bead.zh, bead.en) else replace(bead, zh=zh, en=en)


def units(blocks: Iterable[Block]) -> tuple[list[Unit], list[Unit]]:
    """Chinese and English units of a text; a block that goes on with the one before it joins its unit."""
    sides: dict[str, list[Unit]] = {"zh": [], "en": []}
    blocks = list(blocks)
    pairs: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        if block.role != "chrome":
            pairs[block.line] = sorted((*pairs[block.line], block.lang))
    order = last = 0
    for block in blocks:
        if block.role == "chrome" or block.lang == "none":
            continue
        side = sides[block.lang]
        if block.joined and side:
            text = f"{side[-1].text} {block.text}"
            side[-1] = replace(side[-1], blocks=(*side[-1].blocks, block), text=text, size=script.size(text))
        else:
            line = block.line if pairs[block.line] == _ONE_OF_EACH else 0
            gap = block.line - last
            side.append(Unit((block,), block.text, max(script.size(block.text), _LEAST_SIZE), order, line, gap))
            order += 1
        last = block.line
    _break_off(sides)
    return sides["zh"], sides["en"]


def _break_off(sides: Mapping[str, list[Unit]]) -> None:
    """Mark the last unit of a text that ends amid a sentence, as previews of pages do."""
    ended = max((side for side in sides.values() if side), key=lambda side: side[-1].order, default=None)
    if ended and holds_sentence(ended[-1].blocks[-1]) and not edges(ended[-1].text).ending:
        ended[-1] = replace(ended[-1], broken=True)


def _bead(zh: Sequence[Unit], en: Sequence[Unit], doubt: float = 0.0, anchors: tuple[str, ...] = ()) -> Bead:
    cost = round(-math.log(max(1 - doubt, 1e-6)), 3) + 0.0  # + 0.0: no minus zero in the output
    return Bead(_flat(zh), _flat(en), cost, doubt > DOUBT, anchors)


def _parted(zh: Sequence[Unit], en: Sequence[Unit], probability: float) -> list[Bead]:
    """Beads of one unit each, for sides that are probably no translations of each other; a person should look."""
    beads = [_bead((unit,), ()) for unit in zh] + [_bead((), (unit,)) for unit in en]
    return [replace(bead, cost=round(-math.log(1 - probability), 3), review=True) for bead in beads]


def _flat(side: Sequence[Unit]) -> tuple[Block, ...]:
    return tuple(block for unit in side for block in unit.blocks)


def _anchors(evidence: Evidence, zh: range, en: range) -> tuple[str, ...]:
    """The rarest terms that tie two sides, for people."""
    if len(en) == 1:
        found = {term for i in zh for term, _ in evidence.terms[i] if evidence.hits[term] >> en[0] & 1}
    else:
        keys = frozenset().union(*(evidence.keys[j] for j in en))
        found = {term for i in zh for term, glosses in evidence.terms[i] if any(map(keys.issuperset, glosses))}
    return tuple(sorted(found, key=lambda term: (evidence.frequency[term], -len(term), term))[:_MOST_ANCHORS])

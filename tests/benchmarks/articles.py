"""Made-up articles in both languages, as many as asked for: the same seed and number give the same bytes.

Lengths, marks and the share of special pages are those of the real ones: 3.2 KB of Chinese and 4.4 KB of English in
the mean, headings on 3 of 10, roundups, pages without a date, pages that wait for their translation. Sentences are
filled with names and numbers, so that hardly one comes twice.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bitext import strict_yaml
from bitext.model import LANGS, FrontMatter, Lang, Page, Part, Series
from bitext.page import render

TOPICS = ("security", "trade", "connectivity", "culture")
TAGS = ("law-enforcement", "telecom-fraud", "joint-patrol", "water", "environment", "railway", "agriculture", "youth")
YEARS = range(2012, 2026)
SEED = 7
HEADINGS, UNDATED, STUBS = 0.3, 0.03, 0.02
"""Shares of articles with headings, without a date, without an English text."""
ROUNDUP = 50
"""Of so many articles three are a roundup: an overview and two parts."""

Texts = dict[Lang, str]


@cache
def _words() -> Any:
    path = Path(__file__).with_suffix(".yml")
    return strict_yaml.load(path.read_text(encoding="utf-8"), path.name)


def write(docs: Path, count: int, seed: int = SEED) -> None:
    """Writes ``count`` articles into ``docs/zh`` and ``docs/en``."""
    for number in range(count):
        for page in article(number, seed):
            target = docs / page.lang / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(render(page), encoding="utf-8", newline="\n")


def article(number: int, seed: int = SEED) -> Iterator[Page]:
    """Both pages of an article, or the Chinese one alone; each number has dice of its own."""
    dice = random.Random(f"{seed}/{number}")
    topic, year = TOPICS[number % len(TOPICS)], dice.choice(YEARS)
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    path = f"{topic}/{year}-{month:02}-{day:02}-article-{number:06}.md"
    date = "" if dice.random() < UNDATED else f"{year}-{month:02}-{day:02}"
    tags, title = tuple(dice.sample(TAGS, 3)), _filled(dice, "titles", limit=60)
    series = _series(number)
    beads = list(_beads(dice))
    for lang in LANGS[:1] if dice.random() < STUBS else LANGS:
        parts = (*(Part(kind, texts[lang], bead) for kind, texts, bead in beads), _source(lang))
        description = beads[0][1][lang][:150]
        name = _words()["source"][lang]
        meta = FrontMatter(
            f"{title[lang]} {number}", (topic,), _source_id(number, series), date=date, tags=tags, source=name,
            description=description, series=series,
        )  # fmt: skip
        yield Page(lang, path, meta, parts)


def _series(number: int) -> Series | None:
    part = number % ROUNDUP - (ROUNDUP - 3)
    return Series(f"round-{number // ROUNDUP:05}", part) if part >= 0 else None


def _source_id(number: int, series: Series | None) -> str:
    """Parts of a roundup have the id of the whole, and their number."""
    return f"{series.id}#{series.part}".removesuffix("#0") if series else f"made-{number:06}"


def _source(lang: Lang) -> Part:
    return Part("source", _words()["source_line"][lang])


def _beads(dice: random.Random) -> Iterator[tuple[Any, Texts, str]]:
    """Kind, texts and id of each block."""
    headed, number = dice.random() < HEADINGS, 0
    for at in range(dice.randint(6, 10)):
        if headed and at in (2, 5):
            number += 1
            yield "heading2", _filled(dice, "headings"), f"p{number}"
        number += 1
        sentences = [_filled(dice, "patterns") for _ in range(dice.randint(2, 4))]
        texts: Texts = {"zh": "".join(s["zh"] for s in sentences), "en": " ".join(s["en"] for s in sentences)}
        yield "paragraph", texts, f"p{number}"


def _filled(dice: random.Random, group: str, limit: int = 20_000) -> Texts:
    """A pattern with its slots filled in the order of the Chinese text; both languages get the same things."""
    pattern = dice.choice(_words()[group])
    texts: Texts = {lang: pattern[lang] for lang in LANGS}
    for slot in [piece.partition("}")[0] for piece in pattern["zh"].split("{")[1:]]:
        value = _value(dice, slot, limit)
        texts = {lang: text.replace(f"{{{slot}}}", value[lang], 1) for lang, text in texts.items()}
    return {"zh": texts["zh"], "en": texts["en"][:1].upper() + texts["en"][1:]}


def _value(dice: random.Random, slot: str, limit: int) -> Texts:
    if slot == "n":
        number = str(dice.randint(2, limit))
        return {"zh": number, "en": number}
    if slot == "day":
        month, day = dice.randint(1, 12), dice.randint(1, 28)
        wording = _words()["day"]
        return {
            lang: wording[lang].format(month=month, day=day, name=calendar.month_name[month]) for lang in LANGS
        }
    return dict(dice.choice(_words()["slots"][slot]))  # type: ignore[arg-type]

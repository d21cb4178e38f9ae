"""Sites made for tests: articles without files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from _site import Article, Site, read_data

from bitext.model import LANGS, FrontMatter, Lang, Series


def article(
    path: str,
    lang: Lang = "zh",
    *,
    date: str = "",
    title: str = "T",
    body: str = "text",
    part: int | None = None,
    **more: object,
) -> Article:
    series = None if part is None else Series("review", part)
    topic = path.partition("/")[0]
    meta = FrontMatter(title, (topic,), path, date=date, series=series)
    return Article(lang, path, replace(meta, **more), body)  # type: ignore[arg-type]


def site(articles: Iterable[Article]) -> Site:
    """A site with these articles; each that comes in one language only gets a twin in the other."""
    shelves: dict[Lang, dict[str, Article]] = {lang: {} for lang in LANGS}
    for each in articles:
        for lang in LANGS:
            shelves[lang].setdefault(each.path, replace(each, lang=lang))
        shelves[each.lang][each.path] = each
    return replace(read_data(), articles=shelves)

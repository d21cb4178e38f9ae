"""A search index for each language, Chinese cut into words.

The theme indexes all pages in one file and cuts Chinese only if ``jieba`` is there, which has had no release since
2020. Here the finished index is divided, and runs of Han characters are cut by rjieba, the same algorithm and
dictionary in Rust (some twenty times faster). The theme looks for the words of the index in what a reader types.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import _library  # noqa: F401 - makes bitext importable
from _run import building_other_language
from _site import DEFAULT, LANGS
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from bitext.model import Lang

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_BREAK = "\u200b"
"""Zero-width space: a separator for the search, nothing for the eye."""


@event_priority(-200)  # after static-i18n has put the languages together
def on_post_build(config: MkDocsConfig) -> None:
    """Writes ``search/search_index.json`` below the folder of each language."""
    if building_other_language(config):
        return  # its entries come again at the end
    site = Path(config.site_dir)
    whole = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    for lang in LANGS:
        folder = site / _prefix(lang) / "search"
        folder.mkdir(parents=True, exist_ok=True)
        index = json.dumps(index_of(whole, lang), ensure_ascii=False, separators=(",", ":"))
        (folder / "search_index.json").write_text(index, encoding="utf-8")


def index_of(whole: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """The part of an index that is about pages of one language, its addresses below that language's folder."""
    prefix = _prefix(lang)
    entries = (entry for entry in whole["docs"] if _lang_of(entry["location"]) == lang)
    return {"config": {**whole["config"], "lang": [lang]}, "docs": [_entry(entry, prefix) for entry in entries]}


def _entry(entry: dict[str, Any], prefix: str) -> dict[str, Any]:
    location = entry["location"].removeprefix(prefix)
    return {**entry, "location": location, "title": cut(entry["title"]), "text": cut(entry["text"])}


def _prefix(lang: Lang) -> str:
    return "" if lang == DEFAULT else f"{lang}/"


def _lang_of(location: str) -> Lang:
    return next((lang for lang in LANGS if lang != DEFAULT and location.startswith(_prefix(lang))), DEFAULT)


def cut(text: str) -> str:
    """Text with a break between the words of each run of Han characters."""
    import rjieba

    return _HAN.sub(lambda run: _BREAK + _BREAK.join(rjieba.cut(run[0])) + _BREAK, text).strip(_BREAK)

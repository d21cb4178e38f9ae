"""Which terms of the glossary stand in which articles: filled when the pages are turned into HTML, read after that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from _glossary_marks import Marker
from _run import run_of
from mkdocs.config.defaults import MkDocsConfig

from bitext.knowledge import Term
from bitext.model import LANGS, Lang

_KEY = "bitext_glossary"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the terms of one run."""

    marker: Marker
    marked: dict[str, str] = field(default_factory=dict)
    """HTML of articles with their marks, by the file of the page."""
    places: dict[Lang, dict[Term, list[str]]] = field(default_factory=lambda: {lang: {} for lang in LANGS})
    """Paths of the articles in which a term stands."""

    def terms(self, lang: Lang) -> dict[str, list[str]]:
        """Ids of the terms that each article of a language names, by path."""
        named: dict[str, list[str]] = {}
        for term, paths in self.places[lang].items():
            for path in paths:
                named.setdefault(path, []).append(self.marker.ids[term])
        return named


def found_of(config: MkDocsConfig) -> Found:
    """Kept with the configuration, see ``_run``."""
    if _KEY not in config.extra:
        config.extra[_KEY] = Found(Marker(run_of(config).site.glossary))
    return cast(Found, config.extra[_KEY])

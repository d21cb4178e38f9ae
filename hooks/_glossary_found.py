"""Which terms of the glossary stand in which articles: filled when the pages are turned into HTML, read after that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from _glossary_marks import Marked, Marker
from _run import run_of
from mkdocs.config.defaults import MkDocsConfig

from bitext.model import LANGS, Lang
from bitext.output.part import part_of

_KEY = "bitext_glossary"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the terms of one run."""

    marker: Marker
    marked: dict[str, Marked] = field(default_factory=dict)
    """HTML of articles and where its marks will stand, by the file of the page."""
    terms: dict[Lang, dict[str, tuple[str, ...]]] = field(default_factory=lambda: {lang: {} for lang in LANGS})
    """Ids of the terms that each article of a language names, by path; nothing of pages that wait for their text."""

    def places(self, lang: Lang, paths: Iterable[str]) -> Mapping[str, list[str]]:
        """Of these articles, the paths of those in which a term stands, by the term's id."""
        found: dict[str, list[str]] = {}
        for path in paths:
            for term in self.terms[lang].get(path, ()):
                found.setdefault(term, []).append(path)
        return found


def found_of(config: MkDocsConfig) -> Found:
    """Kept with the configuration, see ``_run``."""
    if _KEY not in config.extra:
        part = part_of(config)
        config.extra[_KEY] = Found(Marker(run_of(config).site.glossary, part.made["marker"] if part else None))
    return cast(Found, config.extra[_KEY])

"""Files for researchers and translation tools: each article and the whole corpus as TMX, XLIFF and JSONL.

They are made from the pages as they are built, so that what people have edited is in them.
"""

from __future__ import annotations

from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from _corpus import WHOLE, corpus_of, files_of, stem_of, text_of
from _run import building_other_language
from mkdocs.config.defaults import MkDocsConfig


def on_post_build(config: MkDocsConfig) -> None:
    """Writes the files below ``downloads/``, once in a run."""
    if building_other_language(config):
        return
    corpus, site = corpus_of(config), Path(config.site_dir)
    groups = {stem_of(path): [each] for path, each in corpus.items()} | {WHOLE: list(corpus.values())}
    for stem, bitexts in groups.items():
        for _, file in files_of(bitexts, stem):
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text_of(bitexts, file), encoding="utf-8", newline="\n")

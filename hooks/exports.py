"""Files for researchers and translation tools: each article and the whole corpus as TMX, XLIFF and JSONL.

They are made from the pages as they are built, so that what people have edited is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import _library  # noqa: F401 - makes bitext importable
from _corpus import FORMATS, WHOLE, Corpus, corpus_of, endings_of, lengths_of, stem_of
from _run import building_other_language
from mkdocs.config.defaults import MkDocsConfig

from bitext.corpus.bitext import Form
from bitext.output.part import Part, part_of

_PIECE = 1 << 18
"""Bytes that are copied at once."""


def on_post_build(config: MkDocsConfig) -> None:
    """Writes the files below ``downloads/``, once in a run."""
    if building_other_language(config):
        return
    corpus, site, part = corpus_of(config), Path(config.site_dir), part_of(config)
    (site / WHOLE).parent.mkdir(parents=True, exist_ok=True)
    for path in (path for path in corpus if not part or path in part.paths):
        _of_article(corpus, path, site)
    there = set(corpus.endings())
    for ending, (_, form) in FORMATS.items():
        if ending in there:
            old = _Old(part, ending, form)
            with (site / f"{WHOLE}.{ending}").open("wb") as file:
                lengths_of(config)[ending] = _whole(file, form, corpus, old)
    if part:
        _take_away(part, corpus, there)
    corpus.let_go()


def _of_article(corpus: Corpus, path: str, site: Path) -> None:
    for ending in endings_of([corpus.summary(path)]):
        target = site / f"{stem_of(path)}.{ending}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(FORMATS[ending][1]([corpus[path]]), encoding="utf-8", newline="\n")


class _Old:
    """A file of the whole corpus as it is on the site that stands."""

    def __init__(self, part: Part | None, ending: str, form: Form) -> None:
        self.lengths: Mapping[str, int] = part.made["lengths"].get(ending, {}) if part else {}
        self.changed = part.paths if part else set()
        self.starts: dict[str, int] = {}
        self.file = part.site / f"{WHOLE}.{ending}" if part else None
        at = len(form.head.encode())
        for path, length in self.lengths.items():
            self.starts[path] = at
            at += length

    def has(self, path: str) -> bool:
        """Whether what an article adds stands in it."""
        return path in self.lengths and path not in self.changed

    def copy(self, start: int, length: int, target: BinaryIO) -> None:
        """Writes some bytes of it, a piece at a time: at once, all would have to be in memory."""
        if not length:
            return
        assert self.file
        with self.file.open("rb") as file:
            file.seek(start)
            while piece := file.read(min(_PIECE, length)):
                length -= target.write(piece)


def _whole(file: BinaryIO, form: Form, corpus: Corpus, old: _Old) -> dict[str, int]:
    """Writes a file of all articles; returns how many bytes each adds.

    What has not changed is taken from the file of before, neighbours at once.
    """
    lengths: dict[str, int] = {}
    start = length = 0
    file.write(form.head.encode())
    for path in corpus:
        if old.has(path):
            if start + length != old.starts[path]:
                old.copy(start, length, file)
                start, length = old.starts[path], 0
            length += old.lengths[path]
            lengths[path] = old.lengths[path]
            continue
        old.copy(start, length, file)
        length = 0
        piece = form.piece(corpus[path]).encode()
        file.write(piece)
        lengths[path] = len(piece)
    old.copy(start, length, file)
    file.write(form.end.encode())
    return lengths


def _take_away(part: Part, corpus: Corpus, there: Iterable[str]) -> None:
    """Files of articles and formats that are no more."""
    names = {f"{WHOLE}.{ending}" for ending in there}
    for path in part.paths & set(corpus):
        names |= {f"{stem_of(path)}.{ending}" for ending in endings_of([corpus.summary(path)])}
    part.removed |= {name for name in _possible(part.paths) if name in part.names} - names


def _possible(paths: Iterable[str]) -> Iterator[str]:
    """Every file that some articles, and the corpus, could have."""
    return (f"{stem}.{ending}" for stem in (WHOLE, *map(stem_of, paths)) for ending in FORMATS)

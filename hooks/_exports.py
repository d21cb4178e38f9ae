"""Files for researchers and translation tools: each article and the whole corpus as TMX, XLIFF and JSONL.

They are made from the pages as they are built, so that what people have edited is in them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import _library  # noqa: F401 - makes bitext importable
from _corpus import FORMATS, WHOLE, Corpus, Summary, corpus_of, endings_of, lengths_of, stem_of
from mkdocs.config.defaults import MkDocsConfig

from bitext.corpus.bitext import Form
from bitext.output.part import Part, part_of
from bitext.output.put import put

_PIECE = 1 << 18
"""Bytes that are copied at once."""


class Exports:
    """The files below ``downloads/``: each article is added, in the order of the corpus.

    A file of the whole corpus begins with the first article that has something for it.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config, self._corpus, self._part = config, corpus_of(config), part_of(config)
        self._site = Path(config.site_dir)
        self._opened = ExitStack()
        self._wholes: dict[str, _Whole] = {}
        self._kinds: set[Summary] = set()
        """What was added, as far as it tells which files there are."""
        self._added: list[str] = []

    def add(self, path: str) -> None:
        """The next article."""
        made, (units, pairs, lang) = _Pieces(self._corpus, path), self._corpus.summary(path)
        kind = Summary(bool(units), bool(pairs), lang)
        if kind not in self._kinds:
            self._kinds.add(kind)
            self._begin(endings_of([kind]))
        if not self._part or path in self._part.paths:
            _of_article(made, self._site)
        for whole in self._wholes.values():
            whole.add(made)
        self._added.append(path)

    def _begin(self, endings: Iterable[str]) -> None:
        """Begins files that are not there yet."""
        for ending in endings:
            if ending not in self._wholes:
                self._wholes[ending] = _Whole(self._opened, self._site, ending, self._part, self._added)

    def done(self) -> None:
        """Ends the files of the whole corpus."""
        with self._opened:
            lengths_of(self._config).update({ending: whole.done() for ending, whole in self._wholes.items()})
        if self._part:
            _take_away(self._part, self._corpus, self._wholes)


class _Pieces(dict[str, bytes]):
    """What an article adds to a file, by its ending: each made when it is asked for, for its own file and the whole."""

    def __init__(self, corpus: Corpus, path: str) -> None:
        self._corpus, self.path = corpus, path

    def __missing__(self, ending: str) -> bytes:
        self[ending] = FORMATS[ending][1].piece(self._corpus[self.path]).encode()
        return self[ending]

    def endings(self) -> Iterator[str]:
        """Endings of the article's own files."""
        return endings_of([self._corpus.summary(self.path)])


def _of_article(made: _Pieces, site: Path) -> None:
    for ending in made.endings():
        form = FORMATS[ending][1]
        put(f"{site}/{stem_of(made.path)}.{ending}", b"".join((form.head.encode(), made[ending], form.end.encode())))


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
        target.flush()
        with self.file.open("rb") as file:
            while length and (done := _copied(file.fileno(), target.fileno(), length, start)):
                start, length = start + done, length - done


def _copied(source: int, target: int, length: int, start: int) -> int:
    """Copies some bytes from one file to another, where the system can without handing them to us; how many."""
    try:
        return os.copy_file_range(source, target, length, start)
    except (AttributeError, OSError):
        return os.write(target, os.pread(source, min(_PIECE, length), start))


class _Whole:
    """A file of all articles. What has not changed is taken from the file of before, neighbours at once.

    :param empty: articles that have nothing for it, before the first that has.
    """

    def __init__(self, opened: ExitStack, site: Path, ending: str, part: Part | None, empty: Iterable[str]) -> None:
        self._ending, self._form = ending, FORMATS[ending][1]
        self._old = _Old(part, ending, self._form)
        self._file = opened.enter_context(_beginning(site / f"{WHOLE}.{ending}"))
        self._file.write(self._form.head.encode())
        self._start = self._length = 0
        self._lengths = dict.fromkeys(empty, 0)

    def add(self, made: _Pieces) -> None:
        """What the next article adds."""
        path, old = made.path, self._old
        if not old.has(path):
            self._copy()
            self._lengths[path] = self._file.write(made[self._ending])
            return
        if self._start + self._length != old.starts[path]:
            self._copy()
            self._start = old.starts[path]
        self._length += old.lengths[path]
        self._lengths[path] = old.lengths[path]

    def _copy(self) -> None:
        """Writes what waits to be taken from the file of before."""
        self._old.copy(self._start, self._length, self._file)
        self._length = 0

    def done(self) -> dict[str, int]:
        """Ends the file; how many bytes each article adds."""
        self._copy()
        self._file.write(self._form.end.encode())
        return self._lengths


def _beginning(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


def _take_away(part: Part, corpus: Corpus, there: Iterable[str]) -> None:
    """Files of articles and formats that are no more."""
    names = {f"{WHOLE}.{ending}" for ending in there}
    for path in part.paths & set(corpus):
        names |= {f"{stem_of(path)}.{ending}" for ending in endings_of([corpus.summary(path)])}
    part.removed |= {name for name in _possible(part.paths) if name in part.names} - names


def _possible(paths: Iterable[str]) -> Iterator[str]:
    """Every file that some articles, and the corpus, could have."""
    return (f"{stem}.{ending}" for stem in (WHOLE, *map(stem_of, paths)) for ending in FORMATS)

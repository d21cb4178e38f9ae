"""The bitexts of all articles, made from the pages as they are built, and the files that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

import _library
from _downloads_view import FOLDER
from _run import Run, run_of
from _site import Article, address, other
from mkdocs.config.defaults import MkDocsConfig

from bitext.corpus.bitext import Bitext, Form, Licence, bitext
from bitext.corpus.jsonl import jsonl
from bitext.corpus.tmx import tmx
from bitext.corpus.xliff import xliff
from bitext.model import LANGS, Lang, Page
from bitext.output.part import part_of
from bitext.page import parts

_KEY = "bitext-corpus"
WHOLE = f"{FOLDER}/corpus"
"""Name, without an ending, of the files that hold all articles; no article stands there, articles are in topics."""


class Summary(NamedTuple):
    """How much an article adds to the corpus."""

    units: int
    pairs: int
    source_lang: Lang
    """The language that it is translated from."""


class Corpus(Mapping[str, Bitext]):
    """Bitexts of all articles by path (``trade/a.md``), newest first; each is made when it is asked for.

    :param known: what is known of articles that are as they were when the site was built last.
    """

    def __init__(self, run: Run, root: str, licence: Licence | None, known: Mapping[str, Summary]) -> None:
        self._run, self._root, self.licence = run, root, licence
        self._made: dict[str, Bitext] = {}
        self._known = dict(known)

    def __getitem__(self, path: str) -> Bitext:
        if path not in self._made:
            self._made[path] = _bitext(self._run, path, self._root, self.licence)
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.site.articles[LANGS[0]])

    def __len__(self) -> int:
        return len(self._run.site.articles[LANGS[0]])

    def summary(self, path: str) -> Summary:
        """How much an article adds."""
        if path not in self._known:
            each = self[path]
            self._known[path] = Summary(len(each.units), len(each.pairs), each.source_lang)
        return self._known[path]

    def total(self) -> tuple[int, int, int]:
        """How many articles there are, units, and pairs of units."""
        every = [self.summary(path) for path in self]
        return len(every), sum(each.units for each in every), sum(each.pairs for each in every)

    def endings(self) -> Iterator[str]:
        """Endings of the files of all articles."""
        every = map(self.summary, self)
        return endings_of({Summary(min(units, 1), min(pairs, 1), lang) for units, pairs, lang in every})

    def let_go(self, path: str) -> None:
        """Its files are written: what was made for those of all would take a fifth of a build's memory.

        How much it adds stays.
        """
        self.summary(path)
        self._made.pop(path, None)

    def forget(self, path: str) -> None:
        """Its text was edited."""
        self._made.pop(path, None)
        self._known.pop(path, None)


def corpus_of(config: MkDocsConfig) -> Corpus:
    """Kept with the configuration, see ``_run``."""
    if _KEY not in config.extra:
        part = part_of(config)
        kept = part.made["corpus"] if part else {}
        known = {path: Summary(*each) for path, each in kept.items() if part and path not in part.paths}
        config.extra[_KEY] = Corpus(run_of(config), config.site_url or "", licence_of(config), known)
    return cast(Corpus, config.extra[_KEY])


def lengths_of(config: MkDocsConfig) -> dict[str, dict[str, int]]:
    """How many bytes each article adds to the file of the whole corpus, by its ending; kept with the configuration."""
    return cast(dict[str, dict[str, int]], config.extra.setdefault("bitext-lengths", {}))


def licence_of(config: MkDocsConfig) -> Licence | None:
    """Terms of the texts; ``None`` for pages from elsewhere: the project's licence says nothing of them."""
    terms = config.extra.get("licence")
    if not terms or Path(config.docs_dir).resolve() != _library.ROOT / str(terms["covers"]):
        return None
    return Licence(str(terms["id"]), str(terms["url"]))


def _bitext(run: Run, path: str, root: str, licence: Licence | None) -> Bitext:
    both = [run.site.articles[lang][path] for lang in LANGS]
    addresses = {article.lang: address(root, article.lang, path) for article in both if not article.stub}
    speaking = [article for article in both if _says_something(run, article)] or both[:1]
    return bitext([_page(article) for article in speaking], addresses, licence)


def _says_something(run: Run, article: Article) -> bool:
    """It has a text, or, on a page that waits for one, a title of its own."""
    twin = run.site.articles[other(article.lang)][article.path]
    return not article.stub or (article.has_file and article.front_matter.title != twin.front_matter.title)


def _page(article: Article) -> Page:
    return Page(article.lang, article.path, article.front_matter, parts(article.body, article.lang))


# ------------------------------------------------------------------ files
FORMATS: Mapping[str, tuple[str, Form]] = {
    "tmx": ("TMX 1.4b", tmx),
    **{f"{lang}.xlf": ("XLIFF 2.1", xliff(lang)) for lang in LANGS},
    "jsonl": ("JSONL", jsonl),
}
"""Ending of a file, its format's name and how it is written. An XLIFF file has one language that is translated from."""


def endings_of(summaries: Iterable[Summary]) -> Iterator[str]:
    """Endings of the files of some articles; a file that would be empty is not there."""
    members = tuple(summaries)
    there = {
        "tmx": any(each.pairs for each in members),
        "jsonl": any(each.units for each in members),
        **{f"{lang}.xlf": any(each.units and each.source_lang == lang for each in members) for lang in LANGS},
    }
    return (ending for ending in FORMATS if there[ending])


def stem_of(path: str) -> str:
    """Name, without an ending, of the files of an article.

    >>> stem_of("trade/a-b.md")
    'downloads/trade/a-b'
    """
    return f"{FOLDER}/{path.removesuffix('.md')}"

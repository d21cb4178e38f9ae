"""The bitexts of all articles, made from the pages as they are built, and the files that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import _library
from _downloads_view import FOLDER
from _run import Run, run_of
from _site import Article, address, other
from mkdocs.config.defaults import MkDocsConfig

from bitext.corpus.bitext import Bitext, Licence, bitext
from bitext.corpus.jsonl import jsonl
from bitext.corpus.tmx import tmx
from bitext.corpus.xliff import xliff
from bitext.model import LANGS, Lang, Page
from bitext.page import parts

_KEY = "bitext-corpus"
WHOLE = f"{FOLDER}/corpus"
"""Name, without an ending, of the files that hold all articles; no article stands there, articles are in topics."""


def corpus_of(config: MkDocsConfig) -> Mapping[str, Bitext]:
    """Bitexts of all articles by path (``trade/a.md``), newest first; made once in a run."""
    if _KEY not in config.extra:
        run, root, licence = run_of(config), config.site_url or "", licence_of(config)
        config.extra[_KEY] = {path: _bitext(run, path, root, licence) for path in run.site.articles[LANGS[0]]}
    return cast(Mapping[str, Bitext], config.extra[_KEY])


def renew(config: MkDocsConfig, path: str) -> None:
    """Makes the bitext of one article again, after its text was edited."""
    corpus = dict(corpus_of(config))
    corpus[path] = _bitext(run_of(config), path, config.site_url or "", licence_of(config))
    config.extra[_KEY] = corpus


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
def _xliff_from(source: Lang) -> Callable[[Iterable[Bitext]], str]:
    return lambda bitexts: xliff([each for each in bitexts if each.source_lang == source], source)


FORMATS: Mapping[str, tuple[str, Callable[[Iterable[Bitext]], str]]] = {
    "tmx": ("TMX 1.4b", tmx),
    **{f"{lang}.xlf": ("XLIFF 2.1", _xliff_from(lang)) for lang in LANGS},
    "jsonl": ("JSONL", jsonl),
}
"""Ending of a file, its format's name and what writes it. An XLIFF file has one language that is translated from."""


def files_of(bitexts: Iterable[Bitext], stem: str) -> Iterator[tuple[str, str]]:
    """Format and path below the site of each file of some bitexts; a format that would be empty has none."""
    members = list(bitexts)
    there = {
        "tmx": any(unit.paired for each in members for unit in each.units),
        "jsonl": any(each.units for each in members),
        **{f"{lang}.xlf": any(each.units and each.source_lang == lang for each in members) for lang in LANGS},
    }
    for ending, (name, _) in FORMATS.items():
        if there[ending]:
            yield name, f"{stem}.{ending}"


def stem_of(path: str) -> str:
    """Name, without an ending, of the files of an article.

    >>> stem_of("trade/a-b.md")
    'downloads/trade/a-b'
    """
    return f"{FOLDER}/{path.removesuffix('.md')}"


def text_of(bitexts: Iterable[Bitext], file: str) -> str:
    """Content of a file that :func:`files_of` names."""
    ending = next(ending for ending in FORMATS if file.endswith(f".{ending}"))
    return FORMATS[ending][1](bitexts)

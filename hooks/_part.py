"""Which pages show something else than when the site was built last, and what is kept of them for the next time.

What a page shows is its view, the rows of articles like it, the texts of both languages, and on some lists what all
articles add up to. A digest of that is kept for each page. Where only texts were edited a few pages can have changed;
otherwise the digests of all are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from posixpath import normpath
from typing import Any

from _corpus import corpus_of, lengths_of
from _counterpart import same_page
from _downloads_view import PATH as DOWNLOADS
from _glossary_found import found_of
from _glossary_view import PATH as GLOSSARY
from _glossary_view import kinds_of
from _run import Run, begin, place, run_of
from _site import DEFAULT, Article, BrokenSiteError, Site, TextFile, data_from, decoded, digest, kept_data, read_site
from _views import Link, Row
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from related import keep_related, related_of, rows_of
from search_index import kept_search

from bitext.checks.ids import Ids
from bitext.checks.unfit import unbuildable
from bitext.fast.plain import plain
from bitext.model import LANGS, FrontMatter, Lang, Series
from bitext.output.part import Part
from bitext.past import Past, behind_of, past

_FILES = re.compile(r"[\w./-]+\.\w+")
"""What could be a link to a page or a picture."""


# ------------------------------------------------------------------ before the build
def begin_part(config: MkDocsConfig, part: Part) -> None:
    """Reads what has changed and chooses the pages that are to be made.

    :raises BrokenSiteError: if a page cannot be built.
    """
    docs, data = Path(config.docs_dir), data_from(part.made["data"])
    known = Ids(frozenset(topic.id for topic in data.topics), frozenset(data.tags))
    if findings := [finding for name in part.changed for finding in _unbuildable(docs / name, known)]:
        raise BrokenSiteError(tuple(findings))
    kept = _articles(docs, part)
    site = replace(read_site(docs, data, kept, part.changed), past=_past(docs, part))
    run = begin(config, site)
    part.whole = part.whole or not _only_texts(part, site)
    _look_for_terms(config, part)
    pages = set(_everywhere(run) if part.whole else _around(config, part))
    shown = digests(config, pages)
    part.shown = shown if part.whole else {**part.made["shown"], **shown}
    part.pages |= {name for name in pages if shown[name] != part.made["shown"].get(name)}
    part.beside |= set(_linked(run, docs, part.pages))


def _unbuildable(path: Path, known: Ids) -> Iterator[Any]:
    """What the gate says of one page."""
    try:
        text = decoded(path.read_bytes())
    except UnicodeDecodeError:
        return  # whoever reads the site says so
    yield from unbuildable(text, path.as_posix(), known)


def _articles(docs: Path, part: Part) -> dict[Lang, dict[str, Article]]:
    """Articles that are as they were."""
    touched = {*part.changed, *part.gone}
    return {
        lang: {
            path: _article(str(docs), lang, path, *values)
            for path, values in part.made["articles"][lang].items()
            if f"{lang}/{path}" not in touched
        }
        for lang in LANGS
    }


def _article(docs: str, lang: Lang, path: str, version: str, stub: bool, *meta: Any) -> Article:
    text = "" if stub else TextFile(f"{docs}/{lang}/{path}")
    return Article(lang, path, _front_matter(meta), text, version=version)


def _front_matter(meta: Sequence[Any]) -> FrontMatter:
    """From what :func:`made` has kept."""
    found = FrontMatter(*meta[:-1])
    return replace(found, series=Series(*meta[-1])) if meta[-1] else found


def _past(docs: Path, part: Part) -> Past:
    """What the repository says; of the working copy only edited pages can say something new."""
    if not part.same_history:
        return past(docs)
    pages, sources, behind = part.made["past"]
    late = dict(behind)
    for path in part.paths if pages else ():
        late[path] = dict(behind_of(docs, path))
    return Past(pages, sources, {path: each for path, each in late.items() if any(each.values())})


def _only_texts(part: Part, site: Site) -> bool:
    """Whether nothing but the texts of articles is other than before."""
    pages, sources, _ = part.made["past"]
    if part.gone or site.past.pages != pages or site.past.sources != sources:
        return False
    return all(now == before for before, now in _heads(part, site))


def _same_company(part: Part, site: Site) -> bool:
    """Whether the articles are those of before with the tags, dates and series that they had."""
    heads = ((before and before[1], now[1]) for before, now in _heads(part, site))
    return not part.gone and all(
        before and (before.tags, before.date, before.series) == (now.tags, now.date, now.series)
        for before, now in heads
    )


Head = tuple[bool, FrontMatter]
"""Whether a page waits for its text, and its front matter."""


def _heads(part: Part, site: Site) -> Iterator[tuple[Head | None, Head]]:
    """Of each page that has changed, what it was, nothing if it is new, and what it is."""
    for lang, path in map(place, part.changed):
        before, now = part.made["articles"][lang].get(path), site.articles[lang][path]
        yield before and (before[1], _front_matter(before[2:])), (now.stub, now.front_matter)


# ------------------------------------------------------------------ terms, and articles that are alike
def _look_for_terms(config: MkDocsConfig, part: Part) -> None:
    """Terms of the articles that have changed; if they are the same, so are the articles that are like others."""
    run, found = run_of(config), found_of(config)
    kept = part.made["terms"]
    for lang in LANGS:
        articles = run.site.articles[lang]
        found.terms[lang].update({path: kept[lang][path] for path in articles if path in kept[lang]})
        for path in part.paths & articles.keys():
            found.terms[lang][path] = () if articles[path].stub else _terms(config, articles[path])
    if _same_company(part, run.site) and found.terms[DEFAULT] == kept[DEFAULT]:
        keep_related(config, part.made["related"])


def _terms(config: MkDocsConfig, article: Article) -> tuple[str, ...]:
    """As they are found when the page is made: where links lead does not matter for that."""
    marker, found = found_of(config).marker, plain(article.body)
    html = found.html if found else _markdown(config).convert(article.body)
    return tuple(marker.ids[term] for *_, term in marker.find(html, article.lang).places)


def _markdown(config: MkDocsConfig) -> Markdown:
    """As MkDocs makes it for a page."""
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


# ------------------------------------------------------------------ pages
def _everywhere(run: Run) -> Iterator[str]:
    return (f"{lang}/{path}" for lang in LANGS for path in run.views[lang])


def _around(config: MkDocsConfig, part: Part) -> Iterator[str]:
    """Pages on which texts can be seen: of the articles, and of what is counted and compared over all."""
    related, terms, corpus = related_of(config), found_of(config).terms, corpus_of(config)
    paths = part.paths | {path for path, others in related.items() if others != part.made["related"].get(path)}
    named = [_of(part, part.made["terms"][lang]) != _of(part, terms[lang]) for lang in LANGS]
    counted = any(corpus.summary(path) != part.made["corpus"][path] for path in part.paths)
    lists = [path for path, changed in ((GLOSSARY, any(named)), (DOWNLOADS, counted)) if changed]
    return (f"{lang}/{path}" for lang in LANGS for path in (*paths, *lists))


def _of(part: Part, terms: Mapping[str, Sequence[str]]) -> list[Sequence[str]]:
    """Terms of the articles that have changed."""
    return [terms.get(path, ()) for path in sorted(part.paths)]


def _linked(run: Run, docs: Path, names: Iterable[str]) -> Iterator[str]:
    """Pages and pictures to which the texts of some pages could link."""
    for name in names:
        lang, path = place(name)
        for article in (each.get(path) for each in run.site.articles.values()):
            for link in _FILES.findall(article.body if article else ""):
                target = normpath(f"{lang}/{path.rpartition('/')[0]}/{link}")
                code, _, short = target.partition("/")
                known = code in LANGS and short in run.site.articles[code]
                if not target.startswith("..") and (known or (docs / target).is_file()):
                    yield target


# ------------------------------------------------------------------ digests
def digests(config: MkDocsConfig, names: Iterable[str]) -> dict[str, str]:
    """A digest of what each page shows."""
    run, related, said = run_of(config), related_of(config), _Said()
    found: dict[str, str] = {}
    for name in names:
        lang, path = place(name)
        shelf = run.shelves[lang]
        shows: list[object] = [run.views[lang][path], same_page(run, lang, path)]
        if path in shelf.site.articles[lang]:
            shows += [run.site.articles[code][path].version for code in LANGS]
            shows.append(rows_of(shelf, related[path]))
        elif path == GLOSSARY:
            terms = found_of(config)
            shows += kinds_of(shelf, terms.marker.ids, terms.places(lang, shelf.site.articles[lang]))
        elif path == DOWNLOADS:
            shows += (corpus_of(config).total(), tuple(corpus_of(config).endings()))
        found[name] = digest(said(tuple(shows)).encode(errors="surrogatepass"))
    return found


class _Said:
    """Values as text, the same for the same values; rows and links, which many pages share, are put into words once.

    No text of a page has one of the signs between values in it (``bitext.markup.UNSHOWABLE``).
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def __call__(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, (tuple, list)):
            return self._all(value)
        if value is None or isinstance(value, int):
            return f"\1{value}"
        if not isinstance(value, (Row, Link)):
            return self._inside(value)
        if id(value) not in self._known:
            self._known[id(value)] = (value, self._inside(value))
        return self._known[id(value)][1]

    def _inside(self, value: Any) -> str:
        """A dataclass: its kind and its fields."""
        return f"\2{type(value).__name__}{self._all(_fields_of(value.__class__)(value))}"

    def _all(self, values: Sequence[Any]) -> str:
        inside = "\0".join([each if isinstance(each, str) else self(each) for each in values])
        return f"\3{inside}\4"


@cache
def _fields_of(kind: Any) -> Callable[[Any], Any]:
    """What gives the values of the fields of a dataclass at once."""
    return attrgetter(*(each.name for each in fields(kind)))


# ------------------------------------------------------------------ after the build
def made(config: MkDocsConfig, part: Part | None) -> dict[str, Any]:
    """What is kept for the next part build, in the plain types of Python."""
    run, corpus = run_of(config), corpus_of(config)
    return {
        "data": part.made["data"] if part else kept_data(run.site),
        "articles": {lang: dict(_all_kept(run, lang, part)) for lang in LANGS},
        "terms": found_of(config).terms,
        "marker": part.made["marker"] if part else found_of(config).marker.kept(),
        "related": related_of(config),
        "corpus": {path: tuple(corpus.summary(path)) for path in corpus},
        "shown": part.shown if part else digests(config, _everywhere(run)),
        "past": (run.site.past.pages, run.site.past.sources, dict(run.site.past.behind)),
        "lengths": lengths_of(config),
        "search": kept_search(config),
    }


def _all_kept(run: Run, lang: Lang, part: Part | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What is kept of the articles of a language; of those that have not changed it is there."""
    before = part.made["articles"][lang] if part else {}
    changed = part.paths if part else ()
    for path, article in run.site.articles[lang].items():
        if article.has_file:
            yield path, _kept(article) if path in changed or path not in before else before[path]


def _kept(article: Article) -> tuple[Any, ...]:
    meta = article.front_matter
    series = astuple(meta.series) if meta.series else None
    values = [getattr(meta, each.name) for each in fields(meta)]
    return article.version, article.stub, *values[:-1], series

"""The search: an index for each language in small files, and what its scripts have to know.

The theme's own index is one file of all texts, which each reader would download. Here the theme keeps its dialog, list
and keys, but asks a worker of ours (``overrides/assets/search-worker.js``), which fetches what a question needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import _library  # noqa: F401 - makes bitext importable
import jinja2
from _run import building_other_language, language, place, run_of
from _search_data import SearchData, read_data
from _search_entry import Entry, entry, levels, said_by
from _search_shards import Index, changed, numbers, page_file, shard_files
from _search_terms import simplifications
from _site import DEFAULT, Article, Names, Site, other
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from bitext.model import LANGS, Lang
from bitext.output.part import Part, part_of
from bitext.output.put import put_text

FOLDER = "search"
SETTINGS = "search_index.json"
"""The theme's name for it."""
WORKER = "assets/search-worker.js"
_KEY = "bitext-search"


def _data(config: MkDocsConfig) -> SearchData:
    """Kept with the configuration, see ``_run``; a part build is of the same data."""
    if _KEY not in config.extra:
        part = part_of(config)
        config.extra[_KEY] = SearchData(*part.made["search"]) if part else read_data()
    return cast(SearchData, config.extra[_KEY])


def kept_search(config: MkDocsConfig) -> tuple[dict[str, Names], frozenset[str]]:
    """The data of the search in the plain types of Python."""
    data = _data(config)
    return {key: dict(names) for key, names in data.words.items()}, data.stop


# ------------------------------------------------------------------ pages
def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    """What the page tells the theme's script, changed for this search."""
    lang, words = language(config), _data(config).words
    said = {key: names[lang] for key, names in words.items()}
    env.globals["search_config"] = lambda html, base: page_config(html, base, lang, said)
    return env


def page_config(html: str, base: str, lang: Lang, words: dict[str, str]) -> Markup:
    """The element with the theme's settings: base address, worker and words of a language.

    :param html: the element as the theme wrote it, ``<script id="__config" type="application/json">{…}</script>``.
    :param base: the address of the site's root as seen from the page, such as ``..``; ``/`` on the page of lost ones.
    """
    before, rest = html.split("{", 1)
    inner, after = rest.rsplit("}", 1)
    settings = json.loads(f"{{{inner}}}")
    root = base.rstrip("/")
    settings |= {"base": f"{root}/{_prefix(lang)}", "search": f"{root}/{WORKER}"}
    settings["bitext"] = {"language": other(lang), **words}
    return Markup("%s%s%s") % (Markup(before), jinja2.utils.htmlsafe_json_dumps(settings), Markup(after))


# ------------------------------------------------------------------ index
class Indexes:
    """The index of each language below its folder, but for what the theme says: each article is added."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._site, self._folder, stop = run_of(config).site, config.site_dir, _data(config).stop
        self._of = {lang: Index((each.path for each in _with_text(self._site, lang)), stop) for lang in LANGS}

    def add(self, path: str) -> None:
        """The next article, in the languages that have a text."""
        for lang, index in self._of.items():
            article = self._site.articles[lang][path]
            if not article.stub:
                self._put(lang, *index.add(entry_of(self._site, article)))

    def done(self) -> None:
        """Writes what is there once for all articles; of one language after the other, since it is made of much."""
        for lang in LANGS:
            for name, text in self._of.pop(lang).done():
                self._put(lang, name, text)

    def _put(self, lang: Lang, name: str, text: str) -> None:
        put_text(f"{self._folder}/{_prefix(lang)}{FOLDER}/{name}", text)


@event_priority(-200)  # after the theme's plugin, which writes an index without pages, and static-i18n
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what the scripts have to know of the index of each language; a part build, what has changed."""
    if building_other_language(config):
        return  # the run is not at its end
    if part := part_of(config):
        _write_part(config, part)
        return
    site, data = Path(config.site_dir), _data(config)
    theme = json.loads((site / FOLDER / SETTINGS).read_text(encoding="utf-8"))["config"]
    stemmer = next((site / "assets").glob("javascripts/workers/search.*.js")).relative_to(site / "assets")
    settings = {**theme, "stop": sorted(data.stop), "stemmer": stemmer.as_posix()}
    for lang in LANGS:
        for name, text in settings_files(lang, settings):
            put_text(f"{site}/{_prefix(lang)}{FOLDER}/{name}", text)


def settings_files(lang: Lang, settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Name and text of the files, below the folder ``search`` of a language, that do not depend on articles.

    :param settings: what the theme's scripts and ours have to know: ``separator`` and so on; ``stop``; ``stemmer``, the
        theme's worker as seen from ours.
    """
    whole = {**settings, "lang": [lang], "index": f"../{_prefix(lang)}{FOLDER}/"}
    yield SETTINGS, json.dumps({"config": whole, "docs": []}, ensure_ascii=False)
    yield "simplified.txt", simplifications()


def _with_text(site: Site, lang: Lang) -> Iterator[Article]:
    """Articles that have a text in a language."""
    return (article for article in site.listed(lang) if not article.stub)


def entry_of(site: Site, article: Article) -> Entry:
    """What an article puts into the index."""
    lang = article.lang
    return entry(article, [site.tags.get(tag, {lang: tag})[lang] for tag in article.front_matter.tags])


# ------------------------------------------------------------------ a part of the index
def _write_part(config: MkDocsConfig, part: Part) -> None:
    """Changes the index of each language where an article has changed: the files of before, and the pages of these."""
    (Path(config.site_dir) / FOLDER / SETTINGS).unlink(missing_ok=True)  # the theme's, which knows no page
    for lang in LANGS:
        names = {path for code, path in map(place, (*part.changed, *part.gone)) if code == lang}
        before = {path for path, kept in part.made["articles"][lang].items() if not kept[1]}
        now = {article.path for article in _with_text(run_of(config).site, lang)}
        if names & (before | now):
            folder = f"{_prefix(lang)}{FOLDER}"
            for name, text in _changed_files(config, part, lang, (names, before, now)):
                put_text(f"{config.site_dir}/{folder}/{name}", text)


def _changed_files(
    config: MkDocsConfig, part: Part, lang: Lang, paths: tuple[set[str], set[str], set[str]]
) -> Iterator[tuple[str, str]]:
    """Files that may say something new; those that are to go are noted.

    :param paths: of the articles that have changed, of those that had a text before, and of those that have one now.
    """
    site, data, folder = run_of(config).site, _data(config), part.site / _prefix(lang) / FOLDER
    changed_paths, before, now = paths
    old = numbers(before)
    new = old if now == before else numbers(now)
    moved = {path for path in old.keys() | new.keys() if path in changed_paths or old.get(path) != new.get(path)}
    pages = {path: (folder / page_file(old[path])).read_text(encoding="utf-8") for path in moved & before}
    made = {path: entry_of(site, site.articles[lang][path]) for path in moved & now}
    names = (f"terms/{number}.txt" for number in range(sum(1 for _ in (folder / "terms").iterdir())))
    shards = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    found = changed(
        tuple(shards.values()),
        {old[path]: levels(said_by(page, lang), data.stop) for path, page in pages.items()},
        {new[path]: levels(each.said, data.stop) for path, each in made.items()},
    )
    files = dict(shard_files(len(new), found))
    yield from ((name, text) for name, text in files.items() if shards.get(name) != text)
    yield from ((page_file(new[path]), each.page) for path, each in made.items())
    gone = {*shards, *map(page_file, old.values())} - {*files, *map(page_file, new.values())}
    part.removed |= {f"{_prefix(lang)}{FOLDER}/{name}" for name in gone}


def _prefix(lang: Lang) -> str:
    return "" if lang == DEFAULT else f"{lang}/"

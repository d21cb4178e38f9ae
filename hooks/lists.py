"""Pages without a file: home, topics, years, tags, and the notice where a translation is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from _list_views import filter_files
from _run import language, place, run_of
from _site import Article, home, nav_paths, url
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from bitext.model import Lang
from bitext.output.part import part_of


@event_priority(-200)  # after static-i18n, which knows files on disk only
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of the language that is being built."""
    lang, run, part = language(config), run_of(config), part_of(config)
    articles = run.site.articles[lang]
    if part:
        named = (path for code, path in map(place, sorted(part.pages | part.beside)) if code == lang)
        paths = dict.fromkeys([*nav_paths(run.site), *(path for path in named if not _has_file(articles, path))])
    else:
        paths = dict.fromkeys([*run.views[lang].lists, *(path for path in articles if not _has_file(articles, path))])
    for path in paths:
        files.append(_file(config, lang, path))
    return files


def _has_file(articles: Mapping[str, Article], path: str) -> bool:
    """Whether somebody has written the page."""
    return path in articles and articles[path].has_file


@event_priority(100)  # before static-i18n, which goes on to the next language
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what long lists ask for when their reader filters them."""
    part = part_of(config)
    if part and not part.whole:
        return
    files = dict(filter_files(run_of(config).shelves[language(config)]))
    for path, text in files.items():
        target = Path(config.site_dir) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    if part:
        part.only(rf"{home(language(config))}[^/]+/by-tag/.*", files)


def _file(config: MkDocsConfig, lang: Lang, path: str) -> File:
    """A page without text at the address that a file of this path would have."""
    file = File.generated(config, f"{lang}/{path}", content="")
    file.dest_uri = url(lang, path).removeprefix("./") + "index.html"
    return file

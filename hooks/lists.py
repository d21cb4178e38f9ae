"""Pages without a file: home, topics, years, tags, and the notice where a translation is missing."""

from __future__ import annotations

from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from _list_views import filter_files
from _run import language, run_of
from _site import url
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from bitext.model import Lang


@event_priority(-200)  # after static-i18n, which knows files on disk only
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of the language that is being built."""
    lang, run = language(config), run_of(config)
    for view in run.lists(lang):
        files.append(_file(config, lang, view.path))
    for article in run.shelves[lang].articles:
        if not article.has_file:
            files.append(_file(config, lang, article.path))
    return files


@event_priority(100)  # before static-i18n, which goes on to the next language
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what long lists ask for when their reader filters them."""
    for path, text in filter_files(run_of(config).shelves[language(config)]):
        target = Path(config.site_dir) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _file(config: MkDocsConfig, lang: Lang, path: str) -> File:
    """A page without text at the address that a file of this path would have."""
    file = File.generated(config, f"{lang}/{path}", content="")
    file.dest_uri = url(lang, path).removeprefix("./") + "index.html"
    return file

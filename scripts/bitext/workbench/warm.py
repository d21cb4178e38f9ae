"""A site that stays in memory after its build: where only a text was edited, only its pages are made again.

What MkDocs knows at the end of a build is taken up by a plugin: for each language the files, the navigation and the
templates. The page of an edited text goes through the same functions of MkDocs and the same hooks as in a build.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from bitext import page
from bitext.checks import known, unfit
from bitext.model import LANGS, Lang

_SAID = ("site_name", "site_description", "site_author", "copyright")
"""Settings that may differ from language to language."""


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """The settings of the theme, which it keeps to itself."""
    return cast(dict[str, Any], config.theme._Theme__vars)  # type: ignore[attr-defined]


class _Kept(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Takes up what a build knows of each language."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, Any]] = {}
        self.theme: dict[str, dict[str, Any]] = {}
        self.files: dict[str, Files] = {}
        self.nav: dict[str, Navigation] = {}
        self.env: dict[str, Any] = {}

    @event_priority(-300)  # when all others have had their say
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Files and navigation."""
        lang = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
        self.files[lang], self.nav[lang] = files, nav
        return nav

    @event_priority(-300)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG002
        """Templates, and the settings that static-i18n has changed for the language."""
        lang = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
        self.env[lang] = env
        self.said[lang] = {name: config[name] for name in _SAID}
        self.theme[lang] = deepcopy(_settings(config))
        return env


class Warm:
    """A built site."""

    def __init__(self, config: MkDocsConfig, kept: _Kept) -> None:
        self._config, self._kept, self._known = config, kept, known.load()
        self._pages = {lang: files.documentation_pages() for lang, files in kept.files.items()}

    @classmethod
    def build(cls, settings: Path, docs: Path, site: Path, address: str) -> Warm:
        """Builds a site into a folder and keeps it.

        :param settings: ``mkdocs.yml``.
        :param address: at which it will be served.
        :raises mkdocs.exceptions.Abort: if the build fails; why was said.
        """
        config = load_config(str(settings), docs_dir=str(docs), site_dir=str(site), strict=False)
        config.site_url = address
        config.plugins["kept"] = kept = _Kept()
        config.plugins.on_startup(command="serve", dirty=False)
        build.build(config, serve_url=address)
        return cls(config, kept)

    def edited(self, path: Path) -> bool:
        """Makes the pages of an article again after an edit of its text; whether that was enough.

        It is not if something else than its text has changed, or if the page could not be built.
        """
        docs, place = Path(self._config.docs_dir), page.place_of(path.as_posix())
        if not place or path != docs / place[0] / place[1] or place[1] not in self._articles(place[0]):
            return False
        (lang, short), text = place, path.read_bytes()
        old = self._articles(lang)[short]
        new = self._read(path, text, old)
        if new is None or new.stub != old.stub:
            return False
        self._articles(lang)[short] = new
        sys.modules["_corpus"].corpus_of(self._config).forget(short)
        for code in LANGS:
            self._write(code, f"{code}/{short}")
        return True

    def _articles(self, lang: Lang) -> dict[str, Any]:
        """Articles of a language as the hooks have them."""
        return cast(dict[str, Any], self._config.extra["bitext"].site.articles[lang])

    def _read(self, path: Path, text: bytes, old: Any) -> Any:
        """The article with its new text; nothing if it cannot be built or has other metadata."""
        try:
            markdown = text.decode().replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None
        head, _ = page.head(markdown, path.as_posix())
        if head is None or unfit.unbuildable(markdown, path.as_posix(), self._known):
            return None
        return replace(old, text=head.body) if old.has_file and head.front_matter == old.front_matter else None

    def _write(self, lang: Lang, name: str) -> None:
        """One page, as in a build."""
        config, kept = self._config, self._kept
        plugin: Any = config.plugins["i18n"]
        plugin.current_language = lang
        config.update(kept.said[lang])
        _settings(config).update(kept.theme[lang])
        found = kept.files[lang].src_uris[name].page
        if found is None:
            return
        build._populate_page(found, config, kept.files[lang])
        build._build_page(found, config, self._pages[lang], kept.nav[lang], kept.env[lang])

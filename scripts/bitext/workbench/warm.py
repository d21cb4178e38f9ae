"""A site that stays in memory after its build: after an edit, what shows something else is made again.

What MkDocs knows at the end of a build is taken up by a plugin: for each language the files, the navigation and the
templates. The pages of an edited text go through the same functions of MkDocs and the same hooks as in a build. After
any other edit of articles a part build is made, of which what it knows is taken up too.
"""

from __future__ import annotations

import marshal
import sys
import tempfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from bitext import page
from bitext.checks import known, unfit
from bitext.model import LANGS, Lang
from bitext.output import part
from bitext.output.stage import Stage
from bitext.stamps import walk

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


def _packed(config: MkDocsConfig) -> bytes:
    """What the hooks have kept of a build: packed, since they go on changing what they keep."""
    return marshal.dumps(dict(part.made_of(config)))


def _moved(file: File, site: str) -> File:
    """A file that was made for another folder, for this one."""
    file.dest_dir = site
    vars(file).pop("abs_dest_path", None)  # worked out from it once
    return file


@dataclass(frozen=True, slots=True)
class Place:
    """What a site is built of, and where it goes."""

    settings: Path
    """``mkdocs.yml``."""
    docs: Path
    site: Path
    address: str
    """At which it will be served."""

    def config(self, target: Path) -> tuple[MkDocsConfig, _Kept]:
        """The configuration of a build into a folder, and what takes up what it knows."""
        config = load_config(str(self.settings), docs_dir=str(self.docs), site_dir=str(target), strict=False)
        config.site_url = self.address
        config.plugins["kept"] = kept = _Kept()
        part.want(config)
        config.plugins.on_startup(command="serve", dirty=False)
        return config, kept

    def named(self, path: Path) -> str | None:
        """The name of an article's file below the folder of pages; nothing if no article can stand there."""
        found = page.place_of(path.as_posix())
        return "/".join(found) if found and path == self.docs / found[0] / found[1] else None


class Warm:
    """A built site."""

    def __init__(self, place: Place, config: MkDocsConfig, kept: _Kept) -> None:
        self._place, self._config, self._kept, self._known = place, config, kept, known.load()
        self._pages = {lang: files.documentation_pages() for lang, files in kept.files.items()}
        self._made = _packed(config)
        self._late: set[str] = set()
        """Pages whose texts were edited since then."""
        self._names = {name for name, _ in walk(place.site)}

    @classmethod
    def build(cls, settings: Path, docs: Path, site: Path, address: str) -> Warm:
        """Builds a site into a folder and keeps it.

        :param settings: ``mkdocs.yml``.
        :param address: at which it will be served.
        :raises mkdocs.exceptions.Abort: if the build fails; why was said.
        """
        place = Place(settings, docs, site, address)
        config, kept = place.config(site)
        build.build(config, serve_url=address)
        return cls(place, config, kept)

    def changed(self, paths: Iterable[Path]) -> bool:
        """Makes every page that shows something else after any edits of articles; whether that was possible.

        Titles, tags, topics, new pages and those that are no more: by a part build (``bitext.output.part``) into a
        folder of its own, from which the files are put into the site.

        :raises mkdocs.exceptions.Abort: if a page cannot be built; why was said. The site is as it was, and the next
            call sees to these pages too.
        """
        names = [self._place.named(path) for path in paths]
        if not all(names):
            return False
        every = sorted({*self._late, *filter(None, names)})
        there = tuple(name for name in every if (self._place.docs / name).is_file())
        gone = tuple(name for name in every if name not in there)
        made = part.Part(self._place.site, self._names, marshal.loads(self._made), there, gone, True, whole=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=self._place.site.parent) as folder:
            stage = Stage(self._place.site, Path(folder))
            config, kept = self._place.config(stage.new)
            self._late = set(every)
            with part.shown(config, made):
                build.build(config, serve_url=self._place.address)
            self._names |= set(stage.patch(made.removed))
            self._names -= made.removed
        self._take_up(config, kept, made)
        return True

    def _take_up(self, config: MkDocsConfig, kept: _Kept, made: part.Part) -> None:
        """What a part build knows, in place of what was known."""
        self._made, self._late = _packed(config), set()
        self._config.extra = config.extra
        for lang, files in self._kept.files.items():
            articles = self._articles(cast(Lang, lang))
            for name, path in ((f"{lang}/{path}", path) for path in made.paths):
                new = kept.files[lang].src_uris.get(name)
                if name in files.src_uris and (new or path not in articles):
                    files.remove(files.src_uris[name])
                if new:
                    files.append(_moved(new, self._config.site_dir))
            self._pages[lang] = files.documentation_pages()

    def edited(self, path: Path) -> bool:
        """Makes the pages of an article again after an edit of its text; whether that was enough.

        It is not if something else than its text has changed, or if the page could not be built.
        """
        name = self._place.named(path)
        lang, short = cast(tuple[Lang, str], tuple((name or "zh/").split("/", 1)))
        if short not in self._articles(lang):
            return False
        text = path.read_bytes()
        old = self._articles(lang)[short]
        new = self._read(path, text, old)
        if new is None or new.stub != old.stub:
            return False
        self._articles(lang)[short] = new
        self._late.add(f"{lang}/{short}")
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

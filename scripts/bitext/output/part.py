"""A part build: of a site that stands, only what an edit has changed is made again.

MkDocs builds as ever, with the same hooks, but is shown the pages alone that have to be made. The hooks know the whole
site: what they have read of the other pages when these were made last was kept (``record``). They decide which pages
show something else than before, say which files are to go, and change the files of the whole corpus where an article
adds something else to them. The result is what a build of all would be; ``tests/fast/test_part.py`` compares the two
byte for byte after random edits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_KEY, _MADE = "bitext_part", "bitext_made"


@dataclass(slots=True)
class Part:
    """What is built, and what is known of the rest."""

    site: Path
    """The site as it stands."""
    names: Collection[str]
    """Its files."""
    made: Mapping[str, Any]
    """What the hooks have kept of it."""
    changed: tuple[str, ...]
    """Pages below ``docs/`` whose files have changed or are new: ``zh/trade/a.md``."""
    gone: tuple[str, ...]
    """Pages whose files are no longer there."""
    same_history: bool
    """The repository has what it had."""
    whole: bool
    """More than the texts of articles may have changed: whatever shows several articles is looked at."""
    pages: set[str] = field(default_factory=set)
    """Pages that are to be made, as names below ``docs/``, also of those that have no file."""
    beside: set[str] = field(default_factory=set)
    """Pages that MkDocs has to know, since those link to them."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """A digest of what each page shows, as the hooks take it."""
    removed: set[str] = field(default_factory=set)
    """Files of the site that are to go."""

    @property
    def paths(self) -> set[str]:
        """Articles whose files have changed, by path below the folder of a language."""
        return {name.partition("/")[2] for name in (*self.changed, *self.gone)}

    def only(self, owned: str, names: Collection[str]) -> None:
        """Of the files whose names a pattern describes, only these are to stay."""
        pattern = re.compile(owned)
        self.removed |= {name for name in self.names if pattern.fullmatch(name)} - set(names)


def want(config: MkDocsConfig) -> None:
    """Asks the hooks to hand over what the next part build has to know."""
    config.extra[_MADE] = {}


def wanted(config: MkDocsConfig) -> bool:
    """Whether somebody has asked for it."""
    return _MADE in config.extra


def keep(config: MkDocsConfig, made: Mapping[str, Any]) -> None:
    """Hands it over."""
    config.extra[_MADE] = made


def made_of(config: MkDocsConfig) -> Mapping[str, Any]:
    """What was handed over; nothing before the end of a build."""
    return cast(Mapping[str, Any], config.extra.get(_MADE, {}))


def part_of(config: MkDocsConfig) -> Part | None:
    """What is built, if that is a part."""
    return cast(Part | None, config.extra.get(_KEY))


@contextmanager
def shown(config: MkDocsConfig, part: Part) -> Iterator[None]:
    """Shows MkDocs a part alone; afterwards it is as it was."""
    config.extra[_KEY] = part
    populate, write, template = build._populate_page, build._build_page, build._build_theme_template
    with (
        _replaced(build, "get_files", lambda config: _files(config, part)),
        _replaced(build, "_populate_page", _only(part, populate)),
        _replaced(build, "_build_page", _only(part, write)),
        _replaced(build, "_build_theme_template", lambda name, *more: _changes(part, name) and template(name, *more)),
        _replaced(Files, "add_files_from_theme", lambda *_: None),
    ):
        yield
    del config.extra[_KEY]


@contextmanager
def _replaced(owner: Any, name: str, by: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _files(config: MkDocsConfig, part: Part) -> Files:
    """Files of the pages that are made, and of those to which these link."""
    names = sorted(name for name in part.pages | part.beside if Path(config.docs_dir, name).is_file())
    return Files([File(name, config.docs_dir, config.site_dir, config.use_directory_urls) for name in names])


def _changes(part: Part, name: str) -> bool:
    """Whether a page that is no page of the site's own can be another than before."""
    return part.whole and name == "sitemap.xml"


def _only(part: Part, do: Callable[..., None]) -> Callable[..., None]:
    """The same, for the pages of the part; of the others MkDocs wants the address."""

    def done(page: Page, *arguments: Any, **settings: Any) -> None:
        if page.file.src_uri in part.pages:
            do(page, *arguments, **settings)

    return done

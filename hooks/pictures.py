"""Pictures, which stand in ``docs/assets/`` for all languages: static-i18n gives them to the default one alone."""

from __future__ import annotations

from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from bitext.checks.places import ASSETS
from bitext.output.part import part_of


@event_priority(-200)  # after static-i18n
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Lets the pages of every language show them; there is one copy of each on the site."""
    docs, part = Path(config.docs_dir), part_of(config)
    names = part.beside if part else (path.relative_to(docs).as_posix() for path in (docs / ASSETS).rglob("*"))
    for name in sorted(names):
        if name.startswith(f"{ASSETS}/") and (docs / name).is_file() and name not in files.src_uris:
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files

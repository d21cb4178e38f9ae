"""The theme's style sheet without the rules for what this site never shows: half of the sheet's weight."""

from __future__ import annotations

from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from mkdocs.config.defaults import MkDocsConfig

from bitext.fast.theme import kept

SHEETS = "assets/stylesheets/main.*.css"


def on_post_build(config: MkDocsConfig) -> None:
    """Writes the style sheet again. What is lean already stays as it is."""
    for path in Path(config.site_dir).glob(SHEETS):
        import tinycss2  # a part build, which has no style sheet to write, does without

        from bitext.output import lean

        sources = (Path(lean.__file__), Path(tinycss2.__file__))
        path.write_text(kept(path.read_text(encoding="utf-8"), lean.lean, sources), encoding="utf-8")

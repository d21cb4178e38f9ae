"""What the next part build has to know of this build, for whoever runs it."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable
from _part import made
from _run import building_other_language
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from bitext.output.part import keep, part_of, wanted


@event_priority(-300)  # when all has been written
def on_post_build(config: MkDocsConfig) -> None:
    """Hands it over at the end of the run."""
    if wanted(config) and not building_other_language(config):
        keep(config, made(config, part_of(config)))

"""Pages that cannot be built stop the build before MkDocs touches the site folder: ``check.py`` has the same gate."""

from __future__ import annotations

from pathlib import Path

import _library  # noqa: F401 - makes bitext importable
from _part import begin_part
from _run import start, started
from _site import BrokenSiteError, read_data
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from bitext.checks.ids import Ids
from bitext.output.part import part_of


def on_pre_build(config: MkDocsConfig) -> None:
    """Looks at every file and reads every page, once in a run; in a part build, at those that have changed."""
    if started(config):
        return
    part = part_of(config)
    try:
        if part:
            begin_part(config, part)
            return
        from bitext.checks import gate  # all checks; a part build needs a few

        data = read_data()
        known = Ids(frozenset(topic.id for topic in data.topics), frozenset(data.tags))
        if findings := gate.unfit(_shown(Path(config.docs_dir)), known):
            raise BrokenSiteError(findings)
        start(config, data)
    except (BrokenSiteError, ValueError) as error:
        raise PluginError(f"the site was not built:\n{error}") from None


def _shown(path: Path) -> Path:
    """A path as people see it from where they started."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

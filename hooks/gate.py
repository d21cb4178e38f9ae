"""A page that cannot be built stops the build before MkDocs touches the site folder."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable
from _run import start
from _site import BrokenSiteError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError


def on_pre_build(config: MkDocsConfig) -> None:
    """Reads every page of both languages."""
    try:
        start(config)
    except BrokenSiteError as error:
        raise PluginError(f"the site was not built:\n{error}") from None

"""One page for addresses that lead nowhere, in both languages; static-i18n lets the last language overwrite it."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable
from _run import language
from _site import DEFAULT
from mkdocs.config.defaults import MkDocsConfig


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page as the default language made it: an empty one is not written."""
    return "" if template_name == "404.html" and language(config) != DEFAULT else output_content

"""Lever: the front matter of a page is parsed once, and its text is read for MkDocs once.

The gate, the site and MkDocs each read and parse all pages.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from bitext import front_matter
from bitext.model import Finding, FrontMatter


def pull() -> None:
    """Takes the place of what reads front matter, and of ``Page.read_source``, whose work ``hooks/article.py`` does."""
    slow = front_matter.read
    known: dict[str, FrontMatter] = {}

    def read(yaml: str, path: str) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
        if yaml in known:
            return known[yaml], ()
        found, findings = slow(yaml, path)
        if found and not findings:
            known[yaml] = found
        return found, findings

    def read_source(self: Page, config: MkDocsConfig) -> None:  # noqa: ARG001
        self.markdown, self.meta = "", {}

    front_matter.read = read
    Page.read_source = read_source  # type: ignore[method-assign]

"""Lever: a page is read once, and forgotten when it is written.

The gate, the site and MkDocs each read and parse all pages, and the corpus and the feeds take the bodies apart again.
MkDocs keeps the HTML of all pages to the end.
"""

from __future__ import annotations

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from bitext import front_matter
from bitext.model import Finding, FrontMatter


def pull() -> None:
    """Takes the place of what reads front matter, and of ``Page.read_source``, whose work ``hooks/article.py`` does."""
    slow, build_page = front_matter.read, build._build_page
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

    def written(page: Page, *arguments: object, **settings: object) -> None:
        build_page(page, *arguments, **settings)  # type: ignore[arg-type]
        page.content = page.markdown = None

    front_matter.read = read
    Page.read_source = read_source  # type: ignore[method-assign]
    build._build_page = written

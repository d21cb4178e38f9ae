"""Markdown as pages may use it: raw HTML is text; what would act in spite of that stops the build, with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import _library  # noqa: F401 - makes bitext importable
from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from bitext.fast.plain import PlainHtml
from bitext.markup import slug
from bitext.model import Finding

if TYPE_CHECKING:
    from bitext.output.clean import Difference


class PlainText(Extension):
    """Shows raw HTML as text, as ``bitext.markup`` has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Takes out what lets HTML through."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Adds the extension, once in a run; headings without an id get one from their text in any script."""
    extensions: list[object] = config.markdown_extensions  # type: ignore[assignment]
    if not any(isinstance(extension, PlainText) for extension in extensions):
        extensions.append(PlainText())
    config.mdx_configs.setdefault("toc", {})["slugify"] = slug
    return config


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The same HTML. The gate has refused all that acts by its Markdown; this looks at what Markdown made of it.

    A plain page is made of known pieces and escaped text (``bitext.fast.plain``), so there is nothing to look for.
    """
    if isinstance(html, PlainHtml):
        return html
    from bitext.output import clean  # few pages need it

    if found := clean.difference(html):
        path = Path(page.file.abs_src_path or page.file.src_uri)
        raise PluginError(f"the site was not built:\n{refusal(found, path)}")
    return html


def refusal(found: Difference, path: Path) -> Finding:
    """What is said of a page, at the line of the paragraph if it has an id."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    mark = re.search(rf"\{{[^{{}}\n]*#{found.bead}\b", text) if found.bead else None
    line = text.count("\n", 0, mark.start()) + 1 if mark else 1
    step = "Write it as text: a backslash before brackets and braces, &lt; for <."
    expected = "text, links and pictures that do nothing by themselves"
    said = f"{found.found} in or after this paragraph"
    return Finding(str(path), "markup", said, expected, step, line, severity="error")

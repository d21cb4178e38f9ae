"""Lever: a page is looked at while it is in memory, written once, and forgotten.

MkDocs writes a page and keeps its HTML to the end; the last look (``bitext.output.verify``) would read it again, parse
it, and write it again with its policy.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, cast

import mkdocs
from material.plugins.search.plugin import SearchPlugin
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from bitext.fast.shells import Shell, Shells
from bitext.output import policy
from bitext.output.document import Document, parse
from bitext.output.look import Look, look
from bitext.output.put import put
from bitext.output.seen import FOLDERS
from bitext.output.verify import Looked, looked_at
from bitext.stamps import folders_of

_LOG = logging.getLogger(build.__name__)
_KEY = "bitext_beside"
_MARK = "data-search-"
"""Begins what a page may say to the theme's search, and what that takes away."""


def pull() -> None:
    """Takes the place of what writes a page, and of what the theme's search looks for in it."""
    slow, look_for_marks = build._build_page, SearchPlugin.on_page_context

    def build_page(
        page: Page,
        config: MkDocsConfig,
        doc_files: Any,
        nav: Navigation,
        env: Any,
        dirty: bool = False,
        excluded: bool = False,
    ) -> None:
        if dirty or excluded:
            slow(page, config, doc_files, nav, env, dirty, excluded)
        else:
            _built(page, config, doc_files, nav, env)
        page.content = page.markdown = None

    def on_page_context(self: Any, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        if not page.meta.get("search", {}).get("exclude") or _MARK in (page.content or ""):
            look_for_marks(self, context, page=page, config=config, nav=nav)

    build._build_page, SearchPlugin.on_page_context = build_page, on_page_context


def _built(page: Page, config: MkDocsConfig, files: Any, nav: Navigation, env: Any) -> None:
    """As MkDocs does it."""
    config._current_page = page
    page.active = True
    try:
        template = env.get_template(page.meta.get("template", "main.html"))
        context = _context(page, config, files, nav, env)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        output = config.plugins.on_post_page(template.render(context), page=page, config=config)
        if output and not output.isspace():
            _write(output, template, page.file.abs_dest_path, looked_at(config))
        else:
            _LOG.info("Page skipped: '%s'. Generated empty output.", page.file.src_uri)
    except Exception as error:
        reason = "" if isinstance(error, BuildError) else f" {error}"  # which whoever takes it up says
        _LOG.error("Error building page '%s':%s", page.file.src_uri, reason)
        raise
    finally:
        page.active = False
        config._current_page = None


def _context(page: Page, config: MkDocsConfig, files: Any, nav: Navigation, env: Any) -> TemplateContext:
    """What MkDocs tells every template; all pages of a folder see style sheets and scripts at the same addresses."""
    if not hasattr(env, _KEY):
        setattr(env, _KEY, ({}, _folders(config)))
    known, apart = getattr(env, _KEY)
    folder = page.url[: page.url.rfind("/", 0, -1) + 1] or "/"
    if not page.url or not FOLDERS.fullmatch(page.url) or page.url in apart:
        folder = page.url
    if folder not in known:
        base = utils.get_relative_url(".", page.url)
        known[folder] = {
            "base_url": base,
            "extra_css": [utils.normalize_url(path, page, base) for path in config.extra_css],
            "extra_javascript": [utils.normalize_url(str(script), page, base) for script in config.extra_javascript],
            "mkdocs_version": mkdocs.__version__,
            "build_date_utc": utils.get_build_datetime(),
        }
    return cast(TemplateContext, {"nav": nav, "pages": files, **known[folder], "config": config, "page": page})


def _folders(config: MkDocsConfig) -> set[str]:
    """Folders in which style sheets and scripts stand: seen from there they have other addresses."""
    return folders_of(map(str, (*config.extra_css, *config.extra_javascript)))


def _write(output: str, template: Any, path: str, looked: Looked | None) -> None:
    """Writes a page; if somebody wants to know what pages say, with its policy."""
    if looked is None or "\r" in output:  # which who reads the file does not see
        put(path, output.encode("utf-8", errors="xmlcharrefreplace"))
        return
    document = _document(output, template, Path(path))
    content = policy.governed(output, document).encode("utf-8", errors="xmlcharrefreplace")
    looked.add(document, len(content))
    put(path, content)


def _document(output: str, template: Any, path: Path) -> Document:
    """What a page says: by its shell, if it has one, else by parsing it."""
    if isinstance(template, Shells) and template.filled and template.filled[0] is output:
        _, shell, texts = template.filled
        found = _look(shell)
        if found and (document := found.document(texts, path)):
            return document
    return parse(output, path)


_looks: dict[int, tuple[Shell, Look | None]] = {}


def _look(shell: Shell) -> Look | None:
    """What is to be looked at in the pages of a shell, found once."""
    if id(shell) not in _looks:
        _looks[id(shell)] = shell, look(shell.pieces[::2], shell.holes, shell.body)
    return _looks[id(shell)][1]

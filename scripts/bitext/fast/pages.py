"""Lever: a page is looked at while it is in memory, written once, and forgotten.

MkDocs writes a page and keeps its HTML to the end; the last look (``bitext.output.verify``) would read it again, parse
it, and write it again with its policy.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
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
from mkdocs_static_i18n.plugin import I18n

from bitext.fast.shells import Filled, Shell, Shells
from bitext.output import policy
from bitext.output.document import parse
from bitext.output.look import Look, look
from bitext.output.put import put
from bitext.output.seen import FOLDERS
from bitext.output.verify import Looked, looked_at
from bitext.stamps import folders_of

_LOG = logging.getLogger(build.__name__)
_KEY = "bitext_beside"
_BREAK = "\0"
"""Stands between texts: hardly any page has it in one."""
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
        render = template.fill if isinstance(template, Shells) else template.render
        made, looked = render(cast(dict[str, Any], context)), looked_at(config)
        if looked is None or isinstance(made, str) or not _unread(config) or not _put(made, page, looked):
            html = made if isinstance(made, str) else made.page()
            output = config.plugins.on_post_page(html, page=page, config=config)
            if output and not output.isspace():
                _write(output, page.file.abs_dest_path, looked)
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


def _unread(config: MkDocsConfig) -> bool:
    """Whether nobody wants to see the HTML of pages: static-i18n asks for it in the name of another plugin only."""
    asked = config.plugins.events.get("post_page", [])
    return "with-pdf" not in config.plugins and all(isinstance(getattr(each, "__self__", None), I18n) for each in asked)


def _write(output: str, path: str, looked: Looked | None) -> None:
    """Writes a page; if somebody wants to know what pages say, with its policy."""
    if looked is None or "\r" in output:  # which who reads the file does not see
        put(path, _encoded(output))
        return
    document = parse(output, Path(path))
    content = _encoded(policy.governed(output, document))
    looked.add(document, len(content))
    put(path, content)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for all pages of a shell."""

    shell: Shell
    look: Look | None
    pieces: tuple[bytes, ...]
    """As they are written, with the policy."""


def _put(made: Filled, page: Page, looked: Looked) -> bool:
    """Writes a page from its shell; false if the page has to be looked at as a whole."""
    known, path = _known(made.shell), page.file.abs_dest_path
    document = known.look.document(made.texts, Path(path)) if known.look else None
    if document is None:
        return False
    texts = _encoded(_BREAK.join(made.texts)).split(_BREAK.encode())  # at once, in a third of the time
    if len(texts) != len(made.texts):
        return False
    pieces = list(known.pieces)
    pieces[1::2] = [texts[hole] for hole in made.shell.holes]
    content = b"".join(pieces)
    if b"\r" in content:
        return False
    looked.add(document, len(content))
    put(path, content)
    return True


_shells: dict[int, _Known] = {}


def _known(shell: Shell) -> _Known:
    """What is known of a shell, found once."""
    if id(shell) not in _shells:
        found, pieces = look(shell.pieces[::2], shell.holes, shell.body), list(shell.pieces)
        if found and (first := policy.governed_by(found.scripts, pieces[0])):
            pieces[0] = first
        else:
            found = None
        _shells[id(shell)] = _Known(shell, found, tuple(map(_encoded, pieces)))
    return _shells[id(shell)]

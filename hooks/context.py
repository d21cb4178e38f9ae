"""What templates are given: the view of the page, the words of the site, the addresses of both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import _library  # noqa: F401 - makes bitext importable
import jinja2
from _behind import marked
from _corpus import licence_of
from _counterpart import alternates, is_stub, same_page
from _run import language, place, run_of
from _shelf import topic_link
from _site import DEFAULT, address, other, url
from _views import ArticleView, View
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from bitext.model import LANGS, Lang

SITEMAP = "sitemap.xml"


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG001
    """What every template of a language may use."""
    lang, run = language(config), run_of(config)
    env.filters["marked_behind"] = marked
    env.globals.update(
        language=lang,
        other_language=other(lang),
        words=run.shelves[lang].words,
        words_of={code: shelf.words for code, shelf in run.shelves.items()},
        topics=[topic_link(run.site, topic.id, lang) for topic in run.site.topics],
        digests=licence_of(config) is not None,  # the project's own texts, not pages from elsewhere
        countries=[escape(country[lang]) for country in run.site.countries],
        tags_url=url(lang, "tags/index.md"),
        counterpart=url(other(lang), "index.md"),
    )
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:  # noqa: ARG001
    """What the template of one page may use."""
    lang, path = place(page.file.src_uri)
    run = run_of(config)
    context["view"] = run.views[lang][path]
    context["counterpart"] = url(other(lang), same_page(run, lang, path))
    context["translate_url"] = page.edit_url or _new_page_url(config, lang, path)
    context["repository"] = repository_links(config, run.views[lang][path])
    context["alternates"] = alternates(run, path, config.site_url or "")
    return context


@dataclass(frozen=True, slots=True)
class RepositoryLinks:
    """Addresses at the host of the repository; empty for what it does not have."""

    history: str = ""
    """What was changed on the page, when and by whom."""
    raw: str = ""
    """The text as received."""
    raw_history: str = ""


def repository_links(config: MkDocsConfig, view: View) -> RepositoryLinks:
    """Where an article comes from, at hosts that have ``blob/`` and ``commits/`` beside ``edit/`` (GitHub, GitLab).

    Nothing where ``edit_uri`` is not of that form.
    """
    where = _where(config.edit_uri or "")
    if not where or not config.repo_url or not isinstance(view, ArticleView):
        return RepositoryLinks()
    root = f"{config.repo_url.rstrip('/')}/{where[1]}"
    page, raw = f"docs/{view.lang}/{view.path}", quote(view.raw)
    return RepositoryLinks(
        f"{root}commits/{where[2]}{page}" if view.in_repository else "",
        f"{root}blob/{where[2]}{raw}" if raw else "",
        f"{root}commits/{where[2]}{raw}" if raw else "",
    )


@cache
def _where(edit_uri: str) -> re.Match[str] | None:
    return re.fullmatch(r"((?:.*/)?)edit/(.+/)docs/", edit_uri)


def _new_page_url(config: MkDocsConfig, lang: Lang, path: str) -> str:
    """Where the host of the repository lets a person write the page that is missing."""
    folder, _, name = f"{lang}/{path}".rpartition("/")
    new = (config.edit_uri or "").replace("edit/", "new/", 1)
    return f"{config.repo_url}/{new}{folder}?filename={name}" if config.repo_url and new else ""


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The addresses that the sitemap announces: those of both languages, with the last one."""
    if template_name == SITEMAP and language(config) != DEFAULT:
        run, root = run_of(config), config.site_url or ""
        context["addresses"] = [
            (address(root, lang, path), alternates(run, path, root))
            for lang in LANGS
            for path in run.views[lang]
            if not is_stub(run, lang, path)
        ]
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """MkDocs makes a sitemap with each language; an empty one is not written."""
    return "" if template_name == SITEMAP and language(config) == DEFAULT else output_content

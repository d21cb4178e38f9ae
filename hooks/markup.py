"""Markdown as pages may use it: raw HTML is text, and so is every attribute that could act."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

import _library  # noqa: F401 - makes bitext importable
from markdown import Extension, Markdown
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from mkdocs.config.defaults import MkDocsConfig

ATTRIBUTES = frozenset({"id", "class", "lang", "href", "src", "alt", "title", "align", "start", "colspan", "rowspan"})
"""Attributes that a page's text may set."""
_SCHEME = re.compile(r"([^/?#]*):")
_SCHEMES = frozenset({"http", "https", "mailto"})
_OTHER_HOST = re.compile(r"[/\\\\]{2}")
# Browsers skip these inside an address, so that "java\tscript:" is one.
_SKIPPED = re.compile(r"[\x00-\x20]")


class Inert(Treeprocessor):
    """Drops attributes that could run a script, and addresses that do."""

    def run(self, root: Element) -> None:
        """The same tree, inert."""
        for element in root.iter():
            for name in [name for name, value in element.attrib.items() if not _harmless(name, value)]:
                del element.attrib[name]


def _harmless(name: str, value: str) -> bool:
    if name == "id":
        return not value.startswith("__")  # those are the theme's
    if name == "href":
        scheme = _SCHEME.match(_address(value))
        return scheme is None or scheme[1].lower() in _SCHEMES
    if name == "src":  # pictures come from this site: a reader's visit is nobody else's business
        address = _address(value)
        return not _SCHEME.match(address) and not _OTHER_HOST.match(address)
    return name in ATTRIBUTES


def _address(value: str) -> str:
    """An address as a browser will read it."""
    return _SKIPPED.sub("", html.unescape(value.replace(AMP_SUBSTITUTE, "&")))


def slug(text: str, separator: str) -> str:
    """Id of a heading that has none, from its text in any script; ids that begin with low lines are the theme's."""
    return slugify_unicode(text, separator).strip("_")


class PlainText(Extension):
    """Shows raw HTML as text, as ``bitext.markup`` has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Takes out what lets HTML through and puts :class:`Inert` at the end."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(Inert(md), "inert", -10)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Adds the extension, once in a run; headings without an id get one from their text in any script."""
    extensions: list[object] = config.markdown_extensions  # type: ignore[assignment]
    if not any(isinstance(extension, PlainText) for extension in extensions):
        extensions.append(PlainText())
    config.mdx_configs.setdefault("toc", {})["slugify"] = slug
    return config

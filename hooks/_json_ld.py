"""What an article says to search engines of itself: a NewsArticle of schema.org, as JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import _library  # noqa: F401 - makes bitext importable
from _shelf import Shelf
from _site import DEFAULT, Article, address, other
from markupsafe import Markup

_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""Characters that could end the script element or, in old parsers, a line of it."""

_UNSAFE_ONES = re.compile(f"[{''.join(map(chr, _UNSAFE))}]")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Node = dict[str, Any]


def script(node: Mapping[str, Any]) -> Markup:
    r"""JSON that can stand inside a script element.

    >>> print(script({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = _json(node)
    return Markup(text.translate(_UNSAFE) if _UNSAFE_ONES.search(text) else text)


def news_article(shelf: Shelf, article: Article, site_name: str, root: str, licence: str) -> Node:
    """The article as a node; what is unknown is left out.

    Nobody says which language a text was first written in, but the property needs a direction: the default language of
    the site counts as the work, the other one as its translation.

    :param root: address of the site.
    :param licence: address of its terms, or nothing.
    """
    meta, lang = article.front_matter, article.lang
    own = _address(article, root)
    site = {"@type": "WebSite", "@id": address(root, lang, "index.md"), "name": site_name}
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": own,
            "url": own,
            "mainEntityOfPage": own,
            "headline": meta.title,
            "description": meta.description,
            "inLanguage": lang,
            "datePublished": meta.date,
            "articleSection": shelf.site.topic(article.topic).name[lang],
            "keywords": [shelf.site.tags.get(tag, {lang: tag})[lang] for tag in meta.tags],
            "creditText": meta.source,
            "isBasedOn": meta.source_url,
            "license": licence,
            "isPartOf": [site, *_references(_overview(shelf, article), root)],
            "hasPart": _references(_parts(shelf, article), root),
            "workTranslation" if lang == DEFAULT else "translationOfWork": _translation(shelf, article, root),
        }
    )


def _known(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}


def _address(article: Article, root: str) -> str:
    return address(root, article.lang, article.path)


def _reference(article: Article, root: str) -> Node:
    name = article.front_matter.title
    return {"@type": "NewsArticle", "@id": _address(article, root), "name": name, "inLanguage": article.lang}


def _references(articles: Iterable[Article], root: str) -> list[Node]:
    return [_reference(article, root) for article in articles if not article.stub]


def _translation(shelf: Shelf, article: Article, root: str) -> Node | None:
    return next(iter(_references([shelf.site.articles[other(article.lang)][article.path]], root)), None)


def _overview(shelf: Shelf, article: Article) -> list[Article]:
    """The roundup that the article is a part of."""
    series = article.front_matter.series
    return [each for each in shelf.by_series[series.id] if not each.part] if series and article.part else []


def _parts(shelf: Shelf, article: Article) -> list[Article]:
    """The parts of the roundup that the article is the overview of, in their order."""
    series = article.front_matter.series
    members = shelf.by_series[series.id] if series and not article.part else ()
    return sorted((each for each in members if each.part), key=lambda each: each.part)

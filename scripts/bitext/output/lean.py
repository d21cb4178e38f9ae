"""A style sheet of the theme without the rules for what this site never shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

UNUSED = (
    *(
        "admonition",
        "annotate",
        "arithmatex",
        "codehilite",
        "critic",
        "emojione",
        "footnote",
        "gemoji",
        "grid",
        "headerlink",
    ),
    *("highlight", "highlighttable", "keys", "linenos", "mermaid", "tabbed-", "task-list", "twemoji"),
    *(
        "abstract",
        "attention",
        "bug",
        "caution",
        "check",
        "cite",
        "danger",
        "done",
        "error",
        "example",
        "fail",
        "failure",
    ),
    *(
        "faq",
        "help",
        "hint",
        "important",
        "info",
        "missing",
        "note",
        "question",
        "quote",
        "seealso",
        "snippet",
        "success",
    ),
    *("summary", "tip", "tldr", "todo", "warning"),
    *("md-annotation", "md-author", "md-banner", "md-clipboard", "md-code__", "md-consent", "md-content__button"),
    *("md-feedback", "md-footer__direction", "md-footer__link", "md-meta", "md-nav--integrated", "md-nav--lifted"),
    *("md-nav--primary", "md-pagination", "md-path", "md-post", "md-profile", "md-select", "md-social", "md-source"),
    *("md-status", "md-tooltip", "md-version"),
)
"""Beginnings of classes that belong to extensions and features of the theme which mkdocs.yml does not turn on."""
_CLASS = re.compile(rf"\.({'|'.join(map(re.escape, UNUSED))})(?![a-z])|\.(tabbed-|md-code__)")
_ICON = re.compile(
    r"--md-(admonition|annotation|clipboard|code|footnotes|source|status|tabbed|tasklist|tooltip|version)-.*icon"
)


def lean(css: str) -> str:
    """A style sheet without the selectors that name a class of :data:`UNUSED`, and without their icons."""
    return "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _rules(rules: Sequence[Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors, body = _selectors(rule.prelude), _body(rule.content)
            if selectors and body:
                yield f"{selectors}{{{body}}}"
        elif isinstance(rule, AtRule) and rule.content is not None and rule.lower_at_keyword in {"media", "supports"}:
            inside = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        else:
            yield str(rule.serialize())


def _selectors(prelude: Sequence[Node]) -> str:
    parts: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    kept = [text for part in parts if not _CLASS.search(text := tinycss2.serialize(part))]
    return ",".join(kept)


def _body(content: Sequence[Node]) -> str:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if not all(isinstance(each, Declaration) for each in found):
        return str(tinycss2.serialize(content))
    return ";".join(str(each.serialize()).removesuffix(";") for each in found if not _ICON.match(each.name))

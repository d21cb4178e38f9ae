"""Lever: the front matter of a page is parsed once, without a parser of YAML, and its text is read for MkDocs once.

The gate, the site and MkDocs each read and parse all pages. Front matter of which each line is a key with a plain
text, a date, a text in quotes or a list of ids, as the project itself writes it, says the same to any reader; all else
goes to the parser.
"""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from bitext import front_matter, strict_yaml
from bitext.model import Finding, FrontMatter

_ID = r"(?!(?:true|false|null)\b)[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LINE = re.compile(
    r"(?P<key>[a-z]+(?:_[a-z]+)*): (?:"
    r"(?P<text>(?!(?:true|false|null)$)[^\W\d_](?:(?!: | #|:$).)*(?<! )|\d{4}-\d\d(?:-\d\d)?)"
    r'|"(?P<quoted>[^"\\]+)"'
    rf"|\[(?P<ids>{_ID}(?:, {_ID})*)\])"
)


def simple(yaml: str) -> strict_yaml.Map | None:
    r"""What ``bitext.front_matter.data_of`` gives for front matter in this form; ``None`` for any other.

    >>> simple('title: "One: two"\ndate: 2024-08-09\ntopics: [trade, culture]\n')
    {'title': 'One: two', 'date': '2024-08-09', 'topics': ['trade', 'culture']}
    >>> simple("series:\n  part: 1")
    """
    data = strict_yaml.Map()
    data.line = 2
    for number, line in enumerate(yaml.removesuffix("\n").split("\n"), data.line):
        found = _LINE.fullmatch(line) if line.isprintable() else None
        if not found or found["key"] in data:
            return None
        key, text, quoted, ids = found.groups()
        data[key], data.lines[key] = text or quoted or _listed(ids, number), number
    return data


def _listed(ids: str, line: int) -> strict_yaml.Seq:
    found = strict_yaml.Seq()
    found += ids.split(", ")
    found.lines, found.line = [line] * len(found), line
    return found


def pull() -> None:
    """Takes the place of what reads front matter, and of ``Page.read_source``, whose work ``hooks/article.py`` does."""
    slow, slow_data = front_matter.read, front_matter.data_of
    known: dict[str, FrontMatter] = {}

    def data_of(yaml: str) -> strict_yaml.Value:
        return simple(yaml) or slow_data(yaml)

    def read(yaml: str, path: str) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
        if yaml in known:
            return known[yaml], ()
        found, findings = slow(yaml, path)
        if found and not findings:
            known[yaml] = found
        return found, findings

    def read_source(self: Page, config: MkDocsConfig) -> None:  # noqa: ARG001
        self.markdown, self.meta = "", {}

    front_matter.read, front_matter.data_of = read, data_of  # type: ignore[assignment]
    Page.read_source = read_source  # type: ignore[method-assign]

"""What must hold for any bytes: as a source, as front matter, as a page. Each proof says whether they were taken."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.whole import assert_whole

from bitext import doors, front_matter, knowledge, lexicon, markup, page, pipeline
from bitext.checks import known, unfit
from bitext.compose import compose
from bitext.model import Page
from bitext.output import clean
from bitext.read import SourceError

_REFUSAL = re.compile(r"sources/[^/\n:]+(:\d+)?: \S.*\n    \S")
_FINDING = re.compile(r"docs/zh/trade/a\.md(:\d+)?(:\d+)?: [a-z ]+: \S")
_PAGE = "docs/zh/trade/a.md"
_SITE = ("toc", "tables", "fenced_code", "attr_list", "sane_lists")
"""Extensions of mkdocs.yml, and those that MkDocs adds."""


def shown(html: str) -> str:
    """What a reader sees, without blanks: blocks are parted by them."""
    return "".join(markup.text_of(html).split())


@cache
def _tools() -> tuple[knowledge.Knowledge, lexicon.Lexicon, known.Known, Any]:
    found = knowledge.load()
    return found, lexicon.Lexicon(found.glossary, found.english), known.known(found), markup.renderer(_SITE)


def pages(data: bytes, name: str) -> tuple[Page, ...]:
    """Pages of a source; none if it is refused."""
    facts, words, _, _ = _tools()
    try:
        source = doors.source_text(data, Path("sources", name))
    except SourceError:
        return ()
    return compose(pipeline.understand(source, facts, words), facts).pages


def converted(data: bytes, name: str = "mutant.txt") -> bool:
    """A source is refused in one line, or becomes pages that hold all of it, read back and can be shown."""
    facts, words, checked, reader = _tools()
    told = ""
    try:
        source = doors.source_text(data, Path("sources", name))
    except SourceError as error:
        told = str(error)
    if told:
        assert _REFUSAL.match(told), told
        return False
    article = pipeline.understand(source, facts, words)
    made = compose(article, facts)
    assert_whole(article, made)
    for one in made.pages:
        text, path = page.render(one), f"docs/{one.lang}/{one.path}"
        assert page.parse(text, path) == one
        assert unfit.unbuildable(text, path, checked) == []
        html = reader.reset().convert(text.split("\n---\n", 1)[1])
        assert clean.difference(html) is None
        assert shown(html) == "".join("".join(part.text for part in one.parts).split())
    return True


def front_matter_read(data: bytes) -> bool:
    """Front matter is read, or told what is wrong with it, with file and line."""
    found, findings = front_matter.read(data.decode("utf-8", "replace"), _PAGE)
    assert (found is None) == bool(findings)
    assert all(_FINDING.match(str(finding)) for finding in findings), findings
    return found is not None


def page_shown(data: bytes) -> bool:
    """A page is told what is wrong with it, or shown without anything that acts."""
    _, _, checked, reader = _tools()
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    findings = unfit.unbuildable(text, _PAGE, checked)
    if findings:
        assert all(_FINDING.match(str(finding)) for finding in findings), findings
        return False
    split = front_matter.split(text)
    assert split is not None
    assert clean.difference(reader.reset().convert(split[1])) is None
    return True

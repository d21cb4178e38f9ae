"""What the fast way makes of a plain page is what Python-Markdown, the contract of pages and the gate make of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext import front_matter, markup, page
from bitext.checks.ids import Ids
from bitext.checks.unfit import unbuildable
from bitext.fast.fit import fit
from bitext.fast.plain import parts, plain
from bitext.model import LANGS

HEAD = "---\ntitle: A\ntopics: [trade]\nsource_id: a\n---\n"
KNOWN = Ids(frozenset({"trade"}), frozenset())
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))
site_markup = importlib.import_module("markup")


def slow(body: str) -> tuple[str, list[tuple[int, str, str]]]:
    """HTML and headings as MkDocs gets them."""
    extensions = ["toc", "tables", "fenced_code", "attr_list", "sane_lists", site_markup.PlainText()]
    settings = {"toc": {"permalink": False, "slugify": site_markup.slug}, "tables": {"use_align_attribute": True}}
    converter: Any = markdown.Markdown(extensions=extensions, extension_configs=settings)
    return converter.convert(body), list(_flat(converter.toc_tokens))


def _flat(tokens: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        yield token["level"], token["id"], token["name"]
        yield from _flat(token["children"])


def same(body: str) -> bool:
    """Whether a page went the fast way; it then is what the long way makes of it."""
    body = "\n".join(body.splitlines())  # as static-i18n hands it on
    found = plain(body)
    if found:
        html, headings = slow(body)
        assert found.html == html
        assert list(found.headings) == headings
    for lang in LANGS:
        assert parts(body, lang) in (None, tuple(page._part(block, lang) for block in page._blocks(body, 1)))
    if fit(body):
        assert unbuildable(f"{HEAD}{body}", "en/trade/a.md", KNOWN) == []
    return found is not None


@pytest.mark.parametrize("case", Table("plain").cases("plain"))
def test_case(case: dict[str, Any]) -> None:
    assert same(case["input"]) is case["expected"]


def test_pages_of_this_repository() -> None:
    bodies = [pieces[1] for path in (ROOT / "docs").rglob("*.md") if (pieces := front_matter.split(path.read_text()))]
    assert sum(map(same, bodies)) > 0.8 * len(bodies)


WRITTEN = st.text(st.sampled_from("aZ9 .,-#>*_[]()!\\&<;中。'\""), min_size=1, max_size=20)
SIGNS = st.sampled_from(list("aB1 .:-#>*_`[](){}<&;!|\\\"'~=+^$/中文，。—\u3000\t\n")) | st.sampled_from(
    ["\n\n", "  \n", "{ #p1 }", "\u202e", "&lt", "~" * 65,
     "\n{ #p2 }", "\n{ #p3 .caption }", "\n{ lang=en }", "## ", "### ", "1. ", "- ", "&amp;", "\\."]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(SIGNS, max_size=30).map("".join))
def test_any_text(body: str) -> None:
    same(body)


@settings(max_examples=200, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=4))
def test_any_text_as_the_converter_writes_it(texts: list[str]) -> None:
    lines = [markup.escape(text) for text in texts if markup.visible(text)]
    same("\n\n".join(f"{line}\n{{ #p{at} }}" for at, line in enumerate(lines)))

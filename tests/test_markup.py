"""What a source says is what the built page shows."""

import itertools
from pathlib import Path

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bitext import markup, strict_yaml
from bitext.model import FrontMatter, Page, Part
from bitext.page import render

CASES = strict_yaml.load((Path(__file__).parent / "cases/markdown.yml").read_text("utf-8"), "markdown.yml")["cases"]
MORE = (*markup.EXTENSIONS, "abbr", "admonition", "def_list", "fenced_code", "toc")
SIGNS = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|&;:=~^$?@\"'/ 1a中x"), max_size=30)
TEXTS = st.one_of(st.text(), SIGNS, st.lists(st.sampled_from([case["text"] for case in CASES])).map(" ".join))
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "td", "th", "dt", "dd"}
KINDS = ("paragraph", "caption", "heading2", "heading3", "item")


def shown(page: Page, extensions: tuple[str, ...]) -> list[str]:
    """Visible text of every block of the page as a browser has it."""
    body = render(page).split("\n---\n", 1)[1]
    tree = html5lib.parse(markup.renderer(extensions).convert(body), namespaceHTMLElements=False)
    return [markup.visible("".join(block.itertext())) for block in tree.iter() if _innermost(block)]


def _innermost(element) -> bool:
    return element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element)


def page_of(*parts: Part) -> Page:
    return Page("en", "trade/x.md", FrontMatter("x", ("trade",), "x"), parts)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_page_shows_the_text_of_its_source(case):
    expected = case.get("shown", case["text"])
    for extensions, kind, bead in itertools.product((markup.EXTENSIONS, MORE), KINDS, ("", "p4")):
        assert shown(page_of(Part(kind, case["text"], bead)), extensions) == [expected], (extensions, kind, bead)
    assert markup.visible(case["text"]) == expected
    assert markup.unescape(markup.escape(case["text"])) == expected


@given(st.lists(st.tuples(st.sampled_from(KINDS), TEXTS, st.sampled_from(["", "p1"])), max_size=4))
@example([("paragraph", "a", ""), ("paragraph", "===", "")])
@example([("item", "a", ""), ("paragraph", "    b", "p1"), ("item", "- c", "")])
def test_any_text_at_all_is_shown(blocks):
    parts = [Part(kind, text, f"{bead}{'abcd'[n]}" if bead else "") for n, (kind, text, bead) in enumerate(blocks)]
    expected = [text for part in parts if (text := markup.visible(part.text))]
    assert shown(page_of(*parts), markup.EXTENSIONS) == expected
    assert shown(page_of(*parts), MORE) == expected


@given(TEXTS)
def test_unescaping_gives_the_text_back(text):
    assert markup.unescape(markup.escape(text)) == markup.visible(text)


@given(st.text())
def test_plain_is_stable_and_loses_blanks_and_unshowable_characters_only(text):
    once = markup.visible(text)
    assert markup.visible(once) == once
    assert "".join(once.split()) == "".join(markup.UNSHOWABLE.sub("", text).split())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold** and *slanted*", "bold and slanted"),
        ("[a link](https://example.org)", "a link"),
        ("`code` here", "code here"),
        ("plain &nbsp; blank", "plain \u00a0 blank"),
        ("snake_case stays", "snake_case stays"),
        ("<b>tags are text</b>", "<b>tags are text</b>"),
    ],
)
def test_markup_of_people_is_read_as_what_it_shows(markdown, text):
    assert markup.unescape(markdown) == text


LONG = ["[" * 4000, ("> " * 2000).strip(), "<a " * 4000 + "x", "![a](" * 2000]


@pytest.mark.parametrize("line", LONG, ids=lambda line: line[:5])
def test_a_line_of_signs_does_not_hold_the_reader_up(line):
    assert markup.unescape(line) == line

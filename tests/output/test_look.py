"""What is said of a page by its shell is what a parser finds in it, whatever stands in its holes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bitext.output.document import Document, parse
from bitext.output.look import Look, look

HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>{0}</title>'
BODY = (
    '</head><body><script>let a</script><a href="../{1}/">{2}</a><a href="https://a.example/x">b</a><i id="x{3}">c</i>'
    '<p title="{4}">d</p><script type="application/ld+json">{5}</script><div>\n{6}\n</div></body></html>'
)
PAGE = HEAD + BODY
COUNT = 7
QUIET = ["a", "b", "c", "d", "e", '{"f":1}', '<p id="p1">g</p>']
LISTS = (
    '<section class="a" data-long><h2 id="y2024">a</h2><ul class="b"><li data-tags="a b"><a href="../../c/">'
    '<span lang="en">c</span></a> <time datetime="2024">d</time></li></ul></section>'
)
PLAIN = (
    '<h2 id="p2">a</h2>\n<p class="caption" id="p3" lang="en">b<a class="bt-term" href="../../g/#h" title="i">j</a></p>'
)


def shell(page: str) -> tuple[list[str], list[int]]:
    """Pieces of a page and the numbers of the texts between them."""
    pieces = re.split(r"\{([0-9])\}", page)
    return pieces[::2], [int(number) for number in pieces[1::2]]


def filled(page: str, texts: list[str]) -> str:
    pieces, holes = shell(page)
    return "".join(piece + text for piece, text in zip(pieces, [*(texts[hole] for hole in holes), ""], strict=True))


def look_at(page: str) -> Look | None:
    return look(*shell(page), COUNT - 1)


def said(found: Document) -> tuple[object, ...]:
    addresses = frozenset((*found.addresses, *found.shared))
    return addresses, sorted(found.ids), found.scripts, frozenset(found.acting)


def same(page: str, texts: list[str]) -> bool:
    """Whether a page was not parsed; what is said of it then is what a parser says."""
    found = look_at(page)
    document = found.document(texts, Path()) if found else None
    if document:
        assert said(document) == said(parse(filled(page, texts), Path()))
    return document is not None


def test_a_page_of_texts_is_not_parsed() -> None:
    assert same(PAGE, QUIET)
    assert same(PAGE, [*QUIET[:6], PLAIN])
    assert same(PAGE, [*QUIET[:6], LISTS])
    assert same(PAGE, ["a > b & c 'd' \"e\" -->", "b", "\"'>&amp;", "d", "<b> & '", '{"--": "&"}', ""])


@pytest.mark.parametrize("hole", range(COUNT))
@pytest.mark.parametrize(
    "text",
    [
        "<script>let b</script>",
        '"><script>let b</script>',
        '" onclick="x',
        "</title><script>let b</script>",
        "</script><img src=x onerror=y>",
        "<!--",
        "<",
        '"',
        "&quot; onclick=&quot;x",
        "&#106;",
        "a\x00b",
        "a\rb",
    ],
)
def test_a_text_that_breaks_out_is_seen(hole: int, text: str) -> None:
    same(PAGE, [*QUIET[:hole], text, *QUIET[hole + 1 :]])


@pytest.mark.parametrize(
    "body",
    [
        '<p onclick="x">a</p>',
        '<p style="x">a</p>',
        '<a class="bt-term" href="javascript:x" title="a">b</a>',
        '<a class="bt-term" href="../g/" title="a" onclick="x">b</a>',
        '<a href="x" href="y">b</a>',
        '<a id="a" href="x">b</a>',
        '<a href="x&amp;y">b</a>',
        '<img src="x">',
        "<p hidden>a</p>",
        "<table><tr><td>a",
        "<p",
        "<p>a</p><script>let b</script>",
        "<p id='a'>b</p>",
        '<p id="a&amp;b">c</p>',
        "<!-- <p>a</p>",
        "</div></body>",
        "<svg><a>",
    ],
)
def test_a_body_with_more_than_texts_is_parsed(body: str) -> None:
    texts = [*QUIET[:6], body]
    if same(PAGE, texts):  # then it is known that an address acts
        assert parse(filled(PAGE, texts), Path()).acting


@pytest.mark.parametrize(
    "place",
    [
        "<p title={4}>",
        "<p title='{4}'>",
        "<p {4}>",
        "<{4}>",
        "<!-- {4} -->",
        "<script>let a = '{4}'</script>",
        "<style>{4}</style>",
        '<p onclick="{4}">',
        '<p style="{4}">',
        "<iframe>{4}</iframe>",
        "<textarea>{4}</textarea>",
        "<noscript>{4}</noscript>",
        '<a href="{4}">e</a>',
        '<a href=" {4}:x">e</a>',
        "<plaintext>{4}",
        "<svg><![CDATA[{4}]]></svg>",
        "<template>{4}</template>",
        "&{4};",
        '<a href="&{4};">',
        '<script type="application/json">"<{4}"</script>',
        "<!DOCTYPE {4}>",
        '<p title="<{4}>',
    ],
)
@pytest.mark.parametrize(
    "text", ["e", "javascript:x", "--><script>let b</script>", "' onclick='x", "x onclick=y", "a b"]
)
def test_wherever_a_hole_is(place: str, text: str) -> None:
    page = PAGE.replace('<p title="{4}">', place)
    same(page, [*QUIET[:4], text, *QUIET[5:]])


@pytest.mark.parametrize(
    "place",
    [
        '<b id="b"><div>{6}</div></b>',
        "<p>{6}</p>",
        "<a href='x'>{6}</a>",
        '<p title="{6}">',
        "<script>{6}</script>",
        "{6}{6}",
    ],
)
def test_a_body_stands_where_bodies_stand(place: str) -> None:
    assert look_at(PAGE.replace("{6}", place)) is None


TEXT = st.lists(st.sampled_from([*"ab<>\"'&/= ;!-", "on", "script", "href=", "id=", "&quot;", "</p>"]), max_size=6).map(
    "".join
)
TAGS = st.lists(st.sampled_from([*re.findall(r"<[^>]*>|\w", PLAIN + LISTS), "<", ">", '"']), max_size=8).map("".join)


@settings(max_examples=400, deadline=None)
@example(["a", "b", "c", "d", "e", "f"], "<p><a><p>")
@given(st.lists(TEXT, min_size=6, max_size=6), TAGS)
def test_any_texts(texts: list[str], body: str) -> None:
    same(PAGE, [*texts, body])

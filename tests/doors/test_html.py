"""A saved page gives its visible text."""

import contextlib
import random
import re
import time
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.table import Table

from bitext import doors
from bitext.doors import html
from bitext.read import SourceError

TABLE = Table("doors")
PATH = Path("a.html")


def read(page, encoding=None):
    return doors.source_text(page if isinstance(page, bytes) else page.encode(), PATH, encoding)


@pytest.mark.parametrize("case", TABLE.cases("html"))
def test_visible_text(case):
    assert [line for line in read(case["file"]).lines if line] == case["lines"]


def test_blank_lines_stand_between_blocks_not_at_breaks():
    assert read("<p>一<br>二<br><br>三</p><p>四").lines == ("一", "二", "", "三", "", "四")


def test_headings_are_handed_on_by_their_lines():
    assert read("<p>一</p><h1>二<br>三</h1><table><tr><td><h4>四</h4></table>").headings == ((3, 1), (4, 1), (6, 4))


def test_what_is_left_behind_is_recorded():
    changes = read("<p>一</p><script>x</script><p hidden>二 三</p><a href=u>四</a><!-- c -->").changes
    found = [(change.rule, change.line, change.before) for change in changes if change.rule != "markup"]
    assert found == [
        ("script or style", 3, ""), ("hidden element", 3, "二 三"), ("link target", 3, "u"), ("comment", 3, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "codec", "used"),
    [
        ("", "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8"),
        ("", "utf-16", "utf-16-le"),
        ("<meta charset=gb2312>", "gbk", "gb18030"),
        ("<META HTTP-EQUIV='Content-Type' content='text/html; charset=GBK'>", "gbk", "gb18030"),
        ('<?xml version="1.0" encoding="big5"?>', "big5", "big5hkscs"),
        ("<!-- <meta charset=big5> --><meta charset='utf-8'>", "utf-8", "utf-8"),
        ("<meta charset=utf-16>", "utf-8", "utf-8"),
        ("<meta charset=big5>", "utf-8-sig", "utf-8"),
    ],
)
def test_encodings_as_the_page_states_them(head, codec, used):
    found = read(f"{head}<p>水文站".encode(codec))
    assert (found.encoding, found.text) == (used, "水文站")


def test_an_editor_knows_better_than_the_page():
    assert read("<meta charset=big5><p>水文站".encode("gb18030"), "gb18030").text == "水文站"


@pytest.mark.parametrize("name", ["utf-7", "punycode", "unicode_escape", "x-nobody", "rot13"])
def test_encodings_that_no_page_may_name(name):
    with pytest.raises(SourceError, match="states the unknown encoding"):
        read(f"<meta charset={name}><p>x")


TAGS = [
    "p", "div", "span", "b", "i", "a", "table", "tr", "td", "th", "ul", "li", "ol", "br", "hr", "h1", "font", "center",
    "form", "dl", "dd", "dt", "blockquote", "pre", "em", "section", "figure", "figcaption", "tbody", "caption", "label",
    "button", "u",
]  # fmt: skip


def soup(seed):
    """A page of tags opened and closed as it comes."""
    chance = random.Random(seed)
    page = ""
    for number in range(chance.randint(3, 14)):
        tag, draw = chance.choice(TAGS), chance.random()
        page += f"<{tag}>" if draw < 0.5 else f"</{tag}>" if draw < 0.8 else ""
        page += f" w{number} " if chance.random() < 0.7 else ""
        page += "</body></html>" if chance.random() < 0.03 else ""
    return page


def test_no_word_of_a_broken_page_is_lost():
    """The judge is a parser that follows the HTML standard to the letter."""
    for seed in range(400):
        page = soup(seed)
        words = sorted(re.findall(r"w\d+", "".join(html5lib.parse(page, namespaceHTMLElements=False).itertext())))
        assert sorted(re.findall(r"w\d+", " ".join(line.text for line in html.extract(page, PATH).lines))) == words, (
            page
        )


BOMBS = {
    "open formatting": lambda n: "<p>" + "".join(f"<b a={i}>" for i in range(n)) + "</p>" + "<p>x</p>" * n,
    "unclosed": lambda n: "<p>x" * n,
    "misnested": lambda n: "<b><i><p></b></i>x" * n,
    "links": lambda n: "<a href=x>" * n + "x",
    "signs": lambda n: "<" * n + "&" * n,
    "comments": lambda n: "<!--" * n + "x",
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x",
    "metas": lambda n: "<meta " * n + "x",
    "cells": lambda n: "<table>" + "<tr><td>x" * n,
    "items": lambda n: "<ol>" + "<li><a>x</a>" * n,
    "pictures": lambda n: "<img alt=xx>" * n,
    "bodies": lambda n: "</body" * n + ">x",
    "blanks": lambda n: "<p>" + " \n" * n + "x",
}


@pytest.mark.parametrize("name", BOMBS)
def test_time_grows_with_length(name):
    started = time.process_time()
    with contextlib.suppress(SourceError):
        read(BOMBS[name](20_000))
    assert time.process_time() - started < 5


PIECES = [
    *(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "水", "a ", "\n", "<", ">", "&", "&#0;", "&#xd800;",
    "<!--", "-->", "<![CDATA[", "<?x", "<!DOCTYPE", "\x00", "\x0b", "\u2028", "<script>", "</script>", "<pre>",
    "<meta charset=", "gb2312>", "<sup><a>1</a></sup>", "<li value=99999999999>", "<ol start=-3>", "<p hidden",
    "<svg>", "<math>", "<template>", "<o:p>", "<img alt='图'>", "<a\x0bb='", "\U0001f600",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_no_page_brings_it_down(pieces, codec):
    with contextlib.suppress(SourceError):
        source = read("".join(pieces).encode(codec))
        assert "\n".join(source.lines) == source.text
        assert all(source.lines[line - 1] for line, _ in source.headings)

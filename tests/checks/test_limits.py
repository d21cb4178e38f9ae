"""Nothing within the limits takes long to render, nothing beyond them is let through; no text of a source is beyond."""

import random
import time

import pytest
from tests.checks.pages import check, page

from bitext import front_matter
from bitext.checks import limits
from bitext.markup import escape, renderer

SECONDS = 2.0
"""For one page at the limit; 0.1 to 0.6 measured, and a machine may have other work."""
UNITS = (
    "[", "]", "![", "](", "[a](", "[a][", "[a](<", '[a](b "', "<", "<http://a", "<a@", "&", "&#", "&a;", "*",
    "*a ", "*a", "**a ", "_a ", "__a _b ", "*a_b*", "`", "`a", "``a`", "\\", "\\[", "&lt;", "{", "{a", "{ a='",
    "*a*{ ", "- ", "* ", "1. ", "> ", ">", "> - ", "# ", "#", "|", "|a", "=", "-", "- -", "a\n", "a\n\n",
    "a  \n", "- a\n", "    - a\n", "\t", "[a]: b\n", "[a]", "[[a]]", "!", "~", ":", "(", "x|y\n-|-\n", "\n\n",
    "' ", "x",
)  # fmt: skip


def seconds(body):
    converter = renderer(("attr_list", "sane_lists", "tables", "toc"))  # as mkdocs.yml has them
    start = time.process_time()
    converter.convert(body)
    return time.process_time() - start


def at_the_limit(unit, most=250_000):
    """As many of a unit, in blocks, as the limits let through."""
    block = unit
    while len(block) < limits.MAX_BLOCK // 2 and not list(limits.excess(block * 2)):
        block *= 2
    body = block.strip("\n") + "\n\n"
    while len(body) < most // 2 and not list(limits.excess(body * 2)):
        body *= 2
    return body


@pytest.mark.parametrize("unit", UNITS, ids=map(ascii, UNITS))
def test_a_page_at_the_limit_is_rendered_in_time(unit):
    body = at_the_limit(unit, 60_000)
    try:
        assert seconds(body) < SECONDS
    except (ValueError, RecursionError) as error:
        pytest.fail(f"{error} with {len(body)} characters")


@pytest.mark.parametrize("seed", range(60))
def test_mixtures_within_the_limits_are_rendered_in_time(seed):
    dice = random.Random(seed)
    pieces = dice.choices(UNITS, k=dice.randint(2, 4))
    body = "".join(dice.choices(pieces, k=4000))
    while list(limits.excess(body)):
        body = body[: len(body) * 2 // 3]
    assert seconds(body) < SECONDS


@pytest.mark.parametrize("unit", ["[", "![", "](", "[a](", "``a`", "\\[", "- - ", "1. ", "> ", "    - a\n", "## a\n\n"])
def test_what_takes_long_is_refused_at_once(tmp_path, unit):
    body = "a " * (unit == "\\[") + unit * (20_000 // len(unit)) + "b"
    if unit == "    - a\n":
        body = "\n".join("    " * depth + "- a" for depth in range(100))
    start = time.process_time()
    assert list(limits.excess(body))
    assert time.process_time() - start < 0.1
    found = check(tmp_path, {"en/trade/a.md": page(body)})
    assert any(line.startswith("docs/en/trade/a.md:") and ": limits: " in line for line in found)


@pytest.mark.parametrize("sign", ["[", "<", "`", "*", "> ", "- ", "# ", "=", "\u00b7", "(", "&a;"])
def test_no_text_of_a_source_is_beyond_a_limit(sign):
    assert list(limits.excess(escape(sign * 3000))) == []


def test_the_line_is_that_of_the_block():
    assert [line for line, *_ in limits.excess(f"a\n\nb\n\n{'[' * 101}\nc\n", 10)] == [14]


def test_the_text_below_front_matter_is_what_counts():
    assert front_matter.split(page("a"))[2] == 6

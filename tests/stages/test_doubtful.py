"""A doubtful line is page furniture if a neighbour is; what has a pair, or a text without a body, stays as it is."""

from dataclasses import replace

import pytest
from tests.reading import KNOWLEDGE

from bitext import doubtful
from bitext.model import Block

BODY = "The river rose by two metres in the night. By noon it had fallen again, and nobody in the two towns was hurt."
HAN = (
    "\u6c5f\u6c34\u4e00\u591c\u4e0a\u6da8\u4e24\u7c73\uff0c\u5230\u4e86\u4e2d\u5348\u53c8\u9000\u4e86\u4e0b\u53bb"
    "\uff0c\u4e24\u4e2a\u9547\u4e0a\u7684\u4eba\u90fd\u6ca1\u6709\u53d7\u4f24\u3002"
)


def page(*lines):
    """Blocks of a page, each ``role text``; what holds Han is Chinese."""
    found = []
    for number, line in enumerate(lines, start=1):
        role, _, text = line.partition(" ")
        lang = "en" if text.isascii() else "zh"
        reason = "rule site-menu" if role == "chrome" else ""
        found.append(Block(number, 0, 0, len(text), text, lang, role, reason, sure=role == "chrome"))
    return tuple(found)


def roles(*lines):
    return [block.role for block in doubtful.mark(page(*lines), KNOWLEDGE)]


def test_a_short_foreign_line_beside_furniture_is_furniture():
    found = roles(f"paragraph {BODY}", "paragraph Gardens of the north", "chrome Home")
    assert found == ["paragraph", "chrome", "chrome"]
    assert roles(f"paragraph {BODY}", "paragraph Gardens of the north") == ["paragraph", "paragraph"]


def test_words_of_the_text_are_no_furniture():
    assert roles(f"paragraph {BODY}", "paragraph The river and the towns", "chrome Home")[1] == "paragraph"


def test_a_line_with_its_pair_is_no_furniture():
    pair = "paragraph \u5317\u65b9\u7684\u82b1\u56ed"
    found = roles(f"paragraph {BODY}", f"paragraph {HAN}", "paragraph Gardens of the north", pair, "chrome Home")
    assert found == ["paragraph"] * 4 + ["chrome"]


def test_the_last_lines_of_a_page_are_furniture_whichever_their_words():
    last = ["paragraph Gardens of the north", "paragraph A spring market", "paragraph Mr Postman"]
    assert roles(f"paragraph {HAN}", f"paragraph {BODY}", *last)[2:] == ["chrome"] * 3
    announced = roles(f"paragraph {HAN}", f"paragraph {BODY}", "paragraph Also shown:", *last)
    assert announced[3:] == ["paragraph"] * 3


def test_without_running_text_nothing_tells_head_and_foot():
    assert roles("paragraph Gardens of the north", "chrome Home") == ["paragraph", "chrome"]


def test_a_turn_of_a_talk_is_no_furniture_however_short():
    said = [f"paragraph W: {BODY}", f"paragraph L: {BODY}", f"paragraph W: {BODY}"]
    assert roles(*said, "paragraph W: Gardens of", "chrome Home")[3] == "paragraph"
    assert roles(*said, "paragraph L: Gardens of", "chrome Home")[3] == "chrome"


def test_a_line_of_many_small_words_is_a_sentence_that_goes_on_elsewhere():
    body = (f"paragraph {BODY}", "chrome Home")
    assert roles(*body, "paragraph When we came back to it a week later the gate was shut")[2] == "paragraph"
    assert roles(*body, "paragraph How the north was won: a garden")[2] == "chrome"


def test_a_rule_of_dashes_is_no_furniture_to_stand_beside():
    dashes = page(f"paragraph {BODY}", "chrome -----", "paragraph Gardens of the north")
    found = doubtful.mark((dashes[0], replace(dashes[1], lang="none", reason="rule fence"), dashes[2]), KNOWLEDGE)
    assert [block.role for block in found] == ["paragraph", "chrome", "paragraph"]


def test_the_first_line_of_a_page_without_a_title_is_no_furniture():
    assert roles("paragraph Gardens of the north", f"paragraph {BODY}")[0] == "paragraph"
    assert roles("paragraph Gardens", "title The river and the towns", f"paragraph {BODY}")[0] == "chrome"


def test_a_day_in_figures_above_the_text_is_no_furniture():
    found = roles("chrome Home", "paragraph 2024-05-03 to 2024-05-09", f"paragraph {BODY}")
    assert found[1] != "chrome"


@pytest.mark.parametrize(
    ("above", "role"),
    [("paragraph Key words: gardens north", "chrome"), ("paragraph Abstract: gardens of the north", "paragraph")],
)
def test_key_words_without_an_abstract_are_links(above, role):
    line, text = page(above, f"paragraph {BODY}")
    name = "key-words" if role == "chrome" else "labelled-line"
    assert doubtful.mark((replace(line, reason=f"rule {name}", sure=True), text), KNOWLEDGE)[0].role == role


def test_key_words_of_both_languages_are_text():
    pair = "paragraph \u5173\u952e\u8bcd\uff1a\u82b1\u56ed"
    found = page("paragraph Key words: gardens north", pair, f"paragraph {BODY}")
    lines = (*(replace(block, reason="rule key-words", sure=True) for block in found[:2]), found[2])
    assert [block.role for block in doubtful.mark(lines, KNOWLEDGE)] == ["paragraph"] * 3


def test_links_above_the_title_are_furniture_from_the_one_beside_furniture_upwards():
    links = ["paragraph Gardens of the north in the spring", "paragraph Spring market sells flowers"]
    title = "title The river and the towns"
    assert roles(*links, "chrome Home", title, f"paragraph {BODY}")[:2] == ["chrome"] * 2
    links[1] = "paragraph The river rose again"
    assert roles(*links, "chrome Home", title, f"paragraph {BODY}")[0] == "paragraph"

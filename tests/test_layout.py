"""Head, body and foot of a text."""

from bitext.layout import RUNNING_SIZE, SHORT_SIZE, beside, is_running, is_short, layout
from bitext.model import Block

ZH = (
    "\u6c34\u7ad9\u5728\u4e94\u6708\u5411\u516c\u4f17\u5f00\u653e\uff0c\u5171\u6709\u516b\u5341\u4eba\u524d\u6765\u53c2\u89c2"
    "\uff0c\u7ad9\u957f\u4e3a\u5927\u5bb6\u4ecb\u7ecd\u6c34\u60c5\u3002"
)
EN = "The station opened to the public in May, and eighty people from the two towns came to see the river measured."


def block(text, lang, role="paragraph", line=1):
    return Block(line, 0, 0, len(text), text, lang, role)


def test_running_text_is_long_and_has_a_sentence_in_it():
    assert is_running(block(ZH, "zh"))
    assert is_running(block(EN, "en"))
    assert is_running(block(f"{EN} {EN[:-1]}", "en"))
    assert not is_running(block(EN[:-1], "en"))
    assert not is_running(block("The river rose.", "en"))
    assert not is_running(block(EN, "en", "caption"))
    assert not is_running(block(EN, "none"))


def test_short_lines_end_unlike_sentences():
    assert is_short(block("The river", "en"))
    assert not is_short(block("The river rose.", "en"))
    assert not is_short(block("The river,", "en"))
    assert not is_short(block("river " * 40, "en"))
    assert RUNNING_SIZE <= SHORT_SIZE


def test_layout_of_a_page():
    page = [block("Menu", "en"), block(ZH, "zh"), block("Head", "en"), block(EN, "en"), block("Foot", "en")]
    found = layout(page)
    assert (found.first, found.last, found.first_of) == (1, 3, {"zh": 1, "en": 3})


def test_a_page_without_running_text_is_all_head():
    found = layout([block("Menu", "en"), block("Foot", "en")])
    assert (found.first, found.last, found.first_of) == (2, -1, {})
    assert layout([]).first == 0


def test_what_stands_beside_a_line_is_of_the_other_language():
    page = [block("a", "en"), block("\u6c34", "zh"), block("12", "none"), block("b", "en"), block("c", "en")]
    assert [beside(page, index) for index in range(5)] == [(1,), (0,), (), (), ()]

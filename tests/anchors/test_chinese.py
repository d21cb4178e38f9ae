"""Chinese numerals: what an independent writer writes is read back; one form of every word; the edges of a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.anchors.numbers import find_quantities, load_numerals
from bitext.plain import simplify

ROOT = Path(__file__).parents[2]
NUMERALS = load_numerals(ROOT / "data/numerals.yml")
DIGITS = "零一二三四五六七八九"
round_numbers = st.integers(1, 999).map(lambda number: number * 10**8)
integers = st.one_of(st.integers(10, 9999), st.integers(10_000, 10**12 - 1), round_numbers)


def found(text):
    return find_quantities(text, "zh", NUMERALS)


def chinese_section(number):
    """1 to 9999 in Chinese, every digit with its power, one zero for each gap."""
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + unit
        gap = not digit
    return text


def chinese(number):
    """A whole number below 10**12 in Chinese."""
    text = ""
    for power, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, power)
        if section:
            text += ("零" if text and section < 1000 else "") + chinese_section(section) + unit
    return text


@pytest.mark.parametrize(
    ("number", "text"),
    [(2225, "二千二百二十五"), (30_005, "三万零五"), (120_000_000, "一亿二千万"), (101_000, "一十万一千")],
)
def test_the_writer_writes_what_people_write(number, text):
    assert chinese(number) == text


@given(integers)
def test_chinese_numerals_are_read_back(number):
    assert [item.value for item in found(f"共{chinese(number)}人")] == [number]


def test_chinese_words_of_the_data_are_simplified():
    text = (ROOT / "data/numerals.yml").read_text(encoding="utf-8")
    assert simplify(text) == text  # traditional texts are simplified before they are read


@given(integers)
def test_traditional_characters_say_the_same(number):
    text = f"共{chinese(number)}个国家".translate(str.maketrans("万亿个国两", "萬億個國兩"))
    assert [item.value for item in found(text)] == [number]
    assert [item.surface for item in found(text)] == [text[1:-3]]


@pytest.mark.parametrize("word", ["统一", "周三", "第一时间", "一带一路", "九州", "大陆", "四周", "千万"])
def test_a_word_is_skipped_alone_and_inside_a_text(word):
    assert found(word) == found(f"关于{word}的问题") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("系统一百个", 100), ("每周三次", 3), ("四周年", 4), ("四季度", 4), ("三千万元", 3 * 10**7)],
)
def test_a_word_is_not_skipped_where_the_numeral_goes_on(text, value):
    assert [item.value for item in found(text)] == [value]

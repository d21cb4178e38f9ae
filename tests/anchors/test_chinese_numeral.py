"""Values of Chinese numerals by themselves."""

import pytest

from bitext.anchors.chinese_numeral import Characters

CHARACTERS = Characters(
    {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"两": 2},
    {"廿": 20, "卅": 30},
    {"十": 10, "百": 100, "千": 1000},
    {"万": 10**4, "亿": 10**8},
)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("廿五", 25), ("卅", 30), ("一百零五", 105), ("一百一", 110),
        ("两千两百二十五", 2225), ("三万五", 35_000), ("三万零五", 30_005), ("十万零一千", 101_000),
        ("一亿二千万", 120_000_000), ("一万亿", 10**12),
        ("三千五百万", 35_000_000), ("百万", 10**6), ("零", 0),
    ],
)  # fmt: skip
def test_value(numeral, value):
    assert CHARACTERS.value(numeral) == value


@pytest.mark.parametrize("numeral", ["", "一一", "百十百", "十五五", "零十", "二三"])
def test_what_is_no_numeral_has_no_value(numeral):
    assert CHARACTERS.value(numeral) is None


def test_pieces_cover_the_run_from_left_to_right():
    assert [(start, end, int(value)) for start, end, value in CHARACTERS.pieces("十五五")] == [(0, 2, 15), (2, 3, 5)]


@pytest.mark.parametrize(("run", "value"), [("二零二四", 2024), ("九八", 98), ("十五", None), ("", None)])
def test_digits_read_one_by_one(run, value):
    assert CHARACTERS.positional(run) == value


def test_powers():
    assert CHARACTERS.power("十万") == 10**5
    assert CHARACTERS.power("") == 1
    assert CHARACTERS.is_power("百万")
    assert not CHARACTERS.is_power("二百万")

"""Quantities of both languages: the table of cases, round trips, hostile input, the seeds."""

import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.anchors.numbers import find_quantities, load_numerals
from bitext.strict_yaml import load

ROOT = Path(__file__).parents[2]
CASES = load((ROOT / "tests/cases/numbers.yml").read_text(encoding="utf-8"), "numbers.yml")
TABLE = [
    pytest.param(lang, text, str(expected), id=f"{lang}: {group}: {text}")
    for lang, groups in CASES.items()
    for group, cases in groups.items()
    for text, expected in cases.items()
]
NUMERALS = load_numerals(ROOT / "data/numerals.yml")
KINDS = {"percent", "ordinal", "year", "currency", "vague"}


def found(text, lang):
    return find_quantities(text, lang, NUMERALS)


def stated(description):
    """A quantity of the table: value, kind, limit, currency, weak."""
    value, *rest = description.split()
    kind = next((word for word in rest if word in KINDS), "number")
    limit = next((word for word in rest if word in {"over", "under", "about"}), "")
    unit = next((word for word in rest if word.isupper()), "")
    return Fraction(value), kind, limit, unit, "weak" in rest


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE)
def test_table(lang, text, expected):
    want = [] if expected == "none" else [stated(item) for item in expected.split("; ")]
    got = [(item.value, item.kind, item.approximate, item.unit, item.weak) for item in found(text, lang)]
    assert got == want


def test_the_table_is_as_large_as_it_should_be():
    assert len(TABLE) >= 400
    assert Counter(case.values[2] for case in TABLE)["none"] >= 100


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE)
def test_surface_is_the_text_between_the_offsets_and_nothing_overlaps(lang, text, expected):
    end = 0
    for item in found(f"  {text}  ", lang):
        assert item.surface == f"  {text}  "[item.start : item.end]
        assert end <= item.start < item.end
        end = item.end


@given(st.integers(1, 10**15), st.sampled_from(["zh", "en"]))
def test_figures_are_read_back(number, lang):
    assert [item.value for item in found(f"x ({number:,})", lang)] == [number]


@given(st.integers(1, 99_999_999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_decimals_with_scales_say_the_same_in_both_languages(hundredths, scale):
    unit, power = scale
    figure = Fraction(hundredths, 100)
    zh = found(f"达{hundredths / 100:.2f}{unit}元", "zh")
    en = found(f"reached {hundredths * power // 100:,} yuan or {hundredths * power / 10**8:.6f} million yuan", "en")
    assert [item.value for item in zh] == [figure * power]
    assert [item.value for item in en] == [figure * power] * 2
    assert {item.unit for item in (*zh, *en)} == {"CNY"}


@given(st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_any_text_is_read_without_error(text, lang):
    for item in found(text, lang):
        assert text[item.start : item.end] == item.surface


numeric_text = st.text(alphabet="0123456789,.%第百千万亿两十余元年 -$abcdehnortuvwy", max_size=40)


@given(numeric_text, st.sampled_from(["zh", "en"]))
def test_no_figure_is_missed(text, lang):
    text = "x" + text  # a number at the very start may be that of a heading
    covered = {offset for item in found(text, lang) for offset in range(item.start, item.end)}
    assert [offset for offset, letter in enumerate(text) if letter.isdecimal() and offset not in covered] == []


HOSTILE = {
    "figures": "1", "numerals": "一二", "tens": "十", "powers": "万", "words": "one ", "joined": "hundred and ",
    "groups": ",123", "points": "1.", "fractions": "三分之", "pairs": "1至", "blanks": " ", "brackets": "（",
    "vague": "数十", "cheque": "壹拾", "articles": "a ", "half": "half a ",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_only(name, lang):
    def seconds(length):
        text = (HOSTILE[name] * length)[:length]
        start = time.process_time()
        found(text, lang)
        return time.process_time() - start

    # Twice the text in at most four times the time; a floor for what is too quick to measure.
    assert min(seconds(20_000) for _ in range(2)) <= max(4 * seconds(10_000), 0.3)


def test_an_endless_number_is_no_quantity():
    assert found("1" * 100_000, "zh") == found("1" * 100_000, "en") == ()
    assert found("十" * 100_000, "zh") == ()


def test_keys_are_shared_across_kinds_but_not_with_percentages():
    def keys(text, lang):
        return {item.key for item in found(text, lang)}

    assert keys("50周年", "zh") == keys("fifty years", "en")
    assert keys("630亿元", "zh") == keys("63 billion", "en")
    assert not keys("30%", "zh") & keys("30 people", "en")
    assert not keys("数百人", "zh") & keys("100 people", "en")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("一: 1,", "一: eins,", "一: found 'eins', expected a whole number or a fraction such as 1/2"),
        ("tenths: [成]", "tenths: 成", "tenths: found '成', expected a list of words"),
        ("  tens: {廿", "  speed: 3\n  tens: {廿", "speed: unknown key"),
        ("      over: [超,", "      more: [超,", "more: unknown, expected one of about, none, over, under"),
        ("  half: [半]\n", "", "half: missing"),
        ("  half: [半]", "  half: [5]", "half: found 5, expected a word"),
        ("  digits:", "  digits: {}\n  digits:", "key 'digits' again"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path, before, after, message):
    text = (ROOT / "data/numerals.yml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "numerals.yml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"numerals\.yml:\d+: ") as error:
        load_numerals(path)
    assert message in str(error.value)

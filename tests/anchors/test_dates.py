"""Dates of both languages: the table of cases, round trips, hostile input."""

import datetime
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.anchors.dates import find_dates, load_dates
from bitext.strict_yaml import load

ROOT = Path(__file__).parents[2]
CASES = load((ROOT / "tests/cases/dates.yml").read_text(encoding="utf-8"), "dates.yml")
TABLE = [
    pytest.param(lang, str(text), expected, id=f"{lang}: {group}: {text}")
    for lang, groups in CASES.items()
    for group, cases in groups.items()
    for text, expected in cases.items()
]
WORDS = load_dates(ROOT / "data/dates.yml")


def found(text, lang):
    return find_dates(text, lang, WORDS)


def shown(mention):
    """A mention as the table writes it."""

    def day(year, month, number):
        parts = [f"{year:04}" if year else "?", f"{month:02}" if month else "?", f"{number:02}" if number else ""]
        return "-".join(part for part in parts if part)

    text = day(mention.year, mention.month, mention.day)
    if mention.end_month or mention.end_day:
        text += f"..{day(mention.end_year, mention.end_month, mention.end_day)}"
    return " ".join(part for part in (text, mention.relative, "time" if mention.has_time else "") if part)


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE)
def test_table(lang, text, expected):
    assert "; ".join(map(shown, found(text, lang))) == ("" if expected == "none" else expected)


@pytest.mark.parametrize(("lang", "text", "expected"), TABLE)
def test_surface_is_the_text_between_the_offsets_and_nothing_overlaps(lang, text, expected):
    end = 0
    for mention in found(f"  {text}  ", lang):
        assert mention.surface == f"  {text}  "[mention.start : mention.end]
        assert end <= mention.start < mention.end
        end = mention.end


def test_the_table_is_as_large_as_it_should_be():
    assert len(TABLE) >= 200
    assert Counter(case.values[2] for case in TABLE)["none"] >= 60


dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
HAN = "〇一二三四五六七八九"


def han(number):
    """1 to 31 in Chinese."""
    tens, units = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[units] if units else "")


WRITERS = {
    "zh": [
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{''.join(HAN[int(n)] for n in str(d.year))}年{han(d.month)}月{han(d.day)}日",
        lambda d: d.isoformat(),
        lambda d: f"{d.year}/{d.month}/{d.day}",
    ],
    "en": [
        lambda d: f"{d:%B} {d.day}, {d.year}",
        lambda d: f"{d.day} {d:%b} {d.year}",
        lambda d: f"{d:%A}, {d:%b}. {d.day}, {d.year}" if d.month != 5 else f"{d:%B} {d.day}, {d.year}",
        lambda d: d.isoformat(),
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("writer", range(4))
@given(date=dates)
def test_what_is_written_is_read_back(lang, writer, date):
    text = f"（{WRITERS[lang][writer](date)}）"
    assert [mention.iso for mention in found(text, lang)] == [date.isoformat()]
    assert found(text, lang)[0].keys == (f"{date:%m-%d}",)


@given(dates, st.integers(1, 400))
def test_ranges_are_read_back_alike_in_both_languages(first, length):
    last = first + datetime.timedelta(days=length)
    zh = found(f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日", "zh")
    en = found(f"{first:%B} {first.day}, {first.year} to {last:%B} {last.day}, {last.year}", "en")
    assert [shown(mention) for mention in zh] == [shown(mention) for mention in en] == [f"{first}..{last}"]


@given(st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_any_text_is_read_without_error(text, lang):
    for mention in found(text, lang):
        assert text[mention.start : mention.end] == mention.surface


dated_text = st.text(alphabet="0123456789年月日至-/.:〇一二三十去今 AugustMay,thof", max_size=40)


@given(dated_text, st.sampled_from(["zh", "en"]))
def test_every_date_found_can_exist(text, lang):
    for mention in found(text, lang):
        for year, month, day in (
            (mention.year, mention.month, mention.day), (mention.end_year, mention.end_month, mention.end_day),
        ):  # fmt: skip
            datetime.date(year or 2000, month or 1, day or 1)


HOSTILE = {
    "months": "8月", "days": "1日至", "years": "2024年", "iso": "2024-", "May": "May ", "ranges": "May 5-",
    "figures": "1", "numerals": "十", "blanks": " ", "points": "1.", "weekdays": "Fri, ", "last": "last ",
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


def test_keys_of_both_languages_agree():
    zh, en = found("2025年2月25日至3月2日", "zh"), found("February 25 to March 2", "en")
    assert zh[0].keys == en[0].keys == ("02-25", "03-02")
    assert [mention.keys for mention in found("今年7月，25日", "zh")] == [("07",), ("-25",)]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("    1: [January, Jan]", "    13: [January, Jan]", "months: found '13', expected a number from 1 to 12"),
        ("    this: [今年, 本年]", "    now: [今年, 本年]", "now: unknown, expected one of last, next, this"),
        ("  year: [年]\n", "", "year: missing"),
        ("  ten: [十]", "  ten: 十", "ten: found '十', expected a list of words"),
        ("  at: [at]", "  at: [at]\n  on: [on]", "on: unknown key"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path, before, after, message):
    text = (ROOT / "data/dates.yml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "dates.yml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"dates\.yml:\d+: ") as error:
        load_dates(path)
    assert message in str(error.value)

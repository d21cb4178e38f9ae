"""Facts of a text: quantities without the parts of its dates; what the seeds call equal is equal."""

import json
from pathlib import Path

import pytest

from bitext.anchors import find_facts, load_fact_words

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
WORDS = load_fact_words(ROOT / "data")

# Rows in which one side states no number: six and three places against their names, a name, mu against hectares.
NOT_STATED_AS_NUMBERS = {(85, "六国"), (149, "三地"), (323, "数万亩"), (352, "酸角树新闻中心")}


def test_the_parts_of_a_date_are_no_quantities():
    facts = find_facts("2025年2月25日至26日，12家单位和115名代表参会", "zh", WORDS)
    assert [quantity.value for quantity in facts.quantities] == [12, 115]
    assert [date.iso for date in facts.dates] == ["2025-02-25"]
    facts = find_facts("From August 6 to August 7, 2024, twelve agencies met in room 2024", "en", WORDS)
    assert [quantity.value for quantity in facts.quantities] == [12, 2024]
    assert [date.keys for date in facts.dates] == [("08-06", "08-07")]


def keys(line, surface, lang):
    """Keys of all facts of a line that touch ``surface``."""
    facts = find_facts(line, lang, WORDS)
    spots = [start for start in range(len(line)) if line.startswith(surface, start)]
    assert spots, f"{surface!r} does not stand in the line"

    def touches(item):
        return any(item.start < spot + len(surface) and item.end > spot for spot in spots)

    found = {item.key for item in facts.quantities if touches(item)}
    return found | {key for item in facts.dates if touches(item) for key in item.keys}


def rows():
    """Every pair that the gold calls equal: lines and surfaces of both languages."""
    for path in sorted((SHARED / "gold/seeds").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        lines = (SHARED / "seeds" / f"{gold['id']}.txt").read_text(encoding="utf-8").split("\n")
        for row in gold["equal_numbers"]:
            yield row, lines[row["zh_line"] - 1], lines[row["en_line"] - 1]


@pytest.mark.seeds
@pytest.mark.skipif(not (SHARED / "gold/seeds").is_dir(), reason="the seeds are not there (../shared)")
def test_what_the_seeds_call_equal_is_equal():
    pairs = list(rows())
    missed = [
        (row["zh_line"], row["zh"], row["en"])
        for row, zh, en in pairs
        if not keys(zh, row["zh"], "zh") & keys(en, row["en"], "en")
        and not any(row["zh_line"] == line and name in row["zh"] for line, name in NOT_STATED_AS_NUMBERS)
    ]
    print(f"equal: {len(pairs) - len(missed) - len(NOT_STATED_AS_NUMBERS)} of {len(pairs)} rows")
    assert missed == []

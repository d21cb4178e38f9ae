"""Names of rules that code asks for are those that ``data/`` must have; no module spells such a reason by itself."""

import re
from pathlib import Path

from bitext.reasons import FURNITURE_RULES, LINE_RULES

LIBRARY = Path(__file__).parents[1] / "scripts" / "bitext"
CODE = {path.name: path.read_text("utf-8") for path in LIBRARY.glob("*.py")}
ASKED = re.compile(r"\brule\(\"([\w-]+)\"\)")


def test_each_name_is_asked_for():
    asked = {name for text in CODE.values() for name in ASKED.findall(text)}
    assert asked == {*FURNITURE_RULES, *LINE_RULES}


def test_no_module_spells_the_reason_of_a_rule():
    spelt = re.compile(r"[\"']rule (?:[\w-]+|\{[\w.]+\})?[\"']")
    assert [name for name, text in CODE.items() if name != "reasons.py" and spelt.search(text)] == []

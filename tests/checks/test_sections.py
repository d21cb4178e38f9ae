"""Every check is explained to contributors, in both languages, and its rule is a sentence."""

import re
from pathlib import Path

import pytest

from bitext.checks import places
from bitext.checks.gate import CHECKS, CORPUS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("file", "heading"), [("CONTRIBUTING.md", "## Checks"), ("CONTRIBUTING.zh.md", "## 检查")])
def test_every_check_has_its_section(file, heading):
    text = (ROOT / file).read_text("utf-8")
    section = re.split(r"\n## (?!#)", text.partition(f"\n{heading}\n")[2])[0]
    told = set(re.findall(r"^### (.+)$", section, re.MULTILINE))
    assert {*CHECKS, *CORPUS, places.CHECK} == told


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_the_docstring_of_a_check_is_its_rule(check):
    assert re.fullmatch(r"[A-Z][^.\n]+\.", check.__doc__)

"""The built pages are HTML as the standard has it, judged by a validator."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from tests.site.conftest import ROOT, Built
from tests.site.validating import Fault, faults

EXCEPTIONS = yaml.safe_load((ROOT / "tests" / "cases" / "html_exceptions.yml").read_text(encoding="utf-8"))


def excepted(fault: Fault) -> bool:
    return any(fault.rule == each["rule"] and re.search(each["where"], fault.where) for each in EXCEPTIONS)


@pytest.fixture(scope="module")
def found(built: Built) -> list[Fault]:
    return faults(built.site)


def test_no_fault_is_ours(found: list[Fault]) -> None:
    ours = [str(fault) for fault in found if not excepted(fault)]
    assert not ours, "\n".join(ours)


@pytest.mark.parametrize("each", EXCEPTIONS, ids=lambda each: each["rule"])
def test_what_is_excepted_is_there(found: list[Fault], each: dict[str, str]) -> None:
    assert any(fault.rule == each["rule"] and re.search(each["where"], fault.where) for fault in found)


FAULTS = {
    "element-permitted-content": "<p>a<div>b</div></p><ul><p>c</p></ul>",
    "no-dup-id": '<b id="twice">a</b><b id="twice">b</b>',
    "attribute-allowed-values": '<button type="strange">a</button>',
    "element-required-attributes": "<img alt='a'>",
    "close-order": "<b><i>a</b></i>",
    "deprecated": "<center>a</center>",
    "aria-label-misuse": "<p aria-label='a'>b</p>",
}


def test_each_fault_is_found(built: Built, tmp_path: Path) -> None:
    page = (built.site / "security" / "index.html").read_text(encoding="utf-8")
    for rule, html in FAULTS.items():
        (tmp_path / f"{rule}.html").write_text(page.replace("</article>", f"{html}</article>"), encoding="utf-8")
    shutil.copy(built.site / "security" / "index.html", tmp_path / "sound.html")
    told = {(fault.page.stem, fault.rule) for fault in faults(tmp_path) if not excepted(fault)}
    assert {(rule, rule) for rule in FAULTS} <= told
    assert not [rule for page, rule in told if page == "sound"]

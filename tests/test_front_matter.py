"""Front matter: every mistake has its line, and none is guessed away."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bitext import front_matter, strict_yaml
from bitext.model import FrontMatter

CASES = strict_yaml.load((Path(__file__).parent / "cases/front_matter.yml").read_text("utf-8"), "front_matter.yml")


@pytest.mark.parametrize("case", CASES["wrong"], ids=[case["label"] for case in CASES["wrong"]])
def test_mistakes(case):
    found, findings = front_matter.read(case["text"], "a.md")
    assert found is None
    assert [f"{finding.line}: {finding.found} | {finding.expected} | {finding.next_step}" for finding in findings] == [
        f"{line['line']}: {line['found']} | {line.get('expected', '')} | {line.get('step', '')}"
        for line in case["findings"]
    ]
    assert {finding.severity for finding in findings} == {"error"}


@pytest.mark.parametrize("case", CASES["right"], ids=[case["label"] for case in CASES["right"]])
def test_what_people_may_write(case):
    found, findings = front_matter.read("title: t\ntopics: [trade]\nsource_id: s\n" + case["text"], "a.md")
    assert findings == ()
    assert str(getattr(found, case["key"])) == case["value"]


def test_a_message_reads_well():
    _, findings = front_matter.read("title: t\ntopics: [trade]\nsource_id: s\ntopcis: x", "docs/en/trade/a.md")
    assert str(findings[0]) == (
        "docs/en/trade/a.md:5: front matter: unknown key 'topcis', expected one of title, title_derived, date, topics, "
        "tags, source, source_url, description, source_id, series\n    Did you mean 'topics'?"
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_every_reader_of_yaml_reads_the_same_text(text):
    written = front_matter.write(FrontMatter(text, ("no", "1"), "007"))
    body = written.removeprefix("---\n").removesuffix("---\n")
    theirs = yaml.safe_load(body)
    assert (theirs["title"], theirs["topics"], theirs["source_id"]) == (text, ["no", "1"], "007")
    ours = strict_yaml.load(body, "a.md")
    assert (ours["title"], ours["topics"], ours["source_id"]) == (text, ["no", "1"], "007")


@pytest.mark.parametrize("name", ["000_16ab", "老中铁路 座谈会", "a.b", "v1 (2)"])
def test_ids_of_sources(name):
    assert front_matter.valid_source_id(name)


REFUSED = ["", ".", "..", "../a", "a/b", "a..b", ".a", "a.", "a ", "-a", "a#1", "a\n", "a" * 101, "a\\b"]


@pytest.mark.parametrize("name", REFUSED)
def test_ids_that_are_refused(name):
    assert not front_matter.valid_source_id(name)

"""What builds the site is what was looked at: pins with hashes, actions by commit, jobs without needless rights."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINS = sorted(ROOT.glob("requirements*.txt"))
MORE = {"publish.yml: build": {"contents", "pages"}, "publish.yml: publish": {"pages", "id-token"}}
"""Jobs with rights of their own: to ask for the site's address, and to publish it."""


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_every_pin_has_a_hash(path):
    pins = re.split(r"\n(?=[\w.-]+==)", path.read_text("utf-8"))[1:]
    assert pins
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_may_do_no_more_than_it_needs(path):
    text = path.read_text("utf-8")
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for name, job in flow["jobs"].items():
        assert set(job.get("permissions", ())) == MORE.get(f"{path.name}: {name}", set())
        assert job["timeout-minutes"] <= 180
        for step in job["steps"]:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"a@{'0' * 40}")), step
            assert "${{" not in step.get("run", ""), "a value goes into a script through its environment"
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_code_has_owners():
    owned = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8")
    for place in ("/hooks/", "/scripts/", "/overrides/", "/mkdocs.yml", "/.github/", "/requirements"):
        assert re.search(rf"^{re.escape(place)}\S*\s+@", owned, re.MULTILINE), place


def test_what_is_done_every_night_and_with_every_release():
    flows = ROOT / ".github" / "workflows"
    nightly, publish = ((flows / name).read_text("utf-8") for name in ("nightly.yml", "publish.yml"))
    assert all(f"make {target}" in nightly for target in ("site", "audit", "properdocs", "nightly", "fuzz"))
    assert "cron:" in nightly
    assert "make sbom" in publish
    make = (ROOT / "Makefile").read_text("utf-8")
    assert "--require-hashes -r requirements.txt" in make
    assert "pip-audit --strict" in make

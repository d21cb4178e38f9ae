"""Levers change no byte of the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.benchmarks import articles

from bitext import fast

ROOT = Path(__file__).resolve().parents[2]


def build(docs: Path, site: Path, **environment: str) -> str:
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--docs", str(docs), "--site", str(site)]
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": "0", **environment}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tree(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("which", ["made", "own", "fixture"])
def test_the_site_is_the_same_without_levers(which: str, tmp_path: Path) -> None:
    docs = {"own": ROOT / "docs", "fixture": ROOT / "tests" / "site" / "docs"}.get(which, tmp_path / "docs")
    if which == "made":
        articles.write(docs, 60)
    build(docs, tmp_path / "slow", FAST="0")
    build(docs, tmp_path / "fast", FAST="1")
    slow, quick = tree(tmp_path / "slow"), tree(tmp_path / "fast")
    assert sorted(slow) == sorted(quick)
    assert [name for name, content in slow.items() if quick[name] != content] == []


def test_every_lever_is_there_and_is_named() -> None:
    folder = Path(fast.__file__).parent
    assert sorted(fast.LEVERS) == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def test_no_lever_is_pulled_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAST", "0")
    monkeypatch.setattr(fast, "import_module", pytest.fail)
    fast.pull()


@pytest.mark.slow
def test_a_site_is_built_again_unless_nothing_has_changed(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    articles.write(docs, 8)
    said = "nothing has changed"
    assert said not in build(docs, site)
    whole = tree(site)
    assert said in build(docs, site)
    (site / "index.html").write_text("poisoned", encoding="utf-8")
    assert said not in build(docs, site)
    assert tree(site) == whole
    page = next((docs / "en" / "trade").glob("*.md"))
    page.write_text(page.read_text(encoding="utf-8").replace("{ #p1 }", "More.\n{ #p1 }"), encoding="utf-8")
    assert said not in build(docs, site)
    assert tree(site) != whole
    assert said in build(docs, site)
    assert said not in build(docs, site, FAST="0")

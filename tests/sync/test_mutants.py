"""The tests would notice: one small thing at a time is made wrong in a copy of the code, and some test must fail.

The quick tests come first; what only shows when a run is killed is left to those that kill.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.table import Table

ROOT = Path(__file__).parents[2]
NIGHTLY = bool(os.environ.get("NIGHTLY"))
TESTS = (
    "tests/sync/test_rows.py",
    "tests/stages/test_publish.py",
    "tests/test_state.py",
    "tests/test_merge.py",
    "tests/sync/test_kill.py",
)
CASES = {(file, case["label"]): case for file, cases in Table("mutants").data.items() for case in cases}
ALL = list(CASES)
SAMPLE = ALL if NIGHTLY else ALL[::4]
"""By day a quarter of them: each takes some seconds."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """What the tests said of each mutant, found two at a time."""
    folders = [tmp_path_factory.mktemp("mutant") for _ in SAMPLE]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SAMPLE, pool.map(_tried, folders, SAMPLE), strict=True))


def _tried(folder: Path, mutant: tuple[str, str]) -> str:
    """The end of the tests' output over a copy of the code with one thing wrong; empty if they passed."""
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    target = folder / "scripts/bitext" / mutant[0]
    old, new = CASES[mutant]["before"], CASES[mutant]["after"]
    text = target.read_text("utf-8")
    assert text.count(old) == 1, f"{target.name} has no such place any more: {old}"
    target.write_text(text.replace(old, new), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *TESTS]
    options = ["-o", f"pythonpath={folder}/scripts {ROOT}", "--basetemp", str(folder / "tmp")]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*command, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout[-400:] if done.returncode else ""


@pytest.mark.slow
@pytest.mark.parametrize("mutant", SAMPLE, ids=": ".join)
def test_it_is_noticed(verdicts, mutant):
    assert " failed" in verdicts[mutant]


@pytest.mark.parametrize("mutant", ALL, ids=": ".join)
def test_the_place_of_every_mutant_is_there(mutant):
    text = (ROOT / "scripts/bitext" / mutant[0]).read_text("utf-8")
    assert text.count(CASES[mutant]["before"]) == 1


def test_there_are_enough_mutants():
    assert len(ALL) >= 40

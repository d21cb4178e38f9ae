"""Each command without its packages: one line and the next step, the exit code of what cannot run, nothing changed."""

import subprocess
import sys

import pytest
from tests.gold.corpus import ROOT

from bitext.packages import needed

COMMANDS = {
    "convert.py": ["--explain", "--json", "sources/railway-security-symposium.txt"],
    "check.py": [],
    "new.py": ["trade", "新港口开港", "A New Port Opens"],
    "build.py": [],
    "serve.py": [],
    "offline.py": [],
}


def test_every_command_is_tried():
    assert {path.name for path in (ROOT / "scripts").glob("*.py")} == set(COMMANDS)


@pytest.mark.parametrize("script", COMMANDS)
def test_without_packages(script, tmp_path):
    folders = ["--docs", str(tmp_path / "docs")] if "--explain" not in COMMANDS[script] else []
    command = [sys.executable, "-S", str(ROOT / "scripts" / script), *COMMANDS[script], *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 2
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{script}: the package '")
    assert first.endswith(f"is missing, expected in {sys.executable}")
    assert second == f"    make setup, then .venv/bin/python scripts/{script}"
    assert list(tmp_path.iterdir()) == []


def test_the_help_needs_no_package():
    for script in sorted({*COMMANDS}):
        command = [sys.executable, "-S", str(ROOT / "scripts" / script), "--help"]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0, script


def test_a_module_of_our_own_that_is_not_there_is_no_package():
    def lost():
        raise ModuleNotFoundError(name="bitext.lost")

    with pytest.raises(ModuleNotFoundError):
        needed(lost)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_exit_code_of_a_command_that_runs_is_its_own(code):
    assert needed(lambda: code) == code

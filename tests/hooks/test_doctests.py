from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

HOOKS = sorted(path.stem for path in (Path(__file__).resolve().parents[2] / "hooks").glob("*.py"))


@pytest.mark.parametrize("name", HOOKS)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0

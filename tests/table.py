"""Tables of cases, tests/cases/*.yml, as parameters of tests.

A group of a table is a list of mappings with a `label`, a list of lines, or a mapping from what goes in to what comes
out. What stands under `known_failures` (label or line: reason) is a defect that we know of: the test must fail, and the
day it does not, the entry goes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bitext import strict_yaml

FOLDER = Path(__file__).parent / "cases"


class Table:
    """One file of cases."""

    def __init__(self, name: str) -> None:
        file = FOLDER / f"{name}.yml"
        self.data = strict_yaml.load(file.read_text("utf-8"), str(file))
        self.known_failures = self.data.pop("known_failures", None) or {}

    def __getitem__(self, group: str) -> Any:
        return self.data[group]

    def cases(self, *groups: str) -> list[Any]:
        """Parameters of the groups: the case, the line, or the pair of what goes in and what comes out."""
        return [self._param(name, *values) for group in groups for name, values in _flat(group, self.data[group])]

    def of(self, found: Iterator[tuple[str, tuple[Any, ...]]]) -> list[Any]:
        """Parameters of cases that a test has put together itself, each with its name."""
        return [self._param(name, *values) for name, values in found]

    def _param(self, name: str, *values: Any) -> Any:
        reason = self.known_failures.get(name.partition(": ")[2]) or self.known_failures.get(name)
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        return pytest.param(*values, id=name, marks=marks)


def _flat(group: str, found: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if isinstance(found, dict):
        for given, expected in found.items():
            yield f"{group}: {given}", (given, expected)
        return
    for case in found:
        yield f"{group}: {case['label'] if isinstance(case, dict) else case}", (case,)

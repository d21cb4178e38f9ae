"""Every limit says in the code why it is what it is, and stands with its value in the table of SECURITY.md."""

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "scripts" / "bitext"
NAME = re.compile(r"MAX_[A-Z]+|LARGEST|HARDEST|MOST_FACTS")
ROW = re.compile(r"\| `(?P<module>[\w.]+)\.(?P<name>[A-Z_]+)` \| (?P<value>[^|]+) \| (?P<reason>[^|]+) \|")


def limits():
    """Name, and the words that stand below it or below the group of limits that it belongs to."""
    for path in sorted(LIBRARY.rglob("*.py")):
        body = ast.parse(path.read_text("utf-8")).body
        for place, node in enumerate(body):
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and NAME.fullmatch(target.id):
                module = ".".join(path.relative_to(LIBRARY).with_suffix("").parts)
                yield f"{module}.{target.id}", _words(body[place + 1])


def _words(node):
    value = node.value if isinstance(node, ast.Expr) else None
    return value.value if isinstance(value, ast.Constant) else ""


LIMITS = dict(limits())
TABLE = {f"{row['module']}.{row['name']}": row for row in ROW.finditer((ROOT / "SECURITY.md").read_text("utf-8"))}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_has_its_reason(name):
    assert len(LIMITS[name].split()) >= 4, f"{name} needs words below it that say why"
    assert name in TABLE, f"{name} needs a row in SECURITY.md"


@pytest.mark.parametrize("name", TABLE)
def test_the_table_says_what_holds(name):
    module, _, limit = name.rpartition(".")
    value = getattr(importlib.import_module(f"bitext.{module}"), limit)
    values = value.values() if isinstance(value, dict) else [value]
    told = {int(figure) for figure in re.findall(r"\d+", TABLE[name]["value"].replace(",", ""))}
    assert told == set(values)


def test_there_are_limits(capsys):
    with capsys.disabled():
        print(f"\nlimits: {len(LIMITS)}, each with its reason")
    assert len(LIMITS) >= 25

"""The tables of this folder."""

from pathlib import Path
from typing import Any

from bitext import strict_yaml

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    """All rows of all groups of a table."""
    path = FOLDER / f"{name}.yml"
    data = strict_yaml.load(path.read_text("utf-8"), str(path))
    return [row for group in data.values() for row in group]

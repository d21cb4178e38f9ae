"""Labelled texts: the project's own, those laid out as the pages of others are, and the shared seeds where at hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bitext import read
from bitext.model import SourceText

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and its labels."""

    source: SourceText
    gold: dict[str, Any]

    @property
    def id(self) -> str:
        """Name of the text."""
        return self.source.id


class StaleLabelsError(ValueError):
    """A text is no longer the one that was labelled."""


def own() -> list[Case]:
    """The project's own cases, by name; a text stands in ``texts/``, or in ``sources/`` if it is a source."""
    return list(_load(HERE / "cases", (HERE / "texts", ROOT / "sources")))


def field() -> list[Case]:
    """Texts of our own in layouts of the field, each labelled before the converter had read it, by name."""
    return list(_load(HERE / "field/cases", (HERE / "field/texts",)))


def seeds() -> list[Case]:
    """The shared seeds, by name; none where they are not at hand."""
    return list(_load(SHARED / "gold" / "seeds", (SHARED / "seeds",)))


def _load(labels: Path, folders: Iterable[Path]) -> Iterator[Case]:
    for file in sorted(labels.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        path = next((path for folder in folders if (path := folder / f"{file.stem}.txt").is_file()), None)
        if path is None:
            raise StaleLabelsError(f"{file}: no text\n    Put {file.stem}.txt into sources/ or tests/gold/texts/.")
        source = read.source_text(read.load(path), path)
        if gold.get("text_sha256", source.sha256) != source.sha256:
            step = f"Correct the labels, then text_sha256: {source.sha256}"
            raise StaleLabelsError(f"{file}: {path.name} is not the text that was labelled\n    {step}")
        yield Case(source, gold)


def fingerprint(cases: Iterable[Case]) -> str:
    """Hash of texts and labels: the same figures can be expected only of the same cases."""
    found = hashlib.sha256()
    for case in cases:
        found.update(json.dumps([case.id, case.source.sha256, case.gold], ensure_ascii=False, sort_keys=True).encode())
    return found.hexdigest()[:16]

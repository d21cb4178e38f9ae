"""The kinds of pages that the site has, as data, and the way to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

TABLE = Path(__file__).resolve().parents[1] / "cases" / "page_kinds.yml"
PREFIX = {"zh": "", "en": "en/"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A page of a kind, and what a reader does there."""

    kind: str
    address: str
    shows: str
    status: int = HTTPStatus.OK
    types: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return self.kind


def all_kinds() -> list[Kind]:
    """The rows of the table."""
    rows: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [Kind(**row) for row in rows]


def visit(page: Page, root: str, lang: str, kind: Kind) -> None:
    """Opens the page and does what its kind asks for."""
    answer = page.goto(f"{root}/{PREFIX[lang]}{kind.address}")
    assert answer is not None
    assert answer.status == kind.status
    if kind.types:
        page.keyboard.press("/")
        page.locator(".md-search__input:focus").wait_for()
        page.keyboard.insert_text(kind.types[lang])
    page.locator(kind.shows).first.wait_for()

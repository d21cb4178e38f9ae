"""Ids of the taxonomy: all that the checks know which a page must pass before it is built."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ids:
    """Topics and tags that a page may have."""

    topics: frozenset[str]
    tags: frozenset[str]

"""Lever: a setting of MkDocs is looked up without asking whether it is asked of a configuration.

Plugins, templates and hooks ask for some ninety settings a page. MkDocs asks each time whether it is an instance of a
class that other classes may join.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.base import BaseConfigOption


def pull() -> None:
    """Takes the place of what gives the value of a setting."""
    settings: Any = BaseConfigOption
    slow = settings.__get__

    def get(self: Any, found: Any, kind: Any = None) -> Any:
        try:
            return found.data[self._name]
        except (AttributeError, KeyError):
            return slow(self, found, kind)

    settings.__get__ = get

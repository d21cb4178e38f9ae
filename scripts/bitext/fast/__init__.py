"""Levers: what makes the build of the site fast and changes no byte of it.

Each is one module with a function ``pull``, which puts something that does the same in less time in the place of a
slow function of MkDocs, its theme or its plugin; what it cannot do it leaves to the slow one.
``FAST=0`` in the environment leaves all as they are; ``tests/fast`` compares the two sites byte for byte.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cache
from importlib import import_module

LEVERS = ("memory", "settings", "theme", "files", "sources", "plain", "fit", "terms", "shells", "pages")
"""Modules of this package, in the order in which they are pulled."""


def wanted(environment: dict[str, str] | None = None) -> bool:
    """Whether levers may be used.

    >>> wanted({}), wanted({"FAST": "0"})
    (True, False)
    """
    return (os.environ if environment is None else environment).get("FAST", "1") != "0"


def pull(but: Collection[str] = ()) -> None:
    """Pulls levers, each once in a process; none if ``FAST=0``.

    :param but: levers that do not pay for what is to be built.
    """
    for name in LEVERS if wanted() else ():
        if name not in but:
            _pull(name)


@cache
def _pull(name: str) -> None:
    import_module(f"{__name__}.{name}").pull()

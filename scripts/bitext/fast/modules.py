"""Lever: our own modules are compiled once, also where Python is told to leave no compiled ones beside the sources.

Containers and test machines often say so (``PYTHONDONTWRITEBYTECODE``); to compile these modules takes a tenth of a
part build. They are kept as Python keeps them, but below ``build/cache``.
"""

from __future__ import annotations

import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / "build" / "cache" / "modules"


class _Kept(SourceFileLoader):
    """Reads and writes compiled modules there."""

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of a module."""
        before = sys.pycache_prefix, sys.dont_write_bytecode
        sys.pycache_prefix, sys.dont_write_bytecode = str(CACHE), False
        try:
            return super().get_code(fullname)
        finally:
            sys.pycache_prefix, sys.dont_write_bytecode = before


def _finder(path: str) -> FileFinder:
    """A finder for our folders; all others go to Python's own."""
    if not Path(path).is_relative_to(ROOT / "scripts") and not Path(path).is_relative_to(ROOT / "hooks"):
        raise ImportError(path)
    return FileFinder(path, (_Kept, [".py"]))


def pull() -> None:
    """Takes the place of what finds modules in our folders."""
    if sys.dont_write_bytecode:
        sys.path_hooks.insert(0, _finder)
        sys.path_importer_cache.clear()

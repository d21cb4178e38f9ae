"""Lever: the theme is read once. Its compiled templates are kept, and its 14,000 icons are not walked over.

MkDocs makes a new environment for each language, which compiles the same templates again, and lists all files of the
theme with its folder of icons, only to leave out what stands below a dot.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.theme import Theme


class _Compiled(BytecodeCache):
    """Compiled templates of this process, by name, file and text."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(f"{bucket.key}/{bucket.checksum}"):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[f"{bucket.key}/{bucket.checksum}"] = bucket.bytecode_to_string()


class _Loader(jinja2.FileSystemLoader):
    """Lists templates without what stands below a folder that begins with a dot."""

    def list_templates(self) -> list[str]:
        return _listed(tuple(self.searchpath))


@cache
def _listed(folders: tuple[str, ...]) -> list[str]:
    found: set[str] = set()
    for folder in folders:
        for at, names, files in os.walk(folder):
            names[:] = [name for name in names if not name.startswith(".")]
            found.update(Path(at, file).relative_to(folder).as_posix() for file in files)
    return sorted(found)


def pull() -> None:
    """Takes the place of ``Theme.get_env``."""
    slow, compiled = Theme.get_env, _Compiled()

    def get_env(self: Theme) -> Any:
        env = slow(self)
        _listed.cache_clear()
        env.loader = _Loader(self.dirs)
        env.bytecode_cache = compiled
        return env

    Theme.get_env = get_env  # type: ignore[method-assign]

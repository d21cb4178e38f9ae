"""Lever: the theme is read once. Its compiled templates and lean style sheet are kept, its 14,000 icons passed over.

MkDocs makes a new environment for each language, which compiles the same templates again, and lists all files of the
theme with its folder of icons, only to leave out what stands below a dot. What was compiled is kept beside the compiled
modules of Python, from the text of each template and for one version of Python, as they are.
"""

from __future__ import annotations

import hashlib
import os
from collections import ChainMap
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import FileSystemBytecodeCache
from mkdocs.theme import Theme

from bitext.fast import wanted

CACHE = Path(__file__).resolve().parents[3] / "build" / "cache" / "templates"


def kept(text: str, make: Callable[[str], str], by: Iterable[Path]) -> str:
    """What a function makes of a text, kept beside the templates; with ``FAST=0`` it is made each time.

    :param by: files that say what it makes: kept for their content and this text alone.
    """
    if not wanted():
        return make(text)
    found = hashlib.blake2b(text.encode(), digest_size=16)
    for file in by:
        found.update(file.read_bytes())
    path = CACHE / f"{found.hexdigest()}.text"
    with suppress(OSError, ValueError):
        seal, _, made = path.read_text(encoding="utf-8").partition("\n")
        if seal == _seal(made):
            return made
    made = make(text)
    with suppress(OSError):
        CACHE.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(f"{_seal(made)}\n{made}", encoding="utf-8", newline="\n")
        beside.replace(path)
    return made


def _seal(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


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


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept; nothing if no file can be written there."""
    with suppress(OSError):
        CACHE.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(CACHE), "%s.cache") if os.access(CACHE, os.W_OK) else None


def pull() -> None:
    """Takes the place of ``Theme.get_env``.

    What all templates may use is a chain of mappings in Jinja, which is walked through for each import of a template;
    where a template has nothing of its own, it is that of the environment.
    """
    slow, compiled = Theme.get_env, _compiled()

    def get_env(self: Theme) -> Any:
        env: Any = slow(self)
        _listed.cache_clear()
        env.loader = _Loader(self.dirs)
        env.bytecode_cache = compiled
        env.make_globals = lambda more: ChainMap(more, env.globals) if more else env.globals
        return env

    Theme.get_env = get_env  # type: ignore[method-assign]

"""Which file below ``docs/`` is which page: people move files, copy them and put others in their place.

A page is known by the ``source_id`` that its file carries, whatever its name. Nothing here writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from bitext import strict_yaml
from bitext.model import Lang
from bitext.page import LANGS
from bitext.state import Folder, Lock, LockedPage, StateError

_ID_LINE = re.compile(r"^source_id:.*$", re.MULTILINE)


class Whereabouts:
    """Files and the ids they carry, as they are when this is made."""

    def __init__(self, docs: Folder, locks: Mapping[str, Lock], sources: Collection[str]) -> None:
        self.docs = docs
        self.live = frozenset(locks) | frozenset(sources)
        """Ids of sources that exist or once did; what a renamed source was called is not among them."""
        self.carried = {path: self._carried(path) for lang in LANGS for path in self._listed(lang)}
        """``source_id`` by path below ``docs/``; empty where none can be read."""
        self._files: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, source_id in self.carried.items():
            self._files[path[:2], source_id].append(path)

    def _listed(self, lang: Lang) -> list[str]:
        root = self.docs.root
        found = [path for path in (root / lang).glob("*/*.md") if path.name != "index.md"]
        return sorted(path.relative_to(root).as_posix() for path in found)

    def _carried(self, path: str) -> str:
        try:
            text = (self.docs.read(path) or b"").decode("utf-8")
            line = _ID_LINE.search(text.replace("\r\n", "\n").partition("\n---\n")[0])
            return str(strict_yaml.load(line[0], path)["source_id"]) if line else ""
        except (StateError, UnicodeDecodeError, strict_yaml.YamlError):
            return ""

    def files(self, lock: Lock, key: str, path: str) -> tuple[str, ...]:
        """Files that are a page: all that carry its id, and the one at its place if that carries none.

        :param lock: lock of its source.
        :param key: language and part.
        :param path: where it should be.
        """
        lang, part = key[:2], key[2:]
        ids = [lock.source, *(name for name in lock.was if name not in self.live)]
        found = [file for name in ids for file in self._files[lang, name + part]]
        here = self.carried.get(path)
        # An id that nobody else has is a slip of the person who edited this page.
        if path not in found and (here == "" or (here and not found and not self.known(here))):
            found.append(path)
        return tuple(sorted(found))

    def known(self, source_id: str) -> bool:
        """Whether a source with this id exists or once did."""
        return source_id.partition("#")[0] in self.live


def follow(page: LockedPage, path: str) -> LockedPage:
    """What is remembered of a page that a person moved; readers of its old place will be led to the new one."""
    former = (*page.former, page.path) if page.path != path else page.former
    return replace(page, path=path, former=tuple(old for old in dict.fromkeys(former) if old != path))

"""Which file below ``docs/`` is which page: people move files, copy them and put others in their place.

A page is known by the ``source_id`` that its file carries, whatever its name. Nothing here writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from bitext import strict_yaml
from bitext.model import LANGS
from bitext.state import Folder, Lock, LockedPage, StateError

_HALVES = re.compile("[\ud800-\udfff]")
"""What Python makes of the bytes of a name that are not UTF-8."""
_ID_LINE = re.compile(r"^source_id:.*$", re.MULTILINE)


class Whereabouts:
    """Files and the ids they carry, as they are when this is made.

    :param carried: what :func:`carried_ids` says, if it was asked already.
    """

    def __init__(
        self,
        docs: Folder,
        locks: Mapping[str, Lock],
        sources: Collection[str],
        carried: Mapping[str, str] | None = None,
    ) -> None:
        self.live = frozenset(locks) | frozenset(sources)
        """Ids of sources that exist or once did; what a renamed source was called is not among them."""
        self.carried = carried_ids(docs) if carried is None else carried
        """``source_id`` by path below ``docs/``; empty where none can be read."""
        self._files: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, source_id in self.carried.items():
            self._files[path[:2], source_id].append(path)

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


def listed(docs: Folder) -> list[str]:
    """Pages below the folder, by language and path; a name that is no text could stand in no lock."""
    found = (path for lang in LANGS for path in sorted((docs.root / lang).glob("*/*.md")) if path.name != "index.md")
    return [path.relative_to(docs.root).as_posix() for path in found if not _HALVES.search(str(path))]


def carried_ids(docs: Folder, known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """``source_id`` of every page by its path below the folder; empty where none can be read.

    :param known: ids of pages that need not be read.
    """
    return {path: known[path] if path in known else _carried(docs, path) for path in listed(docs)}


def _carried(docs: Folder, path: str) -> str:
    try:
        text = (docs.read(path) or b"").decode("utf-8")
        line = _ID_LINE.search(text.replace("\r\n", "\n").partition("\n---\n")[0])
        return str(strict_yaml.load(line[0], path)["source_id"]) if line else ""
    except (StateError, UnicodeDecodeError, strict_yaml.YamlError):
        return ""


def follow(page: LockedPage, path: str) -> LockedPage:
    """What is remembered of a page that a person moved; readers of its old place will be led to the new one."""
    former = (*page.former, page.path) if page.path != path else page.former
    return replace(page, path=path, former=tuple(old for old in dict.fromkeys(former) if old != path))

"""MkDocs' server, told of edits by the system: to look through all files twice a second would take longer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_CHANGES = frozenset({"created", "modified", "deleted", "moved"})
"""What is an edit; that a file was opened or read is none."""
_PAUSE = 0.02
"""Seconds without a further edit after which the site is built: an editor may write a file in two steps."""


class Server(LiveReloadServer):
    """Builds and reloads at every edit below the paths that it watches.

    :param seen: takes the paths at which something has happened; whoever builds takes them out.
    """

    def __init__(self, seen: set[str], **settings: Any) -> None:
        super().__init__(**settings)
        self.build_delay = _PAUSE
        self.seen = seen
        self.observer = Observer()  # type: ignore[assignment]

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:  # noqa: ARG002
        """Adds a file or a folder."""
        own = Path(path).resolve()
        if str(own) in self._watched_paths:
            return
        handler = FileSystemEventHandler()
        handler.on_any_event = self._seen  # type: ignore[method-assign]
        folder = own if own.is_dir() else own.parent
        self._watched_paths[str(own)] = 1
        self._watch_refs[str(own)] = self.observer.schedule(handler, str(folder), recursive=recursive and own.is_dir())

    def _seen(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not event.is_directory:
            with self._rebuild_cond:
                self.seen.update(str(path) for path in (event.src_path, event.dest_path) if path)
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

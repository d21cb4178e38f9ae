"""A folder beside the finished site where the next one is made, and the swap of the two.

A build of all replaces the site that readers see as a whole. A part build replaces the files that have changed, one
after the other, each at once, when all of them have been made and looked at. Where that fails, the site is as it was. A
build that was killed leaves its folder behind; the next build takes it away and, had the kill come in the middle of a
swap or a patch, puts what was there back first.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


class CannotStageError(ValueError):
    """A place where no site may be put: something else is there."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where one build works."""

    site: Path
    folder: Path

    @property
    def new(self) -> Path:
        """Where the new site is made."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """Where the site of before goes."""
        return self.folder / "old"

    def swap(self) -> None:
        """Puts the new site in the place of the old one.

        :raises OSError: and the old one is in its place again.
        """
        if self.site.exists():
            self.site.rename(self.old)
        try:
            self.new.rename(self.site)
        except OSError:
            self.put_back()
            raise

    def patch(self, removed: Iterable[str]) -> list[str]:
        """Puts the new files into the site in place of the old ones, each at once, and takes some away.

        What is changed is noted and kept until all is done, so that a patch that was killed can be taken back.

        :param removed: names of files below the site.
        :returns: names of the files that were put there.
        :raises OSError: and the site is as it was.
        """
        new = sorted(path.relative_to(self.new).as_posix() for path in self.new.rglob("*") if path.is_file())
        gone = sorted(set(removed) - set(new))
        for name in (*new, *gone):
            if (self.site / name).exists():
                (self.old / name).parent.mkdir(parents=True, exist_ok=True)
                os.link(self.site / name, self.old / name)
        note = self.folder / "patch.new"
        note.write_text(json.dumps(new), encoding="utf-8")
        note.replace(self._begun)
        try:
            for name in new:
                (self.site / name).parent.mkdir(parents=True, exist_ok=True)
                (self.new / name).replace(self.site / name)
            for name in gone:
                _unlink(self.site, name)
        except BaseException:
            self.put_back()
            raise
        self._begun.unlink()
        return new

    @property
    def _begun(self) -> Path:
        """The files that a patch puts into the site, from its beginning to its end."""
        return self.folder / "patch.json"

    def put_back(self) -> None:
        """The old site in its place, if that is empty; the files that a patch had changed, if it came to no end."""
        if self._begun.exists():
            for name in json.loads(self._begun.read_text(encoding="utf-8")):
                if not (self.old / name).exists():
                    _unlink(self.site, name)
            for path in [path for path in self.old.rglob("*") if path.is_file()]:
                target = self.site / path.relative_to(self.old)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
            self._begun.unlink()
        elif self.old.exists() and not self.site.exists():
            self.old.rename(self.site)


def _unlink(site: Path, name: str) -> None:
    """Takes a file away, and the folders that are empty then."""
    (site / name).unlink(missing_ok=True)
    for folder in (site / name).parents:
        if folder == site:
            return
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def stage(site: Path, keep_off: Sequence[Path] = ()) -> Iterator[Stage]:
    """A stage for a site; whatever happens, it is gone afterwards.

    :param site: folder of the finished site, there or not.
    :param keep_off: folders that a site must not stand in place of, nor of one that holds them.
    :raises CannotStageError: if something that is no site stands there.
    :raises OSError: if the folder cannot be made.
    """
    _refuse(site, keep_off)
    site.parent.mkdir(parents=True, exist_ok=True)
    _clear(site)
    folder = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    held = _hold(folder)
    try:
        folder.chmod(0o755)  # mkdtemp makes it private; a web server has to read it
        yield Stage(site, folder)
    finally:
        Stage(site, folder).put_back()
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)


def _refuse(site: Path, keep_off: Sequence[Path]) -> None:
    for other in keep_off:
        if other == site or other.is_relative_to(site) or (other != keep_off[0] and site.is_relative_to(other)):
            raise CannotStageError(f"{site}: holds or lies in {other}\n    Name another folder for the site.")
    if site.exists() and not site.is_dir():
        raise CannotStageError(f"{site}: not a folder\n    Name another folder for the site.")
    if site.is_dir() and any(site.iterdir()) and not (site / "index.html").is_file():
        raise CannotStageError(f"{site}: holds files and no index.html, so it is no site\n    Name another folder.")


def _clear(site: Path) -> None:
    """Takes away the stages of builds that were killed: nobody holds them any more."""
    for folder in site.parent.glob(f".{site.name}-*"):
        held = _hold(folder) if folder.is_dir() and not folder.is_symlink() else None
        if held is not None:
            Stage(site, folder).put_back()
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _hold(folder: Path) -> int | None:
    """A lock on a folder for as long as this process lives; nothing if another process has it."""
    held = -1
    with suppress(OSError):
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return held
    if held >= 0:
        os.close(held)
    return None

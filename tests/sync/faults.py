"""Ways to stop a conversion, or to let the disk fail it, at any point where it touches a file.

A point is one moment: before an operation of the system, in the middle of writing, after it. Points are counted in the
order in which they are passed, so that a number names one of them, the same in every run over the same files.
"""

import contextlib
import errno
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from typing import NoReturn
from unittest import mock

CHANGING = ("write", "replace", "unlink", "mkdir")
"""Operations that change files."""
REFUSING = (*CHANGING, "open", "fsync")
"""Operations that a disk may refuse."""
FAILURES = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Points:
    """Counts the points that are passed, and does something at one of them."""

    def __init__(
        self, at: int = -1, deed: Callable[[], None] = lambda: None, *, refusing: bool = False, on: bool = False
    ):
        self.at, self.deed, self.on, self.passed = at, deed, on, -1
        self.names = REFUSING if refusing else CHANGING

    def pass_(self) -> None:
        self.passed += 1
        if self.passed == self.at or (self.on and 0 <= self.at < self.passed):
            self.deed()

    def around(self, operation: Callable) -> Callable:
        """The operation with a point before and after it; writing has one in its middle."""

        def run(*arguments, **options):
            if _idle(operation, arguments, options):
                return operation(*arguments, **options)
            self.pass_()
            if operation is _WRITE:
                handle, content = arguments
                done = operation(handle, content[: len(content) // 2])
                self.pass_()
                return done + operation(handle, content[len(content) // 2 :])
            found = operation(*arguments, **options)
            self.pass_()
            return found

        return run

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(quick())
        for name in self.names:
            self.stack.enter_context(mock.patch(f"os.{name}", self.around(getattr(os, name))))
        return self

    def __exit__(self, *_):
        self.stack.close()


_WRITE, _OPEN, _UNLINK = os.write, os.open, os.unlink


def _idle(operation: Callable, arguments: tuple, options: dict) -> bool:
    """Whether it changes nothing: opening to read, removing what is not there."""
    if operation is _OPEN:
        return not arguments[1] & os.O_CREAT
    return operation is _UNLINK and not options and not os.path.lexists(arguments[0])


def _nothing(_handle):
    """Instead of fsync: a process that is killed loses nothing that it wrote, and the tests need not wait for disks."""


@contextlib.contextmanager
def quick() -> Iterator[None]:
    """No waiting for disks."""
    with mock.patch("os.fsync", _nothing):
        yield


def counted(deed: Callable[[], object], *, refusing: bool = False) -> int:
    """Number of points that a deed passes: those where it can be killed, or all where a disk can refuse."""
    with Points(refusing=refusing) as points:
        deed()
    return points.passed + 1


def killed(deed: Callable[[], object], at: int) -> bool:
    """Do it in a process of its own that is killed (SIGKILL) at a point; whether it came that far.

    Its temporary files are where this one can sweep them away: a killed process cannot.
    """
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if not child:
            _in_child(deed, at, folder)
        _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.WEXITSTATUS(status) == 0, "the conversion failed before it was killed"
    return False


def _in_child(deed: Callable[[], object], at: int, folder: str) -> NoReturn:
    tempfile.tempdir = folder
    try:
        with Points(at, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            deed()
        os._exit(0)
    finally:
        os._exit(1)


def failing(deed: Callable[[], object], at: int, number: int) -> object:
    """Do it while the system refuses at a point; a disk that is full, or not ours, refuses from there on."""

    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    with Points(at, refuse, refusing=True, on=number != errno.EIO):
        return deed()

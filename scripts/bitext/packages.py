"""What a command says where Python lacks a package that it needs: one line and the next step, and no traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

CANNOT_RUN = 2
_OURS = "bitext"


def needed(command: Callable[[], int]) -> int:
    """Run a command; its exit code, or that of a command that cannot run where a package is missing.

    :param command: imports what it needs when it is called.
    :raises ModuleNotFoundError: of a module of our own, which is a mistake in the code.
    """
    try:
        return command()
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", _OURS):
            raise
        script = Path(sys.argv[0]).name
        print(f"{script}: the package {package!r} is missing, expected in {sys.executable}", file=sys.stderr)
        print(f"    make setup, then .venv/bin/python scripts/{script}", file=sys.stderr)
        return CANNOT_RUN

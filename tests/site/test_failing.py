"""A build that fails, however, leaves the site of before byte for byte, and nothing beside it."""

from __future__ import annotations

import builtins
import contextlib
import io
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from tests.site.conftest import ROOT
from tests.sizes import size

import build
from bitext.checks import gate

PAGE = "---\ntitle: T\ntopics: [trade]\nsource_id: s1\n---\n\nOne.\n{ #p1 }\n"
OTHER = PAGE.replace("s1", "s2")
OLD = {"index.html": "old", "zh/a.html": "old too"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages and the site of before; what a test changes in the code is in no file that is looked at."""
    monkeypatch.setattr(build, "_unchanged", lambda *_: False)
    for lang in ("zh", "en"):
        (tmp_path / "docs" / lang / "trade").mkdir(parents=True)
        (tmp_path / "docs" / lang / "trade" / "a.md").write_text(PAGE, encoding="utf-8")
    for name, text in OLD.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    return tmp_path


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


@contextlib.contextmanager
def failing_write(at: int, error: OSError | type[BaseException]) -> Iterator[None]:
    """The nth file that is opened for writing cannot be written."""
    calls, real = [], builtins.open

    def faulty(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if set(mode) & set("wax"):
            calls.append(file)
            if len(calls) == at:
                raise error
        return real(file, mode, *rest, **named)

    builtins.open = faulty  # type: ignore[assignment]
    io.open = faulty  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.open = io.open = real  # type: ignore[assignment]


@pytest.mark.parametrize("at", random.Random(0).sample(range(1, 90), size(8, 89)))
def test_by_a_full_disk(place: Path, at: int) -> None:
    with failing_write(at, OSError(28, "No space left on device", "site")):
        status, said = run(place)
    assert (status, untouched(place)) == (2, True), said
    assert "No space left on device" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_by_what_nobody_expects(place: Path, error: type[BaseException]) -> None:
    with failing_write(20, error), pytest.raises(error):
        run(place)
    assert untouched(place)


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


def test_a_folder_that_is_no_site_is_not_replaced(place: Path) -> None:
    shutil.copytree(place / "docs", place / "copy")
    for name in ("docs", "copy", "docs/zh", ""):
        command = ["--docs", str(place / "docs"), "--site", str(place / name)]
        with contextlib.redirect_stderr(io.StringIO()) as said:
            assert build.main(command) == 2
        assert "Name another folder" in said.getvalue()
    assert (place / "docs/zh/trade/a.md").read_text("utf-8") == PAGE

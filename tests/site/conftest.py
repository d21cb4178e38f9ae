"""The site built from a small tree of pages and from the repository's own, each once for all tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.site.driving import DESKTOP, chromium, serving

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "tests" / "site" / "docs"


@dataclass(frozen=True)
class Built:
    """What a build left behind."""

    site: Path
    status: int
    output: str

    def read(self, address: str) -> str:
        return (self.site / address).read_text(encoding="utf-8")

    def pages(self) -> list[Path]:
        return sorted(self.site.rglob("*.html"))


def build_site(docs: Path, site: Path, *more: str) -> Built:
    """Runs the project's build command."""
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--docs", str(docs), "--site", str(site), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    return Built(site, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(DOCS, tmp_path_factory.mktemp("fixture") / "site")


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(ROOT / "docs", tmp_path_factory.mktemp("own") / "site")


@pytest.fixture(scope="session")
def root(built: Built) -> Iterator[str]:
    assert built.status == 0, built.output
    with serving(built.site) as address:
        yield address


@pytest.fixture(scope="session")
def own_root(own: Built) -> Iterator[str]:
    assert own.status == 0, own.output
    with serving(own.site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address; at the end of the test no request may have left the host and no script may have failed."""
    pages: list[Page] = []
    foreign: list[str] = []
    failures: list[str] = []

    def watch(page: Page, host: str) -> None:
        page.on("request", lambda request: urlsplit(request.url).netloc == host or foreign.append(request.url))
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda said: "Content Security Policy" not in said.text or failures.append(said.text))
        page.on("response", lambda answer: answer.status < 400 or failures.append(f"{answer.status} {answer.url}"))

    def opened(address: str, *, lost: bool = False, **settings: Any) -> Page:
        page = browser.new_page(**{"viewport": DESKTOP, **settings})
        page.set_default_timeout(10_000)
        pages.append(page)
        watch(page, urlsplit(address).netloc)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == (404 if lost else 200)
        if lost:
            failures.clear()
        return page

    yield opened
    for page in pages:
        page.close()
    assert not foreign
    assert not failures

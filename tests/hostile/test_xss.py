"""Texts that run scripts where they are printed without care, in every place where a text can stand: shown, never run.

A text comes in through a source (each role) or by a correction in ``data/overrides.yml`` and reaches a page escaped;
or a person types it into front matter. Where a place takes ids only, it is refused.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser
from tests.hostile.table import FOLDER
from tests.site.driving import chromium, serving
from tests.sizes import size

import build
from bitext import front_matter, markup, page, strict_yaml
from bitext.checks import gate, known
from bitext.model import FrontMatter, Page, Part
from bitext.output import clean, policy
from bitext.output.document import Document, read

VECTORS: list[str] = strict_yaml.load((FOLDER / "vectors.yml").read_text("utf-8"), "vectors.yml")["vectors"]
KNOWN = known.load()
KINDS = ("paragraph", "heading2", "heading3", "item", "caption", "speaker", "label", "dateline", "source", "byline")
BODY = [Part(kind, "", f"p{number}") for number, kind in enumerate(KINDS, 1)]  # type: ignore[arg-type]
SEEN = size(6, len(VECTORS))
"""Articles that are opened in the browser; lists with all of them are opened always."""


PLAIN = "---\ntitle: T\ndate: 2024\ntopics: [trade]\nsource_id: s\n---\n\nOne.\n{ #p1 }\n"


def scripts(document: Document) -> Iterator[str]:
    """Scripts of a page, without the way from it to the root of the site."""
    yield from (re.sub(r'"\.[./]*"', '""', script) for script in document.scripts)


def article(number: int, lang: str) -> Page:
    """A page that says a vector everywhere."""
    vector = markup.visible(VECTORS[number])
    front = FrontMatter(vector, ("trade",), f"v{number}", date="2024", source=vector, description=vector)
    parts = [replace(part, text=vector) for part in BODY if part.kind != "heading3" or number % 2]
    return Page(lang, f"trade/v-{number}.md", front, tuple(parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_markdown_shows_it_in_every_kind_of_block(number: int) -> None:
    made = article(number, "en")
    text = page.render(made)
    assert gate.unbuildable(text, "docs/en/trade/a.md", KNOWN) == []
    html = markup.renderer().convert(text.split("\n---\n", 1)[1])
    assert clean.difference(html) is None
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= {"html", "head", "body", *clean.TAGS}
    shown = "".join("".join(tree.itertext()).split())
    assert shown == "".join("".join(part.text for part in made.parts).split())


@pytest.mark.parametrize("key", ["tags", "topics", "date", "source_url", "source_id", "series", "title_derived"])
def test_keys_that_hold_no_text_take_none(key: str) -> None:
    for vector in VECTORS:
        quoted = vector.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        value = f'["{quoted}"]' if key in ("tags", "topics") else f'"{quoted}"'
        _, findings = front_matter.read(f"title: T\ntopics: [trade]\nsource_id: s\n{key}: {value}\n", "a.md")
        assert findings, vector


@pytest.mark.parametrize("vector", VECTORS)
def test_an_attribute_list_takes_none(vector: str) -> None:
    text = f"---\ntitle: T\ntopics: [trade]\nsource_id: s\n---\n\nOne.\n{{ #p1 }}\n\nTwo.\n{{ {vector} }}\n"
    found = gate.unbuildable(text, "docs/en/trade/a.md", KNOWN)
    html = markup.renderer().convert(text.split("\n---\n", 1)[1])
    assert found or clean.difference(html) is None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All vectors as articles in both languages, through the templates, lists, feeds and the search index."""
    root = tmp_path_factory.mktemp("xss")
    for number in range(len(VECTORS)):
        for lang in ("zh", "en"):
            path = root / "docs" / lang / "trade" / f"v-{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.render(article(number, lang)), encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = build.main(["--docs", str(root / "docs"), "--site", str(root / "site")])
    assert status == 0, said.getvalue()
    return root / "site"


def test_no_page_has_what_runs(site: Path, plain: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Handlers, addresses, documents, and no script that a site of plain texts has not."""
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        document = read(path)
        assert document.acting == (), path
        assert set(scripts(document)) <= plain, path
        assert [url for url in document.addresses if "example.com" in url] == [], path
    with capsys.disabled():
        told = f"{len(VECTORS)} in {len(KINDS) + 11} places, {len(pages)} pages"
        print(f"\nscripts in texts: {told}, 0 that an HTML5 parser would run")
    assert len(VECTORS) >= 100
    assert len(pages) > 2 * len(VECTORS)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Scripts of a site that holds nothing but one plain article."""
    root = tmp_path_factory.mktemp("plain")
    for lang in ("zh", "en"):
        path = root / "docs" / lang / "trade" / "a.md"
        path.parent.mkdir(parents=True)
        path.write_text(PLAIN, encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        assert build.main(["--docs", str(root / "docs"), "--site", str(root / "site")]) == 0
    return {script for path in (root / "site").rglob("*.html") for script in scripts(read(path))}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "without"])
def test_no_alert_in_a_browser(site: Path, browser: Browser, guarded: bool) -> None:
    """Pages, lists and what a search finds; without the policy too, so that no guard hides the lack of another."""
    if not guarded:
        for path in site.rglob("*.html"):
            path.write_text(policy.without(path.read_text("utf-8")), encoding="utf-8")
    alerts: list[str] = []
    tab = browser.new_page()
    tab.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    articles = [f"trade/v-{number}/" for number in range(0, len(VECTORS), len(VECTORS) // SEEN)]
    with serving(site) as root:
        for place in ("", "trade/", "en/trade/", *articles):
            tab.goto(f"{root}/{place}")
            assert tab.evaluate("document.readyState") in ("interactive", "complete")
        tab.locator("[data-md-component=search-query]").click()
        tab.locator("[data-md-component=search-query]").fill("alert")
        tab.locator(".md-search-result__link").first.wait_for()
    assert alerts == []
    tab.close()

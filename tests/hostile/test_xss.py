"""Texts that run scripts where they are printed without care, in every place where a text can stand: shown, never run.

A text comes in through a source (each role) or by a correction in ``data/overrides.yml`` and reaches a page escaped;
or a person types it into front matter. Where a place takes ids only, it is refused.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from playwright.sync_api import Browser
from tests.hostile.table import FOLDER
from tests.reading import KNOWLEDGE, understood
from tests.site.driving import chromium, serving
from tests.sizes import size

import build
from bitext import front_matter, knowledge, markup, page, strict_yaml
from bitext.checks import gate, known, unfit
from bitext.compose import compose
from bitext.model import LANGS, FrontMatter, Page, Part
from bitext.output import clean, policy
from bitext.output.document import Document, read

VECTORS: list[str] = strict_yaml.load((FOLDER / "vectors.yml").read_text("utf-8"), "vectors.yml")["vectors"]
ROOT = Path(__file__).parents[2]
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
    vector = markup.visible(VECTORS[number]) or "x"
    front = FrontMatter(vector, ("trade",), f"v{number}", date="2024", source=vector, description=vector)
    parts = [replace(part, text=vector) for part in BODY if part.kind != "heading3" or number % 2]
    return Page(lang, f"trade/v-{number}.md", front, tuple(parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_markdown_shows_it_in_every_kind_of_block(number: int) -> None:
    made = article(number, "en")
    text = page.render(made)
    assert unfit.unbuildable(text, "docs/en/trade/a.md", KNOWN) == []
    html = markup.renderer().convert(text.split("\n---\n", 1)[1])
    assert clean.difference(html) is None
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= {"html", "head", "body", *clean.TAGS}
    shown = "".join("".join(tree.itertext()).split())
    assert shown == "".join("".join(part.text for part in made.parts).split())


@pytest.mark.parametrize("key", ["tags", "topics", "date", "source_url", "source_id", "series", "title_derived"])
def test_keys_that_hold_no_text_take_none(key: str) -> None:
    tried = 0
    for vector in VECTORS:
        if re.fullmatch(r"[\w -]+", vector):
            continue  # an id like any other
        value = json.dumps([vector] if key in ("tags", "topics") else vector)
        keys = {"title": "T", "topics": "[trade]", "source_id": "s", key: value}
        yaml = "".join(f"{name}: {one}\n" for name, one in keys.items())
        found, findings = front_matter.read(yaml, "a.md")
        assert found is None
        assert len(findings) == 1, vector
        tried += 1
    assert tried > 200


@pytest.mark.parametrize("vector", VECTORS)
def test_an_attribute_list_takes_none(vector: str) -> None:
    text = f"---\ntitle: T\ntopics: [trade]\nsource_id: s\n---\n\nOne.\n{{ #p1 }}\n\nTwo.\n{{ {vector} }}\n"
    found = unfit.unbuildable(text, "docs/en/trade/a.md", KNOWN)
    html = markup.renderer().convert(text.split("\n---\n", 1)[1])
    assert found or clean.difference(html) is None


TYPED = {
    "paragraph": "One {}\n{{ #p1 }}",
    "line of its own": "{}\n{{ #p1 }}",
    "heading": "## One {} {{ #p1 }}",
    "item": "- One {}\n  {{ #p1 }}",
    "quotation": "> {}\n{{ #p1 }}",
    "caption": "{}\n{{ #p1 .caption }}",
    "head of a table": "| {} | b |\n|---|---|\n| c | d |",
    "cell of a table": "| a | b |\n|---|---|\n| {} | d |",
    "text of a link": "[{}](https://example.com/)\n{{ #p1 }}",
    "address of a link": "[a]({})\n{{ #p1 }}",
    "title of a link": '[a](https://example.com/ "{}")\n{{ #p1 }}',
    "words of a picture": "![{}](../../assets/a.png)\n{{ #p1 }}",
    "address of a picture": "![a]({})\n{{ #p1 }}",
    "definition": "[a]\n{{ #p1 }}\n\n[a]: {}",
    "code": "`{}`\n{{ #p1 }}",
    "block of code": "```\n{}\n```",
    "kind of a block of code": "``` {}\nx\n```",
    "emphasis": "**{}** *{}*\n{{ #p1 }}",
    "attribute list": "One.\n{{ {} }}",
    "attribute list of a heading": "## One {{ {} }}",
    "attribute list of words": "*One*{{ {} }}\n{{ #p1 }}",
    "value of an attribute": "One.\n{{ title='{}' }}",
}
"""Where a person may type a text on a page."""


_LEADS_ELSEWHERE = re.compile(r"[\x00-\x20]*(?!https?:|mailto:)[\w.+-]+:", re.IGNORECASE)


def harmless(html: str) -> bool:
    """Whether a browser would find nothing in it that runs, loads or lies: asked of an HTML5 parser, not of ours."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    names = {element.tag for element in elements}
    attributes = [(name, value) for element in elements for name, value in element.attrib.items()]
    return (
        names <= {"html", "head", "body", *clean.TAGS}
        and {name for name, _ in attributes} <= {"href", "src", "title", "alt", "id", "class", "lang", "align", "start"}
        and not any(_LEADS_ELSEWHERE.match(value) for name, value in attributes if name in ("href", "src"))
    )


@pytest.mark.parametrize("place", TYPED)
def test_typed_by_hand_it_is_refused_or_does_nothing(place: str) -> None:
    renderer = markup.renderer(("toc", "tables", "fenced_code", "attr_list", "sane_lists"))
    refused = 0
    for vector in VECTORS:
        body = TYPED[place].replace("{{", "\0").replace("}}", "\1").replace("{}", vector)
        text = PLAIN.partition("One.")[0] + body.replace("\0", "{").replace("\1", "}") + "\n"
        found = unfit.unbuildable(text, "docs/en/trade/a.md", KNOWN)
        html = renderer.reset().convert(text.split("\n---\n", 1)[1])
        refused += bool(found)
        assert found or clean.difference(html) is not None or harmless(html), (vector, html)
    assert refused > len(VECTORS) / 10


def test_no_file_is_called_so(tmp_path: Path) -> None:
    made = 0
    for lang, folder in (("zh", "trade"), ("en", "trade"), ("assets", "")):
        for vector in VECTORS:
            name = re.sub(r"[/\x00]", "\u2215", vector)[:60] + (".png" if lang == "assets" else ".md")
            path = tmp_path / "docs" / lang / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PLAIN, encoding="utf-8")
            if not re.fullmatch(r"[a-z0-9.-]+", name):
                made += 1
    told = gate.unfit(tmp_path / "docs", KNOWN)
    assert sum(finding.check == "place" for finding in told) >= made
    assert not any(re.search(r"[\x00-\x1f\u202e]", f"{finding.path}{finding.found}") for finding in told)


def test_a_correction_of_a_source_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    """What ``data/overrides.yml`` says of a source reaches its pages escaped, however it is written."""
    shown = 0
    for vector in map(markup.visible, VECTORS):
        facts = tuple((key, vector) for key in ("title_zh", "title_en", "source", "source_en"))
        override = knowledge.Override(facts=facts)
        article = understood("第一段说了水文站。\nThe first paragraph.\n", overrides={"a": override})
        for one in compose(article, KNOWLEDGE).pages:
            text = page.render(one)
            assert unfit.unbuildable(text, f"docs/{one.lang}/{one.path}", KNOWN) == []
            assert page.parse(text, f"docs/{one.lang}/{one.path}") == one
            shown += vector in (one.front_matter.title, one.front_matter.source)
    with capsys.disabled():
        print(f"\nscripts in corrections: {len(VECTORS)}, shown as text on {shown} pages")
    assert shown > len(VECTORS)


@pytest.fixture(scope="module")
def told_by_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose glossary, tags and topics say all vectors: what editors type into data is printed too."""
    root = tmp_path_factory.mktemp("data")
    for name in ("data", "hooks", "overrides", "scripts", "mkdocs.yml", "requirements.txt"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    texts = [text for vector in VECTORS if (text := markup.visible(vector))]
    terms = [
        {"zh": [f"水{number}号{text}"], "en": [f"Water {number} {text}"], "kind": "term", "note": text}
        for number, text in enumerate(texts)
    ]
    _rewritten(root / "data/glossary.yml", lambda _: {"terms": terms})
    _rewritten(root / "data/tags.yml", lambda data: {"tags": _named(data["tags"], texts)})
    _rewritten(root / "data/topics.yml", lambda data: {**data, "topics": _renamed(data["topics"], texts)})
    body = [Part("paragraph", f"{term['zh'][0]}；{term['en'][0]}", f"p{n}") for n, term in enumerate(terms, 1)]
    tags = tuple(yaml.safe_load((root / "data/tags.yml").read_text("utf-8"))["tags"])[:20]
    for lang in LANGS:
        front = FrontMatter("T", ("trade",), "s", tags=tags)
        path = root / "docs" / lang / "trade/a.md"
        path.parent.mkdir(parents=True)
        path.write_text(page.render(Page(lang, "trade/a.md", front, tuple(body))), encoding="utf-8")
    command = [sys.executable, "scripts/build.py", "--docs", "docs", "--site", "site"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def _rewritten(path: Path, change: Callable[[Any], Any]) -> None:
    data = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(change(data), allow_unicode=True, width=10_000), encoding="utf-8")


def _named(tags: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    return {
        name: {**tag, "zh": f"{number} {texts[number]}", "en": f"{number} {texts[-number - 1]}"}
        for number, (name, tag) in enumerate(tags.items())
    }


def _renamed(topics: list[dict[str, Any]], texts: list[str]) -> list[dict[str, Any]]:
    names = ("zh", "en", "description_zh", "description_en")
    return [
        {**topic, **{key: texts[4 * number + at] for at, key in enumerate(names)}}
        for number, topic in enumerate(topics)
    ]


def test_what_data_say_does_not_run(told_by_data: Path, plain: set[str]) -> None:
    pages = sorted(told_by_data.rglob("*.html"))
    for path in pages:
        document = read(path)
        assert document.acting == (), path
        assert set(scripts(document)) <= plain, path
    assert "onerror=alert(1)" in (told_by_data / "glossary/index.html").read_text("utf-8")
    assert "&lt;script" in (told_by_data / "trade/index.html").read_text("utf-8")


@pytest.mark.browser
def test_no_alert_from_data(told_by_data: Path, browser: Browser) -> None:
    alerts: list[str] = []
    tab = browser.new_page()
    tab.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    with serving(told_by_data) as root:
        for place in ("", "trade/", "trade/a/", "glossary/", "tags/", "en/glossary/", "en/trade/a/?view=parallel"):
            tab.goto(f"{root}/{place}")
            for term in tab.locator("article .bt-term:visible").all()[:5]:
                term.hover()
            assert tab.evaluate("document.readyState") in ("interactive", "complete")
    assert alerts == []
    tab.close()


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
        told = f"{len(VECTORS)} in {len(KINDS) + len(TYPED) + 20} places, {len(pages)} pages"
        print(f"\nscripts in texts: {told}, 0 that an HTML5 parser would run")
    assert len(VECTORS) >= 250
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

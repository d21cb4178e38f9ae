"""A site in memory shows any edit of articles as a build would; what is more than that is left to a build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from tests.benchmarks import articles

from bitext.stamps import walk
from bitext.workbench.warm import Warm

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warm")
    articles.write(folder / "docs", 12)
    return folder


@pytest.fixture
def warm(place: Path) -> Warm:
    return built(place, "site")


def built(place: Path, name: str) -> Warm:
    return Warm.build(ROOT / "mkdocs.yml", place / "docs", place / name, "http://127.0.0.1:8000/")


def pages(place: Path, name: str, path: Path) -> list[str]:
    short = f"{path.parent.name}/{path.stem}/index.html"
    return [(place / name / folder / short).read_text(encoding="utf-8") for folder in ("", "en")]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def both(place: Path) -> list[Path]:
    """An article with a text in both languages."""
    return [
        place / "docs" / lang / path.relative_to(place / "docs/en")
        for path in sorted((place / "docs/en").rglob("*.md"))[:1] for lang in ("zh", "en")
    ]  # fmt: skip


@pytest.mark.slow
def test_the_pages_are_those_of_a_build(place: Path, warm: Warm) -> None:
    for number, path in enumerate([*both(place), *both(place)]):
        change(path, "{ #p1 }", f"Zebra {number} & *more*.\n{{ #p1 }}")
        assert warm.edited(path)
    built(place, "again")
    shown = pages(place, "site", path)
    assert shown == pages(place, "again", path)
    assert "Zebra 3" in shown[1]


def tree(folder: Path) -> dict[str, bytes]:
    return {name: Path(entry.path).read_bytes() for name, entry in walk(folder)}


@pytest.mark.slow
def test_any_edit_of_articles_shows_as_in_a_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    articles.write(tmp_path / "docs", 60)
    warm = built(tmp_path, "site")
    zh, en = both(tmp_path)
    other = sorted((tmp_path / "docs/en/culture").glob("*.md"))[2]
    copy = other.with_name("a-new-page.md")

    change(other, "{ #p1 }", "Zebra.\n{ #p1 }")
    assert warm.edited(other)
    change(en, "title: ", "title: Zebras and ")
    assert not warm.edited(en)
    assert warm.changed([en])
    short = f"{en.parent.name}/{en.stem}/index.html"
    assert "Zebras and" in (tmp_path / "site/en" / short).read_text(encoding="utf-8")
    assert "Zebras and" in (tmp_path / "site/en" / en.parent.name / "index.html").read_text(encoding="utf-8")
    same_as_built(tmp_path)

    change(zh, "tags: [", "tags: [zebra, ")
    with pytest.raises(Abort):
        warm.changed([zh])
    assert "expected ids of data/tags.yml" in caplog.text
    change(zh, "tags: [zebra, ", "tags: [")
    change(zh, "date: 2", "date: 1")
    copy.write_bytes(other.read_bytes())
    change(copy, "source_id: ", "source_id: new-")
    assert warm.changed([zh, copy])
    change(copy, "{ #p2 }", "A new zebra.\n{ #p2 }")
    assert warm.edited(copy)
    assert "A new zebra" in (tmp_path / "site/en/culture/a-new-page/index.html").read_text(encoding="utf-8")
    other.unlink()
    assert warm.changed([other])
    same_as_built(tmp_path)

    copy.unlink()
    assert warm.changed([copy])
    assert not warm.edited(copy)
    change(en, "{ #p1 }", "The last zebra.\n{ #p1 }")
    assert warm.edited(en)
    assert not warm.changed([tmp_path / "data/site.yml"])


def same_as_built(place: Path) -> None:
    shutil.rmtree(place / "again", ignore_errors=True)
    built(place, "again")
    shown, whole = tree(place / "site"), tree(place / "again")
    assert sorted(shown) == sorted(whole)
    assert [name for name, content in whole.items() if shown[name] != content] == []


@pytest.mark.slow
def test_what_is_more_than_a_text_is_left_to_a_build(place: Path, warm: Warm) -> None:
    path = both(place)[1]
    text, before = path.read_text(encoding="utf-8"), pages(place, "site", path)
    for other in (
        text.replace("title: ", "title: Another "),
        text.replace("tags: [", "tags: [drugs, "),
        text.partition("\n\n")[0] + "\n",  # a stub
        text.replace("{ #p2 }", "{ #p1 }"),  # cannot be built
        text.replace("source_id", "sourceid"),
        "no front matter",
    ):
        path.write_text(other, encoding="utf-8")
        assert not warm.edited(path)
    path.write_bytes(b"\xff")
    assert not warm.edited(path)
    path.write_text(text, encoding="utf-8")
    for elsewhere in ("docs/en/trade/new.md", "docs/en/picture.png", "data/site.yml"):
        assert not warm.edited(place / elsewhere)
    assert pages(place, "site", path) == before

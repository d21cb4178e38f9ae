"""A site in memory shows the edit of a text as a build would; what is more than that is left to a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.benchmarks import articles

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

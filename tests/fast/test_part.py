"""A part build makes the site that a build of all would make, whatever was edited."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.benchmarks import articles
from tests.fast.test_fast import build, tree

TOPICS = ("connectivity", "culture", "security", "trade")
NIGHTLY = bool(os.environ.get("NIGHTLY"))
STEPS, AT_ONCE = (40, 2) if NIGHTLY else (5, 3)
ARTICLES = 176
"""So many that each topic has more than a page holds."""


class Desk:
    """Somebody who edits pages."""

    def __init__(self, docs: Path, seed: int) -> None:
        self.docs, self.random, self.made = docs, random.Random(seed), 0

    def pages(self, lang: str = "*") -> list[Path]:
        return sorted(self.docs.glob(f"{lang}/*/*.md"))[1:]  # the first one stays: others link to it

    def both(self) -> list[tuple[Path, Path]]:
        pairs = ((page, self.docs / "en" / page.relative_to(self.docs / "zh")) for page in self.pages("zh"))
        return [pair for pair in pairs if pair[1].is_file()]

    def change(self, page: Path, old: str, new: str) -> None:
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(old, lambda _: new, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    # What a person does.
    def adds_a_sentence(self) -> None:
        words = self.random.choice(["Nothing.", "A word on Vientiane.", "大坝。", "The Mekong River Commission spoke."])
        self.change(self.random.choice(self.pages()), r"^\{ #p2 \}", f"{words}\n{{ #p2 }}")

    def adds_a_paragraph(self) -> None:
        page = self.random.choice(self.pages())
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\nAt last.\n{{ #p99 }}\n", encoding="utf-8")

    def adds_a_picture(self) -> None:
        page = self.random.choice(self.pages())
        text = page.read_text(encoding="utf-8").rstrip()
        page.write_text(f"{text}\n\n![A map](../../assets/map.png)\n{{ #p97 }}\n", encoding="utf-8")

    def adds_a_heading_and_a_list(self) -> None:
        page = self.random.choice(self.pages())
        more = "## New { #p98 }\n\n- *one*\n- two\n"
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{more}", encoding="utf-8")

    def takes_a_paragraph_away(self) -> None:
        self.change(self.random.choice(self.pages()), r"^[^\n]+\n\{ #p3 \}\n\n", "")

    def links_to_the_first_page(self) -> None:
        first = min(self.docs.glob("en/*/*.md"))
        link = f"See [that](../{first.parent.name}/{first.name}#p1).\n{{ #p2 }}"
        self.change(self.random.choice(self.pages("en")), r"^\{ #p2 \}", link)

    def changes_a_title(self) -> None:
        self.made += 1
        self.change(self.random.choice(self.pages()), r"^title: .*$", f"title: A new title {self.made}")

    def changes_tags_and_date(self) -> None:
        for page in self.random.choice(self.both()):
            self.change(page, r"^tags: .*$", "tags: [environment, agriculture]")
            self.change(page, r"^date: .*$", "date: 2019-05-05")

    def moves_a_pair(self) -> None:
        topic = self.random.choice(TOPICS)
        for page in self.random.choice(self.both()):
            self.change(page, r"^topics: .*$", f"topics: [{topic}]")
            page.rename(page.parents[1] / topic / f"moved-{page.name.removeprefix('moved-')}")

    def removes_a_page(self) -> None:
        self.random.choice(self.pages()).unlink()

    def removes_a_pair(self) -> None:
        for page in self.random.choice(self.both()):
            page.unlink()

    def adds_a_pair(self) -> None:
        self.made += 1
        alone = [pair for pair in self.both() if "\nseries:" not in pair[0].read_text(encoding="utf-8")]
        for page in self.random.choice(alone):  # a part of a roundup has an id that says so
            copy = page.with_name(f"added-{self.made}.md")
            shutil.copy(page, copy)
            self.change(copy, r"^title: .*$", f"title: Added {self.made}")
            self.change(copy, r"^source_id: .*$", f"source_id: added-{self.made}")

    def empties_a_page(self) -> None:
        page = self.random.choice(self.pages("en"))
        page.write_text(page.read_text(encoding="utf-8").split("\n---\n")[0] + "\n---\n", encoding="utf-8")


DEEDS: list[Callable[[Desk], None]] = [deed for name, deed in vars(Desk).items() if re.match(r"[a-z]+s_", name)]


def compare(docs: Path, site: Path, whole: Path) -> None:
    shutil.rmtree(whole, ignore_errors=True)
    build(docs, whole)
    part, full = tree(site), tree(whole)
    assert sorted(part) == sorted(full)
    assert [name for name, content in full.items() if part[name] != content] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3] if NIGHTLY else [1])
def test_any_edits_lead_to_the_same_site(seed: int, tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    articles.write(docs, ARTICLES)
    (docs / "assets").mkdir()
    (docs / "assets" / "map.png").write_bytes(b"a map")
    build(docs, site)
    desk = Desk(docs, seed)
    deeds = desk.random.sample(DEEDS, len(DEEDS))
    for step in range(STEPS):
        done = [deeds[(AT_ONCE * step + more) % len(deeds)] for more in range(AT_ONCE)]
        for deed in done:
            deed(desk)
        assert "of them made" in build(docs, site), [deed.__name__ for deed in done]
        compare(docs, site, tmp_path / "whole")


def git(folder: Path, *arguments: str) -> None:
    said = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *said, *arguments], check=True, capture_output=True)


@pytest.mark.slow
def test_what_the_repository_says_of_pages(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    articles.write(docs, 12)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "docs")
    git(tmp_path, "commit", "-qm", "first")
    build(docs, site)
    desk = Desk(docs, 5)
    zh, en = desk.both()[3]
    desk.change(en, r"^\{ #p2 \}", "More.\n{ #p2 }")
    assert ", 2 of them made" in build(docs, site)
    compare(docs, site, tmp_path / "whole")
    address = zh.relative_to(docs / "zh").with_suffix("") / "index.html"
    assert "bt-is-behind" in (site / address).read_text(encoding="utf-8")
    git(tmp_path, "commit", "-qam", "second")
    desk.change(zh, r"^\{ #p2 \}", "更多。\n{ #p2 }")
    assert "of them made" in build(docs, site)
    compare(docs, site, tmp_path / "whole")
    assert "bt-is-behind" not in (site / address).read_text(encoding="utf-8")
    git(tmp_path, "rm", "-q", "--cached", "-r", "docs/en")
    assert "of them made" in build(docs, site)
    compare(docs, site, tmp_path / "whole")


@pytest.mark.slow
def test_what_cannot_be_built_says_so_as_ever_and_leaves_the_site(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    articles.write(docs, 8)
    build(docs, site)
    before, page = tree(site), next((docs / "en" / "trade").glob("*.md"))
    text = page.read_text(encoding="utf-8")
    for wrong, said in {
        text.replace("{ #p1 }", "[x](nowhere.md)\n{ #p1 }"): "nowhere.md",
        text.replace("{ #p2 }", "{ #p1 }"): "p1",
        text.replace("topics: [", "topics: [rivers, "): "rivers",
        text.replace("\n---\n", "\n", 1): page.name,
    }.items():
        page.write_text(wrong, encoding="utf-8")
        with pytest.raises(AssertionError, match=re.escape(said)):
            build(docs, site)
        assert tree(site) == before
    page.write_text(text, encoding="utf-8")
    assert "nothing has changed" in build(docs, site)

from __future__ import annotations

import marshal
import re
from pathlib import Path

import _site
import pytest
import yaml
from _shelf import date_in_words
from _site import DEFAULT, BrokenSiteError, data_from, kept_data, read_data, read_site, url, wrong_words

from bitext import strict_yaml
from bitext.model import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
PAGE = "---\ntitle: {}\ntopics: [trade]\nsource_id: a\n---\n\n{}\n"


def write(docs: Path, place: str, text: str) -> None:
    (docs / place).parent.mkdir(parents=True, exist_ok=True)
    (docs / place).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "path", "expected"),
    [
        ("zh", "index.md", "./"),
        ("en", "index.md", "en/"),
        ("zh", "trade/index.md", "trade/"),
        ("en", "trade/a-b.md", "en/trade/a-b/"),
        ("zh", "trade/my-index.md", "trade/my-index/"),
    ],
)
def test_addresses(lang: Lang, path: str, expected: str) -> None:
    assert url(lang, path) == expected


@pytest.mark.parametrize(
    ("date", "zh", "en"),
    [
        ("2024-08-09", "2024年8月9日", "9 August 2024"),
        ("2024-12", "2024年12月", "December 2024"),
        ("2024", "2024年", "2024"),
        ("", "", ""),
    ],
)
def test_dates_say_what_is_known_and_no_more(date: str, zh: str, en: str) -> None:
    assert (date_in_words(date, "zh"), date_in_words(date, "en")) == (zh, en)


def test_articles_come_newest_first_undated_last_parts_in_order(tmp_path: Path) -> None:
    dates = {"a": "", "b": "2024", "c": "2024-08", "d": "2024-08-09", "e": "2025"}
    for name, date in dates.items():
        line = f"date: {date}\n" if date else ""
        write(tmp_path, f"zh/trade/{name}.md", PAGE.format("T", "x").replace("topics", line + "topics"))
    assert [path[6] for path in read_site(tmp_path).articles["zh"]] == ["e", "d", "c", "b", "a"]


def test_both_languages_have_the_same_pages_and_the_missing_ones_are_stubs(tmp_path: Path) -> None:
    write(tmp_path, "zh/trade/a.md", PAGE.format("甲", "文"))
    write(tmp_path, "en/trade/b.md", PAGE.format("B", "text"))
    write(tmp_path, "zh/trade/b.md", PAGE.format("乙", ""))
    found = read_site(tmp_path).articles
    assert set(found["zh"]) == set(found["en"]) == {"trade/a.md", "trade/b.md"}
    missing, empty = found["en"]["trade/a.md"], found["zh"]["trade/b.md"]
    assert (missing.stub, missing.has_file, missing.lang) == (True, False, "en")
    assert (empty.stub, empty.has_file) == (True, True)


def test_every_finding_of_every_page_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "zh/trade/a.md", "no front matter")
    write(tmp_path, "en/trade/b.md", "---\ntitel: x\n---\n")
    with pytest.raises(BrokenSiteError) as caught:
        read_site(tmp_path)
    assert {Path(finding.path).name for finding in caught.value.findings} == {"a.md", "b.md"}


def test_the_topics_are_the_four_in_their_order() -> None:
    assert [topic.id for topic in read_data().topics] == ["security", "trade", "connectivity", "culture"]


def test_hooks_and_configuration_agree_on_the_languages() -> None:
    config = yaml.safe_load(re.sub("!ENV", "", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    languages = config["plugins"]["i18n"]["languages"]
    assert tuple(each["locale"] for each in languages) == LANGS
    assert [each["locale"] for each in languages if each.get("default")] == [DEFAULT]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("labels: {}\n", 1),
        ("labels:\n  home: {zh: 首页}\ncountries: []\n", 2),
        ("labels:\n  home: {zh: 首页, en: no, fr: x}\ncountries: []\n", 2),
        ("labels:\n  a: {zh: 甲, en: A}\n  b: {zh: 甲, en: 1}\ncountries: []\n", 3),
        ("labels: {}\ncountries:\n  - {zh: 中国, en: ''}\n", 3),
    ],
)
def test_words_that_lack_a_language_are_told_with_their_line(text: str, line: int) -> None:
    found = list(wrong_words(strict_yaml.load(text, _site.WORDS)))
    assert [finding.line for finding in found] == [line]


def used_words() -> set[str]:
    """Names of all words that templates and hooks ask for; those of kinds by what the glossary holds."""
    hooks = [path for path in (ROOT / "hooks").glob("*.py") if path.name != "_site.py"]
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "overrides").rglob("*.html"))
    text = "\n".join([templates, *(path.read_text(encoding="utf-8") for path in hooks)])
    dotted = re.findall(r"{[^{}]*?\bwords(?:_of\[\w+\])?\.([a-z_]+)", templates)
    return {
        *dotted,
        *re.findall(r"\(words\.([a-z_]+) if", text),
        *re.findall(r"else words\.([a-z_]+)", text),
        *re.findall(r"\bwords\[\"([a-z_]+)\"\]", text),
        *(f"kind_{entry.kind}" for entry in read_data().glossary),
    }


def test_the_site_has_every_word_that_is_asked_for_and_no_other() -> None:
    assert used_words() == set(read_data().labels)


def test_no_hook_speaks_chinese() -> None:
    for path in (ROOT / "hooks").glob("*.py"):
        code = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))
        assert not re.search(r"[\u4e00-\u9fff]", code), path


def test_what_is_kept_of_the_data_is_the_data() -> None:
    data = read_data()
    assert data.glossary
    assert data_from(marshal.loads(marshal.dumps(kept_data(data)))) == data

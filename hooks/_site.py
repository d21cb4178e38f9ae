"""What the site is made of: articles, topics, tags and words, read once and checked.

Raw values as they stand in the files; what templates get is made from them, escaped, in ``_views``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import _library

from bitext import front_matter, page, strict_yaml
from bitext.model import LANGS, Finding, FrontMatter, Lang, Term
from bitext.past import Past
from bitext.stamps import content_of, walk

DEFAULT: Lang = "zh"
"""The language at the root of the site; the others have a folder of their own."""

WORDS = "data/site.yml"
Names = Mapping[str, str]
"""A text in each language."""


class BrokenSiteError(ValueError):
    """Pages or data that cannot be built; ``findings`` says why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class TextFile(str):
    """The file of a text that is as it was in the last build, and for which hardly anybody asks."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language."""

    lang: Lang
    path: str
    """Below the language's folder, the same in both languages: ``security/2024-08-09-seagull.md``."""
    front_matter: FrontMatter
    text: str
    """Its body; or, as :class:`TextFile`, where that stands."""
    has_file: bool = True
    """False where nobody has written a page, and the site puts a notice in its place."""
    version: str = ""
    """Hash of its file."""

    @property
    def body(self) -> str:
        """Markdown below the front matter; blank on a page that only announces a missing translation."""
        return _body(Path(self.text)) if isinstance(self.text, TextFile) else self.text

    @property
    def stub(self) -> bool:
        """The text is not there in this language."""
        return not self.text or self.text.isspace()

    @property
    def topic(self) -> str:
        """The topic whose folder the article stands in."""
        return self.path.partition("/")[0]

    @property
    def part(self) -> int:
        """Place in a roundup, 0 for its overview and for articles that belong to none."""
        return self.front_matter.series.part if self.front_matter.series else 0


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the topics of the navigation."""

    id: str
    name: Names
    description: Names


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is known before the first page is written."""

    topics: tuple[Topic, ...]
    tags: Mapping[str, Names]
    labels: Mapping[str, Names]
    countries: tuple[Names, ...]
    glossary: tuple[Term, ...] = ()
    articles: Mapping[Lang, Mapping[str, Article]] = field(default_factory=dict)
    """Articles of each language by path, newest first; both languages have the same paths."""
    past: Past = field(default_factory=Past)
    """What the repository says of them."""

    def listed(self, lang: Lang) -> tuple[Article, ...]:
        """Articles of a language, newest first."""
        return tuple(self.articles[lang].values())

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id."""
        return next(topic for topic in self.topics if topic.id == topic_id)


def _body(path: Path) -> str:
    found = front_matter.split(decoded(path.read_bytes()))
    return found[1] if found else ""


def decoded(content: bytes) -> str:
    """The text of a page's file, its line ends as one character each.

    :raises UnicodeDecodeError: if it is not UTF-8.
    """
    return content.decode("utf-8").replace("\r\n", "\n")


def other(lang: Lang) -> Lang:
    """The other one of the two languages."""
    return LANGS[1 - LANGS.index(lang)]


def url(lang: Lang, path: str) -> str:
    """Address of a page below the root of the site.

    >>> url("zh", "index.md"), url("en", "trade/index.md"), url("en", "trade/a-b.md")
    ('./', 'en/trade/', 'en/trade/a-b/')
    """
    folder = "" if lang == DEFAULT else f"{lang}/"
    stem = path.removesuffix(".md")
    stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else f"{stem}/"
    return f"{folder}{stem}" or "./"


def home(lang: Lang) -> str:
    """Folder of a language below the root of the site, empty or with a slash at its end.

    >>> home("zh"), home("en")
    ('', 'en/')
    """
    return url(lang, "index.md").removeprefix("./")


def nav_paths(site: Site) -> list[str]:
    """Paths of the pages of the navigation."""
    return ["index.md", *(f"{topic.id}/index.md" for topic in site.topics), "tags/index.md"]


@cache
def address(root: str, lang: Lang, path: str) -> str:
    """Address of a page with that of the site before it; asked for some ten times a page.

    >>> address("https://example.org/", "en", "trade/a.md")
    'https://example.org/en/trade/a/'
    """
    return urljoin(root, url(lang, path))


# ------------------------------------------------------------------ data
def read_data() -> Site:
    """Topics, tags and words of the site, without articles.

    :raises BrokenSiteError: if a file of ``data/`` has mistakes.
    """
    from bitext import knowledge  # a part build, which has kept its data, does without
    from bitext.datafile import DataError

    try:
        known = knowledge.taxonomy()
        words = strict_yaml.load((_library.DATA / "site.yml").read_text(encoding="utf-8"), WORDS)
    except DataError as error:
        raise BrokenSiteError(error.findings) from None
    except strict_yaml.YamlError as error:
        raise BrokenSiteError((_data_error(error.line, error.reason, "plain YAML"),)) from None
    if wrong := tuple(wrong_words(words)):
        raise BrokenSiteError(wrong)
    topics = (
        Topic(topic.id, {"zh": topic.zh, "en": topic.en}, {"zh": topic.description_zh, "en": topic.description_en})
        for topic in known.topics
    )
    tags = {tag.id: {"zh": tag.zh, "en": tag.en} for tag in known.tags}
    return Site(tuple(topics), tags, words["labels"], tuple(words["countries"]), known.glossary)


def kept_data(site: Site) -> dict[str, Any]:
    """What :func:`read_data` has read, in the plain types of Python: a part build is of the same data."""
    return {
        "topics": tuple(map(astuple, site.topics)),
        "tags": site.tags,
        "labels": {key: dict(names) for key, names in site.labels.items()},
        "countries": tuple(map(dict, site.countries)),
        "glossary": tuple((term.zh, term.en, term.abbr, term.kind, term.note) for term in site.glossary),
    }


def data_from(kept: Mapping[str, Any]) -> Site:
    """The same as :func:`read_data`, from what was kept."""
    glossary, topics = (Term(*each) for each in kept["glossary"]), (Topic(*each) for each in kept["topics"])
    return Site(tuple(topics), kept["tags"], kept["labels"], kept["countries"], tuple(glossary))


def wrong_words(words: strict_yaml.Value) -> Iterator[Finding]:
    """What is wrong with the words of the site: each needs a text in every language and nothing else."""
    if not isinstance(words, strict_yaml.Map) or set(words) != {"labels", "countries"}:
        yield _data_error(1, "other keys", "labels and countries")
        return
    labels, countries = words["labels"], words["countries"]
    for names, line in [
        *((labels[key], labels.lines[key]) for key in labels),
        *zip(countries, countries.lines, strict=True),
    ]:
        if not isinstance(names, dict) or set(names) != set(LANGS) or not all(map(_is_text, names.values())):
            yield _data_error(line, "no text in each language", "{zh: …, en: …}, in quotes where a text holds a sign")


def _is_text(value: strict_yaml.Value) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _data_error(line: int, found: str, expected: str) -> Finding:
    return Finding(WORDS, "data", found, expected, "Correct the file.", line, severity="error")


def digest(content: bytes) -> str:
    """A short hash, to see whether something has changed."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


# ------------------------------------------------------------------ articles
Articles = Mapping[Lang, Mapping[str, Article]]


def read_site(docs: Path, data: Site | None = None, kept: Articles | None = None, names: Iterable[str] = ()) -> Site:
    """The whole site.

    :param docs: folder that holds one folder for each language.
    :param data: what :func:`read_data` has read, if somebody has done so.
    :param kept: articles that are as they were; without them, all are read.
    :param names: with ``kept``, the files below ``docs`` that have to be read.
    :raises BrokenSiteError: with every finding of every page, if one of them is an error.
    """
    site = data or read_data()
    folders = {topic.id for topic in site.topics}
    articles: dict[Lang, dict[str, Article]] = {lang: dict(kept[lang]) if kept else {} for lang in LANGS}
    findings: list[Finding] = []
    for lang in LANGS:
        asked = (name.removeprefix(f"{lang}/") for name in names if name.startswith(f"{lang}/"))
        for place in _pages(docs / lang) if kept is None else asked:
            article, found = _read_article(place, docs, lang, folders)
            findings.extend(found)
            if article:
                articles[lang][article.path] = article
    if errors := tuple(finding for finding in findings if finding.severity == "error"):
        raise BrokenSiteError(errors)
    return replace(site, articles={lang: _newest_first(_complete(articles, lang)) for lang in LANGS})


def _pages(folder: Path) -> list[str]:
    """Names of the Markdown files below a folder, in the order of their folders and of their own."""
    if not folder.is_dir():
        return []
    return sorted((name for name, _ in walk(folder) if name.endswith(".md")), key=lambda name: name.split("/"))


def _read_article(place: str, docs: Path, lang: Lang, folders: set[str]) -> tuple[Article | None, tuple[Finding, ...]]:
    """An article and what is to be said of it; none if its page cannot be read.

    :param place: name of its page below the folder of the language.
    """
    name = f"{docs.as_posix()}/{lang}/{place}"
    if not _is_place(place, folders):
        return None, (_misplaced(_shown(name), lang, folders),)
    content = content_of(name)
    try:
        text = decoded(content)
    except UnicodeDecodeError as error:
        return None, (_undecodable(_shown(name), error),)
    found, findings = page.head(text, name)
    if found is None:
        return None, tuple(replace(finding, path=_shown(name)) for finding in findings)
    return Article(lang, found.path, found.front_matter, found.body, version=digest(content)), findings


def _shown(name: str) -> str:
    """A path as people see it from where they started."""
    path = Path(name)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)


def _is_place(name: str, folders: set[str]) -> bool:
    """Whether an article can stand there: its name becomes an address, and stands in pages as it is."""
    folder, _, file = name.partition("/")
    stem = file.removesuffix(".md")
    return folder in folders and stem != "index" and bool(front_matter.SLUG.fullmatch(stem))


def _misplaced(path: str, lang: Lang, folders: set[str]) -> Finding:
    expected = f"{lang}/<topic>/<name>.md, the topic one of {', '.join(sorted(folders))}, the name of a-z, 0-9 and -"
    step = "Move or rename the page; home, topic and tag pages are made by the build and need no file."
    return Finding(path, "place", "no article can stand here", expected, step, severity="error")


def _undecodable(path: str, error: UnicodeDecodeError) -> Finding:
    line = error.object.count(b"\n", 0, error.start) + 1
    found = f"byte {error.start} is not UTF-8"
    return Finding(path, "encoding", found, "UTF-8", "Save the file as UTF-8.", line, severity="error")


def _complete(articles: Mapping[Lang, Mapping[str, Article]], lang: Lang) -> dict[str, Article]:
    """Articles of a language; where only the other one has a page, a notice stands in its place."""
    missing = {
        path: replace(article, lang=lang, text="", has_file=False, version="")
        for path, article in articles[other(lang)].items()
        if path not in articles[lang]
    }
    return {**articles[lang], **missing}


def _newest_first(articles: Mapping[str, Article]) -> dict[str, Article]:
    """The same, newest first, undated last; parts of a roundup in their order."""
    ordered = sorted(articles.values(), key=lambda article: (article.part, article.path))
    ordered.sort(key=lambda article: article.front_matter.date, reverse=True)
    return {article.path: article for article in ordered}

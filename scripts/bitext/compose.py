"""Article → pages: what stands where, in which order and under which name.

Every block of the source that is not chrome counts on exactly one page (:mod:`bitext.sides`); :mod:`bitext.ledger`
says for every character where. The title of a page lives in its front matter and nowhere else. Beads are numbered
through the whole source, ``p1``, ``p2`` … in both languages alike; beads of titles are not counted. A roundup whose
sections become pages has an overview, part 0, with what stands before the first heading; the page of part 3 has the
``source_id`` ``<id>#3`` and goes to the folder of the section's own topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext import extract, script
from bitext.front_matter import MAX_LIST, MAX_TEXT
from bitext.ledger import IN_TITLE, Placed
from bitext.markup import visible
from bitext.model import (
    LANGS,
    Article,
    Block,
    Fact,
    Finding,
    FrontMatter,
    Lang,
    Page,
    Part,
    PartKind,
    Removal,
    Series,
    Topics,
)
from bitext.sides import PageBlock, Side, joined, runs, sides_of, units_of

if TYPE_CHECKING:
    from bitext.knowledge import Knowledge

_KINDS: Mapping[str, PartKind] = {
    "caption": "caption", "speaker": "speaker", "label": "label",
    "dateline": "dateline", "source": "source", "byline": "byline",
}  # fmt: skip
_NAMES: Mapping[Lang, str] = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Composition:
    """The pages of a source, and where each of its blocks went."""

    pages: tuple[Page, ...] = ()
    """For each part zh before en; a language without text gives a page with an empty body."""
    findings: tuple[Finding, ...] = ()
    placed: tuple[Placed, ...] = ()
    removals: tuple[Removal, ...] = ()
    """Repeated titles and hyphens at line ends; the ledger adds chrome, separators and blanks."""

    def __add__(self, other: Composition) -> Composition:
        return Composition(
            self.pages + other.pages,
            self.findings + other.findings,
            self.placed + other.placed,
            self.removals + other.removals,
        )


@dataclass(frozen=True, slots=True)
class _Title:
    """Title of a page; ``derived`` if it is an extract."""

    text: str
    derived: bool


def compose(article: Article, knowledge: Knowledge) -> Composition:
    """Pages of an article, with a finding for every choice that the text itself does not make.

    :raises ValueError: if neither a title nor the source's id can name a page.
    """
    units = units_of(article)
    if not units:
        return Composition(findings=(_nothing(article),))
    headed = [section for section in article.sections if section.heading] if article.split else []
    found = Composition()
    for number, topics in enumerate([article.topics, *(section.topics for section in headed)]):
        own = [unit for unit in units if unit.section == number]
        taken = {page.path for page in found.pages}
        found += _composed(article, number, own, _topics(article, number, topics, knowledge), taken)
    return found


def _composed(article: Article, number: int, units: list[PageBlock], topics: _Topics, taken: set[str]) -> Composition:
    """Both pages of one part."""
    sides, removals = sides_of(article, units, number)
    titles = {lang: _title(sides, lang, article.source.id) for lang in LANGS}
    path = _path(article, topics.ids[0], titles, taken)
    found = Composition((), (*topics.findings, *_title_findings(article, number, sides, titles)), (), removals)
    for lang in LANGS:
        front_matter = _front_matter(article, number, titles[lang], topics, sides[lang], lang)
        parts, placed, hyphens = _body(sides[lang], lang, front_matter.source_id)
        found += Composition((Page(lang, path, front_matter, parts),), (), placed, hyphens)
    return found


def _nothing(article: Article) -> Finding:
    step = "See --explain for the reasons; a line that is text needs a rule less in data/chrome.yml."
    path = str(article.source.path)
    return Finding(path, "text", "no line of an article found", "at least one", step, severity="error")


# ------------------------------------------------------------------ the body
def _body(side: Side, lang: Lang, source_id: str) -> tuple[tuple[Part, ...], tuple[Placed, ...], tuple[Removal, ...]]:
    """Body of a page, where each block stands on it, and the hyphens undone."""
    parts: list[Part] = []
    placed = [_placed(unit, lang, source_id, IN_TITLE) for unit in side.title_units]
    undone = list(side.undone)
    open_beads: set[int] = {0}
    for run in runs(side.body):
        blocks = [unit.block for unit in run]
        text, hyphens = joined(blocks)
        bead = "" if run[0].bead in open_beads else f"p{run[0].bead}"
        open_beads.add(run[0].bead)
        placed += [_placed(unit, lang, source_id, len(parts)) for unit in run]
        parts.append(Part(_kind(blocks[0]), text, bead, _other_language(blocks[0], lang)))
        undone += () if run[0].copy else hyphens  # told where it counts
    return tuple(parts), tuple(placed), tuple(undone)


def _kind(block: Block) -> PartKind:
    if block.role in ("heading", "title"):
        return "heading3" if block.level == 3 else "heading2"
    return _KINDS.get(block.role, "paragraph")


def _other_language(block: Block, lang: Lang) -> Lang | None:
    return None if block.lang in ("none", lang) else LANGS[block.lang == "en"]


def _placed(unit: PageBlock, lang: Lang, source_id: str, part: int) -> Placed:
    block = unit.block
    return Placed(block.line, block.start, block.end, lang, source_id, part, unit.copy)


# ------------------------------------------------------------------ the front matter
def _front_matter(article: Article, number: int, title: _Title, topics: _Topics, side: Side, lang: Lang) -> FrontMatter:
    source = article.source.id
    return FrontMatter(
        title=title.text,
        title_derived=title.derived,
        date=_value(article.metadata.date),
        topics=topics.ids,
        tags=_tags(article, number),
        source=_value(article.metadata.origin(lang))[:MAX_TEXT],
        source_url=topics.source_url,
        description=_description(side),
        source_id=f"{source}#{number}" if number else source,
        series=Series(source, number) if article.split else None,
    )


def _tags(article: Article, number: int) -> tuple[str, ...]:
    headed = [section for section in article.sections if section.heading]
    return headed[number - 1].tags if number else article.tags


def _value(fact: Fact | None) -> str:
    return visible(fact.value) if fact else ""


def _description(side: Side) -> str:
    """First paragraph of the page that is a sentence, or as much of it as fits: not the words to whom a letter goes."""
    texts = [joined([unit.block for unit in run])[0] for run in runs(_paragraphs(side))]
    return extract.description(next(filter(script.ends_sentence, texts), texts[0] if texts else ""))


def _paragraphs(side: Side) -> list[PageBlock]:
    return [unit for unit in side.content if unit.block.role == "paragraph"]


def _title(sides: Mapping[Lang, Side], lang: Lang, source_id: str) -> _Title:
    """Title of a page: printed, or an extract of its own text or, if it has none, of the other language's."""
    other = LANGS[lang == "zh"]
    if sides[lang].title:
        return _Title(sides[lang].title, derived=False)
    own, theirs = _first_words(sides[lang], lang), sides[other].title or _first_words(sides[other], other)
    return _Title(own or theirs or source_id, derived=True)


def _first_words(side: Side, lang: Lang) -> str:
    preferred = [unit for unit in side.content if unit.block.role in ("paragraph", "heading", "title")]
    texts = (joined([unit.block for unit in run])[0] for run in runs(preferred or side.content or side.body))
    return next((extract.title(text, lang) for text in texts if text), "")


def _title_findings(
    article: Article, number: int, sides: Mapping[Lang, Side], titles: Mapping[Lang, _Title]
) -> Iterator[Finding]:
    """One finding for each page of a part whose title is an extract; of the text's own title its facts tell."""
    for lang in LANGS:
        if number and titles[lang].derived:
            found = f"part {number} has no {_NAMES[lang]} heading; its page has an extract: {titles[lang].text}"
            step = "Name the title on the page." if sides[lang].content else "Its page asks for a translation."
            yield Finding(str(article.source.path), "title", found, "", step, severity="info")


def _path(article: Article, topic: str, titles: Mapping[Lang, _Title], taken: set[str]) -> str:
    """Path below the language's folder, unlike every other of the source."""
    names = (titles["en"].text, titles["zh"].text, article.source.id)
    stem = extract.slug(*names, prefix=_value(article.metadata.date))
    path, count = f"{topic}/{stem}.md", 1
    while path in taken:
        count += 1
        path = f"{topic}/{stem}-{count}.md"
    return path


@dataclass(frozen=True, slots=True)
class _Topics:
    """Topics of a page, primary first, and what the editor named besides."""

    ids: tuple[str, ...]
    source_url: str
    findings: tuple[Finding, ...] = ()


def _topics(article: Article, number: int, topics: Topics, knowledge: Knowledge) -> _Topics:
    """A part without a cue takes the topics of the whole; a text without any goes to the first one. Both are told."""
    url = dict(knowledge.override(article.source.id).facts).get("source_url", "")
    found = topics if topics.primary else article.topics
    first = found.primary or knowledge.topic_ids[0]
    ids = tuple(dict.fromkeys((first, *found.acceptable)))[:MAX_LIST]
    if topics.primary:
        return _Topics(ids, url)
    text = f"no cue of any topic{f' in part {number}' if number else ''}; put under {first}"
    step = "Read it and name its topic in data/overrides.yml, or add a cue to data/topics.yml."
    return _Topics(ids, url, (Finding(str(article.source.path), "topic", text, "at least one cue", step),))

"""An empty page in both languages, ready to be written: its front matter and its first beads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bitext import extract, front_matter
from bitext.model import LANGS, FrontMatter, Lang, Page, Part
from bitext.page import render
from bitext.state import Folder

MOST_BEADS = 200
BLANK = "\u2026"
"""What stands in a paragraph until somebody writes it."""


class DraftError(ValueError):
    """A page that cannot be drafted; the text says what was found, what was expected and the next step."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new page begins with."""

    topic: str
    title_zh: str
    title_en: str
    date: str = ""
    """2024, 2024-08, 2024-08-09 or nothing."""
    beads: int = 3


def write(draft: Draft, docs: Path, topics: tuple[str, ...]) -> tuple[Path, ...]:
    """Write both pages; the files that were made.

    :param topics: ids of the topics that there are.
    :raises DraftError: if something in the draft is wrong or a page is there already; nothing was written.
    :raises bitext.state.StateError: if a file cannot be written.
    """
    if draft.topic not in topics:
        raise DraftError(f"no topic {draft.topic!r}, expected one of {', '.join(topics)}")
    if not 1 <= draft.beads <= MOST_BEADS:
        raise DraftError(f"{draft.beads} paragraphs, expected 1 to {MOST_BEADS}")
    pages = [_page(draft, lang) for lang in LANGS]
    texts = {f"{page.lang}/{page.path}": _checked(page) for page in pages}
    for path in texts:
        if (docs / path).exists():
            raise DraftError(f"{docs / path}: is there already\n    Edit that page, or choose another title.")
    for path, text in texts.items():
        Folder(docs).write(path, text.encode("utf-8"))
    return tuple(docs / path for path in texts)


def _page(draft: Draft, lang: Lang) -> Page:
    name = extract.slug(draft.title_en, draft.title_zh, prefix=draft.date)
    title = draft.title_zh if lang == "zh" else draft.title_en
    front = FrontMatter(title, (draft.topic,), name, date=draft.date)
    parts = tuple(Part("paragraph", BLANK, f"p{number}") for number in range(1, draft.beads + 1))
    return Page(lang, f"{draft.topic}/{name}.md", front, parts)


def _checked(page: Page) -> str:
    """Text of a page that can be read back."""
    text = render(page)
    pieces = front_matter.split(text)
    findings = front_matter.read(pieces[0], page.path)[1] if pieces else ()
    if findings:
        raise DraftError("\n".join(f"{finding.found}, expected {finding.expected}" for finding in findings))
    return text

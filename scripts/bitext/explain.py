"""Article → why: every line with what it was taken for and the sign that said so.

Two forms of one account: :func:`record` for programs (the schema of the labelled texts that the project is measured on)
and :func:`account` for people, with what is unsure first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from bitext.checks.gate import differences
from bitext.checks.known import Known
from bitext.checks.passages import Difference
from bitext.markup import wide
from bitext.model import CONTENT_ROLES, Article, Bead, Block, Fact, Section, Topics
from bitext.sides import units_of

_SNIPPET = 48  # columns of a line's text that are shown to people
_MOST_CUES = 6


# ------------------------------------------------------------------ for programs
def record(article: Article, known: Known | None = None) -> dict[str, Any]:
    """The account of one source as plain data: ``id``, ``lines``, ``beads``, ``document``, ``discrepancies``.

    :param known: what the comparison of the two languages needs; without it there are no discrepancies.
    """
    return {
        "id": article.source.id,
        "lines": [_line(number, blocks) for number, blocks in _by_line(article).items()],
        "beads": [_bead(bead) for bead in article.beads],
        "document": _document(article),
        "discrepancies": [_discrepancy(found) for found in differences(article, known)] if known else [],
    }


def _discrepancy(found: Difference) -> dict[str, Any]:
    """Where the two languages of a bead do not say the same; the lines are those of the whole bead."""
    both = found.both
    message = f"{found.found}, expected {found.expected}" if found.expected else found.found
    return {
        "zh_lines": sorted(set(both.zh.lines)),
        "en_lines": sorted(set(both.en.lines)),
        "kind": found.kind,
        "severity": found.severity,
        "message": message,
    }


def _by_line(article: Article) -> dict[int, list[Block]]:
    """Blocks of every line that is not blank, in order."""
    found: dict[int, list[Block]] = {n: [] for n, line in enumerate(article.source.lines, 1) if line.strip()}
    for block in article.blocks:
        found.setdefault(block.line, []).append(block)
    return dict(sorted(found.items()))


def _line(number: int, blocks: Sequence[Block]) -> dict[str, Any]:
    """One line; its role is that of most of its content, chrome left out."""
    kept = [block for block in blocks if block.role != "chrome"] or list(blocks)
    content = [block for block in kept if block.role in CONTENT_ROLES] or kept
    role = _role_of_most(content)
    found: dict[str, Any] = {"n": number, "role": role, "lang": _language(kept), "reason": _reason(blocks)}
    if len(blocks) > 1:
        found["segments"] = [_segment(block, role) for block in blocks]
    return found


def _role_of_most(blocks: Sequence[Block]) -> str:
    """Role of most characters; of the first block if two have as many."""
    sizes: Counter[str] = Counter()
    for block in blocks:
        sizes[block.role] += len(block.text)
    return max(sizes, key=lambda role: sizes[role])


def _language(blocks: Sequence[Block]) -> str:
    languages = {block.lang for block in blocks} - {"none"}
    return "both" if len(languages) > 1 else next(iter(languages), "none")


def _reason(blocks: Sequence[Block]) -> str:
    return "; ".join(dict.fromkeys(block.reason for block in blocks if block.reason))


def _segment(block: Block, role: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": block.id, "lang": block.lang, "start": block.start, "end": block.end}
    return found if block.role == role else found | {"role": block.role}


def _bead(bead: Bead) -> dict[str, Any]:
    found: dict[str, Any] = {
        "zh": [block.id for block in bead.zh],
        "en": [block.id for block in bead.en],
        "cost": round(bead.cost, 4),
    }
    return found | {"review": True} if bead.review else found


def _document(article: Article) -> dict[str, Any]:
    facts = article.metadata
    return {
        "title_zh": _value(facts.title_zh),
        "title_en": _value(facts.title_en),
        "date": _value(facts.date),
        "source": _value(facts.source),
        "topics": _topics(article.topics),
        "sections": [_section(section) for section in article.sections],
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _topics(topics: Topics) -> dict[str, Any]:
    return {"primary": topics.primary, "acceptable": list(topics.acceptable)}


def _section(section: Section) -> dict[str, Any]:
    heading = section.heading.blocks if section.heading else ()
    return {
        "heading_lines": sorted({block.line for block in heading}),
        "first_line": section.first_line,
        "last_line": section.last_line,
        "topics": _topics(section.topics),
    }


# ------------------------------------------------------------------ for people
def account(article: Article) -> str:
    """The account of one source in words; the ids of beads are those of the pages."""
    parts = (
        [f"{article.source.path} ({article.source.encoding}, {len(article.source.lines)} lines)"],
        _told("To review", [str(finding) for finding in article.findings]),
        _told("Changed on reading", _changes(article)),
        _told("Facts", _facts(article)),
        _told("Topics", _topic_lines(article.topics)),
        _told("Sections", _section_lines(article)),
        _told("Lines", _line_rows(article)),
        _told("Beads", _bead_rows(article)),
    )
    return "\n".join(line for part in parts for line in part)


def _told(heading: str, lines: Sequence[str]) -> list[str]:
    return ["", heading, *(f"  {row}" for line in lines for row in line.split("\n"))] if lines else []


def _changes(article: Article) -> list[str]:
    """How often each rule changed something, and where first."""
    found: dict[str, list[int]] = defaultdict(list)
    for change in article.source.changes:
        found[change.rule].append(change.line)
    return [f"{rule}: {len(lines)} × (first in line {lines[0]})" for rule, lines in found.items()]


def _facts(article: Article) -> list[str]:
    facts = article.metadata
    named = {"title zh": facts.title_zh, "title en": facts.title_en, "date": facts.date, "source": facts.source,
             "byline": facts.byline}  # fmt: skip
    return [f"{name:<9} {_fact(fact)}" for name, fact in named.items()] + (
        [f"{'tags':<9} {', '.join(article.tags)}"] if article.tags else []
    )


def _fact(fact: Fact | None) -> str:
    if fact is None:
        return "not in the text"
    lines = ", ".join(map(str, fact.lines))
    notes = [f"line {lines}" if lines else "", fact.basis if fact.basis != "stated" else "", fact.note]
    return f"{fact.value}  ({'; '.join(note for note in notes if note)})"


def _topic_lines(topics: Topics) -> list[str]:
    cues = dict(topics.cues)
    lines = []
    for topic, share in topics.shares:
        ranked = sorted(cues.get(topic, ()), key=lambda cue: (-cue.weight * cue.count, cue.term))[:_MOST_CUES]
        terms = ", ".join(f"{cue.term} × {cue.count}" for cue in ranked)
        lines.append(f"{topic:<13} {share:.2f}  {terms}")
    return lines


def _section_lines(article: Article) -> list[str]:
    rows = []
    for section in article.sections:
        heading = section.heading.blocks[0].text if section.heading else "(before the first heading)"
        rows.append(f"{section.first_line:>4}–{section.last_line:<4} {section.topics.primary or '?':<13} {heading}")
    end = "become pages of their own" if article.split else "stay on one page"
    return [*rows, f"The sections {end}."] if rows else []


def _line_rows(article: Article) -> list[str]:
    """One row for each piece of each line."""
    beads = {unit.block.id: f"p{unit.bead}" for unit in units_of(article) if unit.bead}
    rows = []
    for number, blocks in _by_line(article).items():
        if not blocks:
            rows.append(f"{number:>6}  nothing was made of this line")
        for block in blocks:
            head = f"{block.id:>6}  {block.lang:<4} {block.role:<9} {beads.get(block.id, '–'):<5}"
            rows.append(f"{head} {_padded(block.text)}  {block.reason}".rstrip())
    return rows


def _padded(text: str) -> str:
    """Beginning of a text in as many columns as a terminal gives it."""
    found, columns = "", 0
    for character in text:
        columns += 2 if wide(character) else 1
        if columns > _SNIPPET - 1:
            return found + "…" + " " * (_SNIPPET - 1 - columns + (2 if wide(character) else 1))
        found += character
    return found + " " * (_SNIPPET - columns)


def _bead_rows(article: Article) -> list[str]:
    numbers = {unit.block.id: f"p{unit.bead}" for unit in units_of(article) if unit.bead}
    return [_bead_row(bead, numbers) for bead in article.beads]


def _bead_row(bead: Bead, numbers: dict[str, str]) -> str:
    name = next((numbers[block.id] for block in bead.blocks if block.id in numbers), "title")
    zh, en = (" ".join(block.id for block in side) or "–" for side in (bead.zh, bead.en))
    review = "  unsure: look" if bead.review else ""
    anchors = f"  {', '.join(bead.anchors)}" if bead.anchors else ""
    return f"{name:<6} {len(bead.zh)}:{len(bead.en)}  {zh} ↔ {en}  cost {bead.cost:.2f}{review}{anchors}"

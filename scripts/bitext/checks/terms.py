"""What the glossary names is called by its name in English: by no other name, spelt right, with one abbreviation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bitext.checks import vocabulary
from bitext.checks.corpus import Note
from bitext.checks.known import Known
from bitext.checks.names import Glossary, Named, accepted_forms, fold, stands
from bitext.checks.pages import Copy, Pair
from bitext.checks.passages import Both, Difference
from bitext.model import Finding, Severity, Term
from bitext.plain import simplify

CHECK = "terms"
_NAMES = frozenset({"place", "person", "body", "media"})
"""Kinds of which one cannot stand for another."""
_SHORTEST = 6
"""Letters of a word that may be a name with a slip in it; shorter ones are too often other words."""
_TELLING = 4
"""Letters of a word that tells a name from others; shorter ones are "of" and "the"."""
_APART = 0.35
"""Parts of a text by which a name and the name that it is taken for may stand apart."""
_TOKEN = re.compile(r"(?<![\w-])[A-Z][A-Z]{2,}(?![\w-])")
_CAPITALISED = re.compile(r"(?<![\w'\u2019-])[A-Z][a-z]{5,}(?![\w'-])")
_DASHED = re.compile("([A-Z][a-z]+)([\u2010-\u2015]|- | -)([A-Z][a-z]+)")
STEP = "Mend it; if the form is right, add it to data/glossary.yml."


def check(pair: Pair, known: Known) -> Iterator[Finding]:
    """What the Chinese side names has its own name on the English side, spelt right, and its one abbreviation."""
    if pair.both:
        zh, en = pair.both
        for difference in differences(pair.beads(), known):
            both = difference.both
            step = f"Compare {zh.path}:{both.zh.line(difference.zh_at)}. {STEP}"
            found = f"{difference.found} ({both.bead})"
            yield en.at(both.en.line(difference.en_at), CHECK, found, difference.expected, step, difference.severity)
        yield from _spelling(pair.beads(), en, known)


def _spelling(beads: Iterable[Both], en: Copy, known: Known) -> Iterator[Finding]:
    """Names printed with another dash than the glossary has, each once for a page; one with a blank is a slip."""
    lines: dict[tuple[str, str], list[int]] = {}
    for both in beads:
        for match in _DASHED.finditer(both.en.text):
            if (name := f"{match[1]}-{match[3]}") in known.names:
                lines.setdefault((match[0], name), []).append(both.en.line(match.start()))
    for (printed, name), found in lines.items():
        severity: Severity = "warning" if " " in printed else "info"
        step = "One spelling is found by one search."
        yield en.at(found[0], CHECK, f"{printed}, {len(found)} ×", name, step, severity)


def differences(beads: Sequence[Both], known: Known) -> Iterator[Difference]:
    """Names that the two sides of a bead do not share."""
    for both in beads:
        yield from _of_bead(both, known.glossary)


def _of_bead(both: Both, words: Glossary) -> Iterator[Difference]:
    named = {found.term: found for found in words.chinese(both.zh.text)}
    yield from _misnamed(both, named, words)
    yield from _abbreviations(both, named, words)
    yield from _misspelt(both, named, words)


def _misnamed(both: Both, named: Mapping[Term, Named], words: Glossary) -> Iterator[Difference]:
    """A name that is missing in English, where a name stands that is missing in Chinese."""
    folded = fold(both.en.text)
    missing = [found for found in named.values() if found.term.kind in _NAMES and not _partly(found.term, folded)]
    for form, at in words.named(folded) if missing else ():
        other = words.english[form][0]
        place = at / len(folded)
        rivals = (found for found in missing if found.term.kind == other.kind)
        fits = sorted((_far(found, place, both), found.start, found.form) for found in rivals)
        if fits and fits[0][0] <= _APART and not any(_said(term, both.zh.text, named) for term in words.english[form]):
            _, start, zh = fits[0]
            printed = next(name for name in (*other.en, other.abbr) if fold(name) == form)
            message = f"{zh} is called {printed}, which is {other.zh[0]}"
            en_at = int(place * len(both.en.text))
            yield Difference(both, "name", "warning", message, _forms(words.forms[zh]), start, en_at)


def _far(found: Named, place: float, both: Both) -> float:
    """How far a Chinese name stands from a place of the English text, both in parts of their texts."""
    return abs(found.start / len(both.zh.text) - place)


def _partly(term: Term, folded: str) -> bool:
    """Whether a text has a form of a term: for bodies all its words in any order, for other names one that tells."""
    enough = all if term.kind == "body" else any
    return any(
        stands(form, folded) or enough(stands(word, folded) for word in form.split() if len(word) >= _TELLING)
        for form in accepted_forms(term) if form != fold(term.abbr)
    ) or (bool(term.abbr) and stands(fold(term.abbr), folded))  # fmt: skip


def _said(term: Term, zh: str, named: Iterable[Term]) -> bool:
    """Whether a Chinese text has a term, or most characters of a form of it: short forms leave some out."""
    forms = (set(simplify(form)) for form in term.zh)
    return term in named or any(sum(character in zh for character in form) * 3 >= len(form) * 2 for form in forms)


def _forms(term: Term) -> str:
    return " or ".join(term.en[:3])


def _abbreviations(both: Both, named: Mapping[Term, Named], words: Glossary) -> Iterator[Difference]:
    """An abbreviation with a letter lost, added or changed."""
    wanted = [term for term in named if len(term.abbr) > 3]
    for token in _TOKEN.finditer(both.en.text):
        if token[0] in words.abbreviations:
            continue
        for term in wanted:
            if token[0][0] == term.abbr[0] and len(token[0]) > 3 and near(token[0], term.abbr):
                found = f"{token[0]} for {named[term].form}"
                at = named[term].start
                yield Difference(both, "abbreviation", "warning", found, term.abbr, at, token.start())


def _misspelt(both: Both, named: Mapping[Term, Named], words: Glossary) -> Iterator[Difference]:
    """A word that nobody knows and that is one letter away from a name of what the Chinese text names."""
    strange = [word for word in _CAPITALISED.finditer(both.en.text) if not _in_glossary(word[0].lower(), words)]
    for word in strange:
        for term, name in _names(tuple(named)):
            # The vocabulary takes a third of a second to load, and a name is seldom near a word.
            if near(word[0], name) and word[0].lower() not in vocabulary.counts():
                found, at = f"{word[0]} for {named[term].form}", named[term].start
                yield Difference(both, "name", "warning", found, name, at, word.start())
                break


def _in_glossary(word: str, words: Glossary) -> bool:
    return word in words.words or word.removesuffix("s") in words.words


@lru_cache(maxsize=64)
def _names(terms: tuple[Term, ...]) -> tuple[tuple[Term, str], ...]:
    """Capitalised words of the English forms of terms."""
    words = ((term, word) for term in terms for form in term.en for word in re.findall(r"[A-Z][a-z]+", form))
    return tuple((term, word) for term, word in words if len(word) >= _SHORTEST)


def near(first: str, second: str) -> bool:
    """Whether two different words are one letter apart: one more, one less, another, or two neighbours changed."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    differ = (place for place, (one, two) in enumerate(zip(first, second, strict=False)) if one != two)
    place = next(differ, min(len(first), len(second)))
    one, two = first[place:], second[place:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


# ------------------------------------------------------------------ over all pages
_PART = r"(?:[A-Z][\w\u2019'\u2010-\u2015-]*|of|and|for|the|on|in|to|by|with)"
_EXPLAINED = re.compile(rf"({_PART}(?:[ \u00a0]{_PART}){{1,14}})[ \u00a0]?\(([A-Z]{{3,}})\)")
"""A name with its abbreviation in brackets: Mekong River Commission (MRC)."""


def gather(pair: Pair, known: Known) -> Iterator[Note]:
    """Names that a page prints with their abbreviation, but those whose abbreviation the glossary knows."""
    english = known.glossary.english
    if pair.both is None or pair.en is None:
        return
    for bead in pair.beads():
        for match in _EXPLAINED.finditer(bead.en.text):
            name = _expanded(fold(match[1]), match[2])
            if name and not any(term.abbr for term in english.get(name, ())):
                yield Note("abbreviation", name, match[2], str(pair.en.path), bead.en.line(match.start(2)))


def _expanded(words: str, abbreviation: str) -> str:
    """The end of a row of words that an abbreviation may stand for: it begins with its first letter."""
    found = words.split()
    starts = [i for i, word in enumerate(found) if word[0].upper() == abbreviation[0]]
    return next((" ".join(found[i:]) for i in starts if len(found) - i <= 2 * len(abbreviation)), "")


def judge(notes: Sequence[Note]) -> Iterator[Finding]:
    """One body has one abbreviation on all pages."""
    printed: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind == "abbreviation":
            printed.setdefault(note.key, []).append(note)
    for same in printed.values():
        usual = Counter(note.value for note in same).most_common(1)[0][0]
        other = next(note for note in same if note.value == usual)
        for note in same:
            if note.value != usual:
                found, expected = f"{note.value} for {note.key}", f"{usual} as in {other.path}:{other.line}"
                step = "Use one of the two everywhere."
                yield Finding(note.path, CHECK, found, expected, step, note.line, severity="warning")

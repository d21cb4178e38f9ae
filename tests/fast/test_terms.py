"""Terms that are found by their places are those that are found by looking at each place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bitext import knowledge
from bitext.checks.names import Glossary, fold, glossary
from bitext.fast.terms import Places
from bitext.model import Term

FEW = glossary(
    [
        Term(("湄公河", "湄河"), ("Mekong River", "Mekong"), "MR"),
        Term(("澜湄合作",), ("Lancang-Mekong Cooperation", "the LMC"), "LMC"),
        Term(("河\U00020000", "河\U00020000湄"), ("étoile", "the new river", "the newer river"), ""),
    ]
)
ALL = glossary(knowledge.taxonomy().glossary)
PLACES = {id(each): Places(each) for each in (FEW, ALL)}


def same(known: Glossary, text: str) -> int:
    """How many terms there are; the same both ways."""
    places, chinese, english = PLACES[id(known)], list(known.chinese(text)), list(known.named(fold(text)))
    if text:
        assert list(places.chinese(text)) == chinese
    if fold(text) and (found := places.named(fold(text))) is not None:
        assert list(found) == english
    return len(chinese) + len(english)


WORDS = ["Mekong", "River", "the", "The LMC", "new", "newer", "MR", "étoile", "湄", "公", "河", "澜", "瀾", "合作"]
SIGNS = [" ", "'s", "-", ".", "s", "\x01", "\ud800", "\U00020000"]


@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    same(FEW, text)


def test_every_term_is_found() -> None:
    forms = [form for term in knowledge.taxonomy().glossary for form in (*term.zh, *term.en) if len(form) > 1]
    assert [form for form in forms if not same(ALL, f"a {form}, b")] == []

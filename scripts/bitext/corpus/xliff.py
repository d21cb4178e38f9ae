"""Bitexts → XLIFF 2.1, which translators' tools open, translate and give back.

Made after XLIFF Version 2.1 (OASIS Standard, 13 February 2018), its core alone. A bead is a unit; one without a
translation has no target, so that the file of a page that waits for one is work ready to be done.
"""

from __future__ import annotations

from functools import cache
from html import escape

from bitext.corpus.bitext import Bitext, Form, TranslationUnit
from bitext.model import LANGS, Lang

_END = "</xliff>\n"


@cache
def xliff(source: Lang) -> Form:
    """A file with a ``file`` element for each bitext that has units and is translated from one language."""
    target = next(lang for lang in LANGS if lang != source)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'
        f' srcLang="{source}" trgLang="{target}" xml:space="preserve">\n'
    )
    return Form(head, lambda each: _file(each, source, target) if _fits(each, source) else "", _END)


def _fits(bitext: Bitext, source: Lang) -> bool:
    return bool(bitext.units) and bitext.source_lang == source


def _file(bitext: Bitext, source: Lang, target: Lang) -> str:
    """Ids of XLIFF are NMTOKENs, which have no slash."""
    name, original = (escape(text) for text in (bitext.path.replace("/", "."), f"{source}/{bitext.path}.md"))
    notes = "".join(f'<note category="{key}">{escape(text, quote=False)}</note>' for key, text in bitext.facts.items())
    units = "".join(_unit(unit, source, target) for unit in bitext.units)
    return f'<file id="{name}" original="{original}">\n<notes>{notes}</notes>\n{units}</file>\n'


def _unit(unit: TranslationUnit, source: Lang, target: Lang) -> str:
    """A bead that only the target has keeps its place, with an empty source."""
    translated = target in unit.texts
    state = ' state="translated"' if translated else ""
    end = f"<target>{escape(unit.text(target), quote=False)}</target>" if translated else ""
    text = f"<source>{escape(unit.text(source), quote=False)}</source>"
    return f'<unit id="{unit.id}"><segment{state}>{text}{end}</segment></unit>\n'

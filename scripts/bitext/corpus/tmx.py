"""Bitexts → TMX 1.4b, the form in which translation memories are exchanged.

Made after the TMX 1.4b Specification (LISA OSCAR, 26 April 2005). Only beads that both languages have are translation
units. No dates of creation: the same pages give the same bytes.
"""

from __future__ import annotations

from html import escape

from bitext.corpus.bitext import Bitext, Form, TranslationUnit
from bitext.model import LANGS

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<tmx version="1.4">\n'
    '<header creationtool="bitext" creationtoolversion="1" segtype="paragraph" o-tmf="Markdown" adminlang="en"'
    f' srclang="{LANGS[0]}" datatype="plaintext"/>\n'
    "<body>\n"
)
_END = "</body>\n</tmx>\n"


def _units(bitext: Bitext) -> str:
    facts = "".join(f'<prop type="x-{name}">{escape(text, quote=False)}</prop>' for name, text in bitext.facts.items())
    return "".join(_unit(f"{bitext.path}#{unit.id}", unit, facts) for unit in bitext.pairs)


def _unit(name: str, unit: TranslationUnit, facts: str) -> str:
    texts = ((lang, escape(unit.text(lang), quote=False)) for lang in LANGS)
    sides = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>\n' for lang, text in texts)
    return f'<tu tuid="{escape(name)}">{facts}\n{sides}</tu>\n'


tmx = Form(_HEAD, _units, _END)
"""A file with every pair of some bitexts."""

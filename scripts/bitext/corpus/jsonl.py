"""Bitexts → JSON lines: every bead, paired or not, with all that is known of its article."""

from __future__ import annotations

import json

from bitext.corpus.bitext import Bitext, Form, TranslationUnit

_json = json.JSONEncoder(ensure_ascii=False).encode


def _lines(bitext: Bitext) -> str:
    if not bitext.units:
        return ""
    known = {key: value for key, value in _facts(bitext).items() if value}
    facts = f", {_json(known)[1:]}" if known else "}"  # the same for all units of an article
    units = _json([_of_unit(bitext, unit) for unit in bitext.units])[1:-2]
    return units.replace('}, {"id": ', f'{facts}\n{{"id": ') + f"{facts}\n"  # in a text the quotes would be escaped


jsonl = Form("", _lines)
"""One object on each line; keys whose value is not known are left out.

``id``, ``path``, ``bead``, ``kind``, ``text`` (blocks by language, only languages that are there), ``topics``,
``date``, ``source``, ``source_url``, ``licence``, ``licence_url``, ``url`` (of the pages, by language).
"""


def _of_unit(bitext: Bitext, unit: TranslationUnit) -> dict[str, object]:
    return {
        "id": f"{bitext.path}#{unit.id}",
        "path": bitext.path,
        "bead": unit.id,
        "kind": unit.kind or "title",
        "text": unit.texts,
    }


def _facts(bitext: Bitext) -> dict[str, object]:
    licence = bitext.licence
    return {
        "topics": bitext.topics,
        "date": bitext.date,
        "source": bitext.source,
        "source_url": bitext.source_url,
        "licence": licence.id if licence else "",
        "licence_url": licence.url if licence else "",
        "url": bitext.addresses,
    }

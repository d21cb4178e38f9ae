"""Bitexts → JSON lines: every bead, paired or not, with all that is known of its article."""

from __future__ import annotations

import json

from bitext.corpus.bitext import Bitext, Form, Unit


def _lines(bitext: Bitext) -> str:
    return "".join(f"{_line(bitext, unit)}\n" for unit in bitext.units)


jsonl = Form("", _lines)
"""One object on each line; keys whose value is not known are left out.

``id``, ``path``, ``bead``, ``kind``, ``text`` (blocks by language, only languages that are there), ``topics``,
``date``, ``source``, ``source_url``, ``licence``, ``licence_url``, ``url`` (of the pages, by language).
"""


def _line(bitext: Bitext, unit: Unit) -> str:
    licence = bitext.licence
    known = {
        "id": f"{bitext.path}#{unit.id}",
        "path": bitext.path,
        "bead": unit.id,
        "kind": unit.kind or "title",
        "text": unit.texts,
        "topics": bitext.topics,
        "date": bitext.date,
        "source": bitext.source,
        "source_url": bitext.source_url,
        "licence": licence.id if licence else "",
        "licence_url": licence.url if licence else "",
        "url": bitext.addresses,
    }
    return json.dumps({key: value for key, value in known.items() if value}, ensure_ascii=False)

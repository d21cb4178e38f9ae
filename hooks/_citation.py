"""How to cite a page: BibTeX and GB/T 7714-2015. Only what is known; the day of reading is the reader's to add."""

from __future__ import annotations

import _library  # noqa: F401 - makes bitext importable

from bitext.model import FrontMatter, Lang

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Months as the standard styles of BibTeX name them."""
_LATEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex(meta: FrontMatter, lang: Lang, path: str, address: str, site_name: str) -> str:
    """An entry for BibTeX (and biblatex, which reads the same fields).

    The title stands in two pairs of braces, so that no style changes its capitals. What a page names as its source is a
    note: a digest is not written by those whose news it tells, so nobody is called its author.

    :param path: of the article below its language's folder; the entry's key is made from it.
    """
    year, month, day = ([*meta.date.split("-"), "", ""])[:3]
    fields = {
        "title": f"{{{_latex(meta.title)}}}",
        "howpublished": _latex(site_name),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": day.lstrip("0"),
        "note": f"Source: {_latex(meta.source)}" if meta.source else "",
        "language": lang,
        "url": address,
    }
    lines = [f"  {name} = {_value(name, text)},\n" for name, text in fields.items() if text]
    key = path.removesuffix(".md").partition("/")[2]
    return f"@misc{{{key}-{lang},\n{''.join(lines)}}}"


def _value(name: str, text: str) -> str:
    """Months are macros of BibTeX and stand bare."""
    return text if name == "month" else f"{{{text}}}"


def _latex(text: str) -> str:
    r"""Text with every character that TeX would act on made plain.

    >>> print(_latex("R&D: 5 % {a_b}"))
    R\&D: 5 \% \{a\_b\}
    """
    return text.translate(_LATEX)


def gbt7714(meta: FrontMatter, address: str, site_name: str) -> str:
    """A reference to a part of an electronic resource after GB/T 7714-2015: title, site, date of publication, address.

    >>> gbt7714(FrontMatter("Title", ("trade",), "a", date="2024-08"), "https://x.example/a/", "Site")
    'Title[EB/OL]//Site. (2024-08). https://x.example/a/.'
    """
    pieces = (f"{meta.title}[EB/OL]//{site_name}", f"({meta.date})" if meta.date else "", address)
    return ". ".join(piece for piece in pieces if piece) + "."

"""The same page in the other language."""

from __future__ import annotations

from _run import Run
from _site import DEFAULT, address, other

from bitext.model import LANGS, Lang


def same_page(run: Run, lang: Lang, path: str) -> str:
    """The path of the counterpart; a list of a year that the other language lacks leads to the whole list."""
    if path in run.views[other(lang)]:
        return path
    whole = f"{path.partition('/archive/')[0]}"
    return next((p for p in (f"{whole}/index.md", f"{whole}.md") if p in run.views[other(lang)]), "index.md")


def is_stub(run: Run, lang: Lang, path: str) -> bool:
    """Whether a language has nothing of its own there."""
    article = run.site.articles[lang].get(path)
    return article.stub if article else path not in run.views[lang]


def alternates(run: Run, path: str, root: str) -> list[tuple[str, str]]:
    """``hreflang`` and absolute address of a page in both languages; empty unless it is there in both."""
    if any(is_stub(run, lang, path) for lang in LANGS):
        return []
    found = [(str(lang), address(root, lang, path)) for lang in LANGS]
    return [*found, ("x-default", address(root, DEFAULT, path))]

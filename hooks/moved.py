"""Old addresses: a page that has moved leaves one behind that leads to its new place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import _library  # noqa: F401 - makes bitext importable
from _run import Run, building_other_language, place, run_of
from _site import other, url
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

from bitext.model import LANGS, Lang
from bitext.output.part import part_of
from bitext.state import StateError, redirects


@dataclass(frozen=True, slots=True)
class Moved:
    """An address at which a page stood."""

    lang: Lang
    url: str
    """Below the root of the site."""
    target: str
    title: Markup
    """Of the page that stands at the target."""


@event_priority(-200)  # after static-i18n has put the languages together
def on_post_build(config: MkDocsConfig) -> None:
    """Writes a page for each old address."""
    part = part_of(config)
    if building_other_language(config) or (part and not part.whole):
        return
    run = run_of(config)
    try:
        found = tuple(moved(run, redirects(Path(config.docs_dir))))
    except StateError as error:
        raise PluginError(f"the site was not built:\n{error}") from None
    template = config.theme.get_env().get_template("moved.html")
    for each in found:
        target = Path(config.site_dir, each.url, "index.html")
        target.parent.mkdir(parents=True, exist_ok=True)
        html = template.render(
            language=each.lang,
            words=run.shelves[each.lang].words,
            title=each.title,
            address=escape(get_relative_url(each.target, each.url)),
            canonical=escape(urljoin(config.site_url or "", each.target)),
            assets=escape(get_relative_url("assets/", each.url)),
        )
        target.write_text(f"{html}\n", encoding="utf-8", newline="\n")
    if part:
        addresses = [*(each.url for each in found), *(url(lang, path) for lang in LANGS for path in run.views[lang])]
        part.only(r"(?:.*/)?index\.html", {f"{each.removeprefix('./')}index.html" for each in addresses})


def moved(run: Run, paths: Mapping[str, str]) -> Iterator[Moved]:
    """Old addresses of both languages, where no page stands again.

    :param paths: old path → path of the page that readers should go to, both below ``docs/``. Where the other language
        has moved no file, its notice has moved along.
    """
    for old, new in sorted(_in_both(paths).items()):
        (lang, path), (_, target) = place(old), place(new)
        if lang in LANGS and path not in run.views[lang] and target in run.views[lang]:
            yield Moved(lang, url(lang, path), url(lang, target), run.views[lang][target].title)


def _in_both(paths: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for old, new in paths.items():
        lang, path = place(old)
        if lang in LANGS:
            found[f"{other(lang)}/{path}"] = f"{other(lang)}/{place(new)[1]}"
    return found | dict(paths)

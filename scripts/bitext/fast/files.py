"""Lever: what static-i18n makes of the file of a page is worked out from text, not from paths.

It looks at every file for every language, and then at those of the other language again, each time with a dozen paths,
which Python takes apart and puts together.
"""

from __future__ import annotations

import os
import re
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n import folder, reconfigure
from mkdocs_static_i18n.config import RE_LOCALE

_PAGE = re.compile(r"[a-z]+/(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:md|html)")
_WHOLE = re.compile(r"(?:/(?!\.{1,2}/)[^/]+)+")
"""A path from the root, with nothing in it that stands for another folder."""


def localised(file: File, current: str, default: str, config: MkDocsConfig) -> File:
    """The file of a page as static-i18n sees it from one language.

    :param file: below the folder of a language.
    :param current: language that is being built.
    :param default: language that stands at the root of the site.
    """
    lang, _, short = file.src_uri.partition("/")
    found = File(
        file.src_uri, config.docs_dir, file.dest_path, config.use_directory_urls,
        dest_uri=_target(file.dest_uri, lang, current, default), inclusion=file.inclusion,
    )  # fmt: skip
    more: Any = found
    found.abs_dest_path = os.path.normpath(f"{config.site_dir}/{found.dest_uri}")
    found.url = found._get_url(config.use_directory_urls)
    more.alternates, more.locale, more.localization = {current: found}, lang, lang
    more.locale_alternate_of, more.norm_src_uri = current, short
    return found


def _target(uri: str, lang: str, current: str, default: str) -> str:
    short = uri[len(lang) + 1 :]
    if lang != current:
        return f"{current}/{short}"
    return short if lang == default else uri


def pull() -> None:
    """Takes the place of ``create_i18n_file``, and of a question that the plugin asks of each file."""
    slow, slow_below = folder.create_i18n_file, reconfigure.is_relative_to

    def create(file: File, current: str, default: str, languages: list[str], config: MkDocsConfig) -> File:
        lang = file.src_uri.partition("/")[0]
        plain = _PAGE.fullmatch(file.src_uri) and _PAGE.fullmatch(file.dest_uri) and RE_LOCALE.match(lang)
        if not plain or lang not in languages or not file.dest_uri.startswith(f"{lang}/"):
            return slow(file, current, default, languages, config)  # type: ignore[no-any-return]
        return localised(file, current, default, config)

    def below(path: Any, place: Any) -> bool:
        if isinstance(path, str) and isinstance(place, str) and _WHOLE.fullmatch(path) and _WHOLE.fullmatch(place):
            return path == place or path.startswith(f"{place}/")
        return bool(slow_below(path, place))

    folder.create_i18n_file, reconfigure.is_relative_to = create, below

from __future__ import annotations

from pathlib import Path
from typing import Any

import markup
import pytest
import yaml
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "inert.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    found = MkDocsConfig()
    found.markdown_extensions = ["attr_list", "toc"]
    found.mdx_configs = {}
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_text_of_a_page_is_inert(case: dict[str, Any], config: MkDocsConfig) -> None:
    settings = markup.on_config(config)
    converter = Markdown(extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs)
    assert converter.convert(case["input"]) == case["expected"]


def test_one_extension_however_many_languages_are_built(config: MkDocsConfig) -> None:
    for _ in range(3):
        markup.on_config(config)
    assert [type(each).__name__ for each in config.markdown_extensions].count("PlainText") == 1

from __future__ import annotations

from pathlib import Path
from typing import Any

import markup
import pytest
import yaml
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from bitext.output import clean

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
    html = converter.convert(case["input"])
    found = clean.difference(html)
    assert (found.found if found else None) == case.get("refused")
    assert "refused" in case or html == case["expected"]


def test_what_is_refused_is_told_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("---\ntitle: T\n---\n\nOne.\n{ #p1 }\n\nTwo.\n{ #p2 .caption }\n", encoding="utf-8")
    told = str(markup.refusal(clean.Difference("<b>", "p2"), page))
    assert told.startswith(f"{page}:9: markup: <b> in or after this paragraph, expected text")


def test_one_extension_however_many_languages_are_built(config: MkDocsConfig) -> None:
    for _ in range(3):
        markup.on_config(config)
    assert [type(each).__name__ for each in config.markdown_extensions].count("PlainText") == 1

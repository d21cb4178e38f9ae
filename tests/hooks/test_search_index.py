from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import search_index
from _site import Site
from tests.hooks.builders import article, site

HTML = '<script id="__config" type="application/json">{"base": "..", "features": [], "search": "../x.js"}</script>'


def settings(html: str) -> Any:
    return json.loads(html.split(">", 1)[1].removesuffix("</script>"))


@pytest.mark.parametrize(("lang", "base", "other"), [("zh", "../", "en"), ("en", "../en/", "zh")])
def test_a_page_searches_its_language_by_the_worker_of_the_site(lang: Any, base: str, other: str) -> None:
    found = settings(search_index.page_config(HTML, "..", lang, {"best": "x"}))
    assert found["base"] == base
    assert found["search"] == "../assets/search-worker.js"
    assert found["bitext"] == {"language": other, "best": "x"}
    assert found["features"] == []


def test_a_lost_page_searches_from_the_root() -> None:
    found = settings(search_index.page_config(HTML, "/", "zh", {}))
    assert (found["base"], found["search"]) == ("/", "/assets/search-worker.js")


def test_words_cannot_leave_their_element() -> None:
    assert "</script><b>" not in search_index.page_config(HTML, ".", "zh", {"best": "</script><b>"})


def written(folder: Path, whole: Site, *, building: bool = False) -> SimpleNamespace:
    """A configuration, as far as the search asks for it."""
    plugins, extra = {"i18n": SimpleNamespace(building=building)}, {"bitext": SimpleNamespace(site=whole)}
    return SimpleNamespace(site_dir=str(folder), plugins=plugins, extra=extra)


def test_stubs_are_not_in_the_index(tmp_path: Path) -> None:
    whole = site([article("trade/a.md"), article("trade/b.md", "en", body="")])
    indexes = search_index.Indexes(written(tmp_path, whole))  # type: ignore[arg-type]
    for path in whole.articles["en"]:
        indexes.add(path)
    indexes.done()
    pages = (tmp_path / "en" / "search" / "pages").iterdir()
    assert [json.loads(page.read_text(encoding="utf-8"))["url"] for page in pages] == ["trade/a/"]
    assert json.loads((tmp_path / "en" / "search" / "head.json").read_text(encoding="utf-8"))["pages"] == 1


@pytest.mark.parametrize("building", [True, False])
def test_the_settings_are_written_once_at_the_end_of_the_run(tmp_path: Path, building: bool) -> None:
    (tmp_path / "search").mkdir()
    index = tmp_path / "search" / "search_index.json"
    index.write_text('{"config": {"separator": "x"}, "docs": []}', encoding="utf-8")
    (tmp_path / "assets" / "javascripts" / "workers").mkdir(parents=True)
    (tmp_path / "assets" / "javascripts" / "workers" / "search.1.min.js").touch()
    config = written(tmp_path, site([article("trade/a.md", body="澜湄")]), building=building)
    search_index.on_post_build(config)  # type: ignore[arg-type]
    assert (tmp_path / "en" / "search" / "search_index.json").exists() != building
    found = json.loads(index.read_text(encoding="utf-8"))
    assert found["docs"] == []
    assert found["config"]["separator"] == "x"
    if not building:
        assert found["config"]["stemmer"] == "javascripts/workers/search.1.min.js"
        assert found["config"]["index"] == "../search/"

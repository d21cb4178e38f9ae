"""Files are what static-i18n makes of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.structure.files import File
from mkdocs_static_i18n import folder, is_relative_to, reconfigure

from bitext.fast import files

SLOW = folder.create_i18n_file
NAMES = (
    "zh/trade/a.md", "en/trade/a-b.md", "zh/index.md", "en/index.md", "zh/README.md", "en/trade/README.md", "zh/a.md",
    "assets/map.png", "fr/trade/a.md", "en/trade/A b.md", "zh/trade/a.b.md", "zh/trade/index.md", "a.md", "zh/a/b/c.md",
    "zhx/a.md", "trade/zh/a.md", "en/trade/\u4e2d.md",
)  # fmt: skip


@pytest.fixture
def pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "create_i18n_file", SLOW)
    monkeypatch.setattr(reconfigure, "is_relative_to", is_relative_to)
    files.pull()


def said(file: Any) -> dict[str, Any]:
    known = {name: value for name, value in vars(file).items() if name not in {"alternates", "name", "abs_src_path"}}
    return {**known, "name": file.name, "alternates": [(lang, each is file) for lang, each in file.alternates.items()]}


@pytest.mark.usefixtures("pulled")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("current", ["zh", "en"])
@pytest.mark.parametrize("directories", [True, False])
def test_a_file_is_the_same(name: str, current: str, directories: bool) -> None:
    config: Any = SimpleNamespace(docs_dir="/p/docs", site_dir="/p/site", use_directory_urls=directories)
    file = File(name, config.docs_dir, config.site_dir, directories)
    settings = (current, "zh", ["zh", "en"], config)
    assert said(folder.create_i18n_file(file, *settings)) == said(SLOW(file, *settings))


@pytest.mark.usefixtures("pulled")
@pytest.mark.parametrize("path", ["/p/docs", "/p/docs/a", "/p/docs2/a", "/p/docs/../a", "a", "/p", "/", "/p/docs/./a"])
def test_a_path_is_below_the_same_folders(path: str) -> None:
    for place in ("/p/docs", "/p", "/", "docs", "/p/docs/"):
        assert reconfigure.is_relative_to(path, place) == is_relative_to(path, place)

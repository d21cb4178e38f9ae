"""What the comparison of two builds sees; the comparison itself is ``make properdocs``."""

from __future__ import annotations

from pathlib import Path

from tests.site.conftest import Built
from tests.site.successor import differences, seen


def test_a_site_is_like_itself(built: Built) -> None:
    found = seen(built.site)
    assert len(found) == len(built.pages())
    assert list(differences(found, found)) == []


def test_every_difference_is_told(tmp_path: Path) -> None:
    for name, text in {"a": "<title>A</title>", "b": "<p id=x>"}.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    ours = seen(tmp_path)
    theirs = {"a.html": ("B", ()), "c.html": ("", ())}
    assert list(differences(ours, theirs)) == [
        "a.html: ('A', ()) by MkDocs, ('B', ()) by ProperDocs",
        "b.html: only by MkDocs",
        "c.html: only by ProperDocs",
    ]

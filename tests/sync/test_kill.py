"""Killed at any moment: every file is a whole one, before or after, and a rerun comes to the same end."""

import json
import tempfile

import pytest
from tests.sync import scene
from tests.sync.faults import counted, killed, quick

FLOOR = 40
"""Points of a scene; fewer would mean that the points are not where the files are written."""


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert not [*folder.iterdir()]


@pytest.mark.parametrize("name", scene.SCENES)
def test_killed_at_every_point(tmp_path, capsys, name):
    sources, _ = scene.SCENES[name]
    with quick():
        start = scene.build(tmp_path / "start", sources)
    before = start.files()
    whole = scene.copy(start, tmp_path / "whole")
    points = counted(lambda: scene.convert(whole, sources))
    after = whole.files()
    kills = stray = underway = 0
    for at in range(points):
        site = scene.copy(start, tmp_path / f"at{at}")
        assert killed(lambda site=site: scene.convert(site, sources), at)
        found = site.files()
        kills += 1
        stray += any(name.endswith(".tmp") for name in found)
        underway += _look(found, before, after)
        with quick():
            scene.convert(site, sources)
        assert site.files() == after, f"killed at point {at}: another end"
    with capsys.disabled():
        left = f"{stray} left a temporary file, {underway} a page underway"
        print(f"\n{name}: {kills} kills, {left}; all came to the same end")
    assert kills >= FLOOR
    assert stray >= FLOOR / 5
    assert underway >= FLOOR / 5


def _look(found, before, after):
    """Every file is as it was or as it is to be, but for locks that say what is underway; whether one does."""
    underway = False
    for name, content in found.items():
        if name.endswith(".tmp") or content in (before.get(name), after.get(name)):
            continue
        assert name.startswith(".convert/lock/"), f"{name} is neither before nor after"
        pages = json.loads(content)["pages"].values()
        assert any("intent" in page for page in pages)
        underway = True
    missing = before.keys() - found.keys()
    assert not {name for name in missing if name in after}, "a file is gone that should stay"
    return underway


def test_the_scene_has_everything(tmp_path):
    for name, (sources, actions) in scene.SCENES.items():
        with quick():
            assert scene.convert(scene.build(tmp_path / name, sources), sources) == actions

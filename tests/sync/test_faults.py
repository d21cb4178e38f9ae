"""A disk that is full, broken or not ours: a plain message, exit code 2, the old state whole, and a rerun mends all."""

import argparse
import os
import tempfile
from pathlib import Path

import pytest
from tests.sync import scene
from tests.sync.faults import FAILURES, counted, failing, quick

from bitext import conversion
from bitext.merge import readable
from bitext.report import Row
from bitext.workshop import Made, Workshop

FLOOR = 60
ENDS = {0, 2, 3}
"""0 and 3 where nothing depends on what was refused: a stray file that the next run sweeps."""


@pytest.fixture(params=scene.SCENES)
def sources(request):
    return scene.SCENES[request.param][0]


@pytest.fixture
def command(tmp_path, monkeypatch, sources):
    """The command, with sources that are understood already."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "sources").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    proposals = {made.source_id: made for made in scene.proposals(sources)}
    for name in proposals:
        (tmp_path / "sources" / f"{name}.txt").touch()

    def make(_workshop, job):
        name = Path(job.path).stem
        return Made(Row(name), proposals[name], ())

    monkeypatch.setattr(Workshop, "make", make)
    monkeypatch.setattr(conversion.Run, "faults", lambda _run, text, path: readable(text, path))
    options = {"source": [], "sources": tmp_path / "sources", "encoding": None, "json": False, "explain": False}
    options |= {"engine": "local", "scheduler": "", "jobs": 0}
    return lambda site: conversion.run(argparse.Namespace(**options, docs=site.docs, status=False, prune=True))


def test_the_disk_fails_at_every_point(tmp_path, command, sources, capsys):
    with quick():
        start = scene.build(tmp_path / "start", sources)
    before = start.files()
    whole = scene.copy(start, tmp_path / "whole")
    points = counted(lambda: command(whole), refusing=True)
    after = whole.files()
    refusals = unharmed = 0
    for at in range(points):
        site = scene.copy(start, tmp_path / f"at{at}")
        code = failing(lambda site=site: command(site), at, number := FAILURES[at % len(FAILURES)])
        found = {name: content for name, content in site.files().items() if not name.endswith(".tmp")}
        _look(code, capsys.readouterr().err, number, found, before, after)
        refusals += code == 2
        unharmed += code != 2
        with quick():
            assert command(site) in (0, 3)
        capsys.readouterr()
        assert site.files() == after, f"refused at point {at}: another end"
    with capsys.disabled():
        print(f"\n{refusals} refusals in words, {unharmed} that did no harm; all came to the same end")
    assert refusals >= FLOOR
    assert refusals >= unharmed * 4


def _look(code, words, number, found, before, after):
    """What is said and what is left of a run that the disk refused."""
    assert code in ENDS
    assert "Traceback" not in words
    if code == 2:
        assert os.strerror(number) in words
        assert words.rstrip().split("\n")[-1].startswith("    "), "no next step"
        for name, content in found.items():
            whole = content in (before.get(name), after.get(name))
            assert whole or name.startswith(".convert/lock/"), f"{name} is neither before nor after"
    else:
        assert found == after


def test_a_state_folder_that_is_not_ours(tmp_path, command, sources, capsys, monkeypatch):
    with quick():
        site = scene.build(tmp_path / "site", sources)
    before = site.files()
    honest = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "running":
            raise PermissionError(13, os.strerror(13), str(path))
        return honest(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert command(site) == 2
    assert capsys.readouterr().err.endswith("running: Permission denied\n    Check the folder and its permissions.\n")
    assert site.files() == before

"""The state folder: whole files, safe places, nothing outside."""

import json

import pytest

from bitext.state import Folder, Lock, LockedPage, State, StateError, digest

HASH = digest(b"x")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "", "a\\b", "a\0b"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(StateError, match="leads out of its folder"):
        Folder(tmp_path / "docs").write(name, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("link", ["docs/zh", "docs/zh/a.md"])
def test_no_symbolic_link_is_followed(tmp_path, link):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("theirs")
    place = tmp_path / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside / "a.md" if link.endswith(".md") else outside)
    with pytest.raises(StateError, match="is a symbolic link"):
        Folder(tmp_path / "docs").write("zh/a.md", b"ours")
    with pytest.raises(StateError, match="is a symbolic link"):
        Folder(tmp_path / "docs").read("zh/a.md")
    assert (outside / "a.md").read_text() == "theirs"


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "a.md").mkdir()
    with pytest.raises(StateError, match="is not a regular file"):
        Folder(tmp_path).read("a.md")


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    folder.write("a.md", b"old")
    monkeypatch.setattr("os.fsync", _fail)
    with pytest.raises(StateError, match=r"a\.md: cannot be written: no space\n    Every file is whole"):
        folder.write("a.md", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.md", b"old")]


def _fail(_):
    raise OSError("no space")


def test_a_lock_is_read_as_it_was_written(tmp_path):
    state = State(tmp_path / ".convert")
    lock = Lock("老中 铁路", HASH, "gb18030", {"zh": LockedPage("zh/a/b.md", HASH, ("zh/c/b.md",))})
    state.write_lock(lock)
    assert list(state.locks()) == [lock]
    assert state.lock("another") is None


BROKEN = ["", "[]", "[" * 100_000, "{}", '{"source": 1}', "<<<<<<< HEAD", '{"pages": {"zh": {"base": "../x"}}}']


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_lock_is_an_error_and_not_a_new_start(tmp_path, text):
    state = State(tmp_path)
    state.folder.write("lock/s1.json", text.encode())
    with pytest.raises(StateError, match="is not a lock file"):
        state.lock("s1")


def test_a_lock_that_names_no_hash_is_refused(tmp_path):
    state = State(tmp_path)
    page = {"path": "zh/a/b.md", "base": "../../etc/passwd"}
    data = {"source": "s1", "sha256": "", "encoding": "", "pages": {"zh": page}}
    state.folder.write("lock/s1.json", json.dumps(data).encode())
    with pytest.raises(StateError, match="is not a lock file"):
        state.lock("s1")


@pytest.mark.parametrize("source_id", ["../s", "a/b", "", ".", "a\\b"])
def test_an_id_that_is_no_file_name_is_refused(tmp_path, source_id):
    with pytest.raises(StateError, match="cannot be the id of a source"):
        State(tmp_path).lock(source_id)


def test_a_base_is_what_its_name_says(tmp_path):
    state = State(tmp_path)
    name = state.write_base(b"text")
    assert state.base(name) == b"text"
    (tmp_path / "base" / f"{name}.md").write_bytes(b"other")
    assert state.base(name) is None
    assert state.write_base(b"text") == name
    assert state.base(name) == b"text"


def test_two_conversions_do_not_run_at_once(tmp_path):
    running = pytest.raises(StateError, match="another conversion is running")
    with State(tmp_path).alone(), running, State(tmp_path).alone():
        pass
    with State(tmp_path).alone():
        assert "/pending/" in (tmp_path / ".gitignore").read_text()

"""Every row of the tables is refused with one clear line, and nothing else is touched.

Most rows ask the library, as the commands do; one of each kind goes through the commands themselves.
"""

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from tests.checks.pages import FRONT, page
from tests.hostile.table import rows
from tests.table import Table

import convert
from bitext import doors, read
from bitext.checks import gate, known
from bitext.read import SourceError

ROOT = Path(__file__).parents[2]
KNOWN = known.load()
GOOD = page(front=FRONT.replace("s1", "good"))
FLOORS = {"front matter": 60, "body": 120, "encoding": 80, "files": 60}
KINDS = {
    "front matter": rows("front_matter"),
    "body": rows("body"),
    "encoding": rows("encoding"),
    "files": [{**case, "said": f" place: {case['said'].split(', ')[0]}"} for case in Table("checks_places")["refused"]],
}


def ids(kind):
    return [row["label"] for row in KINDS[kind]]


def content(kind, row):
    """Bytes of the file of a row."""
    if kind == "encoding":
        return page("").encode() + bytes.fromhex(row["hex"])
    if "front" in row:
        return f"---\n{row['front']}\n---\n\nOne.\n{{ #p1 }}\n".encode()
    text = row["page"] if "page" in row else page(row["body"] * row.get("repeat", 1) + "\n") if "body" in row else GOOD
    return text.encode("utf-8", "surrogatepass")


def placed(root, kind, row):
    """A folder with a good page and that of the row."""
    for name, data in {"zh/trade/good.md": GOOD.encode(), row.get("path", "zh/trade/a.md"): content(kind, row)}.items():
        path = root / "docs" / name
        (root / "docs" / name if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(data)
    return root / "docs"


def state(root):
    """All that there is: names and bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def expected(row):
    return f"docs/{row.get('at', row.get('path', 'zh/trade/a.md'))}:{row['said']}"


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        pytest.param(kind, row, id=f"{kind}: {row['label']}")
        for kind in ("front matter", "body", "files") for row in KINDS[kind]
    ],
)
def test_no_site_is_made_of_it(tmp_path, kind, row):
    docs = placed(tmp_path, kind, row)
    before = state(tmp_path)
    with contextlib.chdir(tmp_path):
        findings = gate.unfit(Path("docs"), KNOWN)
    told = [str(finding) for finding in findings]
    assert any(line.startswith(expected(row)) for line in told), told
    assert all(finding.next_step for finding in findings), told
    assert all("good.md" not in line.split(": ")[0] for line in told)
    assert state(tmp_path) == before
    assert docs.is_dir()


@pytest.mark.parametrize("row", KINDS["encoding"], ids=ids("encoding"))
def test_bytes_that_are_no_text(tmp_path, row):
    with pytest.raises(SourceError) as refused:
        doors.source_text(_loaded(tmp_path, bytes.fromhex(row["hex"])), Path("sources/a.txt"))
    assert str(refused.value).split("\n")[0].startswith(f"sources/a.txt:{row['said']}")
    assert "\n    " in str(refused.value)
    placed(tmp_path, "encoding", row)
    with contextlib.chdir(tmp_path):
        told = [str(finding) for finding in gate.unfit(Path("docs"), KNOWN)]
    assert any(line.startswith(f"docs/zh/trade/a.md:{row['page']}") for line in told) or not row["page"]


def _loaded(root, data):
    (root / "a.txt").write_bytes(data)
    try:
        return read.load(root / "a.txt")
    except SourceError as error:
        raise SourceError("sources/a.txt", error.reason, error.next_step) from None


@pytest.mark.parametrize("kind", FLOORS)
def test_there_are_enough_rows(kind, capsys):
    labels = ids(kind)
    assert len(labels) == len(set(labels))
    assert len(labels) >= FLOORS[kind]
    with capsys.disabled():
        print(f"\nhostile: {len(labels)} kinds of bad {kind}, floor {FLOORS[kind]}")


# ------------------------------------------------------------------ the commands, one of each kind
def command(root, *words):
    done = subprocess.run([sys.executable, *words], cwd=root, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["front matter", "body", "files"])
def test_check_and_build_say_so_and_leave_everything(tmp_path, kind):
    row = KINDS[kind][3]
    placed(tmp_path, kind, row)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    before = state(tmp_path)
    for script in ("check.py", "build.py"):
        code, said = command(tmp_path, str(ROOT / "scripts" / script), "--docs", "docs")
        assert code == 1
        assert expected(row) in said
    assert state(tmp_path) == before


def test_convert_says_so_and_the_others_go_on(tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "good.txt").write_bytes((ROOT / "sources/first-shipments.txt").read_bytes())
    (sources / "a.txt").write_bytes((ROOT / "sources/qr-payment-hanoi.txt").read_bytes())
    script = [str(ROOT / "scripts/convert.py"), "--sources", "sources", "--docs", "docs"]
    assert command(tmp_path, *script)[0] in (0, 1)
    before = state(tmp_path)
    row = KINDS["encoding"][0]
    (sources / "a.txt").write_bytes(bytes.fromhex(row["hex"]))
    code, said = command(tmp_path, *script)
    assert code == 2
    assert f"sources/a.txt:{row['said']}" in said
    after = state(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == {"sources/a.txt"}


@pytest.mark.parametrize("row", KINDS["encoding"][::9], ids=ids("encoding")[::9])
def test_a_broken_source_ends_with_two(tmp_path, row):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(bytes.fromhex(row["hex"]))
    before = state(tmp_path)
    said = io.StringIO()
    with contextlib.chdir(tmp_path), contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        assert convert.main(["--sources", "sources", "--docs", "docs"]) == 2
    assert f"sources/a.txt:{row['said']}" in said.getvalue()
    assert {name: data for name, data in state(tmp_path).items() if not name.startswith(".convert/")} == before

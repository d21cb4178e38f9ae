"""Whatever door a text comes in by, it is the same text; what is no text is refused in one line."""

import html
from pathlib import Path

import pytest
from tests.doors import office
from tests.reading import KNOWLEDGE, lexicon

import convert
from bitext import doors, markup, pipeline
from bitext.read import SourceError

SOURCES = sorted((Path(__file__).parents[2] / "sources").glob("*.txt"))


def lines_of(text):
    return [" ".join(line.split()) for line in text.split("\n")]


MADE = {
    ".html": lambda lines: "".join(f"<p>{html.escape(line)}</p>\n" for line in lines).encode(),
    ".docx": lambda lines: office.document("".join(office.paragraph(line) for line in lines)),
    ".md": lambda lines: "\n\n".join(markup.escape(line) for line in lines).encode(),
    ".txt": lambda lines: "\n\n".join(lines).encode(),
}


def understood(suffix, lines):
    source = doors.source_text(MADE[suffix](lines), Path(f"a{suffix}"))
    article = pipeline.understand(source, KNOWLEDGE, lexicon())
    beads = [tuple(tuple(b.text for b in side) for side in (bead.zh, bead.en)) for bead in article.beads]
    return source, beads, {b.text: (b.role, b.lang) for b in article.blocks}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_same_text_by_every_door(path):
    lines = [line for line in lines_of(path.read_text("utf-8")) if line]
    plain, beads, blocks = understood(".txt", lines)
    assert len(beads) > 3
    for suffix in (".html", ".docx", ".md"):
        source, own_beads, own_blocks = understood(suffix, lines)
        assert [line for line in source.lines if line] == [line for line in plain.lines if line]
        assert own_beads == beads
        assert own_blocks == blocks


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.mhtml", "a.b.odt", "A.PNG"])
def test_other_endings(name):
    with pytest.raises(SourceError) as error:
        doors.source_text("水文站".encode(), Path(name))
    assert str(error.value).endswith(f"\n    {doors.NEXT_STEP}")


@pytest.mark.parametrize("name", ["a", "a.TXT", "a.Html", "A.MD"])
def test_endings_in_any_case(name):
    assert doors.source_text("水文站".encode(), Path(name)).lines == ("水文站",)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to run the converter in; a function that puts texts into it; a function that runs it."""
    monkeypatch.chdir(tmp_path)
    Path("sources").mkdir()
    lines = lines_of(SOURCES[0].read_text("utf-8"))

    def put(*names):
        for name in names:
            Path("sources", name).write_bytes(MADE[Path(name).suffix.lower()]([line for line in lines if line]))

    return put, lambda: convert.main(["--sources", "sources", "--docs", "docs"])


def pages():
    return {path.as_posix(): path.read_bytes() for path in Path("docs").rglob("*.md")}


def test_a_folder_gives_texts_of_every_ending(folder):
    put, run = folder
    put("a.txt", "b.HTML", "c.docx", "d.md")
    Path("sources/README.md").write_text("# About these texts")
    Path("sources/~$c.docx").write_bytes(b"lock")
    Path("sources/b_files").mkdir()
    assert run() == 0
    bodies = {content.partition(b"source_id: ")[2][1:] for content in pages().values()}
    assert (len(pages()), len(bodies)) == (8, 2)


def test_two_files_of_one_name_leave_the_pages_as_they_are(folder, capsys):
    put, run = folder
    put("a.txt")
    run()
    before = pages()
    put("a.html", "b.txt")
    assert run() == 2
    told = capsys.readouterr().err
    assert (
        "sources/a.txt: has the id of sources/a.html\n    Keep one of them, or give each a name of its own.\n" in told
    )
    assert pages().items() > before.items()
    assert len(pages()) == 4


def test_another_ending_is_told_and_the_others_go_on(folder, capsys):
    put, run = folder
    put("a.txt")
    Path("sources/b.pdf").write_bytes(b"%PDF-1.7")
    assert run() == 2
    assert f"sources/b.pdf: cannot be read: .pdf is none of {', '.join(doors.SUFFIXES)}\n    {doors.NEXT_STEP}\n" in (
        capsys.readouterr().err
    )
    assert len(pages()) == 2


HEADED = {
    "a.html": "<h1>江边的老水文站</h1><h3>站长说，水位每天都在变。</h3><p>{0}</p>"
    "<h4>孩子们的提问</h4><p>{0}</p><h2>{0}</h2>",
    "a.md": "# 江边的老水文站\n\n### 站长说，水位每天都在变。\n\n{0}\n\n#### 孩子们的提问\n\n{0}\n\n## {0}",
}


@pytest.mark.parametrize("name", HEADED)
def test_what_a_file_calls_a_heading_is_one_unless_it_is_running_text(name):
    running = "老渡口水文站八月八日首次向公众开放，一百二十名居民参观了雨量计和两艘测量船。"
    source = doors.source_text(HEADED[name].format(running).encode(), Path(name))
    found = [(block.role, block.level) for block in pipeline.label(source, KNOWLEDGE, lexicon())]
    assert found == [("title", 0), ("heading", 3), ("paragraph", 0), ("heading", 3), ("paragraph", 0), ("paragraph", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 渡口\n---\n\n**船**\n",
        "---\n渡口\n---\n**船**\n",
        "---\n\n船：a\n---\n",
        "船\n---\na: b\n---\n",
        "---\na: b\n",
    ],
)
def test_a_plain_text_keeps_its_lines(text):
    assert doors.source_text(text.encode(), Path("a.txt")).lines == tuple(text.split("\n"))

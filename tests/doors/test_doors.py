"""Whatever door a text comes in by, it is the same text; what is no text is refused in one line."""

import html
from pathlib import Path

import pytest
from tests.doors import office
from tests.reading import KNOWLEDGE, lexicon

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

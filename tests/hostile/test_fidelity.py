"""What a source says is what readers see, letter for letter: in all sources there are, and in texts that nobody wrote.

``make nightly`` makes ten thousand; SEED=… makes others. A text that fails is printed with its number.
"""

import contextlib
import io
import os
import random
from pathlib import Path

import html5lib
import pytest
from tests.hostile import generate
from tests.hostile.proofs import converted, pages
from tests.sizes import size

import build
from bitext import doors
from bitext.markup import visible
from bitext.model import Page
from bitext.page import render

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "seeds"
COUNT = size(500, 10_000)
BUILT = size(20, 300)
SEED = int(os.environ.get("SEED", "1"))
FORMS = {".txt": "\n".join, ".html": generate.page, ".docx": generate.document}
"""Ending of a file, and how lines become its content."""


def sources():
    """Every text there is: the project's own, those of the gold, the shared ones."""
    places = (ROOT / "sources", ROOT / "tests" / "gold" / "texts", ROOT / "tests" / "gold" / "cases", SHARED)
    found = (path for place in places if place.is_dir() for path in sorted(place.rglob("*")))
    return [path for path in found if path.suffix in doors.SUFFIXES and doors.is_source(path)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: "/".join(path.parts[-2:]))
def test_a_source_is_shown_whole(path):
    assert converted(path.read_bytes(), path.name)


def test_there_are_sources():
    assert len(sources()) > 20
    if not SHARED.is_dir():
        pytest.skip("the shared seeds are not here")


def made(number):
    """A text by its number: name, content, and the lines that its reader sees."""
    dice = random.Random(f"{SEED}/{number}")
    suffix = dice.choices(list(FORMS), (8, 1, 1))[0]
    text = generate.lines(dice)
    if suffix != ".txt":
        text = generate.shown(text)
    content = FORMS[suffix](text)
    return f"made-{number}{suffix}", content.encode() if isinstance(content, str) else content, text


def test_a_text_that_nobody_wrote_is_shown_whole(capsys):
    taken = characters = 0
    for number in range(COUNT):
        name, content, text = made(number)
        try:
            if converted(content, name):
                taken += 1
                characters += sum(map(len, text))
            else:
                assert not "".join(map(visible, text)), "refused"
        except Exception as error:
            pytest.fail(f"text {SEED}/{number}, {name}: {type(error).__name__}: {error}\n{text!r}")
    with capsys.disabled():
        print(f"\nfidelity: {COUNT} generated texts, {taken} converted, {characters} characters, 0 lost, 0 invented")
    assert taken > COUNT * 0.9


@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_a_container_gives_the_lines_that_went_in(suffix):
    """Bullets and brackets that a door itself would write are not among them."""
    for number in range(size(50, 500)):
        text = generate.shown(generate.lines(random.Random(f"{suffix}/{number}")))
        if text:
            found = doors.source_text(FORMS[suffix](text), Path(f"a{suffix}"), punctuation=False).lines
            assert solids(found) == solids(text), number


def solids(lines):
    return [found for line in lines if (found := solid(line))]


def solid(text):
    """Text without blanks."""
    return "".join(visible(text).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Pages of texts that nobody wrote, through the whole build, and the site."""
    root = tmp_path_factory.mktemp("fidelity")
    written: dict[str, Page] = {}
    for number in range(BUILT):
        name, content, _ = made(number)
        for one in pages(content, name):
            path = root / "docs" / one.lang / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(one), encoding="utf-8")
            written[f"{'' if one.lang == 'zh' else 'en/'}{one.path.removesuffix('.md')}/index.html"] = one
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        assert build.main(["--docs", str(root / "docs"), "--site", str(root / "site")]) == 0, said.getvalue()
    return root / "site", written


def test_the_built_site_shows_what_the_pages_say(site, capsys):
    folder, written = site
    for name, one in written.items():
        tree = html5lib.parse((folder / name).read_bytes(), namespaceHTMLElements=False)
        assert solid("".join(tree.find(".//h1").itertext())) == solid(one.front_matter.title), name
        if one.parts:
            text = next(part for part in tree.iter("div") if part.get("class") == "bt-text")
            assert solid("".join(text.itertext())) == solid("".join(part.text for part in one.parts)), name
    with capsys.disabled():
        print(f"\nfidelity: {len(written)} built pages show what was written")
    assert len(written) > BUILT

"""A page and its Markdown file say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import markup, page
from bitext.model import FrontMatter, Page, Part, Series

WORDS = st.text().map(markup.visible).filter(bool)
LINES = WORDS.map(lambda text: " ".join(text.split())[:200].strip()).filter(bool)
SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
SLUG_LISTS = st.lists(SLUGS, max_size=3, unique=True).map(tuple)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
FRONT_MATTER = st.builds(
    FrontMatter,
    title=LINES,
    topics=SLUG_LISTS.filter(bool),
    source_id=IDS,
    title_derived=st.booleans(),
    date=st.sampled_from(["", "2024", "2024-08", "2024-08-09"]),
    tags=SLUG_LISTS,
    source=st.just("") | LINES,
    source_url=st.sampled_from(["", "https://example.org/a?b=c#d"]),
    description=st.just("") | LINES,
    series=st.none() | st.builds(Series, IDS, st.integers(0, 20)),
)
PARTS = st.builds(
    Part,
    kind=st.sampled_from(["paragraph", "heading2", "heading3", "item", *page.CLASSES]),
    text=WORDS,
    bead=st.sampled_from(["", "p1", "p27", "p3a"]),
    lang=st.sampled_from([None, "en"]),
)
PAGES = st.builds(
    Page,
    lang=st.just("zh"),
    path=st.builds("{}/{}.md".format, SLUGS, SLUGS.filter(lambda slug: slug != "index")),
    front_matter=FRONT_MATTER,
    parts=st.lists(PARTS, max_size=5).map(tuple),
)
HEAD = "---\ntitle: A title\ntopics: [trade]\nsource_id: a1\n---\n"


@given(PAGES)
def test_reading_what_was_written_gives_the_page_back(written):
    assert page.parse(page.render(written), f"docs/{written.lang}/{written.path}") == written


@given(st.text(), st.sampled_from(["", HEAD]))
def test_no_text_at_all_raises_anything_but_findings(text, head):
    found, findings = page.read(head + text, "docs/en/trade/a.md")
    assert (found is None) == bool(findings)


def test_the_form_of_a_page():
    parts = (
        Part("paragraph", "Paragraph text, # escaped.", "p4"),
        Part("heading2", "Heading", "p5"),
        Part("caption", "Caption text", "p6"),
        Part("caption", "Text that continues the bead p6 before it"),
        Part("paragraph", "标题", "p7", "zh"),
        Part("source", "Source: X"),
        Part("item", "One", "p8"),
        Part("item", "Two"),
    )
    made = Page("en", "trade/a.md", FrontMatter("A title", ("trade",), "a1", series=Series("a1", 2)), parts)
    assert page.render(made) == (
        "---\ntitle: A title\ntopics: [trade]\nsource_id: a1\nseries:\n  id: a1\n  part: 2\n---\n"
        "\nParagraph text, \\# escaped.\n{ #p4 }\n"
        "\n## Heading { #p5 }\n"
        "\nCaption text\n{ #p6 .caption }\n"
        "\nText that continues the bead p6 before it\n{ .caption }\n"
        "\n标题\n{ #p7 lang=zh }\n"
        "\nSource: X\n{ .source }\n"
        "\n- One\n  { #p8 }\n- Two\n"
    )


def test_what_people_write_is_read():
    body = "\n# Top\nText right below,\non two lines\n{: #p2 }\n\n- one\n- two\n  more { .x }\n1. three\n\n> quoted\n"
    parts = page.parse(HEAD + body, "en/trade/a.md").parts
    assert [(part.kind, part.text, part.bead) for part in parts] == [
        ("heading2", "Top", ""),
        ("paragraph", "Text right below, on two lines", "p2"),
        ("item", "one", ""),
        ("item", "two more { .x }", ""),
        ("item", "three", ""),
        ("paragraph", "quoted", ""),
    ]


def test_every_block_knows_its_line():
    body = HEAD + "\nOne\n{ #p1 }\n\n\n## Two { #p2 }\nThree\n"
    _, rest, line = page.front_matter.split(body)
    found = [(block.line, block.markdown) for block in page.blocks(rest, line)]
    assert found == [(7, "One"), (11, "Two"), (12, "Three")]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("docs/zh/trade/a.md", ("zh", "trade/a.md")),
        ("build\\docs\\en\\trade\\a.md", ("en", "trade/a.md")),
        ("docs/zh/trade/index.md", None),
        ("docs/zh/index.md", None),
        ("docs/fr/trade/a.md", None),
        ("docs/zh/trade/a.txt", None),
    ],
)
def test_where_an_article_may_stand(path, place):
    assert page.place_of(path) == place


def test_windows_line_ends_are_read():
    assert page.parse((HEAD + "\nOne\n").replace("\n", "\r\n"), "en/trade/a.md").parts == (Part("paragraph", "One"),)


@pytest.mark.parametrize("text", ["", "Word: text\n", "\n" + HEAD, "\u200b" + HEAD, "---\ntitle: x\n"])
def test_a_page_without_front_matter_is_refused(text):
    with pytest.raises(page.PageError, match=r"a\.md:1: front matter: no front matter"):
        page.parse(text, "en/trade/a.md")

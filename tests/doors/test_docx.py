"""A document of a word processor gives its visible text."""

import random
from pathlib import Path

import pytest
from tests.doors import office
from tests.doors.office import numbered, paragraph, table

from bitext import doors
from bitext.read import SourceError

PATH = Path("a.docx")


def read(body, **parts):
    return doors.source_text(office.document(body, **parts), PATH)


def shown(body, **parts):
    return [line for line in read(body, **parts).lines if line]


def run(inner, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def text(words, properties=""):
    return run(f"<w:t>{words}</w:t>", properties)


def p(*inner):
    return f"<w:p>{''.join(inner)}</w:p>"


CASES = {
    "runs are one paragraph": (p(text("水"), text("文", "<w:b/>"), text("站")), ["水文站"]),
    "breaks and tabs": (p(run("<w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>2</w:t>")), ["一", "二\t2"]),
    "tab stops are no tabs": (
        p("<w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr>", text("一")),
        ["一"],
    ),
    "hyphens": (p(run("<w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t>")), ["co\u2011ops"]),
    "changes that were tracked": (
        p("<w:ins>", text("新"), "</w:ins><w:del>", run("<w:delText>旧</w:delText>"), "</w:del>"),
        ["新"],
    ),
    "hidden text": (p(text("见"), text("隐", "<w:vanish/>"), text("人", "<w:vanish w:val='0'/>")), ["见人"]),
    "fields": (p(run("<w:fldChar/><w:instrText>PAGE</w:instrText>"), text("三")), ["三"]),
    "links": (p("<w:hyperlink>", text("水文站"), "</w:hyperlink>"), ["水文站"]),
    "content controls": (f"<w:sdt><w:sdtContent>{paragraph('一')}</w:sdtContent></w:sdt>", ["一"]),
    "readings": (
        p("<w:ruby><w:rt>", text("yú"), "</w:rt><w:rubyBase>", text("鱼"), "</w:rubyBase></w:ruby>"),
        ["鱼"],
    ),
    "tables": (
        table(("月", "Month"), ("七月", ""), ("一\n二", "One\nTwo")),
        ["月 | Month", "七月", "一", "二", "One", "Two"],
    ),
    "words of a picture": (
        p(text("前"), run("<w:drawing><w:docPr descr='图为 测量船'/></w:drawing>")) + p(text("后")),
        ["前", "图为 测量船", "后"],
    ),
    "a text box stands once": (
        p(
            text("前"),
            run(
                f"<w:AlternateContent><w:Choice><w:txbxContent>{paragraph('框')}</w:txbxContent></w:Choice>"
                f"<w:Fallback><w:txbxContent>{paragraph('框')}</w:txbxContent></w:Fallback></w:AlternateContent>"
            ),
            text("后"),
        ),
        ["前后", "框"],
    ),
    "symbols": (p(run("<w:sym w:char='2022'/><w:sym w:char='F0B7'/><w:sym w:char='x'/>"), text("一")), ["\u2022一"]),
}


@pytest.mark.parametrize("name", CASES)
def test_visible_text(name):
    body, lines = CASES[name]
    assert shown(body) == lines


def test_notes_stand_at_the_end_and_their_marks_are_no_digits():
    notes = "".join(
        f"<w:footnote w:id='{n}'>{paragraph(own)}</w:footnote>" for n, own in ((1, "separator"), (2, " 注"))
    )
    body = p(text("in 2024"), run("<w:footnoteReference w:id='2'/>")) + paragraph("end")
    assert shown(body, footnotes=notes) == ["in 2024[1]", "end", "[1] 注"]


def levels(*forms):
    return "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{shape}'/></w:lvl>"
        for depth, (form, shape, start) in enumerate(forms)
    )


def numbering(*forms):
    return (
        f"<w:abstractNum w:abstractNumId='7'>{levels(*forms)}</w:abstractNum>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num>"
    )


@pytest.mark.parametrize(
    ("forms", "lines"),
    [
        ([("decimal", "%1.", 1), ("decimal", "%1.%2", 1)], ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e"]),
        ([("chineseCounting", "%1、", 10), ("decimal", "(%2)", 1)], ["十、a", "(1) b", "(2) c", "十一、d", "(1) e"]),
        ([("upperRoman", "%1.", 4), ("lowerLetter", "%2)", 26)], ["IV. a", "z) b", "aa) c", "V. d", "z) e"]),
        ([("bullet", "\uf0b7", 1), ("none", "", 1)], ["- a", "b", "c", "- d", "e"]),
    ],
)
def test_numbers_that_the_document_computes(forms, lines):
    body = numbered("a", 3) + numbered("b", 3, 1) + numbered("c", 3, 1) + numbered("d", 3) + numbered("e", 3, 1)
    assert shown(body, numbering=numbering(*forms)) == lines


def test_numbers_and_headings_by_style():
    styles = "".join(
        f"<w:style w:styleId='{name}'>{inner}</w:style>"
        for name, inner in {
            "1": "<w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>",
            "x": "<w:basedOn w:val='1'/>",
            "t": "<w:name w:val='Title'/>",
            "o": "<w:basedOn w:val='o'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr>",
        }.items()
    )
    body = "".join(paragraph(style, f"<w:pStyle w:val='{style}'/>") for style in "t1xon")
    found = read(body, styles=styles, numbering=numbering(("decimal", "第%1章", 1)))
    assert [line for line in found.lines if line] == ["t", "第1章1", "第2章x", "o", "n"]
    assert found.headings == ((1, 1), (3, 1), (5, 1), (7, 3))


def test_what_is_left_behind_is_recorded():
    body = p(text("一"), "<w:del>", run("<w:delText>旧</w:delText>"), "</w:del>")
    data = office.packed({"word/document.xml": office.part(body), "word/header1.xml": "", "word/vbaProject.bin": b"x"})
    changes = [(change.rule, change.before) for change in doors.source_text(data, PATH).changes]
    assert changes == [("header or footer", ""), ("macros", ""), ("deleted text", "旧")]


def test_the_main_part_has_the_name_that_the_archive_gives_it():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    data = office.packed({"_rels/.rels": rels, "word/document2.xml": office.part(paragraph("一"))})
    assert doors.source_text(data, PATH).text == "一"


def test_whatever_happens_to_the_bytes_nothing_raises():
    whole = office.document(
        numbered("水文站", 3) + table(("一", "One")),
        numbering=numbering(("decimal", "%1.", 1)),
        styles="",
        footnotes="",
    )
    chance = random.Random(1)
    messages = []
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            doors.source_text(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]), PATH)
        except SourceError as error:
            messages.append(str(error))
    assert len(messages) > 200
    assert {message.count("\n") for message in messages} == {1}


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("<w:sdt>", "</w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
    ],
)
def test_what_is_nested_as_deep_as_the_parser_goes(opens, closes):
    """256 levels; beyond, the parser refuses, see test_hostile.py."""
    depth = 240 // opens.count("<")
    assert shown(opens * depth + paragraph("x") + closes * depth) == ["x"]
    runs = "<w:smartTag>" * 240 + text("x") + "</w:smartTag>" * 240
    assert shown(p(runs)) == ["x"]

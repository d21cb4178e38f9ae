"""An empty page in both languages, drafted from the command line."""

import contextlib
import io

import pytest

import check
import new

DATE = "date is '2025-02-30', expected 2024, 2024-08 or 2024-08-09, a day of the calendar\n"
TITLES = ("trade", "新港口开港", "A New Port Opens")


def run(root, *arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = new.main([*arguments, "--docs", str(root / "docs")])
    return code, out.getvalue().replace(f"{root}/", ""), err.getvalue().replace(f"{root}/", "")


def test_both_pages_are_there_and_pass_the_checks(tmp_path):
    code, out, err = run(tmp_path, *TITLES, "--date", "2025-03", "--paragraphs", "2")
    assert (code, err) == (0, "")
    assert out == "docs/zh/trade/2025-03-a-new-port-opens.md\ndocs/en/trade/2025-03-a-new-port-opens.md\n"
    assert (tmp_path / "docs/zh/trade/2025-03-a-new-port-opens.md").read_text("utf-8") == (
        "---\ntitle: 新港口开港\ndate: 2025-03\ntopics: [trade]\nsource_id: \"2025-03-a-new-port-opens\"\n---\n"
        "\n…\n{ #p1 }\n\n…\n{ #p2 }\n"
    )  # fmt: skip
    assert check.main(["--docs", str(tmp_path / "docs")]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("metal", *TITLES[1:]), "no topic 'metal', expected one of security, trade, connectivity, culture\n"),
        ((*TITLES, "--date", "2025-02-30"), DATE),
        ((*TITLES, "--paragraphs", "0"), "0 paragraphs, expected 1 to 200\n"),
        (("trade", "", "A Port"), "no title, expected title: …\n"),
        (("trade", "！", "!"), "no letter or digit that could name a page\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted(tmp_path, arguments, said):
    assert run(tmp_path, *arguments) == (2, "", said)
    assert not (tmp_path / "docs").exists()


def test_a_page_is_never_overwritten(tmp_path):
    run(tmp_path, *TITLES)
    (tmp_path / "docs/zh/trade/a-new-port-opens.md").write_text("mine")
    (tmp_path / "docs/en/trade/a-new-port-opens.md").unlink()
    code, _, err = run(tmp_path, *TITLES)
    assert code == 2
    assert err.startswith("docs/zh/trade/a-new-port-opens.md: is there already\n")
    assert not (tmp_path / "docs/en/trade/a-new-port-opens.md").exists()

"""A site with a fault is found out, whatever the fault; one without gets its policy."""

import base64
import hashlib
import re

import pytest

from bitext.output import policy, verify

ROOT = "https://example.org/read/"
HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body>'


def site(tmp_path, body, **more):
    for name, text in {"index": body, "a/index": '<p id="p1">A</p>', **more}.items():
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text, encoding="utf-8")
    (tmp_path / "map.png").write_bytes(b"x")
    return tmp_path


RIGHT = [
    '<a href="a/">a</a> <a href="./a/#p1">a</a> <a href="#x">x</a> <i id="x"></i> <img src="map.png">',
    '<a href="https://example.org/read/a/">a</a> <link rel="alternate" hreflang="en" href="https://example.org/read/a/#p1">',
    '<a href="/read/a/">a</a> <a href="https://example.com/nowhere">b</a> <a href="mailto:a@example.org">c</a>',
    '<a href="a/index.html?x=1#p1">a</a> <a href="/elsewhere">not ours</a>'.replace("/elsewhere", "https://x.example/"),
    '<script type="application/ld+json">{"onclick=": "javascript:x"}</script> <p>onclick=x is a text</p>',
]
WRONG = {
    '<a href="b/">b</a>': "index.html: site: a link to b/, expected the address of a page",
    '<a href="a">a</a>': "a link to a, expected the address of a page",
    '<a href="a/#p2">a</a>': "a link to a/#p2, expected an id of that page",
    '<a href="#top">a</a>': "a link to #top, expected an id of that page",
    '<img src="no.png">': "a link to no.png",
    '<link rel="alternate" hreflang="en" href="https://example.org/read/en/">': "a link to https://example.org/read/en/",
    '<script src="a.js"></script>': "a link to a.js",
    '<a href="/a/">a</a>': "a link to /a/",
    '<i id="x"></i><b id="x"></b>': "id 'x' twice",
    '<p onclick="x">a</p>': "onclick on <p>",
    "<p OnClick=x>a</p>": "onclick on <p>",
    "<img/onerror=x>": "onerror on <img>",
    '<p style="x">a</p>': "a style on <p>",
    "<style>x</style>": "a <style>",
    '<iframe src="a/"></iframe>': "a <iframe>",
    '<a href="javascript:x">a</a>': "an address 'javascript:x'",
    '<a href=" &#106;avascript:x">a</a>': "an address ' javascript:x'",
    '<object data="x"></object>': "a <object>",
}


@pytest.mark.parametrize("body", RIGHT)
def test_right(tmp_path, body):
    assert verify.finish(site(tmp_path, body), ROOT)[0] == ()


@pytest.mark.parametrize(("body", "said"), WRONG.items(), ids=list(WRONG))
def test_wrong(tmp_path, body, said):
    found, _ = verify.finish(site(tmp_path, body), ROOT)
    assert said in str(found[0])


def written(folder):
    """Pages that were looked at when they were written."""
    looked = verify.Looked()
    for path in sorted(folder.rglob("*.html")):
        document = policy.apply(path)
        looked.add(document, path.stat().st_size)
    return looked


@pytest.mark.parametrize(("body", "said"), WRONG.items(), ids=list(WRONG))
def test_wrong_on_a_page_that_was_looked_at(tmp_path, body, said):
    folder = site(tmp_path, body, **{"a/b/index": body, "a/c/index": body})
    found, _ = verify.finish(folder, ROOT, written(folder))
    for path in folder.rglob("*.html"):  # as they were
        path.write_text(policy.without(path.read_text("utf-8")), encoding="utf-8")
    assert found == verify.finish(folder, ROOT)[0]
    assert any(said in str(each) for each in found)


@pytest.mark.parametrize("body", RIGHT)
def test_right_on_a_page_that_was_looked_at(tmp_path, body):
    folder = site(tmp_path, body)
    assert verify.finish(folder, ROOT, written(folder))[0] == ()
    assert all(path.read_text("utf-8").count("Content-Security-Policy") == 1 for path in folder.rglob("*.html"))


def test_a_page_that_was_changed_after_it_was_looked_at(tmp_path):
    folder = site(tmp_path, "a")
    looked = written(folder)
    (folder / "index.html").write_text(HEAD + '<p onclick="x">', encoding="utf-8")
    assert "onclick" in str(verify.finish(folder, ROOT, looked)[0][0])


def test_the_policy_names_every_script_of_a_page_and_no_other(tmp_path):
    scripts = ["let a = '<b> &amp; \u4e2d'\n", " let b;"]
    body = "".join(f"<script>{script}</script>" for script in scripts)
    verify.finish(site(tmp_path, body, other="<script>let c</script>"), ROOT)
    said = (tmp_path / "index.html").read_text("utf-8")
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert set(re.findall(r"sha256-([^']+)'", said)) == hashes
    assert said.index("Content-Security-Policy") < said.index("<title>")
    headers = (tmp_path / "_headers").read_text("utf-8")
    assert len(re.findall(r"sha256-", headers)) == 3
    assert headers.split("\n")[1].endswith("frame-ancestors 'none'")
    assert "unsafe" not in headers + said
    assert not re.search(r"[\s'](?:\*|https?:)", headers.split("\n")[1])


def test_a_page_without_its_policy_is_as_it_was(tmp_path):
    before = (site(tmp_path, "<p>a</p>") / "index.html").read_text("utf-8")
    verify.finish(tmp_path, ROOT)
    assert policy.without((tmp_path / "index.html").read_text("utf-8")) == before


def test_a_page_where_the_policy_has_no_place(tmp_path):
    (tmp_path / "index.html").write_text("<p>a</p>", encoding="utf-8")
    with pytest.raises(policy.NoPlaceError):
        policy.apply(tmp_path / "index.html")


# ------------------------------------------------------------------ a part
def part(tmp_path, before, after, other="", removed=()):
    """A site of three pages of which the first is made again; what is found of it."""
    standing, new = tmp_path / "site", tmp_path / "new"
    standing_page = '<p id=p1>c</p><p class=x id="p3">d id="p4"</p>'
    for name, body in {"site/a": before, "site/b": other, "site/c": standing_page, "new/a": after}.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(HEAD + body, encoding="utf-8")
    names = {f"{name}/index.html" for name in "abc"}
    scripts = verify.finish(standing, ROOT)[1]
    return new, verify.finish_part(new, standing, names, set(removed), scripts, ROOT)


PART_RIGHT = {
    "the same": ("<p id=p1>a</p>", "<p id=p1>b</p>", '<a href="../a/#p1">x</a>'),
    "an id that nobody asks for is gone": ("<p id=p1>a</p>", "<p>a</p>", '<a href="../a/">x</a>'),
    "a link to a page that stays": ("a", '<a href="../c/#p1">c</a>', ""),
    "a link to an id in quotes": ("a", '<a href="../c/#p3">c</a>', ""),
    "a new id": ("a", '<p id="p9">a</p><a href="#p9">a</a>', ""),
}
PART_WRONG = {
    "an id that another page asks for is gone": ("<p id=p1>a</p>", "<p>a</p>", '<a href="../a/#p1">x</a>'),
    "a link to an id that is not there": ("a", '<a href="../c/#p2">c</a>', ""),
    "a link to what looks like an id in a text": ("a", '<a href="../c/#p4">c</a>', ""),
    "a link to nothing": ("a", '<a href="../d/">c</a>', ""),
    "a page that acts": ("a", '<p onclick="x()">a</p>', ""),
}


@pytest.mark.parametrize(("before", "after", "other"), PART_RIGHT.values(), ids=list(PART_RIGHT))
def test_a_part_that_is_right(tmp_path, before, after, other):
    new, found = part(tmp_path, before, after, other)
    assert found is not None
    assert "Content-Security-Policy" in (new / "a/index.html").read_text("utf-8")


@pytest.mark.parametrize(("before", "after", "other"), PART_WRONG.values(), ids=list(PART_WRONG))
def test_a_part_that_is_wrong(tmp_path, before, after, other):
    assert part(tmp_path, before, after, other)[1] is None


def test_a_page_that_goes_while_another_links_to_it(tmp_path):
    assert part(tmp_path, "a", "a", '<a href="../c/">c</a>', ["c/index.html"])[1] is None
    assert part(tmp_path / "2", "a", "a", '<a href="../a/">c</a>', ["c/index.html"])[1] is not None


def test_the_headers_follow_the_scripts_of_all_pages(tmp_path):
    new, found = part(tmp_path, "<script>let a</script>", "<script>let b</script>", "<script>let c</script>")
    assert found == {"let b": 1, "let c": 1}
    assert len(re.findall("sha256-", (new / "_headers").read_text("utf-8"))) == 2
    new, found = part(tmp_path / "2", "<script>let a</script>", "<p>a</p>", "<script>let a</script>")
    assert found == {"let a": 1}
    assert not (new / "_headers").exists()

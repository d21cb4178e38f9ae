"""A sanitiser's opinion of the HTML of a page; more cases in tests/cases/inert.yml."""

import pytest

from bitext.output.clean import difference

CLEAN = [
    "",
    "<p>one</p>",
    '<p id="p1" class="caption" lang="en">one &amp; <em>two</em> &lt;b&gt;</p>\n<ul>\n<li>a</li>\n</ul>',
    '<table><thead><tr><th align="left">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    '<ol start="3"><li>a</li></ol><hr /><p>a<br />b <code>&lt;x&gt;</code></p>',
    '<pre><code class="language-x">a</code></pre>',
    '<p><a href="&#109;ailto:a@example.org">mail</a> <img alt="a" src="../a.png" /></p>',
]
UNCLEAN = {
    "<p>one</p><script>x</script>": "<script>",
    "<p onclick='x'>one</p>": '<p onclick="x">',
    "<div>one</div>": "<div>",
    "<p>one<!-- two --></p>": "<-comment>",
    "<svg onload=x>": '<svg onload="x">',
    "<p class='md-overlay'>one</p>": '<p class="md-overlay">',
    "<p id='__config'>one</p>": '<p id="__config">',
    "<img src=x onerror=y>": '<img src="x" onerror="y">',
    "<a href=' javascript:x'>one</a>": '<a href=" javascript:x">',
    "<form action='x'><input></form>": '<form action="x">',
    "<base href='//x'>": '<base href="//x">',
    "<textarea>": "<textarea>",
}


@pytest.mark.parametrize("html", CLEAN)
def test_clean(html):
    assert difference(html) is None


@pytest.mark.parametrize(("html", "found"), UNCLEAN.items(), ids=list(UNCLEAN))
def test_unclean(html, found):
    told = difference(html)
    assert told
    assert sorted(told.found.strip("<>").split()) == sorted(found.strip("<>").split())


def test_the_bead_is_the_last_one_before():
    told = difference('<p id="p1">one</p><h2 id="p2">two</h2><p><b>three</b></p><p id="p3">four</p>')
    assert told
    assert (told.found, told.bead) == ("<b>", "p2")

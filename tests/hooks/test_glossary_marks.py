from __future__ import annotations

import pytest
from _glossary_marks import Marker

from bitext.model import Term

TERMS = (Term(("大坝",), ("dam",)), Term(("湄公河",), ("Mekong River",)))
LINK = '<a class="bt-term" href="g/#{}" title="{}">{}</a>'
DAM, RIVER = LINK.format("dam", "大坝", "dam"), LINK.format("mekong-river", "湄公河", "Mekong River")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>no term</p>", "<p>no term</p>"),
        ("<p>a dam, a dam</p>", f"<p>a {DAM}, a dam</p>"),
        ("<p>a &amp; b &lt; dam &gt; Mekong River</p>", f"<p>a &amp; b &lt; {DAM} &gt; {RIVER}</p>"),
        ("<h2>dam</h2>\n<p>&quot;A dam&quot;</p>", f'<h2>dam</h2>\n<p>"A {DAM}"</p>'),
        ("<p>&quot;no term&quot;</p>", "<p>&quot;no term&quot;</p>"),
    ],
)
def test_the_first_of_each_term_is_marked_and_all_else_stays(content: str, expected: str) -> None:
    marker = Marker(TERMS)
    assert marker.marked(marker.find(content, "en"), "en", "g/") == expected


def test_nothing_is_copied_where_a_page_is_spelt_as_it_will_be() -> None:
    content = "<p>a dam &amp; more</p>"
    assert Marker(TERMS).find(content, "en").content is content

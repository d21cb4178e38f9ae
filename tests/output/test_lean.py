from __future__ import annotations

import pytest

from bitext.output.lean import lean


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".md-typeset .admonition,.md-typeset details{margin:0}", ".md-typeset details{margin:0}"),
        (".md-typeset .note{color:red}", ""),
        (".md-typeset .notebook{color:red}", ".md-typeset .notebook{color:red}"),
        ("@media print{.md-banner{color:red}a{color:blue}}", "@media print{a{color:blue}}"),
        ("@media print{.md-banner{color:red}}", ""),
        (":root{--md-admonition-icon--note:url('a,{;}');--md-details-icon:url(b)}", ":root{--md-details-icon:url(b)}"),
        (".md-grid{max-width:1px}.grid{gap:0}", ".md-grid{max-width:1px}"),
        ("@keyframes a{0%{top:0}}", "@keyframes a{0%{top:0}}"),
        ('@charset "UTF-8";a{color:red}/*# sourceMappingURL=a.map */', '@charset "UTF-8";a{color:red}'),
        ("a:not(.tip,.b){color:red}", ""),
    ],
)
def test_rules_of_what_is_not_there_are_left_out(css: str, expected: str) -> None:
    assert lean(css) == expected
    assert lean(expected) == expected

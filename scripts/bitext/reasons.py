"""Why a block has its role, as stages say it to each other: reasons that another stage asks for, and names of rules.

A reason is a sentence for people, which ``convert.py --explain`` shows. Where a stage decides by what an earlier one
said, both take the sentence from here, so that none is taken apart, and none can be reworded in one place alone.
"""

from __future__ import annotations

from typing import Literal, get_args

FurnitureRule = Literal[
    "bare-address",
    "breadcrumb",
    "contact",
    "end-mark",
    "fence",
    "letterhead",
    "menu-bar",
    "menu-row",
    "page-number",
    "placeholder",
    "read-on",
    "rights",
]
"""Names of rules of ``chrome.yml`` that a stage asks for."""
LineRule = Literal[
    "addressees",
    "attribution",
    "bracketed-credit",
    "byline",
    "chapter",
    "comments-below",
    "done-at",
    "editor-credit",
    "entered-line",
    "hour",
    "key-words",
    "labelled-line",
    "last-updated",
    "list-heading",
    "markdown-heading",
    "meta-line",
    "name-and-office",
    "named-speaker",
    "numbered-heading",
    "object-label",
    "picture-credit",
    "picture-from",
    "published-line",
    "question-and-answer",
    "question-line",
    "received-line",
    "reference-number",
    "salutation",
    "signatories",
    "signed-line",
    "source-line",
    "speaker-with-office",
    "valediction",
    "version-line",
]
"""Names of rules of ``roles.yml`` that a stage asks for."""
RuleName = FurnitureRule | LineRule
"""Who renames or deletes the last rule of such a name in ``data/`` is told so when the files are loaded."""
FURNITURE_RULES: tuple[str, ...] = get_args(FurnitureRule)
LINE_RULES: tuple[str, ...] = get_args(LineRule)

_RULE = "rule "


def of_rule(name: str) -> str:
    """The reason of the lines that a rule describes."""
    return f"{_RULE}{name}"


def rule(name: RuleName) -> str:
    """The same of a rule that a stage asks for by its name.

    >>> rule("salutation")
    'rule salutation'
    """
    return of_rule(name)


def is_rule(reason: str) -> bool:
    """Whether a rule describes the line, whichever.

    >>> is_rule(rule("salutation")), is_rule(MARKED)
    (True, False)
    """
    return reason.startswith(_RULE)


GIVEN = "given in data/overrides.yml"
FRONT_MATTER = "front matter of the source"
NO_LETTER = "no letter on the line"

# ---- Headings --------------------------------------------------------------------------------------------------------

MARKED = "heading mark of Markdown"
TITLE_MARK = f"{MARKED}, of the first level"
CONTENTS = "entry of the contents"
"""How the reason begins; the line of the heading follows."""
OF_FILE = "heading of the file"
"""How the reason begins of what the file itself calls a heading; its level follows."""
SUBTITLE = "subtitle"
"""How the reason begins; the line of the title follows."""
BOX = "title of a box"
SECTION_LABEL = "comes again in bold, once in each section: names what stands below"
"""Of the labels that a text of many parts prints above each of them."""

# ---- Titles ----------------------------------------------------------------------------------------------------------

_TITLE = "title, "
GOES_ON_WITH = "goes on with line"
"""How the reason begins of a line that the width of the page cut off from one before; the number of that follows."""


def of_title(how: str) -> str:
    """The reason of a line that was chosen as the title."""
    return f"{_TITLE}{how}"


def is_of_title(reason: str) -> bool:
    """Whether a line with the role of a title is a part of the one that was chosen, not the same printed once more.

    >>> is_of_title(of_title("score 4.0")), is_of_title(f"{GOES_ON_WITH} 3"), is_of_title("the title of line 3 again")
    (True, True, False)
    """
    return reason.startswith((_TITLE, GOES_ON_WITH))


# ---- Facts -----------------------------------------------------------------------------------------------------------

LABEL = "a label, filled in"
"""How the reason begins of a label that stands above what fills it in; the line of that follows."""
DATED_TWICE = "a label with the same date in both languages"
"""Of a date line of which nobody knows what it dates."""
SALUTATION = rule("salutation")

# ---- Page furniture --------------------------------------------------------------------------------------------------

MENUS = frozenset({rule("breadcrumb"), rule("menu-bar"), rule("letterhead")})
"""Of lines that stand above the title of a page."""
LOOKED_AT = frozenset({rule("last-updated"), rule("version-line")})
"""Of lines that say when somebody last looked at a page."""

"""Pages through shells are the pages of the template, and the template is asked for few of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import url_filter

from bitext.fast.shells import Shells

ENV = jinja2.Environment()
ENV.filters["url"] = url_filter


EMPTY = Markup("")
FILTERS = ("", "| striptags", "| e", "| striptags | e", "| upper", "| length", "| truncate(3)")


@dataclass(frozen=True, slots=True)
class View:
    title: Markup
    topic: str
    url: str
    note: Markup = EMPTY
    rows: tuple[View, ...] = ()
    more: bool = False
    part: int = 0


def context(view: View, content: str = "<p>text</p>", address: str = "trade/own/") -> dict[str, Any]:
    toc = TableOfContents([AnchorLink("One", "p1", 2)])
    page = SimpleNamespace(
        title=view.title, url=address, canonical_url=f"https://a.example/{address}", edit_url=None, is_homepage=False,
        previous_page=None, next_page=None, meta={"title": view.title}, toc=toc, content=content,
    )  # fmt: skip
    return {"page": page, "base_url": "../..", "view": view, "config": object()}


def one(title: str, **more: Any) -> View:
    return replace(View(Markup(title), "trade", "trade/a/"), **more)


def same(source: str, *contexts: dict[str, Any]) -> Shells:
    """Renders pages both ways."""
    template = ENV.from_string(source)
    shells = Shells(template)
    for each in contexts:
        assert shells.render(each) == template.render(each)
    return shells


def test_texts_are_put_in_their_places() -> None:
    source = "<h1>{{ view.title }}</h1>{{ page.content }}<a href='{{ view.url | url }}'>{{ view.title }}</a>"
    pages = [context(one(f"T{n}", url=f"trade/{n}/"), f"<p>{n}</p>") for n in range(20)]
    assert same(source, *pages).rendered == 1


def test_a_question_is_a_part_of_the_shape() -> None:
    source = "{% if view.note %}N{% endif %}{% if view.topic == 'trade' %}T{% endif %}{{ view.topic }}"
    views = [one("a"), one("b", note=Markup("n")), one("c", topic="other"), one("d", topic="third")]
    shells = same(source, *map(context, views * 3))
    assert shells.rendered == 3  # a, b, and c for all that are not about trade


def test_what_a_text_holds_is_asked_of_the_text() -> None:
    source = "{% if 'class=\"source\"' in page.content %}S{% endif %}{{ page.content }}"
    same(source, *(context(one("a"), html) for html in ("<p>1</p>", '<p class="source">2</p>', "<p>3</p>") * 2))


def test_links_within_a_folder_and_to_another() -> None:
    source = "{{ view.url | url }} {% for row in view.rows %}{{ row.url | url }} {% endfor %}{{ page.url }}"
    urls = ("trade/a/", "culture/a/", "trade/own/", "trade/", "en/trade/own/", "./", "https://b.example/x", "")
    views = [one("a", url=first, rows=(one("b", url=second),)) for first in urls for second in urls]
    for address in ("trade/own/", "culture/own/", "en/trade/own/"):
        same(source, *(context(view, address=address) for view in views))


@pytest.mark.parametrize("value", ["a&amp;b", "&lt;b&gt;", "a  b", "'&#39;", "\\1 {} %s", "\ue000"])
@pytest.mark.parametrize("filters", FILTERS)
def test_a_filter_sees_the_text_itself(value: str, filters: str) -> None:
    source = f"<p>{{{{ view.title {filters} }}}}</p>{{{{ page.title {filters} }}}}{{{{ view.topic {filters} }}}}"
    same(source, *map(context, [one("a"), one(value), one("b", topic=value), one("c", topic="x")]))


def test_a_longer_list_is_another_shape() -> None:
    source = "{% for row in view.rows %}{{ loop.index }}{{ row.title }}{% endfor %}{% if view.more %}+{% endif %}"
    views = [one("a", rows=tuple(one(f"r{n}") for n in range(count))) for count in (0, 1, 2, 1, 0)]
    assert same(source, *map(context, views), context(one("b", more=True))).rendered == 4


NUMBERS = """
{{ view.part }}
{% if view.part %}+{% endif %}{{ view.part }}
{{ view.part + 1 }}
{{ view.part - 1 }}
{{ 2 * view.part }}
{{ 7 - view.part }}
{{ 7 + view.part }}
{{ -view.part }}
{{ view.part == 2 }}
{{ view.part > 1 }}
{{ 1 < view.part }}
{{ view.part in [1, 2] }}
{{ view.part is odd }}
{{ view.part is number }}
{{ view.part | int + 1 }}
{{ view.part | float }}
{{ view.part | string | length }}
{{ [1, 2, 3][view.part] }}
{{ range(view.part) | list }}
{{ '%d' | format(view.part) }}
{{ '{}' | replace('{}', view.part) }}
"""


@pytest.mark.parametrize("source", NUMBERS.strip().split("\n"))
def test_numbers(source: str) -> None:
    same(source, *(context(one("a", part=part)) for part in (1, 0, 2, 1, 0, 2)))


def test_what_has_no_shape_goes_to_the_template() -> None:
    shells = same("{{ view.title }}{{ thing }}", *({**context(one(t)), "thing": object} for t in "ab"))
    assert shells.rendered == 2


def test_a_wrong_shell_is_not_kept() -> None:
    """The template's length of a text cannot be seen in its answer alone."""
    source = "{{ view.title | upper }}{{ view.title | length }}"
    assert same(source, *(context(one(title)) for title in ("ab", "cde", "fghi"))).rendered == 3

"""Lever: pages that differ in words alone are rendered once, and the words put in their places.

A template is a function of its context. Two contexts of one *shape* (the same objects, lists as long, the same answers
to what the template asks of a text) make pages that differ in their texts only. So for each shape the template is
rendered with a mark in the place of each text; what stands between the marks is the shell of all pages of that shape.
A mark notices what it is asked (whether it is empty, equal to, begins with, holds), answers for its text, and from then
on the answer is a part of the shape.

An address is printed as seen from the page: the filter ``url`` leaves a mark as it is and notes that it was asked, and
what stands in its place is worked out for each page as that filter does. So it does not matter for the shape where a
page links to.

A shell must prove itself: the first page of a shape is rendered by the template too, and if the filled shell is not the
same, pages of that shape go to the template for good. So does a page with a text that a filter could change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence, Sized
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, partial
from itertools import chain
from operator import attrgetter, eq, itemgetter
from types import SimpleNamespace
from typing import Any, cast

import jinja2
from markupsafe import Markup
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme
from mkdocs.utils import normalize_url

from bitext.output.seen import Seen

TEMPLATES = {"main.html": "", "list.html": "content"}
"""Templates of which there are many pages. No two lists have one shape; but what stands round a list has, so the block
that holds it is rendered by itself and counts as a text."""

_SAME = frozenset(
    ("nav", "pages", "page", "base_url", "extra_css", "extra_javascript", "mkdocs_version", "build_date_utc", "config",
     "i18n_config", "i18n_file_locale", "i18n_page_locale")
)  # fmt: skip
"""What is the same for all pages of one language, or looked at apart."""
_PAGE = ("title", "canonical_url", "edit_url", "is_homepage", "previous_page", "next_page", "meta", "toc", "content")
"""What templates may ask of a page, beside its address."""
_FILTERED = re.compile(r"[&<>\"']")
"""What a filter could change in a text that is not escaped yet."""
_TEXT_MARK, _ESCAPED_MARK = "\ue000{}aB  c\ue001", "\ue000{}aB  c'&amp;\ue001"
"""Marks hold what filters change: letters of both kinds, two blanks, a quote and an entity."""
_RELATIVE_MARK = "\ue000{}raB  c\ue001"
"""An address as seen from the page."""
_MARK = re.compile("\ue000([0-9]+)(r?)aB  c(?:'&amp;)?\ue001")
_KNOWN = 4096
"""Objects of which it is remembered what they add to a shape: rows of lists and links, which several pages show."""

_seen_from = Seen()
_VIEW = ("", "view")
Slot = tuple[object, str]
"""A kind of object with what it is there for, and its field: what is asked of one such text is asked of all.

So of the date of a row in a list it may be asked whether it is there, and of that of the next article nothing.
"""
Question = tuple[str, object]


class _UnlikeError(Exception):
    """A context of which no shell can be made."""


def _answer(text: str, question: Question) -> object:
    name, about = question
    if name == "bool":
        return bool(text)
    if name == "number":
        return int(text) == about if about is not None else bool(int(text))
    return getattr(str, name)(text, *(() if about is None else (about,)))


@cache
def _asker(question: Question) -> Callable[[str], object]:
    """What answers a question of any text."""
    name, about = question
    if name == "bool":
        return bool
    if name == "__eq__":
        return partial(eq, about)
    return partial(_answer, question=question)


class _Hidden:
    """What only the block of a list may ask for."""

    def _spoilt(self, *_: object) -> Any:
        raise _UnlikeError("asked of a list")

    __bool__ = __len__ = __iter__ = __eq__ = __hash__ = __contains__ = __getattr__ = __getitem__ = __str__ = _spoilt


class _Relative(str):
    """The mark of an address that the filter ``url`` was asked for; nothing may be asked of it."""

    __slots__ = ()

    def _spoilt(self, *_: object) -> Any:
        raise _UnlikeError("asked of a filtered address")

    __bool__ = __len__ = __eq__ = __ne__ = __hash__ = __contains__ = startswith = endswith = _spoilt


class _Asked:
    """Answers for a text what a template asks, and takes down the question."""

    text: str
    number: int
    questions: set[Question]

    def relative(self) -> _Relative:
        """What the filter ``url`` makes of it."""
        return _Relative(_RELATIVE_MARK.format(self.number))

    def _ask(self, name: str, about: object = None) -> Any:
        if about is not None and not isinstance(about, (str, tuple)):
            raise _UnlikeError(name)
        question = (name, str(about) if isinstance(about, str) else about)
        self.questions.add(question)
        return _answer(self.text, question)

    def __bool__(self) -> bool:
        return bool(self._ask("bool"))

    def __len__(self) -> int:
        return int(self._ask("__len__"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and bool(self._ask("__eq__", other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        raise _UnlikeError("looked up")

    def __contains__(self, key: object) -> bool:
        return bool(self._ask("__contains__", key))

    def startswith(self, start: Any, *_: Any) -> bool:
        """Asked of addresses."""
        return bool(self._ask("startswith", start))

    def endswith(self, end: Any, *_: Any) -> bool:
        """Asked of addresses."""
        return bool(self._ask("endswith", end))


class _Text(_Asked, str):  # noqa: SLOT000 - a few, while a shell is made
    """The mark of a text."""


class _Escaped(_Asked, Markup):
    """The mark of a text that is escaped."""


class _Number(_Asked, str):  # noqa: SLOT000
    """The mark of a number that is printed; no shell is made of a page whose template reckons with it."""

    def __bool__(self) -> bool:
        return bool(self._ask("number"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, int):
            raise _UnlikeError("compared")
        self.questions.add(("number", other))
        return bool(_answer(self.text, ("number", other)))

    def __hash__(self) -> int:
        raise _UnlikeError("looked up")

    def __int__(self) -> int:
        raise _UnlikeError("reckoned with")

    __index__ = __float__ = __add__ = __mul__ = __mod__ = __lt__ = __gt__ = __le__ = __ge__ = __int__  # type: ignore[assignment]


@dataclass(slots=True)
class Shape:
    """What of a context decides over its page beside the texts, and the texts in their order."""

    questions: Mapping[Slot, Sequence[Callable[[str], object]]]
    """What answers them, in their order."""
    known: dict[tuple[str, int], tuple[object, tuple[object, ...], list[str]]]
    """What objects add to it, by what they are there for and their identity; each is kept while it is known."""
    ask: Callable[[Slot], set[Question]] | None = None
    """Where questions are taken down; then a context with marks is made, too."""
    hides: bool = False
    """Lists and objects that the view holds are of no concern."""
    key: list[object] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def of(self, value: Any, slot: Slot) -> Any:
        """Takes a value in; returns it with marks in place of its texts, if that is wanted."""
        return _TAKEN.get(type(value), Shape._object)(self, value, slot)

    def _object(self, value: Any, slot: Slot) -> Any:
        if slot[0] == "" or self.ask:  # few are what a page alone shows
            return self._fields(value, slot[1], hides=self.hides and slot == _VIEW)
        found = self.known.get((slot[1], id(value)))
        if found is None:
            inside = Shape(self.questions, self.known)
            inside._fields(value, slot[1], hides=False)
            if len(self.known) > _KNOWN:
                self.known.clear()
            found = self.known[slot[1], id(value)] = (value, tuple(inside.key), inside.texts)
        self.key.append(found[1])
        self.texts += found[2]
        return None

    def _fields(self, value: Any, place: str, *, hides: bool) -> Any:
        """Takes an object in: first its texts, then all else."""
        if not is_dataclass(value):
            raise _UnlikeError(type(value))
        kind: Any = value.__class__
        self.key.append(kind)
        values = _values_of(kind)(value)
        plan = _plan(kind, place, tuple(map(type, values)))
        if not (hides or self.ask):
            self._read(values, plan)
            return None
        of = self._unless_hidden if hides else self.of
        found = {slot[1]: of(values[at], slot) for at, slot in (*plan.texts, *plan.others)}
        return kind(**found) if self.ask else None

    def _read(self, values: Sequence[Any], plan: _Plan) -> None:
        """The same where no marks are wanted: nearly all are texts, which are taken at once."""
        texts, questions = plan.texts_of(values), self.questions
        if _FILTERED.search("".join(plan.bare_of(values))):
            raise _UnlikeError(values)
        for at, slot in plan.texts:
            if slot in questions:
                self.key += [ask(values[at]) for ask in questions[slot]]
        self.texts += texts
        for at, slot in plan.others:
            self.of(values[at], slot)

    def _unless_hidden(self, value: Any, slot: Slot) -> Any:
        return _Hidden() if type(value) is tuple or is_dataclass(value) else self.of(value, slot)

    def _plain(self, value: Any, slot: Slot) -> Any:  # noqa: ARG002
        self.key.append(value)
        return value

    def _number(self, value: int, slot: Slot) -> Any:
        return self._taken(str(value), slot, _Number, _TEXT_MARK)

    def _many(self, value: Any, slot: Slot) -> Any:
        self.key.append(len(value))
        inside = (slot[0] or "one of", slot[1])
        if not self.ask and inside not in self.questions and self._pairs(value):
            return None
        found = [self.of(each, inside) for each in value]
        return type(value)(found) if self.ask else None

    def _pairs(self, value: Any) -> bool:
        """Takes in tuples of texts, of which nothing is asked; false if it is something else."""
        if not value or set(map(type, value)) != {tuple}:
            return False
        flat = list(chain.from_iterable(value))
        if not _TEXTS.issuperset(map(type, flat)):
            return False
        if _FILTERED.search("".join([text for text in flat if type(text) is str])):
            raise _UnlikeError(value)
        self.key.append(tuple(map(len, value)))
        self.texts += flat
        return True

    def _named(self, value: Mapping[str, Any], slot: Slot) -> Any:  # noqa: ARG002
        self.key.append(tuple(value))
        return {name: self.of(each, ("meta", name)) for name, each in value.items()}

    def _contents(self, value: TableOfContents, slot: Slot) -> Any:
        found = self._many(list(value), slot)
        return TableOfContents(found) if self.ask else None

    def _entry(self, value: AnchorLink, slot: Slot) -> Any:  # noqa: ARG002
        self.key.append(value.level)
        title, name = self._markup(Markup(value.title), ("toc", "title")), self._text(value.id, ("toc", "id"))
        found = self._many(value.children, ("toc", "children"))
        if not self.ask:
            return None
        entry = AnchorLink(title, name, value.level)
        entry.children = found
        return entry

    def _markup(self, value: str, slot: Slot) -> Any:
        """Text that stands on a page as it is; no filter but one for plain text changes it."""
        return self._taken(value, slot, _Escaped, _ESCAPED_MARK)

    def _text(self, value: str, slot: Slot) -> Any:
        """A text or an address."""
        if _FILTERED.search(value):
            raise _UnlikeError(value)
        return self._taken(value, slot, _Text, _TEXT_MARK)

    def _taken(self, text: str, slot: Slot, kind: Any, form: str) -> Any:
        if slot in self.questions:
            self.key += [ask(text) for ask in self.questions[slot]]
        self.texts.append(text)
        if self.ask is None:
            return None
        number = len(self.texts) - 1
        mark = kind(form.format(number))
        mark.text, mark.number, mark.questions = str(text), number, self.ask(slot)
        return mark


_TAKEN: dict[type, Callable[[Shape, Any, Slot], Any]] = {
    Markup: Shape._markup,
    str: Shape._text,
    tuple: Shape._many,
    list: Shape._many,
    dict: Shape._named,
    bool: Shape._plain,
    int: Shape._number,
    type(None): Shape._plain,
    AnchorLink: Shape._entry,
    TableOfContents: Shape._contents,
}


_TEXTS = frozenset((str, Markup))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the fields of an object are taken in, if their values are of certain types."""

    texts: tuple[tuple[int, Slot], ...]
    others: tuple[tuple[int, Slot], ...]
    texts_of: Callable[[Sequence[Any]], Sequence[str]]
    bare_of: Callable[[Sequence[Any]], Sequence[str]]
    """Texts that are not escaped."""


@cache
def _plan(kind: type, place: str, types: tuple[type, ...]) -> _Plan:
    slots = [(at, ((kind, place), each.name)) for at, each in enumerate(fields(kind))]
    texts = tuple(slot for slot in slots if types[slot[0]] in _TEXTS)
    others = tuple(slot for slot in slots if types[slot[0]] not in _TEXTS)
    bare = [at for at, _ in texts if types[at] is str]
    return _Plan(texts, others, _items([at for at, _ in texts]), _items(bare))


def _items(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What gives the values at some places, also at one or none."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: [values[place] for place in places]


@cache
def _values_of(kind: Any) -> Callable[[Any], Sequence[Any]]:
    """What gives the values of all fields."""
    names = [each.name for each in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]


def _as_deep(address: str) -> str:
    """An address as deep as that of the page, which no link has."""
    folder, slash, _ = address.removesuffix("/").rpartition("/")
    return f"{folder}{slash}\ue000/"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page with holes for texts."""

    pieces: tuple[str, ...]
    """Of the page, and between two of them one that a text takes the place of."""
    holes: tuple[int, ...]
    """Numbers of the texts between them."""
    relative: tuple[int, ...]
    """Numbers of texts that are printed as addresses seen from the page: those come after all others."""
    body: int
    """Number of the text that is HTML."""

    def filled(self, texts: list[str]) -> str:
        """The page with its texts, addresses among them."""
        page = list(self.pieces)
        page[1::2] = [texts[hole] for hole in self.holes]
        return "".join(page)

    def with_addresses(self, texts: list[str], page: Any) -> list[str]:
        """Texts, and the addresses among them as seen from a page."""
        return texts + _seen_from.from_page(page, [texts[number] for number in self.relative])


@dataclass(frozen=True, slots=True)
class Filled:
    """A shell and the texts that fill it, addresses among them."""

    shell: Shell
    texts: list[str]

    def page(self) -> str:
        """The page."""
        return self.shell.filled(self.texts)


def shell_of(html: str, texts: int) -> Shell | None:
    """The shell of a page that was rendered with marks; none if a filter has touched a mark.

    :param texts: how many there are; the last is the HTML of the page.
    """
    pieces = _MARK.split(html)
    if any("\ue000" in piece for piece in pieces[::3]):
        return None
    relative: dict[int, int] = {}
    holes = [
        relative.setdefault(int(number), texts + len(relative)) if seen else int(number)
        for number, seen in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    del pieces[2::3]
    return Shell(tuple(pieces), tuple(holes), tuple(relative), texts - 1)


@jinja2.pass_context
def url_filter(context: Any, value: Any) -> str:
    """The filter ``url`` of MkDocs, but for marks."""
    if isinstance(value, _Asked):
        return value.relative()
    if (page := context["page"]) is None:
        return normalize_url(str(value), base=context["base_url"])
    return _seen_from.from_page(page, (str(value),))[0]


class _Time:
    """The shells that were made while the same questions were known."""

    def __init__(self, questions: Mapping[Slot, Collection[Question]]) -> None:
        self.count = _count(questions)
        self.askers = {slot: tuple(map(_asker, sorted(asked, key=repr))) for slot, asked in questions.items() if asked}
        """What answers the questions, in their order."""
        self.shells: dict[tuple[object, ...], Shell | None] = {}
        self.known: dict[tuple[str, int], Any] = {}


class Shells:
    """Renders a template through shells.

    :param template: anything with a ``render``; its environment gets a filter ``url`` that knows marks.
    :param questions: what was asked already, in the pages of another language; more is added.
    :param block: name of a block that is rendered by itself and counts as the text of the page.
    """

    def __init__(self, template: Any, questions: dict[Slot, set[Question]] | None = None, block: str = "") -> None:
        self.template, self.block = template, block
        self.questions = {} if questions is None else questions
        self.times = [_Time(self.questions)]
        """One more whenever a question was learnt. A shell of before is still right for the shapes of before: where all
        is answered as it was, the template asks the same."""
        self.rendered = self.learnt = 0
        """Pages for which the template itself was asked."""
        if "url" in template.environment.filters:
            template.environment.filters["url"] = url_filter

    @property
    def shells(self) -> dict[tuple[object, ...], Shell | None]:
        """Those that are looked through first."""
        return self.times[-1].shells

    def render(self, context: dict[str, Any]) -> str:
        """The page of a context, the same as that of the template."""
        made = self.fill(context)
        return made if isinstance(made, str) else made.page()

    def fill(self, context: dict[str, Any]) -> Filled | str:
        """The same, as shell and texts where there is a shell."""
        try:
            shape = self._shape(context, self.times[-1])[0]
        except _UnlikeError:
            return self._slow(context)
        if self.block:
            shape.texts.append(self._inside(context))
        key = tuple(shape.key)
        if key not in self.shells and (found := self._of_before(context)):
            self.shells[key] = found
        if key not in self.shells:
            return self._first(context, shape)
        if (shell := self.shells[key]) is None:
            return self._slow(context)
        return Filled(shell, shell.with_addresses(shape.texts, context["page"]))

    def _of_before(self, context: dict[str, Any]) -> Shell | None:
        """A shell from a time when less was asked."""
        keys = ((time, tuple(self._shape(context, time)[0].key)) for time in self.times[-2::-1])
        return next((found for time, key in keys if (found := time.shells.get(key))), None)

    def _inside(self, context: dict[str, Any]) -> str:
        """The block of a page."""
        made = self.template.new_context(context)
        page = self.template.root_render_func(made)
        next(page)  # by then all has been imported that stands before the blocks
        html = "".join(made.blocks[self.block][0](made))
        page.close()
        return html

    def _marked(self, context: dict[str, Any], number: int) -> str:
        """The page with marks, for its block one with this number."""
        if not self.block:
            return str(self.template.render(context))
        blocks = self.template.blocks
        self.template.blocks = {**blocks, self.block: lambda *_: iter((_ESCAPED_MARK.format(number),))}
        try:
            return str(self.template.render(context))
        finally:
            self.template.blocks = blocks

    def _slow(self, context: dict[str, Any]) -> str:
        self.rendered += 1
        return str(self.template.render(context))

    def _shape(
        self, context: dict[str, Any], time: _Time, ask: Callable[[Slot], set[Question]] | None = None
    ) -> tuple[Shape, dict[str, Any]]:
        page = context["page"]
        shape = Shape(time.askers, time.known, ask, bool(self.block))
        shape.key += [context["base_url"], _as_deep(page.url)]
        marked = {name: shape.of(value, ("", name)) for name, value in context.items() if name not in _SAME}
        asked = {name: _seen(shape, getattr(page, name), name) for name in _PAGE}
        if ask:
            own = SimpleNamespace(url=_as_deep(page.url), **asked)
            marked = {**context, **marked, "page": own}
        return shape, marked

    def _first(self, context: dict[str, Any], shape: Shape) -> str:
        """The first page of a shape, by the template and by a shell, which then is kept if it is right."""
        html = self._slow(context)
        shell = None
        try:
            _, marked = self._shape(context, self.times[-1], lambda slot: self.questions.setdefault(slot, set()))
            shell = shell_of(self._marked(marked, len(shape.texts) - 1), len(shape.texts))
        except (_UnlikeError, AttributeError, TypeError, jinja2.TemplateError):
            pass
        if _count(self.questions) > self.times[-1].count:
            self.learnt += 1
            self.times.append(_Time(self.questions))
        texts = shell.with_addresses(shape.texts, context["page"]) if shell else []
        right = shell and shell.filled(texts) == html
        key = tuple(self._shape(context, self.times[-1])[0].key)
        self.shells[key] = shell if right else None
        return html


def _count(questions: Mapping[Slot, Sized]) -> int:
    return sum(map(len, questions.values()))


def _seen(shape: Shape, value: Any, name: str) -> Any:
    """Text of a page is HTML, whatever its type."""
    if name == "content":
        return shape._taken(value, ("page", name), _Escaped, _ESCAPED_MARK)
    return shape.of(value, ("page", name))


def pull() -> None:
    """Takes the place of ``Theme.get_env``, whose environment then gives shells for some templates."""
    slow = Theme.get_env
    questions: dict[str, dict[Slot, set[Question]]] = {name: {} for name in TEMPLATES}

    def get_env(self: Theme) -> Any:
        env: Any = slow(self)
        get_template, shells = env.get_template, cast(dict[str, Shells], {})

        def with_shells(name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002 - Jinja's name
            if name not in TEMPLATES or parent is not None:
                return get_template(name, parent, globals)
            if name not in shells:
                shells[name] = Shells(get_template(name, parent, globals), questions[name], TEMPLATES[name])
            return shells[name]

        env.get_template = with_shells
        return env

    Theme.get_env = get_env  # type: ignore[method-assign]

"""A list on its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keti.charter.queries import version_in_force
from keti.groups.doors import Door
from keti.kernel.ids import new_id
from keti.kernel.prepared import Key, noting, prepared
from keti.lists.doors.asking import Asked
from keti.lists.doors.cells import lines_of
from keti.lists.doors.declaring import Column, Listing, Options, Rows, deeds_of
from keti.lists.doors.saving import FORMS
from keti.lists.models import SavedView
from keti.lists.queries import views_of
from keti.lists.rules import Value

PAGE = 50
LONGEST_NUMBER = 8
"""So long is the number of a page at most that is kept."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: where a click on it leads, and how the list is sorted by it now."""

    title: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the template of a list draws."""

    title: str
    heads: list[Head]
    lines: list[list[tuple[str, Value]]]
    page: Page[Any]
    asked: Asked
    fixed: tuple[tuple[str, str], ...]
    choices: list[tuple[str, str, Options, str]]
    tally: Sequence[tuple[str, int]]
    files: dict[str, str]
    narrowed: bool
    nothing: str
    hint: str
    body: SafeString = field(default=mark_safe(""))
    """The lines drawn already, where they are kept so."""
    keys: list[str] = field(default_factory=list)
    deeds: list[tuple[str, str]] = field(default_factory=list)
    orders: list[tuple[str, str]] = field(default_factory=list)
    """How it can be sorted, for where no heading stands to click on: on a telephone."""
    saved: list[tuple[str, str, bool]] = field(default_factory=list)
    """What the visitor keeps of this list: name, address, whether it is what is shown."""
    keep: str = ""
    """Where what is shown can be kept; "" where the list stands as it always does."""
    manage: str = ""
    keep_key: str = ""
    wish: list[tuple[str, str]] = field(default_factory=list)
    """Everything asked for, for a form that asks again."""

    @property
    def numbered(self) -> list[tuple[str, list[tuple[str, Value]]]]:
        """Each line with the key by which it is ticked."""
        return list(zip(self.keys or [""] * len(self.lines), self.lines, strict=True))


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database says of the list that was asked for."""

    count: int
    lines: list[list[tuple[str, Value]]]
    keys: list[str]
    body: SafeString
    options: list[Options]
    tally: Sequence[tuple[str, int]]


def show(request: HttpRequest, door: Door, listing: Listing) -> Shown:
    """One page of the list as it was asked for, in a fixed number of statements."""
    asked = Asked.of(listing, request.GET)
    number = request.GET.get("page", "")
    deeds = deeds_of(listing, door)

    def read() -> _Read:
        return _read(door, listing, asked, number, ticks=bool(deeds))

    wish = ("lists", listing.name, *asked.key, number)
    plain = listing.of_record and not asked.words and len(number) < LONGEST_NUMBER
    found = door.unchanged(wish, read, names=True) if plain else read()
    columns = [one for one in listing.columns if one.page]
    slug, query = door.programme.slug, asked.query(listing)
    printed = reverse("lists:print", args=[slug, listing.name])
    return Shown(
        title=str(listing.title),
        heads=[_head(one, listing, asked) for one in columns],
        lines=found.lines,
        body=found.body,
        page=paged(request, range(found.count), PAGE),
        asked=asked,
        fixed=listing.fixed,
        choices=[
            (one.key, str(one.title), options, asked.chosen[one.key])
            for one, options in zip(listing.choices, found.options, strict=True)
        ],
        tally=found.tally,
        files={form: f"{reverse(listing.file, args=[slug, form])}{query}" for form in FORMS}
        | {"print": f"{printed}{query}"},
        narrowed=bool(asked.words or any(asked.chosen.values())),
        nothing=str(listing.nothing),
        hint=str(listing.hint),
        keys=found.keys,
        deeds=[
            (str(one.title), reverse("lists:several", args=[slug, listing.name, one.key]))
            for one in deeds
        ],
        saved=[
            (one.title, f"{reverse(listing.page, args=[slug])}{one.query}", one.query == query)
            for one in _saved(door, listing.name)
        ],
        keep=_keeping(listing, slug, query),
        manage=reverse("lists:views", args=[slug, listing.name]),
        keep_key=new_id(),
        orders=[
            (f"{way}{one.key}", f"{one.title} {arrow}")
            for one in columns
            if one.sort
            for way, arrow in (("", "↑"), ("-", "↓"))
        ],
        wish=[(name, str(value)) for name, value in QueryDict(query.lstrip("?")).items()],
    )


def _read(door: Door, listing: Listing, asked: Asked, number: str, *, ticks: bool) -> _Read:
    base, found = _base(door, listing, asked)
    page = Paginator(found, PAGE).get_page(number)
    rows = list(listing.rows(door, page))
    columns = [one for one in listing.columns if one.page]
    titles = [str(one.title) for one in columns]
    lines = [
        [(title, one.value(row)) for title, one in zip(titles, columns, strict=True)]
        for row in rows
    ]
    keys = [listing.key(row) for row in rows] if listing.key and ticks else []
    body = mark_safe("")
    if listing.of_record:
        numbered = zip(keys or [""] * len(lines), lines, strict=True)
        body = lines_of({"zone": door.programme.tz}, numbered, ticks=ticks)
    return _Read(
        page.paginator.count,
        lines,
        keys,
        body,
        [one.options(door, base) for one in listing.choices],
        listing.tally(door, base) if listing.tally else (),
    )


def _saved(door: Door, called: str) -> list[SavedView]:
    """What the visitor keeps of this list; the charter, which the door's own reads hang on, is not
    asked for it."""

    def build() -> QuerySet[SavedView]:
        return views_of(door.programme, door.person, called)

    return prepared(("lists.saved", called, door.programme.pk, door.person.pk), build)


def _keeping(listing: Listing, slug: str, query: str) -> str:
    plain = Asked.of(listing, QueryDict()).query(listing)
    return f"{reverse('lists:keep', args=[slug, listing.name])}{query}" if query != plain else ""


def _base(door: Door, listing: Listing, asked: Asked) -> tuple[Rows, Any]:
    """The rows of the list, and those that were asked for: by kept statements where that may be."""
    if asked.words or not listing.steady:
        base = listing.base(door)
        return base, asked.found(listing, door, base)
    version_in_force(door.programme)  # known from here on: what is noted is read by the list
    with noting() as read:
        base = listing.base(door)
    return base, asked.found(listing, door, base) if read else _Found(listing, door, asked)


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows that were asked for, counted and read a page at a time by statements compiled once.

    For lists whose rows are said without reading anything first, and that nobody searches.
    """

    listing: Listing
    door: Door
    asked: Asked
    ordered = True

    @property
    def key(self) -> Key:
        return "lists", self.listing.name, *self.asked.key

    def build(self, door: Door) -> Rows:
        return self.asked.found(self.listing, door, self.listing.base(door))

    def lean(self, door: Door) -> Rows:
        rows = (self.listing.lean or self.listing.base)(door)
        return self.asked.found(self.listing, door, rows)

    def count(self) -> int:
        return self.door.count(self.key, self.lean)

    def __getitem__(self, part: slice) -> list[Any]:
        def few(door: Door) -> Rows:
            if self.listing.lean is None or self.asked.sort:
                return self.build(door)[part]
            return self.build(door).filter(pk__in=self.lean(door).values("pk")[part])

        return self.door.read((*self.key, part.start, part.stop), few)


def filters(door: Door, listing: Listing, asked: Asked, base: Rows) -> list[tuple[str, str]]:
    """What the list is narrowed to and sorted by, in words."""
    said = [(_("查找"), asked.words)] if asked.words else []
    for one in listing.choices:
        value = asked.chosen[one.key]
        known = dict(one.options(door, base)) if value else {}
        if value:
            said.append((str(one.title), known.get(value, value)))
    for column in listing.columns:
        if column.key == asked.sort:
            said.append((_("次序"), f"{column.title} {'↓' if asked.down else '↑'}"))
    return said


def paged(request: HttpRequest, found: Any, size: int, name: str = "page") -> Page[Any]:
    """The page of these rows that the address names. For a list ask `show`; this alone is for a
    matrix, which shows so many rows and columns as a sheet of paper holds."""
    return Paginator(found, size).get_page(request.GET.get(name))


def _head(column: Column, listing: Listing, asked: Asked) -> Head:
    if not column.sort:
        return Head(str(column.title))
    mine = asked.sort == column.key
    then = f"-{column.key}" if mine and not asked.down else column.key
    now = ("descending" if asked.down else "ascending") if mine else ""
    return Head(str(column.title), asked.query(listing, sort=then) or "?", now)

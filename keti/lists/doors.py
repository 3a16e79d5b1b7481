"""Lists, each declared once: shown a page at a time, sorted, searched, narrowed, saved as a file.

No view outside this room pages or writes a sheet of a list: it declares its columns and choices,
says which rows the seat may see, and asks for `show` and `save`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import override

from keti.documents.rules.sheet import Cell, csv_lines, to_xlsx
from keti.groups.doors import Door
from keti.kernel.downloads import attachment
from keti.lists.rules import Value, filed

PAGE = 50
CHUNK = 500
LONGEST = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("xlsx", "csv")
Row = Any
Lazy = Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its value of a row, by which fields it sorts and is searched.

    Only what the column shows may be searched: a find tells no more than the page. `page` or
    `file` off: it stands only in the file, or only on the page.
    """

    key: str
    title: Lazy
    value: Callable[[Row], Value]
    sort: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    page: bool = True
    file: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: what there is to choose from, and which rows that means."""

    key: str
    title: Lazy
    options: Callable[[Door, QuerySet[Any]], Sequence[tuple[str, str]]]
    where: Callable[[str], Q]
    first: str = ""
    """What is chosen before anybody chose; "" for all."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the house.

    `base` gives the rows this seat may see; `rows` what the columns read, of a page or of all in
    turn; `order` how they stand before anybody sorts. `page` and `file` are the names of its
    routes, the latter with the form as its last argument.
    """

    name: str
    title: Lazy
    columns: tuple[Column, ...]
    base: Callable[[Door], QuerySet[Any]]
    rows: Callable[[Door, Iterable[Any]], Iterable[Row]]
    order: tuple[str, ...]
    page: str
    file: str
    choices: tuple[Choice, ...] = ()
    nothing: Lazy = ""
    hint: Lazy = ""


LISTS: dict[str, Listing] = {}


def declared(listing: Listing) -> Listing:
    """Keep it among the lists of the house, by the route of its page; a test looks at them all."""
    LISTS[listing.page] = listing
    return listing


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor asked for: words, choices, order; nothing that the list does not know."""

    words: str
    chosen: dict[str, str]
    sort: str = ""
    down: bool = False

    @classmethod
    def of(cls, listing: Listing, asked: QueryDict) -> "Asked":
        sort = asked.get("sort", "")
        known = {one.key for one in listing.columns if one.sort}
        key = sort.removeprefix("-")
        return cls(
            asked.get("q", "").strip()[:LONGEST],
            {one.key: asked.get(one.key, one.first) for one in listing.choices},
            key if key in known else "",
            key in known and sort.startswith("-"),
        )

    def narrowed(self, listing: Listing, found: QuerySet[Any]) -> QuerySet[Any]:
        """These rows, as they were asked for, in a fixed order."""
        for one in listing.choices:
            if value := self.chosen[one.key]:
                found = found.filter(one.where(value))
        for word in self.words.split():
            fields = [path for one in listing.columns for path in one.search]
            anywhere = Q(pk__in=[])
            for path in fields:
                anywhere |= Q(**{f"{path}__icontains": word})
            found = found.filter(anywhere)
        return found.order_by(*self._order(listing))

    def _order(self, listing: Listing) -> list[Any]:
        """The column asked for, what has no value last; then as the list stands by itself."""
        sorted_by = next((one.sort for one in listing.columns if one.key == self.sort), ())
        asked = [
            F(path).desc(nulls_last=True) if self.down else F(path).asc(nulls_last=True)
            for path in sorted_by
        ]
        return [*asked, *listing.order, "pk"]

    def query(self, listing: Listing, **changed: str) -> str:
        """The same wish as an address, with something changed; "" where nothing was asked."""
        query = QueryDict(mutable=True)
        sort = f"{'-' if self.down else ''}{self.sort}" if self.sort else ""
        facts = {"q": self.words, **self.chosen, "sort": sort} | changed
        firsts = {one.key: one.first for one in listing.choices}
        for name, value in facts.items():
            if value or firsts.get(name):
                query[name] = value
        return f"?{query.urlencode()}" if query else ""


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
    choices: list[tuple[str, str, Sequence[tuple[str, str]], str]]
    sort: str
    files: dict[str, str]
    narrowed: bool
    nothing: str
    hint: str
    rows: list[Row] = field(default_factory=list)


def show(request: HttpRequest, door: Door, listing: Listing) -> Shown:
    """One page of the list as it was asked for, in a fixed number of statements."""
    asked = Asked.of(listing, request.GET)
    base = listing.base(door)
    found = asked.narrowed(listing, base)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(listing.rows(door, page))
    columns = [one for one in listing.columns if one.page]
    slug, query = door.programme.slug, asked.query(listing)
    return Shown(
        title=str(listing.title),
        heads=[_head(one, listing, asked) for one in columns],
        lines=[[(str(one.title), one.value(row)) for one in columns] for row in rows],
        page=page,
        asked=asked,
        choices=[
            (one.key, str(one.title), one.options(door, base), asked.chosen[one.key])
            for one in listing.choices
        ],
        sort=f"{'-' if asked.down else ''}{asked.sort}" if asked.sort else "",
        files={form: f"{reverse(listing.file, args=[slug, form])}{query}" for form in FORMS},
        narrowed=bool(asked.words or any(asked.chosen.values())),
        nothing=str(listing.nothing),
        hint=str(listing.hint),
        rows=rows,
    )


def _head(column: Column, listing: Listing, asked: Asked) -> Head:
    if not column.sort:
        return Head(str(column.title))
    mine = asked.sort == column.key
    then = f"-{column.key}" if mine and not asked.down else column.key
    now = ("descending" if asked.down else "ascending") if mine else ""
    return Head(str(column.title), asked.query(listing, sort=then) or "?", now)


def save(request: HttpRequest, door: Door, listing: Listing, form: str) -> HttpResponseBase:
    """The whole list as it was asked for: CSV sent line by line while it is read, or xlsx."""
    if form not in FORMS:
        raise Http404
    found = Asked.of(listing, request.GET).narrowed(listing, listing.base(door))
    header = [str(one.title) for one in listing.columns if one.file]
    lines = _lines(door, listing, found, door.lang)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(
            csv_lines(header, lines), content_type="text/csv; charset=utf-8"
        )
    else:
        sheet = to_xlsx(str(listing.title), header, lines, created=door.now)
        answer = HttpResponse(sheet, content_type=XLSX)
    name = f"{door.programme.slug}-{listing.name}.{form}"
    answer.headers["Content-Disposition"] = attachment(name)
    return answer


def _lines(door: Door, listing: Listing, found: QuerySet[Any], lang: str) -> Iterator[list[Cell]]:
    """Line after line in the language of the request, which is over when the last one is sent."""
    columns, zone = [one for one in listing.columns if one.file], door.programme.tz
    with override(lang):
        for row in listing.rows(door, found.iterator(CHUNK)):
            yield [filed(one.value(row), zone) for one in columns]

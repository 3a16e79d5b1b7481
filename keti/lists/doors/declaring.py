"""What a list is: its rows, its columns, what it is narrowed by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from keti.groups.doors import Door, enter
from keti.kernel.acts import Act
from keti.lists.rules import Value

Row = Any
Rows = QuerySet[Any]
Lazy = Any
Fold = Callable[[str], str]
Searched = str | tuple[str, Fold]
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its value of a row, by which fields it sorts and is searched.

    Only what the column shows may be searched: a find tells no more than the page. A field of keys
    is searched with the writing of keys: `(path, fold)`. `page` or `file` off: it stands only in
    the file, or only on the page.
    """

    key: str
    title: Lazy
    value: Callable[[Row], Value]
    sort: tuple[str, ...] = ()
    search: tuple[Searched, ...] = ()
    page: bool = True
    file: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: what there is to choose from, and which rows that means.

    `among`: a choice that says which rows there are at all (mine, others'); None for those of the
    list. `first` is what is chosen before anybody chose; "" for all.
    """

    key: str
    title: Lazy
    options: Callable[[Door, Rows], Options]
    where: Callable[[Door, str], Q]
    first: str = ""
    among: Callable[[Door, str], Rows | None] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the house.

    `base` gives the rows this seat may see; `rows` what the columns read, of a page or of all in
    turn; `order` how they stand before anybody sorts. `page` and `file` are the names of its
    routes, the latter with the form as its last argument; `fixed` is what the address says beside,
    where one page has two lists. `enter` is the door of the page. `tally` counts what stands above
    the list, `extra` are columns of the file that depend on the programme.
    """

    name: str
    title: Lazy
    columns: tuple[Column, ...]
    base: Callable[[Door], Rows]
    rows: Callable[[Door, Iterable[Any]], Iterable[Row]]
    order: tuple[str, ...]
    page: str
    file: str
    choices: tuple[Choice, ...] = ()
    nothing: Lazy = ""
    hint: Lazy = ""
    fixed: tuple[tuple[str, str], ...] = ()
    enter: Callable[[HttpRequest, str], Door] = enter
    tally: Callable[[Door, Rows], Sequence[tuple[str, int]]] | None = None
    extra: Callable[[Door], tuple[Column, ...]] | None = None
    steady: bool = True
    """Its statements may be kept from page to page. False where `base` is said by what was read
    first, or where the charter, which a kept statement hangs on, is read for nothing else."""
    of_record: bool = False
    """What it shows changes by what is recorded alone, or at a moment known beforehand: a page of
    it is kept until then (`Door.unchanged`). Not the post, drafts, or what needs a template."""
    lean: Callable[[Door], Rows] | None = None
    """The rows of `base` without what the columns read: they are counted so and, in the order in
    which the list stands by itself, the few of a page are found among them first."""
    key: Callable[[Row], str] | None = None
    """The public id of a row, where rows can be ticked."""


LISTS: dict[str, Listing] = {}


def declared(listing: Listing) -> Listing:
    """Keep it among the lists of the house, by its name; a test looks at them all."""
    if listing.name in LISTS:
        raise ValueError(f"two lists are called {listing.name}")
    LISTS[listing.name] = listing
    return listing


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done to several rows of a list at once, each by the act of its room.

    `offered`: whether the seat does it at all. `refusals` tells beforehand, for rows as the list
    reads them, which would be refused and why (public id -> sentence); the act asks again.
    """

    key: str
    title: Lazy
    offered: Callable[[Door], bool]
    refusals: Callable[[Door, Sequence[Any]], Mapping[str, str]]
    do: Callable[[Act, Any, str], object]
    reason: Lazy = ""
    """What the reason is called that the deed takes; "" where it takes none."""
    optional: bool = False
    """Whether the reason may be left out."""
    paper: Lazy = ""
    """What the one paper is called that stands behind all of them; "" where it takes none."""
    then: str = ""
    """The page of the programme (name of its address) where what was made is; "" for the list."""


DEEDS: dict[str, list[Deed]] = {}


def offers(called: str, *deeds: Deed) -> None:
    """Offer these deeds for the rows of the list of this name; its rows need a `key`. Rooms above
    the list's may offer theirs."""
    kept = DEEDS.setdefault(called, [])
    kept += [one for one in deeds if one.key not in {other.key for other in kept}]


def deeds_of(listing: Listing, door: Door) -> list[Deed]:
    """What this seat may do to rows of the list."""
    known = DEEDS.get(listing.name, []) if listing.key else []
    return [one for one in known if one.offered(door)]

"""What many lists have: a group to narrow by, who holds a seat, how a thing was recorded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door
from keti.groups.models import Group
from keti.groups.permissions import visible_groups
from keti.kernel.acts import Text
from keti.kernel.prepared import prepared
from keti.lists.doors.declaring import Choice, Options, Rows

AT_ONCE = 500
T = TypeVar("T")
GROUP_NAMES = ("group__title_zh", "group__title_en")


def _groups(door: Door, _rows: Rows) -> Options:
    """The groups whose work this seat reads."""

    def read() -> QuerySet[Group, tuple[str, str, str]]:
        return _titles(visible_groups(door.sight, door.programme))

    return _options(door, prepared(("lists.groups", *door.sight.key), read))


def groups_among(door: Door, name: str, among: Callable[[Door], Rows]) -> Options:
    """The groups that some rows are of: `among` gives their keys, `name` what is read."""

    def read(door: Door) -> QuerySet[Group, tuple[str, str, str]]:
        return _titles(Group.objects.filter(programme=door.programme, pk__in=among(door)))

    return _options(door, door.read((name,), read))


def _titles(groups: QuerySet[Group]) -> QuerySet[Group, tuple[str, str, str]]:
    return groups.order_by("order").values_list("public_id", "title_zh", "title_en")


def _options(door: Door, groups: Iterable[tuple[str, str, str]]) -> Options:
    lang = door.lang
    return [(key, Text(zh, en).in_(lang)) for key, zh, en in groups]


def by_group(path: str = "group") -> Choice:
    """To narrow by the group at this path, among those whose work the seat reads."""
    return Choice(
        "group",
        gettext_lazy("组别"),
        _groups,
        lambda _door, value: Q(**{f"{path}__public_id": value}),
    )


def by_code(
    key: str, title: Any, codes: Callable[[Door], Sequence[tuple[Any, Any]]], **more: Any
) -> Choice:
    """To narrow by a code the rows have in the field `key`: its values and what each is called."""
    return Choice(
        key,
        title,
        lambda door, _rows: [(str(value), str(word)) for value, word in codes(door)],
        lambda _door, value: Q(**{key: value}),
        **more,
    )


def once(door: Door, name: str, read: Callable[[], T]) -> T:
    """What the rows and the choices of one request share, read once under this name."""
    kept: dict[str, Any] = vars(door.request)
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found


def in_turn(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows some hundreds at a time, for columns that read what hangs on them at once."""
    several = iter(rows)
    while some := list(islice(several, AT_ONCE)):
        yield some


def holder(seat: str) -> tuple[str, ...]:
    """The fields that say who holds the seat at this path: what a list reads, sorts and searches.
    The path joined is `holders(seat)`."""
    return (
        f"{seat}__person__name",
        f"{seat}__organisation__name_zh",
        f"{seat}__person__name_en",
        f"{seat}__organisation__name_en",
    )


def holders(seat: str) -> tuple[str, str]:
    """What is joined to read `holder(seat)`."""
    return f"{seat}__person", f"{seat}__organisation"


class Recorded(Protocol):
    """What may have been recorded for others, or after it happened."""

    @property
    def on_behalf(self) -> bool: ...

    @property
    def recorded_late(self) -> bool: ...


def recorded(row: Recorded) -> tuple[str, ...]:
    """How it was recorded, as tags."""
    ways = ((_("代录"), row.on_behalf), (_("补录"), row.recorded_late))
    return tuple(word for word, true in ways if true)

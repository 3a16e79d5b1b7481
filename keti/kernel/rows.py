"""How the rows of a kept statement become what its queryset gives, settled once for the statement.

The library settles it anew for each answer: which columns are converted by what, which belong to
which joined model. Of a page's short answers that is most of what they cost. What is made is the
same, object for object, with what several rows are joined to made once (`kernel.alike`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models import query as library
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)

from keti.kernel.alike import Sharing, plain

_POPULATOR: Any = vars(library)["RelatedPopulator"]
Row = Any
Read = Callable[[list[Row], Any], list[Any]]


Steps = list[tuple[int, tuple[list[Any], Any]]]
"""At which places values are converted, by what, and what column is read there."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of one model in a row: where they stand, and what it is joined to."""

    model: type[Model]
    names: list[str]
    first: int
    last: int
    steps: Steps
    joined: "tuple[_Joined, ...]"

    def made(self, row: Row, connection: Any) -> Any:
        """The object of these columns, converted. Where its fields are nothing but values, they are
        laid in."""
        values = row[self.first : self.last]
        if self.steps:
            values = _converted(values, self.steps, connection)
        if not plain(self.model):
            return self.model.from_db(connection.alias, self.names, values)
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, connection.alias
        made.__dict__ = {"_state": state, **dict(zip(self.names, values, strict=True))}
        return made


@dataclass(frozen=True, slots=True)
class _Joined:
    """A joined model: how its object and the one it is joined to know each other."""

    number: int
    table: _Table
    key: int
    here: Callable[[Any, Any], None]
    there: Callable[[Any, Any], None]

    def laid(self, row: Row, beside: Any, connection: Any, known: dict[Any, Any]) -> None:
        """Join the object of this row. It is made, and its columns are converted, the first time
        its key comes."""
        key = row[self.key]
        if key is None:
            self.here(beside, None)
            return
        made = known.get((self.number, key))
        if made is None:
            made = known[self.number, key] = self.table.made(row, connection)
            for further in self.table.joined:
                further.laid(row, made, connection, known)
        self.here(beside, made)
        self.there(made, beside)


def reader(compiler: Any, kind: type, *, prefetches: bool) -> Read | None:
    """What turns the rows of this compiled statement into what a queryset of this kind gives; None
    for what is left to the library."""
    columns = [one[0] for one in compiler.select[: compiler.col_count]]
    if prefetches or compiler.has_extra_select or compiler.has_composite_fields(columns):
        return None
    steps: Steps = list(compiler.get_converters(columns).items())
    if kind in (ModelIterable, Sharing):
        return _objects(compiler, steps)
    build = _values(compiler, kind)
    if build is None or not steps:
        return build

    def read(rows: list[Row], connection: Any) -> list[Any]:
        return build([_converted(row, steps, connection) for row in rows], connection)

    return read


def _converted(values: Row, steps: Steps, connection: Any) -> list[Any]:
    made = list(values)
    for place, (each, column) in steps:
        value = made[place]
        for step in each:
            value = step(value, column, connection)
        made[place] = value
    return made


def _values(compiler: Any, kind: type) -> Read | None:
    if kind is FlatValuesListIterable:
        return lambda rows, _connection: [row[0] for row in rows]
    if kind is ValuesListIterable:
        return lambda rows, _connection: list(map(tuple, rows))
    if kind is ValuesIterable and compiler.query.selected:
        names = list(compiler.query.selected)
        return lambda rows, _connection: [dict(zip(names, row, strict=True)) for row in rows]
    return None


def _objects(compiler: Any, steps: Steps) -> Read | None:
    read, select = compiler.klass_info, compiler.select
    joined = _beneath(read, select, steps, [0])
    if joined is None:
        return None
    first, last = read["select_fields"][0], read["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[first:last]]
    table = _Table(read["model"], names, first, last, _within(steps, first, last), joined)
    more = [
        (name, place, _within(steps, place, place + 1))
        for name, place in compiler.annotation_col_map.items()
    ]

    def build(rows: list[Row], connection: Any) -> list[Any]:
        known: dict[Any, Any] = {}
        found = []
        for row in rows:
            one = table.made(row, connection)
            for beneath in joined:
                beneath.laid(row, one, connection, known)
            for name, place, own in more:
                [value] = _converted(row[place : place + 1], own, connection)
                setattr(one, name, value)
            found.append(one)
        return found

    return build


def _beneath(
    read: dict[str, Any], select: Any, steps: Steps, count: list[int]
) -> "tuple[_Joined, ...] | None":
    """The joined models, as the library has settled for them; None where it does not take their
    columns as they stand."""
    found = []
    for one in read.get("related_klass_infos", []):
        count[0] += 1
        told: Any = _POPULATOR(one, select, None)
        number, beneath = count[0], _beneath(one, select, steps, count)
        if told.reorder_for_init or beneath is None:
            return None
        first, last = told.cols_start, told.cols_end
        own = _within(steps, first, last)
        table = _Table(one["model"], told.init_list, first, last, own, beneath)
        key = first + told.pk_idx
        found.append(_Joined(number, table, key, told.local_setter, told.remote_setter))
    return tuple(found)


def _within(steps: Steps, first: int, last: int) -> Steps:
    """Those of these columns, by their place among them."""
    return [(place - first, how) for place, how in steps if first <= place < last]

"""How the rows of a kept statement become what its queryset gives, settled once for the statement.

The library settles it anew for each answer: which columns are converted by what, which belong to
which joined model. Of a page's short answers that is most of what they cost. What is made is the
same, object for object, with what several rows are joined to made once (`kernel.alike`).
"""

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of one model in a row: where they stand, and what it is joined to."""

    model: type[Model]
    names: list[str]
    taken: Callable[[Row], Any]
    joined: "tuple[_Joined, ...]"

    def made(self, db: str, values: Any) -> Any:
        """The object of these values. Where its fields are nothing but values, they are laid in."""
        if not plain(self.model):
            return self.model.from_db(db, self.names, values)
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
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

    def laid(self, row: Row, beside: Any, db: str, known: dict[tuple[int, Any], Any]) -> None:
        """Make the object of this row, the first time its key comes, and join it."""
        values = self.table.taken(row)
        key = values[self.key]
        if key is None:
            self.here(beside, None)
            return
        made = known.get((self.number, key))
        if made is None:
            made = known[self.number, key] = self.table.made(db, values)
            for further in self.table.joined:
                further.laid(row, made, db, known)
        self.here(beside, made)
        self.there(made, beside)


def reader(compiler: Any, kind: type, *, prefetches: bool) -> Read | None:
    """What turns the rows of this compiled statement into what a queryset of this kind gives; None
    for what is left to the library."""
    columns = [one[0] for one in compiler.select[: compiler.col_count]]
    if prefetches or compiler.has_extra_select or compiler.has_composite_fields(columns):
        return None
    build = _builder(compiler, kind)
    if build is None:
        return None
    converters = list(compiler.get_converters(columns).items())

    def read(rows: list[Row], connection: Any) -> list[Any]:
        if converters:
            rows = [_converted(list(row), converters, connection) for row in rows]
        return build(rows, connection.alias)

    return read


def _converted(row: list[Any], converters: Iterable[Any], connection: Any) -> list[Any]:
    for place, (steps, column) in converters:
        value = row[place]
        for step in steps:
            value = step(value, column, connection)
        row[place] = value
    return row


def _builder(compiler: Any, kind: type) -> Callable[[list[Row], str], list[Any]] | None:
    if kind is FlatValuesListIterable:
        return lambda rows, _db: [row[0] for row in rows]
    if kind is ValuesListIterable:
        return lambda rows, _db: list(map(tuple, rows))
    if kind is ValuesIterable and compiler.query.selected:
        names = list(compiler.query.selected)
        return lambda rows, _db: [dict(zip(names, row, strict=True)) for row in rows]
    if kind in (ModelIterable, Sharing):
        return _objects(compiler)
    return None


def _objects(compiler: Any) -> Callable[[list[Row], str], list[Any]]:
    read, select = compiler.klass_info, compiler.select
    first, last = read["select_fields"][0], read["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[first:last]]
    joined = _beneath(read, select, [0])
    table = _Table(read["model"], names, _between(first, last), joined)
    more = list(compiler.annotation_col_map.items())

    def build(rows: list[Row], db: str) -> list[Any]:
        known: dict[tuple[int, Any], Any] = {}
        found = []
        for row in rows:
            one = table.made(db, table.taken(row))
            for beneath in joined:
                beneath.laid(row, one, db, known)
            for name, place in more:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return build


def _beneath(read: dict[str, Any], select: Any, count: list[int]) -> tuple[_Joined, ...]:
    """The joined models, as the library has settled for them."""
    found = []
    for one in read.get("related_klass_infos", []):
        count[0] += 1
        told: Any = _POPULATOR(one, select, None)
        taken = told.reorder_for_init or _between(told.cols_start, told.cols_end)
        number, beneath = count[0], _beneath(one, select, count)
        table = _Table(one["model"], told.init_list, taken, beneath)
        found.append(_Joined(number, table, told.pk_idx, told.local_setter, told.remote_setter))
    return tuple(found)


def _between(first: int, last: int) -> Callable[[Row], Any]:
    return lambda row: row[first:last]

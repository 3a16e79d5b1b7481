"""Reads whose statement is built and compiled once, however often a page asks for it.

Building and compiling a wide statement costs ten times what the database needs to answer it. A
page's hot reads are asked through `prepared`: the first call under a key builds, later ones send
the same text with other values. Rows are the same as those of the queryset itself.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

from keti.kernel.alike import Sharing
from keti.kernel.rows import Read, reader

MOST = 8000
"""So many keys a process keeps; the text of a statement is shared by all of its keys."""
INSTANT = datetime(1904, 2, 28, 1, 2, 3, 4, tzinfo=UTC)
APART = timedelta(seconds=7)
STEP = timedelta(minutes=1)
NEAR = timedelta(days=370)
NUMBER = 29_401
WORD = "prepared-value-"
"""What stands for the values while a statement is built: each kind counts on from these. Instants
stand so far apart that one moved by whole minutes (a week from now) is still known for what it is;
one moved otherwise (the end of a day) is not, and is never taken for known. Numbers fit the
smallest column."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$")

M = TypeVar("M", bound=models.Model)
Row = TypeVar("Row")
Key = tuple[Hashable, ...]
Sent = datetime | int | str


class Unsteady(AssertionError):
    """A prepared read gave another statement than its queryset: its key does not say all."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """The text, and how its rows are read."""

    sql: str
    queryset: Any
    compiler: Any
    read: Read | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """One key: its statement (None where nothing can be found), its parameters, and which of
    them come with each call: as which value, moved by how much."""

    statement: _Statement | None
    params: tuple[Any, ...] = ()
    places: tuple[tuple[int, int, timedelta], ...] = ()
    unsteady: bool = False
    """It holds an instant that does not come with the call, or what was read while it was built, or
    did not ask the first time what its queryset asks. It is asked like any other queryset."""

    def filled(self, alias: str, values: tuple[Sent, ...]) -> tuple[Any, ...]:
        params = list(self.params)
        for place, number, moved in self.places:
            value = values[number]
            params[place] = _adapted(value + moved if isinstance(value, datetime) else value, alias)
        return tuple(params)

    def sent(self, alias: str, values: tuple[Sent, ...]) -> tuple[str, tuple[Any, ...]] | None:
        """The text and the parameters of a call; None where nothing can be found."""
        return (self.statement.sql, self.filled(alias, values)) if self.statement else None


class _Replayed:
    """Takes the place of a queryset's query: its statement is there already."""

    def __init__(self, statement: _Statement, params: tuple[Any, ...]) -> None:
        self.statement, self.params = statement, params

    def __getattr__(self, name: str) -> Any:
        return getattr(self.statement.queryset.query, name)

    def get_compiler(self, using: str, *_more: Any, **_named: Any) -> Any:
        """The compiler of the first time, over the connection of this one."""
        compiler = copy(self.statement.compiler)
        compiler.connection = connections[using]
        answer = self.statement.sql, self.params
        compiler.as_sql = lambda *_more, **_named: answer
        return compiler


_kept: dict[Key, _Kept] = {}
_statements: dict[Key, _Statement] = {}
_lock = Lock()
checking = False
"""On in the tests: every prepared read is compared with what its queryset would ask."""


def prepared(key: Key, build: Callable[..., QuerySet[M, Row]], *values: Sent) -> list[Row]:
    """The rows of `build(*values)`, its statement compiled once for this key.

    Everything else that `build` depends on must stand in the key: who asks, their rights, what was
    chosen. `build` hands the values on as they are, an instant at most moved by a fixed span, and
    asks nothing of them. What differs from its queryset when it is first kept is never kept; the
    tests compare every call.
    """
    alias = DEFAULT_DB_ALIAS
    kept = _known(key, build, alias, values)
    if kept is None:
        return list(build(*values))
    if kept.statement is None:
        return []
    return _rows(kept.statement, kept.filled(alias, values), alias)


def counted(key: Key, build: Callable[..., QuerySet[M, Any]], *values: Sent) -> int:
    """How many rows `build(*values)` has; under the rules of `prepared`."""

    def bare(*sent: Sent) -> QuerySet[M, Any]:
        return build(*sent).order_by().values("pk")

    alias = DEFAULT_DB_ALIAS
    kept = _known((*key, "counted"), bare, alias, values)
    if kept is None:
        return bare(*values).count()
    if kept.statement is None:
        return 0
    counting = f"SELECT COUNT(*) FROM ({kept.statement.sql}) AS counted"
    [(count,)] = _fetched(counting, kept.filled(alias, values), connections[alias])
    return int(count)


def _fetched(sql: str, params: tuple[Any, ...], connection: Any) -> list[Any]:
    """The answer. A server plans such a text once for a connection, where its engine can."""
    again = getattr(connection, "kept_cursor", None)
    with again(sql, params) if again else connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[Any] = cursor.fetchall()
        return found


def _known(
    key: Key, build: Callable[..., Any], alias: str, values: tuple[Sent, ...]
) -> _Kept | None:
    """What is kept for this key, made where it is not yet; None for what must not be kept."""
    place = (connections[alias].vendor, *key)
    kept = _kept.get(place) or _keep(place, build, alias, values)
    if kept.unsteady:
        return None
    if checking:
        _compare(key, kept, build(*values), alias, values)
    return kept


def _mark(value: Sent, number: int) -> Sent:
    """What stands for a value of this kind."""
    if isinstance(value, datetime):
        return INSTANT + number * APART
    return NUMBER + number if isinstance(value, int) else f"{WORD}{number}"


def _adapted(value: Sent, alias: str) -> Any:
    if isinstance(value, datetime):
        return connections[alias].ops.adapt_datetimefield_value(value)
    return value


def _keep(place: Key, build: Callable[..., Any], alias: str, values: tuple[Sent, ...]) -> _Kept:
    marks = tuple(_mark(value, number) for number, value in enumerate(values))
    with noting(alias) as asked:
        kept = _compiled(build(*marks), alias, marks)
        real = _asked(build(*values), alias)
    if asked or real != kept.sent(alias, values):
        kept = replace(kept, unsteady=True)
    with _lock:
        if len(_kept) >= MOST:
            _kept.clear()
            _statements.clear()
        _kept[place] = kept
    return kept


@contextmanager
def noting(alias: str = DEFAULT_DB_ALIAS) -> Iterator[list[str]]:
    """What is asked meanwhile: while a queryset is built, its answer would be built in for ever."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    with connections[alias].execute_wrapper(note):
        yield asked


def _compiled(queryset: Any, alias: str, marks: tuple[Sent, ...]) -> _Kept:
    compiler = queryset.query.get_compiler(using=alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Kept(None)
    places = tuple(
        (place, *found)
        for place, value in enumerate(params)
        if (found := _found(value, marks)) is not None
    )
    kind = queryset._iterable_class, queryset._fields, queryset._prefetch_related_lookups
    come = {place for place, *_found in places}
    unsteady = any(
        _instant(one) is not None for place, one in enumerate(params) if place not in come
    )
    name = (connections[alias].vendor, queryset.model, *kind, sql)
    with _lock:
        statement = _statements.get(name)
        if statement is None:
            read = reader(compiler, kind[0], prefetches=bool(kind[2]))
            statement = _statements[name] = _Statement(sql, queryset, compiler, read)
    return _Kept(statement, tuple(params), places, unsteady)


def _found(value: Any, marks: tuple[Sent, ...]) -> tuple[int, timedelta] | None:
    """Which of the marks this parameter is, and by how much it was moved."""
    at = _instant(value)
    for number, mark in enumerate(marks):
        if at is not None and isinstance(mark, datetime):
            if abs(at - mark) < NEAR and (at - mark) % STEP == timedelta(0):
                return number, at - mark
        elif isinstance(value, str | int) and value == mark:
            return number, timedelta(0)
    return None


def _instant(value: Any) -> datetime | None:
    """The moment that is sent, as PostgreSQL or as SQLite is sent one."""
    if isinstance(value, str) and MOMENT.match(value):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def _rows(statement: _Statement, params: tuple[Any, ...], alias: str) -> list[Any]:
    if statement.read is not None:
        connection = connections[alias]
        return statement.read(_fetched(statement.sql, params, connection), connection)
    first = statement.queryset
    query: Any = _Replayed(statement, params)
    fresh: Any = QuerySet(model=first.model, query=query, using=alias)
    plain = first._iterable_class is ModelIterable
    fresh._iterable_class = Sharing if plain else first._iterable_class
    fresh._fields = first._fields
    fresh._prefetch_related_lookups = first._prefetch_related_lookups
    return list(fresh)


def _asked(queryset: Any, alias: str) -> Any:
    """What the queryset itself would ask; None where nothing can be found."""
    try:
        return queryset.query.get_compiler(using=alias).as_sql()
    except EmptyResultSet:
        return None


def _compare(key: Key, kept: _Kept, queryset: Any, alias: str, values: tuple[Sent, ...]) -> None:
    asked, sent = _asked(queryset, alias), kept.sent(alias, values)
    if asked != sent:
        raise Unsteady(f"{key}: {_differing(asked, sent)}")


def _differing(asked: Any, sent: Any) -> str:
    """Where the two statements part, shortly."""
    if asked is None or sent is None:
        return "one of the two finds nothing"
    if asked[0] != sent[0]:
        at = next((n for n, (a, b) in enumerate(zip(asked[0], sent[0], strict=False)) if a != b), 0)
        return f"...{asked[0][at:][:200]} | ...{sent[0][at:][:200]}"
    return str([(a, b) for a, b in zip(asked[1], sent[1], strict=False) if a != b][:5])

"""Guarded fields: what the record says last of a row, so that the database can be held to it.

A room declares beside each model which of its fields an act alone may change (`guarded`). Whatever
is written to them is noted here, and the line of the act takes it along (`ledger.record`).
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, partial, wraps
from typing import Any

from django.db.models import Max, Model, QuerySet

from keti.kernel.prepared import prepared

FEW = 3
SHORT = 40
"""Longer words stand as their hash: the record needs to know them again, not to keep them."""
log = logging.getLogger("keti.acts")


@dataclass(frozen=True, slots=True)
class Guard:
    """Which fields of a model are guarded. `quiet`: what they say of a row that no line tells yet
    (somebody signed up, somebody typed a draft); None where every row begins with a line."""

    fields: tuple[str, ...]
    quiet: Mapping[str, object] | None = None


@dataclass(slots=True)
class Touched:
    """Rows of one model that were written since the last line: those made, and the others."""

    made: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


GUARDED: dict[type[Model], Guard] = {}
_touched: ContextVar[dict[type[Model], Touched] | None] = ContextVar("touched", default=None)
_inside: ContextVar[bool] = ContextVar("inside_an_act", default=False)
tellers: list[Callable[[], object]] = []
"""Who writes the line that tells what an act left untold: the ledger."""
checking = False
"""On in the tests: an act that writes guarded fields after its last line is found."""


class Untold(AssertionError):
    """An act changed what is guarded, and no line of it says so."""


def guarded(model: type[Model], *fields: str, quiet: Mapping[str, object] | None = None) -> None:
    """Declare the guarded fields of a model; from then on every write to them is noted."""
    GUARDED[model] = Guard(fields, quiet)
    _watch(model)


def touch(model: type[Model], keys: Iterable[int]) -> None:
    """These rows are about to change, or must be said again: the next line tells them."""
    _of(model).changed.update(keys)


def taken() -> dict[str, dict[str, Any]]:
    """What the rows written since the last line say now, by model; empty where none were."""
    written = _touched.get()
    if not written:
        return {}
    told = {model._meta.label: _told(model, rows) for model, rows in written.items()}
    written.clear()
    return {label: said for label, said in told.items() if said["made"] or said["changed"]}


def forget() -> None:
    """What was written so far is told by nobody: another story begins."""
    _touched.set(None)


def said(model: type[Model], keys: Iterable[int] | None = None) -> dict[int, list[object]]:
    """What the guarded fields of these rows say, as the record spells it; all rows where none are
    named."""
    rows = _rows(model) if keys is None else _few(model, sorted(keys))
    return {key: [_spelt(value) for value in values] for key, *values in rows}


@contextmanager
def acting() -> Iterator[bool]:
    """One act, from its beginning: what was written before is none of it. Gives whether it is an
    act of its own, and no part of another."""
    if _inside.get():
        with _kept():
            yield False
        return
    inside, written = _inside.set(True), _touched.set({})
    try:
        yield True
    finally:
        _touched.reset(written)
        _inside.reset(inside)


@contextmanager
def apart() -> Iterator[None]:
    """Another world for a while, which is taken back: nothing it writes is told by the act around
    it, and nothing it tells is told of that act's rows."""
    inside, written = _inside.set(False), _touched.set({})
    try:
        yield
    finally:
        _touched.reset(written)
        _inside.reset(inside)


@contextmanager
def _kept() -> Iterator[None]:
    """A part of an act that fails takes its lines back: what they told must be told again."""
    before = {model: deepcopy(rows) for model, rows in (_touched.get() or {}).items()}
    try:
        yield
    except BaseException:
        for model, rows in before.items():
            _of(model).made.update(rows.made)
            _of(model).changed.update(rows.changed)
        raise


def untold() -> dict[str, list[int]]:
    """The guarded rows that were written after the last line, by model."""
    return {
        model._meta.label: sorted(rows.made | rows.changed)
        for model, rows in (_touched.get() or {}).items()
        if GUARDED[model].quiet is None and said(model, rows.made | rows.changed)
    }


def settle() -> None:
    """The last of an act: what it wrote after its last line is told by a line of the house itself,
    so that the record stays true, and in the server's log, for the act should have told it. The
    tests refuse it."""
    left = untold()
    if left and checking:
        raise Untold(f"written after the last line: {left}")
    if left:
        log.error("guarded rows were written and no line of the act tells it: %s", left)
        for tell in tellers:
            tell()


def _watch(model: type[Model]) -> None:
    """What is written to one of its rows is noted."""
    wide: Any = model
    save, delete = wide.save_base, wide.delete

    def save_base(row: Model, *how: Any, **more: Any) -> None:
        fresh, only = row._state.adding, more.get("update_fields")
        save(row, *how, **more)
        if fresh:
            _of(model).made.add(row.pk)
        elif only is None or _names(model) & set(only):
            touch(model, [row.pk])

    def deleted(row: Model, *how: Any, **more: Any) -> Any:
        touch(model, [row.pk])
        return delete(row, *how, **more)

    wide.save_base, wide.delete = save_base, deleted


def _watch_many() -> None:
    """So is what is written to many rows at once, by whatever manager: the library has one place
    for each way. Which rows they are is read before; it costs one statement of their keys."""
    rows: Any = QuerySet
    update, delete, bulk_create = rows.update, rows.delete, rows.bulk_create

    @wraps(update)
    def updated(many: Any, **wanted: Any) -> Any:
        if many.model in GUARDED and _names(many.model) & wanted.keys():
            touch(many.model, many.order_by().values_list("pk", flat=True))
        return update(many, **wanted)

    @wraps(delete)
    def deleted(many: Any) -> Any:
        if many.model in GUARDED:
            touch(many.model, many.order_by().values_list("pk", flat=True))
        return delete(many)

    @wraps(bulk_create)
    def made(many: Any, objs: Any, *how: Any, **named: Any) -> Any:
        if many.model not in GUARDED:
            return bulk_create(many, objs, *how, **named)
        rows, before = many.model._base_manager, 0
        if named.get("ignore_conflicts"):  # nobody says then which were made: all that came since
            before = rows.aggregate(last=Max("pk"))["last"] or 0
        fresh = bulk_create(many, objs, *how, **named)
        known = [one.pk for one in fresh if one.pk is not None]
        came = known if len(known) == len(fresh) else _since(rows, before)
        _of(many.model).made.update(came)
        return fresh

    rows.update, rows.delete, rows.bulk_create = updated, deleted, made


def _since(rows: Any, before: int) -> Iterable[int]:
    found: Iterable[int] = rows.filter(pk__gt=before).values_list("pk", flat=True)
    return found


@cache
def _names(model: type[Model]) -> frozenset[str]:
    """The guarded fields as a write may call them."""
    return frozenset(name for one in _fields(model) for name in (one.name, one.attname))


def _fields(model: type[Model]) -> list[Any]:
    return [model._meta.get_field(name) for name in GUARDED[model].fields]


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(one.attname for one in _fields(model))


def _of(model: type[Model]) -> Touched:
    written = _touched.get()
    if written is None:
        written = {}
        _touched.set(written)
    return written.setdefault(model, Touched())


def _told(model: type[Model], rows: Touched) -> dict[str, Any]:
    found = said(model, rows.made | rows.changed)
    made = {str(key): found[key] for key in sorted(rows.made) if key in found}
    changed = {str(key): found.get(key) for key in sorted(rows.changed - rows.made)}
    return {"fields": list(GUARDED[model].fields), "made": made, "changed": changed}


def _rows(model: type[Model]) -> Any:
    return model._base_manager.order_by("pk").values_list("pk", *_columns(model))


def _row(model: type[Model], key: int) -> Any:
    return _rows(model).filter(pk=key)


def _few(model: type[Model], keys: list[int]) -> Iterator[Any]:
    """One row or two are what an act mostly writes: their statement is there already."""
    if len(keys) > FEW:
        yield from _rows(model).filter(pk__in=keys)
        return
    for key in keys:
        yield from prepared(("guarded", model), partial(_row, model), key)


def _spelt(value: object) -> object:
    """One spelling on both databases; what is long, and what has parts, as a hash."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) <= SHORT:
        return value
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return "#" + hashlib.sha256(text.encode()).hexdigest()[:32]


_watch_many()

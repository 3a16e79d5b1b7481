"""What the database says: a hash over every table, and what was written meanwhile."""

import copyreg
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from keti.groups.doors import unchanged
from keti.kernel.guarded import apart
from keti.ledger import doors

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)


def state() -> dict[str, str]:
    """A hash of every row of every table, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The tables whose rows are not the same."""
    return sorted(
        table for table in one.keys() | other.keys() if one.get(table) != other.get(table)
    )


@contextmanager
def writes() -> Iterator[list[str]]:
    """The writing statements that run in the block."""
    seen: list[str] = []

    def note(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if WRITES.match(sql):
            seen.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does to the database is taken back, and what was drawn from it forgotten:
    the record is as long again in the next world."""
    with apart(), transaction.atomic():
        mark = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(mark)
            doors.forget()
            unchanged.forget()


def fresh(value: Any) -> Any:
    """The value as another request would hold it: rows are read again."""
    if isinstance(value, Model):
        return _row(value)
    if isinstance(value, list | tuple):
        return type(value)(fresh(one) for one in value)
    if isinstance(value, dict):
        return {fresh(key): fresh(one) for key, one in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return _copied(value)
    return value


copyreg.pickle(MappingProxyType, lambda view: (MappingProxyType, (dict(view),)))
"""A row that knows the charter it stands by is copied with it."""


def copied(value: Any) -> Any:
    """The value as it stands in memory, without its rows: what is done to the copy stays there."""
    return deepcopy(value)


def _row(row: Model) -> Model:
    manager = type(row)._default_manager
    names = getattr(manager.all(), "with_names", None)
    found = (names() if names else manager.all()).filter(pk=row.pk).first()
    return row if found is None else found


def _copied(value: Any) -> Any:
    copy = object.__new__(type(value))
    for name in value.__dataclass_fields__:
        object.__setattr__(copy, name, fresh(getattr(value, name)))
    return copy

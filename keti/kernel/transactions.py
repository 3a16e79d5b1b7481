"""Where acts run: one transaction, tried again when it met another; and rows held in it."""

import logging
import random
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar, cast

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model, QuerySet

from keti.kernel.guarded import acting, settle
from keti.kernel.once import afresh
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])

TRIES = 8
PATIENCE = 30.0
FIRST_WAIT, LONGEST_WAIT = 0.02, 0.5

# Deadlock, serialisation failure, lock not available: the database itself says "try again".
MET_ANOTHER = frozenset({"40P01", "40001", "55P03"})
SQLITE_BUSY, SQLITE_LOCKED = 5, 6

log = logging.getLogger("keti.acts")
gave_up: ContextVar[int] = ContextVar("gave_up", default=0)


class Unrun(Refused):
    """The act could not be run although nothing is wrong with it. Nothing was stored."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.status = status
        gave_up.set(status)


def run(do: Callable[[], T]) -> T:
    """Do it in one transaction and return what it made.

    Where this is the outermost transaction, a deadlock, a serialisation failure, a lock that was
    waited for too long and a busy SQLite are tried again, a bounded number of times after short
    random waits. Two equal sends that collide at a constraint are tried again in any transaction:
    the later one finds what the earlier one made.

    Refuses with `Unrun` (503, or 409 after a collision that stays) when it still cannot be run;
    a `Refused` of the act itself passes as it is. In both cases nothing is stored. `do` must
    therefore bear being called more than once: it reads files from their beginning.
    """
    outermost = not connection.in_atomic_block
    until = time.monotonic() + PATIENCE
    with afresh(), acting() as own:
        return _tried(partial(_whole, do) if own else do, until, outermost=outermost)


def _whole(do: Callable[[], T]) -> T:
    """The act, and what it left untold."""
    made = do()
    settle()
    return made


def _tried(do: Callable[[], T], until: float, *, outermost: bool) -> T:
    for tried in range(1, TRIES + 1):
        try:
            with ExitStack() as begun:
                _begin(begun, until, outermost=outermost)
                return do()
        except IntegrityError as error:
            last: DatabaseError = error
        except DatabaseError as error:
            if not (outermost and is_passing(error)):
                raise
            last = error
        if tried == TRIES or time.monotonic() > until:
            break
        if outermost:
            _wait(tried)
    log.error("an act was given up after %s tries", tried, exc_info=last)
    if isinstance(last, IntegrityError):
        raise Unrun("kernel.collided", 409) from last
    raise Unrun("kernel.busy", 503) from last


def _begin(begun: ExitStack, until: float, *, outermost: bool) -> None:
    """Open the transaction; where only one can write its turn may have come after our patience."""
    begun.enter_context(transaction.atomic())
    if outermost and time.monotonic() > until:
        log.error("an act was given up before its turn came")
        raise Unrun("kernel.busy", 503)


def is_passing(error: DatabaseError) -> bool:
    """Whether the database refused only because of what others were doing at that moment."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state:
        return state in MET_ANOTHER
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED)


def _wait(tried: int) -> None:
    """A short while of random length, longer after every try: two that met do not meet again."""
    time.sleep(random.uniform(0, min(FIRST_WAIT * 2**tried, LONGEST_WAIT)))


def hold(rows: Rows) -> Rows:
    """These rows alone, held against other acts until the transaction ends.

    The rows that are joined to read names stay free, and so do the rows' keys: what refers to a
    held row may be written meanwhile. Without both, two acts that share nothing but their
    programme wait for each other. The order in which acts hold rows: docs/architecture.md.
    """
    return rows.select_for_update(of=("self",), no_key=True)


def hold_row(model: type[Row], key: int | None) -> Row:
    """The row of this primary key, held: how nearly every act begins, so its statement is kept.
    Raises the model's `DoesNotExist` where there is none."""
    rows: list[Row] = []
    if key is not None:
        rows = prepared(("kernel.held", model), partial(_row, model), key)
    if not rows:
        raise cast(Any, model).DoesNotExist(f"{model._meta.label} {key}")
    return rows[0]


def _row(model: type[Row], key: int) -> QuerySet[Row]:
    return hold(model._default_manager.filter(pk=key))


def hold_each(rows: QuerySet[Any]) -> None:
    """Hold all of these rows, in the order of their keys: the one order in which rows of a kind
    are held, so that two acts never hold two of them crosswise."""
    list(hold(rows).select_related(None).order_by("pk").only("pk"))


def put(rows: QuerySet[Row], wanted: Mapping[str, object], **key: object) -> tuple[Row, bool]:
    """The row with this key as it is wanted: changed where it stands, else made (then True).

    Holds the row as `hold` does; `update_or_create` would hold its key as well.
    """
    row = hold(rows).filter(**key).first()
    if row is None:
        return rows.create(**key, **wanted), True
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
    return row, False

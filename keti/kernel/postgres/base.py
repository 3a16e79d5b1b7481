"""The engine of a database server: Django's own, with fewer ways there and back for an act."""

import re
import select
import time
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

TRUSTED = 5.0
"""Seconds for which a connection that answered is taken for one that answers."""
SEEN = 2
"""A kept read sent more often than this over a connection is planned once for it."""
TOGETHER = re.compile(r"\b(GROUP BY|DISTINCT|UNION|INTERSECT|EXCEPT)\b")
PLAIN = (str, int, date)


_APART: Any = vars(base)["ServerBindingCursor"]
"""Sends a statement and its values apart, so that the server may keep its plan."""
_SAVEPOINTS = {
    name: getattr(base.DatabaseWrapper, name)
    for name in ("_savepoint", "_savepoint_rollback", "_savepoint_commit")
}


class Operations(DatabaseOperations):
    """Django's own, naming also a statement that the server had planned already."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """What was sent; the text alone of a planned one, of which the driver keeps no copy."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks whether a connection lives that answered a moment ago, and asks it only later; sends
    no savepoint where the transaction itself has not begun; lets kept reads be planned once."""

    ops_class = Operations
    connection: Any

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self._answered = float("-inf")
        self._at_beginning: set[str] = set()
        self._keeps = False

    def get_connection_params(self) -> dict[str, Any]:
        """As ever, but that statements may be prepared: those of `kept_cursor`, no others."""
        named: dict[str, Any] = super().get_connection_params()
        return named | {"prepare_threshold": SEEN}

    def kept_cursor(self, statement: str, values: Iterable[object]) -> Any:
        """A cursor for a read whose text is sent again with other values. An ordinary one where an
        expression must be known again for the same (its values would be two then), and where a
        value is none of the plain kinds."""
        self._keeps = _parted(statement) and all(isinstance(one, PLAIN) for one in values)
        try:
            return self.cursor()
        finally:
            self._keeps = False

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor as ever, or one that keeps what it sends."""
        if not self._keeps or name is not None:
            return super().create_cursor(name)
        ordinary = self.connection.cursor_factory
        self.connection.cursor_factory = _APART
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = ordinary

    def is_usable(self) -> bool:
        """Whether the connection lives. One that answered a moment ago, and on which nothing was
        said since, does: a server that ends says so. Else it is asked."""
        lately = time.monotonic() - self._answered < TRUSTED
        if lately and not self.connection.closed and not _heard(self.connection):
            return True
        usable = bool(super().is_usable())
        self._answered = time.monotonic() if usable else float("-inf")
        return usable

    def _savepoint(self, sid: str) -> None:
        """Before the first statement the beginning of the transaction is the savepoint. One of a
        connection that was lost meanwhile bore the same name, and is none any more."""
        self._at_beginning.discard(sid)
        if self.connection.autocommit or self.connection.info.transaction_status:
            _SAVEPOINTS["_savepoint"](self, sid)
        else:
            self._at_beginning.add(sid)

    def _savepoint_rollback(self, sid: str) -> None:
        if sid not in self._at_beginning:
            _SAVEPOINTS["_savepoint_rollback"](self, sid)
            return
        with self.wrap_database_errors:
            self.connection.rollback()

    def _savepoint_commit(self, sid: str) -> None:
        if sid in self._at_beginning:
            self._at_beginning.discard(sid)
        else:
            _SAVEPOINTS["_savepoint_commit"](self, sid)


@lru_cache(maxsize=4096)
def _parted(statement: str) -> bool:
    """Whether it says the same when its values travel apart from it."""
    return TOGETHER.search(statement) is None


def _heard(connection: Any) -> bool:
    """Whether the server has said something that nobody asked for: that it ends, mostly."""
    looking = select.poll()
    looking.register(connection.fileno(), select.POLLIN)
    return bool(looking.poll(0))

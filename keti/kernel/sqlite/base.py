"""The engine of a database in a file: Django's own, but for who writes next."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

from django.db.backends.sqlite3 import base, schema

from keti.kernel.sqlite.guard import judged
from keti.kernel.turns import in_turn, written

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
PATIENCE = 20.0
"""Seconds a writer waits where the settings name no `timeout`."""
_BEGIN = vars(base.DatabaseWrapper)["_start_transaction_under_autocommit"]
_ENDS = {name: getattr(base.DatabaseWrapper, name) for name in ("_commit", "_rollback", "_close")}
_NAMED = vars(base.SQLiteCursorWrapper)["convert_query"]


class Cursor(base.SQLiteCursorWrapper):
    """A statement that writes by itself, outside of every transaction, waits like one."""

    patience = PATIENCE

    def execute(self, query: str, params: Any = None) -> Any:
        """As ever; a write that begins a transaction of its own begins it in turn."""

        def asked() -> Any:
            return super(Cursor, self).execute(query, params)

        if self.connection.in_transaction or not WRITES.match(query):
            return asked()
        try:
            return in_turn(self.connection, asked, self.patience)
        finally:
            written()

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The statement with the marks this database knows, written once for each text."""
        if param_names is not None:
            return str(_NAMED(self, query, param_names=param_names))
        return _marked(query)


@lru_cache(maxsize=4096)
def _marked(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")


class Editor(schema.DatabaseSchemaEditor):
    """A migration lays tables and triggers; nothing else does."""

    connection: "DatabaseWrapper"

    def __enter__(self) -> "Editor":
        self._laying = self.connection.laying()
        self._laying.__enter__()
        try:
            super().__enter__()
        except BaseException:
            self._laying.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *failure: Any) -> None:
        try:
            super().__exit__(*failure)
        finally:
            self._laying.__exit__(None, None, None)


class DatabaseWrapper(base.DatabaseWrapper):
    """Begins to write when its turn has come, and lets no statement past the triggers."""

    connection: sqlite3.Connection
    SchemaEditorClass = Editor
    _layers = 0

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """A guarded connection. `REPLACE` deletes; only so do the triggers of deleting see it."""
        made: sqlite3.Connection = super().get_new_connection(conn_params)
        made.execute("PRAGMA recursive_triggers=ON")
        if not self._layers:
            made.set_authorizer(judged)
        return made

    @contextmanager
    def laying(self) -> Iterator[None]:
        """Inside, tables and triggers may be laid and dropped: for migrations."""
        self.ensure_connection()
        self._layers += 1
        self.connection.set_authorizer(None)
        try:
            yield
        finally:
            self._layers -= 1
            if not self._layers and self.connection is not None:
                self.connection.set_authorizer(judged)

    def _start_transaction_under_autocommit(self) -> None:
        in_turn(self.connection, partial(_BEGIN, self), self._patience())

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor whose writes wait in turn."""
        made = self.connection.cursor(factory=Cursor)
        made.patience = self._patience()
        return made

    def _commit(self) -> None:
        self._ended("_commit")

    def _rollback(self) -> None:
        self._ended("_rollback")

    def _close(self) -> None:
        self._ended("_close")

    def _ended(self, how: str) -> None:
        """Nothing is being written here any more: who waits for it is called."""
        try:
            _ENDS[how](self)
        finally:
            written()

    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE))

"""The engine of a database in a file: Django's own, but for who writes next."""

import re
import sqlite3
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base

from keti.kernel.turns import in_turn

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
PATIENCE = 20.0
"""Seconds a writer waits where the settings name no `timeout`."""
_BEGIN = vars(base.DatabaseWrapper)["_start_transaction_under_autocommit"]


class Cursor(base.SQLiteCursorWrapper):
    """A statement that writes by itself, outside of every transaction, waits like one."""

    patience = PATIENCE

    def execute(self, query: str, params: Any = None) -> Any:
        """As ever; a write that begins a transaction of its own begins it in turn."""

        def asked() -> Any:
            return super(Cursor, self).execute(query, params)

        if self.connection.in_transaction or not WRITES.match(query):
            return asked()
        return in_turn(self.connection, asked, self.patience)


class DatabaseWrapper(base.DatabaseWrapper):
    """Begins to write when its turn has come."""

    connection: sqlite3.Connection

    def _start_transaction_under_autocommit(self) -> None:
        in_turn(self.connection, partial(_BEGIN, self), self._patience())

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor whose writes wait in turn."""
        made = self.connection.cursor(factory=Cursor)
        made.patience = self._patience()
        return made

    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE))

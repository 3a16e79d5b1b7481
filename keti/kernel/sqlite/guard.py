"""What no statement of the application may do to a database in a file, whatever it is built of.

Triggers keep rows; this keeps the triggers. It guards statements alone: who holds the file holds
its bytes (docs/decisions, 0034).
"""

import sqlite3

LAYING = frozenset(
    {
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_CREATE_TEMP_TABLE,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
    }
)
"""What only migrations do. A temporary table would stand before the real one of its name."""
FIXED = frozenset(
    {
        "foreign_keys",
        "ignore_check_constraints",
        "journal_mode",
        "legacy_alter_table",
        "recursive_triggers",
        "schema_version",
        "synchronous",
        "writable_schema",
    }
)
"""Switches that are set when a connection opens; to be read by anybody, changed by nobody."""


def judged(action: int, name: str | None, value: str | None, *_place: str | None) -> int:
    """Whether a statement may do this: asked by SQLite for each of its steps before it runs."""
    if action == sqlite3.SQLITE_READ:
        return sqlite3.SQLITE_OK
    if action in LAYING:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and value is not None and (name or "").lower() in FIXED:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK

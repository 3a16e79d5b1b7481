"""Migration operations for what the database itself must refuse, on SQLite and PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

Editor = Any

_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when})
EXECUTE FUNCTION {name}()
"""
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
EXECUTE FUNCTION {name}()
"""


def refuse(*, name: str, table: str, event: str, when: str, message: str) -> RunPython:
    """A row trigger that refuses `event` ("UPDATE", "DELETE", "INSERT") while `when` holds.

    `when` is SQL over OLD and NEW that both databases read; `message` tells what was refused.
    """

    def forwards(apps: StateApps, editor: Editor) -> None:
        facts = {"name": name, "table": table, "event": event, "when": when, "message": message}
        if editor.connection.vendor == "sqlite":
            editor.execute(_SQLITE.format(**facts))
            return
        editor.execute(_POSTGRES_FUNCTION.format(**facts))
        editor.execute(_POSTGRES.format(**facts))

    return RunPython(forwards, _dropping(name, table))


def append_only(table: str) -> list[RunPython]:
    """Refuse UPDATE, DELETE and TRUNCATE on `table`, always."""
    message = f"{table} is append-only"
    operations = [
        refuse(
            name=f"{table}_no_{event.lower()}",
            table=table,
            event=event,
            when="1=1",
            message=message,
        )
        for event in ("UPDATE", "DELETE")
    ]

    def truncate(apps: StateApps, editor: Editor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES_TRUNCATE.format(name=f"{table}_no_delete", table=table))

    return [*operations, RunPython(truncate, RunPython.noop)]


def without(*, name: str, table: str) -> RunPython:
    """Drop a trigger that `refuse` made, before another of its name is made."""
    return RunPython(_dropping(name, table), RunPython.noop)


def _dropping(name: str, table: str) -> Callable[[StateApps, Editor], None]:
    def backwards(apps: StateApps, editor: Editor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        editor.execute(f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}")
        editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        editor.execute(f"DROP FUNCTION IF EXISTS {name}()")

    return backwards

"""Migration operations for what the database itself must refuse, on SQLite and PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations.base import Operation

Editor = Any
Run = Callable[[Editor], None]

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
_POSTGRES_ASKING = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF TG_OP = '{event}' THEN IF {unless} THEN RETURN {row}; END IF; END IF;
RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
EXECUTE FUNCTION {name}()
"""


class Statements(Operation):
    """SQL for the database at hand. It needs no models, so none are made for it."""

    reduces_to_sql = False

    def __init__(self, forwards: Run, backwards: Run | None = None) -> None:
        self.forwards, self.backwards = forwards, backwards or _nothing

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any
    ) -> None:
        self.forwards(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any
    ) -> None:
        self.backwards(schema_editor)


def _nothing(editor: Editor) -> None:
    """No way back is needed: the table goes with its trigger."""


def refuse(*, name: str, table: str, event: str, when: str, message: str) -> Statements:
    """A row trigger that refuses `event` ("UPDATE", "DELETE", "INSERT") while `when` holds.

    `when` is SQL over OLD and NEW that both databases read; `message` tells what was refused.
    """

    def forwards(editor: Editor) -> None:
        facts = {"name": name, "table": table, "event": event, "when": when, "message": message}
        if editor.connection.vendor == "sqlite":
            editor.execute(_SQLITE.format(**facts))
            return
        editor.execute(_POSTGRES_FUNCTION.format(**facts))
        editor.execute(_POSTGRES.format(**facts))

    return Statements(forwards, _dropping(name, table))


def append_only(table: str) -> list[Statements]:
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

    def truncate(editor: Editor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES_TRUNCATE.format(name=f"{table}_no_delete", table=table))

    return [*operations, Statements(truncate, _nothing)]


def refuse_unless(*, name: str, table: str, event: str, unless: str, message: str) -> Statements:
    """A row trigger that refuses `event` but where `unless` holds; that may ask other tables.

    SQLite reads a trigger whenever a table is renamed: a migration that makes a table anew which
    `unless` names takes the trigger away before (`without`) and puts it there again.
    """

    def forwards(editor: Editor) -> None:
        row = "OLD" if event == "DELETE" else "NEW"
        facts = {"name": name, "table": table, "event": event, "message": message, "row": row}
        if editor.connection.vendor == "sqlite":
            editor.execute(_SQLITE.format(when=f"NOT ({unless})", **facts))
            return
        editor.execute(_POSTGRES_ASKING.format(unless=unless, **facts))
        editor.execute(_POSTGRES.format(when="true", **facts))
        if name == f"{table}_no_delete":
            editor.execute(_POSTGRES_TRUNCATE.format(**facts))

    return Statements(forwards, _dropping(name, table))


def only_with_its_programme(*, name: str, table: str, programme: str) -> list[Statements]:
    """In place of the trigger `name`: a row goes only while its whole programme is being deleted.

    `programme` is SQL over OLD for the key of the programme (docs/decisions, 0027).
    """
    open_now = f"EXISTS (SELECT 1 FROM programmes_deletion WHERE programme_id = {programme})"
    message = f"{table} is append-only"
    return [
        without(name=name, table=table),
        refuse_unless(name=name, table=table, event="DELETE", unless=open_now, message=message),
    ]


def without(*, name: str, table: str) -> Statements:
    """Drop a trigger that `refuse` made, before another of its name is made."""
    return Statements(_dropping(name, table), _nothing)


def _dropping(name: str, table: str) -> Run:
    def backwards(editor: Editor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        editor.execute(f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}")
        editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        editor.execute(f"DROP FUNCTION IF EXISTS {name}()")

    return backwards

"""No statement changes what is kept for ever: on every such table, by whatever way of writing.

On SQLite this is said of statements only; whoever holds the file holds its bytes.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from tests.house.test_database import FILLED_BY_FOUNDING, KEPT

pytestmark = pytest.mark.django_db
ANYWHERE = [
    "UPDATE {t} SET {c} = {c}",
    "UPDATE {t} SET {c} = NULL",
    "UPDATE {t} SET id = id + 1000000",
    "UPDATE {t} AS x SET {c} = x.{c} WHERE x.id = {id}",
    "WITH a AS (SELECT id FROM {t}) UPDATE {t} SET {c} = {c} WHERE id IN (SELECT id FROM a)",
    "UPDATE {t} SET {c} = other.{c} FROM {t} AS other WHERE other.id = {t}.id",
    "DELETE FROM {t}",
    "DELETE FROM {t} WHERE id = {id}",
    "DELETE FROM {t} WHERE id IN (SELECT id FROM {t}) RETURNING id",
    "WITH a AS (SELECT id FROM {t}) DELETE FROM {t} WHERE id IN (SELECT id FROM a)",
    "INSERT INTO {t} ({all}) SELECT {all} FROM {t} WHERE true"
    " ON CONFLICT (id) DO UPDATE SET id = excluded.id + 1000000",
    "INSERT INTO {t} ({all}) SELECT {all} FROM {t} WHERE true ON CONFLICT (id) DO NOTHING",
    "DROP TABLE {t}",
    "ALTER TABLE {t} RENAME TO gone",
    "ALTER TABLE {t} RENAME COLUMN {c} TO gone",
    "ALTER TABLE {t} DROP COLUMN {c}",
    "TRUNCATE {t}",
]
"""Each is tried on every kept table; {c} is a column, {all} all of them."""
IN_A_FILE = [
    "REPLACE INTO {t} ({all}) SELECT {all} FROM {t}",
    "INSERT OR REPLACE INTO {t} ({all}) SELECT {all} FROM {t}",
    "INSERT OR REPLACE INTO {t} SELECT * FROM {t}",
    "WITH a AS (SELECT * FROM {t}) REPLACE INTO {t} SELECT * FROM a",
    "UPDATE OR REPLACE {t} SET {c} = {c}",
    "UPDATE OR REPLACE {t} SET id = id",
    "UPDATE OR IGNORE {t} SET {c} = NULL",
    "UPDATE OR FAIL {t} SET {c} = {c}",
    "UPDATE OR ROLLBACK {t} SET {c} = {c}",
    "INSERT OR IGNORE INTO {t} SELECT * FROM {t}",
    "UPDATE {t} SET rowid = rowid + 1000000",
    "DELETE FROM main.{t} WHERE rowid = {id}",
    "ALTER TABLE {t} ADD COLUMN more text DEFAULT 'x'",
    "DROP TRIGGER {t}_no_update",
    "DROP TRIGGER main.{t}_no_delete",
    "DROP TRIGGER IF EXISTS {t}_no_delete",
    "/* said otherwise */ DROP /**/ TRIGGER {t}_no_delete",
    "CREATE TEMP TABLE {t} (id integer, note text)",
    "CREATE TEMP VIEW {t} AS SELECT 1 AS id",
    "CREATE TEMP TRIGGER hush BEFORE UPDATE ON main.{t} BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER hush BEFORE DELETE ON {t} BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER also AFTER INSERT ON {t} BEGIN DELETE FROM {t}; END",
    "UPDATE sqlite_master SET sql = 'x' WHERE name = '{t}_no_update'",
    "UPDATE sqlite_schema SET sql = 'x' WHERE name = '{t}'",
    "DELETE FROM sqlite_master WHERE name = '{t}_no_delete'",
    "DELETE FROM sqlite_master WHERE type = 'trigger'",
    "INSERT INTO sqlite_master SELECT * FROM sqlite_master WHERE name = '{t}'",
]
SWITCHES = [
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA main.recursive_triggers(0)",
    "PRAGMA RECURSIVE_TRIGGERS = no",
    "/**/ PRAGMA recursive_triggers = false",
    "PRAGMA writable_schema = ON",
    "PRAGMA writable_schema = RESET",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA legacy_alter_table = ON",
    "PRAGMA journal_mode = OFF",
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA synchronous = OFF",
    "PRAGMA synchronous = 1",
    "PRAGMA schema_version = 1",
    "ATTACH DATABASE ':memory:' AS beside",
    "SELECT load_extension('beside')",
]
"""Ways to weaken a connection first: each is followed by the statements that would then pass."""


def rows(table: str) -> list[tuple[object, ...]]:
    """What stands in a table, and under which triggers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        found = cursor.fetchall()
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM main.sqlite_master WHERE tbl_name = %s", [table])
            found += cursor.fetchall()
    return found


def tried(statement: str) -> None:
    """Run it, whatever comes of it. A savepoint keeps what it did."""
    with (
        suppress(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def facts(table: str) -> dict[str, str]:
    """What the statements are filled in with."""
    with connection.cursor() as cursor:
        names = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        cursor.execute(f"SELECT min(id) FROM {table}")
        (first,) = cursor.fetchone()
    plain = next(one for one in names if one != "id")
    return {
        "t": table,
        "c": f'"{plain}"',
        "id": str(first),
        "all": ", ".join(map('"{}"'.format, names)),
    }


def planted(table: str) -> None:
    """One row in an empty table, whatever it should refer to: only its being kept is asked."""
    with connection.laying(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"PRAGMA table_info({table})")
        kinds = {name: kind for _at, name, kind, *_rest in cursor.fetchall() if name != "id"}
        values = [
            "1" if kind.startswith(("int", "bigint", "bool", "small")) else "'x'"
            for kind in kinds.values()
        ]
        named = ", ".join(map('"{}"'.format, kinds))
        cursor.execute(f"INSERT INTO {table} ({named}) VALUES ({', '.join(values)})")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def filled(cast) -> Iterator[list[str]]:
    """The kept tables, each with a row; on PostgreSQL those that a founding fills."""
    if connection.vendor != "sqlite":
        yield list(FILLED_BY_FOUNDING)
        return
    with transaction.atomic():
        for table in sorted(set(KEPT)):
            if not rows(table) or table not in FILLED_BY_FOUNDING:
                planted(table)
        yield sorted(set(KEPT))
        transaction.set_rollback(True)


def test_there_are_at_least_sixty_statements():
    assert len({*ANYWHERE, *IN_A_FILE, *SWITCHES}) >= 60


def test_no_statement_changes_what_is_kept(filled):
    statements = ANYWHERE + (IN_A_FILE if connection.vendor == "sqlite" else [])
    passed = []
    for table in filled:
        before, told = rows(table), facts(table)
        assert told["id"] != "None", f"{table} is empty: nothing would be shown"
        for one in statements:
            if connection.vendor == "postgresql" and one.startswith(("DROP", "ALTER")):
                continue  # what the owner of a table may: test_roles asks the application's role
            with transaction.atomic():
                tried(one.format(**told))
                if rows(table) != before:
                    passed.append((table, one))
                transaction.set_rollback(True)
    assert passed == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="switches of SQLite")
@pytest.mark.parametrize("switch", SWITCHES)
def test_no_switch_of_a_connection_opens_a_way(cast, switch):
    before, told = rows("ledger_entry"), facts("ledger_entry")
    tried(switch)
    for one in (IN_A_FILE[0], IN_A_FILE[22], IN_A_FILE[24], ANYWHERE[0], ANYWHERE[6]):
        tried(one.format(**told))
        assert rows("ledger_entry") == before, (switch, one)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="switches of SQLite")
def test_a_connection_is_durable_and_lets_replace_pass_no_trigger():
    with connection.cursor() as cursor:
        for switch, wanted in (("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {switch}")
            assert cursor.fetchone() == (wanted,), switch

"""What the database itself refuses, and migrations that say what the models say."""

import re

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.house.sources import HOUSE

KEPT = sorted(
    table
    for file in HOUSE.glob("*/migrations/*.py")
    for table in re.findall(r'append_only\("(\w+)"\)', file.read_text())
)
GONE = ("meetings_actionitem",)
"""Tables that a later migration removed, and their refusals with them."""
REFUSING = sorted(
    {
        (table, name)
        for file in HOUSE.glob("*/migrations/*.py")
        for name, table in re.findall(r'name="(\w+)",\s+table="(\w+)"', file.read_text())
        if table not in GONE
    }
)
FILLED_BY_FOUNDING = ("charter_charterversion", "ledger_entry")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
}


CHANGES = {"charter_charterversion": "text = text || ' '"}
"""What may be put beside a kept row later is no change of it: the original of the notice."""


def refused(statement: str) -> str:
    """What the database says to a statement it must not carry out."""
    with (
        pytest.raises(DatabaseError) as said,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(said.value)


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_record_of_acts_is_among_what_is_kept():
    assert set(FILLED_BY_FOUNDING) < set(KEPT)


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_every_kept_table_has_its_triggers(table):
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [table])
        names = {name for (name,) in cursor.fetchall()}
    assert names >= {f"{table}_no_update", f"{table}_no_delete"}


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "name"), REFUSING)
def test_no_refusal_was_lost_when_its_table_was_made_anew(table, name):
    """SQLite makes a table anew to add a column, and its triggers go with the old one."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [table])
        assert name in {found for (found,) in cursor.fetchall()}


@pytest.mark.django_db
def test_a_table_said_to_be_gone_is_gone():
    assert set(GONE).isdisjoint(connection.introspection.table_names())


@pytest.mark.parametrize("table", FILLED_BY_FOUNDING)
def test_rows_are_neither_changed_nor_deleted(cast, table):
    change = CHANGES.get(table, "id = id")
    assert f"{table} is append-only" in refused(f"UPDATE {table} SET {change}")
    assert f"{table} is append-only" in refused(f"DELETE FROM {table}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_no_kept_table_is_emptied(table):
    if connection.vendor == "postgresql":
        assert "is append-only" in refused(f"TRUNCATE {table} CASCADE")
    else:
        assert "syntax error" in refused(f"TRUNCATE {table}")

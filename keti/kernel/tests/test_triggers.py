"""What a migration can make the database refuse, tried on a table of its own."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from keti.kernel.triggers import append_only, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes() -> Any:
    """A small table with two rows."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (id integer PRIMARY KEY, text varchar(9), done integer)")
        cursor.execute("INSERT INTO notes VALUES (1, 'one', 0), (2, 'two', 1)")
    return run


def run(statement: str) -> str:
    """What the database answers: "" when it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as said:
        return str(said).splitlines()[0]
    return ""


def apply(*operations: Any, backwards: bool = False) -> None:
    """Run the operations as a migration would."""
    for operation in operations:
        code = operation.backwards if backwards else operation.forwards
        with _Editor() as editor:
            code(editor)


class _Editor:
    """As much of a schema editor as the operations use; the real one refuses open transactions."""

    connection = connection

    def __enter__(self) -> "_Editor":
        return self

    def __exit__(self, *failure: object) -> None:
        return None

    def execute(self, statement: str) -> None:
        laying = connection.laying() if connection.vendor == "sqlite" else nullcontext()
        with laying, connection.cursor() as cursor:
            cursor.execute(statement)


def test_append_only_refuses_change_and_deletion_and_lets_rows_in(notes):
    apply(*append_only("notes"))
    assert notes("UPDATE notes SET text = 'x'") == "notes is append-only"
    assert notes("DELETE FROM notes WHERE id = 1") == "notes is append-only"
    assert notes("INSERT INTO notes VALUES (3, 'three', 0)") == ""


def test_a_refusal_holds_only_while_its_condition_holds(notes):
    apply(refuse(name="done_stays", table="notes", event="UPDATE", when="OLD.done = 1",
                 message="done is done"))  # fmt: skip
    assert notes("UPDATE notes SET text = 'x' WHERE id = 1") == ""
    assert notes("UPDATE notes SET text = 'x' WHERE id = 2") == "done is done"
    assert notes("DELETE FROM notes WHERE id = 2") == ""


def test_a_migration_backwards_takes_the_refusal_away(notes):
    operations = append_only("notes")
    apply(*operations)
    apply(*reversed(operations), backwards=True)
    assert notes("UPDATE notes SET text = 'x'") == ""
    assert notes("DELETE FROM notes") == ""


def test_an_emptied_table_is_refused_where_the_database_can_empty(notes):
    apply(*append_only("notes"))
    expected = "notes is append-only" if connection.vendor == "postgresql" else 'near "TRUNCATE"'
    assert expected in notes("TRUNCATE notes")

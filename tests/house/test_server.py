"""The engine of a database server: what is not sent, what is planned once, and what still holds."""

import pytest
from django.db import DataError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from keti.accounts.models import Organisation
from keti.kernel.prepared import counted, prepared
from keti.kernel.roles import unsynced

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the engine of a server"),
]
OWN = "own"


@pytest.fixture
def own():
    """A connection outside of the test's transaction, with a table that goes with it."""
    connections[OWN] = connection.copy(OWN)
    asked(connections[OWN], "CREATE TEMP TABLE names (name text UNIQUE)")
    yield connections[OWN]
    connections[OWN].close()
    del connections[OWN]


def asked(where, sql, *values):
    with where.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def add(where, name):
    asked(where, "INSERT INTO names VALUES (%s)", name)


def names(where):
    return asked(where, "SELECT name FROM names ORDER BY name")


def inside():
    return transaction.atomic(using=OWN)


def test_the_first_savepoint_of_a_transaction_is_its_beginning(own):
    with CaptureQueriesContext(own) as sent, inside(), inside():
        add(own, "a")
        with inside():
            add(own, "b")
    points = [one["sql"].split(" ")[0] for one in sent if "SAVEPOINT" in one["sql"]]
    assert (names(own), points) == (["a", "b"], ["SAVEPOINT", "RELEASE"])


def test_what_is_taken_back_to_the_beginning_is_gone_and_the_rest_stands(own):
    with inside():
        with pytest.raises(ValueError, match="inner"), inside():
            with inside():
                add(own, "a")
            add(own, "b")
            raise ValueError("inner")
        with inside():
            add(own, "c")
            with pytest.raises(ValueError, match="later"), inside():
                add(own, "d")
                raise ValueError("later")
    assert names(own) == ["c"]
    with pytest.raises(ValueError, match="outer"), inside():
        with inside():
            add(own, "e")
        raise ValueError("outer")
    assert names(own) == ["c"]


def test_a_failed_statement_in_the_first_savepoint_leaves_the_transaction_usable(own):
    with inside():
        with pytest.raises(DataError, match="division"), inside():
            asked(own, "SELECT 1 / 0")
        add(own, "a")
    assert names(own) == ["a"]


def _called(name):
    return Organisation.objects.filter(name_zh=name)


def test_a_kept_read_is_planned_once_and_what_must_be_known_for_the_same_is_not():
    one = Organisation.objects.create(name_zh="甲（演示）")
    for name, found in (("甲（演示）", [one]), ("乙（演示）", [])) * 4:
        assert prepared(("kernel.planned",), _called, name) == found
        assert counted(("kernel.planned",), _called, name) == len(found)
        both = prepared(("kernel.both",), lambda name: _called(name).distinct(), name)
        assert both == found
    planned = asked(connection, "SELECT statement FROM pg_prepared_statements")
    assert sum('name_zh" = $1' in one for one in planned) == 2
    assert not [one for one in planned if "DISTINCT" in one]


def test_a_read_that_was_planned_before_is_still_named_in_what_was_sent():
    with CaptureQueriesContext(connection) as sent:
        for name in ("甲（演示）", "乙（演示）") * 3:
            prepared(("kernel.named",), _called, name)
    assert ['"accounts_organisation"' in one["sql"] for one in sent][-4:] == [True] * 4


def test_a_connection_that_the_server_ended_is_noticed_without_asking(own):
    assert own.is_usable()
    with CaptureQueriesContext(own) as sent:
        assert own.is_usable()
    assert len(sent) == 0
    pid = own.connection.info.backend_pid
    assert asked(connection, "SELECT pg_terminate_backend(%s, 5000)", pid) == [True]
    assert not own.is_usable()


def test_a_connection_is_asked_again_after_a_while(own, monkeypatch):
    assert own.is_usable()
    monkeypatch.setattr("keti.kernel.postgres.base._heard", lambda _connection: False)
    pid = own.connection.info.backend_pid
    asked(connection, "SELECT pg_terminate_backend(%s, 5000)", pid)
    own._answered -= 6
    assert not own.is_usable()


def test_what_is_acknowledged_is_still_synced(own):
    """The cluster of the tests itself syncs nothing; the engine must not ask for less."""
    assert not [one for one in unsynced() if one.startswith("synchronous_commit")]
    assert asked(own, "SHOW synchronous_commit") == ["on"]

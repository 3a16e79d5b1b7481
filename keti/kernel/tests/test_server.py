"""The engine of a database server: what is not sent, what is planned once, and what still holds."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from keti.accounts.models import Organisation
from keti.kernel.prepared import counted, prepared
from keti.kernel.roles import unsynced

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the engine of a server"),
]


def names():
    return sorted(Organisation.objects.values_list("name_zh", flat=True))


def made(name):
    return Organisation.objects.create(name_zh=name)


def test_the_first_savepoint_of_a_transaction_is_its_beginning():
    with CaptureQueriesContext(connection) as asked, transaction.atomic(), transaction.atomic():
        made("甲（演示）")
    sent = [one["sql"] for one in asked if "SAVEPOINT" in one["sql"]]
    assert (names(), sent) == (["甲（演示）"], [])


def test_what_is_taken_back_to_the_beginning_is_gone_and_the_rest_stands():
    with transaction.atomic():
        with pytest.raises(ValueError, match="inner"), transaction.atomic():
            made("甲（演示）")
            with transaction.atomic():
                made("乙（演示）")
            raise ValueError("inner")
        with transaction.atomic():
            made("丙（演示）")
            with pytest.raises(ValueError, match="later"), transaction.atomic():
                made("丁（演示）")
                raise ValueError("later")
    assert names() == ["丙（演示）"]
    with pytest.raises(ValueError, match="outer"), transaction.atomic():
        with transaction.atomic():
            made("戊（演示）")
        raise ValueError("outer")
    assert names() == ["丙（演示）"]


def test_a_failed_statement_in_the_first_savepoint_leaves_the_transaction_usable():
    with transaction.atomic():
        failing = pytest.raises(DataError, match="division")
        with failing, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        made("甲（演示）")
    assert names() == ["甲（演示）"]


def _called(name):
    return Organisation.objects.filter(name_zh=name)


def test_a_kept_read_is_planned_once_and_what_must_be_known_for_the_same_is_not():
    one = made("甲（演示）")
    for name, found in (("甲（演示）", [one]), ("乙（演示）", [])) * 4:
        assert prepared(("kernel.planned",), _called, name) == found
        assert counted(("kernel.planned",), _called, name) == len(found)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        planned = [row[0] for row in cursor.fetchall()]
    assert sum("name_zh" in one for one in planned) == 2
    for _ in range(4):
        both = prepared(("kernel.both",), lambda name: _called(name).distinct(), "甲（演示）")
        assert both == [one]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'DISTINCT'")
        assert cursor.fetchone() == (0,)


def test_a_connection_that_the_server_ended_is_noticed_without_asking():
    connection.ensure_connection()
    assert connection.is_usable()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0
    pid = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert not connection.is_usable()
    connection.close()
    assert names() == []


def test_what_is_acknowledged_is_still_synced():
    assert not [one for one in unsynced() if one.startswith("synchronous_commit")]

"""A failure of the machine is told in words: what is full or away, and that nothing was saved."""

import errno
import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client

from keti.site import trouble

STATES = {"53100": "full", "25006": "read-only", "57P01": "gone", "08006": "gone", "40P01": ""}


def wrapped(inner: Exception) -> Exception:
    """As Django hands on what the driver said."""
    outer = OperationalError("said")
    outer.__cause__ = inner
    return outer


def test_a_full_disk_is_known_wherever_it_is_met():
    assert trouble.kind_of(OSError(errno.ENOSPC, "no space")) == "full"
    assert trouble.kind_of(wrapped(OSError(errno.EDQUOT, "quota"))) == "full"
    assert trouble.kind_of(OSError(errno.EROFS, "read-only")) == "read-only"
    assert trouble.kind_of(OSError(errno.ENOENT, "no file")) == ""
    assert trouble.kind_of(ValueError("x")) == ""


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (
            "PRAGMA max_page_count=3; CREATE TABLE t(x); INSERT INTO t VALUES(zeroblob(90000))",
            "full",
        ),
        ("PRAGMA query_only=1; CREATE TABLE t(x)", "read-only"),
        ("SELECT nothing FROM nowhere", ""),
    ],
)
def test_what_sqlite_says_is_understood(statement, kind):
    with sqlite3.connect(":memory:") as database, pytest.raises(sqlite3.Error) as said:
        for one in statement.split("; "):
            database.execute(one)
    assert trouble.kind_of(wrapped(said.value)) == kind


@pytest.mark.parametrize(("state", "kind"), STATES.items())
def test_what_postgresql_says_is_understood(state, kind):
    errors = pytest.importorskip("psycopg.errors")
    assert trouble.kind_of(wrapped(errors.lookup(state)("said"))) == kind


def test_a_connection_that_is_lost_or_never_made_is_known():
    psycopg = pytest.importorskip("psycopg")
    assert trouble.kind_of(wrapped(psycopg.OperationalError("the connection is closed"))) == "gone"
    with pytest.raises(psycopg.OperationalError) as said:
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=2")
    assert trouble.kind_of(wrapped(said.value)) == "gone"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (OSError(errno.ENOSPC, "x"), 507, ("服务器磁盘已满", "disk is full")),
        (OSError(errno.EROFS, "x"), 503, ("暂时只能查看", "Reading only")),
        (OperationalError("away"), 503, ("数据库暂时连不上", "does not answer")),
        (RuntimeError("x"), 500, ("暂时办不了", "Not available")),
    ],
)
@pytest.mark.parametrize("where", ["keti.site.views.house.is_empty", "keti.site.middleware.quote"])
def test_the_page_says_it_in_both_languages(monkeypatch, raised, status, words, where):
    """In a page and in what stands before it."""

    def fail(*anything: object) -> None:
        raise raised

    monkeypatch.setattr(where, fail)
    path = "/" if where.endswith("is_empty") else "/me/"
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == status
    assert all(one in answer.content.decode() for one in words)
    assert answer.headers.get("Retry-After", "") == ("10" if status == 503 else "")


def test_too_many_fields_are_answered_with_what_to_do(cast):
    fields = {f"field{number}": "x" for number in range(1200)}
    answer = cast.qin.client.post("/seat/", fields)
    assert answer.status_code == 413
    assert "内容太大" in answer.content.decode()

"""Readiness is asked by anybody as often as they like, and costs one probe in some seconds."""

import shutil
import sqlite3
import threading
from collections import namedtuple

import pytest
from django.db import OperationalError

from keti.site import ready

Usage = namedtuple("Usage", "total used free")
PATIENCE = 60


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(ready, "PROBE", ready.Probe())


@pytest.mark.django_db
def test_ready_asks_the_database_once_for_many(client, django_assert_num_queries):
    first = client.get("/readyz")
    assert (first.status_code, first.content) == (200, b"ready\n")
    with django_assert_num_queries(0):
        assert {client.get("/readyz").status_code for _ in range(30)} == {200}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("total", "free", "said"),
    [(1 << 40, 63 << 20, "disk"), (1 << 40, 65 << 20, ""), (48 << 20, 1 << 20, "disk"),
     (48 << 20, 9 << 20, "")],
)  # fmt: skip
def test_a_disk_with_no_room_left_is_known(monkeypatch, client, total, free, said):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(total, total - free, free))
    answer = client.get("/readyz")
    assert answer.content.decode() == f"{said or 'ready'}\n"
    assert answer.status_code == (503 if said else 200)


@pytest.mark.django_db
def test_a_database_that_takes_no_write_is_known(monkeypatch, client):
    def refuse(**facts: object) -> None:
        raise OperationalError("readonly") from sqlite3.OperationalError("readonly")

    monkeypatch.setattr(ready.Head.objects, "create", refuse)
    assert (client.get("/readyz").status_code, client.get("/readyz").content) == (
        503,
        b"database\n",
    )


def test_who_asks_while_somebody_looks_waits_for_nothing():
    asked, go_on = threading.Event(), threading.Event()

    def slowly() -> str:
        asked.set()
        go_on.wait(PATIENCE)
        return "disk"

    probe = ready.Probe(look=slowly, said="", at=-1e9)
    looking = threading.Thread(target=probe.answer)
    looking.start()
    asked.wait(PATIENCE)
    assert probe.answer() == ""
    go_on.set()
    looking.join(PATIENCE)
    assert probe.answer() == "disk"


def test_an_old_answer_is_looked_for_again():
    answers = iter(["", "database", ""])
    probe = ready.Probe(look=lambda: next(answers))
    assert probe.answer() == probe.answer() == ""
    probe.at -= ready.PROBE_SECONDS
    assert probe.answer() == probe.answer() == "database"

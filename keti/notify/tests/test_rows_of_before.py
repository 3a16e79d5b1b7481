"""Letters written before a message had deliveries keep what had become of them."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from keti.notify.tests.rows_of_before import NOW, STATES


@pytest.fixture
def elsewhere(db, tmp_path):
    """The environment of a process with a database of its own, of the kind this run has."""
    env = os.environ | {"KETI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "keti.settings"}
    if connection.vendor != "postgresql":
        yield env
        return
    psycopg = pytest.importorskip("psycopg")
    url = os.environ["DATABASE_URL"]
    name = f"before_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield env | {"DATABASE_URL": url.replace("/keti?", f"/{name}?")}
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_letter_keeps_its_state_by_mail_and_lies_in_the_box(elsewhere):
    command = [sys.executable, "-m", "keti.notify.tests.rows_of_before"]
    done = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=True)
    rows = {(row[0], row[3]): row for row in json.loads(done.stdout)}
    assert len(rows) == 2 * len(STATES)
    for number, state in enumerate(STATES):
        sent = str(NOW) if state == "sent" else None
        later = str(NOW + timedelta(hours=1))
        assert rows[state, "mail"] == [
            state, "题", None, "mail", state, number, later, sent, "notify.server-busy",
            "450 later",
        ]  # fmt: skip
        assert rows[state, "box"] == [
            state, "题", None, "box", "sent", 0, str(NOW), str(NOW), "", "",
        ]  # fmt: skip

"""Writers begin one after another, over threads and processes; nobody holds a turn for ever."""

import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from keti.kernel import transactions, turns
from keti.kernel.transactions import Unrun, run

PATIENCE = 60
HOLDING = """
import fcntl, os, sys
held = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(held, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(monkeypatch, tmp_path):
    """The turn of a database on disk, whatever database the test runs on."""
    file = tmp_path / "keti.sqlite3-turn"
    monkeypatch.setattr(turns, "_file", lambda: file)
    return file


def test_one_begins_at_a_time(file):
    inside, most, order = [0], [0], threading.Lock()

    def begin() -> None:
        for _ in range(20):
            with turns.turn():
                with order:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                with order:
                    inside[0] -= 1

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (inside, most) == ([0], [1])


def test_the_turn_of_a_process_that_is_killed_goes_on(file):
    command = [sys.executable, "-c", HOLDING, str(file)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    done = threading.Event()

    def begin() -> None:
        with turns.turn():
            done.set()

    thread = threading.Thread(target=begin)
    thread.start()
    assert not done.wait(0.2)
    other.kill()
    other.communicate()
    assert done.wait(PATIENCE)
    thread.join(PATIENCE)


@pytest.fixture
def outermost(db, monkeypatch):
    """As outside of every transaction; the test's own is taken back as ever."""
    monkeypatch.setattr(transactions, "connection", SimpleNamespace(in_atomic_block=False))


def test_an_act_has_its_turn_only_until_it_has_begun(outermost, file):
    def act() -> None:
        assert connection.in_atomic_block
        with turns.turn():
            pass

    run(act)
    assert os.stat(file).st_mode & 0o777 == 0o600


def test_an_act_whose_turn_comes_too_late_is_not_begun(outermost, file, monkeypatch):
    monkeypatch.setattr(transactions, "PATIENCE", -1.0)
    with pytest.raises(Unrun) as given_up:
        run(lambda: pytest.fail("it was begun"))
    assert given_up.value.status == 503


def test_inside_an_act_nobody_waits_for_a_turn(db, monkeypatch):
    monkeypatch.setattr(transactions, "turn", lambda: pytest.fail("it waited"))
    with transaction.atomic():
        assert run(lambda: 7) == 7

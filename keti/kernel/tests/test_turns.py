"""Writers begin one after another, over threads and processes; nobody holds a turn for ever."""

import fcntl
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

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


def test_an_act_whose_turn_comes_too_late_is_not_done(outermost, monkeypatch):
    monkeypatch.setattr(transactions, "PATIENCE", -1.0)
    with pytest.raises(Unrun) as given_up:
        run(lambda: pytest.fail("it was done"))
    assert given_up.value.status == 503


@pytest.fixture
def own(django_db_blocker):
    """A database of the test's own may be asked."""
    with django_db_blocker.unblock():
        yield


class Crowd:
    """Writers of one database on disk; each thread has a connection of its own."""

    def __init__(self, folder: Path, timeout: float = PATIENCE) -> None:
        options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
        place = {"ENGINE": "keti.kernel.sqlite", "NAME": str(folder / "crowd"), "OPTIONS": options}
        self.databases = ConnectionHandler({"default": place})
        self.ask("CREATE TABLE written (who TEXT)")

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with self.databases["default"].cursor() as cursor:
            return cursor.execute(sql).fetchall()

    def begin(self) -> None:
        self.databases["default"].set_autocommit(False, True)

    def end(self) -> None:
        self.databases["default"].commit()
        self.databases["default"].set_autocommit(True)

    def comes(self, who: str, *, alone: bool) -> threading.Thread:
        """Somebody who writes by one statement alone, or in a transaction."""

        def write() -> None:
            if not alone:
                self.begin()
            self.ask(f"INSERT INTO written VALUES ('{who}')")
            if not alone:
                self.end()
            self.databases["default"].close()

        thread = threading.Thread(target=write)
        thread.start()
        return thread


def taken(file: Path) -> bool:
    """Whether somebody has the turn."""
    held = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(held)
    return False


@pytest.mark.parametrize("alone", [True, False])
def test_who_came_first_writes_first_and_nobody_is_passed_over(own, file, tmp_path, alone):
    crowd = Crowd(tmp_path)
    crowd.begin()
    crowd.ask("INSERT INTO written VALUES ('holds')")
    first = crowd.comes("first", alone=alone)
    ending = time.monotonic() + PATIENCE
    while not taken(file):
        assert time.monotonic() < ending
    second = crowd.comes("second", alone=not alone)
    crowd.end()
    for one in (first, second):
        one.join(PATIENCE)
    told = crowd.ask("SELECT who FROM written ORDER BY rowid")
    assert told == [("holds",), ("first",), ("second",)]
    assert not taken(file)
    assert os.stat(file).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("alone", [True, False])
def test_after_its_patience_a_writer_is_told_and_gives_the_turn_back(own, file, tmp_path, alone):
    crowd = Crowd(tmp_path, timeout=0.05)
    other = sqlite3.connect(tmp_path / "crowd")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        crowd.ask("INSERT INTO written VALUES ('late')") if alone else crowd.begin()
    assert not taken(file)
    assert crowd.ask("PRAGMA busy_timeout") == [(50,)]
    other.close()
    crowd.ask("INSERT INTO written VALUES ('in time')")
    assert crowd.ask("SELECT who FROM written") == [("in time",)]


def test_who_is_writing_already_waits_for_no_turn(own, file, tmp_path, monkeypatch):
    crowd = Crowd(tmp_path)
    crowd.begin()
    monkeypatch.setattr(turns, "turn", lambda: pytest.fail("it waited"))
    crowd.ask("INSERT INTO written VALUES ('within')")
    crowd.end()
    assert crowd.ask("SELECT who FROM written") == [("within",)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no such sockets elsewhere")
@pytest.mark.parametrize("alone", [True, False])
def test_whose_turn_it_is_begins_as_soon_as_the_other_has_written(
    own, file, tmp_path, monkeypatch, alone
):
    monkeypatch.setattr(turns, "LOOK", PATIENCE)
    tried, began = threading.Event(), turns._begun

    def begun(*what):
        try:
            return began(*what)
        except turns._Busy:
            tried.set()
            raise

    monkeypatch.setattr(turns, "_begun", begun)
    crowd = Crowd(tmp_path)
    crowd.begin()
    waits = crowd.comes("at once", alone=alone)
    assert tried.wait(PATIENCE)
    time.sleep(0.05)  # it has tried twice, and waits to be called
    crowd.end()
    waits.join(PATIENCE / 2)
    assert not waits.is_alive()


def test_without_a_call_the_turn_looks_all_the_same(own, file, tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "_address", lambda _file: b"")
    crowd = Crowd(tmp_path)
    crowd.begin()
    waits = crowd.comes("later", alone=True)
    crowd.end()
    waits.join(PATIENCE)
    assert crowd.ask("SELECT who FROM written") == [("later",)]

"""Who writes next on SQLite, which knows no queue: whoever waits there looks again now and then, at
last ten times a second; whoever happens to look when it is free is first, and in a crowd somebody
unlucky is passed over for longer than anybody waits. So only one process and thread at a time may
look, who has the turn, and whoever has written calls it. A call is a hint and no more: where none
comes (a writer was killed, the system has no such sockets) the turn looks often enough.
"""

import fcntl
import hashlib
import os
import socket
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, connection

T = TypeVar("T")
LOOK = 0.002
BUSY = 5
"""SQLite's own number for: another writes."""


def in_turn(raw: sqlite3.Connection, begin: Callable[[], T], patience: float) -> T:
    """What `begin` gives, called when it is our turn and nobody else writes.

    Held for the beginning alone, not for the transaction that follows. After `patience` seconds
    the database's own "busy" passes.
    """
    until = time.monotonic() + patience
    with turn():
        waits = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            with suppress(_Busy):
                return _begun(begin, until)
            with _called() as calls:
                while True:
                    with suppress(_Busy):
                        return _begun(begin, until)
                    _wait(calls)
        finally:
            raw.execute(f"PRAGMA busy_timeout = {waits}")


class _Busy(Exception):
    """Somebody else writes, and there is patience left."""


def _begun(begin: Callable[[], T], until: float) -> T:
    try:
        return begin()
    except (sqlite3.OperationalError, DatabaseError) as error:
        if not _is_busy(error) or time.monotonic() > until:
            raise
        raise _Busy from error


def written() -> None:
    """Whoever wrote has ended, however it ended: whose turn it is may look."""
    name = _address(_file())
    if name:
        with suppress(OSError):  # nobody waits, or it was called already
            _caller(os.getpid()).sendto(b".", name)


@cache
def _caller(_process: int) -> socket.socket:
    """What calls, one for a process and all its threads."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    made.setblocking(False)
    return made


@contextmanager
def _called() -> Iterator[socket.socket | None]:
    """Where the turn is called while it waits; None where there is no such place. One alone can be
    there at a time, and nothing is left of it: its name stands in no folder."""
    name = _address(_file())
    if not name:
        yield None
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as calls:
        try:
            calls.bind(name)
        except OSError:
            yield None
        else:
            yield calls


def _wait(calls: socket.socket | None) -> None:
    """Until somebody has written, and not for long."""
    if calls is None:
        time.sleep(LOOK)
        return
    calls.settimeout(LOOK)
    with suppress(TimeoutError):
        calls.recv(1)


@cache
def _address(file: Path | None) -> bytes:
    """The name of the place, of Linux's own kind that is no file; b"" elsewhere."""
    if file is None or not sys.platform.startswith("linux"):
        return b""
    return b"\0keti-turn-" + hashlib.sha256(bytes(file)).hexdigest()[:32].encode()


def _is_busy(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    code = getattr(error.__cause__, "sqlite_errorcode", None) if code is None else code
    return code is not None and code & 0xFF == BUSY


@contextmanager
def turn() -> Iterator[None]:
    """Wait until it is our turn to begin writing; where a database queues by itself, at once.

    The system's own queue of whoever waits for the lock of a file is about the order of coming,
    over all processes, and a process that dies gives its turn back.
    """
    held = _opened()
    if held is None:
        yield
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _opened() -> int | None:
    """The file of the turn; none where there is no room for it: the database itself says so."""
    file = _file()
    if file is None:
        return None
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None


def _file() -> Path | None:
    """Beside the database's own files; none for a database in memory."""
    if connection.vendor != "sqlite":
        return None
    name = Path(str(connection.settings_dict["NAME"]))
    return name.with_name(f"{name.name}-turn") if name.is_absolute() else None

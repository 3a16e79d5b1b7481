"""Who writes next on SQLite, which knows no queue: whoever waits there looks again now and then, at
last ten times a second; whoever happens to look when it is free is first, and in a crowd somebody
unlucky is passed over for longer than anybody waits. So only one process and thread at a time may
look, who has the turn, and it looks often.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
            while True:
                try:
                    return begin()
                except (sqlite3.OperationalError, DatabaseError) as error:
                    if not _is_busy(error) or time.monotonic() > until:
                        raise
                time.sleep(LOOK)
        finally:
            raw.execute(f"PRAGMA busy_timeout = {waits}")


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

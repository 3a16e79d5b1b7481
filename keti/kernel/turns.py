"""Who writes next on SQLite, which knows no queue: whoever waits there looks again now and then,
whoever happens to look when it is free is first, and in a crowd somebody unlucky is passed over for
longer than anybody waits. So only one process and thread at a time may look: who has the turn.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def turn() -> Iterator[None]:
    """Wait until it is our turn to begin writing; where a database queues by itself, at once.

    Held for the beginning of a transaction alone, not while it runs. The system's own queue of
    whoever waits for the lock of a file is about the order of coming, over all processes, and a
    process that dies gives its turn back.
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

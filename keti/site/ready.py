"""Whether the installation can take work just now: asked often, by anybody, so asked cheaply.

One probe in some seconds and process; who asks meanwhile gets its answer and waits for nothing.
"""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from keti.ledger.models import Head

PROBE_SECONDS = 5.0
ROOM_BYTES = 64 << 20
ROOM_SHARE = 20


def room() -> str:
    """ "disk" when less is free than 64 MB, or than a twentieth of a small disk."""
    for folder in (settings.KETI_DATA, tempfile.gettempdir()):
        disk = shutil.disk_usage(folder)
        if disk.free < min(ROOM_BYTES, disk.total // ROOM_SHARE):
            return "disk"
    return ""


def database() -> str:
    """ "database" when it takes no write and gives it back, "migrations" when some are missing."""
    try:
        with transaction.atomic():
            Head.objects.create(book="readyz")
            transaction.set_rollback(True)
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, OSError):
        return "database"
    return "migrations" if behind else ""


def state() -> str:
    """What is missing, the disk first; empty when everything is there."""
    try:
        return room() or database()
    except OSError:
        return "disk"


@dataclass(slots=True)
class Probe:
    """The last answer, and when it was found."""

    look: Callable[[], str] = state
    said: str | None = None
    at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self) -> str:
        """The answer of the last seconds; a new one is looked for by one visitor at a time."""
        if self.said is not None and time.monotonic() - self.at < PROBE_SECONDS:
            return self.said
        if not self._lock.acquire(blocking=self.said is None):
            return self.said or ""
        try:
            if self.said is None or time.monotonic() - self.at >= PROBE_SECONDS:
                self.said = self.look()
                self.at = time.monotonic()
            return self.said
        finally:
            self._lock.release()


PROBE = Probe()

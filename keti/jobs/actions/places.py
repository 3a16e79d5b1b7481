"""What lies in the data folder for the sake of work: progress notes, and the workers' places."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

SELDOM = 0.5


def folder() -> Path:
    """Where notes and places lie; only the owner may look."""
    found = Path(settings.KETI_DATA) / "jobs"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


class Progress:
    """How far one piece of work is, noted in a file: it locks nobody, inside a transaction too."""

    def __init__(self, public_id: str) -> None:
        self._file = folder() / f"{public_id}.progress"
        self._next = 0.0

    def note(self, done: int, of: int) -> None:
        """Note `done` of `of`, twice a second at most."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + SELDOM
        partial = self._file.with_suffix(f".{os.getpid()}.part")
        partial.write_text(json.dumps([done, of]))
        partial.replace(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)


def progress_of(public_id: str) -> tuple[int, int] | None:
    """(done, of) as last noted; None where the work counts nothing."""
    try:
        done, of = json.loads((folder() / f"{public_id}.progress").read_text())
    except (OSError, ValueError):
        return None
    return int(done), int(of)


@contextmanager
def place(name: str) -> Iterator[bool]:
    """Hold the worker's place of this name; False where a living process holds it already.

    The operating system lets go of it when the process ends, in whatever way it ends.
    """
    handle = os.open(folder() / f"worker-{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)

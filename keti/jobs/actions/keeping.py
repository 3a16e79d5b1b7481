"""Keeping a worker while the server lives: started when something waits, gone when nothing does."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import close_old_connections

from keti.jobs.actions.working import take_up
from keti.jobs.queries import due
from keti.kernel import clock

log = logging.getLogger("keti.jobs")
LOOK_SECONDS = 0.5
ORPHAN_SECONDS = 10.0
LONGEST_WAIT = 60.0
STOP_SECONDS = 5.0


@dataclass
class Keeper:
    """The worker processes of one server."""

    children: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    failures: int = 0
    not_before: float = 0.0

    def look(self, waiting: int) -> None:
        """Start a worker where more waits than works; after a failure only after a while."""
        for child in [one for one in self.children if one.poll() is not None]:
            self.children.remove(child)
            self.failures = self.failures + 1 if child.returncode else 0
            if child.returncode:
                pause = min(LONGEST_WAIT, 2.0 ** min(self.failures, 6) / 2)
                log.error("a worker ended with %s; the next in %s s", child.returncode, pause)
                self.not_before = time.monotonic() + pause
        wanted = min(waiting, settings.KETI_WORKERS)
        if len(self.children) < wanted and time.monotonic() >= self.not_before:
            self.children.append(_started())

    def stop(self) -> None:
        """End the workers; what they had begun waits for the next start."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _started() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "keti", "work", "--data", settings.KETI_DATA]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def keep(is_serving: Callable[[], bool]) -> None:
    """Look for work twice a second until the server ends; then end the workers with it."""
    keeper = Keeper()
    orphans = 0.0
    while is_serving():
        try:
            if time.monotonic() >= orphans:
                take_up()
                orphans = time.monotonic() + ORPHAN_SECONDS
            keeper.look(due(clock.database_instant()).count())
        except Exception:
            log.exception("looking for work failed; tried again")
        finally:
            close_old_connections()
        time.sleep(LOOK_SECONDS)
    keeper.stop()

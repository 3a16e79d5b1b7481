"""The worker: takes what waits, one after the other, and ends when nothing waits any more."""

import logging
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from keti.jobs.actions.performing import carry_out, claimed, hand_back, seconds_for, tidy_up
from keti.jobs.actions.places import folder, place
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.queries import due, running
from keti.kernel import clock

log = logging.getLogger("keti.jobs")
IDLE_SECONDS = 10.0
LOOK_SECONDS = 0.2
KEPT = timedelta(days=30)


def work(*, idle: float | None = IDLE_SECONDS) -> int:
    """Do what waits until nothing has waited for `idle` seconds (None: never end).

    Returns how much was done. At most KETI_WORKERS processes work on one data folder; one more
    ends at once. What a dead worker left behind is taken up first.
    """
    for number in range(settings.KETI_WORKERS):
        with place(str(number)) as mine:
            if mine:
                take_up(str(number))
                sweep()
                tidy_up()
                return _work(str(number), idle)
    return 0


def _work(name: str, idle: float | None) -> int:
    count, last = 0, time.monotonic()
    while idle is None or time.monotonic() - last < idle:
        try:
            job = _next(name)
        except DatabaseError:
            log.exception("the database does not answer; the worker waits")
            job = None
        if job is None:
            if not connection.in_atomic_block:
                close_old_connections()
            time.sleep(LOOK_SECONDS)
            continue
        _bounded(job)
        count, last = count + 1, time.monotonic()
    return count


def _next(name: str) -> Job | None:
    """The longest waiting job, claimed for the worker of this name."""
    for public_id in due(clock.database_instant()).values_list("public_id", flat=True)[:5]:
        job = claimed(public_id, name)
        if job is not None:
            return job
    return None


def _bounded(job: Job) -> None:
    """Carry it out; what takes longer than its kind may ends this process, and the job returns."""
    alarm = threading.current_thread() is threading.main_thread()
    if alarm:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds_for(job.kind))
    try:
        carry_out(job)
    finally:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)


def take_up(mine: str = "") -> int:
    """Give back what workers that no longer live had begun; returns how much that was."""
    count = 0
    for job in running():
        if job.worker == mine or _is_gone(job.worker):
            hand_back(job)
            count += 1
    return count


def _is_gone(worker: str) -> bool:
    with place(worker) as free:
        return free


def sweep() -> None:
    """Forget what was finished long ago, and the notes of work that is over."""
    before = clock.database_instant() - KEPT
    over = (JobState.DONE, JobState.FAILED)
    Job.objects.filter(state__in=over, finished_at__lt=before).delete()
    living = set(running().values_list("public_id", flat=True))
    for note in folder().glob("*.progress*"):
        if note.name.split(".")[0] not in living:
            with suppress(OSError):
                note.unlink()

"""Doing one piece of work: claim, do, and write down what came of it."""

import logging
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django_tasks import task

from keti.jobs.actions.places import Progress
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused

log = logging.getLogger("keti.jobs")
TRIES = 3
WAITS = (timedelta(seconds=5), timedelta(seconds=60))
HERE = "here"


@dataclass(frozen=True, slots=True)
class Running:
    """What the work is given: its job, and a way to say how far it is."""

    job: Job
    progress: Progress

    def tell(self, done: int, of: int) -> None:
        """`done` of `of` are behind us. Cheap; call it as often as you like."""
        self.progress.note(done, of)


Work = Callable[[Running], str]
"""Does the work and returns the address of what came out ("" to keep the one in the row)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work and how many seconds it may take before it is broken off."""

    work: Work
    seconds: int


_kinds: dict[str, Kind] = {}


def register(kind: str, work: Work, *, seconds: int = 120) -> None:
    """Let `work` do the jobs of this kind. Rooms call it when the installation starts.

    The work may be done twice (a worker dies after the last write, before its note of it), so it
    must come out the same; it computes outside transactions and writes in short ones.
    """
    _kinds[kind] = Kind(work, seconds)


_tidying: list[Callable[[], object]] = []


def register_tidying(tidy: Callable[[], object]) -> None:
    """Let a worker call `tidy` when it starts: rooms remove what nobody needs any more."""
    if tidy not in _tidying:
        _tidying.append(tidy)


def tidy_up() -> None:
    """Everything that rooms registered; one that fails holds up no other."""
    for tidy in _tidying:
        try:
            tidy()
        except Exception:
            log.exception("tidying up failed; it is tried again by the next worker")


def seconds_for(kind: str) -> int:
    """How long work of this kind may take."""
    return _kinds[kind].seconds if kind in _kinds else 60


@task()
def perform(public_id: str) -> None:
    """Do the job of this id now, unless somebody else has it. What goes wrong is noted, not raised.

    A refusal is final; any other failure is tried three times, waiting in between.
    """
    job = claimed(public_id, HERE)
    if job is not None:
        carry_out(job)


def claimed(public_id: str, worker: str) -> Job | None:
    """Take a waiting job for `worker`; None where it waits no longer. One row, one statement."""
    now = clock.database_instant()
    job = Job.objects.filter(public_id=public_id, state=JobState.QUEUED).first()
    if job is None:
        return None
    taken = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.RUNNING, worker=worker, started_at=now, attempts=job.attempts + 1
    )
    if not taken:
        return None
    return Job.objects.select_related("programme", "person").get(pk=job.pk)


def carry_out(job: Job) -> None:
    """Do a claimed job and note what came of it."""
    kind = _kinds.get(job.kind)
    if kind is None:
        fail(job, "jobs.unknown-kind", {"kind": job.kind})
        return
    running = Running(job, Progress(job.public_id))
    # Asked for inside a transaction (tests, plays), a failure of the work must not spoil it.
    inside = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with inside:
            result = kind.work(running)
    except Refused as refused:
        fail(job, refused.code, refused.facts)
    except Exception:
        log.exception("%s %s failed", job.kind, job.public_id)
        _later(job)
    else:
        _note(job, state=JobState.DONE, finished_at=clock.database_instant(),
              result=result or job.result)  # fmt: skip
    finally:
        running.progress.clear()


def fail(job: Job, code: str, facts: Mapping[str, object]) -> None:
    """The job came to nothing, for a reason that page and log can tell."""
    said = {name: _plain(value) for name, value in facts.items()}
    _note(job, state=JobState.FAILED, error=code, error_facts=said,
          finished_at=clock.database_instant())  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return [value.zh, value.en]
    return value if isinstance(value, int | float | bool) else str(value)


def _later(job: Job) -> None:
    if job.attempts >= TRIES:
        fail(job, "jobs.broke", {"times": job.attempts})
        return
    wait = WAITS[min(job.attempts, len(WAITS)) - 1]
    _note(job, state=JobState.QUEUED, worker="", not_before=clock.database_instant() + wait)


def hand_back(job: Job) -> None:
    """The worker that had this job is gone: it waits again, or has broken off too often."""
    log.warning("%s %s broke off, attempt %s", job.kind, job.public_id, job.attempts)
    if job.attempts >= TRIES:
        fail(job, "jobs.broke-off", {"times": job.attempts})
    else:
        _note(job, state=JobState.QUEUED, worker="")


def _note(job: Job, **what: object) -> None:
    """Write what became of a running job; nothing if it is no longer this worker's."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker).update(**what)

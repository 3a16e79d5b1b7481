"""Asking for work: one row, in the transaction of whoever asks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from keti.accounts.models import Person
from keti.jobs.actions.performing import perform
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.queries import LIVE, waiting_for
from keti.kernel import clock
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.programmes.models import Programme

MOST_WAITING = 30
_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom the work is done: a person in a seat of a programme, or a visitor."""

    person: Person | None = None
    programme: Programme | None = None
    seat_id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: its kind, the key that makes it once only, and what it needs to know."""

    kind: str
    key: str
    title: Text
    asked: Mapping[str, object] = field(default_factory=dict)
    place: str = ""
    result: str = ""


@contextmanager
def at_once() -> Iterator[None]:
    """Inside, work is done when it is asked for: a play lives without a worker."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def ask(wanted: Wanted, by: Asker, *, limited: bool = True) -> Job:
    """The job of this kind and key: the one that waits or runs already, else a new one.

    Refuses who has too much waiting, where it is `limited`: what somebody else's right makes
    necessary is asked for whatever waits. It is seen by a worker once the transaction of the
    caller is committed, and never when that is rolled back.
    """
    standing = _live(wanted)
    if standing is not None:
        return standing
    if limited and by.person is not None and (count := waiting_for(by.person)) >= MOST_WAITING:
        raise Refused("jobs.too-many", count=count)
    now = clock.database_instant()
    try:
        with transaction.atomic():
            job = Job.objects.create(
                programme=by.programme, person=by.person, seat_id=by.seat_id,
                kind=wanted.kind, key=wanted.key, asked=dict(wanted.asked),
                title_zh=shortened(wanted.title.in_("zh"), 300),
                title_en=shortened(wanted.title.in_("en"), 300),
                place=wanted.place, result=wanted.result, asked_at=now, not_before=now,
            )  # fmt: skip
    except IntegrityError:
        standing = _live(wanted)
        if standing is None:
            raise
        return standing
    return _enqueued(job)


def ask_again(job: Job) -> Job:
    """A failed piece of work waits once more, from its beginning. Any other stays as it is.

    Where the same was asked for anew meanwhile, that one is the answer.
    """
    newer = Job.objects.filter(kind=job.kind, key=job.key, state__in=LIVE).first()
    if newer is not None:
        return newer
    now = clock.database_instant()
    again = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, error="", error_facts={}, attempts=0, not_before=now,
        finished_at=None,
    )  # fmt: skip
    job.refresh_from_db()
    return _enqueued(job) if again else job


def _enqueued(job: Job) -> Job:
    (perform.using(backend="at_once") if _at_once.get() else perform).enqueue(job.public_id)
    job.refresh_from_db()
    return job


def _live(wanted: Wanted) -> Job | None:
    return Job.objects.filter(kind=wanted.kind, key=wanted.key, state__in=LIVE).first()
